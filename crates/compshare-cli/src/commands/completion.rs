//! `compshare completion`: completions for a shell.

use clap::{Arg, ArgMatches, Command};
use clap_complete::{Shell, generate};

use crate::Context;
use crate::cli;
use crate::failure::Failure;
use crate::lang::Texts;

pub(super) fn definition(texts: &'static Texts) -> Command {
    Command::new("completion")
        .about(texts.completion_about)
        .after_help(texts.completion_examples)
        .arg(cli::choice(
            Arg::new("shell")
                .value_name(texts.val_shell)
                .required(true)
                .help(texts.completion_shell),
            &["bash", "zsh", "fish", "elvish", "powershell"],
        ))
}

pub(super) fn run(context: &Context, matches: &ArgMatches) -> Result<(), Failure> {
    let shell = match matches.get_one::<String>("shell").map(String::as_str) {
        Some("zsh") => Shell::Zsh,
        Some("fish") => Shell::Fish,
        Some("elvish") => Shell::Elvish,
        Some("powershell") => Shell::PowerShell,
        _ => Shell::Bash,
    };
    // Into memory first: the generator panics where it cannot write.
    let mut script = Vec::new();
    generate(
        shell,
        &mut cli::command(context.texts()),
        "compshare",
        &mut script,
    );
    let mut out = context.output();
    out.push(&String::from_utf8_lossy(&script));
    Ok(out.flush()?)
}
