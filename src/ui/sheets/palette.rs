//! The palette: any command, briefing, event, source or person by name.

use crate::command::Command;
use crate::library::source_identity;
use crate::model::Item;
use crate::state::{Action, SearchAction, State};
use crate::ui::theme::{self, pane, space};
use crate::ui::{as_list, menu, place_in_list};
use egui::{Key, Modifiers, RichText, Role, ScrollArea, TextEdit, Ui};
use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};
use std::collections::HashSet;

/// What the palette remembers between frames.
#[derive(Default)]
pub(crate) struct PaletteView {
    query: String,
    /// The query that `hits` answers.
    answered: Option<String>,
    hits: Vec<Target>,
    chosen: usize,
    /// What the library has to go to, by name, and of which state of the library that is.
    named: Vec<(String, Target)>,
    of: Option<u64>,
}

/// Something to go to.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Target {
    Command(Command),
    Item(Item),
    /// Somebody who acts in events or writes; leads to all that was said and done.
    Person(String),
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
                .hint_text("Command, briefing, event, source or person"),
        )
        .labelled_by(label.id);
    if just_opened {
        field.request_focus();
    }
    if view.answered.as_ref() != Some(&view.query) {
        if view.of != Some(state.library.revision()) {
            view.of = Some(state.library.revision());
            view.named = named(state);
        }
        view.hits = find(state, &view.named, &view.query);
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
        view.hits.get(view.chosen).cloned()
    } else {
        None
    };
    ui.add_space(space::MEDIUM_PX);
    let colors = theme::palette(ui);
    ScrollArea::vertical()
        .max_height(pane::PALETTE_LIST_PX)
        .auto_shrink([false, true])
        .show(ui, |ui| {
            as_list(ui, Role::ListBox, "Found", view.hits.len());
            for (at, hit) in view.hits.iter().enumerate() {
                let Some((name, kind)) = words(state, hit) else {
                    continue;
                };
                let key = match hit {
                    Target::Command(command) => command
                        .shortcuts()
                        .first()
                        .map(|shortcut| ui.format_shortcut(shortcut)),
                    Target::Item(_) | Target::Person(_) => None,
                };
                let detail = key.unwrap_or_else(|| kind.to_owned());
                let button = egui::Button::selectable(at == view.chosen, name)
                    .shortcut_text(RichText::new(detail).color(colors.text_weak))
                    .truncate()
                    .min_size(egui::vec2(ui.available_width(), space::ROW_PX));
                let response = ui.add(button);
                place_in_list(ui, &response, at);
                if at == view.chosen {
                    // The words are typed into the field, but what the arrows choose is what is read out.
                    ui.accesskit_node_builder(field.id, |node| {
                        node.set_active_descendant(response.id.accesskit_id());
                    });
                }
                if at == view.chosen && (up || down) {
                    response.scroll_to_me(None);
                }
                if response.clicked() {
                    run = Some(hit.clone());
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
            Target::Person(name) => Action::Search(SearchAction::Type(format!("who:\"{name}\" "))),
        });
    }
}

/// Name and kind of a hit.
fn words(state: &State, target: &Target) -> Option<(String, &'static str)> {
    Some(match *target {
        Target::Command(command) => (command.name().to_owned(), "command"),
        Target::Person(ref name) => (name.clone(), "person"),
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

/// All that the library has to go to. A source that several files use, and a person in many events, stand here once.
fn named(state: &State) -> Vec<(String, Target)> {
    let mut named = Vec::new();
    let mut people = HashSet::new();
    let mut sources = HashSet::new();
    for file in state.library.files() {
        let id = file.id;
        let briefing = &file.briefing;
        named.push((briefing.title.to_string(), Target::Item(Item::File(id))));
        for (event, at) in briefing.events.iter().zip(0..) {
            named.push((event.title.to_string(), Target::Item(Item::Event(id, at))));
        }
        for (source, at) in briefing.sources.iter().zip(0..) {
            if sources.insert(source_identity(&file.name, source)) {
                let target = Target::Item(Item::Source(id, at));
                named.push((source.label().to_owned(), target));
            }
        }
        for (heading, at) in briefing.headings.iter().zip(0..) {
            named.push((
                heading.text.to_string(),
                Target::Item(Item::Heading(id, at)),
            ));
        }
        let actors = briefing.events.iter().flat_map(|event| &event.actors);
        for name in actors.chain(&briefing.authors) {
            if people.insert(name.as_str()) {
                named.push((name.to_string(), Target::Person(name.to_string())));
            }
        }
    }
    named
}

/// The best hits, the best first. Without a query: all commands.
fn find(state: &State, named: &[(String, Target)], query: &str) -> Vec<Target> {
    let commands = Command::ALL
        .into_iter()
        .filter(|&command| command != Command::Palette && menu::is_enabled(state, command))
        .map(|command| (command.name(), Target::Command(command)));
    if query.trim().is_empty() {
        return commands.map(|(_, command)| command).collect();
    }
    let pattern = Pattern::parse(query, CaseMatching::Ignore, Normalization::Smart);
    let mut matcher = Matcher::new(Config::DEFAULT);
    let mut buffer = Vec::new();
    let mut score = |name: &str| pattern.score(Utf32Str::new(name, &mut buffer), &mut matcher);
    let mut scored: Vec<(u32, Target)> = commands
        .filter_map(|(name, target)| Some((score(name)?, target)))
        .collect();
    let items = named.iter();
    scored.extend(items.filter_map(|(name, target)| Some((score(name)?, target.clone()))));
    scored.sort_by_key(|&(score, _)| std::cmp::Reverse(score));
    scored.truncate(MAX_HITS);
    scored.into_iter().map(|(_, target)| target).collect()
}
