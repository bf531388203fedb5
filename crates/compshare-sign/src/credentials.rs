//! Key pairs: signing and verification.

use alloc::borrow::Cow;
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use zeroize::Zeroizing;

use crate::signature::constant_time_eq;
use crate::{
    PUBLIC_KEY, Params, PrivateKey, SECURITY_TOKEN, SIGNATURE, Signature, SignedParams, strike_out,
};

/// A key pair, with a security token if the pair is temporary.
///
/// `Debug` shows the public key and placeholders.
///
/// ```
/// use compshare_sign::{Credentials, Params};
///
/// let credentials = Credentials::new("my_public_key", "my_private_key")?.with_security_token("token")?;
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
    /// Creates a long-lived key pair, as the console shows it.
    ///
    /// # Errors
    ///
    /// [`CredentialsError`] if a key is empty, or has control characters or white space around it.
    pub fn new(
        public_key: impl Into<String>,
        private_key: impl Into<String>,
    ) -> Result<Self, CredentialsError> {
        // First, so that it is zeroized even if the public key is refused.
        let private_key = PrivateKey::new(private_key)?;
        let public_key = public_key.into();
        check_key(&public_key, "public key")?;
        Ok(Self {
            public_key,
            private_key,
            security_token: None,
        })
    }

    /// Makes the pair a temporary one: `token` is sent and signed along as `SecurityToken`.
    ///
    /// # Errors
    ///
    /// [`CredentialsError`] if the token is empty, or has control characters or white space around it.
    pub fn with_security_token(
        mut self,
        token: impl Into<String>,
    ) -> Result<Self, CredentialsError> {
        let token = Zeroizing::new(token.into());
        check_key(&token, "security token")?;
        self.security_token = Some(token);
        Ok(self)
    }

    /// Returns the public key, which is sent with every request.
    pub fn public_key(&self) -> &str {
        &self.public_key
    }

    /// Adds `PublicKey` and, for temporary credentials, `SecurityToken`, and signs all of it.
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
    /// `pairs` are all parameters of the request, decoded, in any order, with the signature among them. The signature
    /// and the token are compared in constant time.
    ///
    /// # Errors
    ///
    /// [`VerifyError`], with the `RetCode` of the gateway.
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
        let expected = Signature::of(params.into_iter(), &self.private_key);
        let signature_matches = signature.parse() == Ok(expected);
        if token_matches && signature_matches {
            Ok(())
        } else {
            Err(VerifyError::WrongSignature)
        }
    }

    /// Redacts the private key and the security token in `text`, in every usual spelling: see
    /// [`strike_out`](crate::strike_out).
    ///
    /// ```
    /// # use compshare_sign::Credentials;
    /// let credentials = Credentials::new("pub", "s3cret")?;
    /// assert_eq!(credentials.redact("bad key s3cret!"), "bad key [redacted]!");
    /// # Ok::<(), compshare_sign::CredentialsError>(())
    /// ```
    pub fn redact<'a>(&self, text: &'a str) -> Cow<'a, str> {
        let mut text = Cow::Borrowed(text);
        let token = self.security_token.as_ref().map(|token| token.as_str());
        for secret in [Some(self.private_key.as_str()), token]
            .into_iter()
            .flatten()
        {
            if let Cow::Owned(cleared) = strike_out(&text, secret) {
                text = Cow::Owned(cleared);
            }
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

/// Checks a key. The error has the name of the setting, without its value.
pub(crate) fn check_key(key: &str, what: &'static str) -> Result<(), CredentialsError> {
    let fault = if key.trim().is_empty() {
        Fault::Empty
    } else if key.chars().any(char::is_control) {
        Fault::ControlCharacter
    } else if key.trim() != key {
        Fault::OuterWhiteSpace
    } else {
        return Ok(());
    };
    Err(CredentialsError { what, fault })
}

/// A key that cannot be right. Says which one and why, and never shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CredentialsError {
    what: &'static str,
    fault: Fault,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    Empty,
    ControlCharacter,
    OuterWhiteSpace,
}

impl fmt::Display for CredentialsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the {} ", self.what)?;
        f.write_str(match self.fault {
            Fault::Empty => "is empty",
            Fault::ControlCharacter => {
                "has a control character in it; is there a line break at its end?"
            }
            Fault::OuterWhiteSpace => "begins or ends with white space",
        })
    }
}

impl core::error::Error for CredentialsError {}

/// Why a request is not believed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum VerifyError {
    /// There is no `Signature` (RetCode 170).
    MissingSignature,
    /// The signature is not the one these credentials give, or the security token is another (RetCode 171).
    WrongSignature,
    /// `PublicKey` is missing or another's (RetCode 172).
    UnknownPublicKey,
    /// A key stands there twice, so that it is not clear what was signed (RetCode 171).
    DuplicateKey(String),
}

impl VerifyError {
    /// The `RetCode` with which the gateway refuses such a request
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
            Self::DuplicateKey(key) => write!(f, "the parameter {key:?} is there twice"),
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
    fn what_was_signed_is_verified_in_any_order() {
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
    fn each_fault_has_its_name_and_ret_code() {
        let credentials = credentials();
        let check = |pairs: Vec<(String, String)>| credentials.verify(pairs).unwrap_err();
        let without = |gone: &str| {
            signed(&credentials)
                .into_iter()
                .filter(|(key, _)| key != gone)
                .collect::<Vec<_>>()
        };
        let plus = |key: &str, value: &str| {
            let mut pairs = without(key);
            pairs.push((key.to_string(), value.to_string()));
            pairs
        };
        for (error, code, pairs) in [
            (VerifyError::MissingSignature, 170, without("Signature")),
            (VerifyError::WrongSignature, 171, without("Limit")),
            (VerifyError::WrongSignature, 171, plus("Limit", "21")),
            (
                VerifyError::WrongSignature,
                171,
                plus("Signature", "nonsense"),
            ),
            (
                VerifyError::WrongSignature,
                171,
                plus("SecurityToken", "unasked"),
            ),
            (VerifyError::UnknownPublicKey, 172, without("PublicKey")),
            (
                VerifyError::UnknownPublicKey,
                172,
                plus("PublicKey", "another"),
            ),
        ] {
            assert_eq!(check(pairs), error);
            assert_eq!(error.ret_code(), code);
            let words = match error {
                VerifyError::MissingSignature => "the signature is missing",
                VerifyError::UnknownPublicKey => "the public key is unknown",
                _ => "the signature is wrong",
            };
            assert_eq!(error.to_string(), words);
        }
        let mut twice = signed(&credentials);
        twice.push(("Limit".to_string(), "20".to_string()));
        let error = check(twice);
        assert_eq!(error, VerifyError::DuplicateKey("Limit".to_string()));
        assert_eq!(
            (error.ret_code(), error.to_string().as_str()),
            (171, "the parameter \"Limit\" is there twice")
        );
    }

    #[test]
    fn a_token_is_part_of_what_is_signed() {
        let with = credentials().with_security_token("token").unwrap();
        assert_eq!(
            with.verify(signed(&credentials())),
            Err(VerifyError::WrongSignature)
        );
        let other = credentials().with_security_token("other").unwrap();
        assert_eq!(
            with.verify(signed(&other)),
            Err(VerifyError::WrongSignature)
        );
        assert_eq!(
            credentials().verify(signed(&with)),
            Err(VerifyError::WrongSignature)
        );
    }

    #[test]
    fn debug_shows_the_public_key_alone() {
        let text = format!("{:?}", credentials().with_security_token("hush").unwrap());
        assert_eq!(
            text,
            r#"Credentials { public_key: "pub", private_key: PrivateKey(..), security_token: Some(..) }"#
        );
    }

    #[test]
    fn errors_name_the_setting_and_not_its_value() {
        let error = Credentials::new("pub", "hush\n").unwrap_err().to_string();
        assert_eq!(
            error,
            "the private key has a control character in it; is there a line break at its end?"
        );
        assert_eq!(
            Credentials::new("", "hush").unwrap_err().to_string(),
            "the public key is empty"
        );
        let error = credentials()
            .with_security_token(" hush")
            .unwrap_err()
            .to_string();
        assert_eq!(error, "the security token begins or ends with white space");
    }

    #[test]
    fn redaction_strikes_every_secret_out() {
        let credentials = Credentials::new("pub", "hush")
            .unwrap()
            .with_security_token("token")
            .unwrap();
        assert_eq!(
            credentials.redact("hush, a token: hush"),
            "[redacted], a [redacted]: [redacted]"
        );
        assert!(matches!(
            credentials.redact("nothing here"),
            Cow::Borrowed("nothing here")
        ));
    }

    #[test]
    fn parameters_of_the_caller_are_all_kept() {
        let pairs = signed(&credentials().with_security_token("token").unwrap());
        let keys: Vec<_> = pairs.iter().map(|(key, _)| key.as_str()).collect();
        assert_eq!(
            keys,
            vec!["Action", "Limit", "PublicKey", "SecurityToken", "Signature"]
        );
    }
}
