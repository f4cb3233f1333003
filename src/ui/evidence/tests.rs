//! The pane, the walk and the comparison as a reader meets them: by role and label, in the whole window.

use crate::library::{FileChecks, load};
use crate::model::{EvidenceOwner, FileId, Item};
use crate::parse;
use crate::state::{Action, Comparing, Effect, State};
use crate::ui::Views;
use egui::accesskit::Role;
use egui::{Key, Modifiers, Vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use std::sync::Arc;

/// A window whose work is done at once.
struct Window {
    state: State,
    views: Views,
    has_fonts: bool,
    /// Whether quotations are checked at all.
    checks: bool,
    copied: Vec<String>,
}

impl Window {
    fn apply(&mut self, action: Action) {
        for effect in self.state.apply(action) {
            match effect {
                Effect::Check(id) if self.checks => {
                    let file = self.state.library.file(id).cloned().expect("a known file");
                    let checks = Arc::new(FileChecks::of(&file));
                    self.apply(Action::Checked(id, file.briefing, checks));
                }
                Effect::CheckLibrary(ids) if self.checks => {
                    let files = ids.iter().filter_map(|&id| self.state.library.file(id));
                    let answers = files.map(|file| {
                        let checks = FileChecks::of(file).without_copies();
                        (file.id, Arc::clone(&file.briefing), Arc::new(checks))
                    });
                    let answers = answers.collect();
                    self.apply(Action::LibraryChecked(answers));
                }
                Effect::LayOut(id) => {
                    let briefing = self.state.library.briefing(id).cloned();
                    let briefing = briefing.expect("a known file");
                    let document = Arc::new(parse::document(&briefing));
                    self.apply(Action::DocumentReady(id, briefing, document));
                }
                Effect::CopyText(text) => self.copied.push(text),
                _ => {}
            }
        }
    }
}

const SOURCES: &str = "sources:
  one:
    type: Post
    title: First account
    date: 2025-03-18
    url: https://example.org/one
    copy: one.txt
    party: speaks for one side
    reliability: B
  two:
    type: Article
    title: Second account
    url: https://example.org/two
    copy: two.txt
";

const BODY: &str = r#"events:
  - {id: call, date: 2025-03-18, title: The call, sources: [one]}
---

## The call {#call}

A first step was taken [@one, "the leaders agreed on a first step"].
It was a good day for all who had hoped for an end of the fighting there.
Many people were wounded [@one, "23 people were wounded in the city that day"].
Prisoners came up [@one, "they spoke of prisoners"; contradicts @two, "nobody spoke of prisoners"].

| Point | First [@one] | Second [@two] | Reading |
|---|---|---|---|
| Step | "the leaders agreed on a first step" | "the leaders agreed on a first step" | differs |
| Truce | not mentioned: truce | not mentioned: prisoners | same |
"#;

const ONE: &str = "On that day the leaders agreed on a first step. We hear that 22 people were wounded in the city that day. In the end they spoke of prisoners. It was late by then.\n";
const TWO: &str = "Here too the leaders agreed on a first step. But nobody spoke of prisoners.\n";

/// The window with two files that share a source, the first one open.
fn window(checks: bool) -> (Harness<'static, Window>, tempfile::TempDir) {
    let first = format!("---\ntitle: Tour\n{SOURCES}{BODY}");
    let second =
        format!("---\ntitle: Echo\n{SOURCES}---\n\nThe step is told here as well [@one].\n");
    window_of(checks, &[("a.md", &first), ("b.md", &second)])
}

/// The window with these briefings and two copies beside them.
fn window_of(
    checks: bool,
    briefings: &[(&str, &str)],
) -> (Harness<'static, Window>, tempfile::TempDir) {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).expect("the folder can be written");
        path
    };
    write("one.txt", ONE);
    write("two.txt", TWO);
    let loaded: Vec<_> = briefings
        .iter()
        .map(|(name, text)| load::reload(&write(name, text), folder.path()))
        .collect();
    let mut window = Window {
        state: State::default(),
        views: Views::default(),
        has_fonts: false,
        checks,
        copied: Vec::new(),
    };
    window.apply(Action::Reloaded(loaded));
    let mut harness = Harness::builder()
        .with_size(Vec2::new(1280.0, 1400.0))
        .with_max_steps(12)
        .build_ui_state(
            |ui, window: &mut Window| {
                if !std::mem::replace(&mut window.has_fonts, true) {
                    // Fonts are there from the next frame on.
                    crate::ui::theme::install(ui.ctx());
                    ui.request_repaint();
                    return;
                }
                let mut actions = Vec::new();
                crate::ui::show(ui, &window.state, &mut window.views, &mut actions);
                for action in actions {
                    window.apply(action);
                }
            },
            window,
        );
    harness.run();
    (harness, folder)
}

fn first_file(harness: &Harness<'_, Window>) -> FileId {
    let mut files = harness.state().state.library.files();
    files.next().expect("two files").id
}

fn apply(harness: &mut Harness<'_, Window>, action: Action) {
    harness.state_mut().apply(action);
    harness.run();
}

fn press(harness: &mut Harness<'_, Window>, modifiers: Modifiers, key: Key) {
    harness.key_press_modifiers(modifiers, key);
    harness.run();
}

/// The words at which the walk stands.
fn stop(harness: &Harness<'_, Window>) -> String {
    let state = &harness.state().state;
    if let Some((file, span)) = state.unsourced {
        let briefing = state.library.briefing(file).expect("a known file");
        return briefing.words(span).to_owned();
    }
    let item = state.selection.expect("the walk selects a statement");
    state.library.label(item).expect("it is there")
}

#[test]
fn n_walks_through_all_that_needs_a_second_look_and_shift_n_back() {
    let (mut harness, _folder) = window(true);
    let expected = [
        "A first step",
        "It was a good day",
        "Many people",
        "Prisoners",
    ];
    for words in expected {
        press(&mut harness, Modifiers::NONE, Key::N);
        let found = stop(&harness);
        assert!(found.contains(words), "{found} instead of {words}");
        if words == "It was a good day" {
            harness.get_by_label("Sentence without a source");
        }
    }
    press(&mut harness, Modifiers::NONE, Key::N);
    let notices = &harness.state().state.notices;
    let last = notices.last().expect("the end of the walk is told");
    assert_eq!(last.text, "Nothing further that needs a second look");
    press(&mut harness, Modifiers::SHIFT, Key::N);
    assert!(stop(&harness).contains("Many people"));
}

#[test]
fn a_standing_filters_the_statements_and_the_walk() {
    let (mut harness, _folder) = window(true);
    harness.get_by_label("3 of 4 statements sourced, 1 disputed, 1 altered");
    let all = harness
        .state()
        .state
        .concerns_of(first_file(&harness))
        .len();
    assert_eq!(all, 4);
    harness
        .get_by_role_and_label(Role::Button, "1 altered")
        .click();
    harness.run();
    let words = harness
        .state()
        .state
        .library
        .label(Item::Statement(first_file(&harness), 1));
    let words = words.expect("it is there");
    harness.get_by_role_and_label(Role::Link, &words).click();
    harness.run();
    assert!(stop(&harness).contains("Many people"));
    harness.get_by_label("1 of 1 altered");
    press(&mut harness, Modifiers::NONE, Key::N);
    let notices = &harness.state().state.notices;
    let last = notices.last().expect("the end of the walk is told");
    assert_eq!(last.text, "No further statement: altered");
    // Esc lets go of the statement, and then of the filter.
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(harness.state().state.standing_filter.is_some());
    harness
        .get_by_role_and_label(Role::Button, "1 unsourced")
        .click();
    harness.run();
    harness
        .get_by_role_and_label(
            Role::Link,
            "It was a good day for all who had hoped for an end of the fighting there.",
        )
        .click();
    harness.run();
    harness.get_by_label("Sentence without a source");
    // A briefing that has none of them still lets go of the filter.
    let second = harness.state().state.library.files().nth(1);
    let second = second.expect("two files").id;
    apply(&mut harness, Action::Select(Item::File(second)));
    harness.get_by_label("None in this briefing");
    harness.get_by_role_and_label(Role::Button, "0 unsourced");
    press(&mut harness, Modifiers::NONE, Key::Escape);
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert_eq!(harness.state().state.standing_filter, None);
}

#[test]
fn c_lays_the_accounts_side_by_side_and_esc_closes_them() {
    let (mut harness, _folder) = window(true);
    press(&mut harness, Modifiers::NONE, Key::C);
    for source in ["First", "Second"] {
        harness.get_by_role_and_label(Role::ColumnHeader, source);
    }
    harness.get_by_role_and_label(Role::RowHeader, "Step");
    let step = "“the leaders agreed on a first step”, Verbatim";
    assert_eq!(
        harness.get_all_by_role_and_label(Role::Cell, step).count(),
        2
    );
    harness.get_by_role_and_label(Role::Cell, "none of truce, Silence holds");
    harness.get_by_role_and_label(Role::Cell, "none of prisoners, Silence broken");
    // Words that are the same do not differ.
    harness.get_by_role_and_label(
        Role::Cell,
        "differs, disputed: the quoted words are the same",
    );
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert_eq!(harness.state().state.comparing, None);
}

#[test]
fn a_quote_in_the_comparison_opens_its_copy_and_f7_goes_to_the_next_mark() {
    let (mut harness, _folder) = window(true);
    press(&mut harness, Modifiers::NONE, Key::C);
    let step = "“the leaders agreed on a first step”, Verbatim";
    harness
        .get_all_by_role_and_label(Role::Button, step)
        .next()
        .expect("a quote to click")
        .click();
    harness.run();
    let open = harness.state().state.open_copy.expect("the copy is open");
    let owner = open.evidence.expect("it was opened for a quote").owner;
    assert!(matches!(owner, EvidenceOwner::Cell { column: 0, .. }));
    assert!(harness.state().state.comparing.is_some());
    harness.get_by_label("Mark 1 of 3");
    press(&mut harness, Modifiers::NONE, Key::F7);
    harness.get_by_label("Mark 2 of 3");
    press(&mut harness, Modifiers::SHIFT, Key::F7);
    press(&mut harness, Modifiers::SHIFT, Key::F7);
    harness.get_by_label("Mark 3 of 3");
}

#[test]
fn the_statements_of_an_event_are_laid_out_by_source() {
    let (mut harness, _folder) = window(true);
    let file = first_file(&harness);
    apply(&mut harness, Action::Select(Item::Event(file, 0)));
    press(&mut harness, Modifiers::NONE, Key::C);
    assert_eq!(
        harness.state().state.comparing,
        Some(Comparing::Event(file, 0))
    );
    harness.get_by_role_and_label(Role::ColumnHeader, "First account");
    harness.get_by_role_and_label(Role::ColumnHeader, "Second account");
    harness.get_by_role_and_label(Role::Cell, "Altered");
}

#[test]
fn the_page_of_a_source_lists_cells_in_all_files_before_anything_is_checked() {
    let (mut harness, _folder) = window(false);
    let file = first_file(&harness);
    apply(&mut harness, Action::Select(Item::Source(file, 0)));
    harness.get_by_role_and_label(Role::Link, "Step: \"the leaders agreed on a first step\"");
    harness.get_by_role_and_label(Role::Link, "The step is told here as well");
}

#[test]
fn a_card_gives_its_citation_and_leads_to_the_passage() {
    let (mut harness, _folder) = window(true);
    let file = first_file(&harness);
    apply(&mut harness, Action::Select(Item::Statement(file, 0)));
    harness
        .get_by_role_and_label(Role::Button, "Copy citation")
        .click();
    harness.run();
    let copied = harness.state().copied.last().cloned();
    assert_eq!(
        copied.as_deref(),
        Some(
            "“the leaders agreed on a first step” ([First account](https://example.org/one), 2025-03-18)"
        )
    );
    harness
        .get_by_role_and_label(Role::Button, "Open address…")
        .click();
    harness.run();
    let sheet = format!("{:?}", harness.state().state.sheet);
    assert!(
        sheet.contains("https://example.org/one#:~:text="),
        "{sheet}"
    );
}

#[test]
fn what_the_checks_found_stands_in_the_problems_panel_and_leads_to_its_place() {
    let (mut harness, _folder) = window(true);
    let mut panes = harness.state().state.settings.panes;
    panes.problems = true;
    apply(&mut harness, Action::SetPanes(panes));
    let altered = "error: expected the words of `one`, “22 people were wounded in the city that day”, \
        found “23 people were wounded in the city that day”: a number differs, `22` became `23`, a.md:25:34. \
        quote the words as they stand in the copy, or mark what was left out with `…` and what is yours with `[ ]`";
    harness.get_by_role_and_label(Role::Button, altered).click();
    harness.run();
    let state = &harness.state().state;
    let jump = state.jump.expect("the document goes there");
    let briefing = state.library.briefing(jump.file).expect("a known file");
    assert!(briefing.words(jump.span).contains("23 people were wounded"));
    assert_eq!(state.errors_and_warnings(), (2, 2));
}

#[test]
fn words_that_nobody_quotes_are_found_in_the_copy_and_copied_as_an_evidence_line() {
    let (mut harness, _folder) = window(true);
    let file = first_file(&harness);
    apply(&mut harness, Action::Select(Item::Source(file, 0)));
    // What nobody quotes is listed, and selected in the copy once it is followed.
    harness
        .get_by_role_and_label(Role::Link, "It was late by then.")
        .click();
    harness.run();
    harness
        .get_by_role_and_label(Role::Button, "Copy as evidence line")
        .click();
    harness.run();
    let copied = harness.state().copied.last().cloned();
    assert_eq!(
        copied.as_deref(),
        Some("says [@one]: \"It was late by then.\"")
    );
}

#[test]
fn words_of_a_copy_are_selected_and_copied_by_keyboard_alone() {
    let (mut harness, _folder) = window(true);
    let (none, shift, command) = (Modifiers::NONE, Modifiers::SHIFT, Modifiers::COMMAND);
    // To the first statement, into its copy, and among the words: the caret stands at the quote.
    press(&mut harness, none, Key::J);
    press(&mut harness, none, Key::S);
    let words = harness.get_by_role_and_label(Role::Document, "Copy of First account");
    assert!(words.is_focused());
    let selection = harness.state().state.selection;
    press(&mut harness, shift | command, Key::ArrowRight);
    press(&mut harness, shift | command, Key::ArrowRight);
    press(&mut harness, shift, Key::ArrowLeft);
    harness.event(egui::Event::Copy);
    harness.run();
    assert_eq!(
        harness.state().copied.last().map(String::as_str),
        Some("the leader")
    );
    // The arrows were the caret's alone.
    assert_eq!(harness.state().state.selection, selection);
    // What is selected is told, in letters of the line that is read.
    let words = harness.get_by_role_and_label(Role::Document, "Copy of First account");
    let told = words
        .accesskit_node()
        .text_selection()
        .map(|range| range.text());
    assert_eq!(told.as_deref(), Some("the leader"));
    // Esc lets go of the words first, and only then of the copy.
    press(&mut harness, none, Key::Escape);
    assert!(harness.state().state.open_copy.is_some());
    press(&mut harness, none, Key::End);
    press(&mut harness, shift, Key::Home);
    press(&mut harness, command, Key::A);
    harness.event(egui::Event::Copy);
    harness.run();
    assert_eq!(harness.state().copied.last().map(String::as_str), Some(ONE));
    press(&mut harness, none, Key::Escape);
    press(&mut harness, none, Key::Escape);
    assert!(harness.state().state.open_copy.is_none());
}

#[test]
fn the_caret_goes_through_rows_and_paragraphs_and_follows_quotes() {
    let (mut harness, folder) = window(true);
    let lines: String = (0..200)
        .map(|at| format!("Line {at}, which is long enough to be set on more rows than a single one of them.\n\n"))
        .collect();
    std::fs::write(folder.path().join("one.txt"), format!("{ONE}{lines}")).expect("it is written");
    let path = folder.path().join("a.md");
    let loaded = load::reload(&path, folder.path());
    apply(&mut harness, Action::Reloaded(vec![loaded]));
    press(&mut harness, Modifiers::NONE, Key::J);
    press(&mut harness, Modifiers::NONE, Key::S);
    let copied = |harness: &mut Harness<'_, Window>| {
        harness.event(egui::Event::Copy);
        harness.run();
        harness.state().copied.last().cloned().unwrap_or_default()
    };
    // Down over empty lines and up again by the same way comes back to the same letter.
    for _ in 0..9 {
        press(&mut harness, Modifiers::SHIFT, Key::ArrowDown);
    }
    let down = copied(&mut harness);
    assert!(down.contains("Line 0"), "{down}");
    for _ in 0..9 {
        press(&mut harness, Modifiers::SHIFT, Key::ArrowUp);
    }
    let count = harness.state().copied.len();
    copied(&mut harness);
    assert_eq!(
        harness.state().copied.len(),
        count,
        "nothing is selected any more"
    );
    press(&mut harness, Modifiers::SHIFT, Key::PageDown);
    let page = copied(&mut harness);
    assert!(page.len() > 400, "a page is more than {} bytes", page.len());
    press(
        &mut harness,
        Modifiers::COMMAND | Modifiers::SHIFT,
        Key::End,
    );
    assert!(copied(&mut harness).contains("Line 199"));
    // What the caret comes to is brought into view.
    harness.get_by_role_and_label(Role::Document, "Copy of First account");
    press(&mut harness, Modifiers::COMMAND, Key::Home);
    for _ in 0..14 {
        press(&mut harness, Modifiers::COMMAND, Key::ArrowRight);
    }
    // The caret stands in the second quote; Enter does what a click does.
    press(&mut harness, Modifiers::NONE, Key::Enter);
    let open = harness.state().state.open_copy.expect("the copy is open");
    let evidence = open.evidence.expect("a quote is shown");
    assert_eq!(evidence.owner, EvidenceOwner::Statement(1));
}

#[test]
fn a_long_list_of_sources_is_cut_and_says_so() {
    let keys: Vec<String> = (0..300).map(|at| format!("s{at}")).collect();
    let sources: String = keys
        .iter()
        .map(|key| format!("  {key}: {{title: Source {key}}}\n"))
        .collect();
    let text = format!(
        "---\nsources:\n{sources}events: [{{date: 2025, title: All, sources: [{}]}}]\n---\n",
        keys.join(", ")
    );
    let (mut harness, _folder) = window_of(true, &[("a.md", &text)]);
    harness.get_by_label("And 100 more");
    let file = first_file(&harness);
    apply(&mut harness, Action::Select(Item::Event(file, 0)));
    harness.get_by_label("And 240 more");
}
