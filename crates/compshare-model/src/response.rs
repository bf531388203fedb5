//! Responses: the types that the body of a successful response is decoded to.

use serde::de::DeserializeOwned;
use serde_json::Value;

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

/// Makes a response: a record with the envelope's fields and those of the action.
macro_rules! response {
    (
        $(#[$docs:meta])*
        pub struct $name:ident $(, main $list:literal $($main:ident)+)? { $($fields:tt)* }
    ) => {
        $crate::record::record! {
            $(#[$docs])*
            pub struct $name $(, main $list $($main)+)? {
                /// The action that answers, normally the request's with `Response` after it. Never checked: the service is
                /// known to answer with another action's name.
                action: Option<String> = "Action",
                /// 0 for success.
                ret_code: Option<$crate::RetCode> = "RetCode",
                /// What went wrong, for humans.
                message: Option<String> = "Message",
                $($fields)*
            }
        }

        impl $crate::Response for $name {
            fn decode(
                body: &str,
            ) -> Result<$crate::envelope::Reply<Self>, $crate::envelope::EnvelopeError> {
                $crate::envelope::decode_with_serde(body)
            }
        }
    };
}

pub(crate) use response;
