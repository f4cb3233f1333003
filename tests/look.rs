//! Every color, size and font of the window stands in `ui/theme.rs` and below it, and nowhere else.

use std::fs;
use std::path::{Path, PathBuf};

/// Files that draw, besides the theme itself and tests.
fn drawing_files() -> Vec<PathBuf> {
    let mut found = Vec::new();
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![source.join("ui"), source.join("app")];
    found.push(source.join("app.rs"));
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder of src") {
            let path = entry.expect("an entry").path();
            let stem = path.file_stem().expect("a name").to_string_lossy();
            if ["theme", "tests"].contains(&stem.as_ref()) {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                found.push(path);
            }
        }
    }
    found
}

/// The program of a file: no tests at its end, no comments, no strings.
fn program(text: &str) -> String {
    // Where the tests are a file of their own, the program goes on after their name.
    let program = text.split("#[cfg(test)]\nmod tests {").next();
    let program = program.unwrap_or(text);
    let mut lines = String::new();
    for line in program.lines() {
        let code = line.split("//").next().unwrap_or_default();
        // Every second piece between quotation marks is a string.
        let outside: Vec<&str> = code.split('"').step_by(2).collect();
        lines.push_str(&outside.join("\"\""));
        lines.push('\n');
    }
    lines
}

/// Calls that take a length of the window.
const LENGTHS: [&str; 27] = [
    ".set_width(",
    ".set_height(",
    ".set_min_width(",
    ".set_max_width(",
    ".set_min_height(",
    ".set_max_height(",
    ".min_width(",
    ".max_width(",
    ".min_height(",
    ".max_height(",
    ".default_width(",
    ".default_size(",
    ".exact_size(",
    ".desired_width(",
    ".add_space(",
    ".at_least(",
    ".at_most(",
    "Column::initial(",
    "Column::exact(",
    "Margin::same(",
    "Stroke::new(",
    ".size(",
    ".expand(",
    ".shrink(",
    "splat(",
    "vec2(",
    "_px: ",
];

/// What of a line belongs into the theme, with the reason.
fn faults(line: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in line.match_indices("Color32::") {
        let name = &line[at + "Color32::".len()..];
        // Nothing at all is no color.
        if !name.starts_with("TRANSPARENT") {
            found.push(format!("a color: `{}`", line.trim()));
        }
    }
    for word in ["Rgba::", "Hsva::", "hex_color!"] {
        if line.contains(word) {
            found.push(format!("a color: `{}`", line.trim()));
        }
    }
    for word in ["FontId::", "FontFamily::"] {
        if line.contains(word) {
            found.push(format!("a font: `{}`", line.trim()));
        }
    }
    for call in LENGTHS {
        for (at, _) in line.match_indices(call) {
            let rest = &line[at + call.len()..];
            let arguments = rest.split(')').next().unwrap_or(rest);
            if arguments.split(", ").any(is_length) {
                found.push(format!("a size: `{}`", line.trim()));
            }
        }
    }
    if let Some((left, right)) = line.split_once(" = ")
        && left.contains("const ")
        && left.contains("_PX: ")
        && is_length(right)
    {
        found.push(format!("a size: `{}`", line.trim()));
    }
    found
}

/// Whether an argument begins with a number of its own; nothing and everything (0 and 1) are no sizes.
fn is_length(argument: &str) -> bool {
    let number: String = argument
        .trim_start_matches(['-', '[', '('])
        .chars()
        .take_while(|c| c.is_ascii_digit() || *c == '.')
        .collect();
    let rest = argument.trim_start_matches(['-', '[', '(']);
    let is_factor = rest[number.len()..].trim_start().starts_with('*');
    !is_factor && number.parse::<f64>().is_ok_and(|number| number > 1.0)
}

#[test]
fn no_file_but_the_theme_names_a_color_a_size_or_a_font() {
    let files = drawing_files();
    assert!(files.len() > 40, "the files were not found");
    let mut all = Vec::new();
    for path in files {
        let text = fs::read_to_string(&path).expect("a source file");
        for (at, line) in program(&text).lines().enumerate() {
            for fault in faults(line) {
                all.push(format!("{}:{}: {fault}", path.display(), at + 1));
            }
        }
    }
    assert!(
        all.is_empty(),
        "these belong into src/ui/theme:\n{}",
        all.join("\n")
    );
}

#[test]
fn the_check_finds_what_it_is_for() {
    for (line, count) in [
        ("let red = Color32::RED;", 1),
        ("let none = Color32::TRANSPARENT;", 0),
        ("let font = FontId::proportional(12.0);", 1),
        ("ui.set_width(320.0);", 1),
        ("ui.set_width(2.0 * space::LARGE_PX);", 0),
        ("ui.add_space(0.0);", 0),
        ("let edge = Stroke::new(1.5, color);", 1),
        ("let edge = Stroke::new(space::HAIRLINE_PX, color);", 0),
        ("const ROW_PX: f32 = 24.0;", 1),
        ("const ROW_PX: f32 = 2.0 * space::ROW_PX;", 0),
        ("const MAX_ROWS: usize = 24;", 0),
        ("text.size(14.0)", 1),
        ("rect.expand2(vec2(0.0, 3.0))", 1),
        ("rect.expand2(vec2(1.0, space::SMALL_PX))", 0),
        ("    row_px: 23.0,", 1),
        ("    below_px: 0.0,", 0),
    ] {
        assert_eq!(faults(line).len(), count, "{line}");
    }
    assert!(faults(program("let a = 1; // Color32::RED").trim()).is_empty());
    assert!(faults(program("let a = \"Color32::RED\";").trim()).is_empty());
    let with_tests_elsewhere = "#[cfg(test)]\nmod tests;\nlet red = Color32::RED;";
    assert!(program(with_tests_elsewhere).contains("RED"));
}
