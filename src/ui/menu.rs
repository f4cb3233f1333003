//! The bar at the top: menu, open, back and forward.

use super::icons::{self, Icon};
use super::keys;
use super::search::SearchView;
use super::theme::{self, pane};
use crate::command::{Command, Group};
use crate::model::Item;
use crate::state::{Action, Motion, Reading, State, Theme};
use egui::{Button, Key, MenuBar, Modifiers, Popup, Response, SetOpenCommand, Ui};

pub(super) fn show(ui: &mut Ui, state: &State, search: &mut SearchView, actions: &mut Vec<Action>) {
    MenuBar::new().ui(ui, |ui| {
        if ui.available_width() < pane::MENUS_PX {
            // One menu that holds the others leaves room for the field to search in.
            let menu = ui.menu_button((icons::atom(Icon::Menu), "Menu"), |ui| {
                groups(ui, state, actions);
            });
            menu.response.on_hover_text("All that can be done");
        } else {
            groups(ui, state, actions);
        }
        ui.separator();
        for (icon, command) in [
            (Icon::ArrowLeft, Command::Back),
            (Icon::Arrow, Command::Forward),
        ] {
            icon_button(ui, state, icon, command, actions);
        }
        // Drawn from left to right, as they are walked through by the keyboard.
        ui.spacing_mut().item_spacing.x = theme::space::TIGHT_PX;
        let tools_px = 7.0 * (theme::space::ICON_BUTTON_PX + theme::space::TIGHT_PX);
        let least_px = tools_px + pane::GO_TO_PX + pane::SEARCH_LEAST_PX + theme::space::HUGE_PX;
        if ui.available_width() < least_px {
            icon_button(ui, state, Icon::Keyboard, Command::Palette, actions);
        } else {
            go_to(ui, actions);
        }
        // A field that is too narrow to read is of no use; the list of commands finds it.
        let room_px = ui.available_width() - tools_px - theme::space::LARGE_PX;
        if room_px > pane::SEARCH_LEAST_PX {
            ui.add_space(theme::space::MEDIUM_PX);
            super::search::field(ui, state, search, room_px, actions);
        }
        ui.add_space((ui.available_width() - tools_px).max(0.0));
        for (icon, command) in [
            (Icon::PaneLeft, Command::ToggleLibrary),
            (Icon::PaneBottom, Command::ToggleTimeline),
            (Icon::PaneRight, Command::ToggleEvidence),
            (Icon::Present, Command::Present),
            (Icon::Export, Command::Export),
        ] {
            icon_button(ui, state, icon, command, actions);
        }
        theme_button(ui, state, actions);
        icon_button(ui, state, Icon::Settings, Command::Settings, actions);
    });
}

/// A menu for each group of commands.
fn groups(ui: &mut Ui, state: &State, actions: &mut Vec<Action>) {
    for group in Group::ALL {
        ui.menu_button(group.title(), |ui| {
            ui.set_min_width(pane::MENU_PX);
            for command in Command::ALL {
                if command.group() == group {
                    command_button(ui, state, command, actions);
                }
            }
            if group == Group::File && !state.settings.recent.is_empty() {
                ui.separator();
                recent(ui, state, actions);
            }
        });
    }
}

/// The way to anything that has a name.
fn go_to(ui: &mut Ui, actions: &mut Vec<Action>) {
    let mut button = Button::new(Command::Palette.name());
    if let Some(keys) = keys::of(ui, Command::Palette) {
        button = button.shortcut_text(keys);
    }
    let response = ui.add(button).on_hover_text(Command::Palette.tooltip());
    if response.clicked() {
        actions.push(Action::Run(Command::Palette));
    }
}

/// A command as an icon.
fn icon_button(
    ui: &mut Ui,
    state: &State,
    icon: Icon,
    command: Command,
    actions: &mut Vec<Action>,
) {
    ui.add_enabled_ui(is_enabled(state, command), |ui| {
        let tooltip = tooltip(ui, command);
        let button = icons::button(ui, icon, command.name(), &tooltip, is_on(state, command));
        if button.clicked() {
            actions.push(Action::Run(command));
        }
    });
}

/// From light to dark to what the system has.
fn theme_button(ui: &mut Ui, state: &State, actions: &mut Vec<Action>) {
    let (icon, now, next) = match state.settings.theme {
        Theme::Light => (Icon::Sun, "Light theme", Command::ThemeDark),
        Theme::Dark => (Icon::Moon, "Dark theme", Command::ThemeSystem),
        Theme::System => (Icon::HalfMoon, "Theme of the system", Command::ThemeLight),
    };
    let tooltip = format!("{now}; click for {}", lower_first(next.name()));
    if icons::button(ui, icon, "Theme", &tooltip, false).clicked() {
        actions.push(Action::Run(next));
    }
}

fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map(|first| first.to_lowercase().chain(letters).collect())
        .unwrap_or_default()
}

fn command_button(ui: &mut Ui, state: &State, command: Command, actions: &mut Vec<Action>) {
    let mut button = Button::new(command.name()).selected(is_on(state, command));
    if let Some(keys) = keys::of(ui, command) {
        button = button.shortcut_text(keys);
    }
    let enabled = is_enabled(state, command);
    let response = ui
        .add_enabled(enabled, button)
        .on_hover_text(command.tooltip());
    if response.clicked() {
        actions.push(Action::Run(command));
        ui.close();
    }
}

fn recent(ui: &mut Ui, state: &State, actions: &mut Vec<Action>) {
    ui.menu_button("Open recent", |ui| {
        for path in &state.settings.recent {
            if ui.button(path.display().to_string()).clicked() {
                actions.push(Action::OpenPaths(vec![path.clone()]));
                ui.close();
            }
        }
    });
}

/// Name and key of a command, for a button without words of its own.
pub(super) fn tooltip(ui: &Ui, command: Command) -> String {
    with_keys(ui, command.tooltip(), command)
}

/// Words for a command, with its keys behind them.
pub(super) fn with_keys(ui: &Ui, words: &str, command: Command) -> String {
    match keys::of(ui, command) {
        Some(keys) => format!("{words} ({keys})"),
        None => words.to_owned(),
    }
}

/// Whether a command that can be on or off is on.
fn is_on(state: &State, command: Command) -> bool {
    let panes = state.shown_panes();
    match command {
        Command::ToggleLibrary => panes.library,
        Command::ToggleEvidence => panes.evidence,
        Command::ToggleTimeline => panes.timeline,
        Command::ToggleProblems => panes.problems,
        Command::Compare => state.comparing.is_some(),
        Command::HighContrast => state.settings.high_contrast,
        Command::LessMotion => state.settings.motion == Motion::Off,
        Command::Present => state.presentation.is_some(),
        Command::OnlyHits => state.search.narrows,
        Command::ThemeSystem => state.settings.theme == Theme::System,
        Command::ThemeLight => state.settings.theme == Theme::Light,
        Command::ThemeDark => state.settings.theme == Theme::Dark,
        _ => false,
    }
}

/// A menu that has been opened by key, and is still to get the focus.
#[derive(Clone, Copy, Default)]
struct TakesFocus;

/// The menu of what was pressed with the right button, or, by Shift+F10, of what has the focus.
///
/// egui opens such a menu at the pointer and leaves the focus where it was; a menu that a key has opened stands below
/// what it belongs to, and the focus goes into it and back again.
pub(super) fn context(response: &Response, content: impl FnOnce(&mut Ui)) {
    let by_key = response.has_focus()
        && response
            .ctx
            .input_mut(|input| input.consume_key(Modifiers::SHIFT, Key::F10));
    let mut popup = Popup::context_menu(response);
    let id = popup.get_id();
    let was_open = popup.is_open();
    if by_key {
        popup = popup.open_memory(Some(SetOpenCommand::Bool(true)));
        response
            .ctx
            .data_mut(|data| data.insert_temp(id, TakesFocus));
    }
    let at_pointer = Popup::position_of_id(&response.ctx, id).is_some();
    if by_key || was_open && !at_pointer {
        popup = popup.at_position(response.rect.left_bottom());
    }
    popup.show(|ui| {
        // In the frame that only finds out how large the menu is, nothing can have the focus.
        let takes_focus = !ui.is_sizing_pass()
            && ui.data_mut(|data| data.remove_temp::<TakesFocus>(id).is_some());
        if takes_focus {
            let first = ui.next_auto_id();
            ui.memory_mut(|memory| memory.request_focus(first));
        }
        content(ui);
    });
    let has_closed = was_open && !Popup::is_id_open(&response.ctx, id);
    if has_closed && !response.ctx.input(|input| input.pointer.any_click()) {
        response.request_focus();
    }
}

/// Whether a command can do something just now.
pub(super) fn is_enabled(state: &State, command: Command) -> bool {
    match command {
        Command::Back => state.history.can_go_back(),
        Command::Forward => state.history.can_go_forward(),
        Command::Reload | Command::CloseLibrary => !state.opened.is_empty(),
        Command::Export | Command::CopyChronology => !state.library.is_empty(),
        Command::FitSelection | Command::CopyWords => state.selection.is_some(),
        Command::RevealFile | Command::NextStatement | Command::PreviousStatement => {
            state.document.is_some()
        }
        Command::NextConcern | Command::PreviousConcern => state.document.is_some(),
        Command::NextMark | Command::PreviousMark => state.open_copy.is_some(),
        Command::ZoomToRange => state.timeline.range.is_some(),
        Command::ZoomBack => state.timeline.can_go_back(),
        Command::SelectInCopy => state.open_copy.is_some() || state.selection.is_some(),
        Command::Present => !state.timeline.data.index.is_empty(),
        Command::NextHit | Command::PreviousHit => !state.search.hits().is_empty(),
        Command::OnlyHits => state.search.is_on(),
        Command::ShowEverything => state.is_narrowed(),
        Command::SaveView | Command::CopyViewCommand | Command::Find | Command::Filters => {
            !state.library.is_empty()
        }
        Command::FindInDocument => state.document.is_some(),
        Command::LookAround | Command::RangeFrom | Command::RangeTo => {
            matches!(state.selection, Some(Item::Event(..)))
        }
        Command::TextUsual => state.settings.reading != Reading::default(),
        Command::Compare => state.comparing.is_some() || !state.comparisons().is_empty(),
        _ => true,
    }
}
