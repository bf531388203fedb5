//! The Chinese documents in `docs/zh` have the structure and the facts of the English ones.
//!
//! Compared by section: headings, code blocks, tables, list items, code within lines, numbers and
//! links. The output in `console` blocks may differ: the tests of the command line run it in both
//! languages.
//!
//! In the published crate, which comes without the repository's documents, there is nothing to
//! check.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The documents for contributors, in English only.
const NOT_TRANSLATED: [&str; 5] = [
    "architecture.md",
    "coverage.md",
    "fuzzing.md",
    "tests.md",
    "wire.md",
];

/// The facts of a section, without its language.
#[derive(Debug, Default, PartialEq, Eq)]
struct Section {
    level: usize,
    /// Code blocks; of a `console` block, its commands.
    blocks: Vec<String>,
    /// The cells of each table row, as [`cell`] returns them.
    rows: Vec<Vec<&'static str>>,
    items: usize,
    words: BTreeSet<String>,
    links: BTreeSet<String>,
    numbers: Vec<String>,
}

fn docs() -> Option<PathBuf> {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs");
    docs.join("zh").is_dir().then_some(docs)
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Returns the names of the files in a folder.
fn names(folder: &Path) -> BTreeSet<String> {
    fs::read_dir(folder)
        .unwrap()
        .map(Result::unwrap)
        .filter(|entry| entry.file_type().unwrap().is_file())
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect()
}

/// Splits a document at its headings.
fn sections(document: &str, is_chinese: bool) -> Vec<(String, Section)> {
    let mut sections: Vec<(String, Section, String)> = Vec::new();
    let mut block: Option<String> = None;
    for line in document.lines() {
        if line.starts_with("```") {
            let last = sections.last_mut();
            match block.take() {
                None => block = Some(format!("{line}\n")),
                Some(block) => last.unwrap().1.blocks.push(without_output(&block)),
            }
            continue;
        }
        if let Some(block) = &mut block {
            block.push_str(line);
            block.push('\n');
            continue;
        }

        if line.starts_with('#') {
            let level = line.len() - line.trim_start_matches('#').len();
            let section = Section {
                level,
                ..Section::default()
            };
            sections.push((line.to_owned(), section, String::new()));
            continue;
        }
        let (_, section, prose) = sections.last_mut().expect("a title on the first line");
        if line.starts_with('|') {
            let row = line.replace("\\|", "");
            section.rows.push(row.split('|').map(cell).collect());
        }
        let start = line.trim_start();
        let number = start.trim_start_matches(|c: char| c.is_ascii_digit());
        let is_numbered = number.len() < start.len() && number.starts_with(". ");
        section.items += usize::from(start.starts_with("- ") || is_numbered);
        // A numbered item has its number from the list.
        prose.push_str(if is_numbered { number } else { start });
        prose.push(' ');
    }
    assert_eq!(block, None, "a code block has no end");

    sections
        .into_iter()
        .map(|(title, mut section, prose)| {
            let text = take_words(&prose, &mut section.words);
            let text = take_links(&text, is_chinese, &mut section.links);
            section.numbers = numbers(&text);
            (title, section)
        })
        .collect()
}

/// Returns the meaning of a table cell with one of the common words, and `"text"` for others.
fn cell(text: &str) -> &'static str {
    match text.trim() {
        "" => "",
        "yes" | "是" | "有" => "yes",
        "no" | "none" | "否" | "无" => "no",
        "again" | "重试" => "again",
        "stop" | "停止" => "stop",
        _ => "text",
    }
}

/// Removes the output from a `console` block.
fn without_output(block: &str) -> String {
    if !block.starts_with("```console") {
        return block.to_owned();
    }
    let commands = block.lines().filter(|line| line.starts_with("$ "));
    commands.collect::<Vec<_>>().join("\n")
}

/// Moves the texts between backticks to `words`, and returns the rest.
fn take_words(prose: &str, words: &mut BTreeSet<String>) -> String {
    let mut rest = String::new();
    for (at, part) in prose.split('`').enumerate() {
        if at % 2 == 0 {
            rest.push_str(part);
        } else {
            words.insert(part.to_owned());
            rest.push(' ');
        }
    }
    rest
}

/// Moves the targets of links to `links`, without headings, and returns the rest.
///
/// The paths of both languages are relative to `docs`, and a Chinese document is named like the
/// English one.
fn take_links(prose: &str, is_chinese: bool, links: &mut BTreeSet<String>) -> String {
    let mut rest = String::new();
    let mut parts = prose.split("](");
    rest.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let (target, after) = part.split_once(')').unwrap_or((part, ""));
        rest.push_str(after);
        let (path, _) = target.split_once('#').unwrap_or((target, "#"));
        let path = match path.strip_prefix("../") {
            _ if path.contains("://") => target,
            Some(outside) if is_chinese => {
                let is_translated =
                    docs().is_some_and(|docs| docs.join("zh").join(outside).exists());
                assert!(!is_translated, "{target} is not the Chinese document");
                outside
            }
            _ => path,
        };
        links.insert(path.replace("README.zh-CN.md", "README.md"));
    }

    let mut text = String::new();
    for part in rest.split("<http") {
        match part.split_once('>') {
            Some((target, after)) if !text.is_empty() => {
                links.insert(target.to_owned());
                text.push_str(after);
            }
            _ => text.push_str(part),
        }
        text.push(' ');
    }
    text
}

/// Returns the numbers of a text in order of their digits: word order differs.
fn numbers(text: &str) -> Vec<String> {
    let mut numbers: Vec<String> = text
        .split(|c: char| !(c.is_ascii_digit() || c == '.' || c == ','))
        .map(|number| number.trim_matches(['.', ',']).to_owned())
        .filter(|number| !number.is_empty())
        .collect();
    numbers.sort();
    numbers
}

#[test]
fn documents_for_users_are_in_both_languages() {
    let Some(docs) = docs() else { return };
    let mut english = names(&docs);
    english.retain(|name| !NOT_TRANSLATED.contains(&name.as_str()));
    assert_eq!(english, names(&docs.join("zh")));
}

#[test]
fn documents_have_the_same_facts_in_both_languages() {
    let Some(docs) = docs() else { return };
    let mut differences = Vec::new();
    for name in names(&docs.join("zh")) {
        let english = read(&docs.join(&name));
        let chinese = read(&docs.join("zh").join(&name));
        let to_chinese = format!("\n\n[简体中文](zh/{name})\n\n");
        let to_english = format!("\n\n[English](../{name})\n\n");
        assert!(
            english.contains(&to_chinese),
            "docs/{name}: no {to_chinese}"
        );
        assert!(
            chinese.contains(&to_english),
            "docs/zh/{name}: no {to_english}"
        );

        let english = sections(&english.replacen(&to_chinese, "\n\n", 1), false);
        let chinese = sections(&chinese.replacen(&to_english, "\n\n", 1), true);
        let levels = |sections: &[(String, Section)]| -> Vec<usize> {
            sections.iter().map(|(_, section)| section.level).collect()
        };
        assert_eq!(levels(&english), levels(&chinese), "docs/zh/{name}");

        for ((title, english), (chinese_title, chinese)) in english.iter().zip(&chinese) {
            let mut differ = |what: &str,
                              one: &dyn std::fmt::Debug,
                              other: &dyn std::fmt::Debug| {
                differences.push(format!(
                    "docs/zh/{name}, {title}, {chinese_title}: {what}\n  English: {one:?}\n  Chinese: {other:?}"
                ));
            };
            if english.blocks != chinese.blocks {
                differ("code blocks", &english.blocks, &chinese.blocks);
            }
            if english.rows != chinese.rows {
                differ("table rows", &english.rows, &chinese.rows);
            }
            if english.items != chinese.items {
                differ("list items", &english.items, &chinese.items);
            }
            let only = |one: &BTreeSet<String>, other: &BTreeSet<String>| -> Vec<String> {
                one.difference(other).cloned().collect()
            };
            for (what, one, other) in [
                ("code", &english.words, &chinese.words),
                ("links", &english.links, &chinese.links),
            ] {
                if one != other {
                    differ(what, &only(one, other), &only(other, one));
                }
            }
            if english.numbers != chinese.numbers {
                differ("numbers", &english.numbers, &chinese.numbers);
            }
        }
    }
    assert!(differences.is_empty(), "\n{}", differences.join("\n"));
}

#[test]
fn facts_of_a_section_do_not_depend_on_its_language() {
    let english = "# Title\n\nSend `a` [twice](b.md#c), see <https://d.e/2>.\n\n1. `f`\n   in 3 s\n\n| `g` | 1,024 |\n";
    let chinese = "# 标题\n\n[两次](b.md#其三)发送 `a`，见 <https://d.e/2>。\n\n1. 3 秒内的 `f`\n\n| `g` | 1,024 |\n";
    let facts = |document, is_chinese| sections(document, is_chinese).remove(0).1;
    let (english, chinese) = (facts(english, false), facts(chinese, true));
    assert_eq!(english, chinese);
    assert_eq!(english.numbers, ["1,024", "3"]);
    assert_eq!(english.links.len(), 2);

    for other in [
        "# 标题\n\n发送 `a`",
        "# 标题\n\n[两次](b.md)发送 `a`，见 <https://d.e/2>。\n\n1. 4 秒内的 `f`\n\n| `g` | 1,024 |\n",
    ] {
        assert_ne!(facts(other, true), english);
    }
}
