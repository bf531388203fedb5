//! Which proxy a request takes: decided once, above both transports.

use std::fmt;
use std::net::IpAddr;

use http::Uri;

use super::endpoint::Endpoint;
use super::environment::Variable;
use crate::Error;

/// Where the proxy is named.
#[derive(Clone, Default)]
#[non_exhaustive]
pub enum ProxyChoice {
    /// `HTTPS_PROXY` or `ALL_PROXY`, unless `NO_PROXY` names the host; in lower case too, which comes first.
    #[default]
    Environment,
    /// This one, whatever the environment says: `http://[user:password@]host[:port]`.
    Url(String),
    /// None.
    None,
}

impl fmt::Debug for ProxyChoice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Environment => "Environment",
            // A password may be in it.
            Self::Url(_) => "Url(..)",
            Self::None => "None",
        })
    }
}

/// An HTTP proxy that is asked for a tunnel. `Debug` shows neither user nor password.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(
    not(feature = "_http"),
    allow(dead_code, reason = "read by the transports alone")
)]
pub(crate) struct Proxy {
    pub(crate) host: String,
    pub(crate) port: u16,
    /// User and password, percent-decoded.
    pub(crate) login: Option<(String, String)>,
}

impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Proxy({}:{})", self.host, self.port)
    }
}

impl ProxyChoice {
    /// The proxy for requests to `endpoint`: only `https` takes one, and this machine itself is never proxied.
    pub(crate) fn decide(
        &self,
        endpoint: &Endpoint,
        variable: &Variable<'_>,
    ) -> Result<Option<Proxy>, Error> {
        if !endpoint.is_https() || endpoint.is_loopback() {
            return Ok(None);
        }
        match self {
            Self::None => Ok(None),
            Self::Url(url) => Proxy::parse(url, "the proxy").map(Some),
            Self::Environment => {
                // Variables of these names that are no text or blank name no proxy.
                let text = |name: &str| {
                    let value = variable(name)?.into_string().ok()?;
                    Some(value.trim().to_owned()).filter(|value| !value.is_empty())
                };
                let both = |lower: &str| text(lower).or_else(|| text(&lower.to_ascii_uppercase()));
                let Some((name, url)) = ["https_proxy", "all_proxy"]
                    .into_iter()
                    .find_map(|name| Some((name, both(name)?)))
                else {
                    return Ok(None);
                };
                if both("no_proxy")
                    .is_some_and(|list| is_exempt(&list, endpoint.host(), endpoint.port()))
                {
                    return Ok(None);
                }
                Proxy::parse(&url, &format!("the proxy in {}", name.to_ascii_uppercase())).map(Some)
            }
        }
    }
}

impl Proxy {
    fn parse(url: &str, what: &str) -> Result<Self, Error> {
        // The text itself is not shown: a password may be in it.
        let refuse = |why: &str| Error::config(format!("{what} {why}"));
        let url = url.trim();
        let url = if url.contains("://") {
            url.to_owned()
        } else {
            format!("http://{url}")
        };
        let uri: Uri = url
            .parse()
            .map_err(|error| refuse("is not a URL").with_source(error))?;
        if uri.scheme_str() != Some("http") {
            return Err(refuse(
                "has a scheme other than http, the only one that is supported",
            ));
        }
        let host = uri.host().unwrap_or_default().to_owned();
        if host.is_empty() {
            return Err(refuse("has no host"));
        }
        let authority = uri
            .authority()
            .map(http::uri::Authority::as_str)
            .unwrap_or_default();
        let login = match authority.rsplit_once('@') {
            None => None,
            Some((login, _)) => {
                let (user, password) = login.split_once(':').unwrap_or((login, ""));
                let both = percent_decode(user).zip(percent_decode(password));
                Some(both.ok_or_else(|| refuse("has a user name or password that cannot be read"))?)
            }
        };
        Ok(Self {
            host,
            port: uri.port_u16().unwrap_or(80),
            login,
        })
    }
}

/// A user name or password out of a URL: `%XX` is a byte, everything else stays (`+`, `=` and `&` included).
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

/// Whether `list`, the form of `NO_PROXY`, names the host: exactly, as a parent domain, with its port, or by `*`.
fn is_exempt(list: &str, host: &str, port: u16) -> bool {
    let host = host.trim_end_matches('.');
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
            let entry = entry.trim_start_matches('[').trim_end_matches(']');
            if let (Ok(entry), Ok(host)) = (entry.parse::<IpAddr>(), host.parse::<IpAddr>()) {
                return entry == host;
            }
            let entry = entry
                .trim_start_matches("*.")
                .trim_start_matches('.')
                .trim_end_matches('.');
            let Some(start) = host.len().checked_sub(entry.len()) else {
                return false;
            };
            let Some((before, tail)) = host.split_at_checked(start) else {
                return false;
            };
            tail.eq_ignore_ascii_case(entry) && (before.is_empty() || before.ends_with('.'))
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

    fn proxy(host: &str, port: u16) -> Proxy {
        Proxy {
            host: host.to_owned(),
            port,
            login: None,
        }
    }

    #[test]
    fn the_environment_names_it() {
        assert_eq!(decide(&[]).unwrap(), None);
        assert_eq!(decide(&[("HTTP_PROXY", "http://a:1")]).unwrap(), None);
        assert_eq!(
            decide(&[("HTTPS_PROXY", "http://a:1")]).unwrap(),
            Some(proxy("a", 1))
        );
        assert_eq!(
            decide(&[("https_proxy", "a"), ("HTTPS_PROXY", "b")]).unwrap(),
            Some(proxy("a", 80))
        );
        assert_eq!(
            decide(&[("https_proxy", " "), ("ALL_PROXY", "b:8")]).unwrap(),
            Some(proxy("b", 8))
        );
        assert_eq!(
            decide(&[("HTTPS_PROXY", "a"), ("NO_PROXY", "compshare.cn")]).unwrap(),
            None
        );
    }

    #[test]
    fn plain_http_and_this_machine_take_none() {
        for url in ["http://127.0.0.1:1", "https://localhost:2", "https://[::1]"] {
            let endpoint = Endpoint::parse(url, false).unwrap();
            let choice = ProxyChoice::Url("http://proxy:1".into());
            assert_eq!(choice.decide(&endpoint, &|_| None).unwrap(), None, "{url}");
        }
    }

    #[test]
    fn logins_are_read_and_never_shown() {
        let found = decide(&[("https_proxy", "http://me%40home:hu%3Ash+@p:3128")])
            .unwrap()
            .unwrap();
        assert_eq!(
            found.login,
            Some(("me@home".to_owned(), "hu:sh+".to_owned()))
        );
        assert_eq!(format!("{found:?}"), "Proxy(p:3128)");
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
            "socks5://me:hush@p:1",
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
    fn no_proxy_names_hosts_domains_addresses_and_ports() {
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
