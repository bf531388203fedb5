//! `compshare completion`: completions for a shell.
//!
//! `clap_complete` generates the scripts. Names of profiles are known only at the prompt: a placeholder
//! for them becomes a call of this program in the shell's own syntax.

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

/// In the place of the names of profiles.
const PROFILES: &str = "__PROFILES__";
/// Prints the names of profiles, one a line.
const LIST_PROFILES: &str = "compshare config list --output ids 2>/dev/null";
/// The function that completes profiles, and the beginning of the one that calls it.
const ZSH_PROFILES: &str = r#"
_compshare_profiles() {
    local -a names
    names=(${(f)"$(__PROFILES__)"})
    compadd "$@" -a names
}

_compshare() {"#;
/// No file names but where a script asks for them, and profiles before the name of a command.
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
    // Into memory first: the generator panics where it cannot write.
    let mut script = Vec::new();
    generate(shell, &mut command, "compshare", &mut script);
    let script = String::from_utf8_lossy(&script).into_owned();

    match shell {
        Shell::Bash => script
            .replace(PROFILES, &format!("$({LIST_PROFILES})"))
            // Otherwise bash completes the names of files where the script has nothing.
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
        // Their scripts complete no values.
        _ => script,
    }
}

/// Adds the values of arguments that the parser does not check: profiles, and actions of the API.
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

/// Adds what fish completes for the arguments by position, which `clap_complete` leaves out.
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
