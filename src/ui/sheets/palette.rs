//! The palette: any command, briefing, event, source or person by name.

use crate::command::Command;
use crate::library::names::{MAX_HITS, Target};
use crate::model::Item;
use crate::state::{Action, PaletteAction, SearchAction, State};
use crate::ui::keys;
use crate::ui::theme::{self, pane, space};
use crate::ui::{as_list, menu, place_in_list};
use egui::{Key, Modifiers, RichText, Role, ScrollArea, TextEdit, Ui};
use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};
use std::cmp::Reverse;

/// What the palette remembers between frames.
#[derive(Default)]
pub(crate) struct PaletteView {
    query: String,
    /// The query that `commands` answers.
    answered: Option<String>,
    /// The best first; without a query, all.
    commands: Vec<(u32, Command)>,
    chosen: usize,
    /// Enter was pressed before all was found: the best hit is gone to when it is there.
    goes: bool,
}

/// Something to go to.
#[derive(Clone, Debug)]
enum Hit {
    Command(Command),
    Target(Target),
}

pub(super) fn show(
    ui: &mut Ui,
    state: &State,
    view: &mut PaletteView,
    just_opened: bool,
    actions: &mut Vec<Action>,
) {
    ui.set_width(pane::PALETTE_PX);
    if just_opened {
        *view = PaletteView::default();
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
    let field = theme::field(
        ui,
        TextEdit::singleline(&mut view.query)
            .desired_width(f32::INFINITY)
            .hint_text("Command, briefing, event, source or person"),
    )
    .labelled_by(label.id);
    if just_opened {
        field.request_focus();
    }
    if view.answered.as_ref() != Some(&view.query) {
        view.commands = commands(state, &view.query);
        view.answered = Some(view.query.clone());
        view.chosen = 0;
        view.goes = false;
    }
    let is_typed_further = state.palette.query != view.query;
    if is_typed_further {
        actions.push(PaletteAction::Type(view.query.clone()).into());
    }
    let is_settled = !is_typed_further && !state.palette.is_waiting();
    let hits = best(&view.commands, state);
    let last = hits.len().saturating_sub(1);
    if down {
        view.chosen = (view.chosen + 1).min(last);
    }
    if up {
        view.chosen = view.chosen.saturating_sub(1);
    }
    view.goes |= enter;
    let mut run = if is_settled && std::mem::take(&mut view.goes) {
        hits.get(view.chosen).cloned()
    } else {
        None
    };
    ui.add_space(space::MEDIUM_PX);
    let colors = theme::palette(ui);
    ScrollArea::vertical()
        .max_height(pane::PALETTE_LIST_PX)
        .auto_shrink([false, true])
        .show(ui, |ui| {
            as_list(ui, Role::ListBox, "Found", hits.len());
            for (at, hit) in hits.iter().enumerate() {
                let Some((name, kind)) = words(state, hit) else {
                    continue;
                };
                let key = match hit {
                    Hit::Command(command) => keys::of(ui, *command),
                    Hit::Target(_) => None,
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
            if hits.is_empty() && is_settled {
                ui.label(RichText::new("Nothing is called that").color(colors.text_weak));
            }
        });
    if let Some(hit) = run {
        actions.push(Action::CloseSheet);
        actions.push(match hit {
            Hit::Command(command) => Action::Run(command),
            Hit::Target(Target::Item(item)) => Action::Select(item),
            Hit::Target(Target::Person(name)) => {
                Action::Search(SearchAction::Type(format!("who:\"{name}\" ")))
            }
        });
    }
}

/// Name and kind of a hit.
fn words(state: &State, hit: &Hit) -> Option<(String, &'static str)> {
    Some(match hit {
        Hit::Command(command) => (command.name().to_owned(), "command"),
        Hit::Target(Target::Person(name)) => (name.to_string(), "person"),
        &Hit::Target(Target::Item(item)) => (
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

/// The commands that can be given now, the best fit first. Without a query: all, in their order.
fn commands(state: &State, query: &str) -> Vec<(u32, Command)> {
    let pattern = Pattern::parse(query, CaseMatching::Ignore, Normalization::Smart);
    let mut matcher = Matcher::new(Config::DEFAULT);
    let mut buffer = Vec::new();
    let mut scored: Vec<(u32, Command)> = Command::ALL
        .into_iter()
        .filter(|&command| command != Command::Palette && menu::is_enabled(state, command))
        .filter_map(|command| {
            let name = Utf32Str::new(command.name(), &mut buffer);
            Some((pattern.score(name, &mut matcher)?, command))
        })
        .collect();
    scored.sort_by_key(|&(score, _)| Reverse(score));
    scored
}

/// Commands and what the library has to go to, the best first; of equals, commands.
fn best(commands: &[(u32, Command)], state: &State) -> Vec<Hit> {
    let commands = commands
        .iter()
        .map(|&(score, command)| (score, Hit::Command(command)));
    if state.palette.query.trim().is_empty() {
        return commands.map(|(_, hit)| hit).collect();
    }
    let found = state.palette.hits.iter();
    let found = found.map(|(score, target)| (*score, Hit::Target(target.clone())));
    let mut all: Vec<(u32, Hit)> = commands.chain(found).collect();
    all.sort_by_key(|&(score, _)| Reverse(score));
    all.truncate(MAX_HITS);
    all.into_iter().map(|(_, hit)| hit).collect()
}
