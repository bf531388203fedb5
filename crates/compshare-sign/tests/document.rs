//! Checks the examples, number formats and test vectors of `docs/signing.md` against this crate.

use std::fs;
use std::path::Path;

use compshare_sign::{Credentials, Params};
use serde_json::{Map, Value};

/// Returns the document, or `None` in the published crate, which does not contain it.
fn document() -> Option<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    root.join("Cargo.toml")
        .is_file()
        .then(|| fs::read_to_string(root.join("docs/signing.md")).unwrap())
}

/// Returns the content of the only code block with this info string.
fn block<'a>(document: &'a str, info: &str) -> &'a str {
    let start = format!("\n```{info}\n");
    let (_, block) = document
        .split_once(&start)
        .unwrap_or_else(|| panic!("no block {info}"));
    assert!(!block.contains(&start), "two blocks {info}");

    block.split_once("\n```").unwrap().0
}

fn object(document: &str, info: &str) -> Map<String, Value> {
    serde_json::from_str(block(document, info)).unwrap()
}

/// Returns the cells of the rows below this table header.
fn table<'a>(document: &'a str, header: &str) -> Vec<Vec<&'a str>> {
    let (_, table) = document
        .split_once(&format!("\n{header}\n"))
        .unwrap_or_else(|| panic!("no table {header}"));
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
fn signing_matches_the_documented_example() {
    let Some(document) = document() else { return };
    let mut documented = object(&document, "json parameters");
    let public_key = documented.remove("PublicKey").unwrap();
    let mut params = Params::new();
    for (key, value) in &documented {
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
    assert_eq!(
        signed.string_to_sign(),
        block(&document, "text string-to-sign")
    );
    assert_eq!(
        signed.signature().to_string(),
        block(&document, "text signature")
    );
    assert_eq!(signed.to_form(), block(&document, "text body"));
}

#[cfg(feature = "json")]
#[test]
fn numbers_match_the_documented_table() {
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
        assert_eq!(
            signed.string_to_sign(),
            format!("N{text}PublicKeymy_public_key")
        );
    }
}

#[test]
fn documented_vectors_match_the_files() {
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
fn json_signing_matches_the_documented_example() {
    let Some(document) = document() else { return };
    let credentials = Credentials::new("my_public_key", "my_private_key").unwrap();
    let signed =
        compshare_sign::json::sign(&credentials, &object(&document, "json native")).unwrap();
    assert_eq!(
        signed.string_to_sign(),
        block(&document, "text native-string-to-sign")
    );
}
