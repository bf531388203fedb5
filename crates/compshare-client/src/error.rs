//! What went wrong, in one type for all of the library.

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

/// A call, or the set-up of a client, that failed.
///
/// `Display` is one line with all that is known: action, RetCode, the service's message, HTTP status, request id, and
/// what to do where that is known. The causes are in [`source`](std::error::Error::source). Nothing of the request's
/// body is in it: no key, no signature, no parameter.
///
/// `Debug` is the same line with the causes, so that `fn main() -> Result<(), Error>` prints a readable error; `{:#?}`
/// prints the fields.
///
/// ```
/// use compshare_client::{Error, ErrorKind};
///
/// fn report(error: &Error) {
///     match error.kind() {
///         ErrorKind::Service if error.is_auth() => eprintln!("look at your keys: {error}"),
///         ErrorKind::Config => eprintln!("look at your settings: {error}"),
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
    /// Why this library refused or ended it.
    reason: Option<Reason>,
    /// What is known, where the kind alone does not say it.
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

/// The kind of a failure. [docs/errors.md](https://github.com/compshare-rs/compshare-rs/blob/main/docs/errors.md) says what
/// to do about each.
///
/// ```
/// use compshare_client::{Config, ErrorKind};
///
/// let error = Config::builder().keys("my_public_key", "").build().unwrap_err();
/// assert_eq!(error.kind(), ErrorKind::Config);
/// let advice = match error.kind() {
///     ErrorKind::Config | ErrorKind::Request => "mend the program or its settings",
///     ErrorKind::Connect | ErrorKind::Timeout | ErrorKind::Interrupted => "try again later",
///     ErrorKind::Service => "look at the RetCode",
///     _ => "read the message",
/// };
/// # assert_eq!(advice, "mend the program or its settings");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A setting is missing or cannot be right. Nothing was sent.
    Config,
    /// The action cannot be sent: a reserved name, a value that has no text, a group without a version to name. Nothing of
    /// it was sent.
    Request,
    /// No connection came about. Nothing was sent.
    Connect,
    /// The TLS handshake was refused, above all for a certificate that is not trusted. Nothing was sent.
    Tls,
    /// The time for an attempt, or for the whole call, ran out.
    Timeout,
    /// The connection broke before the answer was whole.
    Interrupted,
    /// The answer is larger than allowed.
    TooLarge,
    /// The answer is not HTTP.
    Protocol,
    /// The service, or what stands before it, wants the request sent elsewhere. Redirects are never followed: the
    /// body is signed.
    Redirect,
    /// The HTTP status is no success. If the body had a RetCode, [`Error::ret_code`] has it.
    Status,
    /// The answer is a success by its status, but not what the API answers.
    Body(BodyFault),
    /// The service refused: [`Error::ret_code`] says why.
    Service,
    /// A listing cannot go on truthfully: a page brought nothing new, or there are too many.
    Paging,
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Config => "the settings cannot be right",
            Self::Request => "the request cannot be made",
            Self::Connect => "no connection could be made",
            Self::Tls => "the TLS handshake failed",
            Self::Timeout => "no complete answer came in time",
            Self::Interrupted => "the connection broke before the answer was whole",
            Self::TooLarge => "the answer is larger than allowed",
            Self::Protocol => "the answer is not valid HTTP",
            Self::Redirect => "the service answered with a redirect",
            Self::Status => "the service answered with an error status",
            Self::Body(fault) => return fault.fmt(f),
            Self::Service => "the service refused",
            Self::Paging => "the listing cannot go on",
        })
    }
}

crate::error::display_enum! {
    /// What is wrong with a body that should have been an API answer.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum BodyFault {
        /// There is none.
        Empty = "the body is empty",
        /// An HTML page, as proxies and login pages send it.
        Html = "the body is an HTML page",
        /// It begins with a byte order mark, which JSON forbids.
        ByteOrderMark = "the body begins with a byte order mark",
        /// It is not UTF-8.
        NotUtf8 = "the body is not UTF-8",
        /// It is JSON that ends too early.
        Truncated = "the JSON ends too early",
        /// Something follows after the JSON object.
        TrailingData = "something follows after the JSON object",
        /// It is JSON nested too deeply.
        TooDeep = "the JSON is nested too deeply",
        /// It is not JSON.
        NotJson = "the body is not JSON",
        /// It is JSON, but not an object.
        NotAnObject = "the JSON is not an object",
        /// There is no `RetCode` in it, or one that is no number.
        NoRetCode = "there is no usable RetCode",
        /// The envelope is right, but the fields of the action are not what they should be.
        Shape = "the fields are not those of the action",
        /// It is encoded, though no encoding was asked for.
        Encoded = "the body has a content encoding that was not asked for",
    }
}

/// Whether a request reached the service: what one must know before repeating a write by hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sent {
    /// Certainly not: not one byte of it has left.
    No,
    /// It may have: no answer came, or one that need not be the service's own.
    Maybe,
    /// Certainly: the service itself answered.
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

    /// An error that this library decided on.
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

    /// A setting that is refused for a reason in the words of others.
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

    /// `message` must have been cleared of secrets already; here it is made one safe line.
    pub(crate) fn with_answer(mut self, code: RetCode, message: Option<&str>) -> Self {
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

    /// Sets the [`resume_at`](Self::resume_at): for programs that count a listing's rows in a way of their own.
    pub fn with_resume_at(mut self, offset: u64) -> Self {
        self.0.resume_at = Some(offset);
        self
    }

    /// What kind of failure it is.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The action that was called; empty for a failed set-up.
    pub fn action(&self) -> &str {
        &self.0.action
    }

    /// The service's RetCode, if it gave one.
    pub fn ret_code(&self) -> Option<RetCode> {
        self.0.ret_code
    }

    /// The service's own words, in one line and cut to 1 KiB; control characters are escaped.
    pub fn message(&self) -> Option<&str> {
        self.0.message.as_deref()
    }

    /// What is known beyond kind, RetCode and message: the setting that is wrong and why, what the operating system said
    /// of a connection, how a body that is no answer begins. In this library's English or in the words of others, without
    /// the [advice](Self::advice); for programs that put their own words around it.
    pub fn detail(&self) -> Option<&str> {
        self.0.detail.as_deref()
    }

    /// Why this library refused the call or ended the listing, as a value: `None` where the service, the network or
    /// another library failed.
    pub fn reason(&self) -> Option<&Reason> {
        self.0.reason.as_ref()
    }

    /// Returns the innermost cause, in whose words a user can often act: "Connection refused".
    pub fn root_cause(&self) -> Option<&(dyn StdError + 'static)> {
        self.source().map(innermost)
    }

    /// Returns the line of `Display` without the [advice](Self::advice).
    pub fn summary(&self) -> String {
        Summary(self).to_string()
    }

    /// The HTTP status of the last answer, if there was one.
    pub fn http_status(&self) -> Option<StatusCode> {
        self.0.status
    }

    /// The id under which the service knows the last request (`X-UCLOUD-REQUEST-UUID`): quote it to their support.
    pub fn request_id(&self) -> Option<&str> {
        self.0.request_id.as_deref()
    }

    /// How long the service asked to wait before another try, if it did.
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// How many attempts were made.
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// How long the call took, waits included.
    pub fn elapsed(&self) -> Duration {
        self.0.elapsed
    }

    /// Whether any attempt of this call reached the service.
    pub fn was_sent(&self) -> Sent {
        self.0.sent
    }

    /// The `Offset` at which an interrupted listing can be taken up again.
    pub fn resume_at(&self) -> Option<u64> {
        self.0.resume_at
    }

    /// What to do about it, where that is known.
    pub fn advice(&self) -> Option<&'static str> {
        let by_kind = || match self.0.kind {
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
        };
        let reason = self.0.reason.as_ref();
        reason.and_then(Reason::advice).or_else(by_kind)
    }

    /// The time ran out: connecting, in an attempt, or for the whole call.
    pub fn is_timeout(&self) -> bool {
        let source = self.0.source.as_ref();
        let transport = source.and_then(|source| source.downcast_ref::<TransportError>());
        self.0.kind == ErrorKind::Timeout
            || transport.is_some_and(|error| error.kind() == TransportErrorKind::ConnectTimeout)
    }

    /// No connection came about, TLS included.
    pub fn is_connect(&self) -> bool {
        matches!(self.0.kind, ErrorKind::Connect | ErrorKind::Tls)
    }

    /// The service does not accept the keys, or the account lacks the right.
    pub fn is_auth(&self) -> bool {
        self.class() == Some(RetCodeClass::Auth)
            || self.0.ret_code.is_none()
                && matches!(
                    self.0.status,
                    Some(StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN)
                )
    }

    /// The service turned the request away since there are too many.
    pub fn is_throttled(&self) -> bool {
        self.class() == Some(RetCodeClass::Throttled)
            || self.0.status == Some(StatusCode::TOO_MANY_REQUESTS)
    }

    /// The service has no such action (RetCode 161), as is reported for `DescribeFavoriteImages` in production.
    pub fn is_action_unavailable(&self) -> bool {
        self.0.ret_code == Some(RetCode::ACTION_NOT_FOUND)
    }

    /// What the action names does not exist (RetCode 8039).
    pub fn is_not_found(&self) -> bool {
        self.0.ret_code == Some(RetCode::RESOURCE_NOT_FOUND)
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
        let status = inner
            .status
            .filter(|_| inner.ret_code.is_none() || inner.kind == ErrorKind::Status);
        let (attempts, seconds) = (inner.attempts, inner.elapsed.as_secs_f64());
        let notes: Vec<String> = [
            status.map(|status| format!("HTTP {}", status.as_u16())),
            inner
                .request_id
                .as_ref()
                .map(|id| format!("request id {id}")),
            (attempts > 1).then(|| format!("{attempts} attempts in {seconds:.1} s")),
            inner
                .retry_after
                .map(|delay| format!("the service asks to wait {} s", delay.as_secs())),
            inner
                .resume_at
                .map(|offset| format!("the listing can go on at offset {offset}")),
        ]
        .into_iter()
        .flatten()
        .collect();
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
            .with_answer(RetCode(171), Some("Signature VerifyAC Error\nsecond line"))
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
        let detail = "the base URL is not https, and whoever reads a signed request can repeat it";
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
            "DescribeFavoriteImages: no complete answer came in time [3 attempts in 90.0 s, the listing can go on at offset 200]"
        );
    }
}
