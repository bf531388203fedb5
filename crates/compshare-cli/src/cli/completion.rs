//! `compshare completion`: shell completions.
//!
//! `clap_complete` generates the scripts. Profile names are completed dynamically: a placeholder is
//! replaced by a call of this program in the syntax of the shell.

use std::fmt::Write as _;

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgMatches, Command};
use clap_complete::{Shell, generate};
use compshare_client::model;

use super::View;
use super::args::{choice, examples, positional};
use super::subcommand::Subcommand;
use crate::context::Context;
use crate::failure::Failure;
use crate::lang::texts;

pub(super) const COMMAND: Subcommand = Subcommand::new("completion", define, run);

const SHELLS: &[(&str, Shell)] = &[
    ("bash", Shell::Bash),
    ("zsh", Shell::Zsh),
    ("fish", Shell::Fish),
    ("elvish", Shell::Elvish),
    ("powershell", Shell::PowerShell),
];

/// The placeholder for profile names.
const PROFILES: &str = "__PROFILES__";
/// The command that prints profile names, one per line.
const LIST_PROFILES: &str = "compshare config list --output ids 2>/dev/null";
/// A function that completes profiles, followed by the head of its caller.
const ZSH_PROFILES: &str = r#"
_compshare_profiles() {
    local -a names
    names=(${(f)"$(__PROFILES__)"})
    compadd "$@" -a names
}

_compshare() {"#;
/// Disables file names by default, and completes `--profile` before the subcommand.
const FISH_GLOBALS: &str = "\
complete -c compshare -f
complete -c compshare -l profile -x -a '__PROFILES__'
";

fn define(command: Command) -> Command {
    let commands = [
        "compshare completion bash > ~/.local/share/bash-completion/completions/compshare",
        "compshare completion zsh > ~/.zfunc/_compshare",
        "compshare completion fish > ~/.config/fish/completions/compshare.fish",
    ];
    let shell = positional("shell", "SHELL", texts().completion_shell);
    command
        .about(texts().completion_about)
        .after_help(examples(&commands, ""))
        .arg(choice(shell, SHELLS))
}

fn run(context: &Context, matches: &ArgMatches) -> Result<(), Failure> {
    context.accept_text_only()?;
    let shell = matches.get_one("shell").copied().unwrap_or(Shell::Bash);
    let mut out = context.output();
    out.push(&script(shell));
    Ok(out.flush()?)
}

fn script(shell: Shell) -> String {
    let mut command = with_values(super::command(View::Completion), "");
    command.build();
    // Generate into memory: the generator panics on write errors.
    let mut script = Vec::new();
    generate(shell, &mut command, "compshare", &mut script);
    let script = String::from_utf8_lossy(&script).into_owned();

    match shell {
        Shell::Bash => script
            .replace(PROFILES, &format!("$({LIST_PROFILES})"))
            // Without this, bash falls back to file names.
            .replace(" -o bashdefault -o default", ""),
        Shell::Zsh => script
            .replace(&format!("({PROFILES})"), "_compshare_profiles")
            .replacen("\n_compshare() {", ZSH_PROFILES, 1)
            .replace(PROFILES, LIST_PROFILES),
        Shell::Fish => {
            let mut script = script + FISH_GLOBALS;
            complete_positionals(&command, &[], &mut script);
            script
                .replace(&format!("{PROFILES}\\t''"), &format!("({LIST_PROFILES})"))
                .replace(PROFILES, &format!("({LIST_PROFILES})"))
        }
        // These scripts do not complete values.
        _ => script,
    }
}

/// Adds values of unchecked arguments: profiles and actions.
fn with_values(command: Command, parents: &str) -> Command {
    let path = format!("{parents}{}", command.get_name());
    let values = |arg: Arg| match (arg.get_id().as_str(), &*path) {
        ("profile" | "profile-name", _) => arg.value_parser([PROFILES]),
        (_, "compshare config use" | "compshare config delete") if arg.is_positional() => {
            arg.value_parser([PROFILES])
        }
        ("action", "compshare call") => {
            arg.value_parser(PossibleValuesParser::new(model::action_names()))
        }
        _ => arg,
    };

    command
        .mut_args(values)
        .mut_subcommands(|below| with_values(below, &format!("{path} ")))
}

/// Adds fish completions of positional arguments, which `clap_complete` omits.
fn complete_positionals(command: &Command, path: &[&str], script: &mut String) {
    let condition = match path {
        [first] => format!("__fish_compshare_using_subcommand {first}"),
        [first, second] => format!(
            "__fish_compshare_using_subcommand {first}; and __fish_seen_subcommand_from {second}"
        ),
        _ => String::new(),
    };

    for argument in command.get_positionals() {
        let values: Vec<String> = argument
            .get_possible_values()
            .iter()
            .map(|value| value.get_name().to_owned())
            .collect();
        if !values.is_empty() {
            let values = values.join(" ");
            let _ = writeln!(
                script,
                "complete -c compshare -n \"{condition}\" -a \"{values}\""
            );
        }
    }

    for below in command.get_subcommands() {
        complete_positionals(below, &[path, &[below.get_name()]].concat(), script);
    }
}
