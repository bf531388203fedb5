//! `compshare completion`: completions for a shell.

use clap::{ArgMatches, Command};
use clap_complete::{Shell, generate};

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
    let shell = matches.get_one("shell").copied().unwrap_or(Shell::Bash);
    // Into memory first: the generator panics where it cannot write.
    let mut script = Vec::new();
    generate(shell, &mut super::command(), "compshare", &mut script);
    let mut out = context.output();
    out.push(&String::from_utf8_lossy(&script));
    Ok(out.flush()?)
}
