//! The settings of a client by name, and their origins.

use std::collections::BTreeMap;
use std::fmt;

use super::Secret;
use super::{DEFAULT_BASE_URL, DEFAULT_REGION};
use crate::{Error, Reason, SettingFault};

crate::error::display_enum! {
    /// A setting of a [`Config`](crate::Config). `Display` is its name in error texts.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
    #[non_exhaustive]
    pub enum Setting {
        /// The token of temporary keys.
        SecurityToken = "security token",
        /// The public key.
        PublicKey = "public key",
        /// The private key.
        PrivateKey = "private key",
        /// The default region of actions; [`NO_REGION`](crate::NO_REGION) omits it.
        Region = "region",
        /// The default zone of actions.
        Zone = "zone",
        /// The default project of actions.
        ProjectId = "project id",
        /// The URL that requests are sent to.
        BaseUrl = "base URL",
        /// The profile of the profile file.
        Profile = "profile",
        /// The proxy for `https` requests.
        Proxy = "proxy",
        /// [`Timeouts::connect`](crate::Timeouts::connect).
        ConnectTimeout = "connect timeout",
        /// [`Timeouts::idle`](crate::Timeouts::idle).
        IdleTimeout = "idle timeout",
        /// [`Timeouts::attempt`](crate::Timeouts::attempt).
        AttemptTimeout = "attempt timeout",
        /// [`Timeouts::call`](crate::Timeouts::call).
        CallTimeout = "call timeout",
        /// [`ConfigBuilder::max_body`](crate::ConfigBuilder::max_body).
        MaxBody = "max_body",
        /// [`ConfigBuilder::max_pages`](crate::ConfigBuilder::max_pages).
        MaxPages = "max_pages",
        /// [`ConfigBuilder::user_agent`](crate::ConfigBuilder::user_agent).
        UserAgent = "user agent",
        /// [`ConfigBuilder::tls_roots`](crate::ConfigBuilder::tls_roots).
        TlsRoots = "PEM root certificates",
    }
}

impl Setting {
    /// The settings of the environment and of profiles, with their variables. The token precedes
    /// the keys: it is used only if the private key is not set by an earlier source.
    pub(super) const TEXTS: [(Self, &'static str); 7] = [
        (Self::SecurityToken, "COMPSHARE_SECURITY_TOKEN"),
        (Self::PublicKey, "COMPSHARE_PUBLIC_KEY"),
        (Self::PrivateKey, "COMPSHARE_PRIVATE_KEY"),
        (Self::Region, "COMPSHARE_REGION"),
        (Self::Zone, "COMPSHARE_ZONE"),
        (Self::ProjectId, "COMPSHARE_PROJECT_ID"),
        (Self::BaseUrl, "COMPSHARE_BASE_URL"),
    ];

    /// Returns the environment variable that [`ConfigBuilder::env`](crate::ConfigBuilder::env)
    /// reads for the setting.
    pub fn variable(self) -> Option<&'static str> {
        let mut texts = Self::TEXTS.into_iter();
        texts.find_map(|(setting, name)| (setting == self).then_some(name))
    }

    fn default(self) -> Option<&'static str> {
        match self {
            Self::Region => Some(DEFAULT_REGION),
            Self::BaseUrl => Some(DEFAULT_BASE_URL),
            _ => None,
        }
    }

    pub(super) fn is_secret(self) -> bool {
        matches!(self, Self::SecurityToken | Self::PrivateKey)
    }
}

/// The source of a setting's value. `Display` names it in error texts.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Origin {
    /// A setter of the builder.
    Code,
    /// The environment variable of this name.
    Environment(&'static str),
    /// The profile of this name in the profile file.
    Profile(String),
    /// The library's default.
    Default,
}

impl Origin {
    /// Returns `true` if both are the code, the environment, or the same profile.
    pub(super) fn is_same_source(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Environment(_), Self::Environment(_)) => true,
            _ => self == other,
        }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Code => f.write_str("the program"),
            Self::Environment(name) => f.write_str(name),
            Self::Profile(name) => write!(f, "the profile {name:?}"),
            Self::Default => f.write_str("the defaults"),
        }
    }
}

/// The text settings, each with its origin. The values of secrets are not accessible.
///
/// ```
/// use compshare_client::{Config, Origin, Setting};
///
/// let builder = Config::builder().region("cn-wlcb");
/// assert_eq!(builder.settings().value(Setting::Region), Some("cn-wlcb"));
/// assert_eq!(builder.settings().origin(Setting::Region), Some(&Origin::Code));
/// assert_eq!(builder.settings().origin(Setting::BaseUrl), Some(&Origin::Default));
/// assert_eq!(builder.settings().origin(Setting::PrivateKey), None);
/// ```
#[derive(Clone, Default)]
pub struct Settings(BTreeMap<Setting, (Secret, Origin)>);

impl Settings {
    /// Returns the trimmed value; `None` for blank and missing values, and for secrets.
    pub fn value(&self, setting: Setting) -> Option<&str> {
        let text = match self.get(setting) {
            Some((text, _)) => text.as_str().trim(),
            None if setting == Setting::Region => self.region_of_zone().unwrap_or(DEFAULT_REGION),
            None => setting.default()?,
        };
        Some(text).filter(|text| !text.is_empty() && !setting.is_secret())
    }

    /// Returns the region of the zone: its name without the last part, if it has three parts, as
    /// `cn-sh2-02`.
    fn region_of_zone(&self) -> Option<&str> {
        let (region, _) = self.value(Setting::Zone)?.rsplit_once('-')?;
        region.contains('-').then_some(region)
    }

    /// Returns the origin of the value, secrets included; `None` if the setting has no value.
    pub fn origin(&self, setting: Setting) -> Option<&Origin> {
        match self.get(setting) {
            Some((_, origin)) => Some(origin),
            None => setting.default().map(|_| &Origin::Default),
        }
    }

    /// Returns a value and its origin; `None` for a blank region, which counts as not set.
    fn get(&self, setting: Setting) -> Option<&(Secret, Origin)> {
        let set = self.0.get(&setting)?;
        let is_blank_region = setting == Setting::Region && set.0.trim().is_empty();
        (!is_blank_region).then_some(set)
    }

    /// Sets a value, replacing any other.
    pub(super) fn set(&mut self, setting: Setting, text: impl Into<String>, origin: Origin) {
        self.0.insert(setting, (Secret::new(text.into()), origin));
    }

    /// Sets a value unless there is one already.
    pub(super) fn fill(&mut self, setting: Setting, text: impl Into<String>, origin: Origin) {
        // Zeroizes the text even if it is not used.
        let text = Secret::new(text.into());
        // A token belongs to the keys of its own source.
        let is_of_other_keys =
            setting == Setting::SecurityToken && self.0.contains_key(&Setting::PrivateKey);
        if !is_of_other_keys {
            self.0.entry(setting).or_insert((text, origin));
        }
    }

    /// Returns the error of an invalid value.
    pub(super) fn refuse(&self, setting: Setting, fault: SettingFault) -> Error {
        let origin = self.origin(setting).cloned().unwrap_or(Origin::Code);
        Error::of(Reason::Setting {
            setting,
            origin,
            fault,
        })
    }

    /// Returns a value that is sent as a parameter; rejects white space and control characters.
    pub(super) fn name(&self, setting: Setting) -> Result<Option<&str>, Error> {
        let name = self.value(setting);
        let is_wrong = |name: &str| name.chars().any(|c| c.is_control() || c.is_whitespace());
        if name.is_some_and(is_wrong) {
            return Err(self.refuse(setting, SettingFault::WhiteSpace));
        }
        Ok(name)
    }

    /// Returns a key, trimmed: keys from files and clipboards often end with a line break.
    pub(super) fn key(&self, setting: Setting) -> Result<Option<&str>, Error> {
        let Some((text, _)) = self.0.get(&setting) else {
            return Ok(None);
        };
        let key = text.trim();
        if key.is_empty() {
            return Err(self.refuse(setting, SettingFault::Empty));
        }
        if key.chars().any(char::is_control) {
            return Err(self.refuse(setting, SettingFault::ControlCharacter));
        }
        Ok(Some(key))
    }

    /// Takes a value, and keeps its origin.
    pub(super) fn take(&mut self, setting: Setting) -> Option<Secret> {
        self.0
            .get_mut(&setting)
            .map(|(text, _)| std::mem::take(text))
    }
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings").finish_non_exhaustive()
    }
}
