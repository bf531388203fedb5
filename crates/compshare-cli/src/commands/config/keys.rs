//! The setting keys of `config set`, `get` and `unset`.

use clap::builder::{PossibleValue, PossibleValuesParser};
use clap::{Arg, ArgMatches};
use compshare_client::Setting;

/// A setting key.
#[derive(Clone, Copy)]
pub(super) struct Key {
    pub(super) name: &'static str,
    /// An alternative spelling.
    alias: &'static str,
    /// The profile setting; `None` for the language, which is stored outside profiles.
    pub(super) setting: Option<Setting>,
}

impl Key {
    const fn new(name: &'static str, alias: &'static str, setting: Option<Setting>) -> Self {
        Self {
            name,
            alias,
            setting,
        }
    }
}

const KEYS: [Key; 7] = [
    Key::new("region", "region", Some(Setting::Region)),
    Key::new("zone", "zone", Some(Setting::Zone)),
    Key::new("project_id", "project-id", Some(Setting::ProjectId)),
    Key::new("base_url", "base-url", Some(Setting::BaseUrl)),
    Key::new("lang", "language", None),
    Key::new("public_key", "public-key", Some(Setting::PublicKey)),
    Key::new("private_key", "private-key", Some(Setting::PrivateKey)),
];

/// Creates the argument `KEY`.
pub(super) fn argument(help: &'static str) -> Arg {
    let values = KEYS.map(|key| PossibleValue::new(key.name).alias(key.alias));
    Arg::new("key")
        .value_name("KEY")
        .help(help)
        .ignore_case(true)
        .hide_possible_values(true)
        .value_parser(PossibleValuesParser::new(values))
}

/// Returns the key given on the command line.
pub(super) fn of(matches: &ArgMatches) -> Option<Key> {
    // `config` without a subcommand has no such argument.
    let text = matches.try_get_one::<String>("key").ok().flatten()?;
    let is_meant = |key: &Key| {
        [key.name, key.alias]
            .iter()
            .any(|name| name.eq_ignore_ascii_case(text))
    };
    KEYS.into_iter().find(is_meant)
}

/// Returns the name of a setting in the profile file.
pub(super) fn member(setting: Setting) -> Option<&'static str> {
    let key = KEYS.into_iter().find(|key| key.setting == Some(setting));
    key.map(|key| key.name)
}
