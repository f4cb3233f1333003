//! What the tests of exports share: the real binary, and briefings in temporary folders.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

pub fn project() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The program, not yet started, in `folder`.
pub fn program(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sourceline"));
    command
        .current_dir(folder)
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .env_remove("SOURCELINE_LOG")
        .env_remove("SOURCE_DATE_EPOCH");
    command
}

/// Runs `sourceline export` with these arguments.
pub fn export(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = program(folder);
    command.arg("export").args(arguments);
    command.output().expect("the program starts")
}

/// Runs it, and expects it to go well.
pub fn exported(folder: &Path, arguments: &[&str]) -> Vec<u8> {
    let output = export(folder, arguments);
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {told}");
    output.stdout
}

/// As [`exported`], for forms that are text.
pub fn exported_text(folder: &Path, arguments: &[&str]) -> String {
    String::from_utf8(exported(folder, arguments)).expect("UTF-8")
}

/// A folder with these files.
pub fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, content) in files {
        fs::write(folder.path().join(name), content).expect("a file");
    }
    folder
}

/// What looks like markup of every form that there is.
pub const HOSTILE: [&str; 7] = [
    "#panic(\"typst\") $x^2$ *b* _i_ @ref <label> // c",
    "<script>alert(1)</script><img src=http://evil.example/x onerror=alert(1)>",
    "=HYPERLINK(\"http://evil.example\";\"x\")",
    "[click](javascript:alert(1)) **bold** | cell | ![i](http://evil.example/i.png)",
    "BEGIN:VEVENT\\nSUMMARY:x;y,z",
    "</style></svg>&lt;b&gt; & \"quotes\" 'single'",
    "\\u{41} #read(\"/etc/passwd\") #import \"@preview/x:1.0.0\": *",
];

/// A briefing that says each of [`HOSTILE`] in every place that takes text.
pub fn hostile_briefing() -> String {
    let quoted = |text: &str| serde_json::to_string(text).expect("JSON is YAML");
    let mut front = format!(
        "---\ntitle: {}\nsubtitle: {}\nsummary: {}\nauthor: {}\norganization: {}\nmarking: {}\nas-of: 2025-01-01\nevents:\n",
        quoted(HOSTILE[0]),
        quoted(HOSTILE[1]),
        quoted(&format!("`{}`", HOSTILE[0])),
        quoted(HOSTILE[5]),
        quoted(HOSTILE[1]),
        quoted(HOSTILE[5]),
    );
    for (at, text) in HOSTILE.iter().enumerate() {
        let text = quoted(text);
        front.push_str(&format!(
            "  - id: e{at}\n    date: 2025-01-0{}\n    title: {text}\n    lane: {text}\n    place: {text}\n    actors: [{text}]\n    tags: [{text}]\n    status: {text}\n    sources: [s]\n",
            at + 1
        ));
    }
    front.push_str(&format!(
        "sources:\n  s:\n    title: {}\n    author: {}\n    publisher: {}\n    url: \"javascript:alert(1)\"\n---\n\n",
        quoted(HOSTILE[1]),
        quoted(HOSTILE[0]),
        quoted(HOSTILE[2]),
    ));
    front
        + "They said `#panic(1)` and \\<script\\> of it.[^a]\n\n[^a]: Report. =1+1\n    - says [@s, #panic(2)]: \"<b onclick=x> #panic(3) =2+2\"\n"
}
