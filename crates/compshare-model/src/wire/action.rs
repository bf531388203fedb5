//! The traits and types of requests.

use serde::Serialize;

use super::flatten::{FlattenError, Sink, flatten};
use crate::Response;

/// A request: its parameters, the name and effect of its action, and the type of its response.
///
/// `Serialize` produces the parameters of the action only, without `Action`, the public key and the
/// signature. [`flatten`](fn@crate::flatten) converts them into the wire format.
///
/// ```
/// use compshare_model::{Action, Effect, Json};
///
/// /// The parameters of an action.
/// #[derive(serde::Serialize)]
/// #[serde(rename_all = "PascalCase")]
/// struct GetCompShareImageCreateProgress {
///     comp_share_image_id: String,
/// }
///
/// /// The response of the action.
/// #[derive(serde::Deserialize)]
/// #[serde(rename_all = "PascalCase")]
/// struct Progress {
///     process: f64,
/// }
///
/// impl Action for GetCompShareImageCreateProgress {
///     const NAME: &'static str = "GetCompShareImageCreateProgress";
///     const EFFECT: Effect = Effect::Read;
///     type Response = Json<Progress>;
/// }
/// ```
pub trait Action: Serialize {
    /// The case-sensitive name of the action.
    const NAME: &'static str;
    /// The effect of the action, which decides if it can be retried.
    const EFFECT: Effect;
    /// The body format that the service requires.
    const BODY_FORMAT: BodyFormat = BodyFormat::Form;
    /// The type of a successful response.
    type Response: Response;

    /// Returns the name of the action. It differs from [`NAME`](Self::NAME) only if the name is
    /// selected at run time, as in [`Untyped`](crate::Untyped).
    fn name(&self) -> &str {
        Self::NAME
    }

    /// Returns the effect of the action. It differs from [`EFFECT`](Self::EFFECT) only if it is
    /// selected at run time.
    fn effect(&self) -> Effect {
        Self::EFFECT
    }

    /// Calls `sink` with each parameter, like [`flatten`](fn@crate::flatten).
    ///
    /// This is a method so that the code for the actions of this crate is compiled only once, in
    /// this crate.
    ///
    /// # Errors
    ///
    /// The errors of [`flatten`](fn@crate::flatten).
    fn flatten(&self, sink: Sink<'_>) -> Result<(), FlattenError> {
        flatten(self, sink)
    }
}

/// The format of a request body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum BodyFormat {
    /// `application/x-www-form-urlencoded`, with flattened parameters.
    #[default]
    Form,
    /// `application/json`, with native lists. All other values are text.
    Json,
}

/// The effect of an action, which decides if it can be retried without a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Effect {
    /// Reads data. It can be retried after any temporary failure.
    Read,
    /// Sets a state: a second request has no further effect. It can be retried like a read.
    IdempotentWrite,
    /// Creates, copies, pays or destroys. It can be retried only if the service cannot have run it:
    /// no byte was sent, or the service rejected it because of its load.
    Write,
}
