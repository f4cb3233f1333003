use super::*;
use crate::date::Instant;
use crate::library::filter::Field;

/// A library whose file of views has this text, and where that is.
fn library_with(text: &str) -> (tempfile::TempDir, PathBuf) {
    let root = tempfile::tempdir().expect("a folder");
    let path = path_in(root.path());
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(&path, text).expect("a file");
    (root, path)
}

fn view(name: &str) -> View {
    let mut view = View {
        name: name.to_owned(),
        search: "ceasefire -draft".to_owned(),
        ..View::default()
    };
    view.criteria.set(Field::Lane, "Diplomacy/Riyadh", true);
    view.criteria.set(Field::Standing, "disputed", true);
    view.criteria.range = Some(Instant(1_742_256_000_000)..Instant(1_742_342_400_500));
    view
}

#[test]
fn a_view_comes_back_as_it_was_saved() {
    let root = tempfile::tempdir().expect("a folder");
    assert_eq!(read(root.path()).expect("no views"), []);
    save(root.path(), &view("One")).expect("saved");
    let all = save(root.path(), &view("Two")).expect("saved");
    assert_eq!(all, [view("One"), view("Two")]);
    assert_eq!(read(root.path()).expect("views"), all);
    let changed = View {
        search: String::new(),
        ..view("One")
    };
    assert_eq!(
        save(root.path(), &changed).expect("saved"),
        [changed.clone(), view("Two")]
    );
    let (left, taken) = delete(root.path(), "Two").expect("saved");
    assert_eq!(left, [changed]);
    assert_eq!(taken.expect("a view").name(), "Two");
}

#[test]
fn moments_of_any_year_are_written_so_that_they_can_be_read() {
    let root = tempfile::tempdir().expect("a folder");
    let old = View {
        criteria: Criteria {
            range: Some(Instant(-63_517_824_000_000)..Instant(i64::MAX)),
            ..Criteria::default()
        },
        ..view("Old")
    };
    assert_eq!(save(root.path(), &old).expect("saved"), [old]);
}

#[test]
fn an_end_in_deep_time_stays_where_it_is() {
    for to in ["Y-170000000", "Y170000000", "9999", "Y-10000"] {
        let text = format!("[[view]]\nname = \"Old\"\nto = \"{to}\"\n");
        let views = from_text(&text).expect("views");
        let saved = text_with(&text, &views[0]).expect("saved");
        assert_eq!(from_text(&saved), Ok(views.clone()), "{saved}");
        // Under another name it is written anew.
        let other = View {
            name: "Other".to_owned(),
            ..views[0].clone()
        };
        let saved = text_with("", &other).expect("saved");
        assert_eq!(from_text(&saved), Ok(vec![other]), "{saved}");
    }
}

#[test]
fn what_people_write_is_read_and_unknown_keys_are_kept() {
    let text = "color = \"red\"\n\n[[view]]\nname = \"March\"\nactors = \"Ann\"\nfrom = \"2025-03\"\nto = \"2025-03\"\nnote = \"mine\"\n";
    let (root, path) = library_with(text);
    let views = read(root.path()).expect("views");
    assert_eq!(views[0].criteria.values(Field::Actor), ["Ann"]);
    let range = views[0].criteria.range.clone().expect("a range");
    assert_eq!(range.start.to_iso_utc(), "2025-03-01T00:00:00Z");
    assert_eq!(range.end.to_iso_utc(), "2025-04-01T00:00:00Z");
    save(root.path(), &views[0]).expect("saved");
    save(root.path(), &view("Other")).expect("saved");
    let after = fs::read_to_string(&path).expect("a file");
    assert!(
        after.contains("color = \"red\"") && after.contains("note = \"mine\""),
        "{after}"
    );
}

#[test]
fn comments_and_order_are_kept() {
    let text = "# Ours\ncolor = \"red\"\n\n# For the desk\n[[view]]\nname = \"March\" # of 2025\nactors = [\"Ann\"]\nfrom = \"2025-03\"\nnote = \"mine\" # not yours\n\n# The last\n[[view]]\nname = \"Rest\"\n";
    let views = from_text(text).expect("views");
    let found = View {
        search: "call".to_owned(),
        ..views[0].clone()
    };
    let after = text_with(text, &found).expect("saved");
    for kept in [
        "# Ours\ncolor = \"red\"",
        "# For the desk\n[[view]]\nname = \"March\" # of 2025\n",
        "note = \"mine\" # not yours",
        "# The last\n[[view]]\nname = \"Rest\"",
    ] {
        assert!(after.contains(kept), "{after}");
    }
    assert_eq!(from_text(&after), Ok(vec![found, views[1].clone()]));
    assert!(
        after.contains("actors = [\"Ann\"]\nfrom = \"2025-03\"\n"),
        "what has not changed stays as it is written: {after}"
    );
    let (after, _) = text_without(text, "March").expect("saved");
    assert!(after.starts_with("# Ours\ncolor = \"red\"\n"), "{after}");
    assert!(
        after.ends_with("# The last\n[[view]]\nname = \"Rest\"\n"),
        "{after}"
    );
    assert_eq!(from_text(&after), Ok(vec![views[1].clone()]));
}

#[test]
fn what_was_taken_out_comes_back_as_it_was_written() {
    let of_march = "# For March\n[[view]]\nname = \"March\"\nfrom = \"2025-03\" # all of it\nnote = \"mine\"\n";
    let text = format!("# Views of the desk\n\n{of_march}\n[[view]]\nname = \"Rest\"\n");
    let (root, path) = library_with(&text);
    let before = read(root.path()).expect("views");
    let (left, taken) = delete(root.path(), "March").expect("saved");
    assert_eq!(left, before[1..]);
    let without = fs::read_to_string(&path).expect("a file");
    assert_eq!(
        without,
        "# Views of the desk\n\n[[view]]\nname = \"Rest\"\n"
    );
    let taken = taken.expect("a view");
    let mut back = put_back(root.path(), &taken).expect("saved");
    let after = fs::read_to_string(&path).expect("a file");
    assert!(after.ends_with(of_march), "{after}");
    back.reverse();
    assert_eq!(back, before);

    // The name has been given away since.
    delete(root.path(), "March").expect("saved");
    let other = View {
        search: "call".to_owned(),
        ..view("March")
    };
    save(root.path(), &other).expect("saved");
    let after = put_back(root.path(), &taken).expect("saved");
    assert_eq!(after.last(), Some(&other));
    assert_eq!(after.len(), 2);
}

#[test]
fn a_list_in_one_line_is_read_and_can_be_added_to() {
    let text = "view = [{ name = \"March\", actors = [\"Ann\"] }, { name = \"Rest\" }]\n";
    let views = from_text(text).expect("views");
    assert_eq!(views.len(), 2);
    let after = text_with(text, &view("One")).expect("saved");
    let expected = vec![views[0].clone(), views[1].clone(), view("One")];
    assert_eq!(from_text(&after), Ok(expected), "{after}");
    let (none, taken) = text_without("view = []\n", "One").expect("saved");
    assert!(taken.is_none());
    assert_eq!(from_text(&none), Ok(Vec::new()));
}

#[test]
fn spaces_around_a_search_are_not_part_of_it() {
    let text = "[[view]]\nname = \"a\"\nsearch = \" ceasefire -draft \"\n";
    let views = from_text(text).expect("views");
    assert_eq!(views[0].search, "ceasefire -draft");
    for before in [text, ""] {
        let saved = text_with(before, &views[0]).expect("saved");
        assert_eq!(from_text(&saved), Ok(views.clone()));
    }
}

#[test]
fn a_damaged_file_is_told_and_left_alone() {
    for text in [
        "[[view",
        "view = 3",
        "[[view]]\nsearch = \"x\"",
        "[[view]]\nname = \"a\"\nstandings = [\"good\"]",
        "[[view]]\nname = \"a\"\nfrom = \"18.03.2025\"",
        "[[view]]\nname = \"a\"\nlanes = [1]",
        "[[view]]\nname = \"a\"\nfrom = \"4050-03\"\nto = \"2025-04\"",
        &format!("[[view]]\nname = \"{}\"\n", "a".repeat(1024 * 1024)),
    ] {
        let (root, path) = library_with(text);
        let told = read(root.path()).expect_err(text).to_string();
        assert!(
            told.contains("views.toml cannot be read as views"),
            "{told}"
        );
        save(root.path(), &view("One")).expect_err(text);
        assert_eq!(fs::read_to_string(&path).expect("a file"), text);
    }
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_out_of_the_library_is_neither_read_nor_written() {
    let view = View {
        name: "Calls".to_owned(),
        ..View::default()
    };
    let outside = tempfile::tempdir().expect("a folder");
    let root = tempfile::tempdir().expect("a folder");
    let inside = root.path().join(".sourceline");
    std::os::unix::fs::symlink(outside.path(), &inside).expect("a link");
    assert!(save(root.path(), &view).is_err());
    assert!(!outside.path().join("views.toml").exists());

    save(outside.path(), &view).expect("a library of its own");
    let other = path_in(outside.path());
    fs::remove_file(&inside).expect("the link");
    fs::create_dir(&inside).expect("a folder");
    std::os::unix::fs::symlink(&other, inside.join("views.toml")).expect("a link");
    assert!(read(root.path()).is_err());
    assert!(save(root.path(), &view).is_err());
    fs::remove_file(inside.join("views.toml")).expect("the link");
    assert_eq!(
        save(root.path(), &view).map(|views| views.len()).ok(),
        Some(1)
    );
}
