//! `compshare man`: manual pages.

use std::fs;
use std::io;
use std::path::Path;

use clap::{Arg, ArgMatches, Command};
use clap_mangen::Man;
use serde_json::json;

use super::done;
use crate::Context;
use crate::cli;
use crate::failure::Failure;
use crate::lang::{Texts, fill};

pub(super) fn definition(texts: &'static Texts) -> Command {
    Command::new("man")
        .about(texts.man_about)
        .after_help(texts.man_examples)
        .arg(
            Arg::new("dir")
                .long("dir")
                .value_name(texts.val_folder)
                .help(texts.man_dir),
        )
}

pub(super) fn run(context: &Context, matches: &ArgMatches) -> Result<(), Failure> {
    let texts = context.texts();
    let mut root = cli::command(texts);
    root.build();
    let Some(folder) = matches.get_one::<String>("dir") else {
        let mut out = context.output();
        out.push(&page(root).map_err(Failure::Output)?);
        return Ok(out.flush()?);
    };
    let count = fs::create_dir_all(folder)
        .and_then(|()| write_all(&root, Path::new(folder)))
        .map_err(Failure::Output)?
        .to_string();
    let message = fill(texts.written, &[("count", &count), ("path", folder)]);
    done(context, &message, &json!({"pages": count, "path": folder}))
}

/// Writes the page of `command` and of each one below it; says how many.
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
