//! What goes wrong, on purpose.

use std::time::Duration;

use crate::Answer;

/// What happens to one request instead of, or besides, the ordinary answer.
///
/// Faults form a script: each request uses up the first one left, before its signature or anything else is looked at;
/// once the script is empty, requests are answered normally.
///
/// ```
/// use std::time::Duration;
/// use compshare_mock::{Fault, MockGateway};
///
/// let gateway = MockGateway::start()?;
/// gateway.push_fault(Fault::Cut);
/// gateway.push_fault(Fault::Delay(Duration::from_millis(50)));
/// gateway.push_faults(Fault::status(503).times(3));
/// # Ok::<(), compshare_mock::StartError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// None: the request is answered normally.
    Pass,
    /// HTTP 200 with this `RetCode` and this `Message`; the action is not carried out.
    RetCode {
        /// The `RetCode`.
        code: i64,
        /// The `Message`.
        message: String,
    },
    /// An answer of this HTTP status; the action is not carried out.
    Status {
        /// The HTTP status, 200 to 599; anything else is sent as 500.
        status: u16,
        /// Headers besides the request id: `Retry-After`, say.
        headers: Vec<(String, String)>,
        /// The body.
        body: String,
    },
    /// The normal answer, that much later.
    Delay(Duration),
    /// The connection is closed without an answer; the action is not carried out.
    Cut,
    /// The action is carried out, and then the connection is closed without an answer.
    CutAfter,
    /// The normal answer, its JSON padded with white space to at least this many bytes.
    Oversize(usize),
    /// HTTP 200 and `application/json` with this text, whatever it is; the action is not carried out.
    Malformed(String),
    /// Exactly this answer, without even a request id; the action is not carried out.
    Raw(Answer),
}

impl Fault {
    /// [`Fault::RetCode`] from its parts.
    pub fn ret_code(code: i64, message: impl Into<String>) -> Self {
        Self::RetCode {
            code,
            message: message.into(),
        }
    }

    /// [`Fault::Status`] with an empty body and no headers of its own.
    pub fn status(status: u16) -> Self {
        Self::Status {
            status,
            headers: Vec::new(),
            body: String::new(),
        }
    }

    /// The fault `count` times over, for [`push_faults`](crate::MockGateway::push_faults).
    pub fn times(self, count: usize) -> impl Iterator<Item = Self> {
        std::iter::repeat_n(self, count)
    }
}
