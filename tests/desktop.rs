//! What a desktop reads about the program agrees with the program.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

fn read(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The keys of each group of a desktop entry.
fn groups(text: &str) -> BTreeMap<String, BTreeMap<String, String>> {
    let mut found: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    let mut group = String::new();
    for line in text.lines().filter(|line| !line.is_empty()) {
        if let Some(name) = line.strip_prefix('[') {
            group = name.strip_suffix(']').expect("a closed group").to_owned();
            continue;
        }
        let (key, value) = line.split_once('=').expect("a key and a value");
        let before = found
            .entry(group.clone())
            .or_default()
            .insert(key.to_owned(), value.to_owned());
        assert_eq!(before, None, "{key} stands twice in {group}");
    }
    found
}

/// The id that the window gives the desktop, as the source has it.
fn app_id() -> String {
    let source = read("src/cli/open.rs");
    let (_, after) = source.split_once(".with_app_id(\"").expect("an app id");
    after.split('"').next().expect("the id").to_owned()
}

#[test]
fn the_desktop_entry_starts_the_program_and_names_its_window() {
    let groups = groups(&read("assets/desktop/sourceline.desktop"));
    let entry = &groups["Desktop Entry"];
    assert_eq!(entry["Type"], "Application");
    assert_eq!(entry["Exec"], "sourceline %F", "several files and folders");
    assert_eq!(entry["StartupWMClass"], app_id());
    assert_eq!(entry["Icon"], app_id());
    for list in ["Categories", "Keywords", "MimeType", "Actions"] {
        assert!(entry[list].ends_with(';'), "{list} is a list");
    }
    let kinds: Vec<&str> = entry["MimeType"].split(';').collect();
    for kind in ["text/markdown", "inode/directory"] {
        assert!(kinds.contains(&kind), "{kind}");
    }
    for action in entry["Actions"].split(';').filter(|name| !name.is_empty()) {
        let group = &groups[&format!("Desktop Action {action}")];
        assert!(group.contains_key("Name") && group.contains_key("Exec"));
    }
}

#[test]
fn the_metainfo_tells_this_version_and_leads_to_the_desktop_entry() {
    let text = read("assets/desktop/sourceline.metainfo.xml");
    let version = format!("<release version=\"{}\"", env!("CARGO_PKG_VERSION"));
    assert!(text.contains(&version), "{version} is not in the metainfo");
    let id = app_id();
    assert!(text.contains(&format!("<id>{id}</id>")));
    assert!(text.contains(&format!("<launchable type=\"desktop-id\">{id}.desktop<")));
    assert!(text.contains(&format!("<project_license>{}<", env!("CARGO_PKG_LICENSE"))));
}

#[test]
fn every_element_of_the_metainfo_is_closed() {
    let text = read("assets/desktop/sourceline.metainfo.xml");
    let mut open: Vec<&str> = Vec::new();
    for piece in text.split('<').skip(1) {
        let (tag, _) = piece.split_once('>').expect("a whole tag");
        let name = tag.split_whitespace().next().unwrap_or_default();
        if tag.starts_with('?') || tag.ends_with('/') {
            continue;
        }
        match name.strip_prefix('/') {
            Some(name) => assert_eq!(open.pop(), Some(name)),
            None => open.push(name),
        }
    }
    assert!(open.is_empty(), "{open:?}");
}
