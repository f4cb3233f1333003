//! The search: an index from nothing, an index of yesterday, and what a keystroke costs.

use super::{Spread, ms_since, window};
use sourceline::library::search::{Engine, index};
use sourceline::state::{Action, Effect, PaletteAction, SearchAction, Sheet, State};
use std::collections::BTreeMap;
use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

pub struct Figures {
    pub palette: Palette,
    /// What was typed in the slowest of them, slowest first.
    pub slowest: Vec<(String, f64)>,
    /// Each with all that the window's thread waits for: question, answer, marks on the timeline.
    pub keystrokes_ms: Vec<f64>,
    /// Until everything can be found, from an empty cache.
    pub cold_s: f64,
    /// The same from the index of the run before: what a start with it costs more than one without.
    pub warm_start_ms: f64,
}

/// What a keystroke in the palette costs: the window's thread, and the thread beside it until the answer is there.
pub struct Palette {
    pub window_ms: Vec<f64>,
    pub beside_ms: Vec<f64>,
}

/// What people type, in words that the made-up library has: words, names, phrases, fields; each letter is a keystroke.
const TYPED: [&str; 8] = [
    "ceasefire treaty",
    "extending minister",
    "\"the ceasefire\"",
    "exchange of prisoners -hospital",
    "who:ka",
    "lane:diplomacy treaty",
    "pipeline status:disputed",
    "tanker after:2020-03",
];

pub fn measure(folder: &Path) -> Figures {
    let (_, mut state) = window::loaded(folder);
    let cache = tempfile::tempdir().expect("a folder for the index");
    let opened = [folder.to_owned()];
    let at = index::folder_in(cache.path(), &opened);

    let clock = Instant::now();
    let (mut engine, told) = Engine::open(&at, &opened).expect("an index");
    assert_eq!(told, None);
    engine.sync(&state.library.snapshot()).expect("in step");
    let cold_s = ms_since(clock) / 1_000.0;
    drop(engine);

    let mut warm: Vec<f64> = Vec::new();
    let mut engine = None;
    for _ in 0..5 {
        drop(engine.take());
        let clock = Instant::now();
        let (mut again, _) = Engine::open(&at, &opened).expect("an index");
        again.sync(&state.library.snapshot()).expect("in step");
        warm.push(ms_since(clock));
        engine = Some(again);
    }
    let engine = engine.expect("it was opened");

    let palette = palette(&mut state);
    let mut keystrokes_ms = Vec::new();
    let mut by_text: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    // The first round warms the caches of the system, as a first query in the window does.
    for round in 0..4 {
        for words in TYPED {
            for (end, letter) in words.char_indices() {
                let text = words[..end + letter.len_utf8()].to_owned();
                let clock = Instant::now();
                type_text(&mut state, &engine, text.clone());
                let took_ms = ms_since(clock);
                if round > 0 {
                    keystrokes_ms.push(took_ms);
                    by_text.entry(text).or_default().push(took_ms);
                }
            }
            assert!(
                state
                    .search
                    .found
                    .as_ref()
                    .is_some_and(|found| found.total > 0),
                "{words}"
            );
        }
    }
    let mut slowest: Vec<(String, f64)> = by_text
        .into_iter()
        .map(|(text, times)| (text, Spread::of(times).median))
        .collect();
    slowest.sort_by(|(_, a), (_, b)| b.total_cmp(a));
    slowest.truncate(10);
    Figures {
        palette,
        slowest,
        keystrokes_ms,
        cold_s,
        warm_start_ms: Spread::of(warm).median,
    }
}

/// One keystroke: the state asks, the index answers, the state takes the answer in.
fn type_text(state: &mut State, engine: &Engine, text: String) {
    let effects = state.apply(Action::Search(SearchAction::Type(text)));
    for effect in effects {
        if let Effect::Search(number) = effect
            && let Some(request) = state.search_request()
        {
            let found = engine
                .view()
                .find(&request)
                .map_err(|error| error.to_string());
            let told = sourceline::library::search::Report::Found(number, found);
            black_box(state.apply(Action::Search(SearchAction::Told(told))));
        }
    }
}

/// Types into the palette, letter by letter.
fn palette(state: &mut State) -> Palette {
    let mut figures = Palette {
        window_ms: Vec::new(),
        beside_ms: Vec::new(),
    };
    state.apply(Action::OpenSheet(Sheet::Palette));
    for words in ["ceasefire treaty", "negot", "ka", "envoy riyadh"] {
        for (end, letter) in words.char_indices() {
            let text = words[..end + letter.len_utf8()].to_owned();
            let clock = Instant::now();
            let effects = state.apply(PaletteAction::Type(text).into());
            figures.window_ms.push(ms_since(clock));
            for effect in effects {
                if let Effect::FindNames(number, query) = effect
                    && let Some(names) = state.palette.names()
                {
                    let clock = Instant::now();
                    let hits = names.find(number, &query).expect("it is wanted");
                    figures.beside_ms.push(ms_since(clock));
                    let clock = Instant::now();
                    black_box(state.apply(PaletteAction::Found(number, hits).into()));
                    figures.window_ms.push(ms_since(clock));
                }
            }
        }
    }
    state.apply(Action::CloseSheet);
    figures
}
