//! The transcripts in the documents match the program.
//!
//! Each `console` block in [`DOCUMENTS`] runs in a shell: a line that begins with `$ ` is a
//! command, followed by its output on stdout and stderr. Each block has its own mock gateway, home
//! and environment with the keys of that gateway. A block that begins with `compshare config` has
//! them in `keys.txt` instead. In Chinese documents, the program speaks Chinese.
//!
//! `…` is a wildcard for variable or long output: one or more characters within a line, or one or
//! more lines if it is the whole line. Everything else is compared exactly.
//!
//! The published crate lacks the repository's documents, so only its README is checked there.

#![cfg(unix)]

mod common;

use std::collections::BTreeSet;
use std::fs::{self, OpenOptions};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;

use common::Cli;
use compshare_mock::MockGateway;
use tempfile::TempDir;

/// The documents with transcripts, relative to the repository.
const DOCUMENTS: [&str; 9] = [
    "docs/cli.md",
    "docs/cookbook.md",
    "docs/faq.md",
    "docs/zh/cli.md",
    "docs/zh/cookbook.md",
    "docs/zh/faq.md",
    "README.md",
    "README.zh-CN.md",
    "crates/compshare-cli/README.md",
];
/// The document with every command.
const MANUAL: &str = "docs/cli.md";

/// The keys in the documents.
const PUBLIC_KEY: &str = "my_public_key";
const PRIVATE_KEY: &str = "my_private_key";

/// The wildcard.
const ANYTHING: &str = "…";

/// Returns the documents that exist.
fn documents() -> Vec<(&'static str, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let read = |path: PathBuf| {
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    };
    if root.join("crates/compshare-cli/Cargo.toml").is_file() {
        return DOCUMENTS
            .into_iter()
            .map(|name| (name, read(root.join(name))))
            .collect();
    }
    vec![(
        "README.md",
        read(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")),
    )]
}

/// A command and its expected output.
struct Step {
    line: usize,
    command: String,
    output: Vec<String>,
}

/// Returns the `console` blocks, split into commands.
fn transcripts(document: &str) -> Vec<Vec<Step>> {
    let mut blocks = Vec::new();
    let mut lines = document.lines().enumerate();
    while let Some((_, line)) = lines.next() {
        if line != "```console" {
            continue;
        }
        let mut steps: Vec<Step> = Vec::new();
        for (at, line) in lines.by_ref().take_while(|(_, line)| *line != "```") {
            match (line.strip_prefix("$ "), steps.last_mut()) {
                (Some(command), _) => {
                    steps.push(Step {
                        line: at + 1,
                        command: command.to_owned(),
                        output: Vec::new(),
                    });
                }
                (None, Some(step)) => step.output.push(line.to_owned()),
                (None, None) => panic!("line {}: output before a command", at + 1),
            }
        }
        blocks.push(steps);
    }
    blocks
}

/// A mock gateway with a home and an environment for commands.
struct Session {
    gateway: MockGateway,
    home: TempDir,
    has_keys: bool,
    is_chinese: bool,
}

impl Session {
    fn new(first: &str, is_chinese: bool) -> Self {
        let gateway = MockGateway::builder()
            .keys(PUBLIC_KEY, PRIVATE_KEY)
            .start()
            .unwrap();
        let home = TempDir::new().unwrap();
        let has_keys = !first.starts_with("compshare config ");
        if !has_keys {
            fs::write(
                home.path().join("keys.txt"),
                format!("{PUBLIC_KEY}\n{PRIVATE_KEY}\n"),
            )
            .unwrap();
        }
        Self {
            gateway,
            home,
            has_keys,
            is_chinese,
        }
    }

    /// Returns the output of a command on stdout and stderr.
    fn run(&self, command: &str) -> String {
        let programs = Path::new(env!("CARGO_BIN_EXE_compshare")).parent().unwrap();
        let seen = self.home.path().join(".seen");
        let file = OpenOptions::new()
            .create(true)
            .append(true)
            .open(&seen)
            .unwrap();
        let mut shell = Command::new("/bin/sh");
        shell
            .args(["-c", command])
            .current_dir(self.home.path())
            .env_clear()
            .env(
                "PATH",
                format!("{}:/usr/local/bin:/usr/bin:/bin", programs.display()),
            )
            .env("HOME", self.home.path())
            .env("COMPSHARE_BASE_URL", self.gateway.base_url())
            .stdin(Stdio::null())
            .stdout(file.try_clone().unwrap())
            .stderr(file);
        if self.is_chinese {
            shell.env("COMPSHARE_LANG", "zh");
        }
        if self.has_keys {
            shell
                .env("COMPSHARE_PUBLIC_KEY", PUBLIC_KEY)
                .env("COMPSHARE_PRIVATE_KEY", PRIVATE_KEY);
        }
        shell.status().unwrap();
        let text = fs::read_to_string(&seen).unwrap();
        fs::remove_file(&seen).unwrap();
        assert!(
            !text.contains(PRIVATE_KEY),
            "{command} shows the private key"
        );
        text
    }
}

/// Returns `true` if the lines match the expected ones, with wildcards.
fn is_like(expected: &[&str], actual: &[&str]) -> bool {
    match expected.split_first() {
        None => actual.is_empty(),
        Some((&ANYTHING, rest)) => (1..=actual.len()).any(|count| is_like(rest, &actual[count..])),
        Some((line, rest)) => actual
            .split_first()
            .is_some_and(|(found, others)| is_like_line(line, found) && is_like(rest, others)),
    }
}

fn is_like_line(expected: &str, actual: &str) -> bool {
    match expected.split_once(ANYTHING) {
        None => expected == actual,
        Some((before, after)) => actual.strip_prefix(before).is_some_and(|rest| {
            let ends = rest
                .char_indices()
                .map(|(at, character)| at + character.len_utf8());
            ends.into_iter()
                .any(|end| is_like_line(after, &rest[end..]))
        }),
    }
}

/// Returns the difference between a step and the program, if any.
fn difference(session: &Session, step: &Step) -> Option<String> {
    let text = session.run(&step.command);
    let expected: Vec<&str> = step.output.iter().map(String::as_str).collect();
    let actual: Vec<&str> = text.lines().collect();
    (!is_like(&expected, &actual)).then(|| format!("$ {}\n{text}", step.command))
}

/// Returns the differences between a document and the program.
fn differences(name: &str, document: &str) -> Vec<String> {
    let transcripts = transcripts(document);
    let least = if name == MANUAL { 12 } else { 1 };
    assert!(
        transcripts.len() >= least,
        "{name} has {} transcripts",
        transcripts.len()
    );

    let is_chinese = name.starts_with("docs/zh/") || name == "README.zh-CN.md";
    let mut wrong = Vec::new();
    for steps in transcripts {
        let first = steps
            .first()
            .unwrap_or_else(|| panic!("{name}: a transcript without a command"));
        assert!(
            steps.iter().any(|step| step.command.contains("compshare ")),
            "{name}:{}: {}",
            first.line,
            first.command
        );
        let session = Session::new(&first.command, is_chinese);
        for step in &steps {
            if let Some(actual) = difference(&session, step) {
                wrong.push(format!("--- {name}:{} should be\n{actual}", step.line));
            }
        }
    }
    wrong
}

#[test]
fn documented_transcripts_match() {
    let documents = documents();
    // At the same time, since some commands wait for an instance.
    let wrong: Vec<String> = thread::scope(|scope| {
        let threads: Vec<_> = documents
            .iter()
            .map(|(name, document)| scope.spawn(|| differences(name, document)))
            .collect();
        threads
            .into_iter()
            .flat_map(|thread| thread.join().unwrap())
            .collect()
    });
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn detects_a_wrong_transcript() {
    let step = |output: &[&str]| Step {
        line: 1,
        command: "compshare image favorites --limit 2 --output ids".to_owned(),
        output: output.iter().copied().map(str::to_owned).collect(),
    };
    let session = Session::new("compshare image favorites", false);
    let ids = session.run(&step(&[]).command);
    let ids: Vec<&str> = ids.lines().collect();
    let [first, second] = ids[..] else {
        panic!("{ids:?}")
    };
    for right in [
        &[first, second][..],
        &[first, ANYTHING],
        &["compshareImage-…", second],
        &[ANYTHING],
    ] {
        assert_eq!(difference(&session, &step(right)), None, "{right:?}");
    }
    for wrong in [
        &[][..],
        &[first],
        &[second, first],
        &[first, second, ""],
        &[first, second, ANYTHING],
        &["…x", second],
    ] {
        let told = difference(&session, &step(wrong)).unwrap_or_else(|| panic!("{wrong:?} passes"));
        assert!(told.contains(first) && told.contains(second), "{told}");
    }
}

#[test]
fn placeholders_match_text() {
    for (expected, actual, is_right) in [
        ("id …]", "id 7]", true),
        ("id …]", "id ]", false),
        ("id …]; …", "id 7]; see; x", true),
        ("…b", "ab", true),
        ("…b", "abc", false),
        ("a…", "a", false),
        ("…", "镜", true),
        ("a", "ab", false),
    ] {
        assert_eq!(
            is_like_line(expected, actual),
            is_right,
            "{expected} {actual}"
        );
    }
    assert!(is_like(&["a", ANYTHING, "d"], &["a", "b", "c", "d"]));
    assert!(!is_like(&["a", ANYTHING, "d"], &["a", "d"]));
}

/// Returns the subcommands of `path`, from its help.
fn commands(cli: &Cli, path: &[&str]) -> Vec<String> {
    let help = cli.run_bare(&[path, &["--help"]].concat());
    let Some((_, list)) = help.ok().split_once("\nCommands:\n") else {
        return Vec::new();
    };
    let lines = list.lines().take_while(|line| !line.is_empty());
    // Deeper lines continue a description.
    lines
        .filter_map(|line| line.strip_prefix("  "))
        .filter(|line| !line.starts_with(' '))
        .filter_map(|line| line.split_whitespace().next())
        .map(str::to_owned)
        .collect()
}

/// Returns the long options in a section of a command's help.
fn options(cli: &Cli, path: &[&str], heading: &str) -> BTreeSet<String> {
    let help = cli.run_bare(&[path, &["--help"]].concat());
    let (_, list) = help
        .ok()
        .split_once(&format!("\n{heading}:\n"))
        .unwrap_or_else(|| panic!("{path:?}: {help:?}"));
    let lines = list
        .lines()
        .take_while(|line| !line.is_empty())
        .map(str::trim_start);
    let names = lines
        .filter(|line| line.starts_with('-'))
        .filter_map(|line| {
            let word = line
                .split_whitespace()
                .find(|word| word.starts_with("--"))?;
            Some(word.trim_end_matches('.').to_owned())
        });
    names.filter(|name| name != "--help").collect()
}

/// Returns the options between backticks.
fn options_in(text: &str) -> BTreeSet<String> {
    let words = text
        .split('`')
        .skip(1)
        .step_by(2)
        .flat_map(str::split_whitespace);
    words
        .filter(|word| word.starts_with("--"))
        .map(|word| word.trim_end_matches([',', ']']).to_owned())
        .collect()
}

#[test]
fn man_pages_cover_every_command_and_option() {
    let documents = documents();
    let Some((_, manual)) = documents.iter().find(|(name, _)| *name == MANUAL) else {
        return;
    };
    let rows = |head: &str| -> Vec<Vec<&str>> {
        let (_, table) = manual
            .split_once(&format!("\n{head}\n"))
            .unwrap_or_else(|| panic!("no table {head}"));
        let rows = table
            .lines()
            .skip(1)
            .take_while(|line| line.starts_with('|'));
        rows.map(|row| row.trim_matches('|').split(" | ").map(str::trim).collect())
            .collect()
    };
    let cli = Cli::new();
    let mut documented = rows("| command | description | options |");
    let mut check = |path: &[&str]| {
        let at = documented.iter().position(|row| {
            let words = row[0]
                .trim_start_matches('`')
                .split(['`', ' '])
                .take(path.len());
            words.eq(path.iter().copied())
        });
        let row = documented.remove(at.unwrap_or_else(|| panic!("no row for {path:?}")));
        // Required arguments are documented with the command itself.
        let told: BTreeSet<String> = row.iter().copied().flat_map(options_in).collect();
        assert_eq!(told, options(&cli, path, "Options"), "{path:?}");
    };
    let mut paths: Vec<Vec<String>> = vec![Vec::new()];
    while let Some(path) = paths.pop() {
        let words: Vec<&str> = path.iter().map(String::as_str).collect();
        let below = commands(&cli, &words);
        if below.is_empty() {
            check(&words);
        }
        paths.extend(below.into_iter().map(|sub| [&path[..], &[sub]].concat()));
    }
    assert!(documented.is_empty(), "no such commands: {documented:?}");

    let told: BTreeSet<String> = rows("| global option | description |")
        .concat()
        .into_iter()
        .flat_map(options_in)
        .collect();
    assert_eq!(told, options(&cli, &[], "Options of every command"));
}

#[test]
fn commands_in_documents_exist() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs");
    let cli = Cli::new();
    for name in ["choosing.md", "coming-from.md", "cookbook.md", "faq.md"] {
        // The published crate lacks the repository's documents.
        let Ok(document) = fs::read_to_string(docs.join(name)) else {
            return;
        };
        let commands = document
            .split('`')
            .filter_map(|text| text.strip_prefix("compshare "));
        let commands: BTreeSet<&str> = commands.collect();
        for command in commands {
            let words: Vec<&str> = command
                .split(' ')
                .take_while(|word| word.starts_with(|c: char| c.is_ascii_lowercase()))
                .take(2)
                .chain(["--help"])
                .collect();
            let help = cli.run_bare(&words);
            for option in options_in(&format!("`{command}`")) {
                assert!(
                    help.ok().contains(&option),
                    "{name}: {command} has no {option}"
                );
            }
            assert!(help.ok().contains("compshare"), "{name}: {command}");
        }
    }
}
