//! Settings: options, then the environment, then the profile, then defaults. The keys themselves are read by the
//! library; here it is only known where they come from.

use std::borrow::Cow;
use std::time::{Duration, Instant};

use compshare_client::sign::Credentials;
use compshare_client::transport::Now;
use compshare_client::{Config, ConfigBuilder, DEFAULT_BASE_URL, RetryPolicy, Timeouts, sync};

use crate::Context;
use crate::failure::Failure;
use crate::lang::{Lang, Texts, fill};
use crate::store::{DEFAULT_PROFILE, Store};
use crate::surroundings;
use crate::watch::{Log, Watch};

/// The longest that a call may take, by the library: a day.
const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);

/// Options that every command has.
#[derive(Debug, Clone, Default)]
pub(crate) struct Globals {
    pub(crate) profile: Option<String>,
    pub(crate) region: Option<String>,
    pub(crate) zone: Option<String>,
    pub(crate) project_id: Option<String>,
    pub(crate) base_url: Option<String>,
    /// Seconds; 0 is no limit.
    pub(crate) timeout: Option<u64>,
    pub(crate) retries: Option<u32>,
    pub(crate) verbose: u8,
}

/// Where a setting comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Source {
    Option,
    Environment,
    Profile,
    Default,
    Unset,
}

impl Source {
    /// The word for programs, as CompShare's own command line has it.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Option => "option",
            Self::Environment => "environment",
            Self::Profile => "profile",
            Self::Default => "default",
            Self::Unset => "missing",
        }
    }

    pub(crate) fn text(self, texts: &Texts) -> &'static str {
        match self {
            Self::Option => texts.src_option,
            Self::Environment => texts.src_environment,
            Self::Profile => texts.src_profile,
            Self::Default => texts.src_default,
            Self::Unset => texts.src_unset,
        }
    }
}

/// A setting that is no secret, and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Setting {
    pub(crate) value: Option<String>,
    pub(crate) source: Source,
}

/// What is configured, and from where.
pub(crate) struct Settings {
    pub(crate) store: Store,
    pub(crate) profile: String,
    pub(crate) profile_source: Source,
    pub(crate) public_key: Source,
    pub(crate) private_key: Source,
    pub(crate) region: Setting,
    pub(crate) zone: Setting,
    pub(crate) project_id: Setting,
    pub(crate) base_url: Setting,
}

impl Settings {
    pub(crate) fn read(context: &Context) -> Result<Self, Failure> {
        let globals = &context.globals;
        let store = Store::open(context.lang)?;
        let (profile, profile_source) = match (
            &globals.profile,
            surroundings::variable("COMPSHARE_PROFILE"),
        ) {
            (Some(name), _) => (name.clone(), Source::Option),
            (None, Some(name)) => (name, Source::Environment),
            (None, None) => {
                let current = store.current().to_owned();
                let is_default = current == DEFAULT_PROFILE;
                (
                    current,
                    if is_default {
                        Source::Default
                    } else {
                        Source::Profile
                    },
                )
            }
        };
        let key = |variable: &str, member: &str| {
            if surroundings::variable(variable).is_some() {
                Source::Environment
            } else if store.member(&profile, member).is_some() {
                Source::Profile
            } else {
                Source::Unset
            }
        };
        let setting = |option: &Option<String>,
                       variable: Option<&str>,
                       member: &str,
                       default: Option<&str>| {
            let candidates = [
                (option.clone(), Source::Option),
                (
                    variable.and_then(surroundings::variable),
                    Source::Environment,
                ),
                (
                    store.member(&profile, member).map(str::to_owned),
                    Source::Profile,
                ),
                (default.map(str::to_owned), Source::Default),
            ];
            let found = candidates
                .into_iter()
                .find_map(|(value, source)| Some((value?, source)));
            match found {
                Some((value, source)) => Setting {
                    value: Some(value.trim().to_owned()),
                    source,
                },
                None => Setting {
                    value: None,
                    source: Source::Unset,
                },
            }
        };
        Ok(Self {
            public_key: key("COMPSHARE_PUBLIC_KEY", "public_key"),
            private_key: key("COMPSHARE_PRIVATE_KEY", "private_key"),
            region: setting(&globals.region, Some("COMPSHARE_REGION"), "region", None),
            zone: setting(&globals.zone, Some("COMPSHARE_ZONE"), "zone", None),
            project_id: setting(
                &globals.project_id,
                Some("COMPSHARE_PROJECT_ID"),
                "project_id",
                None,
            ),
            base_url: setting(
                &globals.base_url,
                Some("COMPSHARE_BASE_URL"),
                "base_url",
                Some(DEFAULT_BASE_URL),
            ),
            store,
            profile,
            profile_source,
        })
    }

    /// Refuses a profile that was asked for and is not there.
    pub(crate) fn check_profile(&self, texts: &Texts) -> Result<(), Failure> {
        let is_asked_for = matches!(self.profile_source, Source::Option | Source::Environment);
        if is_asked_for && !self.store.has(&self.profile) {
            return Err(no_such_profile(&self.store, &self.profile, texts));
        }
        Ok(())
    }

    /// Refuses keys that are missing.
    pub(crate) fn check_keys(&self, texts: &Texts) -> Result<(), Failure> {
        let missing = [
            ("COMPSHARE_PUBLIC_KEY", self.public_key),
            ("COMPSHARE_PRIVATE_KEY", self.private_key),
        ]
        .into_iter()
        .find(|(_, source)| *source == Source::Unset);
        match missing {
            Some((which, _)) => Err(Failure::Configuration {
                message: fill(texts.cfg_no_keys, &[("which", which)]),
                hint: Some(texts.cfg_no_keys_hint.to_owned()),
            }),
            None => Ok(()),
        }
    }

    /// Whether a key comes from the file of profiles.
    pub(crate) fn uses_file(&self) -> bool {
        [self.public_key, self.private_key].contains(&Source::Profile)
    }

    /// The keys by themselves, for requests that are only looked at: nothing is put in that was not given.
    pub(crate) fn bare(&self, context: &Context) -> Result<Config, Failure> {
        self.builder(context)?
            .region("")
            .zone("")
            .project_id("")
            .build()
            .map_err(|error| refused(&error, context.lang))
    }

    /// All settings of a client.
    pub(crate) fn config(&self, context: &Context) -> Result<Config, Failure> {
        let mut builder = self.builder(context)?;
        if let Some(region) = &self.region.value {
            builder = builder.region(region);
        }
        if let Some(zone) = &self.zone.value {
            builder = builder.zone(zone.as_str());
        }
        if let Some(project_id) = &self.project_id.value {
            builder = builder.project_id(project_id);
        }
        builder
            .build()
            .map_err(|error| refused(&error, context.lang))
    }

    /// The client of `config`, and what looks over its shoulder.
    pub(crate) fn connect(
        &self,
        config: Config,
        context: &Context,
    ) -> Result<(sync::Client, Watch), Failure> {
        let Globals { verbose, .. } = context.globals;
        let log = Log {
            lang: context.lang,
            verbose,
            keys: if verbose > 1 { self.keys() } else { None },
        };
        let watch = Watch::new(&config, context.globals.deadline(), log)?;
        Ok((sync::Client::with_transport(config, watch.clone()), watch))
    }

    /// The key pair, only to strike it out of what a service may repeat.
    fn keys(&self) -> Option<Credentials> {
        let key = |source: Source, variable: &str, member: &str| match source {
            Source::Environment => surroundings::variable(variable),
            _ => self.store.member(&self.profile, member).map(str::to_owned),
        };
        let public = key(self.public_key, "COMPSHARE_PUBLIC_KEY", "public_key")?;
        let private = key(self.private_key, "COMPSHARE_PRIVATE_KEY", "private_key")?;
        Credentials::new(public.trim(), private.trim()).ok()
    }

    /// The keys, the address and the limits.
    fn builder(&self, context: &Context) -> Result<ConfigBuilder, Failure> {
        let texts = context.texts();
        self.check_profile(texts)?;
        self.check_keys(texts)?;
        if self.profile_source == Source::Option
            && [self.public_key, self.private_key].contains(&Source::Environment)
        {
            context.warn(&fill(
                texts.cfg_profile_overruled,
                &[("name", &self.profile)],
            ));
        }
        if self.uses_file() {
            if let Some(warning) = self.store.openness() {
                context.warn(&warning);
            }
        }
        let globals = &context.globals;
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
            .user_agent(concat!("compshare-cli/", env!("CARGO_PKG_VERSION")));
        if let Some(base_url) = &self.base_url.value {
            builder = builder.base_url(base_url);
        }
        // The settings before these stand; the keys are read here and nowhere else.
        let builder = builder
            .env()
            .map_err(|error| refused(&error, context.lang))?;
        if self.uses_file() {
            return builder
                .profile(Some(&self.profile))
                .map_err(|error| refused(&error, context.lang));
        }
        Ok(builder)
    }
}

impl Globals {
    /// How long all of the command may take.
    fn time_limit(&self) -> Option<Duration> {
        self.timeout.map(|seconds| {
            if seconds == 0 {
                LONGEST
            } else {
                Duration::from_secs(seconds).min(LONGEST)
            }
        })
    }

    /// When the time for the command is over.
    fn deadline(&self) -> Option<Instant> {
        Now::real().instant.checked_add(self.time_limit()?)
    }
}

/// A client that keeps to the time of the whole command and tells what it does, if it is to.
pub(crate) fn client(context: &Context) -> Result<sync::Client, Failure> {
    let settings = Settings::read(context)?;
    let config = settings.config(context)?;
    Ok(settings.connect(config, context)?.0)
}

/// A profile that is not there, with one that is spelled alike.
pub(crate) fn no_such_profile(store: &Store, name: &str, texts: &Texts) -> Failure {
    let alike = store
        .names()
        .into_iter()
        .find(|known| known.eq_ignore_ascii_case(name.trim()));
    Failure::Configuration {
        message: fill(texts.cfg_no_profile, &[("name", name)]),
        hint: alike.map(|known| fill(texts.use_did_you_mean, &[("name", known)])),
    }
}

/// A setting that the library refuses. What it advises is for programs: it names a setter that nobody has here.
pub(crate) fn refused(error: &compshare_client::Error, lang: Lang) -> Failure {
    let line = error.to_string();
    let cause = lang.said(error.detail().unwrap_or(&line));
    Failure::configuration(fill(lang.texts().cfg_settings, &[("cause", &cause)]))
}

/// A URL without user name and password.
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
    fn logins_are_not_shown() {
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
