//! Numbers as the signature wants them.

use core::fmt;

/// A finite number whose `Display` is what UCloud's documentation asks for: plain decimal, never an exponent, no
/// fraction where it is zero.
///
/// ```
/// use compshare_sign::Decimal;
///
/// let text = |value| Decimal::new(value).map(|decimal| decimal.to_string());
/// assert_eq!(text(42.0).as_deref(), Some("42"));
/// assert_eq!(text(0.1).as_deref(), Some("0.1"));
/// assert_eq!(text(1e-7).as_deref(), Some("0.0000001"));
/// assert_eq!(text(-0.0).as_deref(), Some("0"));
/// assert_eq!(text(f64::NAN), None);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Decimal(f64);

impl Decimal {
    /// `None` if `value` is infinite or not a number.
    pub fn new(value: f64) -> Option<Self> {
        // Adding zero turns -0.0, which most of the official SDKs write as `0`, into 0.0.
        value.is_finite().then_some(Self(value + 0.0))
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Rust's own text for a float: shortest, plain decimal, integral values without a fraction.
        fmt::Display::fmt(&self.0, f)
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;

    /// The values of UCloud's Go and Python SDKs for form bodies.
    #[test]
    fn text_is_that_of_the_official_sdks() {
        for (value, text) in [
            (42.0, "42"),
            (12.5, "12.5"),
            (0.1, "0.1"),
            (0.1 + 0.2, "0.30000000000000004"),
            (1e-7, "0.0000001"),
            (1e21, "1000000000000000000000"),
            (f64::from(42.1_f32), "42.099998474121094"),
            (-0.0, "0"),
            (-1.5, "-1.5"),
        ] {
            assert_eq!(Decimal::new(value).unwrap().to_string(), text);
        }
        assert_eq!(Decimal::new(f64::INFINITY), None);
        assert_eq!(Decimal::new(f64::NAN), None);
    }
}
