//! Numeric codes.

use super::newtype::newtype;

newtype! {
    /// The certification of an author (`AuthInfo`), by CompShare's documentation.
    ///
    /// Other numbers are kept. Deserialization also accepts text such as `"2"`.
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
    /// The visibility of an image (`Visibility`).
    ///
    /// Other numbers are kept. Deserialization also accepts text such as `"1"`.
    pub struct Visibility(pub i64);
}

impl Visibility {
    /// Visible to its owner only.
    pub const PRIVATE: Self = Self(0);
    /// Visible to all accounts.
    pub const PUBLIC: Self = Self(1);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepts_numbers_and_numeric_text() {
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
