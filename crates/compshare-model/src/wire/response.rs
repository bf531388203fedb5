//! Responses: the types that the body of a successful response is decoded to.

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::record::record;
use crate::envelope::{self, EnvelopeError, Reply};

/// The response of an action: a type that decodes itself from the body of an HTTP response.
///
/// Implemented by the responses of this crate, by [`Value`] for any JSON object, and by [`Json`] for any type with
/// `Deserialize`. Decoding is a concrete function, so a program that calls an action does not compile its decoder again.
pub trait Response: Sized + Send + 'static {
    /// Decodes the envelope and the response from `body`, a JSON text.
    ///
    /// # Errors
    ///
    /// As [`envelope::decode`].
    fn decode(body: &str) -> Result<Reply<Self>, EnvelopeError>;
}

impl Response for Value {
    fn decode(body: &str) -> Result<Reply<Self>, EnvelopeError> {
        envelope::decode_with_serde(body)
    }
}

/// The response of an action as any type with `Deserialize`, for actions that this crate does not have.
///
/// See the example of [`Action`](crate::Action).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Json<T>(pub T);

impl<T: DeserializeOwned + Send + 'static> Response for Json<T> {
    fn decode(body: &str) -> Result<Reply<Self>, EnvelopeError> {
        let Reply { envelope, value } = envelope::decode_with_serde(body)?;
        Ok(Reply {
            envelope,
            value: Self(value),
        })
    }
}

record! {
    /// The response of an action that answers with nothing beyond success. Unknown fields are kept.
    pub response Acknowledged {}
}
