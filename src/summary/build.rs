//! Makes the [`Summary`]: which events, statements and sources are in it, in which order, with which numbers.

#![expect(clippy::indexing_slicing, reason = "files are numbered by the inputs")]

mod events;
mod head;
mod parts;

use self::events::{event_rows, in_order_of_time, marks};
use self::head::{common, day_words, document_date, extent, joined_titles, marking, newest};
use self::parts::{kept_statements, part};
use super::choice::{Options, SIDE_MARGIN_PT};
use super::citation::Citer;
use super::content::{Brief, Summary};
use super::figure;
use super::input::Input;
use super::notes::Notes;
use super::prose::one_line;
use super::selection::Selection;
use super::sources::Sources;
use super::unchecked::unchecked;
use crate::date::Date;
use crate::text::Text;

/// From here on a summary is long: it has more than five pages, whatever else is in it.
const LONG_EVENTS: usize = 150;

impl Summary {
    /// # Errors
    ///
    /// A sentence, when the citation style is unknown.
    pub fn new(
        inputs: &[Input<'_>],
        selection: &Selection,
        options: &Options,
    ) -> Result<Self, String> {
        let lang = common(inputs.iter().map(|it| it.briefing.lang.as_deref()))
            .unwrap_or("en")
            .to_owned();
        let citer = Citer::new(&options.style, Some(&lang))?;
        let kept: Vec<Vec<u32>> = inputs
            .iter()
            .map(|input| kept_statements(input, selection))
            .collect();
        let order = in_order_of_time(inputs);
        let sources = Sources::collect(inputs, &order, &kept, &citer);
        let mut notes = Notes::new(inputs, &sources);
        let events = event_rows(inputs, &order, &sources, &mut notes);
        let parts = inputs
            .iter()
            .zip(&kept)
            .enumerate()
            .map(|(file, (input, kept))| part(file, input, kept, selection, &sources, &mut notes))
            .collect();
        let marks = marks(inputs, &order);
        let width_pt = options.paper.width_pt() - 2.0 * SIDE_MARGIN_PT;
        let unchecked = unchecked(inputs, &kept, &order, &notes, &sources, selection);
        let all_events = inputs.iter().map(|it| it.briefing.events.len()).sum();
        let date = document_date(inputs, options);
        let mut summary = Self {
            lang,
            marking: marking(inputs),
            date: date.map(|(civil, _)| civil),
            date_words: date.map(|(_, instant)| day_words(instant)),
            selection: selection.words(events.len(), all_events),
            paper: options.paper.name().to_owned(),
            figure: figure::build(&marks, width_pt),
            parts,
            notes: notes.done,
            style: citer.title.to_owned(),
            unchecked,
            ..Self::default()
        };
        summary.long = events.len() >= LONG_EVENTS;
        summary.extent = extent(&events, &sources, &summary);
        summary.events = events;
        summary.sources = sources.entries;
        summary.set_head(inputs, options);
        summary.brief = Brief::of(&summary, &marks, width_pt);
        Ok(summary)
    }

    /// Whether anything was chosen.
    pub fn is_empty(&self) -> bool {
        self.events.is_empty() && self.parts.iter().all(|part| part.statements.is_empty())
    }

    fn set_head(&mut self, inputs: &[Input<'_>], options: &Options) {
        if let [only] = inputs {
            let briefing = only.briefing;
            self.title = briefing.title.to_string();
            self.subtitle = briefing.subtitle.as_ref().map(Text::to_string);
            self.status = briefing.status.as_ref().map(Text::to_string);
        } else {
            self.title = format!("Summary of {} briefings", inputs.len());
            self.subtitle = joined_titles(inputs);
        }
        if let Some(title) = &options.title {
            self.title.clone_from(title);
        }
        self.title = one_line(&self.title);
        self.organization =
            common(inputs.iter().map(|it| it.briefing.organization.as_deref())).map(str::to_owned);
        for author in inputs.iter().flat_map(|it| &it.briefing.authors) {
            if !self.authors.iter().any(|known| author == known) {
                self.authors.push(author.to_string());
            }
        }
        self.as_of =
            newest(inputs.iter().filter_map(|it| it.briefing.as_of.as_ref())).map(Date::in_words);
    }
}
