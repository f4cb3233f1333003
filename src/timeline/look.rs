//! What an event's date and status say about how honest a mark must be.

use crate::date::{Date, Form, Precision};
use crate::model::{Event, Status};

/// One event as the timeline takes it in. Its place in the list given to `Index::build` is its *item*.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// First moment of the date, in milliseconds; `None` when it is open or unknown on that side.
    pub start_ms: Option<i64>,
    /// First moment after it; `None` when it is open or unknown on that side.
    pub end_ms: Option<i64>,
    /// Index of its lane in the caller's list of leaf lanes.
    pub lane: u32,
    /// Whose title stays when there is no room; see [`weight`].
    pub weight: u16,
    pub look: Look,
}

impl Entry {
    pub fn from_event(event: &Event, lane: u32) -> Self {
        let date = event.date.as_ref();
        let status = StatusLook::from(&event.status);
        Self {
            start_ms: date.and_then(Date::earliest).map(|instant| instant.0),
            end_ms: date.and_then(Date::latest).map(|instant| instant.0),
            lane,
            weight: weight(event.importance, event.evidence.len()),
            look: Look {
                superseded: event.details.superseded_by.is_some(),
                ..date.map_or_else(Look::default, |date| Look::from_date(date, status))
            },
        }
    }
}

/// The rank of an event: its importance (without one, the number of its sources), then the number of its sources.
pub fn weight(importance: Option<u8>, sources: usize) -> u16 {
    let importance = importance.map_or(sources.min(10), |given| usize::from(given.min(10)));
    ((importance << 8) | sources.min(255)) as u16
}

/// What decides how an event is drawn, beside its bounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Look {
    pub form: Form,
    pub precision: Precision,
    pub approximate: bool,
    pub uncertain: bool,
    pub status: StatusLook,
    /// Another event overtook it.
    pub superseded: bool,
}

impl Default for Look {
    fn default() -> Self {
        Self {
            form: Form::Single,
            precision: Precision::Day,
            approximate: false,
            uncertain: false,
            status: StatusLook::Occurred,
            superseded: false,
        }
    }
}

/// [`Status`], with all words of an author's own as one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StatusLook {
    #[default]
    Occurred,
    Announced,
    Planned,
    Claimed,
    Disputed,
    Cancelled,
    Other,
}

impl From<&Status> for StatusLook {
    fn from(status: &Status) -> Self {
        match status {
            Status::Occurred => Self::Occurred,
            Status::Announced => Self::Announced,
            Status::Planned => Self::Planned,
            Status::Claimed => Self::Claimed,
            Status::Disputed => Self::Disputed,
            Status::Cancelled => Self::Cancelled,
            Status::Other(_) => Self::Other,
        }
    }
}

/// How a mark is to be drawn: shape and edges, apart from color. Two dates that mean different things differ here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct MarkShape {
    pub body: Body,
    pub left: Edge,
    pub right: Edge,
    /// `?`: the statement itself is in doubt.
    pub uncertain: bool,
    pub status: StatusLook,
    pub superseded: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Body {
    /// A moment, or a unit too narrow at this zoom to be shown as wide as it is.
    Point,
    /// A single date as wide as its precision: a month, a day. It happened somewhere in it, not all through it.
    Unit,
    /// From one date to another: all through it.
    Range,
    /// At one of several moments, earliest and latest known.
    OneOf,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Edge {
    Sharp,
    /// Approximate.
    Soft,
    /// Goes on without end: fades at the window's edge.
    Open,
    /// The end is not known: fades out soon after.
    Unknown,
    /// Some time on this side of it (before, after): an arrow.
    Beyond,
}

impl Look {
    pub fn from_date(date: &Date, status: StatusLook) -> Self {
        Self {
            form: date.form(),
            precision: date.precision(),
            approximate: date.approximate(),
            uncertain: date.uncertain(),
            status,
            superseded: false,
        }
    }

    /// The shape at a zoom where the date is (`narrow`) or is not too narrow to be shown as wide as it is.
    pub fn shape(self, narrow: bool) -> MarkShape {
        let closed = if self.approximate {
            Edge::Soft
        } else {
            Edge::Sharp
        };
        let (body, left, right) = match self.form {
            Form::Single if narrow => (Body::Point, closed, closed),
            Form::Single => (Body::Unit, closed, closed),
            Form::Range => (Body::Range, closed, closed),
            Form::OpenEnd => (Body::Range, closed, Edge::Open),
            Form::OpenStart => (Body::Range, Edge::Open, closed),
            Form::UnknownEnd => (Body::Range, closed, Edge::Unknown),
            Form::UnknownStart => (Body::Range, Edge::Unknown, closed),
            Form::OneOf => (Body::OneOf, closed, closed),
            Form::Before => (Body::Point, Edge::Beyond, closed),
            Form::After => (Body::Point, closed, Edge::Beyond),
        };
        MarkShape {
            body,
            left,
            right,
            uncertain: self.uncertain,
            status: self.status,
            superseded: self.superseded,
        }
    }

    /// Two bytes instead of six: a million of them are kept.
    pub(super) fn pack(self) -> u16 {
        let form = FORMS.iter().position(|&form| form == self.form);
        let precision = PRECISIONS
            .iter()
            .position(|&precision| precision == self.precision);
        let status = STATUSES.iter().position(|&status| status == self.status);
        (form.unwrap_or(0)
            | precision.unwrap_or(0) << 4
            | status.unwrap_or(0) << 8
            | usize::from(self.approximate) << 11
            | usize::from(self.uncertain) << 12
            | usize::from(self.superseded) << 13) as u16
    }

    pub(super) fn unpack(packed: u16) -> Self {
        let at = |shift: u32, mask: u16| usize::from(packed >> shift & mask);
        let default = Self::default();
        Self {
            form: FORMS.get(at(0, 15)).copied().unwrap_or(default.form),
            precision: PRECISIONS
                .get(at(4, 15))
                .copied()
                .unwrap_or(default.precision),
            status: STATUSES.get(at(8, 7)).copied().unwrap_or_default(),
            approximate: at(11, 1) == 1,
            uncertain: at(12, 1) == 1,
            superseded: at(13, 1) == 1,
        }
    }
}

const FORMS: [Form; 9] = [
    Form::Single,
    Form::Range,
    Form::OpenEnd,
    Form::OpenStart,
    Form::UnknownEnd,
    Form::UnknownStart,
    Form::OneOf,
    Form::Before,
    Form::After,
];

const PRECISIONS: [Precision; 11] = [
    Precision::Millennium,
    Precision::Century,
    Precision::Decade,
    Precision::Year,
    Precision::Season,
    Precision::Month,
    Precision::Day,
    Precision::Hour,
    Precision::Minute,
    Precision::Second,
    Precision::Millisecond,
];

const STATUSES: [StatusLook; 7] = [
    StatusLook::Occurred,
    StatusLook::Announced,
    StatusLook::Planned,
    StatusLook::Claimed,
    StatusLook::Disputed,
    StatusLook::Cancelled,
    StatusLook::Other,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packing_keeps_everything() {
        for form in FORMS {
            for precision in PRECISIONS {
                for status in STATUSES {
                    for bits in 0..8 {
                        let look = Look {
                            form,
                            precision,
                            status,
                            approximate: bits & 1 != 0,
                            uncertain: bits & 2 != 0,
                            superseded: bits & 4 != 0,
                        };
                        assert_eq!(Look::unpack(look.pack()), look);
                    }
                }
            }
        }
    }

    #[test]
    fn dates_that_mean_different_things_look_different() {
        let mut shapes = Vec::new();
        for form in FORMS {
            for approximate in [false, true] {
                for uncertain in [false, true] {
                    let look = Look {
                        form,
                        approximate,
                        uncertain,
                        ..Look::default()
                    };
                    shapes.push(look.shape(false));
                }
            }
        }
        for (at, shape) in shapes.iter().enumerate() {
            assert!(!shapes[..at].contains(shape), "twice: {shape:?}");
        }
    }

    #[test]
    fn importance_outranks_sources_and_stands_in_for_it() {
        assert!(weight(Some(3), 0) > weight(Some(2), 200));
        assert!(weight(None, 4) > weight(Some(3), 9));
        assert!(weight(Some(4), 5) > weight(Some(4), 4));
        assert_eq!(weight(Some(255), usize::MAX), 10 << 8 | 255);
    }
}
