//! Sizes of memory and disks, with their units.

/// Makes a type that wraps a number of megabytes or gigabytes.
///
/// There is no conversion from a plain number, so that one unit cannot be taken for the other by
/// accident.
macro_rules! size {
    ($(#[$docs:meta])* $name:ident, $unit:literal) => {
        $(#[$docs])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default, serde::Serialize,
        )]
        #[serde(transparent)]
        pub struct $name(pub u64);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(&format!("{} {}", self.0, $unit))
            }
        }

        impl $crate::wire::field::Element for $name {
            fn from_scalar(scalar: $crate::wire::scalar::Scalar<'_>) -> Option<Self> {
                u64::from_scalar(scalar).map(Self)
            }

            fn content(&self) -> $crate::wire::field::Content<'_> {
                self.0.content()
            }
        }
    };
}

size! {
    /// A size in megabytes of 1,048,576 bytes, the unit of memory in instances, requests and
    /// prices.
    ///
    /// Made from gigabytes where the API wants megabytes: `Megabytes::from(Gigabytes(64))` is
    /// 65,536 MB. Instances take multiples of 1,024 MB only.
    Megabytes, "MB"
}

size! {
    /// A size in gigabytes of 1,024 [`Megabytes`]: the unit of disks, and of memory in lists of
    /// sizes and in stock.
    ///
    /// ```
    /// use compshare_model::{Gigabytes, Megabytes};
    ///
    /// assert_eq!(Megabytes::from(Gigabytes(64)), Megabytes(65_536));
    /// assert_eq!(Megabytes(65_536).to_gigabytes(), Some(Gigabytes(64)));
    /// assert_eq!(Gigabytes(100).to_string(), "100 GB");
    /// ```
    Gigabytes, "GB"
}

impl Megabytes {
    /// Returns the size in gigabytes if it is a whole number of them.
    pub fn to_gigabytes(self) -> Option<Gigabytes> {
        (self.0 % 1024 == 0).then_some(Gigabytes(self.0 / 1024))
    }
}

/// Saturates at the largest size.
impl From<Gigabytes> for Megabytes {
    fn from(size: Gigabytes) -> Self {
        Self(size.0.saturating_mul(1024))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::field::Element;
    use crate::wire::scalar::Scalar;

    #[test]
    fn units_convert_exactly_or_not_at_all() {
        assert_eq!(Megabytes::from(Gigabytes(0)), Megabytes(0));
        assert_eq!(Megabytes::from(Gigabytes(u64::MAX)), Megabytes(u64::MAX));
        assert_eq!(Megabytes(1023).to_gigabytes(), None);
        assert_eq!(
            format!("{:>8}|{:<6}|", Megabytes(64), Gigabytes(1)),
            "   64 MB|1 GB  |"
        );
    }

    #[test]
    fn sizes_convert_from_numbers_and_digits() {
        assert_eq!(
            Megabytes::from_scalar(Scalar::Text("65536")),
            Some(Megabytes(65_536))
        );
        assert_eq!(
            Gigabytes::from_scalar(Scalar::F64(64.0)),
            Some(Gigabytes(64))
        );
        assert_eq!(Gigabytes::from_scalar(Scalar::I64(-1)), None);
        assert_eq!(serde_json::to_string(&Megabytes(1024)).unwrap(), "1024");
    }
}
