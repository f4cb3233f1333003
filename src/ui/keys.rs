//! Turns key presses into commands.

use crate::command::Command;
use crate::state::{Action, Sheet, State};
use egui::{Event, Key, KeyboardShortcut, Modifiers};

/// Sends the commands whose keys were pressed in this frame.
///
/// egui ignores extra Shift and Alt when it compares, so shortcuts with more modifiers are asked first.
/// Keys that edit text do nothing else while a field has the focus, and a sheet keeps all keys but
/// those that close it.
pub(super) fn consume(
    ui: &egui::Ui,
    state: &State,
    in_search_field: bool,
    actions: &mut Vec<Action>,
) {
    let typing = ui.text_edit_focused();
    let in_sheet = state.sheet.is_some();
    // Escape closes what is open on top, and nothing else.
    let in_popup = egui::Popup::is_any_open(ui.ctx());
    // Enter and Space belong to a button that has the focus.
    let focused = ui.memory(|memory| memory.focused().is_some());
    let mut shortcuts: Vec<(KeyboardShortcut, Command)> = Command::ALL
        .into_iter()
        .flat_map(|command| {
            let keys = command.shortcuts().iter();
            keys.map(move |&shortcut| (shortcut, command))
        })
        .collect();
    shortcuts.sort_by_key(|(shortcut, _)| std::cmp::Reverse(modifier_count(shortcut.modifiers)));
    for (shortcut, command) in shortcuts {
        let closes = command == Command::ClearSelection
            || state.sheet.is_some() && state.sheet == sheet_of(command);
        let held_back = in_sheet && !closes
            || typing && writes_or_edits(shortcut) && !closes
            || focused && shortcut.logical_key == Key::Enter
            // In the field it clears the search.
            || in_search_field && command == Command::ClearSelection
            // Keys without Ctrl or Alt walk in a menu that is open.
            || in_popup && writes_or_edits(shortcut);
        if held_back {
            continue;
        }
        if ui.input_mut(|input| consume_exactly(input, shortcut)) {
            actions.push(Action::Run(command));
        }
    }
}

/// Takes key presses out of the input of this frame, so that none of them is a command as well: those of which `is_taken`
/// says that they mean something where the focus is.
pub(super) fn take(ui: &egui::Ui, mut is_taken: impl FnMut(Key, Modifiers) -> bool) {
    ui.input_mut(|input| {
        input.events.retain(|event| match event {
            Event::Key {
                key,
                pressed: true,
                modifiers,
                ..
            } => !is_taken(*key, *modifiers),
            _ => true,
        });
    });
}

/// The first keys of a command.
pub(super) fn of(ui: &egui::Ui, command: Command) -> Option<String> {
    let shortcut = command.shortcuts().first()?;
    Some(words(ui, shortcut))
}

/// The keys of a shortcut as they stand on the keyboard: a sign by itself, not by its name.
pub(super) fn words(ui: &egui::Ui, shortcut: &KeyboardShortcut) -> String {
    let named = ui.ctx().format_shortcut(shortcut);
    let sign = match shortcut.logical_key {
        Key::Plus => "+",
        Key::Minus => "-",
        Key::Comma => ",",
        Key::Period => ".",
        Key::Slash => "/",
        Key::Questionmark => "?",
        Key::OpenBracket => "[",
        Key::CloseBracket => "]",
        _ => return named,
    };
    match named.strip_suffix(shortcut.logical_key.name()) {
        Some(modifiers) => format!("{modifiers}{sign}"),
        None => named,
    }
}

/// The sheet that a command opens, and closes when it is open.
fn sheet_of(command: Command) -> Option<Sheet> {
    match command {
        Command::Palette => Some(Sheet::Palette),
        Command::Keys => Some(Sheet::Keys),
        Command::Settings => Some(Sheet::Settings),
        _ => None,
    }
}

/// Whether a field that has the focus has use for the key itself. No field has for function keys.
fn writes_or_edits(shortcut: KeyboardShortcut) -> bool {
    let edits = shortcut.conflicts_with_text_editing() && !is_function_key(shortcut.logical_key);
    edits || plain(shortcut)
}

/// Whether the key has no modifier that keeps it from writing a letter.
fn plain(shortcut: KeyboardShortcut) -> bool {
    let m = shortcut.modifiers;
    let writes = !(m.ctrl || m.command || m.mac_cmd || m.alt);
    let function = is_function_key(shortcut.logical_key);
    writes && !function
}

fn is_function_key(key: Key) -> bool {
    let name = key.name();
    name.len() > 1 && name.starts_with('F') && name.bytes().skip(1).all(|b| b.is_ascii_digit())
}

/// As egui does, but a plain arrow does not also answer to Alt with an arrow. Shift is let through
/// where the layout needs it to write the sign (`?`, `+`).
fn consume_exactly(input: &mut egui::InputState, shortcut: KeyboardShortcut) -> bool {
    let needs_shift = matches!(shortcut.logical_key, Key::Questionmark | Key::Plus);
    let pressed = input.modifiers;
    let wanted = shortcut.modifiers;
    let alt_fits = pressed.alt == wanted.alt;
    let shift_fits = pressed.shift == wanted.shift || needs_shift;
    alt_fits && shift_fits && input.consume_shortcut(&shortcut)
}

fn modifier_count(modifiers: Modifiers) -> u32 {
    [
        modifiers.alt,
        modifiers.ctrl || modifiers.command,
        modifiers.shift,
        modifiers.mac_cmd,
    ]
    .into_iter()
    .map(u32::from)
    .sum()
}
