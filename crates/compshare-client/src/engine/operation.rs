//! Operations: state machines without I/O that take one or more HTTP requests to finish.

use std::fmt;
use std::ops::ControlFlow;
use std::time::Duration;

use crate::transport::{HttpRequest, HttpResponse, Limits, Now, TransportError};

/// A state machine without I/O: it decides which request is sent and when, its driver sends and
/// waits.
///
/// A driver is a short loop, shown in the documentation of [the module](super). Calls
/// ([`Exchange`](super::Exchange)) are operations, and so are combinations of calls, such as
/// [`Engine::add_favorite`](super::Engine::add_favorite).
pub trait Operation {
    /// The result.
    type Output;

    /// Returns the next step at the time `now`.
    ///
    /// Calling it again before [`complete`](Self::complete) returns the same request again. After
    /// [`Step::Done`], the operation is over and returns errors only.
    fn step(&mut self, now: Now) -> Step<Self::Output>;

    /// Accepts the result of the request from [`step`](Self::step). Ignored without a pending
    /// request.
    fn complete(&mut self, now: Now, result: Result<HttpResponse, TransportError>);
}

/// The next step of an [`Operation`]. `Debug` omits the request, which is signed.
///
/// Exhaustive, since a driver must handle every step.
#[allow(
    clippy::large_enum_variant,
    reason = "short-lived, and a box would cost more than the move"
)]
pub enum Step<T> {
    /// Send this request within these limits, then pass the result to [`Operation::complete`].
    Send(HttpRequest, Limits),
    /// Wait for this long, then call [`Operation::step`] again.
    Wait(Duration),
    /// The operation is over.
    Done(T),
}

impl<T> Step<T> {
    /// Converts the result of a finished operation.
    pub(super) fn map<U>(self, convert: impl FnOnce(T) -> U) -> Step<U> {
        match self {
            Self::Send(request, limits) => Step::Send(request, limits),
            Self::Wait(delay) => Step::Wait(delay),
            Self::Done(output) => Step::Done(convert(output)),
        }
    }

    /// Continues with the result of an inner operation, or breaks with the step that the outer one
    /// returns.
    pub(super) fn into_done<U>(self) -> ControlFlow<Step<U>, T> {
        match self {
            Self::Send(request, limits) => ControlFlow::Break(Step::Send(request, limits)),
            Self::Wait(delay) => ControlFlow::Break(Step::Wait(delay)),
            Self::Done(output) => ControlFlow::Continue(output),
        }
    }
}

impl<T: fmt::Debug> fmt::Debug for Step<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Send(_, limits) => f.debug_tuple("Send").field(limits).finish_non_exhaustive(),
            Self::Wait(delay) => f.debug_tuple("Wait").field(delay).finish(),
            Self::Done(output) => f.debug_tuple("Done").field(output).finish(),
        }
    }
}
