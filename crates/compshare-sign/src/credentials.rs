//! Key pairs: signing and verification.

use alloc::borrow::Cow;
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use zeroize::Zeroizing;

use crate::signature::constant_time_eq;
use crate::{
    PUBLIC_KEY, Params, PrivateKey, SECURITY_TOKEN, SIGNATURE, Signature, SignedParams, redact,
};

/// A key pair with an optional security token.
///
/// `Debug` prints the public key and placeholders for the secrets.
///
/// ```
/// use compshare_sign::{Credentials, Params};
///
/// let credentials =
///     Credentials::new("my_public_key", "my_private_key")?.with_security_token("token")?;
/// let signed = credentials.sign(Params::from_pairs([("Action", "DescribeFavoriteImages")])?);
/// assert!(credentials.verify(signed.iter()).is_ok());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Credentials {
    public_key: String,
    private_key: PrivateKey,
    security_token: Option<Zeroizing<String>>,
}

impl Credentials {
    /// Creates credentials from a long-lived key pair.
    ///
    /// # Errors
    ///
    /// Returns [`CredentialsError`] if a key is empty, contains control characters, or has leading
    /// or trailing white space.
    pub fn new(
        public_key: impl Into<String>,
        private_key: impl Into<String>,
    ) -> Result<Self, CredentialsError> {
        // Wrap the private key first, so that it is zeroized if the public key is invalid.
        let private_key = PrivateKey::new(private_key)?;
        let public_key = public_key.into();
        check_key(&public_key, "public key")?;

        Ok(Self {
            public_key,
            private_key,
            security_token: None,
        })
    }

    /// Adds the security token of temporary credentials, the signed parameter `SecurityToken`.
    ///
    /// # Errors
    ///
    /// Returns [`CredentialsError`] if the token is empty, contains control characters, or has
    /// leading or trailing white space.
    pub fn with_security_token(
        mut self,
        token: impl Into<String>,
    ) -> Result<Self, CredentialsError> {
        let token = Zeroizing::new(token.into());
        check_key(&token, "security token")?;
        self.security_token = Some(token);
        Ok(self)
    }

    /// Returns the public key, which is part of every request.
    pub fn public_key(&self) -> &str {
        &self.public_key
    }

    /// Adds `PublicKey` and, for temporary credentials, `SecurityToken`, and signs the parameters.
    pub fn sign(&self, mut params: Params) -> SignedParams {
        params.set_reserved(PUBLIC_KEY, &self.public_key);
        if let Some(token) = &self.security_token {
            params.set_reserved(SECURITY_TOKEN, token);
        }

        let signature = params.signature(&self.private_key);
        SignedParams::new(params, signature)
    }

    /// Verifies a request as the gateway does.
    ///
    /// `pairs` are the decoded parameters of the request, including the signature, in any order.
    /// The signature and the token are compared in constant time.
    ///
    /// # Errors
    ///
    /// Returns [`VerifyError`] with the `RetCode` of the gateway.
    pub fn verify<K, V>(&self, pairs: impl IntoIterator<Item = (K, V)>) -> Result<(), VerifyError>
    where
        K: AsRef<str>,
        V: AsRef<str>,
    {
        let pairs: Vec<(K, V)> = pairs.into_iter().collect();
        let mut params = BTreeMap::new();
        for (key, value) in &pairs {
            if params.insert(key.as_ref(), value.as_ref()).is_some() {
                return Err(VerifyError::DuplicateKey(key.as_ref().into()));
            }
        }

        let signature = params
            .remove(SIGNATURE)
            .ok_or(VerifyError::MissingSignature)?;
        if params.get(PUBLIC_KEY) != Some(&self.public_key.as_str()) {
            return Err(VerifyError::UnknownPublicKey);
        }

        let token_matches = match (params.get(SECURITY_TOKEN), &self.security_token) {
            (None, None) => true,
            (Some(sent), Some(token)) => constant_time_eq(sent.as_bytes(), token.as_bytes()),
            _ => false,
        };
        let expected = Signature::compute(params.into_iter(), &self.private_key);
        let signature_matches = signature.parse() == Ok(expected);
        if token_matches && signature_matches {
            Ok(())
        } else {
            Err(VerifyError::WrongSignature)
        }
    }

    /// Redacts the private key and the security token in `text`; see [`redact`](crate::redact()).
    ///
    /// ```
    /// # use compshare_sign::Credentials;
    /// let credentials = Credentials::new("pub", "s3cret")?;
    /// assert_eq!(credentials.redact("bad key s3cret!"), "bad key [redacted]!");
    /// # Ok::<(), compshare_sign::CredentialsError>(())
    /// ```
    pub fn redact<'a>(&self, text: &'a str) -> Cow<'a, str> {
        let text = redact(text, self.private_key.as_str());
        let Some(token) = &self.security_token else {
            return text;
        };

        if let Cow::Owned(redacted) = redact(&text, token) {
            return Cow::Owned(redacted);
        }
        text
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials")
            .field("public_key", &self.public_key)
            .field("private_key", &self.private_key)
            .field(
                "security_token",
                &self.security_token.as_ref().map(|_| format_args!("..")),
            )
            .finish()
    }
}

/// Checks the format of a key or token. The error names the setting without its value.
pub(crate) fn check_key(key: &str, setting: &'static str) -> Result<(), CredentialsError> {
    let reason = if key.trim().is_empty() {
        Reason::Empty
    } else if key.chars().any(char::is_control) {
        Reason::ControlCharacter
    } else if key.trim() != key {
        Reason::OuterWhiteSpace
    } else {
        return Ok(());
    };
    Err(CredentialsError { setting, reason })
}

/// An invalid key or token. Names the setting and the reason without its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CredentialsError {
    setting: &'static str,
    reason: Reason,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reason {
    Empty,
    ControlCharacter,
    OuterWhiteSpace,
}

impl fmt::Display for CredentialsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the {} ", self.setting)?;
        f.write_str(match self.reason {
            Reason::Empty => "is empty",
            Reason::ControlCharacter => {
                "contains a control character; check for a trailing line break"
            }
            Reason::OuterWhiteSpace => "has leading or trailing white space",
        })
    }
}

impl core::error::Error for CredentialsError {}

/// An unauthenticated request.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum VerifyError {
    /// `Signature` is missing (RetCode 170).
    MissingSignature,
    /// The signature or the security token does not match the credentials (RetCode 171).
    WrongSignature,
    /// `PublicKey` is missing or does not match the credentials (RetCode 172).
    UnknownPublicKey,
    /// A key is repeated, so the signed text is ambiguous (RetCode 171).
    DuplicateKey(String),
}

impl VerifyError {
    /// Returns the `RetCode` of the gateway's response
    /// ([UCloud's list](https://docs.ucloud.cn/api/summary/public)).
    pub fn ret_code(&self) -> i64 {
        match self {
            Self::MissingSignature => 170,
            Self::WrongSignature | Self::DuplicateKey(_) => 171,
            Self::UnknownPublicKey => 172,
        }
    }
}

impl fmt::Display for VerifyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MissingSignature => f.write_str("the signature is missing"),
            Self::WrongSignature => f.write_str("the signature is wrong"),
            Self::UnknownPublicKey => f.write_str("the public key is unknown"),
            Self::DuplicateKey(key) => write!(f, "duplicate parameter {key:?}"),
        }
    }
}

impl core::error::Error for VerifyError {}

#[cfg(test)]
mod tests {
    use alloc::format;
    use alloc::string::ToString;
    use alloc::vec;

    use super::*;

    fn credentials() -> Credentials {
        Credentials::new("pub", "46f09bb9fab4f12dfc160dae12273d5332b5debe").unwrap()
    }

    fn signed(credentials: &Credentials) -> Vec<(String, String)> {
        let params =
            Params::from_pairs([("Action", "DescribeFavoriteImages"), ("Limit", "20")]).unwrap();
        credentials
            .sign(params)
            .iter()
            .map(|(key, value)| (key.to_string(), value.to_string()))
            .collect()
    }

    #[test]
    fn verify_accepts_signed_pairs_in_any_order() {
        for credentials in [
            credentials(),
            credentials().with_security_token("token").unwrap(),
        ] {
            let mut pairs = signed(&credentials);
            assert_eq!(credentials.verify(pairs.clone()), Ok(()));
            pairs.reverse();
            assert_eq!(credentials.verify(pairs), Ok(()));
        }
    }

    #[test]
    fn verify_errors_have_text_and_ret_code() {
        let credentials = credentials();
        let check = |pairs: Vec<(String, String)>| credentials.verify(pairs).unwrap_err();
        let without = |removed: &str| {
            signed(&credentials)
                .into_iter()
                .filter(|(key, _)| key != removed)
                .collect::<Vec<_>>()
        };
        let with = |key: &str, value: &str| {
            let mut pairs = without(key);
            pairs.push((key.to_string(), value.to_string()));
            pairs
        };

        for (error, code, pairs) in [
            (VerifyError::MissingSignature, 170, without("Signature")),
            (VerifyError::WrongSignature, 171, without("Limit")),
            (VerifyError::WrongSignature, 171, with("Limit", "21")),
            (
                VerifyError::WrongSignature,
                171,
                with("Signature", "nonsense"),
            ),
            (
                VerifyError::WrongSignature,
                171,
                with("SecurityToken", "unexpected"),
            ),
            (VerifyError::UnknownPublicKey, 172, without("PublicKey")),
            (
                VerifyError::UnknownPublicKey,
                172,
                with("PublicKey", "another"),
            ),
        ] {
            assert_eq!(check(pairs), error);
            assert_eq!(error.ret_code(), code);
            let text = match error {
                VerifyError::MissingSignature => "the signature is missing",
                VerifyError::UnknownPublicKey => "the public key is unknown",
                _ => "the signature is wrong",
            };
            assert_eq!(error.to_string(), text);
        }

        let mut repeated = signed(&credentials);
        repeated.push(("Limit".to_string(), "20".to_string()));
        let error = check(repeated);
        assert_eq!(error, VerifyError::DuplicateKey("Limit".to_string()));
        assert_eq!(
            (error.ret_code(), error.to_string().as_str()),
            (171, "duplicate parameter \"Limit\"")
        );
    }

    #[test]
    fn verify_rejects_missing_other_and_unexpected_tokens() {
        let temporary = credentials().with_security_token("token").unwrap();
        assert_eq!(
            temporary.verify(signed(&credentials())),
            Err(VerifyError::WrongSignature)
        );
        let other = credentials().with_security_token("other").unwrap();
        assert_eq!(
            temporary.verify(signed(&other)),
            Err(VerifyError::WrongSignature)
        );
        assert_eq!(
            credentials().verify(signed(&temporary)),
            Err(VerifyError::WrongSignature)
        );
    }

    #[test]
    fn debug_prints_only_the_public_key() {
        let text = format!("{:?}", credentials().with_security_token("hush").unwrap());
        assert_eq!(
            text,
            r#"Credentials { public_key: "pub", private_key: PrivateKey(..), security_token: Some(..) }"#
        );
    }

    #[test]
    fn errors_name_the_setting_without_its_value() {
        let error = Credentials::new("pub", "hush\n").unwrap_err().to_string();
        assert_eq!(
            error,
            "the private key contains a control character; check for a trailing line break"
        );
        assert_eq!(
            Credentials::new("", "hush").unwrap_err().to_string(),
            "the public key is empty"
        );
        let error = credentials()
            .with_security_token(" hush")
            .unwrap_err()
            .to_string();
        assert_eq!(
            error,
            "the security token has leading or trailing white space"
        );
    }

    #[test]
    fn redact_replaces_private_key_and_token() {
        let credentials = Credentials::new("pub", "hush")
            .unwrap()
            .with_security_token("token")
            .unwrap();
        assert_eq!(
            credentials.redact("hush, a token: hush"),
            "[redacted], a [redacted]: [redacted]"
        );
        assert!(matches!(
            credentials.redact("other text"),
            Cow::Borrowed("other text")
        ));
    }

    #[test]
    fn sign_keeps_all_parameters_of_the_caller() {
        let pairs = signed(&credentials().with_security_token("token").unwrap());
        let keys: Vec<_> = pairs.iter().map(|(key, _)| key.as_str()).collect();
        assert_eq!(
            keys,
            vec!["Action", "Limit", "PublicKey", "SecurityToken", "Signature"]
        );
    }
}
