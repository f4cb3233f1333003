//! Which events the command line asks for.

use crate::date::{Date, Instant};
use crate::library::File;
use crate::model::Event;
use crate::summary::Selection;

/// What every chosen event must meet.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub from: Option<Date>,
    pub until: Option<Date>,
    pub lanes: Vec<String>,
    pub tags: Vec<String>,
    pub actors: Vec<String>,
}

impl Filter {
    /// The events of a file that meet it.
    pub fn choose(&self, file: &File) -> Vec<u32> {
        let briefing = &file.briefing;
        (0..)
            .zip(&briefing.events)
            .filter(|(_, event)| self.takes(event, &briefing.title))
            .map(|(at, _)| at)
            .collect()
    }

    fn takes(&self, event: &Event, briefing: &str) -> bool {
        let any_of = |wanted: &[String], has: &[String]| {
            wanted.is_empty() || wanted.iter().any(|it| has.iter().any(|has| same(it, has)))
        };
        let lane = event.lane.as_deref().unwrap_or(briefing);
        let in_lane = self.lanes.is_empty() || self.lanes.iter().any(|it| is_in_lane(lane, it));
        in_lane
            && any_of(&self.tags, &event.tags)
            && any_of(&self.actors, &event.actors)
            && self.in_range(event.date.as_ref())
    }

    fn in_range(&self, date: Option<&Date>) -> bool {
        if self.from.is_none() && self.until.is_none() {
            return true;
        }
        let Some(date) = date else { return false };
        let from = self.from.as_ref().and_then(Date::earliest);
        let until = self.until.as_ref().and_then(Date::latest);
        let ends_after = |from: Instant| date.latest().is_none_or(|latest| latest > from);
        let begins_before =
            |until: Instant| date.earliest().is_none_or(|earliest| earliest < until);
        from.is_none_or(ends_after) && until.is_none_or(begins_before)
    }

    /// The words that tell it.
    pub fn selection(&self) -> Selection {
        let mut restrictions = Vec::new();
        if let Some(from) = &self.from {
            restrictions.push(format!("from {}", from.in_words()));
        }
        if let Some(until) = &self.until {
            restrictions.push(format!("until {}", until.in_words()));
        }
        for (name, values) in [
            ("lane", &self.lanes),
            ("tag", &self.tags),
            ("actor", &self.actors),
        ] {
            if !values.is_empty() {
                restrictions.push(format!("{name} {}", values.join(" or ")));
            }
        }
        Selection { restrictions }
    }
}

fn same(a: &str, b: &str) -> bool {
    a.trim().to_lowercase() == b.trim().to_lowercase()
}

/// Whether a lane is the wanted one or lies in it.
fn is_in_lane(lane: &str, wanted: &str) -> bool {
    let normal = |path: &str| {
        let parts: Vec<String> = path.split('/').map(|it| it.trim().to_lowercase()).collect();
        parts
    };
    normal(lane).starts_with(&normal(wanted))
}
