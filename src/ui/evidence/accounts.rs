//! What a comparison lays side by side, as plain values: made once for a state of the checks, drawn in every frame.

use crate::evidence::{self, Checked, Level};
use crate::model::{
    Briefing, ComparisonCell, ComparisonRow, Evidence, EvidenceOwner, FileId, Item, Quote,
};
use crate::span::Span;
use crate::state::{Comparing, EvidenceRef, State, statements_of_event};
use crate::text::Text;

/// Points down, sources across.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Accounts {
    pub title: String,
    /// The header of the first column.
    pub points_label: String,
    pub columns: Vec<Account>,
    /// The header of the last column; `None` when there is none.
    pub reading_label: Option<&'static str>,
    pub rows: Vec<Point>,
}

/// One source.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Account {
    pub title: String,
    /// `None` when nobody defined the key.
    pub source: Option<u32>,
    key: String,
}

/// One point that the sources speak to.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Point {
    pub words: String,
    /// What a click on it selects; without one it shows `span`.
    pub item: Option<Item>,
    pub span: Span,
    /// One a column.
    pub cells: Vec<Vec<Piece>>,
    pub reading: Option<Reading>,
}

/// A part of a cell.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// The author's own words.
    Words(String),
    Quote {
        at: EvidenceRef,
        words: String,
        translation: Option<String>,
    },
    /// None of these words is said to occur.
    Silence { at: EvidenceRef, words: String },
    /// The source is named, but none of its words.
    Paraphrase { at: EvidenceRef },
}

/// What the row comes to, by the author or by the checks.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Reading {
    pub words: String,
    pub level: Option<Level>,
    /// Why, for the hover text.
    pub explanation: Option<String>,
    /// Why the check disputes the author's reading.
    pub dispute: Option<String>,
}

impl Accounts {
    /// `None` when the table or the event has gone.
    pub(super) fn of(state: &State, comparing: Comparing) -> Option<Self> {
        let briefing = state.library.briefing(comparing.file())?;
        match comparing {
            Comparing::Table(file, at) => table(state, briefing, file, at),
            Comparing::Event(file, at) => event(state, briefing, file, at),
        }
    }
}

/// What to call a choice of comparison.
pub(super) fn title_of(state: &State, comparing: Comparing) -> Option<String> {
    let briefing = state.library.briefing(comparing.file())?;
    match comparing {
        Comparing::Event(file, at) => Some(state.library.event(file, at)?.title.to_string()),
        Comparing::Table(_, at) => {
            let start = briefing.comparisons.get(at as usize)?.span.start;
            let heading = briefing
                .headings
                .iter()
                .rfind(|heading| heading.section.contains(start as usize));
            Some(heading.map_or_else(
                || format!("{}, table {}", briefing.title, at + 1),
                |heading| heading.text.to_string(),
            ))
        }
    }
}

fn table(state: &State, briefing: &Briefing, file: FileId, at: u32) -> Option<Accounts> {
    let found = briefing.comparisons.get(at as usize)?;
    let rows = (0..)
        .zip(&found.rows)
        .map(|(row, point)| {
            let owner = |column| EvidenceOwner::Cell {
                comparison: at,
                row,
                column,
            };
            Point {
                words: point.point.clone(),
                item: None,
                span: point.span,
                cells: (0..)
                    .zip(&point.cells)
                    .map(|(column, cell)| cell_pieces(file, owner(column), cell))
                    .collect(),
                reading: reading(state, file, point, owner),
            }
        })
        .collect();
    Some(Accounts {
        title: title_of(state, Comparing::Table(file, at))?,
        points_label: found.points_label.clone(),
        columns: found
            .columns
            .iter()
            .map(|column| Account {
                title: column.title.clone(),
                source: column.source,
                key: column.key.to_string(),
            })
            .collect(),
        reading_label: found.has_reading.then_some("Reading"),
        rows,
    })
}

/// The author's reading, held against the checks once they are done.
fn reading(
    state: &State,
    file: FileId,
    point: &ComparisonRow,
    owner: impl Fn(u32) -> EvidenceOwner,
) -> Option<Reading> {
    let words = point.reading.clone()?;
    let dispute = evidence::Reading::from_words(&words).and_then(|reading| {
        let checks: Vec<Vec<&Checked>> = (0..)
            .zip(&point.cells)
            .map(|(column, cell)| {
                let owner = owner(column);
                (0..)
                    .zip(&cell.evidence)
                    .map(|(index, _)| state.checked(EvidenceRef { file, owner, index }))
                    .collect()
            })
            .collect::<Option<_>>()?;
        let cells: Vec<(&ComparisonCell, &[&Checked])> = point
            .cells
            .iter()
            .zip(checks.iter().map(Vec::as_slice))
            .collect();
        evidence::dispute(reading, &cells)
    });
    Some(Reading {
        words,
        level: None,
        explanation: None,
        dispute,
    })
}

fn event(state: &State, briefing: &Briefing, file: FileId, at: u32) -> Option<Accounts> {
    let found = briefing.events.get(at as usize)?;
    let statements = statements_of_event(briefing, at);
    let statements = statements
        .into_iter()
        .filter_map(|at| Some((at, briefing.statements.get(at as usize)?)));
    let mut owners: Vec<(EvidenceOwner, &[Evidence], Point)> = Vec::new();
    let point = |words: &str, item, span| Point {
        words: words.to_owned(),
        item: Some(item),
        span,
        cells: Vec::new(),
        reading: None,
    };
    if !found.evidence.is_empty() {
        let row = point("The event itself", Item::Event(file, at), found.span);
        owners.push((EvidenceOwner::Event(at), &found.evidence, row));
    }
    for (at, statement) in statements {
        let mut row = point(&statement.text, Item::Statement(file, at), statement.span);
        row.reading = state.assessment(file, at).map(|assessment| Reading {
            words: assessment.standing.label().to_owned(),
            level: Some(assessment.standing.level()),
            explanation: Some(assessment.explanation.clone()),
            dispute: None,
        });
        owners.push((EvidenceOwner::Statement(at), &statement.evidence, row));
    }
    let mut accounts = Accounts {
        title: found.title.to_string(),
        points_label: "Statement".to_owned(),
        reading_label: Some("Standing"),
        ..Accounts::default()
    };
    for (owner, evidence, mut row) in owners {
        for (index, evidence) in (0..).zip(evidence) {
            let column = accounts.column_of(briefing, evidence);
            if row.cells.len() <= column {
                row.cells.resize_with(column + 1, Vec::new);
            }
            let at = EvidenceRef { file, owner, index };
            if let Some(cell) = row.cells.get_mut(column) {
                cell.push(piece(at, evidence));
            }
        }
        accounts.rows.push(row);
    }
    let columns = accounts.columns.len();
    for row in &mut accounts.rows {
        row.cells.resize_with(columns, Vec::new);
    }
    Some(accounts)
}

impl Accounts {
    /// The column of the source that evidence names; a new one when it is the first to name it.
    fn column_of(&mut self, briefing: &Briefing, evidence: &Evidence) -> usize {
        let same = |account: &Account| match evidence.source {
            Some(source) => account.source == Some(source),
            None => account.source.is_none() && account.key == evidence.key,
        };
        if let Some(at) = self.columns.iter().position(same) {
            return at;
        }
        let source = evidence
            .source
            .and_then(|at| briefing.sources.get(at as usize));
        self.columns.push(Account {
            title: source.map_or_else(
                || format!("@{}", evidence.key),
                |source| source.label().to_owned(),
            ),
            source: evidence.source,
            key: evidence.key.to_string(),
        });
        self.columns.len() - 1
    }
}

fn piece(at: EvidenceRef, evidence: &Evidence) -> Piece {
    match &evidence.quote {
        Some(quote) => Piece::Quote {
            at,
            words: quote.text.to_string(),
            translation: quote.details.translation.as_ref().map(Text::to_string),
        },
        None if !evidence.details.silent_on.is_empty() => Piece::Silence {
            at,
            words: evidence.details.silent_on.join(", "),
        },
        None => Piece::Paraphrase { at },
    }
}

const MARKS: [char; 11] = ['"', '“', '”', '„', '«', '»', '‘', '’', '\'', '‹', '›'];

/// A cell's words, with its quotes apart.
fn cell_pieces(file: FileId, owner: EvidenceOwner, cell: &ComparisonCell) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = cell.text.as_str();
    let quotes = |evidence: &Evidence| evidence.quote.clone();
    let is_silence = cell
        .evidence
        .iter()
        .any(|it| !it.details.silent_on.is_empty());
    if is_silence && cell.evidence.iter().all(|it| it.quote.is_none()) {
        rest = "";
    }
    for (index, evidence) in (0..).zip(&cell.evidence) {
        let at = EvidenceRef { file, owner, index };
        let Some(Quote { text, details, .. }) = quotes(evidence) else {
            if !evidence.details.silent_on.is_empty() {
                pieces.push(piece(at, evidence));
            }
            continue;
        };
        if let Some((before, after)) = rest.split_once(text.as_str()) {
            pieces.extend(own_words(before));
            rest = after.strip_prefix(MARKS).unwrap_or(after);
        }
        // A translation that stands in the cell is there to be read already.
        let translation = details
            .translation
            .as_ref()
            .filter(|words| !cell.text.contains(words.as_str()))
            .map(Text::to_string);
        pieces.push(Piece::Quote {
            at,
            words: text.into(),
            translation,
        });
    }
    pieces.extend(own_words(rest));
    pieces
}

/// Words between quotes, without the marks and commas that joined them.
fn own_words(words: &str) -> Option<Piece> {
    let words = words.trim().trim_end_matches(MARKS).trim_end();
    let words = words.trim_start_matches([',', ';', ':', '.', ' ']);
    let words = words.trim_end_matches([',', ';', ':', ' ']);
    words
        .chars()
        .any(char::is_alphanumeric)
        .then(|| Piece::Words(words.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::Loaded;
    use crate::parse;
    use crate::state::Action;
    use std::path::PathBuf;
    use std::sync::Arc;

    /// A state with one file, as yet unchecked.
    fn state(text: &str) -> (State, FileId) {
        let context = parse::Context {
            file_name: "a.md",
            bibliography: &|_| Err(parse::BibliographyFault::Missing),
            shared: None,
        };
        let (briefing, problems) = parse::briefing(text.into(), &context);
        let mut state = State::default();
        let loaded = Loaded {
            path: PathBuf::from("a.md"),
            root: std::path::Path::new("").into(),
            name: "a.md".to_owned(),
            briefing: Arc::new(briefing),
            places: problems
                .iter()
                .map(|_| crate::span::Place { line: 1, column: 1 })
                .collect(),
            problems: problems.into(),
        };
        state.apply(Action::Reloaded(vec![loaded]));
        let file = state.library.files().next().expect("one file").id;
        (state, file)
    }

    const TEXT: &str = "---\nsources:\n  a: {title: One}\n  b: {title: Two}\nevents:\n  - {id: call, date: 2025-03-18, title: The call, sources: [a]}\n---\n\n## The call {#call}\n\nA first step was agreed here [@a, \"the leaders agreed\"; contradicts @b, \"they did not agree\"].\n\n| Point | A [@a] | B [@b] | Reading |\n|---|---|---|---|\n| Scope | \"full ceasefire and peace\", to be negotiated | not mentioned: truce, peace | one-sided |\n";

    #[test]
    fn a_table_keeps_its_words_and_sets_its_quotes_apart() {
        let (state, file) = state(TEXT);
        let accounts = Accounts::of(&state, Comparing::Table(file, 0)).expect("a table");
        assert_eq!(accounts.title, "The call");
        let titles: Vec<_> = accounts
            .columns
            .iter()
            .map(|it| it.title.as_str())
            .collect();
        assert_eq!(titles, ["A", "B"]);
        let [row] = &accounts.rows[..] else {
            panic!("one row, not {:?}", accounts.rows);
        };
        let [one, other] = &row.cells[..] else {
            panic!("two cells, not {:?}", row.cells);
        };
        assert!(
            matches!(&one[..], [Piece::Quote { words, .. }, Piece::Words(own)]
                if words == "full ceasefire and peace" && own == "to be negotiated"),
            "{one:?}"
        );
        assert!(
            matches!(&other[..], [Piece::Silence { words, .. }] if words == "truce, peace"),
            "{other:?}"
        );
        let reading = row.reading.as_ref().expect("a reading");
        assert_eq!(reading.words, "one-sided");
        assert_eq!(
            reading.dispute, None,
            "nothing is disputed before the checks"
        );
    }

    #[test]
    fn an_event_lays_its_statements_out_by_source() {
        let (state, file) = state(TEXT);
        let accounts = Accounts::of(&state, Comparing::Event(file, 0)).expect("an event");
        let titles: Vec<_> = accounts
            .columns
            .iter()
            .map(|it| it.title.as_str())
            .collect();
        assert_eq!(titles, ["One", "Two"]);
        let points: Vec<_> = accounts.rows.iter().map(|it| it.words.as_str()).collect();
        assert_eq!(points.first(), Some(&"The event itself"));
        assert_eq!(points.len(), 2, "{points:?}");
        assert!(accounts.rows.iter().all(|row| row.cells.len() == 2));
        assert_eq!(Accounts::of(&state, Comparing::Event(file, 9)), None);
    }
}
