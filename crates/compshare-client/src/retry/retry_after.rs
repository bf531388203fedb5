//! What the service asks for in `Retry-After`.

use std::time::{Duration, SystemTime};

use http::HeaderMap;
use http::header::RETRY_AFTER;

/// The wait that the headers ask for: seconds, or a date compared with `now`. Nonsense and dates in the past are no
/// wish; a value too large for a number is the longest wait there is.
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
    fn seconds_and_dates_are_understood() {
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
    fn nonsense_is_no_wish() {
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
    fn absurd_wishes_do_not_overflow() {
        assert_eq!(parse("99999999999999999999999999"), Some(Duration::MAX));
        assert!(
            parse("Fri, 31 Dec 9999 23:59:59 GMT").unwrap() > Duration::from_secs(1_000_000_000)
        );
    }
}
