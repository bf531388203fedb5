//! Replays the corpora of all fuzz targets, and checks that each target has a binary and a corpus.

use std::collections::BTreeSet;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use compshare_fuzz_properties::TARGETS;

/// Returns the path of `fuzz/`.
fn fuzz_directory() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn entries(directory: &Path) -> Vec<PathBuf> {
    let entries =
        fs::read_dir(directory).unwrap_or_else(|error| panic!("{}: {error}", directory.display()));
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

fn stems(directory: &Path) -> BTreeSet<String> {
    entries(directory)
        .iter()
        .map(|path| path.file_stem().unwrap().to_str().unwrap().to_string())
        .collect()
}

fn targets() -> BTreeSet<String> {
    TARGETS
        .iter()
        .map(|(name, _)| (*name).to_string())
        .collect()
}

#[test]
fn targets_accept_their_corpora() {
    let mut failed = Vec::new();
    for (name, target) in TARGETS {
        let files = entries(&fuzz_directory().join("corpus").join(name));
        assert!(!files.is_empty(), "the corpus of {name} is empty");

        for file in files {
            let data = fs::read(&file).unwrap();
            if catch_unwind(AssertUnwindSafe(|| target(&data))).is_err() {
                failed.push(file);
            }
        }
    }
    assert!(failed.is_empty(), "{failed:#?}");
}

#[test]
fn targets_have_a_binary_and_a_corpus() {
    assert_eq!(targets().len(), TARGETS.len(), "duplicate name");
    assert_eq!(stems(&fuzz_directory().join("fuzz_targets")), targets());
    assert_eq!(stems(&fuzz_directory().join("corpus")), targets());
}

#[test]
fn binaries_are_declared_and_call_their_target() {
    let manifest = fs::read_to_string(fuzz_directory().join("Cargo.toml")).unwrap();
    for name in targets() {
        assert!(
            manifest.contains(&format!(
                "name = \"{name}\"\npath = \"fuzz_targets/{name}.rs\"\n"
            )),
            "{name}"
        );
        let bin =
            fs::read_to_string(fuzz_directory().join(format!("fuzz_targets/{name}.rs"))).unwrap();
        assert!(
            bin.contains(&format!("compshare_fuzz_properties::{name}(data)")),
            "{name}"
        );
    }
}
