//! The list of parts in the About sheet is that of `Cargo.lock`.
//!
//! `UPDATE_PARTS=1 cargo test --test parts` makes it anew from Cargo's metadata; the check itself reads two files and
//! asks nobody.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

type Id = (String, String);

fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn list() -> PathBuf {
    project().join("assets/parts.tsv")
}

/// The packages of the lock file with what each needs.
fn locked() -> BTreeMap<Id, Vec<Id>> {
    let text = fs::read_to_string(project().join("Cargo.lock")).expect("Cargo.lock");
    let lock: toml::Table = text.parse().expect("a lock file");
    let packages = lock["package"].as_array().expect("packages");
    let text_of = |package: &toml::Value, key: &str| -> String {
        package[key].as_str().expect("text").to_owned()
    };
    let ids: Vec<Id> = packages
        .iter()
        .map(|package| (text_of(package, "name"), text_of(package, "version")))
        .collect();
    let needs = |package: &toml::Value| -> Vec<Id> {
        let listed = package
            .get("dependencies")
            .and_then(|list| list.as_array().cloned())
            .unwrap_or_default();
        listed
            .iter()
            .map(|entry| {
                // `name`, or `name version` where the lock holds several.
                let mut words = entry.as_str().expect("text").split(' ');
                let name = words.next().expect("a name");
                let version = words.next();
                let fits = |id: &&Id| id.0 == name && version.is_none_or(|version| id.1 == version);
                ids.iter().find(fits).expect("a locked package").clone()
            })
            .collect()
    };
    ids.iter()
        .cloned()
        .zip(packages.iter().map(needs))
        .collect()
}

/// Every package that the program is made of, on any system: what tests and benchmarks alone need is left out.
fn of_the_program() -> BTreeSet<Id> {
    let manifest = fs::read_to_string(project().join("Cargo.toml")).expect("Cargo.toml");
    let manifest: toml::Table = manifest.parse().expect("a manifest");
    let names = |table: &toml::Value| -> Vec<String> {
        let table = table.as_table().expect("dependencies");
        table.keys().cloned().collect()
    };
    let mut direct = names(&manifest["dependencies"]);
    if let Some(targets) = manifest.get("target").and_then(toml::Value::as_table) {
        for target in targets.values() {
            direct.extend(target.get("dependencies").map(names).unwrap_or_default());
        }
    }
    let locked = locked();
    let (_, own) = locked
        .iter()
        .find(|((name, _), _)| name == env!("CARGO_PKG_NAME"))
        .expect("this package");
    let mut found = BTreeSet::new();
    let mut open: Vec<Id> = own
        .iter()
        .filter(|(name, _)| direct.contains(name))
        .cloned()
        .collect();
    while let Some(id) = open.pop() {
        if found.insert(id.clone()) {
            open.extend(locked[&id].iter().cloned());
        }
    }
    found
}

/// Makes the list anew.
fn update() {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked"])
        .current_dir(project())
        .output()
        .expect("cargo");
    assert!(output.status.success(), "cargo metadata failed");
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let licenses: BTreeMap<Id, String> = metadata["packages"]
        .as_array()
        .expect("packages")
        .iter()
        .map(|package| {
            let text = |key: &str| package[key].as_str().map(str::to_owned);
            let id = (
                text("name").expect("a name"),
                text("version").expect("a version"),
            );
            let file = text("license_file").map(|file| format!("see {file} of its source"));
            (id, text("license").or(file).unwrap_or_default())
        })
        .collect();
    let lines: String = of_the_program()
        .iter()
        .map(|id| {
            let license = licenses.get(id).map(String::as_str).unwrap_or_default();
            format!("{}\t{}\t{license}\n", id.0, id.1)
        })
        .collect();
    fs::write(list(), lines).expect("the list");
}

#[test]
fn the_list_of_parts_is_that_of_the_lock_file() {
    if std::env::var_os("UPDATE_PARTS").is_some() {
        update();
    }
    let text = fs::read_to_string(list()).expect("assets/parts.tsv");
    let mut listed = BTreeSet::new();
    for line in text.lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        let [name, version, license] = fields.as_slice() else {
            panic!("not a part: {line}");
        };
        assert!(!license.is_empty(), "{name} {version} names no license");
        listed.insert(((*name).to_owned(), (*version).to_owned()));
    }
    let wanted = of_the_program();
    let missing: Vec<&Id> = wanted.difference(&listed).collect();
    let gone: Vec<&Id> = listed.difference(&wanted).collect();
    assert!(
        missing.is_empty() && gone.is_empty(),
        "run `UPDATE_PARTS=1 cargo test --test parts`: missing {missing:?}, no longer there {gone:?}"
    );
}
