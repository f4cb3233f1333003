//! What the system says about looks: dark or light, contrast, motion.
//!
//! On Linux the toolkit does not tell, so the settings portal of the desktop is asked, and listened to while the
//! program runs. Elsewhere the toolkit follows the theme by itself. A system without a portal (no session bus, a
//! bare window manager) has no wishes, and that is no fault.

use crate::state::{Action, SystemLook};
use crate::tasks::Tasks;

#[cfg(target_os = "linux")]
pub(super) fn follow(tasks: &Tasks<Action>) {
    tasks.start("following the look of the system", |answer| {
        let told = portal::listen(|look| answer.send(Action::SystemLook(look)));
        if let Err(error) = zbus::block_on(told) {
            tracing::debug!("the desktop does not tell how it looks: {error}");
        }
    });
}

#[cfg(not(target_os = "linux"))]
pub(super) fn follow(_: &Tasks<Action>) {}

#[cfg(target_os = "linux")]
mod portal {
    use super::SystemLook;
    use zbus::export::ordered_stream::OrderedStreamExt as _;
    use zbus::zvariant::{OwnedValue, Value};
    use zbus::{Connection, Proxy};

    const APPEARANCE: &str = "org.freedesktop.appearance";
    const GNOME: &str = "org.gnome.desktop.interface";

    /// Tells the look of the system now and whenever it changes, until the bus goes away.
    pub(super) async fn listen(tell: impl Fn(SystemLook)) -> zbus::Result<()> {
        let bus = Connection::session().await?;
        let portal = Proxy::new(
            &bus,
            "org.freedesktop.portal.Desktop",
            "/org/freedesktop/portal/desktop",
            "org.freedesktop.portal.Settings",
        )
        .await?;
        // Listened to before it is read, so that no change falls in between.
        let mut changes = portal.receive_signal("SettingChanged").await?;
        let mut look = SystemLook::default();
        for (namespace, key) in [
            (APPEARANCE, "color-scheme"),
            (APPEARANCE, "contrast"),
            (APPEARANCE, "reduced-motion"),
            (GNOME, "enable-animations"),
        ] {
            // A portal that does not know a key answers with an error.
            let wanted = (namespace, key);
            if let Ok(value) = portal.call::<_, _, OwnedValue>("Read", &wanted).await {
                take(&mut look, namespace, key, &value);
            }
        }
        tell(look);
        while let Some(change) = changes.next().await {
            let body = change.body();
            let (namespace, key, value): (String, String, OwnedValue) = body.deserialize()?;
            let before = look;
            take(&mut look, &namespace, &key, &value);
            if look != before {
                tell(look);
            }
        }
        Ok(())
    }

    /// Takes one setting in, if it is one of those that count.
    fn take(look: &mut SystemLook, namespace: &str, key: &str, value: &Value<'_>) {
        match (namespace, key) {
            (APPEARANCE, "color-scheme") => {
                look.dark = match number(value) {
                    Some(1) => Some(true),
                    Some(2) => Some(false),
                    _ => None,
                };
            }
            (APPEARANCE, "contrast") => look.high_contrast = number(value) == Some(1),
            (APPEARANCE, "reduced-motion") => look.less_motion = number(value) == Some(1),
            (GNOME, "enable-animations") => look.less_motion = truth(value) == Some(false),
            _ => {}
        }
    }

    /// The number in a value; old portals wrap it twice.
    fn number(value: &Value<'_>) -> Option<u32> {
        match value {
            Value::U32(number) => Some(*number),
            Value::Value(inner) => number(inner),
            _ => None,
        }
    }

    fn truth(value: &Value<'_>) -> Option<bool> {
        match value {
            Value::Bool(truth) => Some(*truth),
            Value::Value(inner) => truth(inner),
            _ => None,
        }
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn settings_are_read_also_when_they_are_wrapped_twice() {
            let mut look = SystemLook::default();
            take(&mut look, APPEARANCE, "color-scheme", &Value::U32(1));
            assert_eq!(look.dark, Some(true));
            let wrapped = Value::Value(Box::new(Value::U32(2)));
            take(&mut look, APPEARANCE, "color-scheme", &wrapped);
            assert_eq!(look.dark, Some(false));
            take(&mut look, APPEARANCE, "color-scheme", &Value::U32(0));
            assert_eq!(look.dark, None, "no wish");
            take(&mut look, GNOME, "enable-animations", &Value::Bool(false));
            take(&mut look, APPEARANCE, "contrast", &Value::U32(1));
            assert!(look.less_motion && look.high_contrast);
            take(&mut look, "org.example", "contrast", &Value::U32(0));
            assert!(look.high_contrast, "not ours");
        }
    }
}
