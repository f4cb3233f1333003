//! The palette: any command, briefing, event or source by name.

use crate::command::Command;
use crate::model::Item;
use crate::state::{Action, State};
use crate::ui::menu;
use crate::ui::theme::{self, pane, space};
use egui::{Key, Modifiers, RichText, ScrollArea, TextEdit, Ui};
use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

/// What the palette remembers between frames.
#[derive(Default)]
pub(crate) struct PaletteView {
    query: String,
    /// The query that `hits` answers.
    answered: Option<String>,
    hits: Vec<Target>,
    chosen: usize,
}

/// Something to go to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Target {
    Command(Command),
    Item(Item),
}

/// How many hits are listed.
const MAX_HITS: usize = 50;

pub(super) fn show(
    ui: &mut Ui,
    state: &State,
    view: &mut PaletteView,
    just_opened: bool,
    actions: &mut Vec<Action>,
) {
    ui.set_width(pane::PALETTE_PX);
    if just_opened {
        view.query.clear();
        view.answered = None;
    }
    // Taken before the field sees them, or the cursor would move in it.
    let (up, down, enter) = ui.input_mut(|input| {
        (
            input.consume_key(Modifiers::NONE, Key::ArrowUp),
            input.consume_key(Modifiers::NONE, Key::ArrowDown),
            input.consume_key(Modifiers::NONE, Key::Enter),
        )
    });
    let label = ui.label("Go to");
    let field = ui
        .add(
            TextEdit::singleline(&mut view.query)
                .desired_width(f32::INFINITY)
                .hint_text("Command, briefing, event or source"),
        )
        .labelled_by(label.id);
    if just_opened {
        field.request_focus();
    }
    if view.answered.as_ref() != Some(&view.query) {
        view.hits = find(state, &view.query);
        view.answered = Some(view.query.clone());
        view.chosen = 0;
    }
    let last = view.hits.len().saturating_sub(1);
    if down {
        view.chosen = (view.chosen + 1).min(last);
    }
    if up {
        view.chosen = view.chosen.saturating_sub(1);
    }
    let mut run = if enter {
        view.hits.get(view.chosen).copied()
    } else {
        None
    };
    ui.add_space(space::MEDIUM_PX);
    let colors = theme::palette(ui);
    ScrollArea::vertical()
        .max_height(pane::PALETTE_LIST_PX)
        .auto_shrink([false, true])
        .show(ui, |ui| {
            for (at, &hit) in view.hits.iter().enumerate() {
                let Some((name, kind)) = words(state, hit) else {
                    continue;
                };
                let key = match hit {
                    Target::Command(command) => command
                        .shortcuts()
                        .first()
                        .map(|shortcut| ui.format_shortcut(shortcut)),
                    Target::Item(_) => None,
                };
                let detail = key.unwrap_or_else(|| kind.to_owned());
                let button = egui::Button::selectable(at == view.chosen, name)
                    .shortcut_text(RichText::new(detail).color(colors.text_weak))
                    .truncate()
                    .min_size(egui::vec2(ui.available_width(), space::ROW_PX));
                let response = ui.add(button);
                if at == view.chosen && (up || down) {
                    response.scroll_to_me(None);
                }
                if response.clicked() {
                    run = Some(hit);
                }
            }
            if view.hits.is_empty() {
                ui.label(RichText::new("Nothing is called that").color(colors.text_weak));
            }
        });
    if let Some(target) = run {
        actions.push(Action::CloseSheet);
        actions.push(match target {
            Target::Command(command) => Action::Run(command),
            Target::Item(item) => Action::Select(item),
        });
    }
}

/// Name and kind of a hit.
fn words(state: &State, target: Target) -> Option<(String, &'static str)> {
    Some(match target {
        Target::Command(command) => (command.name().to_owned(), "command"),
        Target::Item(item) => (
            state.library.label(item)?,
            match item {
                Item::Event(..) => "event",
                Item::Statement(..) => "statement",
                Item::Source(..) => "source",
                Item::Heading(..) => "heading",
                Item::File(_) => "briefing",
            },
        ),
    })
}

/// The best hits, the best first. Without a query: all commands.
fn find(state: &State, query: &str) -> Vec<Target> {
    let commands = Command::ALL
        .into_iter()
        .filter(|&command| command != Command::Palette && menu::is_enabled(state, command))
        .map(Target::Command);
    if query.trim().is_empty() {
        return commands.collect();
    }
    let items = state.library.files().flat_map(|file| {
        let id = file.id;
        let briefing = &file.briefing;
        let events = (0..)
            .zip(&briefing.events)
            .map(move |(at, _)| Item::Event(id, at));
        let sources = (0..)
            .zip(&briefing.sources)
            .map(move |(at, _)| Item::Source(id, at));
        let headings = (0..)
            .zip(&briefing.headings)
            .map(move |(at, _)| Item::Heading(id, at));
        [Item::File(id)]
            .into_iter()
            .chain(events)
            .chain(sources)
            .chain(headings)
    });
    let pattern = Pattern::parse(query, CaseMatching::Ignore, Normalization::Smart);
    let mut matcher = Matcher::new(Config::DEFAULT);
    let mut buffer = Vec::new();
    let mut scored: Vec<(u32, Target)> = commands
        .chain(items.map(Target::Item))
        .filter_map(|target| {
            let (name, _) = words(state, target)?;
            let score = pattern.score(Utf32Str::new(&name, &mut buffer), &mut matcher)?;
            Some((score, target))
        })
        .collect();
    scored.sort_by_key(|&(score, _)| std::cmp::Reverse(score));
    scored.truncate(MAX_HITS);
    scored.into_iter().map(|(_, target)| target).collect()
}
