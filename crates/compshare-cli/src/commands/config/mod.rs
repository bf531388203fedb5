//! `compshare config`: profiles with key pairs and other settings.

mod keys;
mod list;
mod set;

use clap::parser::ValueSource;
use clap::{Arg, ArgMatches, Command};
use compshare_client::{Config, DEFAULT_PROFILE, Setting};
use serde_json::json;

use crate::cli::args::{self, examples, flag, option, positional, required};
use crate::cli::subcommand::Subcommand;
use crate::context::Context;
use crate::failure::Failure;
use crate::lang::{text, texts};
use crate::output::Format;
use crate::profile_store::ProfileStore;
use crate::prompt;
use crate::settings::Settings;

/// The options of `config set`, also accepted by `config`.
const SET_OPTIONS: [&str; 3] = ["profile-name", "activate", "no-activate"];

pub(crate) const COMMAND: Subcommand = Subcommand::new("config", define, run);

fn define(command: Command) -> Command {
    let profile = || positional("name", "NAME", texts().config_profile_arg);
    let below = |name: &'static str, about: &'static str, commands: &[&str], note: &str| {
        Command::new(name)
            .about(about)
            .after_help(examples(commands, note))
    };
    let commands = [
        "compshare config set",
        "compshare config set region cn-sh2",
        "compshare config list",
    ];
    let set = [
        "compshare config set",
        "compshare config set --name work --no-activate",
        "compshare config set region cn-sh2",
        "compshare config set lang zh",
        r#"printf '%s\n' "$PUBLIC" "$PRIVATE" | compshare config set --name ci"#,
    ];
    let get = [
        "compshare config get region",
        "compshare config get zone --name work",
    ];
    let unset = ["compshare config unset zone", "compshare config unset lang"];
    let list = [
        "compshare config list",
        "compshare config list --output json",
    ];
    let delete = [
        "compshare config delete work",
        "compshare config delete work --yes",
    ];
    let (select, path) = (["compshare config use work"], ["compshare config path"]);
    let texts = texts();

    command
        .about(texts.config_about)
        .after_help(examples(&commands, texts.config_note))
        .args(set_options())
        .subcommand(
            below("set", texts.config_set_about, &set, texts.config_set_note)
                .arg(keys::argument(texts.config_key))
                .arg(positional("value", "VALUE", texts.config_value).required(false))
                .args(set_options()),
        )
        .subcommand(
            below("get", texts.config_get_about, &get, texts.config_get_note)
                .arg(keys::argument(texts.config_key).required(true))
                .arg(profile_option(texts.config_get_name)),
        )
        .subcommand(
            below("unset", texts.config_unset_about, &unset, "")
                .arg(keys::argument(texts.config_key).required(true))
                .arg(profile_option(texts.config_name)),
        )
        .subcommand(below("list", texts.config_list_about, &list, "").arg(args::columns()))
        .subcommand(below("use", texts.config_use_about, &select, "").arg(profile()))
        .subcommand(
            below("delete", texts.config_delete_about, &delete, "")
                .arg(profile())
                .arg(args::yes()),
        )
        .subcommand(below("path", texts.config_path_about, &path, ""))
}

fn set_options() -> Vec<Arg> {
    vec![
        profile_option(texts().config_name),
        flag("activate", texts().config_activate),
        flag("no-activate", texts().config_no_activate).conflicts_with("activate"),
    ]
}

/// Creates `--name`, the profile to read or change.
fn profile_option(help: &'static str) -> Arg {
    option("profile-name", "NAME", help).long("name")
}

fn run(context: &Context, matches: &ArgMatches) -> Result<(), Failure> {
    if let Some((command, _)) = matches.subcommand() {
        // The options of `config` belong to an implied `config set`.
        let given = SET_OPTIONS
            .iter()
            .find(|id| matches.value_source(id) == Some(ValueSource::CommandLine));
        if let Some(id) = given {
            let option = if *id == "profile-name" { "name" } else { id };
            let name = format!("--{option}");
            return Err(Failure::usage(text!(use_conflict, name, other = command)));
        }
    }

    // Every other subcommand prints a single value.
    if !matches!(matches.subcommand_name(), Some("list")) {
        context.format_except(&[Format::Csv, Format::Ids])?;
    }
    match matches.subcommand() {
        Some(("get", matches)) => set::get(context, matches),
        Some(("unset", matches)) => set::unset(context, matches),
        Some(("list", matches)) => list::list(context, matches),
        Some(("use", matches)) => select(context, matches),
        Some(("delete", matches)) => delete(context, matches),
        Some(("path", _)) => path(context),
        Some((_, matches)) => set::set(context, matches),
        None => set::set(context, matches),
    }
}

/// Returns the profile named by `--name`, or the one in use.
fn profile_name(context: &Context, matches: &ArgMatches) -> Result<String, Failure> {
    let in_use = || {
        let settings = Settings::read(context);
        let selected = settings.value(Setting::Profile);
        selected.unwrap_or(DEFAULT_PROFILE).to_owned()
    };
    let name = args::owned(matches, "profile-name").unwrap_or_else(in_use);
    if name.trim().is_empty() || name.chars().any(char::is_control) {
        return Err(Failure::usage(texts().use_profile_name));
    }
    Ok(name)
}

fn select(context: &Context, matches: &ArgMatches) -> Result<(), Failure> {
    let name = required(matches, "name");
    let mut store = ProfileStore::open()?;
    store.check(name)?;
    store.select(name);
    store.save()?;
    context.done(&text!(using, name), &json!({"profile": name}))
}

fn delete(context: &Context, matches: &ArgMatches) -> Result<(), Failure> {
    let name = required(matches, "name");
    let mut store = ProfileStore::open()?;
    store.check(name)?;
    let question = text!(confirm_delete, name);
    prompt::confirm(context, &question, matches.get_flag("yes"))?;
    store.remove(name);
    store.save()?;
    context.done(&text!(deleted, name), &json!({"profile": name}))
}

fn path(context: &Context) -> Result<(), Failure> {
    let refused = |error| Failure::from_config_error(&error);
    let path = Config::profile_path().map_err(refused)?;
    let path = path.ok_or_else(|| Failure::configuration(texts().cfg_no_place))?;
    let path = path.display().to_string();
    context.done(&path, &json!({"path": path}))
}
