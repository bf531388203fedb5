//! `config set`, `get` and `unset`: key pairs and settings of a profile.

use clap::ArgMatches;
use compshare_client::{Config, ProxyChoice, Setting, sanitize};
use serde_json::json;

use super::keys::{self, Key};
use super::profile_name;
use crate::cli::args::value;
use crate::context::{Context, GlobalArgs};
use crate::failure::Failure;
use crate::lang::{Lang, language, text, texts};
use crate::output::print_stderr;
use crate::profile_store::ProfileStore;
use crate::prompt;
use crate::settings::{Settings, origin_name, without_login};
use crate::terminal;

/// The changes of a `config set` command.
#[derive(Default)]
struct Changes {
    settings: Vec<(Setting, String)>,
    language: Option<Lang>,
}

impl Changes {
    /// Reads the options that `config set` stores.
    fn of_options(globals: &GlobalArgs) -> Self {
        let options = [
            (Setting::Region, &globals.region),
            (Setting::Zone, &globals.zone),
            (Setting::ProjectId, &globals.project_id),
            (Setting::BaseUrl, &globals.base_url),
        ];

        let given = options
            .into_iter()
            .filter_map(|(setting, value)| Some((setting, value.clone()?)));
        Self {
            settings: given.collect(),
            language: globals.lang,
        }
    }

    fn is_empty(&self) -> bool {
        self.settings.is_empty() && self.language.is_none()
    }

    /// Rejects values that a client would reject.
    fn check(&self) -> Result<(), Failure> {
        let mut builder = Config::builder().proxy(ProxyChoice::Direct);
        let (mut public_key, mut private_key) = ("public", "private");
        for (setting, value) in &self.settings {
            let is_key = matches!(setting, Setting::PublicKey | Setting::PrivateKey);
            if !is_key && value.trim().is_empty() {
                let key = keys::member(*setting).unwrap_or_default();
                let failure = Failure::usage(text!(cfg_value_empty, key));
                return Err(failure.with_hint(text!(cfg_value_empty_hint, key)));
            }

            builder = match setting {
                Setting::Region => builder.region(value),
                Setting::Zone => builder.zone(value),
                Setting::ProjectId => builder.project_id(value),
                Setting::BaseUrl => builder.base_url(value),
                _ => builder,
            };
            match setting {
                Setting::PublicKey => public_key = value,
                Setting::PrivateKey => private_key = value,
                _ => {}
            }
        }

        let checked = builder.keys(public_key, private_key).build();
        checked
            .map(drop)
            .map_err(|error| Failure::from_config_error(&error))
    }

    /// Validates the changes and writes them to the file.
    fn save(&self, store: &mut ProfileStore, profile: &str) -> Result<(), Failure> {
        self.check()?;
        let members = self.settings.iter();
        let members =
            members.filter_map(|(setting, value)| Some((keys::member(*setting)?, value.trim())));
        if !self.settings.is_empty() {
            store.set(profile, members);
        }
        if let Some(language) = self.language {
            store.set_language(language.name());
        }
        store.save()
    }
}

pub(super) fn set(context: &Context, matches: &ArgMatches) -> Result<(), Failure> {
    match keys::of(matches) {
        Some(Key { setting: None, .. }) => set_language(context, matches),
        Some(Key {
            setting: Some(setting),
            name,
            ..
        }) => set_key(context, matches, setting, name),
        None => set_profile(context, matches),
    }
}

/// Runs `config set KEY VALUE`.
fn set_key(
    context: &Context,
    matches: &ArgMatches,
    setting: Setting,
    key: &str,
) -> Result<(), Failure> {
    let mut store = ProfileStore::open()?;
    let name = profile_name(context, matches)?;
    let value = match (setting, value(matches, "value")) {
        (Setting::PrivateKey, Some(_)) => return Err(key_on_command_line()),
        (Setting::PrivateKey, None) => prompt::private_key()?,
        (_, Some(value)) => value.to_owned(),
        (_, None) => return Err(Failure::usage(text!(use_missing, name = "<VALUE>"))),
    };

    let data = match setting {
        Setting::PrivateKey => json!({"profile": name, "key": key}),
        _ => json!({"profile": name, "key": key, "value": value.trim()}),
    };
    let mut changes = Changes::of_options(&context.global_args);
    changes.settings.push((setting, value));
    if matches.get_flag("activate") {
        store.select(&name);
    }
    changes.save(&mut store, &name)?;
    context.done(&text!(saved_key, key, name), &data)
}

/// Runs `config set lang VALUE`.
fn set_language(context: &Context, matches: &ArgMatches) -> Result<(), Failure> {
    reject_profile(matches)?;
    let name = value(matches, "value")
        .ok_or_else(|| Failure::usage(text!(use_missing, name = "<VALUE>")))?;
    let language = Lang::from_name(name.trim()).ok_or_else(|| {
        let message = text!(use_invalid_value, value = name, name = "lang");
        Failure::usage(message).with_hint(text!(use_possible_values, values = "zh, en"))
    })?;

    let mut store = ProfileStore::open()?;
    let mut changes = Changes::of_options(&context.global_args);
    changes.language = Some(language);
    changes.save(&mut store, &profile_name(context, matches)?)?;
    let message = text!(saved_lang, value = language.name());
    context.done(&message, &json!({"key": "lang", "value": language.name()}))
}

/// Runs `config set` without a key: stores the options, and prompts for keys unless the profile has
/// some.
fn set_profile(context: &Context, matches: &ArgMatches) -> Result<(), Failure> {
    let mut store = ProfileStore::open()?;
    let name = profile_name(context, matches)?;
    let mut changes = Changes::of_options(&context.global_args);

    let has_keys =
        store.has_private_key(&name) && store.file.value(&name, Setting::PublicKey).is_some();
    let asks_keys = changes.is_empty() || !has_keys;
    if asks_keys {
        let public_key = store.file.value(&name, Setting::PublicKey);
        let pair = prompt::key_pair(public_key, store.has_private_key(&name))?;
        changes.settings.extend(pair);
    }
    if matches.get_flag("activate") || (asks_keys && !matches.get_flag("no-activate")) {
        store.select(&name);
    }
    changes.save(&mut store, &name)?;

    let is_active = store.current() == name;
    context.done(
        &text!(saved, name),
        &json!({"profile": name, "active": is_active}),
    )?;
    if asks_keys && terminal::stdin_is_terminal() {
        print_stderr(texts().prompt_doctor);
    }
    Ok(())
}

/// Runs `config get KEY`: prints the value in effect, or the stored one with `--name`.
pub(super) fn get(context: &Context, matches: &ArgMatches) -> Result<(), Failure> {
    let Some(key) = keys::of(matches) else {
        return Err(Failure::usage(text!(use_missing, name = "<KEY>")));
    };
    let profile = value(matches, "profile-name");
    let (value, source) = match (key.setting, profile) {
        (Some(Setting::PrivateKey), _) => {
            return Err(Failure::usage(texts().cfg_private_key_hidden));
        }
        (None, _) => {
            reject_profile(matches)?;
            (
                Some(language().name().to_owned()),
                context.language_source.name(),
            )
        }
        (Some(setting), Some(profile)) => {
            let store = ProfileStore::open()?;
            store.check(profile)?;
            let value = store.file.value(profile, setting);
            (value.map(str::to_owned), "profile")
        }
        (Some(setting), None) => {
            let settings = Settings::read(context);
            settings.check_profile()?;
            let value = settings.value(setting).map(str::to_owned);
            (value, origin_name(settings.origin(setting)))
        }
    };

    let Some(value) = value else {
        return Err(Failure::configuration(text!(
            cfg_value_unset,
            key = key.name
        )));
    };
    // An invalid base URL may contain a login: do not print it.
    let value = without_login(&value);
    let data = json!({"key": key.name, "value": value, "source": source});
    context.done(&sanitize(&value), &data)
}

/// Runs `config unset KEY`.
pub(super) fn unset(context: &Context, matches: &ArgMatches) -> Result<(), Failure> {
    let Some(key) = keys::of(matches) else {
        return Err(Failure::usage(text!(use_missing, name = "<KEY>")));
    };
    let mut store = ProfileStore::open()?;
    if key.setting.is_none() {
        reject_profile(matches)?;
        let is_removed = store.unset_language();
        if is_removed {
            store.save()?;
        }
        return context.done(
            &text!(removed_lang, key = key.name),
            &json!({"key": key.name, "removed": is_removed}),
        );
    }

    let name = profile_name(context, matches)?;
    store.check(&name)?;
    let is_removed = store.unset(&name, key.name);
    if is_removed {
        store.save()?;
    }
    context.done(
        &text!(removed_key, key = key.name, name),
        &json!({"profile": name, "key": key.name, "removed": is_removed}),
    )
}

/// Rejects `--name` for the language, which is stored outside profiles.
fn reject_profile(matches: &ArgMatches) -> Result<(), Failure> {
    match value(matches, "profile-name") {
        Some(_) => Err(Failure::usage(text!(
            use_conflict,
            name = "--name",
            other = "lang"
        ))),
        None => Ok(()),
    }
}

fn key_on_command_line() -> Failure {
    Failure::usage(texts().use_keys_on_command_line).with_hint(texts().cfg_no_keys_hint)
}
