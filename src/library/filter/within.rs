//! How much lies in a stretch of time: events, the statements that speak of them, and how those stand.

use super::{Snapshot, SnapshotFile, is_in_range};
use crate::date::{Instant, Zone};
use crate::evidence::{Coverage, Standing};
use crate::library::belonging::Belonging;
use crate::model::{Event, FileId};
use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};
use std::iter::Sum;
use std::ops::{Add, Range};

/// What lies in a stretch of time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Within {
    pub events: usize,
    /// Those in the passages of these events, each once.
    pub statements: usize,
    /// Of the statements that have been checked.
    pub standings: Coverage,
}

impl Add for Within {
    type Output = Self;

    fn add(mut self, other: Self) -> Self {
        self.standings += other.standings;
        Self {
            events: self.events.saturating_add(other.events),
            statements: self.statements.saturating_add(other.statements),
            standings: self.standings,
        }
    }
}

impl Sum for Within {
    fn sum<I: Iterator<Item = Self>>(iter: I) -> Self {
        iter.fold(Self::default(), Self::add)
    }
}

/// What counts, besides the time.
pub struct Counted<'a> {
    /// Where days begin that name no zone.
    pub zone: &'a Zone,
    pub event: &'a (dyn Fn(&SnapshotFile, u32, &Event) -> bool + Sync),
    pub statement: &'a (dyn Fn(FileId, u32) -> bool + Sync),
    /// How a statement stands; `None` while that has not been checked.
    pub standing: &'a (dyn Fn(FileId, u32) -> Option<Standing> + Sync),
}

/// Counts what takes place, wholly or in part, in a stretch of time.
pub fn within(snapshot: &Snapshot, range: &Range<Instant>, counted: &Counted<'_>) -> Within {
    let files = snapshot.files.par_iter();
    files.map(|file| of_file(file, range, counted)).sum()
}

fn of_file(file: &SnapshotFile, range: &Range<Instant>, counted: &Counted<'_>) -> Within {
    let briefing = &*file.briefing;
    let events = briefing.events.iter().zip(0..);
    let events = events.map(|(event, at)| {
        is_in_range(event, range, counted.zone) && (counted.event)(file, at, event)
    });
    let counts: Vec<bool> = events.collect();
    let mut within = Within {
        events: counts.iter().filter(|&&counts| counts).count(),
        ..Within::default()
    };
    // Most files have nothing in a short range, and then nobody looks for passages.
    if within.events == 0 {
        return within;
    }
    let belonging = Belonging::new(briefing);
    let of_these = briefing
        .statements
        .iter()
        .zip(0..)
        .filter(|(statement, at)| {
            let mut speaks = false;
            belonging.each_event_at(statement.span, |event| {
                speaks |= counts.get(event as usize).copied().unwrap_or(false);
            });
            speaks && (counted.statement)(file.id, *at)
        });
    let statements: Vec<u32> = of_these.map(|(_, at)| at).collect();
    within.statements = statements.len();
    let standings = statements.into_iter();
    within.standings = standings
        .filter_map(|at| (counted.standing)(file.id, at))
        .collect();
    within
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::Library;
    use crate::state::tests::loaded;

    const TALKS: &str = "---\nevents:\n  - {id: first, date: 2025-03-18, title: One}\n  - {id: second, date: 2025-03-20, title: Two}\n\
        sources: {s: {title: S}}\n---\n## One {#first}\n\nSo it was [@s]. And so [@s].\n\n## Two {#second}\n\nLater too [@s].\n\n\
        ## Else\n\nOf no event [@s].\n";

    #[test]
    fn statements_are_counted_where_their_events_are() {
        let mut library = Library::default();
        library.add([loaded("a.md", TALKS), loaded("b.md", "# Nothing\n")]);
        let snapshot = library.snapshot();
        let day = |day: i64| Instant((20_165 + day) * 86_400_000);
        let zone = Zone::utc();
        let count = |range: Range<Instant>, event: Option<u32>, hidden: Option<u32>| {
            let counted = Counted {
                zone: &zone,
                event: &|_, at, _| event.is_none_or(|only| at == only),
                statement: &|_, at| hidden != Some(at),
                standing: &|_, at| (at != 2).then_some(Standing::Unquoted),
            };
            let within = within(&snapshot, &range, &counted);
            (within.events, within.statements, within.standings.unquoted)
        };
        // 2025-03-18 is day 20,165 after 1970.
        assert_eq!(count(day(0)..day(9), None, None), (2, 3, 2));
        assert_eq!(count(day(0)..day(1), None, None), (1, 2, 2));
        assert_eq!(count(day(2)..day(3), None, None), (1, 1, 0));
        assert_eq!(count(day(1)..day(2), None, None), (0, 0, 0));
        assert_eq!(count(day(0)..day(9), Some(0), Some(1)), (1, 1, 1));
    }
}
