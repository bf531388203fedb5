//! Injected faults.

use std::time::Duration;

use crate::Response;

/// A fault that replaces or changes the response to one request.
///
/// Faults form a script. Each request uses up the next one, before its signature is verified. Once
/// the script is empty, requests are handled normally. Faults for an action form a script of their
/// own, which precedes the general one; see
/// [`push_fault_for`](crate::MockGateway::push_fault_for).
///
/// ```
/// use std::time::Duration;
/// use compshare_mock::{Fault, MockGateway};
///
/// let gateway = MockGateway::start()?;
/// // The first connection is closed, the second response is late, three requests get HTTP 503.
/// gateway.push_fault(Fault::Disconnect);
/// gateway.push_fault(Fault::Delay(Duration::from_millis(50)));
/// gateway.push_faults(Fault::status(503).times(3));
/// # Ok::<(), compshare_mock::StartError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// Handles the request normally.
    Pass,
    /// Returns HTTP 200 with this `RetCode` and `Message`; the action does not run.
    RetCode {
        /// The `RetCode`.
        code: i64,
        /// The `Message`.
        message: String,
    },
    /// Returns this HTTP status; the action does not run.
    Status {
        /// The HTTP status, 200 to 599; any other is sent as 500.
        status: u16,
        /// Headers in addition to the request id, such as `Retry-After`.
        headers: Vec<(String, String)>,
        /// The body.
        body: String,
    },
    /// Delays the normal response.
    Delay(Duration),
    /// Closes the connection without a response; the action does not run.
    Disconnect,
    /// Runs the action, then closes the connection without a response.
    DisconnectAfter,
    /// Runs the action, then closes the connection after this many bytes of the response's body.
    Truncate(usize),
    /// Runs the action, then injects a fault that would not run it, such as
    /// [`Status`](Self::Status).
    After(Box<Self>),
    /// Pads the JSON of the normal response with white space to at least this many bytes.
    Oversize(usize),
    /// Returns HTTP 200 and `application/json` with this body as it is; the action does not run.
    Malformed(String),
    /// Returns exactly this response, without a request id; the action does not run.
    Raw(Response),
}

impl Fault {
    /// Creates a [`Fault::RetCode`].
    pub fn ret_code(code: i64, message: impl Into<String>) -> Self {
        Self::RetCode {
            code,
            message: message.into(),
        }
    }

    /// Creates a [`Fault::Status`] with an empty body and no additional headers.
    pub fn status(status: u16) -> Self {
        Self::Status {
            status,
            headers: Vec::new(),
            body: String::new(),
        }
    }

    /// Runs the action before this fault: creates a [`Fault::After`].
    ///
    /// ```
    /// use compshare_mock::Fault;
    ///
    /// // The instance is created, and the client gets HTTP 504.
    /// let gateway = compshare_mock::MockGateway::start()?;
    /// gateway.push_fault_for("CreateCompShareInstance", Fault::status(504).after_action());
    /// # Ok::<(), compshare_mock::StartError>(())
    /// ```
    pub fn after_action(self) -> Self {
        Self::After(Box::new(self))
    }

    /// Returns `true` if the action runs.
    pub(crate) fn runs_action(&self) -> bool {
        match self {
            Self::Pass
            | Self::Delay(_)
            | Self::DisconnectAfter
            | Self::Oversize(_)
            | Self::Truncate(_)
            | Self::After(_) => true,
            Self::RetCode { .. }
            | Self::Status { .. }
            | Self::Disconnect
            | Self::Malformed(_)
            | Self::Raw(_) => false,
        }
    }

    /// Repeats the fault `count` times, for [`push_faults`](crate::MockGateway::push_faults).
    pub fn times(self, count: usize) -> impl Iterator<Item = Self> {
        std::iter::repeat_n(self, count)
    }
}
