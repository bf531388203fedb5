//! `compshare man`: manual pages.

use std::fs;
use std::io;
use std::path::Path;

use clap::{ArgMatches, Command};
use clap_mangen::Man;
use serde_json::json;

use super::args::{examples, option, value};
use super::subcommand::Subcommand;
use crate::context::Context;
use crate::failure::Failure;
use crate::lang::{text, texts};

pub(super) const COMMAND: Subcommand = Subcommand::new("man", define, run);

fn define(command: Command) -> Command {
    let commands = [
        "compshare man | man -l -",
        "compshare man --dir ~/.local/share/man/man1",
    ];
    command
        .about(texts().man_about)
        .after_help(examples(&commands, ""))
        .arg(option("dir", "FOLDER", texts().man_dir))
}

fn run(context: &Context, matches: &ArgMatches) -> Result<(), Failure> {
    let mut root = super::command();
    root.build();
    let Some(folder) = value(matches, "dir") else {
        let mut out = context.output();
        out.push(&page(root)?);
        return Ok(out.flush()?);
    };
    let count = fs::create_dir_all(folder)
        .and_then(|()| write_all(&root, Path::new(folder)))?
        .to_string();
    let message = text!(written, count, path = folder);
    context.done(&message, &json!({"pages": count, "path": folder}))
}

/// Writes the page of `command` and of each one below it; returns how many.
fn write_all(command: &Command, folder: &Path) -> io::Result<u32> {
    if command.is_hide_set() {
        return Ok(0);
    }
    let name = command
        .get_display_name()
        .unwrap_or_else(|| command.get_name())
        .to_owned();
    fs::write(folder.join(format!("{name}.1")), page(command.clone())?)?;
    let mut count = 1;
    for below in command.get_subcommands() {
        count += write_all(below, folder)?;
    }
    Ok(count)
}

fn page(command: Command) -> io::Result<String> {
    let mut page = Vec::new();
    Man::new(command).render(&mut page)?;
    Ok(String::from_utf8_lossy(&page).into_owned())
}
