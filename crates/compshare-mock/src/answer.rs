//! What goes back to the caller.

use serde_json::Value;

/// The header in which the gateway names a request, as UCloud's SDKs read it.
pub(crate) const REQUEST_ID: &str = "X-UCLOUD-REQUEST-UUID";

/// An HTTP answer, without a connection.
///
/// ```
/// use compshare_mock::Answer;
///
/// let answer = Answer::new(200, r#"{"RetCode":0}"#).with_header("Content-Type", "application/json");
/// assert_eq!(answer.header("content-type"), Some("application/json"));
/// assert_eq!(answer.json().unwrap()["RetCode"], 0);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Answer {
    /// The HTTP status. On the wire, one outside 200 to 599 becomes 500.
    pub status: u16,
    /// Names and values, in the order in which they are sent. On the wire, one that HTTP does not allow is left out.
    pub headers: Vec<(String, String)>,
    /// The body; `Content-Length` follows from it.
    pub body: Vec<u8>,
}

impl Answer {
    /// An answer without headers.
    pub fn new(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: body.into(),
        }
    }

    /// Adds a header behind those that are there.
    pub fn with_header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// The value of the first header of that name, whatever its letter case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(header, _)| header.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// The body as JSON; `None` if it is not.
    pub fn json(&self) -> Option<Value> {
        serde_json::from_slice(&self.body).ok()
    }

    /// `body` with status 200, as the gateway sends its answers.
    pub(crate) fn of_json(body: impl Into<Vec<u8>>) -> Self {
        Self::new(200, body).with_header("Content-Type", "application/json")
    }
}

/// Why the gateway does not do what it was asked.
#[derive(Debug)]
pub(crate) struct Refusal {
    pub(crate) code: i64,
    pub(crate) message: String,
}

impl Refusal {
    pub(crate) fn new(code: i64, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
        }
    }
}
