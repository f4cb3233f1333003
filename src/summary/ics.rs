//! The chronology as a calendar: one entry an event that has a day.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "counts of events that are held in memory"
)]

use super::content::{EventRow, Summary};
use super::prose::plain_text;
use crate::date::{CivilTime, Date};
use icalendar::{Calendar, Component as _, Event, EventLike as _, EventStatus, Property};

/// iCalendar (RFC 5545). Its years are those from 1 to 9999; events outside are left out, and told in the description.
///
/// # Errors
///
/// A sentence, when no event has a date that a calendar can show.
pub fn calendar(summary: &Summary) -> Result<String, String> {
    let mut calendar = Calendar::new();
    calendar.append_property(Property::new(
        "PRODID",
        concat!("-//Sourceline ", env!("CARGO_PKG_VERSION"), "//EN"),
    ));
    calendar.name(&plain(&summary.title));
    let mut left_out = 0;
    let mut entries = 0;
    for row in &summary.events {
        match entry(row, summary) {
            Some(entry) => {
                calendar.push(entry);
                entries += 1;
            }
            None => left_out += 1,
        }
    }
    if entries == 0 {
        return Err("no event has a date that a calendar can show: one with a first day, from year 1 to 9999".to_owned());
    }
    let mut description = summary.extent.clone();
    if let Some(marking) = &summary.marking {
        description = format!("{marking} · {description}");
    }
    if left_out > 0 {
        let noun = if left_out == 1 {
            "event has"
        } else {
            "events have"
        };
        description = format!("{description} · {left_out} {noun} no day that a calendar can show");
    }
    calendar.description(&plain(&description));
    Ok(calendar.done().to_string())
}

fn entry(row: &EventRow, summary: &Summary) -> Option<Event> {
    let written = row.written.as_deref()?;
    let earliest = civil(row.earliest.as_deref()?)?;
    let latest = row.latest.as_deref().and_then(civil);
    let mut entry = Event::new();
    entry.uid(&format!("{}-{}@sourceline", row.number, stable_id(&row.id)));
    entry.summary(&plain(&row.title));
    // Required, and never the clock's: the same briefing gives the same calendar.
    let stamp = summary.date.map_or_else(
        || "19700101T000000Z".to_owned(),
        |[year, month, day]| format!("{year:04}{month:02}{day:02}T000000Z"),
    );
    entry.append_property(Property::new("DTSTAMP", stamp));
    if row.whole_days {
        entry.append_property(day("DTSTART", earliest));
        if let Some(latest) = latest {
            entry.append_property(day("DTEND", latest));
        }
    } else {
        entry.append_property(Property::new("DTSTART", moment(earliest)));
        if let Some(latest) = latest {
            entry.append_property(Property::new("DTEND", moment(latest)));
        }
    }
    let mut description = vec![format!("{} ({written})", row.date)];
    if !row.status.is_empty() {
        description.push(row.status.clone());
    }
    if !row.summary.is_empty() {
        description.push(plain_text(&row.summary));
    }
    if !row.actors.is_empty() {
        description.push(row.actors.join("; "));
    }
    if !row.sources.is_empty() {
        let names: Vec<&str> = row
            .sources
            .iter()
            .map(|source| source.name.as_str())
            .collect();
        description.push(format!("Sources: {}", names.join("; ")));
    }
    if let Some(marking) = &summary.marking {
        description.push(marking.clone());
    }
    let lines: Vec<String> = description.iter().map(|line| plain(line)).collect();
    entry.description(&lines.join("\n"));
    if let Some(place) = &row.place {
        entry.location(&plain(place));
    }
    if let Some(url) = &row.url {
        entry.url(url);
    }
    match row.status.as_str() {
        "cancelled" => {
            entry.status(EventStatus::Cancelled);
        }
        "announced" | "planned" | "claimed" | "disputed" => {
            entry.status(EventStatus::Tentative);
        }
        _ => {
            entry.status(EventStatus::Confirmed);
        }
    }
    if !row.tags.is_empty() {
        entry.append_property(Property::new("CATEGORIES", plain(&row.tags.join(" "))));
    }
    // A chronicle takes nobody's time.
    entry.append_property(Property::new("TRANSP", "TRANSPARENT"));
    Some(entry.done())
}

/// A moment in UTC, where a calendar has its year.
fn civil(iso: &str) -> Option<CivilTime> {
    let instant = Date::parse(iso, None).ok()?.earliest()?;
    let civil = CivilTime::from_ms(instant.0);
    (1..=9999).contains(&civil.date.year).then_some(civil)
}

fn day(name: &str, civil: CivilTime) -> Property {
    let date = civil.date;
    let value = format!("{:04}{:02}{:02}", date.year, date.month, date.day);
    let mut property = Property::new(name, value);
    property.add_parameter("VALUE", "DATE");
    property.done()
}

fn moment(civil: CivilTime) -> String {
    let date = civil.date;
    format!(
        "{:04}{:02}{:02}T{:02}{:02}{:02}Z",
        date.year, date.month, date.day, civil.hour, civil.minute, civil.second
    )
}

/// One line without characters that would begin a new property.
fn plain(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}

fn stable_id(id: &str) -> String {
    id.chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .collect()
}
