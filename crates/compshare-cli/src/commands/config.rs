//! `compshare config`: key pairs in profiles.

use std::borrow::Cow;

use clap::parser::ValueSource;
use clap::{Arg, ArgMatches, Command};
use compshare_client::{Config, DEFAULT_PROFILE, ProfileFile, ProxyChoice, Setting};
use serde_json::{Map, Value, json};

use crate::cli::args::{self, examples, flag, option, positional, required};
use crate::cli::subcommand::Subcommand;
use crate::context::Context;
use crate::failure::{Failure, tell};
use crate::lang::{Lang, Texts, language, text, texts};
use crate::output::{Column, Columns, List};
use crate::prompt;
use crate::settings::{Settings, origin_name, warning_text, without_login};
use crate::store::Store;

/// The options of `config set`, which `config` takes as well.
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
        "compshare config set --name work < keys.txt",
        "compshare config list",
    ];
    let set = [
        "compshare config set",
        "compshare config set --name work --no-activate",
        r#"printf '%s\n' "$PUBLIC" "$PRIVATE" | compshare config set --name ci"#,
    ];
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
            below("set", texts.config_set_about, &set, texts.config_set_note).args(set_options()),
        )
        .subcommand(below("list", texts.config_list_about, &list, ""))
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
        option("profile-name", "NAME", texts().config_name).long("name"),
        flag("activate", texts().config_activate),
        flag("no-activate", texts().config_no_activate).conflicts_with("activate"),
    ]
}

fn run(context: &Context, matches: &ArgMatches) -> Result<(), Failure> {
    if let Some((command, _)) = matches.subcommand() {
        // What `config` takes by itself is for `config set`.
        let given = SET_OPTIONS
            .iter()
            .find(|id| matches.value_source(id) == Some(ValueSource::CommandLine));
        if let Some(id) = given {
            let option = if *id == "profile-name" { "name" } else { id };
            let name = format!("--{option}");
            return Err(Failure::usage(text!(use_conflict, name, other = command)));
        }
    }
    match matches.subcommand() {
        Some(("list", _)) => list(context),
        Some(("use", matches)) => select(context, matches),
        Some(("delete", matches)) => delete(context, matches),
        Some(("path", _)) => path(context),
        Some((_, matches)) => set(context, matches),
        None => set(context, matches),
    }
}

fn set(context: &Context, matches: &ArgMatches) -> Result<(), Failure> {
    let texts = texts();
    let name = matches
        .get_one::<String>("profile-name")
        .or(context.globals.profile.as_ref());
    let name = name.map_or(DEFAULT_PROFILE, String::as_str);
    if name.trim().is_empty() || name.chars().any(char::is_control) {
        return Err(Failure::usage(texts.use_profile_name));
    }
    let mut store = Store::open()?;
    let (public, private) = prompt::key_pair()?;
    // Refused here with a reason, rather than by the service.
    let keys = Config::builder()
        .keys(public.as_str(), private.as_str())
        .proxy(ProxyChoice::None);
    keys.clone()
        .build()
        .map_err(|error| Failure::configuration(language().detail(&error)))?;
    let globals = &context.globals;
    if let Some(base_url) = &globals.base_url {
        keys.base_url(base_url)
            .build()
            .map_err(|error| Failure::refused(&error))?;
    }
    let members = [
        ("public_key", Some(&public)),
        ("private_key", Some(&private)),
        ("region", globals.region.as_ref()),
        ("zone", globals.zone.as_ref()),
        ("project_id", globals.project_id.as_ref()),
        ("base_url", globals.base_url.as_ref()),
    ];
    let members = members.into_iter();
    store.set(
        name,
        members.filter_map(|(member, value)| Some((member, value?.trim()))),
    );
    let is_active = !matches.get_flag("no-activate");
    if is_active {
        store.select(name);
    }
    store.save()?;
    context.done(
        &text!(saved, name),
        &json!({"profile": name, "active": is_active}),
    )
}

fn list(context: &Context) -> Result<(), Failure> {
    let texts = texts();
    let file = ProfileFile::read().map_err(|error| Failure::refused(&error))?;
    let settings = Settings::read(context);
    let selected = settings.value(Setting::Profile).unwrap_or(DEFAULT_PROFILE);
    let public = origin_name(settings.origin(Setting::PublicKey));
    let private = origin_name(settings.origin(Setting::PrivateKey));
    let source = match (public, private) {
        ("missing", "missing") => "unconfigured",
        ("missing", _) | (_, "missing") => "incomplete",
        (one, other) if one == other => one,
        _ => "mixed",
    };
    let is_used = |name: &str| name == selected && matches!(source, "profile" | "mixed");
    let rows: Vec<Value> = file
        .names()
        .map(|name| {
            let value = |setting| file.value(name, setting);
            let mut row = json!({
                "Profile": name,
                "Active": is_used(name),
                "Source": if is_used(name) { source } else { "profile" },
                "Region": value(Setting::Region),
                "Zone": value(Setting::Zone),
                "ProjectId": value(Setting::ProjectId),
                // One that was written by hand may have a login in it, which is refused later on.
                "BaseUrl": value(Setting::BaseUrl).map(without_login),
            });
            if let Some(members) = row.as_object_mut() {
                members.retain(|_, value| !value.is_null());
            }
            row
        })
        .collect();
    let exists = file.names().any(|name| name == selected);
    let sources = json!({"public_key_source": public, "private_key_source": private});
    let current = file.names().find(|name| is_used(name));
    let data = vec![
        ("credential_source", json!(source)),
        ("selected_profile", json!(selected)),
        ("profile_exists", json!(exists)),
        ("credential_sources", sources),
        ("current_profile", json!(current)),
    ];

    let format = context.table_format();
    // What programs read is the same in each language.
    let words = if format.is_table() {
        texts
    } else {
        Lang::English.texts()
    };
    let columns = columns(words);
    let mut out = context.output();
    let mut list = List::new(&mut out, &columns, format).document("profiles", data);
    list.page(&rows)?;
    list.finish(Map::new())?;
    if format.is_table() {
        if source == "environment" {
            tell(&format!(
                "{}{}{}",
                texts.doc_keys, texts.colon, texts.src_environment
            ));
        } else if let Some(key) = settings.missing_key() {
            context.warn(&Failure::missing_key(key).message);
        }
    }
    if let Some(warning) = file.warning() {
        context.warn(&warning_text(&warning));
    }
    Ok(())
}

fn columns(words: &'static Texts) -> Columns<Value> {
    let texts = texts();
    let active = |row: &Value| {
        let is_active = row.get("Active")?.as_bool()?;
        Some(if is_active { words.yes } else { words.no })
    };
    let source = |row: &Value| match row.get("Source")?.as_str()? {
        "mixed" => Some(words.src_mixed),
        _ => Some(words.src_file),
    };
    Columns::with_id(
        vec![
            Column::member("Profile", texts.col_profile),
            Column::new("Active", texts.col_active, move |row| {
                active(row).map(Cow::Borrowed)
            }),
            Column::new("Source", texts.col_source, move |row| {
                source(row).map(Cow::Borrowed)
            }),
            Column::member("Region", texts.col_region),
            Column::member("Zone", texts.col_zone),
            Column::member("ProjectId", texts.col_project),
            Column::member("BaseUrl", texts.col_address),
        ],
        0,
    )
}

fn select(context: &Context, matches: &ArgMatches) -> Result<(), Failure> {
    let name = required(matches, "name");
    let mut store = Store::open()?;
    store.check(name)?;
    store.select(name);
    store.save()?;
    context.done(&text!(using, name), &json!({"profile": name}))
}

fn delete(context: &Context, matches: &ArgMatches) -> Result<(), Failure> {
    let name = required(matches, "name");
    let mut store = Store::open()?;
    store.check(name)?;
    let question = text!(confirm_delete, name);
    prompt::confirm(context, &question, matches.get_flag("yes"))?;
    store.remove(name);
    store.save()?;
    context.done(&text!(deleted, name), &json!({"profile": name}))
}

fn path(context: &Context) -> Result<(), Failure> {
    let refused = |error| Failure::refused(&error);
    let path = Config::profile_path().map_err(refused)?;
    let path = path.ok_or_else(|| Failure::configuration(texts().cfg_no_place))?;
    let path = path.display().to_string();
    context.done(&path, &json!({"path": path}))
}
