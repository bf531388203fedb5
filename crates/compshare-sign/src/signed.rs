//! A signed request.

use alloc::string::String;
use core::fmt;

use crate::{Params, SIGNATURE, Signature, form};

/// Parameters with `PublicKey`, `SecurityToken` if there is one, and `Signature`: everything that is sent.
///
/// Made by [`Credentials::sign`](crate::Credentials::sign) only, and immutable. Whoever reads it can send it: keep it
/// out of logs. `Debug` shows keys only.
#[derive(Clone)]
pub struct SignedParams {
    params: Params,
    signature: Signature,
}

impl SignedParams {
    pub(crate) fn new(params: Params, signature: Signature) -> Self {
        Self { params, signature }
    }

    /// Returns the signature by itself.
    pub fn signature(&self) -> &Signature {
        &self.signature
    }

    /// Returns the parameters that are signed, without the signature.
    pub fn params(&self) -> &Params {
        &self.params
    }

    /// Iterates over everything that is sent, the signature last.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> + Clone {
        let signature = (SIGNATURE, self.signature.as_str());
        self.params.iter().chain([signature])
    }

    /// Encodes the body for `Content-Type: application/x-www-form-urlencoded`.
    pub fn to_form(&self) -> String {
        let bytes: usize = self
            .iter()
            .map(|(key, value)| key.len() + value.len() + 2)
            .sum();
        // Room for some escapes: a body that grows leaves copies of its values behind.
        let mut body = String::with_capacity(bytes + bytes / 2);
        for (key, value) in self.iter() {
            form::push(key, value, &mut body);
        }
        body
    }

    /// Returns the text that was hashed, without the private key at its end: for comparison when the service answers
    /// 171, "signature wrong". It holds every value in clear: keep it out of logs.
    ///
    /// ```
    /// use compshare_sign::{Credentials, Params};
    ///
    /// let params = Params::from_pairs([("Region", "cn-wlcb"), ("Action", "DescribeFavoriteImages")])?;
    /// let signed = Credentials::new("my_public_key", "my_private_key")?.sign(params);
    /// assert_eq!(signed.canonical(), "ActionDescribeFavoriteImagesPublicKeymy_public_keyRegioncn-wlcb");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn canonical(&self) -> String {
        self.params
            .iter()
            .flat_map(|(key, value)| [key, value])
            .collect()
    }
}

impl fmt::Debug for SignedParams {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignedParams")
            .field("params", &self.params)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use alloc::format;

    use crate::{Credentials, Params};

    #[test]
    fn debug_shows_keys_alone() {
        let params = Params::from_pairs([("Password", "hush")]).unwrap();
        let signed = Credentials::new("pub", "key").unwrap().sign(params);
        assert_eq!(
            format!("{signed:?}"),
            r#"SignedParams { params: Params ["Password", "PublicKey"], .. }"#
        );
    }
}
