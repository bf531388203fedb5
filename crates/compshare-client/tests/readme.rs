//! Checks the documents: programs compile, links resolve, and tables match the code.
//!
//! In the published crate, which comes without the repository's documents, there is nothing to
//! check.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use compshare_client::engine::{Engine, Operation, Step};
use compshare_client::model::{Effect, RetCode, RetCodeClass, Untyped};
use compshare_client::transport::{HttpResponse, Now, TransportError, TransportErrorKind};
use compshare_client::{BodyFault, CallOptions, Config, ErrorKind};

/// Where crates' READMEs link to, since they are shown elsewhere too.
const REPOSITORY: &str = "https://github.com/compshare-rs/compshare-rs/blob/main/";

/// The repository, if this is not the published crate.
fn root() -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    root.join("crates/compshare-sign/README.md")
        .is_file()
        .then_some(root)
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The documents at the root, in `docs`, in `docs/zh` and of each crate.
fn documents(root: &Path) -> Vec<PathBuf> {
    let in_folder = |folder: &str| {
        let entries =
            fs::read_dir(root.join(folder)).unwrap_or_else(|error| panic!("{folder}: {error}"));
        entries
            .map(|entry| entry.unwrap().path())
            .collect::<Vec<_>>()
    };
    let crates = in_folder("crates")
        .into_iter()
        .map(|folder| folder.join("README.md"))
        .filter(|path| path.is_file());
    let mut documents: Vec<_> = in_folder(".")
        .into_iter()
        .chain(in_folder("docs"))
        .chain(in_folder("docs/zh"))
        .chain(crates)
        .collect();
    documents.push(root.join("fuzz/README.md"));
    documents.push(root.join("benches/RESULTS.md"));
    documents.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
    documents.sort();
    assert!(documents.len() > 12, "{documents:?}");
    documents
}

/// All fenced code blocks, each with its first line and without its last.
fn blocks(document: &str) -> Vec<String> {
    let mut blocks = Vec::new();
    let mut open: Option<String> = None;
    for line in document.lines() {
        match &mut open {
            None if line.starts_with("```") => open = Some(format!("{line}\n")),
            None => {}
            Some(_) if line.trim_end() == "```" => blocks.extend(open.take()),
            Some(block) => {
                block.push_str(line);
                block.push('\n');
            }
        }
    }
    assert_eq!(open, None, "a code block has no end");
    blocks
}

fn is_rust(block: &str) -> bool {
    block.starts_with("```rust")
}

/// The lines of a document without its code blocks.
fn prose(document: &str) -> Vec<&str> {
    let mut is_code = false;
    let mut lines = Vec::new();
    for line in document.lines() {
        if line.starts_with("```") {
            is_code = !is_code;
        } else if !is_code {
            lines.push(line);
        }
    }
    lines
}

#[test]
fn compiles_every_program_of_the_documents() {
    let Some(root) = root() else { return };
    // These are compiled as tests of their crates.
    let mut compiled = BTreeSet::new();
    for name in [
        "compshare-client",
        "compshare-sign",
        "compshare-model",
        "compshare-mock",
    ] {
        compiled.extend(
            blocks(&read(&root.join("crates").join(name).join("README.md")))
                .into_iter()
                .filter(|block| is_rust(block)),
        );
    }
    // And these are run by their own tests.
    let programs = programs(&root);
    compiled.extend(programs.iter().cloned());
    for block in &compiled {
        assert!(
            ["```rust", "```rust,no_run"].contains(&block.lines().next().unwrap()),
            "not compiled: {block}"
        );
    }
    let mut shown = BTreeSet::new();
    for path in documents(&root) {
        for block in blocks(&read(&path)).iter().filter(|block| is_rust(block)) {
            assert!(
                compiled.contains(block),
                "{}: neither a crate's README nor examples has this program:\n{block}",
                path.display()
            );
            shown.insert(block.clone());
        }
    }
    let missing = programs.difference(&shown);
    assert_eq!(missing.collect::<Vec<_>>(), [""; 0], "in no document");
}

/// The programs and tests in `examples`, as blocks of the documents.
fn programs(root: &Path) -> BTreeSet<String> {
    let mut programs = BTreeSet::new();
    for (folder, start) in [
        ("cookbook/src/bin", "```rust,no_run"),
        ("cookbook/tests/programs", "```rust"),
        ("transports/examples", "```rust,no_run"),
    ] {
        let folder = root.join("examples").join(folder);
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            // These run the others.
            if !path.ends_with("main.rs") && !path.ends_with("cookbook.rs") {
                programs.insert(format!("{start}\n{}", read(&path)));
            }
        }
    }
    programs
}

#[test]
fn both_languages_have_the_same_programs_and_commands() {
    let Some(root) = root() else { return };
    let [english, chinese] =
        ["README.md", "README.zh-CN.md"].map(|name| blocks(&read(&root.join(name))));
    assert_eq!(english.iter().filter(|block| is_rust(block)).count(), 4);

    // The program speaks Chinese in the Chinese document; the command line's tests compare that.
    let without_output = |block: &String| -> String {
        let is_console = block.starts_with("```console");
        let lines = block
            .lines()
            .filter(|line| !is_console || line.starts_with("$ "));
        lines.collect::<Vec<_>>().join("\n")
    };
    let [english, chinese] =
        [english, chinese].map(|blocks| blocks.iter().map(without_output).collect::<Vec<_>>());
    assert_eq!(english, chinese);
}

#[test]
fn links_within_the_repository_resolve() {
    let Some(root) = root() else { return };
    for path in documents(&root) {
        let document = read(&path);
        for link in prose(&document)
            .iter()
            .flat_map(|line| line.split("](").skip(1))
        {
            let link = link.split(')').next().unwrap_or_default();
            let (link, heading) = link.split_once('#').unwrap_or((link, ""));
            let target = match link.strip_prefix(REPOSITORY) {
                Some(inside) => root.join(inside),
                None if link.contains("://") => continue,
                None if link.is_empty() => path.clone(),
                None => path.parent().unwrap().join(link),
            };
            assert!(target.exists(), "{}: {link}", path.display());
            if !heading.is_empty() {
                assert!(
                    anchors(&read(&target)).contains(heading),
                    "{}: {link}#{heading}",
                    path.display()
                );
            }
        }
    }
}

/// The headings as links name them: lower case, hyphens for spaces, nothing but letters, digits,
/// hyphens and `_`.
fn anchors(document: &str) -> BTreeSet<String> {
    let headings = prose(document)
        .into_iter()
        .filter(|line| line.starts_with('#'));
    let anchor = |line: &str| {
        let text = line
            .trim_start_matches('#')
            .trim()
            .to_lowercase()
            .replace(' ', "-");
        text.chars()
            .filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
            .collect()
    };
    headings.map(anchor).collect()
}

/// The rows of the table with this head, by cells.
fn table<'a>(document: &'a str, head: &str) -> Vec<Vec<&'a str>> {
    let (_, table) = document
        .split_once(&format!("\n{head}\n"))
        .unwrap_or_else(|| panic!("no table {head}"));
    let rows = table
        .lines()
        .skip(1)
        .take_while(|line| line.starts_with('|'));
    rows.map(|row| row.trim_matches('|').split('|').map(str::trim).collect())
        .collect()
}

/// Returns the texts between backticks.
fn words(cell: &str) -> Vec<&str> {
    cell.split('`').skip(1).step_by(2).collect()
}

/// The attempt that a word of the table of retries means.
fn attempt(kind: &str, word: &str) -> Result<HttpResponse, TransportError> {
    use TransportErrorKind as Kind;
    let answer = |status: u16, body: String| {
        let mut response = HttpResponse::new(body.into());
        *response.status_mut() = status.try_into().unwrap();
        Ok(response)
    };
    match kind {
        "transport" => {
            let kinds = [
                Kind::Connect,
                Kind::ConnectTimeout,
                Kind::Tls,
                Kind::Timeout,
                Kind::Interrupted,
                Kind::TooLarge,
                Kind::Protocol,
                Kind::Unsupported,
            ];
            let kind = kinds.into_iter().find(|kind| format!("{kind:?}") == word);
            Err(kind
                .unwrap_or_else(|| panic!("no such failure: {word}"))
                .into())
        }
        "status" => answer(word.parse().unwrap(), String::new()),
        "RetCode" => answer(200, format!(r#"{{"RetCode":{word}}}"#)),
        "body" => answer(200, word.to_owned()),
        _ => panic!("what is {kind}?"),
    }
}

#[test]
fn documented_retry_table_matches_the_engine() {
    let Some(root) = root() else { return };
    let document = read(&root.join("docs/retries.md"));
    let now = Now::new(Now::real().instant, SystemTime::UNIX_EPOCH);
    let mut again: BTreeSet<i64> = BTreeSet::new();
    let rows = table(
        &document,
        "| how an attempt ended | `Read` | `IdempotentWrite` | `Write` |",
    );
    assert!(rows.len() > 8);
    for row in &rows {
        let [outcome, cells @ ..] = &row[..] else {
            panic!("{row:?}")
        };
        let (kind, _) = outcome.split_once(':').unwrap();
        // One for each row, so that no row uses up the budget of the next.
        let engine = Engine::new(Config::builder().keys("pub", "key").build().unwrap());
        for (effect, cell) in [Effect::Read, Effect::IdempotentWrite, Effect::Write]
            .into_iter()
            .zip(cells)
        {
            for word in words(outcome) {
                let mut exchange = engine
                    .exchange(
                        &Untyped::new("DoSomething", effect),
                        &CallOptions::default(),
                    )
                    .unwrap();
                assert!(matches!(exchange.step(now), Step::Send(..)));
                exchange.complete(now, attempt(kind, word));
                let done = match exchange.step(now) {
                    Step::Wait(_) => "again",
                    Step::Done(Err(_)) => "stop",
                    other => panic!("{other:?}"),
                };
                assert_eq!(&done, cell, "{word} after a {effect:?}");
                if kind == "RetCode" && done == "again" {
                    again.insert(word.parse().unwrap());
                }
            }
        }
    }
    let known: BTreeSet<i64> = (1..300_000)
        .filter(|code| {
            matches!(
                RetCode(*code).class(),
                RetCodeClass::Throttled | RetCodeClass::Transient
            )
        })
        .collect();
    assert_eq!(
        again, known,
        "the table has every RetCode that is worth another attempt"
    );
}

#[test]
fn documented_ret_codes_match_the_model() {
    let Some(root) = root() else { return };
    let document = read(&root.join("docs/errors.md"));
    let rows = table(&document, "| RetCode | meaning | class | what to do |");
    assert!(rows.len() > 25);
    for row in rows {
        let [code, meaning, class, _] = row[..] else {
            panic!("{row:?}")
        };
        let code = RetCode(code.trim_matches('`').parse().unwrap());
        assert_eq!(code.meaning(), Some(meaning), "{code}");
        assert_eq!(format!("{:?}", code.class()), class, "{code}");
    }
}

#[test]
fn faq_has_the_meanings_and_the_messages_of_the_library() {
    let Some(root) = root() else { return };
    let document = read(&root.join("docs/faq.md"));
    let codes = table(&document, "| RetCode | meaning | cure |");
    assert!(codes.len() > 30);
    for row in codes {
        let code = RetCode(words(row[0])[0].parse().unwrap());
        assert_eq!(code.meaning(), Some(row[1]), "{code}");
    }

    let kinds = table(&document, "| error line | kind | cause and cure |");
    assert!(kinds.len() > 8);
    for row in kinds {
        let kind = match words(row[1])[0] {
            "Connect" => ErrorKind::Connect,
            "Tls" => ErrorKind::Tls,
            "Timeout" => ErrorKind::Timeout,
            "Interrupted" => ErrorKind::Interrupted,
            "TooLarge" => ErrorKind::TooLarge,
            "Protocol" => ErrorKind::Protocol,
            "Redirect" => ErrorKind::Redirect,
            "Status" => ErrorKind::Status,
            "Html" => ErrorKind::Body(BodyFault::Html),
            "NoRetCode" => ErrorKind::Body(BodyFault::NoRetCode),
            "Truncated" => ErrorKind::Body(BodyFault::Truncated),
            "Shape" => ErrorKind::Body(BodyFault::Shape),
            "Paging" => ErrorKind::Paging,
            other => panic!("no such kind: {other}"),
        };
        assert_eq!(row[0], kind.to_string(), "{kind:?}");
    }
}
