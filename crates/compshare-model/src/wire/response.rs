//! The types that a successful response is decoded to.

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::record::record;
use crate::envelope::{self, Decoded, EnvelopeError};

/// The response of an action, decoded from the body of an HTTP response.
///
/// Implemented by the responses of this crate, by [`Value`] for any JSON object, and by [`Json`]
/// for any type with `Deserialize`. Decoders of this crate are not generic, so that a program does
/// not compile them again for each action.
pub trait Response: Sized + Send + 'static {
    /// Decodes the envelope and the response from `body`, a JSON text.
    ///
    /// # Errors
    ///
    /// The errors of [`envelope::decode`].
    fn decode(body: &str) -> Result<Decoded<Self>, EnvelopeError>;
}

impl Response for Value {
    fn decode(body: &str) -> Result<Decoded<Self>, EnvelopeError> {
        envelope::decode_with_serde(body)
    }
}

/// A response of any type with `Deserialize`, for actions without a type in this crate.
///
/// See [`Action`](crate::Action) for an example.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Json<T>(pub T);

impl<T: DeserializeOwned + Send + 'static> Response for Json<T> {
    fn decode(body: &str) -> Result<Decoded<Self>, EnvelopeError> {
        let Decoded { envelope, value } = envelope::decode_with_serde(body)?;
        Ok(Decoded {
            envelope,
            value: Self(value),
        })
    }
}

record! {
    /// A response without documented fields. Unknown fields are kept.
    pub response Acknowledged {}
}
