//! The proxy of a client, for both transports.

use std::fmt;
use std::net::IpAddr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use http::uri::{Authority, Scheme};
use http::{HeaderValue, Uri};

use super::endpoint::Endpoint;
use super::environment::Variable;
use super::setting::{Origin, Setting};
use crate::transport::bare_host;
use crate::{Error, Reason, SettingFault};

/// The source of the proxy.
///
/// ```
/// use compshare_client::{Config, ProxyChoice};
///
/// let config = Config::builder()
///     .keys("my_public_key", "my_private_key")
///     .proxy(ProxyChoice::Url("socks5://me:my_password@proxy.example".to_owned()))
///     .build()?;
/// assert_eq!(config.proxy().unwrap().to_string(), "socks5://proxy.example:1080");
/// # Ok::<(), compshare_client::Error>(())
/// ```
#[derive(Clone, Default)]
#[non_exhaustive]
pub enum ProxyChoice {
    /// `HTTPS_PROXY` or `ALL_PROXY`, unless `NO_PROXY` matches the host. The lower-case names take
    /// precedence.
    #[default]
    Environment,
    /// A URL, regardless of the environment: `http://[user:password@]host[:port]`, or the same with
    /// `socks5` or `socks5h`.
    Url(String),
    /// No proxy: connects directly.
    Direct,
}

impl fmt::Debug for ProxyChoice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Environment => "Environment",
            // The URL may contain a password.
            Self::Url(_) => "Url(..)",
            Self::Direct => "Direct",
        })
    }
}

/// The protocol of a proxy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ProxyProtocol {
    /// `CONNECT` of HTTP/1.1.
    Http,
    /// SOCKS 5. The proxy resolves the names, for `socks5` as for `socks5h`.
    Socks5,
}

impl ProxyProtocol {
    fn of_scheme(scheme: &str) -> Option<Self> {
        match scheme.to_ascii_lowercase().as_str() {
            "http" => Some(Self::Http),
            // Desktop environments set `ALL_PROXY` with the scheme `socks`.
            "socks5" | "socks5h" | "socks" => Some(Self::Socks5),
            _ => None,
        }
    }

    fn scheme(self) -> &'static str {
        match self {
            Self::Http => "http",
            Self::Socks5 => "socks5",
        }
    }

    fn default_port(self) -> u16 {
        match self {
            Self::Http => 80,
            Self::Socks5 => 1080,
        }
    }
}

/// The proxy of requests to the base URL, from [`Config::proxy`](crate::Config::proxy).
///
/// `Display` is its URL. Neither `Display` nor `Debug` contains the user name or the password.
#[derive(Clone)]
#[cfg_attr(
    not(all(feature = "async", feature = "sync")),
    allow(dead_code, reason = "each transport reads another form of the login")
)]
pub struct Proxy {
    pub(crate) protocol: ProxyProtocol,
    /// The address of the proxy: `http`, host and port, for either protocol.
    pub(crate) uri: Uri,
    /// User and password, percent-decoded.
    pub(crate) login: Option<(String, String)>,
    /// The value of `Proxy-Authorization`, for HTTP.
    pub(crate) authorization: Option<HeaderValue>,
    origin: Origin,
}

impl Proxy {
    /// Returns the host, with an IPv6 address in brackets.
    pub fn host(&self) -> &str {
        self.uri.host().unwrap_or_default()
    }

    /// Returns the port.
    pub fn port(&self) -> u16 {
        self.uri
            .port_u16()
            .unwrap_or_else(|| self.protocol.default_port())
    }

    /// Returns the source of the proxy: code, or an environment variable.
    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    fn parse(url: &str, origin: Origin) -> Result<Self, SettingFault> {
        let url = url.trim();
        let url = if url.contains("://") {
            url.to_owned()
        } else {
            format!("http://{url}")
        };
        let uri: Uri = url.parse().map_err(|_| SettingFault::NotAUrl)?;
        let protocol = uri
            .scheme_str()
            .and_then(ProxyProtocol::of_scheme)
            .ok_or(SettingFault::ProxyScheme)?;
        let host = uri.host().unwrap_or_default();
        if host.is_empty() {
            return Err(SettingFault::NoHost);
        }

        let authority = uri.authority().map(Authority::as_str).unwrap_or_default();
        let login = match authority.rsplit_once('@') {
            None => None,
            Some((login, _)) => {
                let (user, password) = login.split_once(':').unwrap_or((login, ""));
                let both = percent_decode(user).zip(percent_decode(password));
                Some(both.ok_or(SettingFault::LoginUnreadable)?)
            }
        };
        let authorization = match (protocol, &login) {
            (ProxyProtocol::Http, Some((user, password))) => {
                Some(basic_authorization(user, password)?)
            }
            (ProxyProtocol::Socks5, Some((user, password))) => {
                // RFC 1929 prefixes each with its length in one byte, from 1 to 255.
                let fits = |text: &str| (1..=255).contains(&text.len());
                if !fits(user) || !fits(password) {
                    return Err(SettingFault::SocksLogin);
                }
                None
            }
            (_, None) => None,
        };

        let port = uri.port_u16().unwrap_or(protocol.default_port());
        let uri = Uri::builder()
            .scheme(Scheme::HTTP)
            .authority(format!("{host}:{port}"))
            .path_and_query("/")
            .build()
            .map_err(|_| SettingFault::Unusable)?;
        Ok(Self {
            protocol,
            uri,
            login,
            authorization,
            origin,
        })
    }
}

impl fmt::Display for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scheme = self.protocol.scheme();
        write!(f, "{scheme}://{}:{}", self.host(), self.port())
    }
}

impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Proxy({}:{})", self.host(), self.port())
    }
}

impl ProxyChoice {
    /// Returns the proxy for requests to `endpoint`; `None` for plain `http` and for this machine.
    pub(crate) fn decide(
        &self,
        endpoint: &Endpoint,
        variable: &Variable<'_>,
    ) -> Result<Option<Proxy>, Error> {
        if !endpoint.is_https() || endpoint.is_loopback() {
            return Ok(None);
        }

        // Variables that are blank or not Unicode text count as not set.
        let first = |names: &[&'static str]| {
            names.iter().copied().find_map(|name| {
                let value = variable(name)?.into_string().ok()?;
                Some((value, name)).filter(|(value, _)| !value.trim().is_empty())
            })
        };
        let (url, origin) = match self {
            Self::Direct => return Ok(None),
            Self::Url(url) => (url.clone(), Origin::Code),
            Self::Environment => {
                let Some((url, name)) =
                    first(&["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"])
                else {
                    return Ok(None);
                };
                let is_exempt = first(&["no_proxy", "NO_PROXY"])
                    .is_some_and(|(list, _)| is_exempt(&list, endpoint.host(), endpoint.port()));
                if is_exempt {
                    return Ok(None);
                }
                (url, Origin::Environment(name))
            }
        };

        match Proxy::parse(&url, origin.clone()) {
            Ok(proxy) => Ok(Some(proxy)),
            Err(fault) => Err(Error::of(Reason::Setting {
                setting: Setting::Proxy,
                origin,
                fault,
            })),
        }
    }
}

fn basic_authorization(user: &str, password: &str) -> Result<HeaderValue, SettingFault> {
    let token = BASE64.encode(format!("{user}:{password}"));
    let mut value = HeaderValue::try_from(format!("Basic {token}"))
        .map_err(|_| SettingFault::LoginUnreadable)?;
    value.set_sensitive(true);
    Ok(value)
}

/// Decodes a user name or password of a URL: `%XX` is a byte; other characters are kept, including
/// `+`, `=` and `&`.
fn percent_decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut parts = text.split('%');
    bytes.extend(parts.next()?.bytes());
    for part in parts {
        let (digits, rest) = part
            .split_at_checked(2)
            .filter(|(digits, _)| !digits.starts_with('+'))?;
        bytes.push(u8::from_str_radix(digits, 16).ok()?);
        bytes.extend(rest.bytes());
    }
    String::from_utf8(bytes).ok()
}

/// Returns `true` if `list`, in the form of `NO_PROXY`, matches the host: exactly, as a parent
/// domain, with its port, or by `*`.
fn is_exempt(list: &str, host: &str, port: u16) -> bool {
    let host = host.trim_end_matches('.').to_ascii_lowercase();
    list.split(',')
        .map(str::trim)
        .filter(|entry| !entry.is_empty())
        .any(|entry| {
            if entry == "*" {
                return true;
            }

            let (entry, entry_port) = match entry.rsplit_once(':') {
                Some((name, port)) if !name.contains(':') || name.ends_with(']') => {
                    (name, Some(port))
                }
                _ => (entry, None),
            };
            if entry_port.is_some_and(|entry_port| entry_port.parse() != Ok(port)) {
                return false;
            }

            let entry = bare_host(entry);
            if let (Ok(entry), Ok(host)) = (entry.parse::<IpAddr>(), host.parse::<IpAddr>()) {
                return entry == host;
            }
            let entry = entry.trim_start_matches("*.").trim_matches('.');
            let before = host.strip_suffix(&entry.to_ascii_lowercase());
            before.is_some_and(|before| before.is_empty() || before.ends_with('.'))
        })
}

#[cfg(test)]
mod tests {
    use std::ffi::OsString;

    use super::*;

    fn decide(variables: &[(&str, &str)]) -> Result<Option<Proxy>, Error> {
        let endpoint = Endpoint::parse("https://api.compshare.cn", false).unwrap();
        ProxyChoice::Environment.decide(&endpoint, &|name| {
            variables
                .iter()
                .find(|(known, _)| *known == name)
                .map(|(_, value)| OsString::from(value))
        })
    }

    /// The proxy's URL and the variable that names it.
    fn named(variables: &[(&str, &str)]) -> Option<(String, Origin)> {
        let proxy = decide(variables).unwrap()?;
        Some((proxy.to_string(), proxy.origin().clone()))
    }

    #[test]
    fn reads_the_proxy_from_the_environment() {
        let found = |url: &str, name| Some((url.to_owned(), Origin::Environment(name)));
        assert_eq!(named(&[]), None);
        assert_eq!(named(&[("HTTP_PROXY", "http://a:1")]), None);
        assert_eq!(
            named(&[("HTTPS_PROXY", "http://a:1")]),
            found("http://a:1", "HTTPS_PROXY")
        );
        assert_eq!(
            named(&[("https_proxy", "a"), ("HTTPS_PROXY", "b")]),
            found("http://a:80", "https_proxy")
        );
        assert_eq!(
            named(&[("https_proxy", " "), ("ALL_PROXY", "b:8")]),
            found("http://b:8", "ALL_PROXY")
        );
        assert_eq!(
            named(&[("https_proxy", "http://[2001:db8::1]")]),
            found("http://[2001:db8::1]:80", "https_proxy")
        );
        assert_eq!(
            named(&[("HTTPS_PROXY", "a"), ("NO_PROXY", "compshare.cn")]),
            None
        );
    }

    #[test]
    fn plain_http_and_loopback_bypass_the_proxy() {
        for url in ["http://127.0.0.1:1", "https://localhost:2", "https://[::1]"] {
            let endpoint = Endpoint::parse(url, false).unwrap();
            let choice = ProxyChoice::Url("http://proxy:1".into());
            let proxy = choice.decide(&endpoint, &|_| None).unwrap();
            assert!(proxy.is_none(), "{url}: {proxy:?}");
        }
    }

    #[test]
    fn reads_logins_and_hides_them() {
        let found = decide(&[("https_proxy", "http://me%40home:hu%3Ash+@p:3128")])
            .unwrap()
            .unwrap();
        assert_eq!(
            found.login,
            Some(("me@home".to_owned(), "hu:sh+".to_owned()))
        );
        assert_eq!(format!("{found:?} {found}"), "Proxy(p:3128) http://p:3128");
        let authorization = found.authorization.unwrap();
        // me@home:hu:sh+
        assert_eq!(authorization, "Basic bWVAaG9tZTpodTpzaCs=");
        assert!(authorization.is_sensitive());
        for (login, password) in [
            ("me:c2VjcmV0==", "c2VjcmV0=="),
            ("me:a&b=c+d", "a&b=c+d"),
            ("me:%E5%AF%86", "密"),
        ] {
            let found = decide(&[("https_proxy", &format!("http://{login}@p"))])
                .unwrap()
                .unwrap();
            assert_eq!(found.login, Some(("me".to_owned(), password.to_owned())));
        }
        assert_eq!(
            format!("{:?}", ProxyChoice::Url("http://me:hush@p".into())),
            "Url(..)"
        );
        for bad in [
            "socks4://me:hush@p:1",
            "socks5://:hush@p:1",
            "http://me:hush@",
            "https://me:hush@p",
            "http://me:hush%zz@p",
        ] {
            let error = decide(&[("https_proxy", bad)]).unwrap_err();
            assert!(
                error.to_string().starts_with("the proxy in HTTPS_PROXY "),
                "{error}"
            );
            assert!(!format!("{error:?}").contains("hush"), "{error:?}");
        }
    }

    #[test]
    fn socks_proxies_have_a_port_and_a_login_of_their_own() {
        for (url, shown) in [
            ("socks5://p", "socks5://p:1080"),
            ("SOCKS5H://p:9", "socks5://p:9"),
            ("socks://127.0.0.1:7891/", "socks5://127.0.0.1:7891"),
            (
                "socks5://me:hu%3Ash@[2001:db8::1]",
                "socks5://[2001:db8::1]:1080",
            ),
        ] {
            let found = decide(&[("ALL_PROXY", url)]).unwrap().unwrap();
            assert_eq!(found.to_string(), shown);
            assert_eq!(found.protocol, ProxyProtocol::Socks5);
            assert!(found.authorization.is_none());
            assert!(!format!("{found:?}").contains("hu"));
        }
        for (url, fault) in [
            ("socks4://p", SettingFault::ProxyScheme),
            ("socks4a://p", SettingFault::ProxyScheme),
            ("https://p", SettingFault::ProxyScheme),
            ("socks5://me@p", SettingFault::SocksLogin),
            (
                &format!("socks5://me:{}@p", "x".repeat(256)),
                SettingFault::SocksLogin,
            ),
        ] {
            let error = decide(&[("ALL_PROXY", url)]).unwrap_err();
            let text = format!("the proxy in ALL_PROXY {fault}");
            assert_eq!(error.to_string(), text);
        }
    }

    #[test]
    fn no_proxy_matches_hosts_domains_addresses_and_ports() {
        for (list, host, exempt) in [
            ("*", "api.compshare.cn", true),
            ("api.compshare.cn", "api.compshare.cn", true),
            ("other, .compshare.cn", "api.compshare.cn", true),
            ("*.compshare.cn", "API.compshare.CN", true),
            ("compshare.cn:443", "api.compshare.cn", true),
            ("compshare.cn:444", "api.compshare.cn", false),
            ("share.cn", "api.compshare.cn", false),
            ("xapi.compshare.cn", "api.compshare.cn", false),
            ("10.0.0.1", "10.0.0.1", true),
            ("[2001:db8::1]:443", "2001:db8::1", true),
            ("2001:db8:0::1", "2001:db8::1", true),
            ("10.0.0.1", "10.0.0.10", false),
            ("", "api.compshare.cn", false),
            (" , ,", "api.compshare.cn", false),
        ] {
            assert_eq!(is_exempt(list, host, 443), exempt, "{list} {host}");
        }
    }
}
