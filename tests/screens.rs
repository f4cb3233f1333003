//! Every screen of the window, at every size and in both themes, as a screen reader and a ruler see it: all that can
//! be pressed has a name, nothing is cut at the window's edge, the keyboard gets everywhere and out again.

mod screen;

use egui::{Key, Modifiers, Theme, Vec2, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use screen::{SHIPPED, Window, apply, name, state, window};
use sourceline::command::Command;
use sourceline::model::Item;
use sourceline::state::{Action, Room, Sheet, TimelineAction};
use std::fs;
use std::path::PathBuf;
use tempfile::TempDir;

/// All screens there are: their name, and what leads to each from the first.
fn screens(window: &Window) -> Vec<(&'static str, Vec<Action>)> {
    let library = &state(window).library;
    let mut screens = vec![
        ("first", vec![]),
        ("all keys", vec![Action::OpenSheet(Sheet::Keys)]),
        ("about", vec![Action::OpenSheet(Sheet::About)]),
        ("settings", vec![Action::OpenSheet(Sheet::Settings)]),
        ("export", vec![Action::Run(Command::Export)]),
        ("palette", vec![Action::OpenSheet(Sheet::Palette)]),
        ("open path", vec![Action::OpenSheet(Sheet::OpenPath)]),
        ("new briefing", vec![Action::OpenSheet(Sheet::NewBriefing)]),
        (
            "address",
            vec![Action::AskAddress("https://example.org/a".to_owned())],
        ),
        ("problems", vec![Action::Run(Command::ToggleProblems)]),
        (
            "list of events",
            vec![Action::Timeline(TimelineAction::ShowList(true))],
        ),
        (
            "legend",
            vec![Action::Timeline(TimelineAction::ShowLegend(true))],
        ),
        ("presentation", vec![Action::Run(Command::Present)]),
        (
            "a notice",
            vec![Action::Notice("Something was said in one line".to_owned())],
        ),
    ];
    let shown = state(window).document.as_ref().map(|open| open.file);
    if let Some((file, briefing)) =
        shown.and_then(|file| Some((file, library.briefing(file)?.clone())))
    {
        if !briefing.events.is_empty() {
            screens.push(("an event", vec![Action::Select(Item::Event(file, 0))]));
        }
        if !briefing.statements.is_empty() {
            let select = Action::Select(Item::Statement(file, 0));
            let open = Action::Run(Command::OpenSource);
            screens.push(("a statement", vec![select]));
            let select = Action::Select(Item::Statement(file, 0));
            screens.push(("a copy", vec![select, open]));
        }
        if !briefing.sources.is_empty() {
            screens.push(("a source", vec![Action::Select(Item::Source(file, 0))]));
        }
        if !briefing.comparisons.is_empty() {
            screens.push(("accounts side by side", vec![Action::Run(Command::Compare)]));
        }
    }
    screens
}

/// What is cut at the window's edge: words and buttons that begin inside and end outside of it.
fn cut(window: &Window) -> Vec<String> {
    use egui::accesskit::Role;
    let width_px = window.ctx.content_rect().width();
    let looked_at = [
        Role::Button,
        Role::Label,
        Role::Heading,
        Role::CheckBox,
        Role::RadioButton,
        Role::TextInput,
        Role::Link,
        Role::Slider,
    ];
    window
        .root()
        .children_recursive()
        .filter(|node| looked_at.contains(&node.accesskit_node().role()))
        .filter(|node| {
            let rect = node.rect();
            rect.min.x < width_px - 4.0 && rect.max.x > width_px + 1.0 && rect.height() > 0.0
        })
        // Marks of events may reach beyond the lanes, as time does.
        .filter(|node| !is_mark(node))
        .map(|node| {
            format!(
                "{:?} {:?} at {:?}",
                node.accesskit_node().role(),
                name(node),
                node.rect()
            )
        })
        .collect()
}

/// Whether a node is a mark of the timeline: its name tells a date and sources.
fn is_mark(node: &egui_kittest::Node<'_>) -> bool {
    let label = node.accesskit_node().label().unwrap_or_default();
    label.contains("source")
}

/// A library in a folder of its own, which goes with it.
fn library(text: Option<&str>) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    if let Some(text) = text {
        fs::write(folder.path().join("a.md"), text).expect("a briefing");
    }
    folder
}

/// The same as a window is asked for it.
fn path_of(library: &TempDir) -> Option<PathBuf> {
    Some(library.path().to_owned())
}

const ONE_EVENT: &str = "---\ntitle: One day\ndate: 2025-03-18\n---\n\nNothing else happened.\n";

/// Words as long as German and Ukrainian make them, in every place that holds words.
const LONG: &str = "\
---
title: Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft und ihre Rechtsschutzversicherungsgesellschaften
subtitle: Найнеправдоподібніші високопревелебнішими співробітництвами зареєстровані непорозуміння між відомствами
summary: Die Verständigungsschwierigkeiten zwischen den Verhandlungsdelegationen bestehen fort.
author: Bundesministerium für Ernährung, Landwirtschaft und Verbraucherschutzangelegenheiten
lang: de
marking: VERSCHLUSSSACHE – NUR FÜR DEN DIENSTGEBRAUCH
events:
  - id: a
    date: 2025-03-18
    title: Grundstücksverkehrsgenehmigungszuständigkeitsübertragungsverordnung wird veröffentlicht
    lane: Verhandlungsdelegationen/Außenministerien und nachgeordnete Behörden
    actors: [Bundesgeschäftsführerinnen und Bundesgeschäftsführer, Міністерство закордонних справ]
    sources: [x]
  - id: b
    date: 2025-03-19
    title: Високопревелебнішими співробітництвами зареєстровано непорозуміння
    lane: Найнеправдоподібніші заяви
    sources: [x]
sources:
  x:
    title: Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz, Erläuterungen und Anmerkungen
    publisher: Bundesverwaltungsverlagsgesellschaft
    url: https://example.org/donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunterbeamtengesellschaft
---

## Rechtsschutzversicherungsgesellschaften und Verbraucherschutzangelegenheiten {#a}

Die Verordnung über die Zuständigkeitsübertragung wurde veröffentlicht [@x]. Непорозуміння зареєстровано.[^n]

| Verhandlungsdelegation | Grundstücksverkehrsgenehmigungszuständigkeit | Непорозуміння |
|---|---|---|
| Außenministerien | veröffentlicht | зареєстровано |

[^n]: Verbraucherschutzangelegenheiten. Співробітництвами.
    - supports [@x, Anmerkung 3]
";

/// Windows of 1280 by 800, 1600 by 900 and 2560 by 1440 at once and twice the usual scale, in points.
const SIZES: [Vec2; 5] = [
    vec2(1280.0, 800.0),
    vec2(1600.0, 900.0),
    vec2(2560.0, 1440.0),
    vec2(640.0, 400.0),
    vec2(800.0, 450.0),
];

/// Goes through all screens. Each run checks that whatever can be acted on has a name.
fn walk(path: &Option<PathBuf>, size: Vec2, theme: Theme) {
    let names = {
        let first = window(path.clone(), size, theme);
        screens(&first).len()
    };
    for at in 0..names {
        let mut window = window(path.clone(), size, theme);
        let (screen, actions) = screens(&window).swap_remove(at);
        for action in actions {
            apply(&mut window, action);
        }
        window.check_accessibility();
        let cut = cut(&window);
        assert!(
            cut.is_empty(),
            "{screen} at {size:?} in {theme:?}: {cut:#?}"
        );
    }
}

#[test]
fn every_screen_of_the_shipped_library_is_named_and_whole_at_every_size() {
    for size in SIZES {
        walk(&SHIPPED, size, Theme::Light);
    }
    walk(&SHIPPED, SIZES[0], Theme::Dark);
}

#[test]
fn an_empty_folder_and_a_single_event_are_shown_without_a_gap() {
    for text in [None, Some(ONE_EVENT)] {
        let folder = library(text);
        for size in [SIZES[0], SIZES[3]] {
            walk(&path_of(&folder), size, Theme::Light);
        }
    }
}

#[test]
fn long_words_of_german_and_ukrainian_find_room() {
    let folder = library(Some(LONG));
    for size in [SIZES[0], SIZES[3]] {
        walk(&path_of(&folder), size, Theme::Dark);
    }
}

#[test]
fn an_empty_folder_says_what_to_do() {
    let folder = library(None);
    let window = window(path_of(&folder), SIZES[0], Theme::Light);
    window.get_by_label("No briefings here yet");
    // It is said once.
    let told = window.query_all_by_label_contains("No briefings here");
    assert_eq!(told.count(), 1);
    for command in [
        Command::OpenFolder,
        Command::NewBriefing,
        Command::OpenShipped,
    ] {
        assert!(
            window
                .query_all_by_label_contains(command.name())
                .next()
                .is_some(),
            "{command:?}"
        );
    }
}

#[test]
fn every_sheet_closes_by_escape_and_by_its_button_and_lets_no_key_through() {
    for sheet in [
        Sheet::Keys,
        Sheet::About,
        Sheet::Settings,
        Sheet::Palette,
        Sheet::OpenPath,
        Sheet::NewBriefing,
        Sheet::Address("https://example.org".to_owned()),
    ] {
        let mut window = window(SHIPPED, SIZES[0], Theme::Light);
        apply(&mut window, Action::OpenSheet(sheet.clone()));
        // A key that would do something without the sheet.
        window.key_press(Key::End);
        window.run_ok();
        assert_eq!(state(&window).selection, None, "{sheet:?}");
        assert_eq!(state(&window).sheet.as_ref(), Some(&sheet));
        window.key_press(Key::Escape);
        window.run_ok();
        assert_eq!(state(&window).sheet, None, "{sheet:?}");
        if sheet == Sheet::Palette {
            continue;
        }
        apply(&mut window, Action::OpenSheet(sheet.clone()));
        window.get_by_label("Close").click();
        window.run_ok();
        assert_eq!(state(&window).sheet, None, "{sheet:?}");
    }
}

#[test]
fn the_keyboard_walks_through_the_whole_window_and_each_stop_has_a_name() {
    let mut window = window(SHIPPED, SIZES[0], Theme::Light);
    let mut stops: Vec<String> = Vec::new();
    for _ in 0..400 {
        window.key_press(Key::Tab);
        window.run_ok();
        let focused = window
            .root()
            .children_recursive()
            .find(|node| node.accesskit_node().is_focused());
        let Some(focused) = focused else { continue };
        let stop = format!("{:?} {}", focused.accesskit_node().role(), name(focused));
        if stops.first() == Some(&stop) && stops.len() > 3 {
            break;
        }
        stops.push(stop);
    }
    let passes = |words: &str| stops.iter().position(|stop| stop.contains(words));
    let order: Vec<Option<usize>> = ["File", "Settings", "Statement: "]
        .into_iter()
        .map(passes)
        .collect();
    assert!(order.iter().all(Option::is_some), "{order:?} of {stops:#?}");
    let unnamed: Vec<&String> = stops
        .iter()
        .filter(|stop| {
            stop.split_once(' ')
                .is_none_or(|(_, name)| name.trim().is_empty())
        })
        .collect();
    assert!(unnamed.is_empty(), "{unnamed:?} of {stops:#?}");
}

#[test]
fn presenting_walks_with_arrows_and_space_and_ends_where_it_was() {
    let mut window = window(SHIPPED, SIZES[0], Theme::Light);
    window.key_press(Key::F11);
    window.run_ok();
    let progress = |window: &Window| {
        let talk = state(window).presentation.as_ref().expect("a talk");
        (talk.progress(), talk.event())
    };
    let ((_, count), first) = progress(&window);
    let open = state(&window).document.as_ref().map(|open| open.file);
    assert!(
        matches!(first, Some(Item::Event(file, _)) if Some(file) == open),
        "the talk is about what is being read"
    );
    assert_eq!(state(&window).selection, first, "the timeline moves along");
    window.key_press(Key::Home);
    window.run_ok();
    assert_eq!(progress(&window).0, (1, count));
    for (key, expected) in [
        (Key::ArrowRight, 2),
        (Key::Space, 3),
        (Key::PageDown, 4),
        (Key::ArrowLeft, 3),
        (Key::PageUp, 2),
        (Key::End, count),
        (Key::ArrowRight, count),
        (Key::Home, 1),
    ] {
        window.key_press(key);
        window.run_ok();
        let ((at, _), event) = progress(&window);
        assert_eq!(at, expected, "{key:?}");
        assert_eq!(state(&window).selection, event, "{key:?}");
    }
    window.get_by_label(&format!("1 of {count}"));
    window.get_by_label("Next event").click();
    window.run_ok();
    assert_eq!(progress(&window).0.0, 2);
    let shown = state(&window).selection;
    window.key_press(Key::Escape);
    window.run_ok();
    assert!(state(&window).presentation.is_none());
    assert_eq!(
        state(&window).selection,
        shown,
        "what was shown stays selected"
    );
}

#[test]
fn a_small_window_shows_one_pane_at_a_time_and_a_key_brings_each() {
    let mut window = window(SHIPPED, SIZES[3], Theme::Light);
    assert_eq!(state(&window).room, Room::One);
    let shown = |window: &Window| {
        let panes = state(window).shown_panes();
        (panes.library, panes.evidence)
    };
    assert_eq!(shown(&window), (false, false));
    window.key_press_modifiers(Modifiers::COMMAND, Key::B);
    window.run_ok();
    assert_eq!(shown(&window), (true, false));
    window.key_press_modifiers(Modifiers::COMMAND, Key::E);
    window.run_ok();
    assert_eq!(shown(&window), (false, true));
    window.set_size(SIZES[0]);
    window.run_ok();
    assert_eq!(shown(&window), (true, true), "nothing is lost");
}

#[test]
fn settings_change_what_is_behind_them_at_once() {
    let mut window = window(SHIPPED, SIZES[0], Theme::Light);
    window.key_press_modifiers(Modifiers::COMMAND, Key::Comma);
    window.run_ok();
    window.get_by_label("Theme: Dark").click();
    window.run_ok();
    assert_eq!(window.ctx.theme(), Theme::Dark);
    window.get_by_label("High contrast").click();
    window.run_ok();
    let colors = sourceline::ui::theme::palette(&window.ctx);
    assert_eq!(colors, &sourceline::ui::theme::DARK_CONTRAST);
    window.get_by_label("Motion: On").click();
    window.run_ok();
    assert!(sourceline::ui::theme::may_move(&window.ctx));
    window.get_by_label("Motion: Off").click();
    window.run_ok();
    assert!(!sourceline::ui::theme::may_move(&window.ctx));
}

#[test]
fn text_grows_by_a_key_and_keeps_its_measure() {
    let mut window = window(SHIPPED, SIZES[1], Theme::Light);
    let height = |window: &Window| {
        let words = "Washington and Moscow each published";
        window.get_by_label_contains(words).rect().height()
    };
    let before = height(&window);
    for _ in 0..3 {
        window.key_press_modifiers(Modifiers::ALT, Key::Equals);
        window.run_ok();
    }
    assert_eq!(state(&window).settings.reading.size_percent, 130);
    assert!(
        height(&window) > before * 1.2,
        "larger letters, same words a line"
    );
    window.key_press_modifiers(Modifiers::ALT, Key::Num0);
    window.run_ok();
    assert_eq!(height(&window), before);
}

#[test]
fn what_is_said_and_how_far_reading_is_reach_a_screen_reader() {
    let mut window = window(SHIPPED, SIZES[0], Theme::Light);
    apply(&mut window, Action::Notice("Citation copied".to_owned()));
    let notice = window.get_by_label_contains("Citation copied");
    assert_eq!(
        notice.accesskit_node().live(),
        egui::accesskit::Live::Polite
    );
}

/// The list of this name says how many entries it has, and each entry that is drawn says which of them it is.
fn assert_told(window: &Window, list: &str, role: egui::accesskit::Role) {
    let list = window.get_by(|node| node.role() == role && node.label().as_deref() == Some(list));
    let list = list.accesskit_node();
    let size = list.size_of_set().expect("a list says how long it is");
    let mut places = Vec::new();
    let mut nodes: Vec<_> = list.children().collect();
    while let Some(node) = nodes.pop() {
        nodes.extend(node.children());
        places.extend(node.position_in_set());
    }
    places.sort_unstable();
    let counted: Vec<usize> = (0..places.len()).collect();
    assert_eq!(places, counted, "{:?}", list.label());
    assert!(
        !places.is_empty() && places.len() <= size,
        "{places:?} of {size}"
    );
}

#[test]
fn every_list_says_how_long_it_is_and_each_entry_which_it_is() {
    use egui::accesskit::Role;
    let mut window = window(SHIPPED, SIZES[1], Theme::Dark);
    assert_told(&window, "Briefings", Role::List);
    assert_told(&window, "Outline", Role::List);
    assert_told(&window, "Sources", Role::List);
    apply(
        &mut window,
        Action::Timeline(TimelineAction::ShowList(true)),
    );
    assert_told(&window, "Events", Role::Grid);
    let file = state(&window).document.as_ref().map(|open| open.file);
    let file = file.expect("a briefing is shown");
    let briefing = state(&window).library.briefing(file);
    let call = briefing.and_then(|briefing| briefing.event_by_id("call"));
    let call = call.expect("the call is an event");
    apply(&mut window, Action::Select(Item::Event(file, call)));
    assert_told(&window, "Statements about it", Role::List);
    apply(&mut window, Action::OpenSheet(Sheet::Palette));
    assert_told(&window, "Found", Role::ListBox);
}

#[test]
fn the_palette_reads_out_what_the_arrows_choose() {
    let mut window = window(SHIPPED, SIZES[1], Theme::Dark);
    apply(&mut window, Action::OpenSheet(Sheet::Palette));
    let chosen = |window: &Window| {
        let field = window.get_by_role_and_label(egui::accesskit::Role::TextInput, "Go to");
        let node = field.accesskit_node();
        node.active_descendant().and_then(|node| node.label())
    };
    let first = chosen(&window);
    window.key_press(egui::Key::ArrowDown);
    window.run_ok();
    let second = chosen(&window);
    assert!(first.is_some() && second.is_some() && first != second);
}

#[test]
fn the_palette_goes_to_what_was_typed_when_enter_comes_at_once() {
    let mut window = window(SHIPPED, SIZES[1], Theme::Dark);
    let library = &state(&window).library;
    let file = library.files().last().expect("the library has files");
    let (id, title) = (file.id, file.briefing.title.to_string());
    apply(&mut window, Action::OpenSheet(Sheet::Palette));
    window.event(egui::Event::Text(title));
    window.key_press(Key::Enter);
    window.run_ok();
    assert_eq!(state(&window).sheet, None);
    let selected = state(&window).selection.expect("something was gone to");
    assert_eq!(selected.file(), id);
}

#[test]
fn each_edge_between_panes_has_a_name_of_its_own() {
    let window = window(SHIPPED, SIZES[1], Theme::Light);
    let mut names: Vec<String> = window
        .get_all_by_role(egui::accesskit::Role::Splitter)
        .filter_map(|edge| edge.accesskit_node().label())
        .collect();
    assert!(names.len() >= 3, "{names:?}");
    assert!(
        !names.iter().any(|name| name == "Resize panel"),
        "{names:?}"
    );
    let count = names.len();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), count, "{names:?}");
}

#[test]
fn escape_closes_an_open_menu_and_nothing_behind_it() {
    let mut window = window(SHIPPED, SIZES[1], Theme::Dark);
    window.key_press(Key::ArrowRight);
    window.run_ok();
    let selected = state(&window).selection;
    assert!(selected.is_some());
    for (opens, inside) in [
        ("Group lanes by", "Actor"),
        ("File", "Quit"),
        ("Timeline options", "Weeks on the ruler"),
    ] {
        window.get_by_label(opens).click();
        window.run_ok();
        assert!(
            window.query_by_label_contains(inside).is_some(),
            "{opens} opens"
        );
        window.key_press(Key::Escape);
        window.run_ok();
        assert!(
            window.query_by_label_contains(inside).is_none(),
            "{opens} closes"
        );
        assert_eq!(state(&window).selection, selected, "{opens}");
    }
}

#[test]
fn every_sheet_fits_into_the_smallest_window() {
    let mut window = window(SHIPPED, SIZES[3], Theme::Light);
    let inside = window.ctx.content_rect();
    let sheets = screens(&window);
    for (name, actions) in sheets {
        let opens_sheet = |action: &Action| matches!(action, Action::OpenSheet(sheet) if *sheet != Sheet::Palette);
        if !actions.iter().any(opens_sheet) && name != "export" {
            continue;
        }
        for action in actions {
            apply(&mut window, action);
        }
        let close = window.get_by_label("Close").rect();
        assert!(inside.contains_rect(close), "{name}: {close}");
        for heading in window.get_all_by_role(egui::accesskit::Role::Heading) {
            let is_title = heading.rect().y_range().intersects(close.y_range());
            assert!(!is_title || inside.contains_rect(heading.rect()), "{name}");
        }
        apply(&mut window, Action::CloseSheet);
    }
}

#[test]
fn the_list_of_briefings_follows_to_one_that_was_opened_from_elsewhere() {
    let folder = library(None);
    for at in 10..90 {
        let text = format!("---\ntitle: Briefing {at}\ndate: 20{at}-01-01\n---\n\nOne day.\n");
        fs::write(folder.path().join(format!("{at}.md")), text).expect("a briefing");
    }
    let mut window = window(path_of(&folder), SIZES[0], Theme::Light);
    let listed = |window: &Window, title: &str| {
        let role = egui::accesskit::Role::ListItem;
        window.query_by_role_and_label(role, title).is_some()
    };
    assert!(listed(&window, "Briefing 10"));
    assert!(!listed(&window, "Briefing 89"));
    window.key_press(Key::End);
    window.run_ok();
    assert!(listed(&window, "Briefing 89"));
    assert!(!listed(&window, "Briefing 10"));
}

#[test]
fn a_window_that_was_low_for_a_while_has_its_timeline_back_when_it_is_high_again() {
    let mut window = window(SHIPPED, SIZES[1], Theme::Light);
    let top = |window: &Window| {
        let label = "Height of the timeline pane";
        window.get_by_label(label).rect().center().y
    };
    let before = top(&window);
    window.set_size(SIZES[4]);
    window.run_ok();
    assert!(top(&window) < before);
    window.set_size(SIZES[1]);
    window.run_ok();
    assert_eq!(top(&window), before);
}

#[test]
fn lines_at_the_bottom_of_a_small_window_stand_beside_each_other() {
    let folder = library(Some(LONG));
    let mut window = window(path_of(&folder), SIZES[3], Theme::Light);
    for key in [Key::Home, Key::ArrowRight, Key::W] {
        window.key_press(key);
        window.run_ok();
    }
    let notice = window
        .get_by_label_contains("other event within 3 days")
        .rect();
    let counts = window.get_by_label("1 briefing, 2 events").rect();
    assert!(notice.width() > 60.0, "{notice:?}");
    assert!(notice.right() < counts.left(), "{notice:?} and {counts:?}");
}

#[test]
fn the_edge_beside_the_text_is_drawn_wherever_it_is_taken_hold_of() {
    let label = "Width of the evidence pane";
    for beside_px in [-2.0, 0.0, 2.0] {
        let mut window = window(SHIPPED, SIZES[1], Theme::Light);
        let edge = window.get_by_label(label).rect().center();
        let from = edge + vec2(beside_px, 0.0);
        let to = from - vec2(100.0, 0.0);
        window.hover_at(from);
        window.run_ok();
        window.drag_at(from);
        window.run_ok();
        window.hover_at(to);
        window.run_ok();
        window.drop_at(to);
        window.run_ok();
        let moved_px = edge.x - window.get_by_label(label).rect().center().x;
        assert!(
            (moved_px - 100.0).abs() < 4.0,
            "{moved_px} from {beside_px}"
        );
    }
}

#[test]
fn a_file_of_the_list_has_a_menu() {
    let mut window = window(SHIPPED, SIZES[1], Theme::Light);
    let files = window.get_all_by_label_contains("The Riyadh talks");
    let file = files
        .filter(|node| node.accesskit_node().role() == egui::accesskit::Role::ListItem)
        .map(|node| node.rect().center())
        .next();
    let at = file.expect("the file is listed");
    window.hover_at(at);
    for pressed in [true, false] {
        window.event(egui::Event::PointerButton {
            pos: at,
            button: egui::PointerButton::Secondary,
            pressed,
            modifiers: Modifiers::NONE,
        });
    }
    window.run_ok();
    window.get_by_label("Show in folder");
    window.get_by_label("Copy path");
}
