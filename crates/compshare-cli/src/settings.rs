//! Settings: command-line options on top of the library's configuration.

use std::borrow::Cow;
use std::sync::Arc;
use std::time::{Duration, Instant};

use compshare_client::model::Zone;
use compshare_client::transport::Now;
use compshare_client::{
    Config, ConfigBuilder, Error, Origin, Reason, RetryPolicy, Setting, Timeouts, TlsRoots,
    Warning, sync,
};

use crate::context::{Context, GlobalArgs};
use crate::failure::Failure;
use crate::lang::{text, texts};
use crate::logging::LoggingTransport;
use crate::output::print_stderr;
use crate::terminal;

/// The settings of requests, apart from the keys.
const REQUEST_SETTINGS: [Setting; 4] = [
    Setting::Region,
    Setting::Zone,
    Setting::ProjectId,
    Setting::BaseUrl,
];

/// Returns the display name of a setting.
pub(crate) fn setting_title(setting: Setting) -> &'static str {
    let texts = texts();
    match setting {
        Setting::Region => texts.doc_region,
        Setting::Zone => texts.doc_zone,
        Setting::ProjectId => texts.doc_project,
        Setting::BaseUrl => texts.doc_url,
        _ => texts.doc_profile,
    }
}

/// The library's maximum time for a call: a day.
const MAX_CALL_TIME: Duration = Duration::from_secs(24 * 60 * 60);

/// Returns the name of an origin in JSON, as in CompShare's own command line.
pub(crate) fn origin_name(origin: Option<&Origin>) -> &'static str {
    match origin {
        None => "missing",
        Some(Origin::Environment(_)) => "environment",
        Some(Origin::Profile(_)) => "profile",
        Some(Origin::Default) => "default",
        Some(_) => "option",
    }
}

/// Returns the display name of an origin.
pub(crate) fn origin_text(origin: Option<&Origin>) -> &'static str {
    match origin {
        None => texts().src_unset,
        Some(Origin::Environment(_)) => texts().src_environment,
        Some(Origin::Profile(_)) => texts().src_profile,
        Some(Origin::Default) => texts().src_default,
        Some(_) => texts().src_option,
    }
}

/// Returns a detailed display name of an origin: the variable or the profile.
pub(crate) fn origin_place(origin: Option<&Origin>) -> Cow<'static, str> {
    match origin {
        Some(Origin::Environment(name)) => Cow::Borrowed(name),
        Some(Origin::Profile(name)) => Cow::Owned(text!(src_profile_of, name)),
        _ => Cow::Borrowed(origin_text(origin)),
    }
}

/// The source of the language.
pub(crate) enum LanguageSource {
    Origin(Origin),
    /// The profile file, outside of any profile.
    File,
}

impl LanguageSource {
    /// Returns the name in JSON.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Origin(origin) => origin_name(Some(origin)),
            Self::File => "file",
        }
    }

    /// Returns the display name.
    pub(crate) fn place(&self) -> Cow<'static, str> {
        match self {
            Self::Origin(origin) => origin_place(Some(origin)),
            Self::File => Cow::Borrowed(texts().src_file),
        }
    }
}

/// Returns a warning in one line.
pub(crate) fn warning_text(warning: &Warning) -> String {
    match warning {
        Warning::ProfileFileReadable { path, mode, .. } => {
            text!(
                cfg_open,
                path = path.display(),
                mode = format!("{mode:03o}")
            )
        }
        other => other.to_string(),
    }
}

/// Settings from options, environment and profile, not validated yet.
pub(crate) struct Settings(ConfigBuilder);

impl Settings {
    pub(crate) fn read(context: &Context) -> Self {
        let globals = &context.global_args;
        let mut timeouts = Timeouts::default();
        if let Some(limit) = globals.time_limit() {
            timeouts = timeouts.call(limit);
        }
        let mut retry = RetryPolicy::default();
        if let Some(retries) = globals.retries {
            retry = retry.max_attempts(retries.saturating_add(1));
        }

        let mut builder = Config::builder()
            .timeouts(timeouts)
            .retry(retry)
            .tls_roots(TlsRoots::BundledAndEnvironment)
            .user_agent(concat!("compshare-cli/", env!("CARGO_PKG_VERSION")));
        if let Some(region) = &globals.region {
            builder = builder.region(region);
        }
        if let Some(zone) = &globals.zone {
            builder = builder.zone(zone);
        }
        if let Some(project_id) = &globals.project_id {
            builder = builder.project_id(project_id);
        }
        if let Some(base_url) = &globals.base_url {
            builder = builder.base_url(base_url);
        }
        Self(builder.env().profile(globals.profile.as_deref()))
    }

    pub(crate) fn value(&self, setting: Setting) -> Option<&str> {
        self.0.settings().value(setting)
    }

    pub(crate) fn origin(&self, setting: Setting) -> Option<&Origin> {
        self.0.settings().origin(setting)
    }

    /// Returns the profile whose region, zone, project or base URL is in effect.
    pub(crate) fn profile_in_effect(&self) -> Option<&str> {
        REQUEST_SETTINGS
            .into_iter()
            .find_map(|setting| match self.origin(setting) {
                Some(Origin::Profile(name)) => Some(name.as_str()),
                _ => None,
            })
    }

    /// Fails if the profile file is unusable or lacks the selected profile.
    pub(crate) fn check_profile(&self) -> Result<(), Failure> {
        let Err(error) = self.check() else {
            return Ok(());
        };
        match error.reason() {
            Some(
                Reason::KeyMissing(_) | Reason::KeysFromTwoSources { .. } | Reason::Setting { .. },
            ) => Ok(()),
            _ => Err(Failure::from_config_error(&error)),
        }
    }

    /// Returns the first key that is not set.
    pub(crate) fn missing_key(&self) -> Option<Setting> {
        [Setting::PublicKey, Setting::PrivateKey]
            .into_iter()
            .find(|key| self.origin(*key).is_none())
    }

    /// Validates the settings without printing warnings.
    pub(crate) fn check(&self) -> Result<Config, Error> {
        self.0.clone().build()
    }

    /// Validates the settings without region and zone, without printing warnings.
    pub(crate) fn check_everywhere(&self) -> Result<Config, Error> {
        self.0.clone().no_region().zone("").build()
    }

    /// Returns the validated settings and prints warnings.
    pub(crate) fn config(&self, context: &Context) -> Result<Config, Failure> {
        let config = build_checked(self.0.clone(), context)?;
        self.note_profile(context);
        Ok(config)
    }

    /// Validates the settings with placeholder keys, for a request that only checks the connection.
    pub(crate) fn config_without_keys(&self) -> Result<Config, Error> {
        self.0
            .clone()
            .keys("no-public-key", "no-private-key")
            .build()
    }

    /// Prints a note if profile settings are combined with keys of the environment, at a terminal
    /// or with `-v`.
    fn note_profile(&self, context: &Context) {
        let is_shown = context.global_args.verbose > 0
            || (terminal::stderr_is_terminal() && !context.is_json());
        let are_of_environment = origin_name(self.origin(Setting::PrivateKey)) == "environment";
        // A profile named by an option has its own warning.
        let is_named = self.origin(Setting::Profile) == Some(&Origin::Code);

        if !is_shown || !are_of_environment || is_named {
            return;
        }

        let Some(name) = self.profile_in_effect() else {
            return;
        };
        let is_of_profile =
            |setting: &Setting| matches!(self.origin(*setting), Some(Origin::Profile(_)));

        let settings = REQUEST_SETTINGS.into_iter().filter(is_of_profile);
        let settings: Vec<&str> = settings.map(setting_title).collect();
        let settings = settings.join(texts().comma);
        print_stderr(&text!(cfg_profile_note, settings, name));
    }

    /// Returns the settings for a request about all regions, with a region only if `--region` is
    /// set.
    pub(crate) fn config_across_regions(&self, context: &Context) -> Result<Config, Failure> {
        let builder = self.0.clone();
        match context.global_args.region {
            Some(_) => build_checked(builder, context),
            None => build_checked(builder.no_region(), context),
        }
    }

    /// Returns the settings for instances in all regions, with a region and a zone only if
    /// `--region` or `--zone` is set.
    pub(crate) fn config_for_instances(&self, context: &Context) -> Result<Config, Failure> {
        let globals = &context.global_args;
        let builder = match (&globals.region, &globals.zone) {
            (Some(_), Some(_)) => self.0.clone(),
            (Some(_), None) => self.0.clone().zone(""),
            (None, Some(zone)) => {
                let region = Zone::from(zone.as_str()).region();
                self.0.clone().region(region.as_str())
            }
            (None, None) => return self.config_everywhere(context),
        };
        build_checked(builder, context)
    }

    /// Returns the settings without region and zone, for requests that have their own.
    pub(crate) fn config_everywhere(&self, context: &Context) -> Result<Config, Failure> {
        build_checked(self.0.clone().no_region().zone(""), context)
    }

    /// Returns the validated settings with another zone.
    pub(crate) fn config_in_zone(&self, zone: Zone) -> Result<Config, Error> {
        self.0.clone().zone(zone).build()
    }

    /// Returns the settings without region, zone and project, which would add parameters.
    pub(crate) fn config_without_location(&self, context: &Context) -> Result<Config, Failure> {
        build_checked(self.0.clone().no_region().zone("").project_id(""), context)
    }
}

/// Creates a client and its logging transport.
pub(crate) fn connect(config: Config, context: &Context) -> (sync::Client, Arc<LoggingTransport>) {
    let globals = &context.global_args;
    let transport = Arc::new(LoggingTransport::new(
        &config,
        globals.deadline(),
        globals.verbose,
    ));
    let client = sync::Client::with_transport(config, Arc::clone(&transport));
    (client, transport)
}

/// Validates the settings and prints warnings.
fn build_checked(builder: ConfigBuilder, context: &Context) -> Result<Config, Failure> {
    let config = builder
        .build()
        .map_err(|error| Failure::from_config_error(&error))?;
    let origins =
        [Setting::PublicKey, Setting::PrivateKey].map(|key| config.settings().origin(key));
    let is_profile_named = config.settings().origin(Setting::Profile) == Some(&Origin::Code);
    let is_from = |name| origins.iter().any(|origin| origin_name(*origin) == name);

    if let (true, Some(name)) = (
        is_profile_named && is_from("environment"),
        config.settings().value(Setting::Profile),
    ) {
        context.warn(&text!(cfg_profile_overruled, name));
    }
    if is_from("profile") {
        for warning in config.warnings() {
            context.warn(&warning_text(warning));
        }
    }
    Ok(config)
}

impl GlobalArgs {
    /// Returns the time limit of the command.
    fn time_limit(&self) -> Option<Duration> {
        self.timeout.map(|seconds| match seconds {
            0 => MAX_CALL_TIME,
            _ => Duration::from_secs(seconds).min(MAX_CALL_TIME),
        })
    }

    /// Returns the deadline of the command.
    fn deadline(&self) -> Option<Instant> {
        Now::real().instant.checked_add(self.time_limit()?)
    }
}

/// Creates a client from the settings.
pub(crate) fn client(context: &Context) -> Result<sync::Client, Failure> {
    let config = Settings::read(context).config(context)?;
    Ok(connect(config, context).0)
}

/// Removes user name and password from a URL.
pub(crate) fn without_login(url: &str) -> Cow<'_, str> {
    let (scheme, rest) = url.split_once("://").unwrap_or(("", url));
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, tail) = rest.split_at_checked(end).unwrap_or((rest, ""));
    match authority.rsplit_once('@') {
        Some((_, host)) if scheme.is_empty() => Cow::Owned(format!("{host}{tail}")),
        Some((_, host)) => Cow::Owned(format!("{scheme}://{host}{tail}")),
        None => Cow::Borrowed(url),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hides_logins_of_urls() {
        for (url, shown) in [
            ("http://me:hush@proxy:3128", "http://proxy:3128"),
            ("me:hush@proxy/x@y", "proxy/x@y"),
            ("http://proxy", "http://proxy"),
            ("https://a:b@c@host/?q", "https://host/?q"),
            ("https://api.compshare.cn", "https://api.compshare.cn"),
        ] {
            assert_eq!(without_login(url), shown);
        }
    }
}
