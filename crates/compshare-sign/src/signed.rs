//! The signed parameters of one request.

use alloc::string::String;
use core::iter::Chain;
use core::{array, fmt};

use crate::{Params, ParamsIter, SIGNATURE, Signature, form};

/// The parameters of a request with `PublicKey`, `Signature` and, for temporary credentials,
/// `SecurityToken`.
///
/// Created by [`Credentials::sign`](crate::Credentials::sign) and immutable. Keep it out of logs: a
/// captured request can be replayed. `Debug` prints the keys only.
#[derive(Clone)]
pub struct SignedParams {
    params: Params,
    signature: Signature,
}

impl SignedParams {
    pub(crate) fn new(params: Params, signature: Signature) -> Self {
        Self { params, signature }
    }

    /// Returns the signature.
    pub fn signature(&self) -> &Signature {
        &self.signature
    }

    /// Returns the signed parameters, without the signature.
    pub fn params(&self) -> &Params {
        &self.params
    }

    /// Iterates over the parameters sorted by key, followed by the signature.
    pub fn iter(&self) -> SignedParamsIter<'_> {
        let signature = (SIGNATURE, self.signature.as_str());
        SignedParamsIter(self.params.iter().chain([signature]))
    }

    /// Encodes the parameters as a body for `Content-Type: application/x-www-form-urlencoded`.
    pub fn to_form(&self) -> String {
        let bytes: usize = self
            .iter()
            .map(|(key, value)| key.len() + value.len() + 2)
            .sum();
        // Reserve space for escapes: reallocation leaves copies of secret values in freed memory.
        let mut body = String::with_capacity(bytes + bytes / 2);

        for (key, value) in self {
            form::append_pair(key, value, &mut body);
        }
        body
    }

    /// Returns the string to sign: the hashed text without the private key at its end.
    ///
    /// Compare it with the intended parameters if the service responds with RetCode 171 ("signature
    /// wrong"). Keep it out of logs: it contains every value in plain text.
    ///
    /// ```
    /// use compshare_sign::{Credentials, Params};
    ///
    /// let pairs = [("Region", "cn-wlcb"), ("Action", "DescribeFavoriteImages")];
    /// let params = Params::from_pairs(pairs)?;
    /// let signed = Credentials::new("my_public_key", "my_private_key")?.sign(params);
    /// assert_eq!(
    ///     signed.string_to_sign(),
    ///     "ActionDescribeFavoriteImagesPublicKeymy_public_keyRegioncn-wlcb"
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn string_to_sign(&self) -> String {
        self.params
            .iter()
            .flat_map(|(key, value)| [key, value])
            .collect()
    }
}

/// An iterator over keys and values, returned by [`SignedParams::iter`].
#[derive(Clone)]
pub struct SignedParamsIter<'a>(Chain<ParamsIter<'a>, array::IntoIter<(&'a str, &'a str), 1>>);

impl<'a> Iterator for SignedParamsIter<'a> {
    type Item = (&'a str, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

/// Shows no values, as that of [`SignedParams`].
impl fmt::Debug for SignedParamsIter<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list()
            .entries(self.clone().map(|(key, _)| key))
            .finish()
    }
}

impl<'a> IntoIterator for &'a SignedParams {
    type Item = (&'a str, &'a str);
    type IntoIter = SignedParamsIter<'a>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
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
    fn debug_omits_values_and_signature() {
        let params = Params::from_pairs([("Password", "hush")]).unwrap();
        let signed = Credentials::new("pub", "key").unwrap().sign(params);
        assert_eq!(
            format!("{signed:?}"),
            r#"SignedParams { params: Params ["Password", "PublicKey"], .. }"#
        );
    }
}
