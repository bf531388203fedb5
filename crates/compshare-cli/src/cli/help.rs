//! Help pages, translated and wrapped to the terminal.

use std::ffi::OsString;
use std::fmt::Write as _;

use clap::{ArgAction, ArgMatches, Command};
use textwrap::core::display_width;
use textwrap::{Options, WordSplitter};

use super::View;
use super::args::{examples, flag, positional};
use super::subcommand::Subcommand;
use crate::lang::{text, texts};
use crate::terminal;

/// `compshare help COMMAND`, which is parsed again as `compshare COMMAND --help`.
pub(super) const COMMAND: Subcommand = Subcommand::new("help", define_command, |_, _| Ok(()));

/// The width of a page without a terminal, in cells.
const PIPE_WIDTH: usize = 80;
/// The maximum width of a page, in cells: longer lines are hard to read.
const MAX_WIDTH: usize = 100;
/// The minimum width of a description beside its option, in cells.
const MIN_DESCRIPTION: usize = 24;

/// Habitual aliases, for every command with the first name.
const ALIASES: [(&str, &[&str]); 8] = [
    ("list", &["ls"]),
    ("show", &["get", "describe"]),
    ("delete", &["rm"]),
    ("favorites", &["favourites"]),
    ("favorite", &["favourite"]),
    ("unfavorite", &["unfavourite"]),
    ("zones", &["regions"]),
    ("instance", &["instances"]),
];

/// Adds help, aliases and translated texts to a command and its subcommands. `parents` is the path
/// of the parent command with a trailing space.
pub(super) fn define(command: Command, view: View, parents: &str) -> Command {
    let path = format!("{parents}{}", command.get_name());
    let template = format!(
        "{{about-with-newline}}\n{}{{usage}}\n\n{{all-args}}{{after-help}}",
        texts().usage
    );
    let aliases = ALIASES
        .iter()
        .find(|(name, _)| *name == command.get_name())
        .map_or(&[][..], |(_, aliases)| aliases);

    let mut command = command
        .help_template(template)
        // Lines are wrapped in `render_page`.
        .term_width(0)
        .aliases(aliases.iter().copied())
        .disable_help_flag(true)
        .disable_help_subcommand(true)
        .subcommand_help_heading(texts().commands)
        .subcommand_value_name(texts().command_value)
        .arg(
            flag("help", texts().help)
                .short('h')
                .action(ArgAction::HelpShort),
        )
        .mut_args(|arg| match arg.get_help_heading() {
            Some(_) => arg,
            None if arg.is_positional() => arg.help_heading(texts().arguments),
            None => arg.help_heading(texts().options),
        });
    if view == View::Short {
        command = command.after_help(text!(help_more, command = path));
    }
    if !parents.is_empty() && command.has_subcommands() && view != View::Completion {
        let help = Command::new(COMMAND.name());
        command = command.subcommand(define_command(help).hide(true));
    }
    command.mut_subcommands(|below| define(below, view, &format!("{path} ")))
}

/// Returns the end of the main help page: examples, environment, exit statuses and a link.
pub(super) fn root_after_help() -> String {
    let texts = texts();
    let mut text = format!("{}\n\n{}", texts.examples, texts.settings_note);

    for (title, rows) in [
        (texts.variables, texts.variable_list),
        (texts.exit_status, texts.exit_status_list),
    ] {
        text.push_str("\n\n");
        text.push_str(&title_line(title));

        let terms = terms(rows);
        let width = terms.iter().map(|(term, _)| term.len()).max();
        for (term, description) in &terms {
            let _ = write!(
                text,
                "\n  {term:0$}  {description}",
                width.unwrap_or_default()
            );
        }
    }

    text.push_str("\n\n");
    text.push_str(texts.problems_note);
    text
}

/// Splits the lines of a list into terms and descriptions, separated by two spaces.
pub(super) fn terms(list: &str) -> Vec<(&str, &str)> {
    let rows = list.lines().filter_map(|row| row.split_once("  "));
    rows.collect()
}

/// Returns a title with a colon.
pub(super) fn title_line(title: &str) -> String {
    format!("{title}{}", texts().colon.trim_end())
}

fn define_command(command: Command) -> Command {
    let commands = ["compshare help", "compshare help image list"];
    let names = positional("command", texts().command_value, texts().help_command);
    command
        .about(texts().help_about)
        .after_help(examples(&commands, ""))
        .arg(names.required(false).num_args(0..))
}

/// Returns the command line with `--help` for a `help` command.
pub(super) fn help_arguments(matches: &ArgMatches) -> Option<Vec<OsString>> {
    let mut arguments = vec![OsString::from("compshare")];

    let mut matches = matches;
    while let Some((name, below)) = matches.subcommand() {
        matches = below;
        if name == COMMAND.name() {
            let names = matches.get_many::<String>("command").into_iter().flatten();
            arguments.extend(names.map(OsString::from));
            arguments.push("--help".into());
            return Some(arguments);
        }
        arguments.push(name.into());
    }
    None
}

/// Translates a rendered page and wraps it to the terminal.
pub(super) fn render_page(text: &str) -> String {
    let width = terminal::stdout_width().map_or(PIPE_WIDTH, |width| width.min(MAX_WIDTH));
    localize(text)
        .lines()
        .map(|line| wrap_line(line, width) + "\n")
        .collect()
}

/// Translates the headings that clap renders in English only.
pub(super) fn localize(text: &str) -> String {
    let texts = texts();
    let mut page = text.replace("[OPTIONS]", texts.options_value);
    for heading in [
        texts.commands,
        texts.arguments,
        texts.options,
        texts.global_options,
    ] {
        let title = format!("\n{}\n", title_line(heading));
        page = page.replace(&format!("\n{heading}:\n"), &title);
    }
    page
}

/// Wraps a line, indenting a description to its column.
fn wrap_line(line: &str, width: usize) -> String {
    let (term, description) = split_columns(line);
    let mut start = term.to_owned();
    let mut indent = display_width(term);
    if !term.trim().is_empty() && indent + MIN_DESCRIPTION > width {
        // Too narrow for two columns.
        indent = 10;
        start = format!("{}\n{:indent$}", term.trim_end(), "");
    }

    let indent = " ".repeat(indent);
    let options = Options::new(width)
        .subsequent_indent(&indent)
        .initial_indent(&indent)
        .word_splitter(WordSplitter::NoHyphenation);
    let text = textwrap::fill(description, options);
    start + text.strip_prefix(&indent).unwrap_or(&text)
}

/// Splits a line before its second column, or after its indentation if it has one column.
fn split_columns(line: &str) -> (&str, &str) {
    let text = line.trim_start_matches(' ');
    let indent = line.len() - text.len();
    let column = text
        .find("  ")
        .map(|end| text.len() - text.split_at(end).1.trim_start_matches(' ').len());
    line.split_at(indent + column.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wraps_lines_by_cells() {
        for (line, width, expected) in [
            ("one two three", 8, "one two\nthree"),
            ("  one two three", 9, "  one two\n  three"),
            (
                "  -a, --all  one two three four five six",
                40,
                "  -a, --all  one two three four five six",
            ),
            (
                "  -a, --all  one two three four five six",
                38,
                "  -a, --all  one two three four five\n             six",
            ),
            (
                "  -a, --all  one two three four five six",
                30,
                "  -a, --all\n          one two three four\n          five six",
            ),
            ("镜像来源（平台）", 10, "镜像来源\n（平台）"),
            ("镜像来源，平台", 8, "镜像来\n源，平台"),
            ("", 8, ""),
        ] {
            assert_eq!(wrap_line(line, width), expected, "{line}");
        }
    }
}
