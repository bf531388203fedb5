//! `docs/signing.md` says what this crate does: its examples, its numbers and its table of vectors.

use std::fs;
use std::path::Path;

use compshare_sign::{Credentials, Params};
use serde_json::{Map, Value};

/// `None` outside the repository: the published crate comes without the document.
fn document() -> Option<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    root.join("Cargo.toml")
        .is_file()
        .then(|| fs::read_to_string(root.join("docs/signing.md")).unwrap())
}

/// The content of the only code block that begins with this line.
fn block<'a>(document: &'a str, language_and_name: &str) -> &'a str {
    let start = format!("\n```{language_and_name}\n");
    let mut parts = document.split(&start);
    let (_, block) = (
        parts.next(),
        parts
            .next()
            .unwrap_or_else(|| panic!("no block {language_and_name}")),
    );
    assert_eq!(parts.next(), None, "two blocks {language_and_name}");
    block.split_once("\n```").unwrap().0
}

fn object(document: &str, language_and_name: &str) -> Map<String, Value> {
    serde_json::from_str(block(document, language_and_name)).unwrap()
}

/// The cells of the rows of the table with this head.
fn table<'a>(document: &'a str, head: &str) -> Vec<Vec<&'a str>> {
    let (_, table) = document
        .split_once(&format!("\n{head}\n"))
        .unwrap_or_else(|| panic!("no table {head}"));
    let rows = table
        .lines()
        .skip(1)
        .take_while(|line| line.starts_with('|'));
    rows.map(|row| {
        row.trim_matches('|')
            .split('|')
            .map(|cell| cell.trim().trim_matches('`'))
            .collect()
    })
    .collect()
}

#[test]
fn the_worked_example_is_what_the_crate_computes() {
    let Some(document) = document() else { return };
    let mut given = object(&document, "json parameters");
    let public_key = given.remove("PublicKey").unwrap();
    let mut params = Params::new();
    for (key, value) in &given {
        match value {
            Value::String(text) => params.insert(key, text),
            other => params.insert(key, &other.to_string()),
        }
        .unwrap();
    }
    let credentials = Credentials::new(
        public_key.as_str().unwrap(),
        block(&document, "text private-key"),
    )
    .unwrap();
    let signed = credentials.sign(params);
    assert_eq!(signed.canonical(), block(&document, "text canonical"));
    assert_eq!(
        signed.signature().to_string(),
        block(&document, "text signature")
    );
    assert_eq!(signed.to_form(), block(&document, "text body"));
}

#[cfg(feature = "json")]
#[test]
fn numbers_have_the_texts_of_the_table() {
    let Some(document) = document() else { return };
    let credentials = Credentials::new("my_public_key", "my_private_key").unwrap();
    let rows = table(&document, "| number | text |");
    assert_eq!(rows.len(), 7);
    for row in rows {
        let [number, text] = row[..] else {
            panic!("{row:?}")
        };
        let number: f64 = number.parse().unwrap();
        let params = Map::from_iter([("N".to_string(), Value::from(number))]);
        let signed = compshare_sign::json::sign(&credentials, &params).unwrap();
        assert_eq!(signed.canonical(), format!("N{text}PublicKeymy_public_key"));
    }
}

#[test]
fn the_table_of_vectors_is_complete() {
    let Some(document) = document() else { return };
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors");
    let mut files: Vec<_> = fs::read_dir(directory)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    let rows = table(&document, "| vector | source | shows | signature |");
    assert_eq!(rows.len(), files.len());
    for (row, file) in rows.iter().zip(files) {
        let vector: Value = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
        let [number, _, shows, signature] = row[..] else {
            panic!("{row:?}")
        };
        assert!(
            file.file_name()
                .unwrap()
                .to_str()
                .unwrap()
                .starts_with(&format!("0{number}-")),
            "{row:?}"
        );
        assert_eq!(vector["shows"], shows);
        assert_eq!(vector["signature"], signature);
    }
}

#[cfg(feature = "json")]
#[test]
fn the_native_example_is_what_the_crate_signs() {
    let Some(document) = document() else { return };
    let credentials = Credentials::new("my_public_key", "my_private_key").unwrap();
    let signed =
        compshare_sign::json::sign(&credentials, &object(&document, "json native")).unwrap();
    assert_eq!(
        signed.canonical(),
        block(&document, "text native-canonical")
    );
}
