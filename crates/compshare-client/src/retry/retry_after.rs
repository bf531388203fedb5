//! The `Retry-After` header.

use std::time::{Duration, SystemTime};

use http::HeaderMap;
use http::header::RETRY_AFTER;

/// Parses `Retry-After`: seconds, or a date relative to `now`. Returns `None` for an invalid value
/// or a date in the past; saturates on overflow.
pub(crate) fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let value = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(value.parse().map_or(Duration::MAX, Duration::from_secs));
    }
    httpdate::parse_http_date(value)
        .ok()?
        .duration_since(now)
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(value: &str) -> Option<Duration> {
        let mut headers = HeaderMap::new();
        headers.insert(RETRY_AFTER, value.parse().ok()?);
        let now = httpdate::parse_http_date("Tue, 24 Nov 2026 00:00:00 GMT").unwrap();
        retry_after(&headers, now)
    }

    #[test]
    fn parses_seconds_and_dates() {
        assert_eq!(parse("0"), Some(Duration::ZERO));
        assert_eq!(parse(" 120 "), Some(Duration::from_secs(120)));
        assert_eq!(
            parse("Tue, 24 Nov 2026 00:00:07 GMT"),
            Some(Duration::from_secs(7))
        );
        assert_eq!(
            parse("Tuesday, 24-Nov-26 00:00:07 GMT"),
            Some(Duration::from_secs(7))
        );
    }

    #[test]
    fn ignores_invalid_values() {
        for value in [
            "",
            "soon",
            "-1",
            "1.5",
            "+5",
            "1e3",
            "Tue, 99 Nov 2026",
            "Mon, 23 Nov 2026 23:59:59 GMT",
            "１",
        ] {
            assert_eq!(parse(value), None, "{value}");
        }
        assert_eq!(retry_after(&HeaderMap::new(), SystemTime::UNIX_EPOCH), None);
    }

    #[test]
    fn large_values_saturate() {
        assert_eq!(parse("99999999999999999999999999"), Some(Duration::MAX));
        assert!(
            parse("Fri, 31 Dec 9999 23:59:59 GMT").unwrap() > Duration::from_secs(1_000_000_000)
        );
    }
}
