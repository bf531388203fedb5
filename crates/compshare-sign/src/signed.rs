//! A request that is ready for the wire.

use alloc::string::String;
use core::fmt;

use crate::form::Form;
use crate::signature::LEN;
use crate::{Params, SIGNATURE, Signature};

/// Parameters with `PublicKey`, `SecurityToken` if there is one, and `Signature`: all that goes on the wire.
///
/// Made by [`Credentials::sign`](crate::Credentials::sign) only, and not to be changed any more. Whoever reads it can
/// send it: keep it out of logs. `Debug` shows keys only.
#[derive(Clone)]
pub struct SignedParams {
    params: Params,
    /// The text, since it is sent as text.
    signature_hex: [u8; 2 * LEN],
    signature: Signature,
}

impl SignedParams {
    pub(crate) fn new(params: Params, signature: Signature) -> Self {
        Self {
            params,
            signature_hex: signature.hex(),
            signature,
        }
    }

    /// The signature by itself.
    pub fn signature(&self) -> &Signature {
        &self.signature
    }

    /// The parameters that are signed, without the signature.
    pub fn params(&self) -> &Params {
        &self.params
    }

    /// All that goes on the wire, the signature last.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> + Clone {
        // Cannot fail: hex is ASCII.
        let signature = core::str::from_utf8(&self.signature_hex).unwrap_or_default();
        self.params.iter().chain([(SIGNATURE, signature)])
    }

    /// The body for `Content-Type: application/x-www-form-urlencoded`.
    pub fn to_form(&self) -> String {
        // Room for all keys and values, their separators and a few escapes.
        let bytes = self.params.text_len() + 2 * self.params.len() + 64;
        let mut form = Form::with_capacity(bytes + bytes / 8);
        self.iter().for_each(|(key, value)| form.push(key, value));
        form.into_string()
    }

    /// The text that was hashed, without the private key at its end: what one needs to see when the service answers
    /// 171, "signature wrong". Holds every value in clear, so it is nothing for a log.
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
        self.params.canonical()
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
