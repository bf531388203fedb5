//! `config list`: the profiles, and the settings in effect with their sources.

use std::borrow::Cow;

use clap::ArgMatches;
use compshare_client::{DEFAULT_PROFILE, ProfileFile, Reason, Setting};
use serde_json::{Map, Value, json};

use crate::commands::listing;
use crate::context::Context;
use crate::failure::Failure;
use crate::lang::{Lang, Texts, language, texts};
use crate::output::{Column, Columns, List, print_stderr};
use crate::settings::{
    Settings, origin_name, origin_place, setting_title, warning_text, without_login,
};

/// The settings of requests, by their names for programs.
const SETTINGS: [(&str, Setting); 5] = [
    ("profile", Setting::Profile),
    ("region", Setting::Region),
    ("zone", Setting::Zone),
    ("project_id", Setting::ProjectId),
    ("base_url", Setting::BaseUrl),
];

pub(super) fn list(context: &Context, matches: &ArgMatches) -> Result<(), Failure> {
    let file = ProfileFile::read().map_err(|error| Failure::from_config_error(&error))?;
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

    let uses_keys_of = |name: &str| name == selected && source == "profile";
    let rows: Vec<Value> = file
        .names()
        .map(|name| {
            let value = |setting| file.value(name, setting);
            let mut row = json!({
                "Profile": name,
                "Active": uses_keys_of(name),
                "Source": "profile",
                "Region": value(Setting::Region),
                "Zone": value(Setting::Zone),
                "ProjectId": value(Setting::ProjectId),
                // A hand-written base URL may contain a login.
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
    let current = file.names().find(|name| uses_keys_of(name));
    let data = vec![
        ("credential_source", json!(source)),
        ("selected_profile", json!(selected)),
        ("profile_exists", json!(exists)),
        ("credential_sources", sources),
        ("current_profile", json!(current)),
        ("settings", in_effect(context, &settings)),
    ];

    let format = context.table_format();
    // JSON and CSV are not translated.
    let words = if format.is_table() {
        texts()
    } else {
        Lang::English.texts()
    };
    let columns = profile_columns(words, settings.profile_in_effect().map(str::to_owned));
    let columns = listing::selected(context, matches, columns)?;
    let mut out = context.output();
    let mut list = List::new(&mut out, &columns, format).document("profiles", data);
    list.page(&rows)?;
    list.finish(Map::new())?;

    if format.is_table() {
        if rows.is_empty() {
            print_stderr(texts().cfg_no_profiles);
        } else {
            out.line("");
        }
        let columns = setting_columns();
        let mut list = List::new(&mut out, &columns, format);
        list.page(&setting_rows(context, &settings))?;
        list.finish(Map::new())?;
        warn_about_keys(context, &settings, rows.is_empty());
    }
    if let Some(warning) = file.warning() {
        context.warn(&warning_text(&warning));
    }
    Ok(())
}

/// Warns about missing or unusable keys.
fn warn_about_keys(context: &Context, settings: &Settings, has_no_profiles: bool) {
    let Err(error) = settings.check() else { return };
    let is_about_keys = match error.reason() {
        Some(Reason::KeyMissing(_)) => !has_no_profiles,
        Some(Reason::KeysFromTwoSources { .. } | Reason::ProfileMissing { .. }) => true,
        _ => false,
    };
    if is_about_keys {
        context.warn(&Failure::from_config_error(&error).message);
    }
}

/// Returns the settings in effect as JSON: value and source by name.
fn in_effect(context: &Context, settings: &Settings) -> Value {
    let mut found = Map::new();
    for (name, setting) in SETTINGS {
        let value = settings.value(setting).map(without_login);
        let source = origin_name(settings.origin(setting));
        found.insert(name.to_owned(), json!({"value": value, "source": source}));
    }
    let source = context.language_source.name();
    found.insert(
        "lang".to_owned(),
        json!({"value": language().name(), "source": source}),
    );
    Value::Object(found)
}

/// Returns the settings in effect as table rows.
fn setting_rows(context: &Context, settings: &Settings) -> Vec<Value> {
    let texts = texts();
    let place = |setting| origin_place(settings.origin(setting));
    // The keys are omitted: users share this table.
    let keys = match (place(Setting::PublicKey), place(Setting::PrivateKey)) {
        (public, private) if public == private => public,
        (public, private) => format!("{public}{}{private}", texts.comma).into(),
    };

    let mut rows = vec![json!({"Setting": texts.doc_keys, "Source": keys})];
    for (_, setting) in SETTINGS {
        let value = settings.value(setting).map(without_login);
        rows.push(json!({
            "Setting": setting_title(setting),
            "Value": value,
            "Source": place(setting),
        }));
    }
    rows.push(json!({
        "Setting": texts.doc_lang,
        "Value": language().name(),
        "Source": context.language_source.place(),
    }));
    rows
}

/// Returns the columns of profiles. `in_effect` is the profile with the region, zone, project or
/// base URL in use.
fn profile_columns(words: &'static Texts, in_effect: Option<String>) -> Columns<Value> {
    let texts = texts();
    let active = move |row: &Value| {
        let member = |name: &str| row.get(name);
        let name = member("Profile").and_then(Value::as_str);
        if member("Active").and_then(Value::as_bool) == Some(true) {
            words.yes
        } else if name.is_some() && name == in_effect.as_deref() {
            words.active_settings
        } else {
            words.no
        }
    };

    Columns::with_id(
        vec![
            Column::member("Profile", texts.col_profile),
            Column::new("Active", texts.col_active, move |row| {
                Some(Cow::Borrowed(active(row)))
            }),
            Column::new("Source", texts.col_source, move |_| {
                Some(Cow::Borrowed(words.src_file))
            }),
            Column::member("Region", texts.col_region),
            Column::member("Zone", texts.col_zone),
            Column::member("ProjectId", texts.col_project).name("project"),
            Column::member("BaseUrl", texts.col_address).name("address"),
        ],
        0,
    )
}

fn setting_columns() -> Columns<Value> {
    let texts = texts();
    Columns::without_id(vec![
        Column::member("Setting", texts.col_setting),
        Column::member("Value", texts.col_value),
        Column::member("Source", texts.col_source),
    ])
}
