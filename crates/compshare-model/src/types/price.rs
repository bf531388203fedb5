//! Amounts of money.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Mul, Neg, Sub};
use std::str::FromStr;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::wire::field::{Content, Element, number};
use crate::wire::read;
use crate::wire::scalar::Scalar;

/// Number of decimals that an amount has.
const DECIMALS: usize = 18;
/// Number of units of the last decimal in one yuan.
const YUAN: i128 = 10_i128.pow(18);

/// An amount in yuan, as a decimal with 18 places: sums are exact, as they are not with binary
/// floats.
///
/// Read from a JSON number, or from a number given as text, by its digits: `1.88` is 1.88.
/// Arithmetic stops at the largest amount, 170,000,000,000,000,000,000 yuan.
///
/// `Display` shows at least two decimals and all that there are; with a precision it rounds half
/// away from zero.
///
/// ```
/// use compshare_model::Price;
///
/// let hour: Price = "1.88".parse()?;
/// let disk: Price = serde_json::from_str("0.0005").unwrap();
/// assert_eq!((hour * 24).to_string(), "45.12");
/// assert_eq!((hour + disk).to_string(), "1.8805");
/// assert_eq!(format!("{:.2}", hour + disk), "1.88");
/// # Ok::<(), compshare_model::ParsePriceError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Price(i128);

/// The error of parsing a [`Price`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected a decimal number")]
pub struct ParsePriceError;

impl Price {
    /// No money.
    pub const ZERO: Self = Self(0);

    /// Returns a whole number of yuan.
    pub const fn from_yuan(yuan: i64) -> Self {
        // 64 bits times 10^18 fit into 128.
        Self(yuan as i128 * YUAN)
    }

    /// Returns the amount as the nearest float.
    pub fn to_f64(self) -> f64 {
        self.to_string().parse().unwrap_or(f64::NAN)
    }

    /// Returns `true` if the amount is below zero: a refund, where a price may be one.
    pub const fn is_negative(self) -> bool {
        self.0 < 0
    }
}

/// Reads a plain or scientific decimal: `1.88`, `-3`, `5e-4`. Digits after the 18th decimal are
/// rounded.
impl FromStr for Price {
    type Err = ParsePriceError;

    fn from_str(text: &str) -> Result<Self, ParsePriceError> {
        let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let exponent: i16 = exponent.parse().map_err(|_| ParsePriceError)?;

        let unsigned = mantissa.strip_prefix(['-', '+']).unwrap_or(mantissa);
        let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
        if whole.is_empty() && fraction.is_empty() {
            return Err(ParsePriceError);
        }

        let mut units = 0_i128;
        for digit in whole.bytes().chain(fraction.bytes()) {
            if !digit.is_ascii_digit() {
                return Err(ParsePriceError);
            }
            let ten_times = units.checked_mul(10).ok_or(ParsePriceError)?;
            let digit = i128::from(digit - b'0');
            units = ten_times.checked_add(digit).ok_or(ParsePriceError)?;
        }

        // The digits are units of 10^-fraction; those of the price are of 10^-18.
        let fraction = i64::try_from(fraction.len()).map_err(|_| ParsePriceError)?;
        let shift = 18 + i64::from(exponent) - fraction;
        let power = u32::try_from(shift.unsigned_abs()).map_err(|_| ParsePriceError)?;
        let power = 10_i128.checked_pow(power);
        let units = match power {
            _ if units == 0 => Some(0),
            Some(power) if shift >= 0 => units.checked_mul(power),
            None if shift >= 0 => None,
            Some(power) => Some(round(units, power)),
            None => Some(0),
        };
        let units = units.ok_or(ParsePriceError)?;
        Ok(Self(if mantissa.starts_with('-') {
            -units
        } else {
            units
        }))
    }
}

/// Divides a number that is not negative, and rounds half up.
fn round(units: i128, divisor: i128) -> i128 {
    let (quotient, rest) = (units / divisor, units % divisor);
    quotient + i128::from(rest >= divisor - rest)
}

impl fmt::Display for Price {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut units = self.0.unsigned_abs();
        let decimals = f.precision().map(|decimals| decimals.min(DECIMALS));
        if let Some(decimals) = decimals {
            let last = (decimals..DECIMALS).fold(1, |last, _| last * 10);
            let rest = units % last;
            units -= rest;
            if rest > 0 && rest >= last - rest {
                units += last;
            }
        }

        let yuan = YUAN.unsigned_abs();
        let mut text = format!("{}.{:018}", units / yuan, units % yuan);
        let point = text.len() - DECIMALS - 1;
        let length = match decimals {
            Some(0) => point,
            Some(decimals) => point + 1 + decimals,
            None => text.trim_end_matches('0').len().max(point + 3),
        };
        text.truncate(length);
        f.pad_integral(self.0 >= 0, "", &text)
    }
}

impl Serialize for Price {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.content().serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Price {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut price: Option<Self> = None;
        read::field(&mut price, deserializer)?;
        price.ok_or_else(|| D::Error::custom(ParsePriceError))
    }
}

impl Element for Price {
    fn from_scalar(scalar: Scalar<'_>) -> Option<Self> {
        scalar.text()?.trim().parse().ok()
    }

    fn content(&self) -> Content<'_> {
        number(self.to_f64())
    }
}

impl Add for Price {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl AddAssign for Price {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Sub for Price {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl Neg for Price {
    type Output = Self;

    fn neg(self) -> Self {
        Self(self.0.saturating_neg())
    }
}

impl Mul<u32> for Price {
    type Output = Self;

    fn mul(self, times: u32) -> Self {
        Self(self.0.saturating_mul(times.into()))
    }
}

impl Sum for Price {
    fn sum<I: Iterator<Item = Self>>(prices: I) -> Self {
        prices.fold(Self::ZERO, Add::add)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn price(text: &str) -> Price {
        text.parse().unwrap()
    }

    #[test]
    fn price_parses_decimals_exactly() {
        for (text, shown) in [
            ("1.88", "1.88"),
            ("1068.00", "1068.00"),
            ("0.7", "0.70"),
            ("-50", "-50.00"),
            ("+.5", "0.50"),
            ("5.", "5.00"),
            ("0.0005", "0.0005"),
            ("5e-4", "0.0005"),
            ("1.5E3", "1500.00"),
            ("0.6649999999999999", "0.6649999999999999"),
            ("0.0000000000000000015", "0.000000000000000002"),
            ("0.0000000000000000014", "0.000000000000000001"),
            ("5e-324", "0.00"),
            ("0e999", "0.00"),
            ("-0", "0.00"),
            ("170000000000000000000", "170000000000000000000.00"),
        ] {
            assert_eq!(price(text).to_string(), shown, "{text}");
        }
        for text in [
            "", ".", "-", "e5", "1e", "1.2.3", "1,88", "¥1", "NaN", "inf", "1e30", " 1", "--1",
            "1e99999", "0x1",
        ] {
            assert_eq!(text.parse::<Price>(), Err(ParsePriceError), "{text}");
        }
    }

    #[test]
    fn display_supports_precision_and_width() {
        assert_eq!(format!("{:.2}", price("1.885")), "1.89");
        assert_eq!(format!("{:.2}", price("-1.885")), "-1.89");
        assert_eq!(format!("{:.2}", price("1.8849")), "1.88");
        assert_eq!(format!("{:.0}", price("0.5")), "1");
        assert_eq!(format!("{:.3}", price("2")), "2.000");
        assert_eq!(format!("{:.99}", price("2")), "2.000000000000000000");
        assert_eq!(
            format!("{:>8}|{:<8}|", price("1.5"), price("-1.5")),
            "    1.50|-1.50   |"
        );
        assert_eq!(
            format!("{:.1}", Price(i128::MIN)),
            "-170141183460469231731.7"
        );
    }

    #[test]
    fn arithmetic_is_exact_and_saturating() {
        let tenths = std::iter::repeat_n(price("0.1"), 10);
        assert_eq!(tenths.sum::<Price>(), Price::from_yuan(1));
        assert_eq!(price("2.92") - price("0.15"), price("2.77"));
        assert_eq!(price("1.88") * 720, price("1353.6"));
        assert!((-price("0.01")).is_negative() && !Price::ZERO.is_negative());
        let most = Price(i128::MAX);
        assert_eq!(
            (most + most, most * 2, -Price(i128::MIN)),
            (most, most, most)
        );
    }

    #[test]
    fn price_deserializes_from_numbers_and_texts() {
        for (json, written) in [
            ("1.88", "1.88"),
            ("\"0.74\"", "0.74"),
            ("3", "3"),
            ("1e-7", "1e-7"),
            ("2.0", "2"),
        ] {
            let price: Price = serde_json::from_str(json).unwrap();
            assert_eq!(serde_json::to_string(&price).unwrap(), written);
        }
        for json in ["null", "true", "[1]", "\"free\"", "1e300"] {
            assert!(serde_json::from_str::<Price>(json).is_err(), "{json}");
        }
    }

    proptest! {
        #[test]
        fn displayed_price_parses_to_itself(units: i128) {
            let price = Price(units.max(-i128::MAX));
            prop_assert_eq!(price.to_string().parse(), Ok(price));
        }

        #[test]
        fn short_floats_convert_exactly(cents in -1_000_000_000_i32..1_000_000_000) {
            let float = f64::from(cents) / 100.0;
            let price = Price::from_scalar(Scalar::F64(float)).unwrap();
            prop_assert_eq!(price.0, i128::from(cents) * 10_i128.pow(16));
            prop_assert_eq!(price.to_f64().to_bits(), (float + 0.0).to_bits());
        }
    }
}
