//! The index: what queries find, how it is kept in step, and what happens when the disk does not play along.

use super::*;
use crate::library::search::passage;
use crate::parse;
use std::fs;
use std::io;
use tantivy::Directory;
use tantivy::directory::error::{DeleteError, OpenReadError, OpenWriteError};
use tantivy::directory::{FileHandle, RamDirectory, WatchCallback, WatchHandle, WritePtr};

const TALKS: &str = r#"---
title: The talks in Riyadh
date: 2025-03
tags: [war]
lang: en
events:
  - id: call
    date: 2025-03-18T10:00Z
    title: The presidents speak by telephone
    lane: Diplomacy/Washington
    actors: [Ann Smith, Bob]
    sources: [wh]
  - id: exchange
    date: 2025-04-19
    title: Prisoners are exchanged
    tags: [swap]
    status: announced
sources:
  wh:
    title: Readout of the call
    publisher: The White House
    url: https://example.org/readout
---
## The call {#call}

Both sides agreed to go on negotiating [@wh, "a maritime ceasefire"].

## The exchange {#exchange}

On the next day 175 prisoners came home. Zelenskýy welcomed it.
"#;

const GERMAN: &str = "---\ntitle: Die Verhandlungen\nlang: de\n---\nDie Verhandlungen wurden fortgesetzt. Prisoners heißt Gefangene.\n";

fn file(id: u32, name: &str, text: &str) -> SnapshotFile {
    let context = parse::Context {
        file_name: name,
        bibliography: &|_| Err(parse::BibliographyFault::Missing),
        shared: None,
    };
    let (briefing, _) = parse::briefing(text.into(), &context);
    SnapshotFile {
        id: FileId(id),
        name: name.into(),
        path_hash: name.bytes().map(u64::from).sum(),
        briefing: Arc::new(briefing),
    }
}

fn snapshot() -> Snapshot {
    Snapshot {
        files: vec![file(0, "talks.md", TALKS), file(1, "de.md", GERMAN)],
    }
}

fn ask(engine: &Engine, query: &str) -> Found {
    let zone = Zone::utc();
    let query = if query.ends_with('_') {
        Query::while_typing(query.trim_end_matches('_'), &zone)
    } else {
        Query::parse(query, &zone)
    };
    let mut request = Request::new(query.expect("a query"), zone);
    request.standing = Arc::new(|file, at| (file.0 == 0 && at == 0).then_some(Standing::Disputed));
    engine.view().find(&request).expect("an answer")
}

/// The hits of a query as `file kind place`.
fn hits(engine: &Engine, query: &str) -> Vec<String> {
    let found = ask(engine, query);
    assert_eq!(found.total, found.hits.len());
    let hits = found.hits.iter();
    hits.map(|hit| format!("{} {} {}", hit.file.0, hit.kind.as_str(), hit.at))
        .collect()
}

fn in_step(snapshot: &Snapshot) -> Engine {
    let mut engine = Engine::in_memory().expect("an index");
    engine.sync(snapshot).expect("in step");
    engine
}

#[test]
fn queries_find_what_they_ask_for() {
    let engine = in_step(&snapshot());
    let call = ["0 event 0", "0 source 0"];
    let cases: &[(&str, &[&str])] = &[
        ("telephone", &["0 event 0"]),
        ("TELEPHONES", &["0 event 0"]),
        ("telepho*", &["0 event 0"]),
        ("telepho_", &["0 event 0"]),
        ("telepho", &[]),
        ("negotiation", &["0 passage 0"]),
        ("\"negotiation\"", &[]),
        ("Verhandlung", &["1 briefing 0", "1 passage 0"]),
        ("\"maritime ceasefire\"", &["0 passage 0"]),
        ("\"ceasefire maritime\"", &[]),
        ("\"a maritime cease_", &["0 passage 0"]),
        ("175", &["0 passage 1"]),
        ("zelenskyy", &["0 passage 1"]),
        ("prisoners", &["0 event 1", "0 passage 1", "1 passage 0"]),
        ("prisoners -gefangene", &["0 event 1", "0 passage 1"]),
        ("prisoners in:talks", &["0 event 1", "0 passage 1"]),
        ("prisoners -in:riyadh", &["1 passage 0"]),
        ("who:smith", &["0 event 0"]),
        ("who:\"ann smith\"", &["0 event 0"]),
        ("who:s_", &["0 event 0"]),
        ("lane:diplomacy", &["0 event 0"]),
        ("tag:swap", &["0 event 1"]),
        ("tag:war status:announced", &["0 event 1"]),
        (
            "source:\"white house\" -source:zzz",
            &["0 source 0", "0 event 0", "0 passage 0"],
        ),
        ("source:wh readout", &["0 source 0"]),
        ("standing:disputed", &["0 event 0", "0 passage 0"]),
        ("prisoners after:2025-04-01", &["0 event 1", "0 passage 1"]),
        ("before:2025-04 telephone", &["0 event 0"]),
        ("during:2025-03-18 -who:ann sides", &["0 passage 0"]),
        ("during:2025-03 riyadh", &["0 briefing 0"]),
        ("zzz", &[]),
        ("", &[]),
        ("-zzz -prisoners -tag:war -in:de", &call[1..]),
    ];
    for (query, expected) in cases {
        let mut found = hits(&engine, query);
        found.sort();
        let mut expected: Vec<String> = expected.iter().map(|&hit| hit.to_owned()).collect();
        expected.sort();
        assert_eq!(found, expected, "{query}");
    }
}

/// A word of three letters for each number.
fn word(number: u32) -> String {
    let letter = |at: u32| char::from(b'a' + (at % 26) as u8);
    [number / 676, number / 26, number]
        .map(letter)
        .iter()
        .collect()
}

#[test]
fn a_phrase_that_ends_in_a_beginning_loses_no_hit() {
    // More words begin so than the engine would try by itself.
    let text: Vec<String> = (0..120).map(|at| format!("the c{}.", word(at))).collect();
    let text = format!("# Words\n\nthe house\n\n{}\n", text.join("\n\n## Next\n\n"));
    let snapshot = Snapshot {
        files: vec![file(0, "words.md", &text)],
    };
    let engine = in_step(&snapshot);
    let query = |text: &str| Query::while_typing(text, &Zone::utc()).expect("a query");
    assert_eq!(ask(&engine, "\"the c_").total, 120);
    assert_eq!(ask(&engine, "\"the cad_").total, 26);
    // Where there are too many to try, the finished words are sought, and the answer says so.
    let settled = |text: &str, most: u64| {
        let settled = engine.view().without_vague_endings(&query(text), most);
        settled.expect("the index can be read")
    };
    assert_eq!(settled("\"the c", 1), query("\"the\""));
    assert_eq!(settled("\"the ca", 1_000_000), query("\"the ca"));
    assert_eq!(settled("-\"the c", 1), query("-\"the c"));
    assert_eq!(settled("\"c", 1), query("\"c"));
    assert_eq!(ask(&engine, "\"the").total, 120);
}

#[test]
fn hits_stand_by_briefing_and_mark_events_and_statements() {
    let engine = in_step(&snapshot());
    let found = ask(&engine, "prisoners");
    assert_eq!((found.total, found.briefings), (3, 2));
    assert_eq!(found.events.iter().collect::<Vec<_>>(), [(FileId(0), 1)]);
    let files: Vec<u32> = found.hits.iter().map(|hit| hit.file.0).collect();
    assert_eq!(files, [0, 0, 1]);
    // A passage stands for its event and its statements.
    let found = ask(&engine, "maritime");
    assert_eq!(found.events.iter().collect::<Vec<_>>(), [(FileId(0), 0)]);
    assert_eq!(
        found.statements.iter().collect::<Vec<_>>(),
        [(FileId(0), 0)]
    );
    // Only the best are listed, but all are counted.
    let query = Query::parse("prisoners", &Zone::utc()).expect("a query");
    let mut request = Request::new(query, Zone::utc());
    request.limit = 1;
    let found = engine.view().find(&request).expect("an answer");
    assert_eq!(
        (found.hits.len(), found.total, found.events.len()),
        (1, 3, 1)
    );
    request.only = Some(FileId(1));
    let found = engine.view().find(&request).expect("an answer");
    assert_eq!((found.total, found.hits[0].file), (1, FileId(1)));
}

#[test]
fn a_passage_leads_to_the_words_in_the_file() {
    let snapshot = snapshot();
    let engine = in_step(&snapshot);
    let found = ask(&engine, "prisoner");
    let briefing = &snapshot.files[0].briefing;
    let words = |hit: &Hit| {
        let passage = passage::passage(briefing, hit, &found.query);
        let marks: Vec<&str> = passage
            .marks
            .iter()
            .map(|mark| &passage.text[mark.clone()])
            .collect();
        (
            briefing.words(passage.place).to_owned(),
            passage.text.clone(),
            marks.join("|"),
        )
    };
    let told: Vec<_> = found.hits.iter().take(2).map(words).collect();
    assert_eq!(
        told,
        [
            (
                "Prisoners".to_owned(),
                "Prisoners are exchanged".to_owned(),
                "Prisoners".to_owned()
            ),
            (
                "prisoners".to_owned(),
                "…On the next day 175 prisoners came home. Zelenskýy welcomed it.".to_owned(),
                "prisoners".to_owned()
            ),
        ]
    );
}

#[test]
fn a_passage_shows_the_word_where_a_reader_does_not_see_it() {
    let text = "---\ntitle: A\nevents:\n  - {date: 2025, title: A call of some length between two, summary: It was short, actors: [Ann Smith]}\n---\n\
        A [link](https://example.org/needle) and a note[^pin].\n\n[^pin]: Words.\n";
    let snapshot = Snapshot {
        files: vec![file(0, "a.md", text)],
    };
    let engine = in_step(&snapshot);
    let shown = |query: &str| {
        let found = ask(&engine, query);
        let hit = found.hits.first().expect("a hit");
        let passage = passage::passage(&snapshot.files[0].briefing, hit, &found.query);
        let marked = passage
            .marks
            .first()
            .map(|mark| passage.text[mark.clone()].to_owned());
        (marked.unwrap_or_default(), passage.text)
    };
    assert_eq!(shown("needle").0, "needle");
    assert_eq!(shown("pin").0, "pin");
    let (marked, text) = shown("who:ann");
    assert_eq!(marked, "Ann");
    assert!(
        text.starts_with("A call of some length between two"),
        "{text}"
    );
    // The title stays also when the match stands just behind it.
    let (marked, text) = shown("short");
    assert_eq!(marked, "short");
    assert_eq!(text, "A call of some length between two — It was short");
}

#[test]
fn only_changed_files_are_taken_in_and_gone_ones_are_not_found() {
    let mut now = snapshot();
    let mut engine = in_step(&now);
    assert_eq!(engine.plan(&now).progress(), (0, 0));
    now.files[1] = file(1, "de.md", "# Anderes\n\nNichts davon.\n");
    assert_eq!(engine.plan(&now).progress(), (0, 1));
    engine.sync(&now).expect("in step");
    assert_eq!(hits(&engine, "Verhandlung"), Vec::<String>::new());
    assert_eq!(hits(&engine, "davon"), ["1 passage 0"]);
    assert_eq!(hits(&engine, "telephone"), ["0 event 0"]);
    now.files.remove(0);
    engine.sync(&now).expect("in step");
    assert_eq!(hits(&engine, "telephone"), Vec::<String>::new());
    assert_eq!(hits(&engine, "davon"), ["1 passage 0"]);
}

/// A folder for an index, and how it opens: the engine, in step, how many files it took in anew, and what was said.
fn opened(folder: &Path) -> (Engine, usize, Option<String>) {
    let (mut engine, told) = Engine::open(folder, &[]).expect("an index of some kind");
    let anew = engine.plan(&snapshot()).progress().1;
    engine.sync(&snapshot()).expect("in step");
    assert_eq!(hits(&engine, "telephone"), ["0 event 0"]);
    (engine, anew, told)
}

#[test]
fn an_index_is_kept_from_one_start_to_the_next() {
    let cache = tempfile::tempdir().expect("a folder");
    let folder = index::folder_in(cache.path(), &[PathBuf::from("/library")]);
    let (engine, anew, told) = opened(&folder);
    assert!(engine.is_kept());
    assert_eq!((anew, told), (2, None));
    drop(engine);
    let (engine, anew, told) = opened(&folder);
    assert!(engine.is_kept());
    assert_eq!((anew, told), (0, None));
}

#[test]
fn two_programs_on_one_library_do_not_disturb_each_other() {
    let cache = tempfile::tempdir().expect("a folder");
    let (mut first, ..) = opened(cache.path());
    let (second, anew, told) = opened(cache.path());
    assert!(first.is_kept() && !second.is_kept());
    assert_eq!(anew, 2);
    assert!(
        told.expect("a sentence")
            .starts_with("Another window keeps the search index")
    );
    // Both go on, and the first still writes.
    let mut now = snapshot();
    now.files.remove(1);
    first.sync(&now).expect("in step");
    assert_eq!(hits(&first, "Verhandlung"), Vec::<String>::new());
    assert_eq!(hits(&second, "Verhandlung").len(), 2);
}

#[test]
fn a_damaged_index_is_made_anew() {
    for damage in ["cut", "changed", "no meta", "no label"] {
        let cache = tempfile::tempdir().expect("a folder");
        drop(opened(cache.path()));
        let largest = fs::read_dir(cache.path())
            .expect("a folder")
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|path| path.extension().is_none_or(|ending| ending != "json"))
            .max_by_key(|path| path.metadata().map_or(0, |metadata| metadata.len()))
            .expect("the index has files");
        let mut bytes = fs::read(&largest).expect("a file");
        match damage {
            "cut" => bytes.truncate(bytes.len() / 2),
            "changed" => {
                let middle = bytes.len() / 2;
                bytes[middle] ^= 0xff;
            }
            "no meta" => fs::remove_file(cache.path().join("meta.json")).expect("removed"),
            _ => fs::remove_file(cache.path().join("sourceline.json")).expect("removed"),
        }
        fs::remove_file(&largest).expect("removed");
        fs::write(&largest, bytes).expect("written");
        let (engine, anew, told) = opened(cache.path());
        assert!(engine.is_kept(), "{damage}");
        assert_eq!(anew, 2, "{damage}");
        if damage == "cut" || damage == "changed" {
            assert_eq!(
                told.as_deref(),
                Some("The search index was damaged and is made anew")
            );
        }
    }
}

#[test]
fn an_index_of_a_newer_version_is_left_alone() {
    let cache = tempfile::tempdir().expect("a folder");
    let label = r#"{"version": 4000000, "library": []}"#;
    fs::write(cache.path().join("sourceline.json"), label).expect("a file");
    fs::write(cache.path().join("meta.json"), "from the future").expect("a file");
    let (engine, _, told) = opened(cache.path());
    assert!(!engine.is_kept());
    assert!(told.expect("a sentence").contains("newer version"));
    let meta = fs::read_to_string(cache.path().join("meta.json")).expect("still there");
    assert_eq!(meta, "from the future");
}

#[test]
fn a_cache_that_cannot_be_written_is_told_and_the_search_goes_on_in_memory() {
    // A file stands where the folder should be; whoever runs the tests may not write there.
    let cache = tempfile::tempdir().expect("a folder");
    let in_the_way = cache.path().join("search");
    fs::write(&in_the_way, "no folder").expect("a file");
    let (engine, _, told) = opened(&in_the_way.join("index"));
    assert!(!engine.is_kept());
    let told = told.expect("a sentence");
    assert!(
        told.starts_with("The search index cannot be kept, and is made anew at each start"),
        "{told}"
    );
}

#[cfg(unix)]
#[test]
fn a_cache_folder_without_rights_is_told() {
    use std::os::unix::fs::PermissionsExt as _;
    let cache = tempfile::tempdir().expect("a folder");
    let folder = cache.path().join("locked");
    fs::create_dir(&folder).expect("a folder");
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o500)).expect("permissions");
    let is_superuser = fs::write(folder.join("probe"), "").is_ok();
    let (engine, _, told) = opened(&folder.join("index"));
    // Nothing is forbidden to the superuser.
    assert_eq!(engine.is_kept(), is_superuser);
    assert_eq!(told.is_some(), !is_superuser);
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o700)).expect("permissions");
}

/// A disk that takes the beginning of an index and then is full.
#[derive(Clone, Debug, Default)]
struct FullDisk(RamDirectory);

impl Directory for FullDisk {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.0.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.0.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.0.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        // Locks and lists are small enough; the words are not.
        if path
            .extension()
            .is_some_and(|ending| ending == "lock" || ending == "json")
        {
            return self.0.open_write(path);
        }
        let full = io::Error::from(io::ErrorKind::StorageFull);
        Err(OpenWriteError::wrap_io_error(full, path.to_owned()))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.0.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        self.0.atomic_write(path, data)
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.0.sync_directory()
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.0.watch(callback)
    }
}

#[test]
fn when_the_disk_is_full_the_search_goes_on_in_memory() {
    let fields = Fields::new();
    let open = index::in_directory(&fields, FullDisk::default()).expect("an empty index");
    let mut engine = Engine::with(fields, open).expect("an engine");
    assert!(engine.is_kept());
    engine.sync(&snapshot()).expect_err("the disk is full");
    engine.forsake_disk().expect("memory");
    engine.sync(&snapshot()).expect("in step");
    assert!(!engine.is_kept());
    assert_eq!(hits(&engine, "telephone"), ["0 event 0"]);
}
