//! Which events the command line asks for: the library's own filter and search, so that print and screen agree.

use super::Prepared;
use crate::date::{Date, Instant, Zone};
use crate::evidence::Standing;
use crate::library::filter::{Criteria, Field, Known, select};
use crate::library::search::{Engine, Found, Query, Request};
use crate::library::views::{self, View};
use crate::library::{File, Library};
use crate::model::FileId;
use crate::summary::Selection;
use std::collections::{BTreeSet, HashMap};
use std::path::Path;
use std::sync::Arc;

/// What every chosen event must meet.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub from: Option<Date>,
    pub until: Option<Date>,
    pub lanes: Vec<String>,
    pub tags: Vec<String>,
    pub actors: Vec<String>,
    /// As one would type it into the search field.
    pub search: Option<String>,
    /// The name of a saved view, which the other restrictions narrow further.
    pub view: Option<String>,
}

/// Days that name no zone: the same on every machine, so that the same input gives the same bytes.
fn zone() -> Zone {
    Zone::utc()
}

impl Filter {
    /// Leaves only the chosen events, and says how they were chosen.
    ///
    /// # Errors
    ///
    /// A sentence, when the search cannot be read or there is no such view.
    pub fn choose(
        &self,
        library: &Library,
        prepared: &mut [Prepared],
    ) -> Result<Selection, String> {
        let view = match &self.view {
            Some(name) => Some(view_called(name, library)?),
            None => None,
        };
        let criteria = self.criteria(view.as_ref());
        let searches: Vec<&str> = [
            view.as_ref().map(|view| view.search.as_str()),
            self.search.as_deref(),
        ]
        .into_iter()
        .flatten()
        .filter(|search| !search.trim().is_empty())
        .collect();
        if criteria.is_empty() && searches.is_empty() {
            return Ok(Selection::all());
        }
        let standings: Arc<HashMap<FileId, Vec<Standing>>> = Arc::new(
            prepared
                .iter()
                .map(|it| {
                    let statements = it.checks.statements.iter();
                    (it.file.id, statements.map(|found| found.standing).collect())
                })
                .collect(),
        );
        let found = match searches.as_slice() {
            [] => None,
            searches => Some(find(&searches.join(" "), library, &standings)?),
        };
        let zone = zone();
        let known = Known {
            zone: &zone,
            standing: &|file, at| standings.get(&file)?.get(at as usize).copied(),
            hits: found
                .as_ref()
                .map(|found| (&found.events, &found.statements)),
        };
        let selected = select(&library.snapshot(), &criteria, &known);
        for it in prepared {
            let id = it.file.id;
            it.events.retain(|&at| selected.events.contains(id, at));
        }
        Ok(self.selection(view.as_ref(), &searches))
    }

    fn criteria(&self, view: Option<&View>) -> Criteria {
        let mut criteria = view.map(|view| view.criteria.clone()).unwrap_or_default();
        criteria.lanes.extend(self.lanes.iter().cloned());
        criteria.tags.extend(self.tags.iter().cloned());
        criteria.actors.extend(self.actors.iter().cloned());
        let from = self.from.as_ref().and_then(Date::earliest);
        let until = self.until.as_ref().and_then(Date::latest);
        if from.is_some() || until.is_some() {
            let viewed = criteria.range.clone();
            let start = viewed
                .as_ref()
                .map_or(Instant(i64::MIN), |range| range.start);
            let end = viewed.as_ref().map_or(Instant(i64::MAX), |range| range.end);
            criteria.range = Some(
                from.map_or(start, |from| from.max(start))
                    ..until.map_or(end, |until| until.min(end)),
            );
        }
        criteria
    }

    /// The words that tell it.
    fn selection(&self, view: Option<&View>, searches: &[&str]) -> Selection {
        let mut restrictions = Vec::new();
        if let Some(view) = view {
            restrictions.push(format!("view {}", view.name));
            for field in Field::ALL {
                let values = view.criteria.values(field);
                if !values.is_empty() {
                    restrictions.push(format!(
                        "{} {}",
                        field.label().to_lowercase(),
                        values.join(" or ")
                    ));
                }
            }
        }
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
        for search in searches {
            restrictions.push(format!("found by {}", search.trim()));
        }
        Selection { restrictions }
    }
}

fn find(
    text: &str,
    library: &Library,
    standings: &Arc<HashMap<FileId, Vec<Standing>>>,
) -> Result<Found, String> {
    let query = Query::parse(text, &zone()).map_err(|fault| fault.to_string())?;
    let standings = Arc::clone(standings);
    let mut request = Request::new(query, zone());
    request.standing = Arc::new(move |file, at| standings.get(&file)?.get(at as usize).copied());
    let searched = || {
        // An export is made once: an index on disk would serve nobody after it.
        let mut engine = Engine::in_memory()?;
        engine.sync(&library.snapshot())?;
        engine.view().find(&request)
    };
    searched().map_err(|error| format!("the search has failed: {error}"))
}

/// The saved view with this name in any of the library's folders.
fn view_called(name: &str, library: &Library) -> Result<View, String> {
    let roots: BTreeSet<&Path> = library
        .files()
        .map(|file: &File| file.root.as_ref())
        .collect();
    let mut names = Vec::new();
    for root in roots {
        for view in views::read(root).map_err(|fault| fault.to_string())? {
            if view.name == name {
                return Ok(view);
            }
            names.push(format!("`{}`", view.name));
        }
    }
    let there = match names.as_slice() {
        [] => "there are none".to_owned(),
        names => format!("there are {}", names.join(", ")),
    };
    Err(format!(
        "expected the name of a saved view, found `{}`; {there}",
        name.escape_debug()
    ))
}
