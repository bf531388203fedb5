//! The error type of the library.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use compshare_model::{RetCode, RetCodeClass};
use http::StatusCode;

use crate::Reason;
use crate::sanitize::{MAX_SERVER_TEXT, one_line, short_id};
use crate::transport::{TransportError, TransportErrorKind};

/// Defines an enum whose variants each have one fixed `Display` text.
macro_rules! display_enum {
    (
        $(#[$docs:meta])*
        pub enum $name:ident { $($(#[$variant_docs:meta])* $variant:ident = $text:literal,)* }
    ) => {
        $(#[$docs])*
        pub enum $name { $($(#[$variant_docs])* $variant,)* }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(match self {
                    $(Self::$variant => $text,)*
                })
            }
        }
    };
}
pub(crate) use display_enum;

/// An error of a call, or of a client's configuration.
///
/// `Display` is one line: action, RetCode, the service's message, HTTP status, request id, and the
/// [advice](Self::advice) if available. [`source`](std::error::Error::source) returns the cause.
/// An error never contains any part of the request body: keys, signatures and parameters.
///
/// `Debug` adds the causes to that line, so `fn main() -> Result<(), Error>` prints a readable
/// error. `{:#?}` prints the fields.
///
/// ```
/// use compshare_client::{Error, ErrorKind};
///
/// fn report(error: &Error) {
///     match error.kind() {
///         ErrorKind::Service if error.is_auth() => eprintln!("check the keys: {error}"),
///         ErrorKind::Config => eprintln!("check the settings: {error}"),
///         _ if error.is_timeout() => eprintln!("try again later: {error}"),
///         _ => eprintln!("{error}"),
///     }
/// }
/// ```
pub struct Error(Box<Inner>);

#[derive(Debug)]
struct Inner {
    kind: ErrorKind,
    action: String,
    /// Set if this library rejected the call or ended the listing.
    reason: Option<Reason>,
    /// Details beyond the kind.
    detail: Option<String>,
    ret_code: Option<RetCode>,
    message: Option<String>,
    status: Option<StatusCode>,
    request_id: Option<String>,
    retry_after: Option<Duration>,
    sent: Sent,
    attempts: u32,
    elapsed: Duration,
    resume_at: Option<u64>,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

/// The kind of an [`Error`].
/// [docs/errors.md](https://github.com/compshare-rs/compshare-rs/blob/main/docs/errors.md) has the
/// remedy for each kind.
///
/// ```
/// use compshare_client::{Config, ErrorKind};
///
/// let error = Config::builder().keys("my_public_key", "").build().unwrap_err();
/// assert_eq!(error.kind(), ErrorKind::Config);
/// let advice = match error.kind() {
///     ErrorKind::Config | ErrorKind::Request => "fix the program or its settings",
///     ErrorKind::Connect | ErrorKind::Timeout | ErrorKind::Interrupted => "try again later",
///     ErrorKind::Service => "check the RetCode",
///     _ => "read the message",
/// };
/// # assert_eq!(advice, "fix the program or its settings");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A setting is missing or invalid. Nothing was sent.
    Config,
    /// The action cannot be sent: a parameter has a reserved name or a value without text form, or
    /// a group has no version to name. The request was not sent.
    Request,
    /// Connecting failed. Nothing was sent.
    Connect,
    /// The TLS handshake failed, usually because the certificate is not trusted. Nothing was sent.
    Tls,
    /// The timeout of an attempt or of the whole call expired.
    Timeout,
    /// The connection was lost before the response was complete.
    Interrupted,
    /// The response is larger than allowed.
    TooLarge,
    /// The response is not HTTP.
    Protocol,
    /// The service, or a gateway in front of it, responded with a redirect. Redirects are never
    /// followed, since the body is signed.
    Redirect,
    /// The HTTP status is not a success. [`Error::ret_code`] returns the RetCode of the body, if
    /// any.
    Status,
    /// The status is a success, but the body is not a response of the API.
    Body(BodyFault),
    /// The service rejected the request; see [`Error::ret_code`].
    Service,
    /// A listing cannot continue correctly: a page had no new item, or there are too many pages.
    Paging,
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Config => "invalid configuration",
            Self::Request => "invalid request",
            Self::Connect => "connecting failed",
            Self::Tls => "the TLS handshake failed",
            Self::Timeout => "no complete response in time",
            Self::Interrupted => "the connection was lost before the response was complete",
            Self::TooLarge => "the response is larger than allowed",
            Self::Protocol => "the response is not valid HTTP",
            Self::Redirect => "the response is a redirect",
            Self::Status => "the response has an error status",
            Self::Body(fault) => return fault.fmt(f),
            Self::Service => "the service rejected the request",
            Self::Paging => "the listing cannot continue",
        })
    }
}

crate::error::display_enum! {
    /// The reason that a body is not a response of the API.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum BodyFault {
        /// The body is empty.
        Empty = "the body is empty",
        /// The body is an HTML page, as sent by proxies and login pages.
        Html = "the body is an HTML page",
        /// The body begins with a byte order mark, which JSON forbids.
        ByteOrderMark = "the body begins with a byte order mark",
        /// The body is not UTF-8.
        NotUtf8 = "the body is not UTF-8",
        /// The JSON ends too early.
        Truncated = "the JSON ends too early",
        /// Unexpected data follows the JSON object.
        TrailingData = "unexpected data after the JSON object",
        /// The JSON is nested too deeply.
        TooDeep = "the JSON is nested too deeply",
        /// The body is not JSON.
        NotJson = "the body is not JSON",
        /// The JSON is not an object.
        NotAnObject = "the JSON is not an object",
        /// `RetCode` is missing or not a number.
        NoRetCode = "the RetCode is missing or not a number",
        /// The envelope is valid, but the fields do not match the action.
        Shape = "the fields do not match the action",
        /// The body has a content encoding that the request did not accept.
        Encoded = "the body has an unexpected content encoding",
    }
}

impl Inner {
    /// Returns the notes in brackets at the end of a summary.
    fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        if let Some(status) = self.status {
            if self.ret_code.is_none() || self.kind == ErrorKind::Status {
                notes.push(format!("HTTP {}", status.as_u16()));
            }
        }
        if let Some(id) = &self.request_id {
            notes.push(format!("request id {id}"));
        }
        if self.attempts > 1 {
            let seconds = self.elapsed.as_secs_f64();
            notes.push(format!("{} attempts in {seconds:.1} s", self.attempts));
        }
        if let Some(delay) = self.retry_after {
            notes.push(format!("the service asks to wait {} s", delay.as_secs()));
        }
        if let Some(reason @ (Reason::NotCreated { .. } | Reason::OutcomeUnknown { .. })) =
            &self.reason
        {
            notes.push(reason.to_string());
        }
        if let Some(offset) = self.resume_at {
            notes.push(format!("the listing can continue at offset {offset}"));
        }
        notes
    }
}

/// Whether a request reached the service. Check it before you repeat a write by hand.
///
/// Exhaustive, since there is no fourth answer: a program can decide for each without a wildcard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sent {
    /// No: not one byte of the request was sent.
    No,
    /// Unknown: there was no response, or one that may be from a gateway.
    Maybe,
    /// Yes: the service itself responded.
    Yes,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind) -> Self {
        Self(Box::new(Inner {
            kind,
            action: String::new(),
            reason: None,
            detail: None,
            ret_code: None,
            message: None,
            status: None,
            request_id: None,
            retry_after: None,
            sent: Sent::No,
            attempts: 0,
            elapsed: Duration::ZERO,
            resume_at: None,
            source: None,
        }))
    }

    /// Creates an error that this library itself detected.
    pub(crate) fn of(reason: Reason) -> Self {
        let mut error = Self::new(reason.kind()).with_detail(reason.to_string());
        if let Reason::ProfileFileUnreadable { error: cause, .. }
        | Reason::RootsUnreadable { error: cause, .. } = &reason
        {
            error = error.with_source(Arc::clone(cause));
        }
        error.0.reason = Some(reason);
        error
    }

    /// Adds what this library found out after the failure, as a note.
    pub(crate) fn with_reason(mut self, reason: Reason) -> Self {
        self.0.reason = Some(reason);
        self
    }

    /// Creates a configuration error with the text of another library.
    pub(crate) fn config(detail: impl Into<String>) -> Self {
        Self::new(ErrorKind::Config).with_detail(detail)
    }

    pub(crate) fn with_detail(mut self, detail: impl Into<String>) -> Self {
        self.0.detail = Some(detail.into());
        self
    }

    pub(crate) fn with_action(mut self, action: &str) -> Self {
        self.0.action = one_line(action, 128);
        self
    }

    pub(crate) fn with_source(
        mut self,
        source: impl Into<Box<dyn StdError + Send + Sync>>,
    ) -> Self {
        self.0.source = Some(source.into());
        self
    }

    /// Adds RetCode and message. The caller redacts secrets from `message`; it is sanitized here.
    pub(crate) fn with_ret_code(mut self, code: RetCode, message: Option<&str>) -> Self {
        self.0.ret_code = Some(code);
        self.0.message = message
            .map(|text| one_line(text, MAX_SERVER_TEXT))
            .filter(|text| !text.is_empty());
        self
    }

    pub(crate) fn with_status(mut self, status: StatusCode) -> Self {
        self.0.status = Some(status);
        self
    }

    pub(crate) fn with_request_id(mut self, id: Option<&str>) -> Self {
        self.0.request_id = id.and_then(short_id);
        self
    }

    pub(crate) fn with_retry_after(mut self, delay: Option<Duration>) -> Self {
        self.0.retry_after = delay;
        self
    }

    pub(crate) fn with_sent(mut self, sent: Sent) -> Self {
        self.0.sent = sent;
        self
    }

    pub(crate) fn with_attempts(mut self, attempts: u32, elapsed: Duration) -> Self {
        self.0.attempts = attempts;
        self.0.elapsed = elapsed;
        self
    }

    /// Sets [`resume_at`](Self::resume_at), for programs that count the items of a listing
    /// themselves.
    pub fn with_resume_at(mut self, offset: u64) -> Self {
        self.0.resume_at = Some(offset);
        self
    }

    /// Returns the kind of the error.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// Returns the name of the action; empty for a configuration error.
    pub fn action(&self) -> &str {
        &self.0.action
    }

    /// Returns the RetCode of the response, if any.
    pub fn ret_code(&self) -> Option<RetCode> {
        self.0.ret_code
    }

    /// Returns the service's message as one line of at most 1 KiB; control characters are escaped.
    pub fn message(&self) -> Option<&str> {
        self.0.message.as_deref()
    }

    /// Returns details beyond kind, RetCode and message: the invalid setting, the operating
    /// system's error, or the first bytes of an invalid body.
    ///
    /// In English, by this library or another one. The [advice](Self::advice) is not included, so a
    /// program can add its own.
    pub fn detail(&self) -> Option<&str> {
        self.0.detail.as_deref()
    }

    /// Returns the reason if this library rejected the call or ended the listing; `None` if the
    /// service, the network or another library failed.
    pub fn reason(&self) -> Option<&Reason> {
        self.0.reason.as_ref()
    }

    /// Returns the innermost cause, often the most useful one to show: "Connection refused".
    pub fn root_cause(&self) -> Option<&(dyn StdError + 'static)> {
        self.source().map(innermost)
    }

    /// Returns the line of `Display` without the [advice](Self::advice).
    pub fn summary(&self) -> String {
        Summary(self).to_string()
    }

    /// Returns the HTTP status of the last response, if any.
    pub fn http_status(&self) -> Option<StatusCode> {
        self.0.status
    }

    /// Returns the service's id of the last request (`X-UCLOUD-REQUEST-UUID`), for CompShare's
    /// support.
    pub fn request_id(&self) -> Option<&str> {
        self.0.request_id.as_deref()
    }

    /// Returns the delay that the service requested before a retry, if any.
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// Returns the number of attempts.
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// Returns the total time of the call, back-off included.
    pub fn elapsed(&self) -> Duration {
        self.0.elapsed
    }

    /// Returns whether any attempt of this call reached the service.
    pub fn was_sent(&self) -> Sent {
        self.0.sent
    }

    /// Returns the `Offset` at which an interrupted listing can be resumed.
    pub fn resume_at(&self) -> Option<u64> {
        self.0.resume_at
    }

    /// Returns the remedy, if known.
    pub fn advice(&self) -> Option<&'static str> {
        if let Some(advice) = self.0.reason.as_ref().and_then(Reason::advice) {
            return Some(advice);
        }

        match self.0.kind {
            ErrorKind::Service | ErrorKind::Status => self.0.ret_code.and_then(RetCode::advice),
            ErrorKind::Tls => {
                Some("check the clock, the base URL, and whether a proxy re-signs TLS traffic")
            }
            ErrorKind::Connect => Some("check the network, the base URL and the proxy settings"),
            ErrorKind::Redirect => {
                Some("check the base URL; redirects are not followed, since the request is signed")
            }
            ErrorKind::Body(BodyFault::Html) => {
                Some("check the base URL and whether a proxy or login page answers")
            }
            _ => None,
        }
    }

    /// Returns `true` if a timeout expired: of connecting, of an attempt, or of the whole call.
    pub fn is_timeout(&self) -> bool {
        let source = self.0.source.as_ref();
        let transport = source.and_then(|source| source.downcast_ref::<TransportError>());
        self.0.kind == ErrorKind::Timeout
            || transport.is_some_and(|error| error.kind() == TransportErrorKind::ConnectTimeout)
    }

    /// Returns `true` if connecting failed, TLS handshake included.
    pub fn is_connect(&self) -> bool {
        matches!(self.0.kind, ErrorKind::Connect | ErrorKind::Tls)
    }

    /// Returns `true` if the service rejects the keys or the account lacks the permission.
    pub fn is_auth(&self) -> bool {
        self.class() == Some(RetCodeClass::Auth)
            || self.0.ret_code.is_none()
                && matches!(
                    self.0.status,
                    Some(StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN)
                )
    }

    /// Returns `true` if the service rejected the request because of too many requests.
    pub fn is_throttled(&self) -> bool {
        self.class() == Some(RetCodeClass::Throttled)
            || self.0.status == Some(StatusCode::TOO_MANY_REQUESTS)
    }

    /// Returns `true` if the service does not have the action (RetCode 161), as reported for
    /// `DescribeFavoriteImages` in production.
    pub fn is_action_unavailable(&self) -> bool {
        self.0.ret_code == Some(RetCode::ACTION_NOT_FOUND)
    }

    /// Returns `true` if the resource that the action names does not exist (RetCode 8039), or if no
    /// instance has the id or name.
    pub fn is_not_found(&self) -> bool {
        self.0.ret_code == Some(RetCode::RESOURCE_NOT_FOUND)
            || matches!(self.0.reason, Some(Reason::InstanceNotFound(_)))
    }

    /// Returns `true` if it is unknown whether a creation by
    /// `instances().create` has created anything.
    pub fn is_outcome_unknown(&self) -> bool {
        matches!(self.0.reason, Some(Reason::OutcomeUnknown { .. }))
    }

    fn class(&self) -> Option<RetCodeClass> {
        self.0.ret_code.map(RetCode::class)
    }
}

/// Returns the last error in the chain of causes.
pub(crate) fn innermost<'a>(error: &'a (dyn StdError + 'static)) -> &'a (dyn StdError + 'static) {
    let mut innermost = error;
    while let Some(next) = innermost.source() {
        innermost = next;
    }
    innermost
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Summary(self).fmt(f)?;
        match self.advice() {
            Some(advice) => write!(f, "; {advice}"),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if f.alternate() {
            return f.debug_tuple("Error").field(&self.0).finish();
        }

        let mut line = self.summary();
        let mut next = self.source();
        while let Some(cause) = next {
            // Most details quote their cause already.
            let text = one_line(&cause.to_string(), MAX_SERVER_TEXT);
            if !line.contains(&text) {
                line.push_str(": ");
                line.push_str(&text);
            }
            next = cause.source();
        }

        f.write_str(&line)?;
        match self.advice() {
            Some(advice) => write!(f, "; {advice}"),
            None => Ok(()),
        }
    }
}

/// An error's line without the advice.
struct Summary<'a>(&'a Error);

impl fmt::Display for Summary<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = &*self.0.0;
        if !inner.action.is_empty() {
            write!(f, "{}: ", inner.action)?;
        }
        match (inner.ret_code, &inner.detail) {
            (Some(code), _) => {
                write!(f, "RetCode {code}")?;
                if let Some(meaning) = code.meaning() {
                    write!(f, " ({meaning})")?;
                }
                if let Some(message) = &inner.message {
                    write!(f, ": {message}")?;
                }
            }
            (None, Some(detail))
                if matches!(inner.kind, ErrorKind::Config | ErrorKind::Request) =>
            {
                f.write_str(detail)?;
            }
            (None, Some(detail)) => write!(f, "{}: {detail}", inner.kind)?,
            (None, None) => inner.kind.fmt(f)?,
        }

        let notes = inner.notes();
        if notes.is_empty() {
            return Ok(());
        }
        write!(f, " [{}]", notes.join(", "))
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Origin, Setting, SettingFault};

    #[test]
    fn error_is_pointer_sized_and_send() {
        fn check<T: Send + Sync + 'static>() {}
        assert_eq!(size_of::<Error>(), size_of::<usize>());
        check::<Error>();
    }

    #[test]
    fn display_is_one_line_with_all_details() {
        let error = Error::new(ErrorKind::Service)
            .with_action("DescribeFavoriteImages")
            .with_ret_code(RetCode(171), Some("Signature VerifyAC Error\nsecond line"))
            .with_status(StatusCode::OK)
            .with_request_id(Some("1f3c"))
            .with_sent(Sent::Yes)
            .with_attempts(1, Duration::from_millis(20));
        let line = error.to_string();
        assert!(
            line.starts_with("DescribeFavoriteImages: RetCode 171 ("),
            "{line}"
        );
        assert!(
            line.contains(r"): Signature VerifyAC Error\u{a}second line [request id 1f3c]; "),
            "{line}"
        );
        assert!(!line.contains('\n'));
        assert!(line.ends_with(error.advice().unwrap()), "{line}");
        assert!(error.is_auth() && !error.is_throttled() && !error.is_timeout());
    }

    #[test]
    fn config_errors_display_only_the_detail() {
        let error = Error::config("the private key is empty");
        assert_eq!(
            (error.to_string().as_str(), error.advice()),
            ("the private key is empty", None)
        );
        let error = Error::of(Reason::Setting {
            setting: Setting::BaseUrl,
            origin: Origin::Code,
            fault: SettingFault::PlainHttp,
        });
        let detail = "the base URL is not https, so a signed request can be read and repeated";
        assert_eq!(
            (error.detail(), error.summary().as_str()),
            (Some(detail), detail)
        );
        assert_eq!(
            error.to_string(),
            format!("{detail}; {}", error.advice().unwrap())
        );
    }

    #[test]
    fn debug_is_one_line_with_the_causes() {
        let refused = std::io::Error::new(std::io::ErrorKind::ConnectionRefused, "no\nlistener");
        let cause = TransportError::new(TransportErrorKind::Connect, refused);
        let error = Error::new(ErrorKind::Connect)
            .with_action("DescribeFavoriteImages")
            .with_attempts(1, Duration::ZERO)
            .with_source(cause);
        let (line, advice) = (format!("{error:?}"), error.advice().unwrap());
        assert!(line.starts_with("DescribeFavoriteImages: "), "{line}");
        assert!(
            line.ends_with(&format!(r": no\u{{a}}listener; {advice}")),
            "{line}"
        );
        assert_eq!(line.lines().count(), 1);
        assert!(format!("{error:#?}").contains("attempts: 1"));

        let error = Error::new(ErrorKind::Connect)
            .with_detail("no listener")
            .with_source(std::io::Error::other("no listener"));
        assert_eq!(format!("{error:?}"), error.to_string());
    }

    #[test]
    fn display_has_attempts_and_resume_at() {
        let line = Error::new(ErrorKind::Timeout)
            .with_action("DescribeFavoriteImages")
            .with_attempts(3, Duration::from_secs(90))
            .with_resume_at(200)
            .to_string();
        assert_eq!(
            line,
            "DescribeFavoriteImages: no complete response in time [3 attempts in 90.0 s, the listing can continue at offset 200]"
        );
    }
}
