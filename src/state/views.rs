//! Saved views: what is sought and filtered, under a name.

use super::{Effect, Grouping, LibraryTab, Sheet, State, TimelineAction};
use crate::library::filter::Criteria;
use crate::library::views::{Removed, View};
use std::ffi::OsStr;
use std::path::PathBuf;

/// One change of the saved views.
#[derive(Debug)]
pub enum ViewAction {
    /// Shows what a view shows.
    Show(String),
    /// Saves what is shown now under this name.
    Save(String),
    Delete(String),
    /// From the shell: what was deleted, as it stood in the file.
    Deleted(Removed),
    /// Puts back what was deleted last.
    Restore,
    /// From the shell: the views of the library, or why there are none.
    Read(Result<Vec<View>, String>),
}

/// The saved views of the library, and which one is shown.
#[derive(Debug, Default)]
pub struct SavedViews {
    pub list: Vec<View>,
    /// Why the file of views cannot be read.
    pub fault: Option<String>,
    /// What was deleted last: it can be had back until another library is opened.
    deleted: Option<Removed>,
    /// The view that was asked for on the command line, until the views have been read.
    wanted: Option<String>,
}

impl SavedViews {
    /// The name of the view that was deleted last and is not there again.
    pub fn deleted(&self) -> Option<&str> {
        let name = self.deleted.as_ref()?.name();
        let is_back = self.list.iter().any(|view| view.name == name);
        (!is_back).then_some(name)
    }
}

impl State {
    /// The folder whose views are shown and saved: that of the first path that was opened.
    pub fn views_root(&self) -> Option<PathBuf> {
        Some(self.library.first_read()?.root.to_path_buf())
    }

    /// The saved view that is as what is shown now.
    pub fn shown_view(&self) -> Option<&View> {
        let now = self.view_now(String::new());
        // A view shows only what its search finds; one that just marks is another.
        if !now.search.is_empty() && !self.search.narrows {
            return None;
        }
        let is_same = |view: &&View| {
            let lanes = view.group.is_empty() || view.group == now.group;
            lanes && view.criteria == now.criteria && view.search.trim() == now.search
        };
        self.views.list.iter().find(is_same)
    }

    /// What is shown now, as a view.
    fn view_now(&self, name: String) -> View {
        View {
            name,
            search: self.search.text.trim().to_owned(),
            criteria: self.shown_criteria(),
            group: self.timeline.grouping.key().to_owned(),
        }
    }

    /// A command line that shows this library as it is shown now; `None` when that has not been saved.
    pub fn command_line(&self) -> Option<String> {
        let view = self.shown_view()?;
        let mut line = String::from("sourceline");
        for path in &self.opened {
            line += " ";
            line += &quoted(path.as_os_str());
        }
        // A name with a hyphen in front would be taken for another option.
        let between = if view.name.starts_with('-') { "=" } else { " " };
        let name = quoted(OsStr::new(&view.name));
        Some(format!("{line} --view{between}{name}"))
    }

    pub(super) fn apply_view(&mut self, action: ViewAction, effects: &mut Vec<Effect>) {
        match action {
            ViewAction::Show(name) => self.show_view(&name, effects),
            ViewAction::Save(name) => {
                let name = name.trim().to_owned();
                if let Some(root) = self.views_root().filter(|_| !name.is_empty()) {
                    self.sheet = None;
                    self.search.narrows |= self.search.is_on();
                    effects.push(Effect::SaveView(root, Box::new(self.view_now(name))));
                    self.choose(effects);
                }
            }
            ViewAction::Delete(name) => {
                if let Some(root) = self.views_root() {
                    effects.push(Effect::DeleteView(root, name));
                }
            }
            ViewAction::Deleted(removed) => self.views.deleted = Some(removed),
            ViewAction::Restore => {
                if let Some(root) = self.views_root()
                    && let Some(removed) = &self.views.deleted
                {
                    effects.push(Effect::RestoreView(root, Box::new(removed.clone())));
                }
            }
            ViewAction::Read(Ok(list)) => {
                self.views.list = list;
                self.views.fault = None;
                if let Some(name) = self.views.wanted.take() {
                    self.show_view(&name, effects);
                }
            }
            ViewAction::Read(Err(why)) => {
                self.notice(why.clone());
                self.views.fault = Some(why);
            }
        }
    }

    /// Has the views of the library read; one of them may be asked for already.
    pub(super) fn ask_views(&mut self, wanted: Option<String>, effects: &mut Vec<Effect>) {
        self.views.wanted = wanted;
        effects.extend(self.views_root().map(Effect::ReadViews));
    }

    fn show_view(&mut self, name: &str, effects: &mut Vec<Effect>) {
        let Some(view) = self
            .views
            .list
            .iter()
            .find(|view| view.name == name)
            .cloned()
        else {
            let known: Vec<&str> = self
                .views
                .list
                .iter()
                .map(|view| view.name.as_str())
                .collect();
            let known = if known.is_empty() {
                "it has none".to_owned()
            } else {
                format!("it has {}", known.join(", "))
            };
            self.notice(format!("This library has no view called {name}; {known}"));
            return;
        };
        let Criteria { range, .. } = view.criteria.clone();
        self.filter.criteria = Criteria {
            range: None,
            ..view.criteria
        };
        self.search.text = view.search;
        self.search.narrows = self.search.is_on();
        self.ask(effects);
        self.choose(effects);
        if let Some(grouping) = Grouping::from_key(&view.group) {
            self.apply_timeline(TimelineAction::SetGrouping(grouping), effects);
        }
        self.apply_timeline(TimelineAction::SelectRange(range.clone()), effects);
        if let Some(range) =
            range.filter(|range| range.start.0 > i64::MIN && range.end.0 < i64::MAX)
        {
            let shown = TimelineAction::ShowSpan(range.start, range.end);
            self.apply_timeline(shown, effects);
        }
        self.library_tab = LibraryTab::Filters;
    }

    pub(super) fn copy_command_line(&mut self, effects: &mut Vec<Effect>) {
        match self.command_line() {
            Some(line) => {
                self.answer(format!("Copied: {line}"));
                effects.push(Effect::CopyText(line));
            }
            None => {
                self.answer("Save this view first; then it has a command line");
                self.sheet = Some(Sheet::SaveView);
            }
        }
    }
}

/// As a shell takes it for one word.
fn quoted(word: &OsStr) -> String {
    let Some(text) = word.to_str() else {
        return quoted_bytes(word.as_encoded_bytes());
    };
    let is_plain = !text.is_empty()
        && text
            .chars()
            .all(|c| c.is_alphanumeric() || "/._-+:@%".contains(c));
    if is_plain {
        text.to_owned()
    } else if cfg!(windows) {
        format!("\"{}\"", text.replace('"', "\\\""))
    } else {
        format!("'{}'", text.replace('\'', "'\\''"))
    }
}

/// A name that is not UTF-8, as the shells of today write bytes.
fn quoted_bytes(bytes: &[u8]) -> String {
    let mut word = String::from("$'");
    for &byte in bytes {
        match byte {
            b'\'' | b'\\' => {
                word.push('\\');
                word.push(char::from(byte));
            }
            0x20..=0x7e => word.push(char::from(byte)),
            _ => word += &format!("\\{byte:03o}"),
        }
    }
    word + "'"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::tests::open;

    #[test]
    fn a_view_with_other_lanes_or_a_search_that_hides_nothing_is_another_view() {
        let mut state = open(&[("a.md", "# A\n")]);
        let mut view = View {
            name: "Calls".to_owned(),
            search: "call".to_owned(),
            group: "actor".to_owned(),
            ..View::default()
        };
        state.views.list = vec![view.clone()];
        state.search.text = "call".to_owned();
        assert_eq!(state.shown_view(), None, "it only marks");
        state.search.narrows = true;
        assert_eq!(state.shown_view(), None, "lanes are lanes");
        state.timeline.grouping = Grouping::Actor;
        assert_eq!(state.shown_view(), Some(&view));
        // A view that was written by hand without lanes leaves them as they are.
        view.group.clear();
        state.views.list = vec![view.clone()];
        assert_eq!(state.shown_view(), Some(&view));
    }
}
