//! Figures as one reads them.

/// A figure with its unit, which is the last word of its name where it has one.
pub(crate) fn figure(name: &str, value: f64) -> String {
    match split(name).1 {
        "ns" => time(value, 4),
        "ms" => time(value * 1e6, 3),
        "s" => time(value * 1e9, 3),
        "MiB" => format!("{} MiB", digits(value, 3)),
        _ => count(value),
    }
}

/// The figure's name without its unit.
pub(crate) fn title(name: &str) -> &str {
    split(name).0
}

pub(crate) fn ratio(ratio: f64) -> String {
    format!("{ratio:.2}x")
}

fn split(name: &str) -> (&str, &str) {
    match name.rsplit_once(' ') {
        Some((title, unit)) if ["ns", "ms", "s", "MiB"].contains(&unit) => (title, unit),
        _ => (name, ""),
    }
}

/// In the unit that has the fewest digits.
fn time(nanoseconds: f64, significant: usize) -> String {
    let units = [("ns", 1.0), ("µs", 1e3), ("ms", 1e6)];
    // What would be rounded to 1000 is one of the next unit.
    let unit = units
        .into_iter()
        .find(|(_, size)| nanoseconds / size < 999.5);
    let (unit, size) = unit.unwrap_or(("s", 1e9));
    format!("{} {unit}", digits(nanoseconds / size, significant))
}

/// So many significant digits, and all of those before the point.
fn digits(value: f64, significant: usize) -> String {
    let mut before = 1;
    let mut rest = value.abs();
    while rest >= 10.0 {
        rest /= 10.0;
        before += 1;
    }
    let decimals = significant.saturating_sub(before);
    thousands(&format!("{value:.decimals$}"))
}

/// A count is whole, its median may be a half.
fn count(value: f64) -> String {
    let decimals = usize::from(value.fract() != 0.0);
    thousands(&format!("{value:.decimals$}"))
}

/// A comma at every third digit before the point.
fn thousands(number: &str) -> String {
    let (whole, rest) = number.split_at(number.find('.').unwrap_or(number.len()));
    let mut text = String::new();
    for (at, digit) in whole.chars().enumerate() {
        let left = whole.len() - at;
        if at > 0 && left % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text + rest
}

/// The day of a moment in seconds since 1970, in UTC, such as `2025-06-15`.
pub(crate) fn day(seconds: u64) -> String {
    let is_leap = |year: u64| (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    let (mut days, mut year, mut month) = (seconds / (24 * 60 * 60), 1970, 1);
    loop {
        let in_year = 365 + u64::from(is_leap(year));
        if days < in_year {
            break;
        }
        days -= in_year;
        year += 1;
    }
    for in_month in [
        31,
        28 + u64::from(is_leap(year)),
        31,
        30,
        31,
        30,
        31,
        31,
        30,
        31,
        30,
        31,
    ] {
        if days < in_month {
            break;
        }
        days -= in_month;
        month += 1;
    }
    format!("{year:04}-{month:02}-{:02}", days + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_in_the_unit_that_fits() {
        assert_eq!(figure("median ns", 136.806_9), "136.8 ns");
        assert_eq!(figure("median ns", 3.2), "3.200 ns");
        assert_eq!(figure("median ns", 999.6), "1.000 µs");
        assert_eq!(figure("median ns", 1_234_567.0), "1.235 ms");
        assert_eq!(figure("wall ms", 0.25), "250 µs");
        assert_eq!(figure("wall ms", 10_312.0), "10.3 s");
        assert_eq!(figure("CPU s", 83.21), "83.2 s");
        assert_eq!(figure("CPU s", 1_234.6), "1,235 s");
    }

    #[test]
    fn other_figures_keep_their_unit() {
        assert_eq!(figure("peak MiB", 5.123), "5.12 MiB");
        assert_eq!(figure("connections", 64.0), "64");
        assert_eq!(figure("connections", 1.5), "1.5");
        assert_eq!(figure("instructions", 1_234_567.0), "1,234,567");
        assert_eq!(figure("most open", 999.0), "999");
        assert_eq!(title("CPU ms"), "CPU");
        assert_eq!(title("most open"), "most open");
        assert_eq!(ratio(0.614), "0.61x");
    }

    #[test]
    fn days_are_those_of_the_calendar() {
        assert_eq!(day(0), "1970-01-01");
        assert_eq!(day(951_782_399), "2000-02-28");
        assert_eq!(day(951_782_400), "2000-02-29");
        assert_eq!(day(1_735_689_599), "2024-12-31");
        assert_eq!(day(1_735_689_600), "2025-01-01");
    }
}
