//! The walk through what deserves a second look: statements that are badly borne out, and sentences that name no source.

use super::{Effect, State};
use crate::evidence::Standing;
use crate::model::{FileId, Item};
use crate::span::Span;
use serde::{Deserialize, Serialize};

/// Which standings the walk stops at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Concerns {
    pub altered: bool,
    pub disputed: bool,
    pub unsourced: bool,
    pub single_source: bool,
    pub unquoted: bool,
}

impl Default for Concerns {
    fn default() -> Self {
        Self {
            altered: true,
            disputed: true,
            unsourced: true,
            single_source: true,
            unquoted: false,
        }
    }
}

impl Concerns {
    /// The standings that one can choose, the most worrying first.
    pub const CHOICES: [Standing; 5] = [
        Standing::Altered,
        Standing::Disputed,
        Standing::Unsourced,
        Standing::SingleSource,
        Standing::Unquoted,
    ];

    pub fn contains(self, standing: Standing) -> bool {
        match standing {
            Standing::Altered => self.altered,
            Standing::Disputed => self.disputed,
            Standing::Unsourced => self.unsourced,
            Standing::SingleSource => self.single_source,
            Standing::Unquoted => self.unquoted,
            Standing::Exempt | Standing::Corroborated => false,
        }
    }

    /// The same, with or without one standing; those that are no concern are passed over.
    pub fn with(mut self, standing: Standing, wanted: bool) -> Self {
        match standing {
            Standing::Altered => self.altered = wanted,
            Standing::Disputed => self.disputed = wanted,
            Standing::Unsourced => self.unsourced = wanted,
            Standing::SingleSource => self.single_source = wanted,
            Standing::Unquoted => self.unquoted = wanted,
            Standing::Exempt | Standing::Corroborated => {}
        }
        self
    }
}

/// A walk that waits for the checks of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Walk {
    file: FileId,
    /// The byte to go on from; `None` takes in the whole file.
    from: Option<u32>,
    forward: bool,
    /// How many files are still to be looked at.
    files_left: usize,
}

/// A statement, or a sentence that names no source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StandingPlace {
    pub span: Span,
    pub standing: Standing,
    /// `None` for a sentence without a source, which is no item.
    pub statement: Option<u32>,
}

impl State {
    /// The statements and sentences of a file that the walk stops at, in the order of the file; nothing until it is checked.
    /// With a filter these are the ones of that standing, else all concerns.
    pub fn concerns_of(&self, file: FileId) -> Vec<StandingPlace> {
        let (Some(briefing), Some(checks)) = (self.library.briefing(file), self.checks(file))
        else {
            return Vec::new();
        };
        let statements = (0..).zip(&briefing.statements).zip(&checks.statements).map(
            |((at, statement), assessment)| StandingPlace {
                span: statement.span,
                standing: assessment.standing,
                statement: Some(at),
            },
        );
        let unsourced = briefing.unsourced.iter().map(|&span| StandingPlace {
            span,
            standing: Standing::Unsourced,
            statement: None,
        });
        let mut places: Vec<StandingPlace> = statements
            .chain(unsourced)
            .filter(|place| self.is_sought(place.standing))
            .collect();
        places.sort_by_key(|place| place.span.start);
        places
    }

    fn is_sought(&self, standing: Standing) -> bool {
        match self.standing_filter {
            Some(only) => only == standing,
            None => self.settings.concerns.contains(standing),
        }
    }

    /// Where the walk stands among [`State::concerns_of`] its file.
    pub fn concern_at(&self, places: &[StandingPlace], file: FileId) -> Option<usize> {
        let at_sentence = self.unsourced.filter(|(of, _)| *of == file);
        places
            .iter()
            .position(|place| match (place.statement, at_sentence) {
                (None, Some((_, span))) => place.span == span,
                (Some(at), None) => self.selection == Some(Item::Statement(file, at)),
                _ => false,
            })
    }

    /// Goes to the next (or the previous) place of concern, in the open file and then in the files after it.
    pub(super) fn walk_concerns(&mut self, forward: bool, effects: &mut Vec<Effect>) {
        let Some(file) = self.document.as_ref().map(|open| open.file) else {
            return;
        };
        let walk = Walk {
            file,
            from: self.reading_place(file),
            forward,
            files_left: self.library.len(),
        };
        self.go_on(walk, effects);
    }

    /// Where the reader is in a file: at the selection, else where the last jump led.
    fn reading_place(&self, file: FileId) -> Option<u32> {
        if let Some((_, span)) = self.unsourced.filter(|(of, _)| *of == file) {
            return Some(span.start);
        }
        let selected = self.selection.filter(|item| item.file() == file);
        selected
            .and_then(|item| self.passage_of(item))
            .filter(|_| !matches!(selected, Some(Item::File(_))))
            .map(|span| span.start)
    }

    /// Takes the walk up again once the file that it waited for has been checked.
    pub(super) fn walk_after_checks(&mut self, file: FileId, effects: &mut Vec<Effect>) {
        if let Some(walk) = self.walk.take_if(|walk| walk.file == file) {
            self.go_on(walk, effects);
        }
    }

    fn go_on(&mut self, mut walk: Walk, effects: &mut Vec<Effect>) {
        self.walk = None;
        loop {
            if self.checks(walk.file).is_none() {
                self.ask_checks(walk.file, effects);
                self.walk = Some(walk);
                return;
            }
            if let Some(place) = self.next_place(walk) {
                match place.statement {
                    Some(at) => self.select(Item::Statement(walk.file, at), true, effects),
                    None => self.show_unsourced(walk.file, place.span, effects),
                }
                return;
            }
            walk.files_left = walk.files_left.saturating_sub(1);
            let next = self.file_beside(walk.file, walk.forward);
            let Some(next) = next.filter(|_| walk.files_left > 0) else {
                let side = if walk.forward { "further" } else { "earlier" };
                let text = match self.standing_filter {
                    None => format!("Nothing {side} that needs a second look"),
                    Some(standing) => {
                        let name = standing.label().to_lowercase();
                        format!("No {side} statement: {name}")
                    }
                };
                self.answer(text);
                return;
            };
            walk.file = next;
            walk.from = None;
        }
    }

    fn next_place(&self, walk: Walk) -> Option<StandingPlace> {
        let ahead = |place: &&StandingPlace| match walk.from {
            None => true,
            Some(from) if walk.forward => place.span.start > from,
            Some(from) => place.span.start < from,
        };
        let places = self.concerns_of(walk.file);
        if walk.forward {
            places.iter().find(ahead).copied()
        } else {
            places.iter().rfind(ahead).copied()
        }
    }

    fn file_beside(&self, file: FileId, forward: bool) -> Option<FileId> {
        let mut files = self.library.files().map(|file| file.id);
        if forward {
            files.find(|&id| id == file)?;
            files.next()
        } else {
            files.take_while(|&id| id != file).last()
        }
    }

    /// A sentence without a source is shown in its place; the evidence pane says why.
    pub(super) fn show_unsourced(&mut self, file: FileId, span: Span, effects: &mut Vec<Effect>) {
        self.visit(file, None, effects);
        self.unsourced = Some((file, span));
        self.settings.panes.evidence = true;
        self.jump_to(file, span);
    }
}
