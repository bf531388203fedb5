//! The settings of a client by name, and their origins.

use std::collections::BTreeMap;
use std::fmt;

use super::DEFAULT_BASE_URL;
use super::Secret;
use crate::{Error, Reason, SettingFault};

/// A setting of a [`Config`](crate::Config). `Display` is its name in error texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Setting {
    /// The token of temporary keys.
    SecurityToken,
    /// The public key.
    PublicKey,
    /// The private key.
    PrivateKey,
    /// The region for actions that name none.
    Region,
    /// The zone for actions that name none.
    Zone,
    /// The project for actions that name none.
    ProjectId,
    /// The URL that requests are sent to.
    BaseUrl,
    /// The profile of the profile file.
    Profile,
    /// The proxy for `https` requests.
    Proxy,
    /// [`Timeouts::connect`](crate::Timeouts::connect).
    ConnectTimeout,
    /// [`Timeouts::idle`](crate::Timeouts::idle).
    IdleTimeout,
    /// [`Timeouts::attempt`](crate::Timeouts::attempt).
    AttemptTimeout,
    /// [`Timeouts::call`](crate::Timeouts::call).
    CallTimeout,
    /// [`ConfigBuilder::max_body`](crate::ConfigBuilder::max_body).
    MaxBody,
    /// [`ConfigBuilder::max_pages`](crate::ConfigBuilder::max_pages).
    MaxPages,
    /// [`ConfigBuilder::user_agent`](crate::ConfigBuilder::user_agent).
    UserAgent,
    /// [`ConfigBuilder::tls_roots`](crate::ConfigBuilder::tls_roots).
    TlsRoots,
}

impl Setting {
    /// The settings that the environment and a profile can have. The token precedes the keys, since it is taken only
    /// from where the private key is taken from.
    pub(super) const TEXTS: [Self; 7] = [
        Self::SecurityToken,
        Self::PublicKey,
        Self::PrivateKey,
        Self::Region,
        Self::Zone,
        Self::ProjectId,
        Self::BaseUrl,
    ];

    /// Returns the environment variable that [`ConfigBuilder::env`](crate::ConfigBuilder::env) or
    /// [`ConfigBuilder::profile`](crate::ConfigBuilder::profile) reads for the setting.
    pub fn variable(self) -> Option<&'static str> {
        Some(match self {
            Self::SecurityToken => "COMPSHARE_SECURITY_TOKEN",
            Self::PublicKey => "COMPSHARE_PUBLIC_KEY",
            Self::PrivateKey => "COMPSHARE_PRIVATE_KEY",
            Self::Region => "COMPSHARE_REGION",
            Self::Zone => "COMPSHARE_ZONE",
            Self::ProjectId => "COMPSHARE_PROJECT_ID",
            Self::BaseUrl => "COMPSHARE_BASE_URL",
            Self::Profile => "COMPSHARE_PROFILE",
            _ => return None,
        })
    }

    pub(super) fn is_secret(self) -> bool {
        matches!(self, Self::SecurityToken | Self::PrivateKey)
    }
}

impl fmt::Display for Setting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::SecurityToken => "security token",
            Self::PublicKey => "public key",
            Self::PrivateKey => "private key",
            Self::Region => "region",
            Self::Zone => "zone",
            Self::ProjectId => "project id",
            Self::BaseUrl => "base URL",
            Self::Profile => "profile",
            Self::Proxy => "proxy",
            Self::ConnectTimeout => "connect time-out",
            Self::IdleTimeout => "idle time-out",
            Self::AttemptTimeout => "attempt time-out",
            Self::CallTimeout => "call time-out",
            Self::MaxBody => "max_body",
            Self::MaxPages => "max_pages",
            Self::UserAgent => "user agent",
            Self::TlsRoots => "PEM root certificates",
        })
    }
}

/// The source of a setting's value.
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

/// The settings that are text, each with its origin. The values of secrets are not given out.
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
    /// Returns the value without white space around it; `None` for one that is blank or not set, and for secrets.
    pub fn value(&self, setting: Setting) -> Option<&str> {
        let text = match self.0.get(&setting) {
            Some((text, _)) => text.as_str().trim(),
            None if setting == Setting::BaseUrl => DEFAULT_BASE_URL,
            None => "",
        };
        Some(text).filter(|text| !text.is_empty() && !setting.is_secret())
    }

    /// Returns the origin of the value, secrets included; `None` if the setting has no value.
    pub fn origin(&self, setting: Setting) -> Option<&Origin> {
        match self.0.get(&setting) {
            Some((_, origin)) => Some(origin),
            None if setting == Setting::BaseUrl => Some(&Origin::Default),
            None => None,
        }
    }

    /// Sets a value, in place of any other.
    pub(super) fn set(&mut self, setting: Setting, text: impl Into<String>, origin: Origin) {
        self.0.insert(setting, (Secret::new(text.into()), origin));
    }

    /// Sets a value if there is none yet.
    pub(super) fn fill(&mut self, setting: Setting, text: impl Into<String>, origin: Origin) {
        // A token belongs to the keys it came with.
        let is_taken = match setting {
            Setting::SecurityToken => self.0.contains_key(&Setting::PrivateKey),
            _ => false,
        };
        if !is_taken && !self.0.contains_key(&setting) {
            self.set(setting, text, origin);
        }
    }

    /// Returns the error of a value that cannot be right.
    pub(super) fn refuse(&self, setting: Setting, fault: SettingFault) -> Error {
        let origin = self.origin(setting).cloned().unwrap_or(Origin::Code);
        Error::of(Reason::Setting {
            setting,
            origin,
            fault,
        })
    }

    /// Returns a name that goes into a parameter.
    pub(super) fn name(&self, setting: Setting) -> Result<Option<&str>, Error> {
        let name = self.value(setting);
        let is_wrong = |name: &str| name.chars().any(|c| c.is_control() || c.is_whitespace());
        if name.is_some_and(is_wrong) {
            return Err(self.refuse(setting, SettingFault::WhiteSpace));
        }
        Ok(name)
    }

    /// Takes a key out, and leaves its origin. A line break at its end, from a file or a clipboard, is not part of it.
    pub(super) fn key(&mut self, setting: Setting) -> Result<Option<Secret>, Error> {
        let key = self.take(setting);
        let fault = match key.as_ref().map(|key| key.trim()) {
            Some("") => SettingFault::Empty,
            Some(key) if key.chars().any(char::is_control) => SettingFault::ControlCharacter,
            _ => return Ok(key),
        };
        Err(self.refuse(setting, fault))
    }

    pub(super) fn take(&mut self, setting: Setting) -> Option<Secret> {
        self.0
            .get_mut(&setting)
            .map(|(text, _)| std::mem::take(text))
    }
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |(setting, (_, origin)): (&Setting, &(Secret, Origin))| {
            let setting = *setting;
            (
                setting,
                (self.value(setting).map(str::to_owned), origin.clone()),
            )
        };
        f.debug_map().entries(self.0.iter().map(shown)).finish()
    }
}
