//! What each [`Command`] does to the state.

#![expect(clippy::arithmetic_side_effects, reason = "places in a list")]

use super::{
    Action, Effect, FilterAction, LibraryTab, Motion, Reading, SearchAction, SearchScope, Sheet,
    SidePane, State, TimelineAction, evidence_of,
};
use crate::command::Command;
use crate::evidence;
use crate::model::{EvidenceOwner, Item};
use crate::state::EvidenceRef;

impl State {
    pub(super) fn run(&mut self, command: Command, effects: &mut Vec<Effect>) {
        match command {
            Command::OpenFile => effects.push(Effect::PickFile),
            Command::OpenFolder => effects.push(Effect::PickFolder),
            Command::OpenPath => self.sheet = Some(Sheet::OpenPath),
            Command::PastePath => effects.push(Effect::RequestPaste),
            Command::OpenShipped => effects.push(Effect::OpenShipped),
            Command::Reload => self.reload(effects),
            Command::CloseLibrary => {
                self.close();
                effects.push(Effect::CancelLoad);
                effects.push(Effect::Watch(Vec::new()));
            }
            Command::Quit => effects.push(Effect::Quit),
            Command::Back => {
                if let Some(stop) = self.history.back() {
                    self.return_to(stop, effects);
                }
            }
            Command::Forward => {
                if let Some(stop) = self.history.forward() {
                    self.return_to(stop, effects);
                }
            }
            Command::NextEvent
            | Command::PreviousEvent
            | Command::FirstEvent
            | Command::LastEvent
                if self.step_presentation(command, effects) => {}
            Command::NextEvent
            | Command::PreviousEvent
            | Command::LaneUp
            | Command::LaneDown
            | Command::FirstEvent
            | Command::LastEvent
            | Command::NextInLane
            | Command::PreviousInLane => {
                let from = self.event_in_focus();
                if let Some(item) = self.timeline.walk(command, from) {
                    self.select(item, true, effects);
                }
            }
            Command::NextStatement => self.walk_statements(true, effects),
            Command::PreviousStatement => self.walk_statements(false, effects),
            Command::NextConcern => self.walk_concerns(true, effects),
            Command::PreviousConcern => self.walk_concerns(false, effects),
            Command::OpenSource => self.open_source(effects),
            Command::NextMark => self.step_mark(true, effects),
            Command::PreviousMark => self.step_mark(false, effects),
            Command::SelectInCopy => {
                if self.open_copy.is_none() {
                    self.open_source(effects);
                }
                if self.open_copy.is_some() {
                    self.caret_serial += 1;
                }
            }
            Command::RangeFrom => self.set_range_edge(true, effects),
            Command::RangeTo => self.set_range_edge(false, effects),
            Command::Compare => self.toggle_comparison(effects),
            Command::ClearSelection => self.clear(effects),
            Command::ZoomIn
            | Command::ZoomOut
            | Command::PanLeft
            | Command::PanRight
            | Command::FitAll
            | Command::ZoomToRange
            | Command::ZoomBack => {
                let action = TimelineAction::Run(command);
                self.apply_timeline(action, effects);
            }
            Command::FitSelection => {
                let items = self.selected.iter().collect();
                let action = TimelineAction::CenterThenFit(items);
                self.apply_timeline(action, effects);
            }
            Command::CopyCitation => match self.citation() {
                Some(text) => {
                    effects.push(Effect::CopyText(text));
                    self.answer("Citation copied");
                }
                None => self.answer("Select a source or a statement first"),
            },
            Command::CopyWords => match self.selection.and_then(|item| self.library.label(item)) {
                Some(words) => effects.push(Effect::CopyText(words)),
                None => self.answer("Select a statement or an event first"),
            },
            Command::RevealFile => {
                let file = self.document.as_ref().map(|open| open.file);
                if let Some(file) = file.and_then(|file| self.library.file(file)) {
                    effects.push(Effect::RevealFile(file.path.clone()));
                }
            }
            Command::ToggleLibrary => {
                self.toggle_side_pane(SidePane::Library);
            }
            Command::ToggleEvidence => {
                self.toggle_side_pane(SidePane::Evidence);
            }
            Command::ToggleTimeline => {
                self.settings.panes.timeline = !self.settings.panes.timeline;
            }
            Command::ToggleProblems => {
                self.settings.panes.problems = !self.settings.panes.problems;
            }
            Command::TextLarger => self.settings.reading = self.settings.reading.larger(),
            Command::TextSmaller => self.settings.reading = self.settings.reading.smaller(),
            Command::TextUsual => self.settings.reading = Reading::default(),
            Command::HighContrast => {
                self.settings.high_contrast = !self.settings.high_contrast;
                effects.push(Effect::SetLook);
            }
            Command::LessMotion => {
                self.settings.motion = match self.settings.motion {
                    Motion::Off => Motion::System,
                    Motion::System | Motion::On => Motion::Off,
                };
                effects.push(Effect::SetLook);
            }
            Command::Export => match self.sheet {
                Some(Sheet::Export) => self.sheet = None,
                _ => self.open_export(effects),
            },
            Command::CopyChronology => self.copy_chronology(effects),
            Command::Present => self.toggle_presentation(effects),
            Command::NewBriefing => effects.push(Effect::PickNewBriefing),
            Command::Settings => self.toggle_sheet(Sheet::Settings),
            Command::ThemeSystem => self.set_theme(super::Theme::System, effects),
            Command::ThemeLight => self.set_theme(super::Theme::Light, effects),
            Command::ThemeDark => self.set_theme(super::Theme::Dark, effects),
            Command::Find => {
                let action = SearchAction::SetScope(SearchScope::Library);
                self.apply_search(action, effects);
                self.apply_search(SearchAction::Open, effects);
            }
            Command::FindInDocument => {
                let action = SearchAction::SetScope(SearchScope::Document);
                self.apply_search(action, effects);
                self.apply_search(SearchAction::Open, effects);
            }
            Command::NextHit => self.apply_search(SearchAction::Walk(true), effects),
            Command::PreviousHit => self.apply_search(SearchAction::Walk(false), effects),
            Command::OnlyHits => {
                let narrows = !self.search.narrows;
                self.apply_search(SearchAction::Narrow(narrows), effects);
            }
            Command::ShowEverything => self.apply_filter(FilterAction::ClearAll, effects),
            Command::Filters => {
                self.show_side_pane(SidePane::Library, true);
                self.library_tab = LibraryTab::Filters;
            }
            Command::SaveView => self.sheet = Some(Sheet::SaveView),
            Command::CopyViewCommand => self.copy_command_line(effects),
            Command::LookAround => {
                let event = self.event_in_focus();
                self.look_around(event, effects);
            }
            Command::Palette => self.toggle_sheet(Sheet::Palette),
            Command::Keys => self.toggle_sheet(Sheet::Keys),
            Command::About => self.toggle_sheet(Sheet::About),
        }
    }

    fn toggle_sheet(&mut self, sheet: Sheet) {
        self.sheet = (self.sheet.as_ref() != Some(&sheet)).then_some(sheet);
    }

    fn set_theme(&mut self, theme: super::Theme, effects: &mut Vec<Effect>) {
        effects.extend(self.apply(Action::SetTheme(theme)));
    }

    fn reload(&mut self, effects: &mut Vec<Effect>) {
        if self.library.is_empty() {
            if !self.opened.is_empty() {
                self.open_paths(self.opened.clone(), effects);
            }
            return;
        }
        effects.push(Effect::Reread);
    }

    fn return_to(&mut self, stop: super::Stop, effects: &mut Vec<Effect>) {
        self.show_file(stop.file, effects);
        self.set_selection(stop.selection, effects);
        let item = stop.selection.unwrap_or(Item::File(stop.file));
        if let Some(span) = self.passage_of(item) {
            self.jump_to(item.file(), span);
        }
        let reveal = TimelineAction::Reveal(self.selected.iter().collect());
        self.apply_timeline(reveal, effects);
    }

    /// The event that walking starts from: the selected one, else one that belongs to the selection.
    pub(super) fn event_in_focus(&self) -> Option<Item> {
        let is_event = |item: &Item| matches!(item, Item::Event(..));
        self.selection
            .filter(is_event)
            .or_else(|| self.selected.iter().find(is_event))
    }

    fn walk_statements(&mut self, forward: bool, effects: &mut Vec<Effect>) {
        let Some(file) = self.document.as_ref().map(|open| open.file) else {
            return;
        };
        let Some(briefing) = self.library.briefing(file) else {
            return;
        };
        let last = briefing.statements.len().checked_sub(1);
        let from = match self.selection {
            Some(Item::Statement(of, at)) if of == file => Some(at as usize),
            _ => None,
        };
        // Without a statement to start from, begin below the passage that was jumped to last.
        let start = self
            .jump
            .filter(|jump| jump.file == file)
            .map(|jump| jump.span.start);
        let next = match (from, forward) {
            (Some(at), true) => Some(at + 1),
            (Some(at), false) => at.checked_sub(1),
            (None, true) => briefing
                .statements
                .iter()
                .position(|statement| start.is_none_or(|start| statement.span.start >= start)),
            (None, false) => briefing
                .statements
                .iter()
                .rposition(|statement| start.is_none_or(|start| statement.span.start < start)),
        };
        let next = next.filter(|&at| last.is_some_and(|last| at <= last));
        if let Some(at) = next.and_then(|at| u32::try_from(at).ok()) {
            self.select(Item::Statement(file, at), true, effects);
        }
    }

    /// Opens the copy that the selection rests on; again, the next one.
    fn open_source(&mut self, effects: &mut Vec<Effect>) {
        let found = match self.selection {
            Some(Item::Source(file, source)) => {
                self.show_copy(file, source, None, effects);
                return;
            }
            Some(Item::Statement(file, at)) => {
                self.evidence_refs(file, EvidenceOwner::Statement(at))
            }
            Some(Item::Event(file, at)) => {
                let mut found = self.evidence_refs(file, EvidenceOwner::Event(at));
                if let Some(briefing) = self.library.briefing(file) {
                    for statement in super::statements_of_event(briefing, at) {
                        let owner = EvidenceOwner::Statement(statement);
                        found.extend(self.evidence_refs(file, owner));
                    }
                }
                found
            }
            _ => Vec::new(),
        };
        let open = self.open_copy.and_then(|open| open.evidence);
        let after = found
            .iter()
            .position(|evidence| Some(*evidence) == open)
            .map_or(0, |at| at + 1);
        match found.get(after).or(found.first()) {
            Some(&evidence) => self.open_evidence(evidence, effects),
            None => self.answer("Select a statement, an event or a source first"),
        }
    }

    fn evidence_refs(&self, file: crate::model::FileId, owner: EvidenceOwner) -> Vec<EvidenceRef> {
        let evidence = self
            .library
            .briefing(file)
            .and_then(|briefing| evidence_of(briefing, owner))
            .unwrap_or_default();
        (0..)
            .zip(evidence)
            .filter(|(_, evidence)| evidence.source.is_some())
            .map(|(index, _)| EvidenceRef { file, owner, index })
            .collect()
    }

    /// One step of clearing: the sheet, the talk, the copy, the range of time, the selection.
    fn clear(&mut self, effects: &mut Vec<Effect>) {
        if self.sheet.take().is_some() {
            return;
        }
        if self.presentation.is_some() {
            self.end_presentation(effects);
            return;
        }
        if self.timeline.legend {
            self.apply_timeline(TimelineAction::ShowLegend(false), effects);
            return;
        }
        if self.open_copy.take().is_some() {
            return;
        }
        if self.comparing.take().is_some() || self.unsourced.take().is_some() {
            return;
        }
        if self.timeline.range.is_some() {
            self.apply_timeline(TimelineAction::SelectRange(None), effects);
            return;
        }
        if self.selection.is_some() {
            self.set_selection(None, effects);
        } else {
            self.standing_filter = None;
        }
    }

    /// The words and the source that the selection rests on first, as a Markdown citation.
    fn citation(&self) -> Option<String> {
        let (file, owner) = match self.selection? {
            Item::Source(file, at) => {
                let source = self.library.source(file, at)?;
                return Some(evidence::markdown_citation("", source));
            }
            Item::Statement(file, at) => (file, EvidenceOwner::Statement(at)),
            Item::Event(file, at) => (file, EvidenceOwner::Event(at)),
            Item::Heading(..) | Item::File(_) => return None,
        };
        let own = self.evidence_refs(file, owner);
        if let Some(&first) = own.first() {
            return self.citation_of(first);
        }
        let source = self.selected.iter().find_map(|item| match item {
            Item::Source(file, at) => self.library.source(file, at),
            _ => None,
        })?;
        Some(evidence::markdown_citation("", source))
    }

    /// One piece of evidence as a Markdown citation: its quote and its source.
    pub fn citation_of(&self, found: EvidenceRef) -> Option<String> {
        let evidence = self.evidence(found)?;
        let source = self.library.source(found.file, evidence.source?)?;
        let words = evidence.quote.as_ref().map(|quote| quote.text.as_str());
        Some(evidence::markdown_citation(
            words.unwrap_or_default(),
            source,
        ))
    }
}
