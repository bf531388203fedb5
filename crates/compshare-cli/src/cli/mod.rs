//! The definition of the command line, also used for completions and manual pages.

pub(crate) mod args;
mod completion;
mod help;
mod man;
mod prescan;
pub(crate) mod subcommand;
mod usage;

use std::ffi::OsString;
use std::mem::ManuallyDrop;

use clap::error::ErrorKind;
use clap::{Arg, ArgAction, ArgMatches, Command};

pub(crate) use self::prescan::prescan;

use self::args::{choice, flag, number, option};
use self::subcommand::Subcommand;
use crate::commands;
use crate::context::{Context, GlobalArgs};
use crate::failure::Failure;
use crate::lang::{Lang, texts};
use crate::output::{ColorChoice, Format};

/// The maximum of `--timeout`, in seconds: a day.
const MAX_TIMEOUT: u64 = 24 * 60 * 60;
/// The maximum of `--retries`.
const MAX_RETRIES: u64 = 20;

/// The commands, in the order of the help.
const COMMANDS: &[Subcommand] = &[
    commands::config::COMMAND,
    commands::doctor::COMMAND,
    commands::image::COMMAND,
    commands::instance::COMMAND,
    commands::disk::COMMAND,
    commands::zone::COMMAND,
    commands::call::COMMAND,
    commands::sign::COMMAND,
    completion::COMMAND,
    man::COMMAND,
    help::COMMAND,
    commands::version::COMMAND,
    commands::image::FAVORITES,
    commands::zone::SHORTCUT,
    commands::disk::STORAGE,
];

/// A parsed command line.
pub(crate) enum Parsed {
    /// The matches of a command.
    Command(ArgMatches),
    /// The text of the help or the version.
    HelpOrVersion(String),
}

/// A view of the definition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum View {
    /// Everything, for the parser, `--help` and manual pages.
    Full,
    /// For `-h`: without global options, examples and notes.
    Short,
    /// For completions: without hidden commands.
    Completion,
}

/// Returns the full definition in the current language.
fn command(view: View) -> Command {
    command_for(view, &[])
}

/// Returns the definition with only the subcommands named by `words`, or all of them.
fn command_for(view: View, words: &[OsString]) -> Command {
    let commands = subcommand::definitions(COMMANDS, words)
        .into_iter()
        .filter(|command| view != View::Completion || !command.is_hide_set());

    let root = Command::new("compshare")
        .version(env!("CARGO_PKG_VERSION"))
        .about(texts().about)
        .after_help(help::root_after_help())
        .disable_version_flag(true)
        .subcommand_required(true)
        .arg(
            flag("version", texts().version)
                .short('V')
                .action(ArgAction::Version),
        )
        .args(global_options().map(|option| option.hide(view == View::Short)))
        .subcommands(commands);

    help::define(root, view, "")
}

/// Returns the global options, accepted before and after the subcommand.
fn global_options() -> impl Iterator<Item = Arg> {
    let options = [
        option("profile", "NAME", texts().opt_profile),
        option("region", "REGION", texts().opt_region),
        option("zone", "ZONE", texts().opt_zone),
        option("project-id", "ID", texts().opt_project_id),
        option("base-url", "URL", texts().opt_base_url),
        number(
            option("timeout", "SECONDS", texts().opt_timeout),
            MAX_TIMEOUT,
        ),
        number(option("retries", "N", texts().opt_retries), MAX_RETRIES),
        choice(
            option("output", "FORMAT", texts().opt_output),
            Format::NAMES,
        )
        .short('o'),
        flag("json", texts().opt_json).conflicts_with("output"),
        choice(
            option("color", "WHEN", texts().opt_color),
            ColorChoice::NAMES,
        ),
        choice(option("lang", "LANG", texts().opt_lang), Lang::NAMES),
        flag("verbose", texts().opt_verbose)
            .short('v')
            .action(ArgAction::Count),
        flag("show-sensitive", texts().opt_show_sensitive),
    ];

    options
        .into_iter()
        .map(|option| option.global(true).help_heading(texts().global_options))
}

/// Parses a command line and stores its global options in `context`.
pub(crate) fn parse(context: &mut Context, arguments: &[OsString]) -> Result<Parsed, Failure> {
    if arguments.len() <= 1 {
        let page = command(View::Short).render_help().to_string();
        return Ok(Parsed::HelpOrVersion(help::render_page(&page)));
    }

    // Leaked: dropping it takes as long as parsing, and the process exits soon.
    let words = arguments.get(1..).unwrap_or_default();
    let mut command = ManuallyDrop::new(command_for(View::Full, words));
    let mut result = command.try_get_matches_from_mut(arguments);
    let is_version = |error: &clap::Error| error.kind() == ErrorKind::DisplayVersion;
    if result.as_ref().is_err_and(|error| !is_version(error)) {
        // Help and suggestions need all subcommands.
        command = ManuallyDrop::new(command_for(View::Full, &[]));
        result = command.try_get_matches_from_mut(arguments);
    }
    let matches = match result {
        Ok(matches) => matches,
        Err(error) => {
            return match error.kind() {
                ErrorKind::DisplayHelp => Ok(Parsed::HelpOrVersion(help_page(&error, arguments))),
                ErrorKind::DisplayVersion => Ok(Parsed::HelpOrVersion(error.render().to_string())),
                _ => Err(usage::failure(&command, arguments, &error)),
            };
        }
    };

    if let Some(arguments) = help::help_arguments(&matches) {
        return parse(context, &arguments);
    }
    read_global_options(context, &matches);
    Ok(Parsed::Command(matches))
}

/// Returns the page of `--help` or `-h`. `error` renders the long page.
fn help_page(error: &clap::Error, arguments: &[OsString]) -> String {
    if arguments.iter().any(|argument| argument == "--help") {
        return help::render_page(&error.render().to_string());
    }
    let short = command(View::Short).try_get_matches_from(arguments).err();
    let short = short.filter(|error| error.kind() == ErrorKind::DisplayHelp);
    help::render_page(&short.as_ref().unwrap_or(error).render().to_string())
}

/// Runs the parsed command.
pub(crate) fn run(context: &Context, matches: &ArgMatches) -> Result<(), Failure> {
    subcommand::run(COMMANDS, context, matches)
}

fn read_global_options(context: &mut Context, matches: &ArgMatches) {
    // clap propagates global options to the innermost subcommand.
    let mut leaf = matches;
    while let Some((_, below)) = leaf.subcommand() {
        leaf = below;
    }

    let count = |name: &str| leaf.get_one::<u64>(name).copied();
    context.format = if leaf.get_flag("json") {
        Some(Format::Json)
    } else {
        leaf.get_one("output").copied()
    };
    context.color = leaf.get_one("color").copied().unwrap_or(ColorChoice::Auto);
    context.global_args = GlobalArgs {
        profile: args::owned(leaf, "profile"),
        region: args::owned(leaf, "region"),
        zone: args::owned(leaf, "zone"),
        project_id: args::owned(leaf, "project-id"),
        base_url: args::owned(leaf, "base-url"),
        lang: leaf.get_one("lang").copied(),
        timeout: count("timeout"),
        retries: count("retries").and_then(|retries| u32::try_from(retries).ok()),
        verbose: leaf.get_count("verbose"),
        shows_sensitive: leaf.get_flag("show-sensitive"),
    };
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::set_language;

    fn each(command: &Command, check: &mut dyn FnMut(&Command)) {
        check(command);
        for sub in command.get_subcommands() {
            each(sub, check);
        }
    }

    /// One test for both languages: the language is global to the process.
    #[test]
    fn command_definition_is_valid_in_each_language() {
        for lang in [Lang::English, Lang::Chinese] {
            set_language(lang);
            command(View::Full).debug_assert();
            every_page_of_help_has_examples_and_help_for_every_argument();
            every_example_is_a_command_line();
        }
        set_language(Lang::English);
    }

    fn every_page_of_help_has_examples_and_help_for_every_argument() {
        let mut command = command(View::Full);
        command.build();
        each(&command, &mut |page| {
            let name = page.get_name();
            if page.is_hide_set() {
                return;
            }
            assert!(page.get_about().is_some(), "{name}");
            let after = page
                .get_after_help()
                .map(ToString::to_string)
                .unwrap_or_default();
            assert!(after.contains("  compshare "), "{name} has no examples");
            for arg in page.get_arguments().filter(|arg| !arg.is_hide_set()) {
                assert!(arg.get_help().is_some(), "{name} {}", arg.get_id());
                assert!(arg.get_help_heading().is_some(), "{name} {}", arg.get_id());
            }
        });
    }

    fn every_example_is_a_command_line() {
        let mut all = command(View::Full);
        all.build();
        let mut examples = Vec::new();
        each(&all, &mut |page| {
            let after = page
                .get_after_help()
                .map(ToString::to_string)
                .unwrap_or_default();
            examples.extend(
                after
                    .lines()
                    .filter(|line| line.starts_with("  compshare "))
                    .map(str::to_owned),
            );
        });
        assert!(examples.len() > 20);
        for example in examples {
            // Two spaces begin an explanation, and pipes or redirections belong to the shell.
            let line = example.trim().split("  ").next().unwrap_or_default();
            let line = line.split(['|', '<', '>']).next().unwrap_or_default();
            let result = command(View::Full).try_get_matches_from(line.split_whitespace());
            assert!(
                result.is_ok(),
                "{example}: {:?}",
                result.err().map(|error| error.kind())
            );
        }
    }
}
