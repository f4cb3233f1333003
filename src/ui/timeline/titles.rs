//! Titles of events: what they say, how wide they are, how they are drawn.

use super::super::theme::{Face, size};
use crate::date::{Date, Zone, days_from_civil};
use crate::library::Library;
use crate::model::{Event, FileId};
use crate::state::{State, TimelineData, ZoneChoice, statements_of_event};
use egui::text::{LayoutJob, TextWrapping};
use egui::{Color32, FontId};
use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};

/// No more of a title is ever drawn in one line.
const MAX_CHARS: usize = 160;

/// Widths and names that were found once.
#[derive(Default)]
pub(super) struct Titles {
    index: u64,
    zone: Option<ZoneChoice>,
    widths_px: HashMap<u32, f32>,
    names: RefCell<HashMap<u32, String>>,
}

/// The letters of titles.
pub(super) fn font() -> FontId {
    Face::Sans.at(size::CAPTION_PX)
}

impl Titles {
    /// Forgets what belongs to other events.
    pub(super) fn update(&mut self, state: &State) {
        /// A bound on memory; the rest is found again.
        const MAX_KEPT: usize = 100_000;
        let key = (state.timeline.data.index.id(), Some(state.settings.zone));
        if (self.index, self.zone) != key || self.widths_px.len() > MAX_KEPT {
            (self.index, self.zone) = key;
            self.widths_px.clear();
            self.names.borrow_mut().clear();
        }
    }

    /// The width of an entry's title in pixels, without kerning.
    pub(super) fn width_px(
        &mut self,
        fonts: &mut egui::epaint::text::FontsView<'_>,
        font: &FontId,
        state: &State,
        entry: u32,
    ) -> f32 {
        *self.widths_px.entry(entry).or_insert_with(|| {
            let title = title(&state.library, &state.timeline.data, entry);
            sum_px(title.chars().map(|letter| fonts.glyph_width(font, letter)))
        })
    }

    /// What an entry is called where it cannot be seen.
    pub(super) fn name(&self, state: &State, zone: &Zone, entry: u32) -> String {
        let mut names = self.names.borrow_mut();
        let found = names
            .entry(entry)
            .or_insert_with(|| name(state, zone, entry));
        found.clone()
    }
}

fn sum_px(letters_px: impl Iterator<Item = f32>) -> f32 {
    // A little more, since rounding must not cut the last letter.
    letters_px.sum::<f32>() + 2.0
}

/// Measures titles on any thread, as the window does. The window's fonts are asked for each letter once, so that it need not wait for them.
pub struct TitleWidths {
    context: egui::Context,
    font: FontId,
    letters_px: HashMap<char, f32>,
}

impl TitleWidths {
    pub fn new(context: egui::Context) -> Self {
        Self {
            context,
            font: font(),
            letters_px: HashMap::new(),
        }
    }

    /// The width of a title in pixels, without kerning.
    pub fn width_px(&mut self, title: &str) -> f32 {
        let Self {
            context,
            font,
            letters_px,
        } = self;
        sum_px(head(title, MAX_CHARS).chars().map(|letter| {
            *letters_px
                .entry(letter)
                .or_insert_with(|| context.fonts_mut(|fonts| fonts.glyph_width(font, letter)))
        }))
    }
}

/// The event behind an entry.
pub(super) fn event<'a>(
    library: &'a Library,
    data: &TimelineData,
    entry: u32,
) -> Option<&'a Event> {
    let (file, at) = data.event_of(entry)?;
    library.event(file, at)
}

/// The first line of an entry's title.
pub(super) fn title<'a>(library: &'a Library, data: &TimelineData, entry: u32) -> &'a str {
    event(library, data, entry).map_or("", |event| head(&event.title, MAX_CHARS))
}

/// So many characters of a text, of its first line.
pub(super) fn head(text: &str, max_chars: usize) -> &str {
    let line = text.lines().next().unwrap_or_default();
    match line.char_indices().nth(max_chars) {
        Some((end, _)) => line.get(..end).unwrap_or(line),
        None => line,
    }
}

/// The same for a reader: cut behind a word, and with an ellipsis that says so.
pub(super) fn shortened(text: &str, max_chars: usize) -> String {
    let line = text.lines().next().unwrap_or_default();
    let begins = head(text, max_chars);
    if begins.len() == line.len() {
        return line.to_owned();
    }
    let words = begins.rsplit_once(char::is_whitespace);
    let words = words.map_or(begins, |(words, _)| words);
    format!("{words}…")
}

/// A line of text; `max_px` cuts it with an ellipsis.
pub(super) fn line(text: &str, font: FontId, color: Color32, max_px: Option<f32>) -> LayoutJob {
    let mut job = LayoutJob::simple_singleline(text.to_owned(), font, color);
    if let Some(max_px) = max_px {
        job.wrap = TextWrapping::truncate_at_width(max_px.max(1.0));
    }
    job
}

/// The date of an event for people, on the clocks that the user chose; another day than the one written is marked.
pub(super) fn date_words(event: &Event, choice: ZoneChoice, zone: &Zone) -> String {
    match (&event.date, choice) {
        (None, _) => "no date".to_owned(),
        (Some(date), ZoneChoice::AsWritten) => date.in_words(),
        (Some(date), ZoneChoice::Local | ZoneChoice::Utc) => {
            let words = date.in_words_at(zone);
            match days_from_written(date, zone) {
                0 => words,
                1 => format!("{words}, a day later than written"),
                -1 => format!("{words}, a day earlier than written"),
                days if days > 0 => format!("{words}, {days} days later than written"),
                days => format!("{words}, {} days earlier than written", -days),
            }
        }
    }
}

/// By how many days a time of day falls on another day in a zone than where it was written.
fn days_from_written(date: &Date, zone: &Zone) -> i64 {
    let Some((offset_seconds, earliest)) = date.offset_seconds().zip(date.earliest()) else {
        return 0;
    };
    let there = Zone::fixed(offset_seconds).civil(earliest).date;
    let here = zone.civil(earliest).date;
    days_from_civil(here) - days_from_civil(there)
}

/// How many sources an event rests on.
pub(super) fn source_count(library: &Library, file: FileId, at: u32) -> usize {
    sources(library, file, at).len()
}

/// The sources that an event rests on: its own, and those of the statements in its passages.
pub(super) fn sources(library: &Library, file: FileId, at: u32) -> BTreeSet<u32> {
    let Some(briefing) = library.briefing(file) else {
        return BTreeSet::new();
    };
    let own = briefing.events.get(at as usize);
    let own = own.into_iter().flat_map(|event| &event.evidence);
    let statements = statements_of_event(briefing, at);
    let stated = statements
        .iter()
        .filter_map(|&statement| briefing.statements.get(statement as usize))
        .flat_map(|statement| &statement.evidence);
    own.chain(stated)
        .filter_map(|evidence| evidence.source)
        .collect()
}

/// `18 March 2025, 10:00 (UTC−4): Trump and Putin speak by telephone, 2 sources`.
fn name(state: &State, zone: &Zone, entry: u32) -> String {
    let data = &state.timeline.data;
    let Some(((file, at), event)) = data.event_of(entry).zip(event(&state.library, data, entry))
    else {
        return String::new();
    };
    let date = date_words(event, state.settings.zone, zone);
    let sources = match source_count(&state.library, file, at) {
        0 => "no sources".to_owned(),
        1 => "1 source".to_owned(),
        count => format!("{count} sources"),
    };
    let status = match &event.status {
        crate::model::Status::Occurred => String::new(),
        status => format!(", {}", status.as_str()),
    };
    format!(
        "{date}: {}{status}, {sources}",
        head(&event.title, MAX_CHARS)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_cut_ends_behind_a_word_and_says_so() {
        assert_eq!(
            shortened("Talks on the Black Sea", 60),
            "Talks on the Black Sea"
        );
        assert_eq!(shortened("Talks on the Black Sea", 15), "Talks on the…");
        assert_eq!(shortened("Donaudampfschifffahrt", 5), "Donau…");
    }

    #[test]
    fn another_day_than_the_one_written_is_told() {
        let shift = |written: &str, zone: &Zone| {
            let date = Date::parse(written, None).expect("a date");
            days_from_written(&date, zone)
        };
        let (kyiv, honolulu) = (Zone::fixed(2 * 3_600), Zone::fixed(-10 * 3_600));
        assert_eq!(shift("2025-03-18T23:00-04:00", &kyiv), 1);
        assert_eq!(shift("2025-03-18T10:00-04:00", &kyiv), 0);
        assert_eq!(shift("2025-03-18T03:00+02:00", &honolulu), -1);
        assert_eq!(shift("2025-03-18T23:30-12:00", &Zone::fixed(14 * 3_600)), 2);
        assert_eq!(shift("2025-03-18", &kyiv), 0, "a day has no clock");
    }
}
