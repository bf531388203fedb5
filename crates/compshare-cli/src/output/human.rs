//! Human-readable values: prices, sizes, times and terms of the API. JSON and CSV keep the raw
//! values.
//!
//! Each function returns `None` for other text, which is then shown unchanged.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::lang::{language, text, texts};

/// Formats Unix seconds in UTC: `2024-04-08T08:00:00Z`. Seconds before 1970 or after the year 9999
/// stay a number.
pub(crate) fn utc(seconds: i64) -> String {
    let time = Timestamp::from_second(seconds).ok();
    time.filter(|_| seconds >= 0)
        .map_or_else(|| seconds.to_string(), |time| time.to_string())
}

/// Converts a time from [`utc`] to the local time zone: `2024-04-08 16:00:00 +08:00`.
pub(crate) fn local_time(text: &str) -> Option<String> {
    let time: Timestamp = text.parse().ok()?;
    let local = time.to_zoned(TimeZone::system());
    Some(local.strftime("%Y-%m-%d %H:%M:%S %:z").to_string())
}

/// Formats a price in yuan per hour: `free`, `¥0.50/h`.
pub(crate) fn price(text: &str) -> Option<String> {
    let yuan: f64 = text.parse().ok()?;
    let decimals = text
        .split_once('.')
        .map_or(0, |(_, decimals)| decimals.len());
    if yuan == 0.0 {
        Some(texts().val_free.to_owned())
    } else if yuan.is_finite() && yuan > 0.0 && decimals <= 2 {
        Some(text!(val_price, yuan = format!("{yuan:.2}")))
    } else {
        Some(text!(val_price, yuan = text))
    }
}

/// Formats a size in MiB: `62.0 GiB`.
pub(crate) fn size(text: &str) -> Option<String> {
    let megabytes: u32 = text.parse().ok()?;
    Some(if megabytes < 1024 {
        format!("{megabytes} MiB")
    } else {
        format!("{:.1} GiB", f64::from(megabytes) / 1024.0)
    })
}

/// Formats a size in GB: `100 GB`. Other text already has a unit.
pub(crate) fn gigabytes(text: &str) -> Option<String> {
    let gigabytes: u64 = text.parse().ok()?;
    Some(format!("{gigabytes} GB"))
}

pub(crate) fn percent(text: &str) -> Option<String> {
    let percent: f64 = text.parse().ok()?;
    Some(format!("{percent:.0} %"))
}

pub(crate) fn seconds(text: &str) -> Option<String> {
    let seconds: u64 = text.parse().ok()?;
    Some(text!(val_seconds, seconds))
}

pub(crate) fn hours(text: &str) -> Option<String> {
    let hours: u64 = text.parse().ok()?;
    Some(text!(val_hours, hours))
}

/// Translates a term of the API: `true`, `Available`.
pub(crate) fn word(text: &str) -> Option<String> {
    language().translate(text).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_calendar_times() {
        // From `date -u -d @N +%FT%TZ`.
        for (seconds, text) in [
            (0, "1970-01-01T00:00:00Z"),
            (951_782_400, "2000-02-29T00:00:00Z"),
            (1_712_563_200, "2024-04-08T08:00:00Z"),
            (4_107_542_400, "2100-03-01T00:00:00Z"),
            (253_402_300_800, "253402300800"),
            (-1, "-1"),
            (i64::MAX, "9223372036854775807"),
            (i64::MIN, "-9223372036854775808"),
        ] {
            assert_eq!(utc(seconds), text);
        }
        assert_eq!(local_time("253402300800"), None);
    }

    #[test]
    fn shows_numbers_with_units() {
        for (text, shown) in [("63488", "62.0 GiB"), ("512", "512 MiB"), ("0", "0 MiB")] {
            assert_eq!(size(text).as_deref(), Some(shown));
        }
        assert_eq!(size("-1"), None);
        assert_eq!(percent("99.6").as_deref(), Some("100 %"));
        assert_eq!(
            (price("later"), seconds(""), hours("1.5")),
            (None, None, None)
        );
    }
}
