//! The definition of the command line. Completions and manual pages are made from it too.

mod preview;
mod usage;

use std::ffi::OsString;

use clap::builder::PossibleValuesParser;
use clap::error::ErrorKind;
use clap::{Arg, ArgAction, ArgMatches, Command};

pub(crate) use self::preview::preview;

use crate::Context;
use crate::commands;
use crate::failure::Failure;
use crate::lang::{Texts, fill};
use crate::output::{ColorChoice, Format};
use crate::settings::Globals;

/// The longest time that `--timeout` takes, in seconds: a day.
const MAX_TIMEOUT: u64 = 24 * 60 * 60;
/// The most tries that `--retries` takes.
const MAX_RETRIES: u64 = 20;

/// What a command line asks for.
pub(crate) enum Parsed {
    /// A command with its arguments.
    Command(Box<Context>, ArgMatches),
    /// A text: help or the version.
    Text(String),
}

/// All of the command line, in one language.
pub(crate) fn command(texts: &'static Texts) -> Command {
    definition(texts, &[])
}

/// The command line as far as the words that it begins with are about it: building the rest costs as much as a request.
/// Where they name no command, that is all of it, for what was meant.
fn definition(texts: &'static Texts, words: &[&str]) -> Command {
    let root = Command::new("compshare")
        .version(env!("CARGO_PKG_VERSION"))
        .about(texts.about)
        .after_help(texts.examples)
        .disable_version_flag(true)
        .arg(
            Arg::new("version")
                .short('V')
                .long("version")
                .action(ArgAction::Version)
                .help(texts.version)
                .help_heading(texts.options),
        )
        .args(global_options(texts))
        .subcommands(commands::definitions(texts, words));
    dress(root, texts)
}

/// Options that every command takes, before it or after it.
fn global_options(texts: &'static Texts) -> Vec<Arg> {
    let option = |name: &'static str, value: &'static str, help: &'static str| {
        Arg::new(name)
            .long(name)
            .value_name(value)
            .help(help)
            .global(true)
            .help_heading(texts.global_options)
    };
    vec![
        option("profile", texts.val_name, texts.opt_profile),
        option("region", texts.val_region, texts.opt_region),
        option("zone", texts.val_zone, texts.opt_zone),
        option("project-id", texts.val_project, texts.opt_project_id),
        option("base-url", texts.val_url, texts.opt_base_url),
        number(
            option("timeout", texts.val_seconds, texts.opt_timeout),
            MAX_TIMEOUT,
            texts,
        ),
        number(
            option("retries", texts.val_number, texts.opt_retries),
            MAX_RETRIES,
            texts,
        ),
        choice(
            option("output", texts.val_format, texts.opt_output).short('o'),
            &Format::NAMES,
        ),
        Arg::new("json")
            .long("json")
            .action(ArgAction::SetTrue)
            .conflicts_with("output")
            .help(texts.opt_json)
            .global(true)
            .help_heading(texts.global_options),
        choice(
            option("color", texts.val_when, texts.opt_color),
            &["auto", "always", "never"],
        ),
        choice(
            option("lang", texts.val_lang, texts.opt_lang),
            &["zh", "en"],
        ),
        Arg::new("verbose")
            .short('v')
            .long("verbose")
            .action(ArgAction::Count)
            .help(texts.opt_verbose)
            .global(true)
            .help_heading(texts.global_options),
    ]
}

/// An option that takes a whole number from 0 to `max`.
pub(crate) fn number(arg: Arg, max: u64, texts: &'static Texts) -> Arg {
    arg.allow_hyphen_values(true)
        .value_parser(move |text: &str| {
            let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
            let number = text
                .parse::<u64>()
                .ok()
                .filter(|number| is_number && *number <= max);
            number.ok_or_else(|| fill(texts.use_number, &[("min", "0"), ("max", &max.to_string())]))
        })
}

/// An option that takes one of some words. They stand in its help, in every language.
pub(crate) fn choice(arg: Arg, words: &[&'static str]) -> Arg {
    arg.value_parser(PossibleValuesParser::new(words.iter().copied()))
        .hide_possible_values(true)
}

/// `--yes` of a command that asks.
pub(crate) fn yes(texts: &'static Texts) -> Arg {
    Arg::new("yes")
        .short('y')
        .long("yes")
        .action(ArgAction::SetTrue)
        .help(texts.opt_yes)
}

/// `--dry-run` of a command that sends one request.
pub(crate) fn dry_run(texts: &'static Texts) -> Arg {
    Arg::new("dry-run")
        .long("dry-run")
        .action(ArgAction::SetTrue)
        .help(texts.call_dry_run)
}

/// Gives a command and all those below it the frame of a help page in the language.
fn dress(command: Command, texts: &'static Texts) -> Command {
    let template = format!(
        "{{about-with-newline}}\n{}{{usage}}\n\n{{all-args}}{{after-help}}",
        texts.usage
    );
    let names: Vec<String> = command
        .get_subcommands()
        .map(|sub| sub.get_name().to_owned())
        .collect();
    let mut command = command
        .help_template(template)
        .disable_help_flag(true)
        .disable_help_subcommand(true)
        .subcommand_help_heading(texts.commands)
        .subcommand_value_name(texts.command_value)
        .arg(
            Arg::new("help")
                .short('h')
                .long("help")
                .action(ArgAction::Help)
                .help(texts.help),
        )
        .mut_args(|arg| {
            if arg.get_help_heading().is_some() {
                return arg;
            }
            let heading = if arg.is_positional() {
                texts.arguments
            } else {
                texts.options
            };
            arg.help_heading(heading)
        });
    for name in names {
        command = command.mut_subcommand(name, |sub| dress(sub, texts));
    }
    command
}

/// Understands a command line. `preview` knows the language and the format of errors.
pub(crate) fn parse(preview: &Context, arguments: Vec<OsString>) -> Result<Parsed, Failure> {
    let texts = preview.texts();
    let words: Vec<&str> = arguments
        .iter()
        .skip(1)
        .map_while(|argument| argument.to_str())
        .take(2)
        .collect();
    let mut command = definition(texts, &words);
    if arguments.len() <= 1 {
        return Ok(Parsed::Text(command.render_help().to_string()));
    }
    let parsed = command.try_get_matches_from_mut(arguments);
    // The program ends soon, and taking the definition apart takes long.
    std::mem::forget(command);
    match parsed {
        Ok(matches) => Ok(Parsed::Command(
            Box::new(context(preview, &matches)),
            matches,
        )),
        Err(error) => match error.kind() {
            ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
                Ok(Parsed::Text(error.render().to_string()))
            }
            _ => Err(usage::failure(&error, texts)),
        },
    }
}

fn context(preview: &Context, matches: &ArgMatches) -> Context {
    // Global options are told at the command that is run.
    let mut leaf = matches;
    while let Some((_, below)) = leaf.subcommand() {
        leaf = below;
    }
    let text = |name: &str| leaf.get_one::<String>(name).cloned();
    let count = |name: &str| leaf.get_one::<u64>(name).copied();
    let format = if leaf.get_flag("json") {
        Some(Format::Json)
    } else {
        text("output").as_deref().and_then(Format::from_name)
    };
    Context {
        lang: preview.lang,
        format,
        color: match text("color").as_deref() {
            Some("always") => ColorChoice::Always,
            Some("never") => ColorChoice::Never,
            _ => ColorChoice::Auto,
        },
        globals: Globals {
            profile: text("profile"),
            region: text("region"),
            zone: text("zone"),
            project_id: text("project-id"),
            base_url: text("base-url"),
            timeout: count("timeout"),
            retries: count("retries").and_then(|retries| u32::try_from(retries).ok()),
            verbose: leaf.get_count("verbose"),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Lang;

    fn each(command: &Command, check: &mut dyn FnMut(&Command)) {
        check(command);
        for sub in command.get_subcommands() {
            each(sub, check);
        }
    }

    #[test]
    fn the_definition_is_sound_in_each_language() {
        for lang in [Lang::English, Lang::Chinese] {
            command(lang.texts()).debug_assert();
        }
    }

    #[test]
    fn a_command_by_itself_is_the_same_as_among_all() {
        fn find<'a>(command: &'a mut Command, words: &[&str]) -> &'a mut Command {
            words.iter().fold(command, |command, word| {
                command.find_subcommand_mut(word).unwrap()
            })
        }
        let texts = Lang::English.texts();
        let mut all = command(texts);
        all.build();
        let mut names = Vec::new();
        for below in all.get_subcommands() {
            names.push(vec![below.get_name().to_owned()]);
            names.extend(
                below
                    .get_subcommands()
                    .map(|sub| vec![below.get_name().to_owned(), sub.get_name().to_owned()]),
            );
        }
        assert!(names.len() > 25);
        for words in names {
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            let mut one = definition(texts, &words);
            one.build();
            assert_eq!(one.get_subcommands().count(), 1);
            if words.len() == 2 || !all.find_subcommand(words[0]).unwrap().has_subcommands() {
                let (one, all) = (
                    find(&mut one, &words).render_help(),
                    find(&mut all, &words).render_help(),
                );
                assert_eq!(one.to_string(), all.to_string(), "{words:?}");
            }
        }
        let stranger = definition(texts, &["imgae", "favorites"])
            .get_subcommands()
            .count();
        assert_eq!(
            stranger,
            all.get_subcommands().count(),
            "for what was meant"
        );
    }

    #[test]
    fn every_page_of_help_has_examples_and_help_for_every_argument() {
        for lang in [Lang::English, Lang::Chinese] {
            let mut command = command(lang.texts());
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
    }

    #[test]
    fn every_example_is_a_command_line() {
        for lang in [Lang::English, Lang::Chinese] {
            let mut all = command(lang.texts());
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
                // What stands behind two spaces is explained, and what stands behind these is the shell's.
                let line = example.trim().split("  ").next().unwrap_or_default();
                let line = line.split(['|', '<', '>']).next().unwrap_or_default();
                let result = command(lang.texts()).try_get_matches_from(line.split_whitespace());
                assert!(
                    result.is_ok(),
                    "{example}: {:?}",
                    result.err().map(|error| error.kind())
                );
            }
        }
    }
}
