//! What makes a type a request.

use serde::Serialize;

use super::flatten::{FlattenError, Sink, flatten};
use crate::Response;

/// A typed request: its parameters, and with them the action's name, its effect and the type of its answer.
///
/// `Serialize` gives the action's own parameters only: not `Action`, not the keys, not the signature. They are brought
/// into the wire's form by [`flatten`](fn@crate::flatten).
///
/// ```
/// use compshare_model::{Action, Effect, Json};
///
/// /// An action that this crate does not have: its parameters ...
/// #[derive(serde::Serialize)]
/// #[serde(rename_all = "PascalCase")]
/// struct GetCompShareImageCreateProgress {
///     comp_share_image_id: String,
/// }
///
/// /// ... and its answer.
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
    /// The action's name as the service spells it; letter case matters.
    const NAME: &'static str;
    /// What sending the action does, and so whether it may be sent again.
    const EFFECT: Effect;
    /// What a successful answer holds.
    type Response: Response;

    /// The name to send. Differs from [`NAME`](Self::NAME) only where the name is known at run time, as in
    /// [`Untyped`](crate::Untyped).
    fn name(&self) -> &str {
        Self::NAME
    }

    /// The effect of this request. Differs from [`EFFECT`](Self::EFFECT) only where it is known at run time.
    fn effect(&self) -> Effect {
        Self::EFFECT
    }

    /// Calls `sink` with each parameter, as [`flatten`](fn@crate::flatten) does.
    ///
    /// A method so that the actions of this crate are flattened by code that is compiled in this crate alone.
    ///
    /// # Errors
    ///
    /// As [`flatten`](fn@crate::flatten).
    fn flatten(&self, sink: Sink<'_>) -> Result<(), FlattenError> {
        flatten(self, sink)
    }
}

/// What sending an action does, which decides what may be sent again when no answer came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Effect {
    /// Changes nothing: may be repeated after any failure that another attempt can cure.
    Read,
    /// Sets a state, so that sending it twice ends where sending it once does: may be repeated like a read.
    IdempotentWrite,
    /// Creates, copies, pays or destroys: may be repeated only if the service cannot have acted on it, that is if no
    /// byte of it was sent or the service said that it turned it away.
    Write,
}
