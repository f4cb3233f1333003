//! Where figures are written down.

use serde::Serialize;
use std::path::{Path, PathBuf};

/// Writes `target/figures/NAME.json`: beside the sources, where it is looked for, and in cargo's target folder when that is
/// another.
pub fn write(name: &str, figures: &impl Serialize) {
    let text = serde_json::to_string_pretty(figures).expect("numbers are JSON") + "\n";
    let mut targets = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("target")];
    targets.extend(std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from));
    for target in targets {
        let folder = target.join("figures");
        std::fs::create_dir_all(&folder).expect("the target folder can be written");
        let path = folder.join(name).with_extension("json");
        std::fs::write(path, &text).expect("the figures can be written");
    }
}
