//! Small numbers with a meaning.

use super::newtype::newtype;

newtype! {
    /// How far an author is certified (`AuthInfo`), by CompShare's documentation. Other numbers are kept.
    ///
    /// Reads a number given as text too: `"2"`.
    pub struct AuthInfo(pub i64);
}

impl AuthInfo {
    /// An ordinary creator.
    pub const ORDINARY: Self = Self(0);
    /// An official account.
    pub const OFFICIAL: Self = Self(1);
    /// A certified author.
    pub const CERTIFIED: Self = Self(2);
}

newtype! {
    /// Whether others can see an image (`Visibility`). Other numbers are kept.
    ///
    /// Reads a number given as text too: `"1"`.
    pub struct Visibility(pub i64);
}

impl Visibility {
    /// Its owner only.
    pub const PRIVATE: Self = Self(0);
    /// Everybody.
    pub const PUBLIC: Self = Self(1);
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
