//! Texts that are not shown.

use std::fmt;

use base64::Engine as _;
use base64::alphabet::STANDARD as ALPHABET;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use serde::{Serialize, Serializer};
use zeroize::Zeroizing;

use crate::wire::field::{Content, Element};
use crate::wire::scalar::Scalar;

/// Base64 with or without the padding at the end.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &ALPHABET,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// A password: plain text in the program, base64 on the wire.
///
/// Made from the plain text, which is encoded here: a caller that encodes it as well sets the
/// encoded text as the password. The service reads passwords of 8 to 32 characters of at least two
/// classes (reported by a third-party client).
///
/// `Debug` shows a placeholder, there is no `Display`, and the memory is zeroized on drop.
/// `Serialize` writes the form of the wire, since a record is written as it was read and a request
/// as it is sent: a program that shows a serialized record has to mask its passwords.
///
/// ```
/// use compshare_model::Password;
///
/// let password = Password::new("correct-horse-9");
/// assert_eq!(format!("{password:?}"), "Password(..)");
/// assert_eq!(serde_json::to_string(&password)?, r#""Y29ycmVjdC1ob3JzZS05""#);
/// assert_eq!(password.expose(), "correct-horse-9");
/// # Ok::<(), serde_json::Error>(())
/// ```
///
/// ```compile_fail,E0277
/// println!("{}", compshare_model::Password::new("correct-horse-9"));
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Password {
    wire: Zeroizing<String>,
    plain: Zeroizing<String>,
}

impl Password {
    /// Creates a password from its plain text.
    pub fn new(plain: impl Into<String>) -> Self {
        let plain = Zeroizing::new(plain.into());
        let wire = Zeroizing::new(BASE64.encode(plain.as_bytes()));
        Self { wire, plain }
    }

    /// Creates a password from the text of the wire: base64, or plain text as the platform's
    /// command-line tool accepts it.
    pub fn from_wire(wire: impl Into<String>) -> Self {
        let wire = Zeroizing::new(wire.into());
        let decoded = BASE64.decode(wire.trim()).map(Zeroizing::new).ok();
        let text = decoded
            .as_ref()
            .and_then(|bytes| std::str::from_utf8(bytes).ok());
        // Bytes that happen to decode are no password if they cannot be typed.
        let plain = text.filter(|text| !text.is_empty() && !text.contains(char::is_control));
        let plain = Zeroizing::new(plain.unwrap_or(&wire).to_owned());
        Self { wire, plain }
    }

    /// Returns the plain text.
    pub fn expose(&self) -> &str {
        &self.plain
    }

    fn as_wire(&self) -> &str {
        &self.wire
    }
}

impl From<&str> for Password {
    fn from(plain: &str) -> Self {
        Self::new(plain)
    }
}

impl From<String> for Password {
    fn from(plain: String) -> Self {
        Self::new(plain)
    }
}

/// An address whose query may hold a token, such as that of JupyterLab.
///
/// `Debug` shows a placeholder, there is no `Display`, and the memory is zeroized on drop.
/// `Serialize` writes the address, as for [`Password`].
#[derive(Clone, PartialEq, Eq)]
pub struct SecretUrl(Zeroizing<String>);

impl SecretUrl {
    /// Wraps the address.
    pub fn new(url: impl Into<String>) -> Self {
        Self(Zeroizing::new(url.into()))
    }

    /// Returns the address with everything in it.
    pub fn expose(&self) -> &str {
        &self.0
    }

    fn as_wire(&self) -> &str {
        &self.0
    }
}

macro_rules! secret {
    ($name:ident, $from_wire:path) => {
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(..)"))
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_wire())
            }
        }

        impl Element for $name {
            fn from_scalar(scalar: Scalar<'_>) -> Option<Self> {
                let text = scalar.text().filter(|text| !text.is_empty());
                text.map($from_wire)
            }

            fn content(&self) -> Content<'_> {
                Content::Scalar(Scalar::Text(self.as_wire()))
            }
        }
    };
}

secret!(Password, Self::from_wire);
secret!(SecretUrl, Self::new);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn password_decodes_base64_and_plain_text() {
        for (wire, plain) in [
            ("aHVudGVyLTI=", "hunter-2"),
            ("aHVudGVyLTI", "hunter-2"),
            (" aHVudGVyLTI= ", "hunter-2"),
            ("5a+G56CBLTEyMw==", "密码-123"),
            ("hunter-2", "hunter-2"),
            ("Abcd1234", "Abcd1234"),
            ("====", "===="),
            // Decodes to control characters.
            ("AAECAwQF", "AAECAwQF"),
        ] {
            let password = Password::from_wire(wire);
            assert_eq!(password.expose(), plain, "{wire}");
            assert_eq!(
                serde_json::to_value(&password).unwrap(),
                wire,
                "written as it was read"
            );
        }
        assert!(Password::from_scalar(Scalar::Text("")).is_none());
        assert_eq!(
            Password::from_scalar(Scalar::I64(12_345_678))
                .unwrap()
                .expose(),
            "12345678"
        );
    }

    #[test]
    fn debug_hides_secrets() {
        let password = Password::from("hunter-2");
        let url = SecretUrl::new("https://host/lab?token=abc");
        let shown = format!(
            "{password:?} {password:#?} {url:?} {:?}",
            Some((&password, &url))
        );
        assert!(
            !shown.contains("hunter") && !shown.contains("aHVu") && !shown.contains("abc"),
            "{shown}"
        );
        assert_eq!(url.expose(), "https://host/lab?token=abc");
    }
}
