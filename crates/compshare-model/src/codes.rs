//! Small numbers with a meaning.

use std::fmt;

macro_rules! codes {
    ($($(#[$docs:meta])* $name:ident { $($(#[$code_docs:meta])* $code:ident = $number:literal,)* })*) => {$(
        $(#[$docs])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub i64);

        impl $name {
            $($(#[$code_docs])* pub const $code: Self = Self($number);)*
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, f)
            }
        }

        crate::scalar::from_integer!($name);
    )*};
}

codes! {
    /// How far an author is certified (`AuthInfo`), by CompShare's documentation. Other numbers are kept.
    ///
    /// Reads a number given as text too: `"2"`.
    AuthInfo {
        /// An ordinary creator.
        ORDINARY = 0,
        /// An official account.
        OFFICIAL = 1,
        /// A certified author.
        CERTIFIED = 2,
    }

    /// Whether others can see an image (`Visibility`). Other numbers are kept.
    ///
    /// Reads a number given as text too: `"1"`.
    Visibility {
        /// Its owner only.
        PRIVATE = 0,
        /// Everybody.
        PUBLIC = 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_digit_strings_read_alike() {
        for json in ["2", "\"2\"", "2.0", "\" 2 \""] {
            assert_eq!(
                serde_json::from_str::<AuthInfo>(json).unwrap(),
                AuthInfo::CERTIFIED,
                "{json}"
            );
        }
        for json in ["null", "2.5", "\"two\"", "[2]", "true"] {
            assert!(serde_json::from_str::<AuthInfo>(json).is_err(), "{json}");
        }
        assert_eq!(serde_json::to_string(&Visibility::PUBLIC).unwrap(), "1");
        assert_eq!(Visibility(7).to_string(), "7");
    }
}
