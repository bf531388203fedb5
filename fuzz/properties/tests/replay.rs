//! Runs every fuzz target over its checked-in corpus, and keeps targets, bins and corpora together.

use std::collections::BTreeSet;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use compshare_fuzz_properties::TARGETS;

/// `fuzz/`.
fn fuzz() -> PathBuf {
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
fn every_file_of_the_corpus_passes() {
    let mut failed = Vec::new();
    for (name, target) in TARGETS {
        let files = entries(&fuzz().join("corpus").join(name));
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
fn every_target_has_a_function_a_bin_and_a_corpus() {
    assert_eq!(targets().len(), TARGETS.len(), "a name is there twice");
    assert_eq!(stems(&fuzz().join("fuzz_targets")), targets());
    assert_eq!(stems(&fuzz().join("corpus")), targets());
}

#[test]
fn every_bin_is_declared_and_calls_the_function_of_its_name() {
    let manifest = fs::read_to_string(fuzz().join("Cargo.toml")).unwrap();
    for name in targets() {
        assert!(
            manifest.contains(&format!(
                "name = \"{name}\"\npath = \"fuzz_targets/{name}.rs\"\n"
            )),
            "{name}"
        );
        let bin = fs::read_to_string(fuzz().join(format!("fuzz_targets/{name}.rs"))).unwrap();
        assert!(
            bin.contains(&format!("compshare_fuzz_properties::{name}(data)")),
            "{name}"
        );
    }
}
