//! `compshare man`: manual pages.

use std::fs;
use std::io;
use std::path::Path;

use clap::{Arg, ArgMatches, Command, ValueHint};
use roff::{Inline, Roff, bold, roman};
use serde_json::json;

use super::args::{examples, option, value};
use super::subcommand::Subcommand;
use super::{View, help};
use crate::context::Context;
use crate::failure::Failure;
use crate::lang::{text, texts};

pub(super) const COMMAND: Subcommand = Subcommand::new("man", define, run);

/// The section of the manual: programs.
const SECTION: &str = "1";
/// An empty argument in roff.
const NO_DATE: &str = "\"\"";
/// The footer of each page.
const SOURCE: &str = concat!("compshare ", env!("CARGO_PKG_VERSION"));

fn define(command: Command) -> Command {
    let commands = [
        "compshare man | man -l -",
        "compshare man --dir ~/.local/share/man/man1",
    ];
    let folder = option("dir", "FOLDER", texts().man_dir).value_hint(ValueHint::DirPath);
    command
        .about(texts().man_about)
        .after_help(examples(&commands, ""))
        .arg(folder)
}

fn run(context: &Context, matches: &ArgMatches) -> Result<(), Failure> {
    let mut root = super::command(View::Full);
    root.build();
    let Some(folder) = value(matches, "dir") else {
        context.accept_text_only()?;
        let mut out = context.output();
        out.push(&page(&root, None));
        return Ok(out.flush()?);
    };

    let count = fs::create_dir_all(folder)
        .and_then(|()| write_all(&root, None, Path::new(folder)))?
        .to_string();
    let message = text!(written, count, path = folder);
    context.done(&message, &json!({"pages": count, "path": folder}))
}

/// Writes the pages of `command` and its subcommands. Returns their number.
fn write_all(command: &Command, parent: Option<&Command>, folder: &Path) -> io::Result<u32> {
    let file = format!("{}.{SECTION}", page_name(command));
    fs::write(folder.join(file), page(command, parent))?;
    let mut count = 1;
    for below in visible(command) {
        count += write_all(below, Some(command), folder)?;
    }
    Ok(count)
}

/// Returns the name of a page: `compshare-image-list`.
fn page_name(command: &Command) -> &str {
    command
        .get_display_name()
        .unwrap_or_else(|| command.get_name())
}

fn visible(command: &Command) -> impl Iterator<Item = &Command> {
    command.get_subcommands().filter(|sub| !sub.is_hide_set())
}

fn page(command: &Command, parent: Option<&Command>) -> String {
    let texts = texts();
    let name = page_name(command);
    let about = command.get_about().map(ToString::to_string);
    let about = about.unwrap_or_default();
    let (commands, notes) = examples_and_notes(command);

    let mut roff = Roff::new();
    roff.control("TH", [&*name.to_uppercase(), SECTION, NO_DATE, SOURCE]);
    section(&mut roff, texts.man_name);
    roff.text([roman(format!("{name} - {about}"))]);
    section(&mut roff, texts.man_synopsis);
    roff.text(synopsis(command));
    section(&mut roff, texts.man_description);
    roff.text([roman(about)]);
    for note in notes {
        roff.control("PP", []);
        lines(&mut roff, &note);
    }

    if visible(command).next().is_some() {
        section(&mut roff, texts.commands);
    }
    for below in visible(command) {
        let about = below.get_about().map(ToString::to_string);
        row(
            &mut roff,
            [bold(below.get_name())],
            &about.unwrap_or_default(),
        );
    }
    for heading in [texts.arguments, texts.options, texts.global_options] {
        let mut arguments = command
            .get_arguments()
            .filter(|arg| !arg.is_hide_set() && arg.get_help_heading() == Some(heading))
            .peekable();
        if arguments.peek().is_some() {
            section(&mut roff, heading);
        }
        for argument in arguments {
            let help = argument.get_help().map(ToString::to_string);
            row(&mut roff, term(argument), &help.unwrap_or_default());
        }
    }

    for (title, rows) in [
        (texts.exit_status, texts.exit_status_list),
        (texts.variables, texts.variable_list),
        (texts.man_files, texts.file_list),
    ] {
        section(&mut roff, title);
        for (term, text) in help::terms(rows) {
            row(&mut roff, [bold(term)], text);
        }
    }
    section(
        &mut roff,
        texts.examples_caption.trim_end_matches([':', '：']),
    );
    verbatim(&mut roff, commands.lines().map(str::trim_start));
    let pages: Vec<String> = parent
        .into_iter()
        .chain(visible(command))
        .map(|other| format!("{}({SECTION})", page_name(other)))
        .collect();
    if !pages.is_empty() {
        section(&mut roff, texts.man_see_also);
        roff.text([roman(pages.join(texts.comma))]);
    }
    roff.render()
}

/// Splits the end of a help page into examples and notes, without sections that man pages have
/// separately.
fn examples_and_notes(command: &Command) -> (String, Vec<String>) {
    let text = command.get_after_help().map(ToString::to_string);
    let text = text.unwrap_or_default();
    let (examples, notes) = text.split_once("\n\n").unwrap_or((&text, ""));
    let (_, commands) = examples.split_once('\n').unwrap_or_default();

    let texts = texts();
    let titles = [texts.variables, texts.exit_status].map(help::title_line);
    let notes = notes
        .split("\n\n")
        .filter(|note| !note.is_empty() && !titles.iter().any(|title| note.starts_with(title)))
        .map(str::to_owned);
    (commands.to_owned(), notes.collect())
}

fn section(roff: &mut Roff, title: &str) {
    roff.control("SH", [&*title.to_uppercase()]);
}

/// Returns the usage with the name in bold.
fn synopsis(command: &Command) -> Vec<Inline> {
    let usage = help::localize(&command.clone().render_usage().to_string());
    let usage = usage.trim_start_matches("Usage:").trim();
    let name = command.get_bin_name().unwrap_or_else(|| command.get_name());
    match usage.strip_prefix(name) {
        Some(arguments) => vec![bold(name), roman(arguments)],
        None => vec![roman(usage)],
    }
}

/// Returns the names of an argument: `-o, --output <FORMAT>`.
fn term(argument: &Arg) -> Vec<Inline> {
    let short = argument.get_short();
    let short = short.map(|letter| [bold(format!("-{letter}")), roman(", ")]);
    let long = bold(argument.to_string());
    short.into_iter().flatten().chain([long]).collect()
}

fn row(roff: &mut Roff, term: impl Into<Vec<Inline>>, text: &str) {
    roff.control("TP", []);
    roff.text(term);
    roff.text([roman(text)]);
}

/// Writes a paragraph, with indented lines verbatim.
fn lines(roff: &mut Roff, paragraph: &str) {
    let is_indented = |line: &str| line.starts_with(' ');
    let text: Vec<&str> = paragraph
        .lines()
        .filter(|line| !is_indented(line))
        .collect();
    roff.text([roman(text.join("\n"))]);
    let rows = paragraph.lines().filter(|line| is_indented(line));
    if paragraph.lines().any(is_indented) {
        verbatim(roff, rows);
    }
}

fn verbatim<'a>(roff: &mut Roff, lines: impl Iterator<Item = &'a str>) {
    roff.control("nf", []);
    for line in lines {
        roff.text([roman(line)]);
    }
    roff.control("fi", []);
}
