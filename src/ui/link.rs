//! Addresses as users meet them.

use crate::text::is_unseen;

/// Whether the program opens such an address at all (after the user has seen it).
pub fn may_be_opened(address: &str) -> bool {
    let scheme = address.split(':').next().unwrap_or_default();
    ["http", "https", "mailto"]
        .iter()
        .any(|known| scheme.eq_ignore_ascii_case(known))
        && address.contains(':')
        && !address.contains(char::is_control)
}

/// The part of an address that holds its site, as browsers find it: they take a backslash for a slash, and any number of
/// slashes behind `http:` and `https:`, none too, for two.
fn authority(address: &str) -> Option<&str> {
    let (scheme, rest) = address.split_once(':')?;
    let is_web = ["http", "https"]
        .iter()
        .any(|known| scheme.eq_ignore_ascii_case(known));
    let rest = if is_web {
        rest.trim_start_matches(['/', '\\'])
    } else {
        rest.strip_prefix("//")?
    };
    rest.split(['/', '\\', '?', '#']).next()
}

/// The site that an address leads to, as it is written: without a user's name and without a port.
pub fn site(address: &str) -> Option<&str> {
    let authority = authority(address)?;
    let host = authority
        .rsplit_once('@')
        .map_or(authority, |(_, host)| host);
    let host = match host.strip_prefix('[') {
        Some(literal) => literal.split(']').next()?,
        None => host.split(':').next()?,
    };
    (!host.is_empty()).then_some(host)
}

/// What in an address could make it look as if it led elsewhere, in words for whoever is about to open it.
pub fn tricks(address: &str) -> Vec<&'static str> {
    let mut tricks = Vec::new();
    let authority = authority(address).unwrap_or_default();
    if site(address).is_some() && !is_usual(address) {
        tricks.push("It is not written as addresses are, but browsers read it all the same");
    }
    if authority.contains('@') {
        tricks.push("What stands before the sign @ is a name for signing in, not the site");
    }
    let host = site(address).unwrap_or_default();
    if !host.is_ascii() {
        tricks.push(
            "The name of the site holds letters beyond plain Latin, which may look like others",
        );
    } else if host.split('.').any(is_encoded) {
        tricks.push("The name of the site is in code (xn--), and looks different in a browser");
    } else if host.contains('%') {
        tricks.push("The name of the site is in code (%), and looks different in a browser");
    }
    if address.contains(is_unseen) {
        tricks.push("It holds characters that cannot be seen or that change the order of others");
    }
    tricks
}

/// Whether exactly two slashes stand between the scheme and the site.
fn is_usual(address: &str) -> bool {
    address
        .split_once("://")
        .is_some_and(|(scheme, rest)| !scheme.contains(':') && !rest.starts_with(['/', '\\']))
}

/// Whether a part of a host's name stands for letters beyond plain Latin.
fn is_encoded(label: &str) -> bool {
    label
        .get(..4)
        .is_some_and(|start| start.eq_ignore_ascii_case("xn--"))
}

/// An address with everything in it made visible: what cannot be seen stands as its number.
pub fn plain(address: &str) -> String {
    let mut plain = String::with_capacity(address.len());
    for c in address.chars() {
        if is_unseen(c) {
            plain.extend(c.escape_unicode());
        } else {
            plain.push(c);
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tricks_are_told_and_the_site_is_named() {
        for (address, host, told) in [
            ("https://example.org/a", Some("example.org"), 0),
            ("https://example.org:8080/a@b", Some("example.org"), 0),
            ("https://example.org@evil.net/", Some("evil.net"), 1),
            ("https://example.org\\@evil.net/", Some("example.org"), 0),
            (
                "https://example.org:secret@evil.net:1/",
                Some("evil.net"),
                1,
            ),
            ("https://ехample.org/", Some("ехample.org"), 1),
            (
                "https://www.xn--xample-2of.org/",
                Some("www.xn--xample-2of.org"),
                1,
            ),
            (
                "https://example.org/\u{202e}fdp.exe",
                Some("example.org"),
                1,
            ),
            ("https://[::1]/", Some("::1"), 0),
            // What a browser finds in each of these is not what the eye does.
            ("https:evil.net/://example.org/", Some("evil.net"), 1),
            ("https:/evil.net/://example.org/", Some("evil.net"), 1),
            ("https:///evil.net/", Some("evil.net"), 1),
            ("https:\\\\evil.net\\@example.org/", Some("evil.net"), 1),
            ("https://\\/evil.net/", Some("evil.net"), 1),
            (
                "https://example.org%2eevil.net/",
                Some("example.org%2eevil.net"),
                1,
            ),
            ("mailto:a@b.org?body=://example.org/", None, 0),
            ("mailto:a@b.org", None, 0),
        ] {
            assert_eq!(site(address), host, "{address}");
            assert_eq!(
                tricks(address).len(),
                told,
                "{address}: {:?}",
                tricks(address)
            );
        }
        assert_eq!(plain("https://a\u{202e}b/é"), "https://a\\u{202e}b/é");
    }

    #[test]
    fn only_web_and_mail_addresses_may_be_opened() {
        for good in ["https://a.b/c", "HTTP://a", "mailto:a@b"] {
            assert!(may_be_opened(good), "{good}");
        }
        for bad in [
            "javascript:alert(1)",
            "file:///etc",
            "https",
            "data:x",
            "https://a\u{7}b",
            "",
        ] {
            assert!(!may_be_opened(bad), "{bad}");
        }
    }
}
