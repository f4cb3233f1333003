//! A disk that is full: a small one of its own, filled by the test. What was there stays whole, the error names what could not be
//! written, and the program works again once there is room.
#![cfg(target_os = "linux")]

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

/// Runs as `sh -c SCRIPT PROGRAM`: a disk of 256 kB in a namespace of mounts that nobody else sees, and on it a library and an old
/// export. 77 says that no disk may be mounted here.
const SCRIPT: &str = r#"
mount -t tmpfs -o size=256k none full || exit 77
cp -r in full/in
printf old > full/out.json
export XDG_CACHE_HOME="$PWD/full/cache"
left() { find full -name '.sourceline*'; }

# Room for a part of the export, then for nothing.
for room in 180k 10M; do
    head -c "$room" /dev/zero > full/filler 2> /dev/null
    "$0" export full/in -o full/out.json 2> told
    echo "export $? $(cat full/out.json) $(grep -c 'out.json could not be written' told) left=$(left)"
done
"$0" lock full/in > /dev/null 2> told
echo "lock $? $(ls full/in | grep -c lock) $(grep -c 'lock.json could not be written' told) left=$(left)"
"$0" search full/in halt 2> /dev/null | wc -l

rm full/filler
"$0" export full/in -o full/small.json > /dev/null 2>&1; echo "again $?"
"$0" lock full/in > /dev/null 2>&1; echo "again $? $(ls full/in | grep -c lock)"
"$0" search full/in halt 2> /dev/null | wc -l
"#;

fn library(folder: &Path) {
    fs::create_dir_all(folder.join("full")).expect("a folder");
    let inside = folder.join("in");
    fs::create_dir(&inside).expect("a folder");
    fs::write(inside.join("wh.txt"), "There was a halt. And more.\n").expect("a file");
    for at in 0..4 {
        let events: String = (1..=28)
            .map(|day| format!("  - {{date: 2025-03-{day:02}, title: Event {day} of the month}}\n"))
            .collect();
        let text = format!(
            "---\ntitle: T\nsources:\n  wh: {{title: R, copy: wh.txt}}\nevents:\n{events}---\n\nA halt was announced [@wh, \"There was a halt\"].\n"
        );
        fs::write(inside.join(format!("a{at}.md")), text).expect("a file");
    }
}

#[test]
fn a_full_disk_loses_nothing_and_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    library(folder.path());
    let output = Command::new("unshare")
        .args(["-rm", "sh", "-c", SCRIPT, env!("CARGO_BIN_EXE_sourceline")])
        .current_dir(folder.path())
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .stdin(Stdio::null())
        .output();
    let output = match output {
        Ok(output) if output.status.success() => output,
        other => {
            eprintln!("SKIPPED: no disk of its own can be mounted here: {other:?}");
            return;
        }
    };
    let told = String::from_utf8_lossy(&output.stdout);
    let lines: Vec<&str> = told.lines().map(str::trim_end).collect();
    assert_eq!(
        lines,
        [
            // The old export is there, the error names it, and nothing half written is left.
            "export 2 old 1 left=",
            "export 2 old 1 left=",
            "lock 1 0 4 left=",
            // Searches work without a place for their index.
            "4",
            "again 0",
            "again 0 4",
            "4",
        ],
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}
