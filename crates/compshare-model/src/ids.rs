//! Identifiers: text that is passed on and never looked into.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! ids {
    ($($(#[$docs:meta])* $name:ident;)*) => {$(
        $(#[$docs])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// Takes the text as it is.
            pub fn new(text: impl Into<String>) -> Self {
                Self(text.into())
            }

            /// The text as it goes on the wire.
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// Whether there is no text: the same as if there were no such value.
            pub fn is_empty(&self) -> bool {
                self.0.is_empty()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.into())
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(text)
            }
        }

        impl From<&String> for $name {
            fn from(text: &String) -> Self {
                Self(text.clone())
            }
        }

        impl From<&$name> for $name {
            fn from(id: &$name) -> Self {
                id.clone()
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        crate::scalar::from_text!($name);
    )*};
}

ids! {
    /// An image, or one version of a community image: `compshareImage-1pl06yxr5lvm`.
    ImageId;
    /// The group that holds the versions of one community image: `qYl0zvqlo03V`.
    GroupId;
    /// A region: `cn-wlcb`.
    Region;
    /// A zone of a region: `cn-wlcb-01`.
    Zone;
    /// An account, for sharing with it: `50123456`. The service sends it as a number or as text.
    AccountId;
    /// An instance, whose own name on the wire is `UHostId`: `uhost-1pl07y4wkaaq`.
    InstanceId;
    /// A project of an account: `org-cwy2qk`. Empty means the default project; sub-accounts must name one.
    ProjectId;
}

macro_rules! from_number {
    ($($type:ty),*) => {$(
        impl From<$type> for AccountId {
            fn from(number: $type) -> Self {
                Self(number.to_string())
            }
        }
    )*};
}
// `i32` is what an integer without a suffix is.
from_number!(i32, u32, i64, u64);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_its_text() {
        let id = ImageId::new("compshareImage-1pl06yxr5lvm");
        assert_eq!(id.to_string(), "compshareImage-1pl06yxr5lvm");
        assert_eq!(
            format!("{:>5}|{:<4}|", Region::from("cn"), Zone::from("z")),
            "   cn|z   |"
        );
        assert_eq!(
            serde_json::to_string(&id).unwrap(),
            r#""compshareImage-1pl06yxr5lvm""#
        );
        assert_eq!(
            serde_json::from_str::<ImageId>(r#""a""#).unwrap().as_str(),
            "a"
        );
        assert!(GroupId::default().is_empty() && !id.is_empty());
        assert_eq!(AccountId::from(50_123_456), AccountId::from("50123456"));
        assert_eq!(
            String::from(ProjectId::from(String::from("org-x"))),
            "org-x"
        );
    }
}
