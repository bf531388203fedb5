//! What a client needs to know, and refuses early when it cannot be right.

mod endpoint;
mod environment;
mod profile;
mod proxy;
mod secret;

use std::fmt;
use std::time::{Duration, SystemTime};

use compshare_model::{ProjectId, Region, Zone};
use compshare_sign::Credentials;
use http::HeaderValue;

pub(crate) use endpoint::Endpoint;
pub(crate) use proxy::Proxy;
pub use proxy::ProxyChoice;

use self::secret::Secret;
use crate::{Error, RetryPolicy};

/// Where CompShare's API answers, unless told otherwise.
pub const DEFAULT_BASE_URL: &str = "https://api.compshare.cn";

/// The settings of a client, checked.
///
/// ```
/// use compshare_client::Config;
///
/// let config = Config::builder()
///     .region("cn-wlcb")
///     .keys("my_public_key", "my_private_key") // from https://console.compshare.cn/uaccount/api_manage
///     .base_url("https://api.compshare.cn") // the default
///     .build()?;
/// # Ok::<(), compshare_client::Error>(())
/// ```
///
/// or from the environment and the profile file of CompShare's own command line:
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
    pub(crate) http: HttpOptions,
    warnings: Vec<String>,
}

/// What the transports are built from.
#[derive(Clone)]
#[cfg_attr(
    not(feature = "_http"),
    allow(dead_code, reason = "read by the transports alone")
)]
pub(crate) struct HttpOptions {
    pub(crate) connect_timeout: Duration,
    pub(crate) idle_timeout: Duration,
    pub(crate) max_head: usize,
    pub(crate) proxy: Option<Proxy>,
    #[cfg(feature = "_http")]
    pub(crate) tls: crate::tls::Tls,
}

/// How long things may take.
///
/// | what | default |
/// | --- | --- |
/// | connecting, TLS handshake included | 5 s |
/// | no byte at all from the peer | 15 s |
/// | one attempt, from connecting to the last byte of the body | 30 s |
/// | one call: all attempts and all waits | 90 s |
///
/// ```
/// use std::time::Duration;
///
/// use compshare_client::Timeouts;
///
/// let hasty = Timeouts::default().attempt(Duration::from_secs(5)).call(Duration::from_secs(12));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Timeouts {
    pub(crate) connect: Duration,
    pub(crate) idle: Duration,
    pub(crate) attempt: Duration,
    pub(crate) call: Duration,
}

impl Timeouts {
    /// Connecting, name look-up and TLS handshake included.
    pub fn connect(mut self, limit: Duration) -> Self {
        self.connect = limit;
        self
    }

    /// The longest silence of the peer.
    pub fn idle(mut self, limit: Duration) -> Self {
        self.idle = limit;
        self
    }

    /// One attempt, from connecting to the last byte of the body.
    pub fn attempt(mut self, limit: Duration) -> Self {
        self.attempt = limit;
        self
    }

    /// One call: all attempts and all waits.
    pub fn call(mut self, limit: Duration) -> Self {
        self.call = limit;
        self
    }

    fn check(&self) -> Result<(), Error> {
        for (name, limit) in [
            ("connect", self.connect),
            ("idle", self.idle),
            ("attempt", self.attempt),
            ("call", self.call),
        ] {
            if limit.is_zero() {
                return Err(Error::config(format!(
                    "the {name} time-out is zero, so that nothing could ever succeed; set it to a second or more"
                )));
            }
            if limit > Duration::from_secs(24 * 60 * 60) {
                return Err(Error::config(format!(
                    "the {name} time-out is longer than a day"
                )));
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

/// Whose certificates are trusted.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub enum TlsRoots {
    /// Mozilla's roots, compiled in: the same everywhere.
    #[default]
    Bundled,
    /// The roots in this PEM text, besides the bundled ones: for a private gateway or a proxy that re-signs.
    BundledAnd(Vec<u8>),
    /// The operating system's own verifier and store.
    #[cfg(feature = "platform-verifier")]
    Platform,
}

/// Gathers settings; [`build`](Self::build) checks them.
///
/// Where a setting is given twice, the first one stands: what the program sets, then
/// [`env`](Self::env), then [`profile`](Self::profile), if it asks in this order.
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
    user_agent: Option<String>,
    proxy: ProxyChoice,
    roots: TlsRoots,
    allow_plain_http: bool,
    warnings: Vec<String>,
}

/// What the environment and the profile file can set as well.
#[derive(Clone, Default)]
struct Settings {
    public_key: Option<String>,
    private_key: Option<Secret>,
    security_token: Option<Secret>,
    region: Option<String>,
    zone: Option<String>,
    project_id: Option<String>,
    base_url: Option<String>,
}

impl Settings {
    /// Fills what is not set yet, field by field.
    fn fill_from(&mut self, other: Self) {
        fn fill<T>(mine: &mut Option<T>, other: Option<T>) {
            if mine.is_none() {
                *mine = other;
            }
        }
        fill(&mut self.public_key, other.public_key);
        // A token belongs to the keys it came with.
        if self.private_key.is_none() {
            fill(&mut self.security_token, other.security_token);
        }
        fill(&mut self.private_key, other.private_key);
        fill(&mut self.region, other.region);
        fill(&mut self.zone, other.zone);
        fill(&mut self.project_id, other.project_id);
        fill(&mut self.base_url, other.base_url);
    }
}

impl Config {
    /// Starts with the defaults.
    pub fn builder() -> ConfigBuilder {
        ConfigBuilder::default()
    }

    /// From the environment alone; see [`ConfigBuilder::env`].
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Config`](crate::ErrorKind::Config) that names the variable that is missing or cannot be right.
    pub fn from_env() -> Result<Self, Error> {
        Self::builder().env()?.build()
    }

    /// From the profile file alone; see [`ConfigBuilder::profile`].
    ///
    /// # Errors
    ///
    /// As [`from_env`](Self::from_env).
    pub fn from_profile(name: Option<&str>) -> Result<Self, Error> {
        Self::builder().profile(name)?.build()
    }

    /// From the environment and, for what is not set there, the profile file: as CompShare's own command line does it,
    /// field by field.
    ///
    /// # Errors
    ///
    /// As [`from_env`](Self::from_env).
    pub fn load() -> Result<Self, Error> {
        Self::builder().env()?.profile(None)?.build()
    }

    /// Where requests go.
    pub fn base_url(&self) -> String {
        self.endpoint.to_string()
    }

    /// The region for actions that name none.
    pub fn region(&self) -> Option<&Region> {
        self.region.as_ref()
    }

    /// The public key that requests are signed for.
    pub fn public_key(&self) -> &str {
        self.credentials.public_key()
    }

    /// What works but ought to be looked at: a profile file that others can read, say.
    pub fn warnings(&self) -> &[String] {
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
    /// The key pair, from <https://console.compshare.cn/uaccount/api_manage>. White space around it is taken off.
    pub fn keys(mut self, public_key: impl Into<String>, private_key: impl Into<String>) -> Self {
        self.settings.public_key = Some(public_key.into());
        self.settings.private_key = Some(Secret::from(private_key.into()));
        self
    }

    /// The token that came with temporary keys.
    pub fn security_token(mut self, token: impl Into<String>) -> Self {
        self.settings.security_token = Some(Secret::from(token.into()));
        self
    }

    /// Credentials made elsewhere, instead of [`keys`](Self::keys).
    pub fn credentials(mut self, credentials: Credentials) -> Self {
        self.credentials = Some(credentials);
        self
    }

    /// When temporary credentials end. From then on calls are refused before anything is sent.
    pub fn credentials_expire_at(mut self, time: SystemTime) -> Self {
        self.expires_at = Some(time);
        self
    }

    /// The region for actions that name none, such as `cn-wlcb`. Without it, `Region` is left out.
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.settings.region = Some(region.into());
        self
    }

    /// The zone for actions that name none, such as `cn-wlcb-01`. Without it, `Zone` is left out.
    pub fn zone(mut self, zone: impl Into<Zone>) -> Self {
        self.settings.zone = Some(zone.into().into());
        self
    }

    /// The project for actions that name none. Sub-accounts must send one (UCloud's documentation of common
    /// parameters).
    pub fn project_id(mut self, project: impl Into<String>) -> Self {
        self.settings.project_id = Some(project.into());
        self
    }

    /// Where requests go: scheme, host, and a port and a path if need be. Default [`DEFAULT_BASE_URL`].
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.settings.base_url = Some(url.into());
        self
    }

    /// Allows `http://` for hosts other than this machine. A signed request can be repeated by whoever reads it, so
    /// this is for networks where nobody can: UCloud's endpoint inside a VPC, say.
    pub fn allow_plain_http(mut self, allow: bool) -> Self {
        self.allow_plain_http = allow;
        self
    }

    /// How long things may take.
    pub fn timeouts(mut self, timeouts: Timeouts) -> Self {
        self.timeouts = timeouts;
        self
    }

    /// How failed attempts are repeated.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// The largest body of an answer, in bytes. Default 32 MiB.
    pub fn max_body(mut self, bytes: usize) -> Self {
        self.max_body = Some(bytes);
        self
    }

    /// The most pages that one listing asks for. Default 10,000.
    pub fn max_pages(mut self, pages: u64) -> Self {
        self.max_pages = Some(pages);
        self
    }

    /// Put behind `compshare-rs/<version>` in `User-Agent`: the name and version of your program.
    pub fn user_agent(mut self, program: impl Into<String>) -> Self {
        self.user_agent = Some(program.into());
        self
    }

    /// The proxy for `https` requests. Default: [`ProxyChoice::Environment`].
    pub fn proxy(mut self, proxy: ProxyChoice) -> Self {
        self.proxy = proxy;
        self
    }

    /// Whose certificates are trusted. Default: [`TlsRoots::Bundled`].
    pub fn tls_roots(mut self, roots: TlsRoots) -> Self {
        self.roots = roots;
        self
    }

    /// Fills what is not set yet from the environment.
    ///
    /// | variable | setting |
    /// | --- | --- |
    /// | `COMPSHARE_PUBLIC_KEY`, `COMPSHARE_PRIVATE_KEY` | the key pair |
    /// | `COMPSHARE_SECURITY_TOKEN` | the token of temporary keys |
    /// | `COMPSHARE_REGION`, `COMPSHARE_ZONE`, `COMPSHARE_PROJECT_ID` | defaults for actions that name none |
    /// | `COMPSHARE_BASE_URL` | where requests go |
    ///
    /// A variable that is set but empty counts as not set.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Config`](crate::ErrorKind::Config) if a variable is not text.
    pub fn env(mut self) -> Result<Self, Error> {
        self.settings
            .fill_from(environment::settings(&environment::variable)?);
        Ok(self)
    }

    /// Fills what is not set yet from the profile file of CompShare's own command line: `COMPSHARE_CONFIG_FILE`, else
    /// `compshare/config.json` in `XDG_CONFIG_HOME` or `~/.config`. A profile has keys, and may have `region`, `zone`,
    /// `project_id` and `base_url`.
    ///
    /// `name` is the profile; without it, `COMPSHARE_PROFILE`, the file's current profile and `default` are tried in
    /// this order. A file that is not there sets nothing, unless a profile was asked for.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Config`](crate::ErrorKind::Config) if the file cannot be read or understood, or has no such profile.
    pub fn profile(mut self, name: Option<&str>) -> Result<Self, Error> {
        let found = profile::load(name, &environment::variable)?;
        self.settings.fill_from(found.settings);
        self.warnings.extend(found.warning);
        Ok(self)
    }

    /// Checks all settings.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Config`](crate::ErrorKind::Config) that names the setting and what to change, never its value if it
    /// is a secret.
    pub fn build(self) -> Result<Config, Error> {
        let Self { settings, .. } = self;
        let credentials = match self.credentials {
            Some(credentials) => credentials,
            None => credentials(
                settings.public_key,
                settings.private_key,
                settings.security_token,
            )?,
        };
        self.timeouts.check()?;
        if self.max_body == Some(0) || self.max_pages == Some(0) {
            return Err(Error::config(
                "max_body and max_pages must be 1 or more; with 0, nothing could ever succeed",
            ));
        }
        let base_url = settings.base_url.as_deref().unwrap_or(DEFAULT_BASE_URL);
        let endpoint = Endpoint::parse(base_url, self.allow_plain_http)?;
        let proxy = self.proxy.decide(&endpoint, &environment::variable)?;
        Ok(Config {
            credentials,
            expires_at: self.expires_at,
            endpoint,
            region: plain_name(settings.region, "region")?.map(Region::new),
            zone: plain_name(settings.zone, "zone")?.map(Zone::new),
            project_id: plain_name(settings.project_id, "project id")?.map(ProjectId::new),
            retry: self.retry,
            max_body: self.max_body.unwrap_or(32 << 20),
            max_pages: self.max_pages.unwrap_or(10_000),
            user_agent: user_agent(self.user_agent.as_deref())?,
            http: HttpOptions {
                connect_timeout: self.timeouts.connect,
                idle_timeout: self.timeouts.idle,
                max_head: 64 << 10,
                proxy,
                #[cfg(feature = "_http")]
                tls: crate::tls::Tls::new(self.roots)?,
            },
            timeouts: self.timeouts,
            warnings: self.warnings,
        })
    }
}

fn credentials(
    public_key: Option<String>,
    private_key: Option<Secret>,
    security_token: Option<Secret>,
) -> Result<Credentials, Error> {
    let missing = |what, variable| {
        Error::config(format!(
            "the {what} is missing: set {variable}, or take the keys from https://console.compshare.cn/uaccount/api_manage"
        ))
    };
    let refused = |error: compshare_sign::CredentialsError| {
        Error::config(error.to_string()).with_source(error)
    };
    let public_key = public_key.ok_or_else(|| missing("public key", "COMPSHARE_PUBLIC_KEY"))?;
    let private_key = private_key.ok_or_else(|| missing("private key", "COMPSHARE_PRIVATE_KEY"))?;
    // A line break that came along from a file or a clipboard is no part of a key.
    let credentials =
        Credentials::new(public_key.trim(), private_key.as_str().trim()).map_err(refused)?;
    match security_token {
        Some(token) => credentials
            .with_security_token(token.as_str().trim())
            .map_err(refused),
        None => Ok(credentials),
    }
}

/// A name that goes into a parameter: trimmed; blank is as good as not set.
fn plain_name(name: Option<String>, what: &str) -> Result<Option<String>, Error> {
    let Some(name) = name
        .map(|name| name.trim().to_owned())
        .filter(|name| !name.is_empty())
    else {
        return Ok(None);
    };
    if name
        .chars()
        .any(|character| character.is_control() || character.is_whitespace())
    {
        return Err(Error::config(format!(
            "the {what} has white space or control characters in it"
        )));
    }
    Ok(Some(name))
}

fn user_agent(program: Option<&str>) -> Result<HeaderValue, Error> {
    let mut text = String::from(concat!("compshare-rs/", env!("CARGO_PKG_VERSION")));
    if let Some(program) = program.map(str::trim).filter(|program| !program.is_empty()) {
        text.push(' ');
        text.push_str(program);
    }
    HeaderValue::try_from(text).map_err(|error| {
        Error::config("the user agent has characters that a header cannot hold").with_source(error)
    })
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
            .proxy(ProxyChoice::None)
    }

    #[test]
    fn defaults_are_those_of_the_documents() {
        let config = builder().build().unwrap();
        assert_eq!(config.base_url(), "https://api.compshare.cn/");
        assert_eq!(config.region(), None);
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
    fn time_outs_of_nothing_or_for_ever_are_refused() {
        assert!(
            refused(builder().timeouts(Timeouts::default().call(Duration::ZERO)))
                .contains("call time-out is zero")
        );
        assert!(
            refused(builder().timeouts(Timeouts::default().idle(Duration::MAX)))
                .contains("longer than a day")
        );
    }

    #[test]
    fn limits_of_nothing_are_refused() {
        assert!(refused(builder().max_body(0)).contains("max_body"));
        assert!(refused(builder().max_pages(0)).contains("max_pages"));
    }

    #[test]
    fn a_token_stays_with_the_keys_it_came_with() {
        let set = |key: Option<&str>, token: Option<&str>| Settings {
            private_key: key.map(|key| Secret::from(key.to_owned())),
            security_token: token.map(|token| Secret::from(token.to_owned())),
            ..Settings::default()
        };
        let token = |mut first: Settings, second: Settings| {
            first.fill_from(second);
            first
                .security_token
                .as_ref()
                .map(|token| token.as_str().to_owned())
        };
        assert_eq!(token(set(Some("a"), None), set(Some("b"), Some("t"))), None);
        assert_eq!(
            token(set(None, None), set(Some("b"), Some("t"))).as_deref(),
            Some("t")
        );
        assert_eq!(
            token(set(Some("a"), Some("s")), set(Some("b"), Some("t"))).as_deref(),
            Some("s")
        );
    }

    #[test]
    fn names_are_trimmed_and_checked() {
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
    fn programs_name_themselves() {
        let config = builder().user_agent("lister/1.2").build().unwrap();
        assert_eq!(
            config.user_agent,
            concat!("compshare-rs/", env!("CARGO_PKG_VERSION"), " lister/1.2")
        );
        assert!(refused(builder().user_agent("a\r\nX-Header: b")).contains("user agent"));
    }
}
