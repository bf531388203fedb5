//! Responses and API errors.

use serde_json::Value;

/// The header with the request id, as read by UCloud's SDKs.
pub(crate) const REQUEST_ID: &str = "X-UCLOUD-REQUEST-UUID";

/// An HTTP response.
///
/// ```
/// use compshare_mock::Response;
///
/// let response = Response::new(200, r#"{"RetCode":0}"#)
///     .with_header("Content-Type", "application/json");
/// assert_eq!(response.header("content-type"), Some("application/json"));
/// assert_eq!(response.json().unwrap()["RetCode"], 0);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Response {
    /// The HTTP status. The server sends 500 in place of a status outside 200 to 599.
    pub status: u16,
    /// Header names and values, in sending order. The server skips those that HTTP does not allow.
    pub headers: Vec<(String, String)>,
    /// The body. `Content-Length` is derived from it.
    pub body: Vec<u8>,
}

impl Response {
    /// Creates a response without headers.
    pub fn new(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: body.into(),
        }
    }

    /// Appends a header.
    pub fn with_header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Returns the value of the first header with that name, ignoring case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(header, _)| header.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// Parses the body as JSON; returns `None` if it is not JSON.
    pub fn json(&self) -> Option<Value> {
        serde_json::from_slice(&self.body).ok()
    }

    /// Creates a JSON response with status 200.
    pub(crate) fn from_json(body: impl Into<Vec<u8>>) -> Self {
        Self::new(200, body).with_header("Content-Type", "application/json")
    }
}

/// A response with a `RetCode` other than 0.
#[derive(Debug, Clone)]
pub(crate) struct ApiError {
    pub(crate) code: i64,
    pub(crate) message: String,
}

impl ApiError {
    pub(crate) fn new(code: i64, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
        }
    }
}
