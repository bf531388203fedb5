//! Parsing of the base URL.

use std::net::IpAddr;

use http::Uri;
use http::uri::{Authority, Scheme};

use crate::SettingFault;
use crate::transport::bare_host;

/// The URL that requests are sent to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Endpoint {
    uri: Uri,
    text: String,
}

impl Endpoint {
    /// Parses a base URL. Rejects parts that would be ignored, and plain HTTP unless allowed.
    pub(crate) fn parse(text: &str, allow_plain_http: bool) -> Result<Self, SettingFault> {
        let text = text.trim();
        if !text.contains("://") {
            return Err(SettingFault::NoScheme);
        }
        if text.contains('#') {
            return Err(SettingFault::Fragment);
        }

        let uri: Uri = text.parse().map_err(|_| SettingFault::NotAUrl)?;
        let plain = match uri.scheme() {
            Some(scheme) if *scheme == Scheme::HTTPS => false,
            Some(scheme) if *scheme == Scheme::HTTP => true,
            _ => return Err(SettingFault::SchemeNotHttps),
        };
        if uri.query().is_some() {
            return Err(SettingFault::Query);
        }
        let authority = uri.authority().map_or("", Authority::as_str);
        if authority.contains('@') {
            return Err(SettingFault::Login);
        }
        let has_bad_port =
            authority.ends_with(':') || authority.rsplit(':').next().is_some_and(is_bad_port);

        let endpoint = Self {
            text: uri.to_string(),
            uri,
        };
        if endpoint.host().is_empty() {
            return Err(SettingFault::NoHost);
        }
        if has_bad_port {
            return Err(SettingFault::Port);
        }
        if plain && !allow_plain_http && !endpoint.is_loopback() {
            return Err(SettingFault::PlainHttp);
        }
        Ok(endpoint)
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    pub(crate) fn uri(&self) -> &Uri {
        &self.uri
    }

    pub(crate) fn is_https(&self) -> bool {
        self.uri.scheme() == Some(&Scheme::HTTPS)
    }

    /// Returns the host, without the brackets of an IPv6 literal.
    pub(crate) fn host(&self) -> &str {
        bare_host(self.uri.host().unwrap_or_default())
    }

    pub(crate) fn port(&self) -> u16 {
        self.uri
            .port_u16()
            .unwrap_or(if self.is_https() { 443 } else { 80 })
    }

    /// Returns `true` if the host is this machine.
    pub(crate) fn is_loopback(&self) -> bool {
        let host = self.host();
        let is_loopback = |address: IpAddr| address.is_loopback();
        host.eq_ignore_ascii_case("localhost") || host.parse().is_ok_and(is_loopback)
    }
}

fn is_bad_port(last: &str) -> bool {
    // Without a colon, or after one inside an IPv6 literal, the last part is not a port.
    last.bytes().all(|byte| byte.is_ascii_digit())
        && last.parse::<u16>().map_or(true, |port| port == 0)
        && !last.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepts_valid_urls_unchanged() {
        for (text, shown, host, port) in [
            (
                "https://api.compshare.cn",
                "https://api.compshare.cn/",
                "api.compshare.cn",
                443,
            ),
            (
                " https://api.compshare.cn/ \n",
                "https://api.compshare.cn/",
                "api.compshare.cn",
                443,
            ),
            (
                "https://gateway.example:8443/compshare/",
                "https://gateway.example:8443/compshare/",
                "gateway.example",
                8443,
            ),
            (
                "http://127.0.0.1:4010",
                "http://127.0.0.1:4010/",
                "127.0.0.1",
                4010,
            ),
            ("http://127.9.9.9", "http://127.9.9.9/", "127.9.9.9", 80),
            ("http://[::1]:4010", "http://[::1]:4010/", "::1", 4010),
            ("http://LOCALHOST:1", "http://LOCALHOST:1/", "LOCALHOST", 1),
            (
                "https://[2001:db8::1]",
                "https://[2001:db8::1]/",
                "2001:db8::1",
                443,
            ),
        ] {
            let endpoint = Endpoint::parse(text, false).unwrap();
            assert_eq!(
                (endpoint.as_str(), endpoint.host(), endpoint.port()),
                (shown, host, port)
            );
        }
        assert!(Endpoint::parse("http://api.service.ucloud.cn", true).is_ok());
    }

    #[test]
    fn refuses_invalid_urls_with_a_remedy() {
        for (text, why) in [
            ("api.compshare.cn", "no scheme"),
            ("", "no scheme"),
            ("https://", "not a URL"),
            ("ftp://api.compshare.cn", "scheme other than"),
            ("https://api.compshare.cn/?a=b", "query"),
            ("https://api.compshare.cn/#top", "fragment"),
            (
                "https://user:hush@api.compshare.cn",
                "user name or password",
            ),
            ("https://user@api.compshare.cn", "user name or password"),
            ("http://api.compshare.cn", "not https"),
            ("http://127.0.0.1.example.com", "not https"),
            ("http://[::2]", "not https"),
            ("https://api.compshare.cn:0", "port"),
            ("https://api.compshare.cn:", "port"),
            ("https://api.compshare.cn:99999", "port"),
            ("https://api compshare.cn", "not a URL"),
        ] {
            let fault = Endpoint::parse(text, false).unwrap_err().to_string();
            assert!(fault.contains(why), "{text}: {fault}");
        }
    }
}
