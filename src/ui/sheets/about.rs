//! What this program is, and the parts it is made of.

use super::{heading, list_height_px, set_width};
use crate::state::Action;
use crate::ui::reach;
use crate::ui::theme::{self, pane, space};
use egui::{RichText, ScrollArea, TextEdit, Ui};

/// Name, version and license of every crate in the program; made from Cargo's metadata by `tests/parts.rs`.
const PARTS: &str = include_str!("../../../assets/parts.tsv");

/// Typefaces are no crates, so Cargo does not know them.
const FACES: [&str; 3] = ["Source Serif 4", "IBM Plex Sans", "JetBrains Mono"];

/// What the sheet remembers between frames.
#[derive(Default)]
pub(crate) struct AboutView {
    wanted: String,
}

/// One part: its name, version and license.
struct Part {
    name: &'static str,
    version: &'static str,
    license: &'static str,
}

fn parts() -> impl Iterator<Item = Part> {
    PARTS.lines().filter_map(|line| {
        let mut fields = line.split('\t');
        Some(Part {
            name: fields.next()?,
            version: fields.next()?,
            license: fields.next()?,
        })
    })
}

pub(super) fn show(ui: &mut Ui, view: &mut AboutView, actions: &mut Vec<Action>) {
    set_width(ui, pane::SHEET_PX);
    let title = concat!("Sourceline ", env!("CARGO_PKG_VERSION"));
    heading(ui, title, actions);
    let colors = theme::palette(ui);
    ui.label(env!("CARGO_PKG_DESCRIPTION"));
    ui.add_space(space::MEDIUM_PX);
    let weak = |text: String| RichText::new(text).color(colors.text_weak);
    ui.label(weak(
        "Licensed under MIT or Apache-2.0, at your choice".to_owned(),
    ));
    ui.label(weak(format!(
        "Set in {}, under the SIL Open Font License 1.1",
        FACES.join(", ")
    )));
    ui.add_space(space::LARGE_PX);
    let wanted = view.wanted.to_lowercase();
    let shown: Vec<Part> = parts()
        .filter(|part| {
            let license = part.license.to_lowercase();
            wanted.is_empty() || part.name.contains(&wanted) || license.contains(&wanted)
        })
        .collect();
    ui.horizontal(|ui| {
        let label = ui.label(format!("Made of {} parts", parts().count()));
        theme::field(
            ui,
            TextEdit::singleline(&mut view.wanted)
                .hint_text("Name or license")
                .desired_width(f32::INFINITY),
        )
        .labelled_by(label.id);
    });
    ui.add_space(space::SMALL_PX);
    // The list keeps its height while it is filtered: nothing below the pointer jumps.
    let height_px = list_height_px(ui) * 0.5;
    ScrollArea::vertical()
        .max_height(height_px)
        .min_scrolled_height(height_px)
        .auto_shrink([false, false])
        .show_rows(ui, space::ROW_PX, shown.len(), |ui, rows| {
            reach::scroll_by_keys(ui);
            for part in shown.get(rows).unwrap_or_default() {
                ui.horizontal(|ui| {
                    ui.set_min_height(space::ROW_PX);
                    ui.label(part.name);
                    ui.label(weak(part.version.to_owned()));
                    let right = egui::Layout::right_to_left(egui::Align::Center);
                    ui.with_layout(right, |ui| {
                        let license = weak(part.license.to_owned());
                        ui.add(egui::Label::new(license).truncate());
                    });
                });
            }
        });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_list_of_parts_is_a_part_with_a_license() {
        assert_eq!(parts().count(), PARTS.lines().count());
        assert!(parts().any(|part| part.name == "egui"));
        for part in parts() {
            assert!(!part.license.is_empty(), "{}", part.name);
            assert!(part.version.starts_with(|c: char| c.is_ascii_digit()));
        }
    }
}
