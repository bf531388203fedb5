//! The configuration of a client: builder, sources and checks.

mod endpoint;
mod environment;
mod profile;
mod proxy;
#[cfg(feature = "_http")]
mod roots;
mod setting;

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use compshare_model::{ProjectId, Region, Zone};
use compshare_sign::{Credentials, CredentialsError};
use http::HeaderValue;

pub(crate) use endpoint::Endpoint;
pub use profile::{DEFAULT_PROFILE, ProfileFile, Warning};
#[cfg(any(feature = "async", feature = "sync"))]
pub(crate) use proxy::ProxyProtocol;
pub use proxy::{Proxy, ProxyChoice};
#[cfg(feature = "_http")]
pub(crate) use roots::add_environment_roots;
pub use setting::{Origin, Setting, Settings};

use crate::{Error, Reason, RetryPolicy, SettingFault};

/// A `String` that is zeroized on drop.
type Secret = zeroize::Zeroizing<String>;

/// The default base URL: CompShare's public API.
pub const DEFAULT_BASE_URL: &str = "https://api.compshare.cn";

/// The default region if neither a region nor a zone is set: the one in CompShare's documentation.
pub const DEFAULT_REGION: &str = "cn-wlcb";

/// The region name that omits `Region` from a request, as CompShare's own command line does for
/// most lists.
///
/// Valid in [`ConfigBuilder::region`], in `COMPSHARE_REGION`, in a profile, and as the region of an
/// action.
pub const NO_REGION: &str = "none";

/// Returns `true` if `region` is [`NO_REGION`].
pub(crate) fn is_no_region(region: &str) -> bool {
    region.trim().eq_ignore_ascii_case(NO_REGION)
}

/// The validated configuration of a client.
///
/// ```
/// use compshare_client::Config;
///
/// let config = Config::builder()
///     .keys("my_public_key", "my_private_key") // from https://console.compshare.cn/uaccount/api_manage
///     .region("cn-wlcb") // the default
///     .base_url("https://api.compshare.cn") // the default
///     .build()?;
/// # Ok::<(), compshare_client::Error>(())
/// ```
///
/// Or from the environment and the profile file of CompShare's own command line:
///
/// ```no_run
/// use compshare_client::Config;
///
/// let config = Config::load()?;
/// # Ok::<(), compshare_client::Error>(())
/// ```
#[derive(Clone)]
pub struct Config {
    pub(crate) credentials: Credentials,
    pub(crate) expires_at: Option<SystemTime>,
    pub(crate) endpoint: Endpoint,
    pub(crate) region: Option<Region>,
    pub(crate) zone: Option<Zone>,
    pub(crate) project_id: Option<ProjectId>,
    pub(crate) timeouts: Timeouts,
    pub(crate) retry: RetryPolicy,
    pub(crate) max_body: usize,
    pub(crate) max_pages: u64,
    pub(crate) user_agent: HeaderValue,
    pub(crate) http: Arc<HttpOptions>,
    settings: Settings,
    warnings: Vec<Warning>,
}

/// The settings of the transports.
#[cfg_attr(
    not(any(feature = "async", feature = "sync")),
    allow(dead_code, reason = "read by the transports alone")
)]
pub(crate) struct HttpOptions {
    pub(crate) connect_timeout: Duration,
    pub(crate) idle_timeout: Duration,
    pub(crate) max_head: usize,
    pub(crate) proxy: Option<Proxy>,
    #[cfg(feature = "sync")]
    pub(crate) ureq_proxy: Option<::ureq::Proxy>,
    #[cfg(feature = "_http")]
    pub(crate) tls: crate::tls::Tls,
}

/// The timeouts of a call.
///
/// | limit | default |
/// | --- | --- |
/// | connecting, TLS handshake included | 5 s |
/// | no byte from the peer | 15 s |
/// | one attempt, from connecting to the last byte of the body | 30 s |
/// | one call: all attempts and back-off | 90 s |
///
/// ```
/// use std::time::Duration;
///
/// use compshare_client::Timeouts;
///
/// let timeouts = Timeouts::default().attempt(Duration::from_secs(10)).call(Duration::from_secs(25));
/// assert_eq!(timeouts.connect, Duration::from_secs(5));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Timeouts {
    /// The limit for connecting, name look-up and TLS handshake included.
    pub connect: Duration,
    /// The limit without any byte from the peer.
    pub idle: Duration,
    /// The limit of one attempt, from connecting to the last byte of the body.
    pub attempt: Duration,
    /// The limit of one call, all attempts and back-off included.
    pub call: Duration,
}

impl Timeouts {
    /// Sets the limit for connecting, name look-up and TLS handshake included.
    pub fn connect(mut self, limit: Duration) -> Self {
        self.connect = limit;
        self
    }

    /// Sets the limit without any byte from the peer.
    pub fn idle(mut self, limit: Duration) -> Self {
        self.idle = limit;
        self
    }

    /// Sets the limit of one attempt, from connecting to the last byte of the body.
    pub fn attempt(mut self, limit: Duration) -> Self {
        self.attempt = limit;
        self
    }

    /// Sets the limit of one call, all attempts and back-off included.
    pub fn call(mut self, limit: Duration) -> Self {
        self.call = limit;
        self
    }

    fn check(&self) -> Result<(), Error> {
        for (setting, limit) in [
            (Setting::ConnectTimeout, self.connect),
            (Setting::IdleTimeout, self.idle),
            (Setting::AttemptTimeout, self.attempt),
            (Setting::CallTimeout, self.call),
        ] {
            if limit.is_zero() {
                return Err(refused(setting, SettingFault::Zero));
            }
            if limit > Duration::from_secs(24 * 60 * 60) {
                return Err(refused(setting, SettingFault::TooLong));
            }
        }
        Ok(())
    }
}

impl Default for Timeouts {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(5),
            idle: Duration::from_secs(15),
            attempt: Duration::from_secs(30),
            call: Duration::from_secs(90),
        }
    }
}

/// The trusted root certificates.
///
/// ```no_run
/// use compshare_client::{Config, TlsRoots};
///
/// let company = std::fs::read("/etc/company/root.pem")?;
/// let config = Config::builder().env().tls_roots(TlsRoots::BundledAnd(company)).build()?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub enum TlsRoots {
    /// Mozilla's roots, compiled into the program.
    #[default]
    Bundled,
    /// The bundled roots and those in this PEM text, for a private gateway or a proxy that re-signs
    /// TLS.
    BundledAnd(Vec<u8>),
    /// The bundled roots and those of the environment: the PEM file in `SSL_CERT_FILE`, and the
    /// files in the directories in `SSL_CERT_DIR`, a list like `PATH`. For `https` base URLs only.
    ///
    /// [`ConfigBuilder::build`] reads the variables. It fails if the file is unreadable or has no
    /// certificate, or if none of the directories has one.
    BundledAndEnvironment,
    /// The operating system's certificate verifier and store.
    #[cfg(feature = "platform-verifier")]
    Platform,
}

/// A builder of [`Config`]. [`build`](Self::build) checks all settings and returns the first error.
///
/// Setters take precedence over sources. Of the sources [`env`](Self::env) and
/// [`profile`](Self::profile), the one called first takes precedence.
#[derive(Clone, Default)]
#[must_use]
pub struct ConfigBuilder {
    settings: Settings,
    credentials: Option<Credentials>,
    expires_at: Option<SystemTime>,
    timeouts: Timeouts,
    retry: RetryPolicy,
    max_body: Option<usize>,
    max_pages: Option<u64>,
    /// The caller's part of the header.
    user_agent: String,
    proxy: ProxyChoice,
    roots: TlsRoots,
    allow_plain_http: bool,
    warnings: Vec<Warning>,
    /// The first error of the environment or the profile file.
    fault: Option<Reason>,
}

impl Config {
    /// Creates a builder with the defaults.
    pub fn builder() -> ConfigBuilder {
        ConfigBuilder::default()
    }

    /// Reads the configuration from the environment alone; see [`ConfigBuilder::env`].
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Config`](crate::ErrorKind::Config) with the name of the missing or invalid
    /// variable.
    pub fn from_env() -> Result<Self, Error> {
        Self::builder().env().build()
    }

    /// Reads the configuration from the profile file alone; see [`ConfigBuilder::profile`].
    ///
    /// # Errors
    ///
    /// As [`from_env`](Self::from_env).
    pub fn from_profile(name: Option<&str>) -> Result<Self, Error> {
        Self::builder().profile(name).build()
    }

    /// Reads the configuration from the environment, and each missing setting from the profile
    /// file, as CompShare's own command line does. Both keys must be from the same source.
    ///
    /// # Errors
    ///
    /// As [`from_env`](Self::from_env).
    pub fn load() -> Result<Self, Error> {
        Self::builder().env().profile(None).build()
    }

    /// Returns the path of the profile file: `COMPSHARE_CONFIG_FILE`, else `compshare/config.json`
    /// in `XDG_CONFIG_HOME` or `~/.config`. `None` without a home directory. The file may not
    /// exist.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Config`](crate::ErrorKind::Config) if one of the variables is not Unicode text.
    pub fn profile_path() -> Result<Option<PathBuf>, Error> {
        profile::path(&environment::variable).map_err(Error::of)
    }

    /// Returns the URL that requests are sent to.
    pub fn base_url(&self) -> &str {
        self.endpoint.as_str()
    }

    /// Returns the default region of actions; `None` if `Region` is omitted.
    pub fn region(&self) -> Option<&Region> {
        self.region.as_ref()
    }

    /// Returns the default zone of actions.
    pub fn zone(&self) -> Option<&Zone> {
        self.zone.as_ref()
    }

    /// Returns the default project of actions.
    pub fn project_id(&self) -> Option<&ProjectId> {
        self.project_id.as_ref()
    }

    /// Returns the timeouts.
    pub fn timeouts(&self) -> &Timeouts {
        &self.timeouts
    }

    /// Returns the limits and delays of retries.
    pub fn retry(&self) -> &RetryPolicy {
        &self.retry
    }

    /// Returns the key pair. Its `Debug` shows the public key only.
    pub fn credentials(&self) -> &Credentials {
        &self.credentials
    }

    /// Returns the public key.
    pub fn public_key(&self) -> &str {
        self.credentials.public_key()
    }

    /// Returns the proxy of requests, by [`ProxyChoice`], `NO_PROXY` and the base URL.
    pub fn proxy(&self) -> Option<&Proxy> {
        self.http.proxy.as_ref()
    }

    /// Returns the text settings, each with its origin.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Returns the warnings about valid but risky settings.
    pub fn warnings(&self) -> &[Warning] {
        &self.warnings
    }
}

impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Config")
            .field("credentials", &self.credentials)
            .field("base_url", &self.base_url())
            .field("region", &self.region)
            .field("zone", &self.zone)
            .field("project_id", &self.project_id)
            .field("timeouts", &self.timeouts)
            .field("retry", &self.retry)
            .field("proxy", &self.http.proxy)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for ConfigBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ConfigBuilder").finish_non_exhaustive()
    }
}

impl ConfigBuilder {
    /// Sets the key pair, from <https://console.compshare.cn/uaccount/api_manage>. Surrounding
    /// white space is trimmed.
    pub fn keys(mut self, public_key: impl Into<String>, private_key: impl Into<String>) -> Self {
        self.set(Setting::PublicKey, public_key);
        self.set(Setting::PrivateKey, private_key);
        self
    }

    /// Sets the security token of temporary keys.
    pub fn security_token(mut self, token: impl Into<String>) -> Self {
        self.set(Setting::SecurityToken, token);
        self
    }

    /// Sets credentials, in place of [`keys`](Self::keys).
    pub fn credentials(mut self, credentials: Credentials) -> Self {
        self.set(Setting::PublicKey, credentials.public_key());
        self.set(Setting::PrivateKey, "");
        self.credentials = Some(credentials);
        self
    }

    /// Sets the expiry of temporary credentials. Later calls fail before anything is sent.
    pub fn credentials_expire_at(mut self, time: SystemTime) -> Self {
        self.expires_at = Some(time);
        self
    }

    /// Sets the default region of actions. Default: the region of the [`zone`](Self::zone), else
    /// [`DEFAULT_REGION`].
    pub fn region(mut self, region: impl Into<Region>) -> Self {
        self.set(Setting::Region, region.into());
        self
    }

    /// Omits `Region` from requests whose actions do not set it. Equivalent to the region
    /// [`NO_REGION`].
    pub fn no_region(self) -> Self {
        self.region(NO_REGION)
    }

    /// Sets the default zone of actions, such as `cn-wlcb-01`. Its region is its name without the
    /// last part. By default, `Zone` is omitted.
    pub fn zone(mut self, zone: impl Into<Zone>) -> Self {
        self.set(Setting::Zone, zone.into());
        self
    }

    /// Sets the default project of actions. Required for sub-accounts (UCloud's documentation of
    /// common parameters).
    pub fn project_id(mut self, project: impl Into<ProjectId>) -> Self {
        self.set(Setting::ProjectId, project.into());
        self
    }

    /// Sets the base URL: scheme, host, and an optional port and path. Default
    /// [`DEFAULT_BASE_URL`].
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.set(Setting::BaseUrl, url);
        self
    }

    /// Allows `http://` for hosts other than this machine.
    ///
    /// A signed request can be read and repeated, so use it in trusted networks only, for example
    /// for UCloud's endpoint inside a VPC.
    pub fn allow_plain_http(mut self, allow: bool) -> Self {
        self.allow_plain_http = allow;
        self
    }

    /// Sets the timeouts.
    pub fn timeouts(mut self, timeouts: Timeouts) -> Self {
        self.timeouts = timeouts;
        self
    }

    /// Sets the limits and delays of retries.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// Sets the maximum size of a response body, in bytes. Default 32 MiB.
    pub fn max_body(mut self, bytes: usize) -> Self {
        self.max_body = Some(bytes);
        self
    }

    /// Sets the maximum number of pages of one listing. Default 10,000.
    pub fn max_pages(mut self, pages: u64) -> Self {
        self.max_pages = Some(pages);
        self
    }

    /// Sets the name and version of your program in `User-Agent`, after `compshare-rs/<version>`.
    pub fn user_agent(mut self, program: impl Into<String>) -> Self {
        self.user_agent = program.into();
        self
    }

    /// Sets the proxy for `https` requests. Default: [`ProxyChoice::Environment`].
    pub fn proxy(mut self, proxy: ProxyChoice) -> Self {
        self.proxy = proxy;
        self
    }

    /// Sets the trusted root certificates. Default: [`TlsRoots::Bundled`].
    pub fn tls_roots(mut self, roots: TlsRoots) -> Self {
        self.roots = roots;
        self
    }

    /// Reads settings that are not set yet from the environment.
    ///
    /// | variable | setting |
    /// | --- | --- |
    /// | `COMPSHARE_PUBLIC_KEY`, `COMPSHARE_PRIVATE_KEY` | the key pair |
    /// | `COMPSHARE_SECURITY_TOKEN` | the token of temporary keys |
    /// | `COMPSHARE_REGION` | the default region of actions; `none` omits it |
    /// | `COMPSHARE_ZONE`, `COMPSHARE_PROJECT_ID` | the default zone and project of actions |
    /// | `COMPSHARE_BASE_URL` | the base URL |
    ///
    /// Blank variables count as not set. For a variable that is not Unicode text,
    /// [`build`](Self::build) returns an error.
    pub fn env(mut self) -> Self {
        let filled = environment::fill(&mut self.settings, &environment::variable);
        self.fault = self.fault.or(filled.err());
        self
    }

    /// Reads settings that are not set yet from the profile file of CompShare's own command line,
    /// at [`Config::profile_path`]. A profile has keys, and may have `region`, `zone`, `project_id`
    /// and `base_url`.
    ///
    /// The profile is `name`, else that of `COMPSHARE_PROFILE`, else the file's current profile,
    /// else `default`. A missing file is ignored, unless `name` or `COMPSHARE_PROFILE` requests a
    /// profile.
    ///
    /// If the file is unreadable or invalid, or does not have the requested profile,
    /// [`build`](Self::build) returns an error.
    pub fn profile(mut self, name: Option<&str>) -> Self {
        match profile::fill(&mut self.settings, name, &environment::variable) {
            Ok(warning) => self.warnings.extend(warning),
            Err(fault) => self.fault = self.fault.or(Some(fault)),
        }
        self
    }

    /// Returns the text settings so far, each with its origin.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    fn set(&mut self, setting: Setting, text: impl Into<String>) {
        self.settings.set(setting, text, Origin::Code);
    }

    /// Checks all settings. The public and the private key must be from the same source: the code,
    /// the environment or one profile.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Config`](crate::ErrorKind::Config) with the setting and the remedy, never with
    /// the value of a secret.
    pub fn build(mut self) -> Result<Config, Error> {
        if let Some(fault) = self.fault {
            return Err(Error::of(fault));
        }

        let credentials = match self.credentials {
            Some(credentials) => credentials,
            None => credentials(&self.settings)?,
        };
        self.settings.take(Setting::PrivateKey);
        self.settings.take(Setting::SecurityToken);

        self.timeouts.check()?;
        for (setting, is_zero) in [
            (Setting::MaxBody, self.max_body == Some(0)),
            (Setting::MaxPages, self.max_pages == Some(0)),
        ] {
            if is_zero {
                return Err(refused(setting, SettingFault::Zero));
            }
        }

        let settings = self.settings;
        let base_url = settings.value(Setting::BaseUrl).unwrap_or_default();
        let endpoint = Endpoint::parse(base_url, self.allow_plain_http)
            .map_err(|fault| settings.refuse(Setting::BaseUrl, fault))?;
        let proxy = self.proxy.decide(&endpoint, &environment::variable)?;
        #[cfg(feature = "_http")]
        let roots = match self.roots {
            // Roots are unused without TLS, so invalid ones are not an error.
            TlsRoots::BundledAndEnvironment if !endpoint.is_https() => TlsRoots::Bundled,
            roots => roots,
        };

        Ok(Config {
            credentials,
            expires_at: self.expires_at,
            endpoint,
            region: settings
                .name(Setting::Region)?
                .filter(|region| !is_no_region(region))
                .map(Region::new),
            zone: settings.name(Setting::Zone)?.map(Zone::new),
            project_id: settings.name(Setting::ProjectId)?.map(ProjectId::new),
            retry: self.retry,
            max_body: self.max_body.unwrap_or(32 << 20),
            max_pages: self.max_pages.unwrap_or(10_000),
            user_agent: user_agent(&self.user_agent)?,
            http: Arc::new(HttpOptions {
                connect_timeout: self.timeouts.connect,
                idle_timeout: self.timeouts.idle,
                max_head: 64 << 10,
                #[cfg(feature = "sync")]
                ureq_proxy: proxy
                    .as_ref()
                    .map(crate::transport::ureq_proxy)
                    .transpose()?,
                proxy,
                #[cfg(feature = "_http")]
                tls: crate::tls::Tls::new(roots)?,
            }),
            timeouts: self.timeouts,
            settings,
            warnings: self.warnings,
        })
    }
}

/// Returns the error of a setting that only code can set.
pub(crate) fn refused(setting: Setting, fault: SettingFault) -> Error {
    Settings::default().refuse(setting, fault)
}

fn credentials(settings: &Settings) -> Result<Credentials, Error> {
    let required = |setting| {
        let key = settings.key(setting)?;
        key.ok_or_else(|| Error::of(Reason::KeyMissing(setting)))
    };
    let (public_key, private_key) = (
        required(Setting::PublicKey)?,
        required(Setting::PrivateKey)?,
    );

    // The service reports keys of different pairs as a wrong signature, which is misleading.
    let origins = [Setting::PublicKey, Setting::PrivateKey].map(|key| settings.origin(key));
    if let [Some(public_key), Some(private_key)] = origins {
        if !public_key.is_same_source(private_key) {
            return Err(Error::of(Reason::KeysFromTwoSources {
                public_key: public_key.clone(),
                private_key: private_key.clone(),
            }));
        }
    }

    let credentials = Credentials::new(public_key, private_key).map_err(unusable)?;
    match settings.key(Setting::SecurityToken)? {
        Some(token) => credentials.with_security_token(token).map_err(unusable),
        None => Ok(credentials),
    }
}

fn unusable(error: CredentialsError) -> Error {
    Error::config(error.to_string()).with_source(error)
}

fn user_agent(program: &str) -> Result<HeaderValue, Error> {
    let version = env!("CARGO_PKG_VERSION");
    let text = format!("compshare-rs/{version} {}", program.trim());
    HeaderValue::try_from(text.trim_end())
        .map_err(|error| refused(Setting::UserAgent, SettingFault::NotAHeader).with_source(error))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ErrorKind;

    fn refused(builder: ConfigBuilder) -> String {
        let error = builder.build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Config);
        assert!(!format!("{error} {error:?}").contains("hush"), "{error:?}");
        error.to_string()
    }

    fn builder() -> ConfigBuilder {
        Config::builder()
            .keys("pub", "hush")
            .proxy(ProxyChoice::Direct)
    }

    #[test]
    fn defaults_match_the_documents() {
        let config = builder().build().unwrap();
        assert_eq!(config.base_url(), "https://api.compshare.cn/");
        assert_eq!(config.region().map(Region::as_str), Some("cn-wlcb"));
        assert_eq!(config.max_body, 32 * 1024 * 1024);
        assert_eq!(
            config.user_agent,
            concat!("compshare-rs/", env!("CARGO_PKG_VERSION"))
        );
    }

    #[test]
    fn keys_are_trimmed_or_refused_and_never_shown() {
        assert_eq!(
            Config::builder()
                .keys(" pub\n", "hush\r\n")
                .build()
                .unwrap()
                .public_key(),
            "pub"
        );
        assert!(
            refused(Config::builder())
                .starts_with("the public key is missing: set COMPSHARE_PUBLIC_KEY")
        );
        assert_eq!(
            refused(Config::builder().keys("pub", " \n")),
            "the private key is empty"
        );
        assert!(
            refused(Config::builder().keys("pub", "hush\u{0}hush")).contains("control character")
        );
        assert!(refused(builder().security_token("")).contains("security token"));
        assert!(!format!("{:?} {:?}", builder(), builder().build().unwrap()).contains("hush"));
    }

    #[test]
    fn rejects_zero_and_endless_timeouts() {
        assert!(
            refused(builder().timeouts(Timeouts::default().call(Duration::ZERO)))
                .contains("call timeout must be greater than zero")
        );
        assert!(
            refused(builder().timeouts(Timeouts::default().idle(Duration::MAX)))
                .contains("longer than a day")
        );
    }

    #[test]
    fn refuses_zero_limits() {
        assert!(refused(builder().max_body(0)).contains("max_body"));
        assert!(refused(builder().max_pages(0)).contains("max_pages"));
    }

    #[test]
    fn token_belongs_to_its_key_pair() {
        type Source = (Option<&'static str>, Option<&'static str>);
        let token = |sources: [Source; 2]| {
            let mut settings = Settings::default();
            for (key, token) in sources {
                // In the order of `Setting::TEXTS`.
                if let Some(token) = token {
                    settings.fill(Setting::SecurityToken, token, Origin::Code);
                }
                if let Some(key) = key {
                    settings.fill(Setting::PrivateKey, key, Origin::Code);
                }
            }
            let token = settings.take(Setting::SecurityToken)?;
            Some(token.as_str().to_owned())
        };
        assert_eq!(token([(Some("a"), None), (Some("b"), Some("t"))]), None);
        assert_eq!(
            token([(None, None), (Some("b"), Some("t"))]).as_deref(),
            Some("t")
        );
        assert_eq!(
            token([(Some("a"), Some("s")), (Some("b"), Some("t"))]).as_deref(),
            Some("s")
        );
    }

    #[test]
    fn refuses_a_base_url_with_advice_and_without_its_value() {
        for (url, why) in [
            ("http://api.compshare.cn", "the base URL is not https"),
            (
                "https://me:hush@api.compshare.cn",
                "the base URL has a user",
            ),
        ] {
            let error = builder().base_url(url).build().unwrap_err();
            assert!(error.detail().unwrap().starts_with(why), "{error}");
            assert!(!format!("{error} {error:?}").contains("hush"), "{error:?}");
            // What only programs can set is not part of the reason.
            let advice = error.advice().unwrap_or_default();
            assert_eq!(advice.contains("allow_plain_http"), why.contains("https"));
            assert!(!error.detail().unwrap().contains("allow_plain_http"));
        }
    }

    #[test]
    fn reasons_have_setting_origin_and_fault() {
        for (builder, expected, expected_fault) in [
            (
                builder().region("a b"),
                Setting::Region,
                SettingFault::WhiteSpace,
            ),
            (
                Config::builder().keys("pub", ""),
                Setting::PrivateKey,
                SettingFault::Empty,
            ),
            (builder().max_body(0), Setting::MaxBody, SettingFault::Zero),
        ] {
            let error = builder.build().unwrap_err();
            let Some(Reason::Setting {
                setting,
                origin,
                fault,
            }) = error.reason()
            else {
                panic!("{error:?}");
            };
            assert_eq!((*setting, *fault), (expected, expected_fault));
            assert_eq!(*origin, Origin::Code);
        }
    }

    #[test]
    fn settings_hide_secret_values() {
        let config = builder().security_token("hush-token").build().unwrap();
        for setting in [Setting::PrivateKey, Setting::SecurityToken] {
            assert_eq!(config.settings().origin(setting), Some(&Origin::Code));
            assert_eq!(config.settings().value(setting), None);
        }
        assert_eq!(config.settings().value(Setting::PublicKey), Some("pub"));
        let taken = |setting| config.clone().settings.take(setting);
        for setting in [Setting::PrivateKey, Setting::SecurityToken] {
            assert_eq!(taken(setting).unwrap().as_str(), "");
        }
        let builder = builder().security_token("hush-token").region("cn-wlcb");
        assert_eq!(builder.settings().value(Setting::PrivateKey), None);
        let shown = format!("{builder:?} {config:?} {:?}", config.settings());
        assert!(!shown.contains("hush"), "{shown}");
    }

    #[test]
    fn trims_and_checks_names() {
        let config = builder()
            .region(" cn-wlcb ")
            .project_id("")
            .build()
            .unwrap();
        assert_eq!(config.region().map(Region::as_str), Some("cn-wlcb"));
        assert_eq!(config.project_id, None);
        assert!(refused(builder().region("cn wlcb")).contains("region"));
        assert!(refused(builder().zone("cn\u{7f}")).contains("zone"));
    }

    #[test]
    fn refuses_keys_from_two_sources() {
        let variable = |name| Origin::Environment(name);
        let profile = |name: &str| Origin::Profile(name.to_owned());
        let public = variable("COMPSHARE_PUBLIC_KEY");
        let private = variable("COMPSHARE_PRIVATE_KEY");
        for (public, private, words) in [
            (&public, &private, None),
            (&profile("a"), &profile("a"), None),
            (&Origin::Code, &Origin::Code, None),
            (
                &public,
                &profile("a"),
                Some("from COMPSHARE_PUBLIC_KEY, but the private key from the profile \"a\""),
            ),
            (
                &profile("a"),
                &private,
                Some("from the profile \"a\", but the private key from COMPSHARE_PRIVATE_KEY"),
            ),
            (&profile("a"), &profile("b"), Some("profile \"b\"")),
            (&Origin::Code, &private, Some("from the program")),
        ] {
            let mut builder = Config::builder().proxy(ProxyChoice::Direct);
            let settings = &mut builder.settings;
            settings.fill(Setting::PublicKey, "pub", public.clone());
            settings.fill(Setting::PrivateKey, "hush", private.clone());
            match words {
                Some(words) => assert!(refused(builder.clone()).contains(words), "{words}"),
                None => assert_eq!(builder.clone().build().unwrap().public_key(), "pub"),
            }
            let is_mixed = matches!(
                builder.build().as_ref().err().and_then(Error::reason),
                Some(Reason::KeysFromTwoSources { .. })
            );
            assert_eq!(is_mixed, words.is_some());
        }
    }

    #[test]
    fn region_is_the_default_unless_set_or_none() {
        for (builder, value, region, origin) in [
            (builder(), "cn-wlcb", Some("cn-wlcb"), Origin::Default),
            (
                builder().region(" "),
                "cn-wlcb",
                Some("cn-wlcb"),
                Origin::Default,
            ),
            (
                builder().region("cn-sh2"),
                "cn-sh2",
                Some("cn-sh2"),
                Origin::Code,
            ),
            (builder().region(" None"), "None", None, Origin::Code),
            (builder().no_region(), "none", None, Origin::Code),
            (
                builder().zone("cn-sh2-02"),
                "cn-sh2",
                Some("cn-sh2"),
                Origin::Default,
            ),
            (
                builder().zone("odd"),
                "cn-wlcb",
                Some("cn-wlcb"),
                Origin::Default,
            ),
            (
                builder().zone("cn-sh2-02").region("cn-bj2"),
                "cn-bj2",
                Some("cn-bj2"),
                Origin::Code,
            ),
        ] {
            assert_eq!(builder.settings().value(Setting::Region), Some(value));
            assert_eq!(builder.settings().origin(Setting::Region), Some(&origin));
            let config = builder.build().unwrap();
            assert_eq!(config.region().map(Region::as_str), region, "{value}");
        }
    }

    #[test]
    fn user_agent_has_the_program() {
        let config = builder().user_agent("lister/1.2").build().unwrap();
        assert_eq!(
            config.user_agent,
            concat!("compshare-rs/", env!("CARGO_PKG_VERSION"), " lister/1.2")
        );
        assert!(refused(builder().user_agent("a\r\nX-Header: b")).contains("user agent"));
    }
}
