//! Classification of responses: a success, or an error and whether to retry it.

use compshare_model::RetCode;
use compshare_model::envelope::{Envelope, EnvelopeError};
use http::header::{CONTENT_ENCODING, CONTENT_TYPE};
use http::{HeaderMap, HeaderName};

use super::exchange::{AnyValue, Decode};
use super::secrets::Secrets;
use crate::error::{BodyFault, Sent};
use crate::retry::{Outcome, retry_after};
use crate::transport::{HttpResponse, Now, TransportError, TransportErrorKind};
use crate::{Error, ErrorKind};

/// The header with the service's request id.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-ucloud-request-uuid");

/// Maximum number of bytes shown of a body that is not an API response.
const EXCERPT: usize = 120;

/// The error of an attempt, and its outcome for retries.
pub(super) struct AttemptError {
    pub(super) error: Error,
    pub(super) outcome: Outcome,
}

impl AttemptError {
    fn new(error: Error, outcome: Outcome) -> Self {
        Self { error, outcome }
    }
}

/// Classifies a response; returns the decoded value and the id of the request.
pub(super) fn classify_response(
    response: &HttpResponse,
    decode: Decode,
    secrets: &Secrets<'_>,
    now: Now,
) -> Result<(AnyValue, Option<String>), AttemptError> {
    let headers = response.headers();
    let id = request_id(headers).map(|id| secrets.redact(id));

    let classified = if response.status().is_success() {
        classify_success(response, decode, secrets)
    } else {
        Err(classify_status(response, secrets))
    };

    match classified {
        Ok((envelope, value)) => {
            let id = id.or(envelope.request_id.map(|id| secrets.redact(&id)));
            Ok((value, id.and_then(|id| crate::sanitize::short_id(&id))))
        }
        Err(failure) => {
            let mut error = failure
                .error
                .with_status(response.status())
                .with_retry_after(retry_after(headers, now.system));
            // The id of the header overrides the one in the body.
            if id.is_some() {
                error = error.with_request_id(id.as_deref());
            }
            Err(AttemptError { error, ..failure })
        }
    }
}

/// Classifies an attempt without a response.
pub(super) fn classify_transport_error(error: TransportError) -> AttemptError {
    let kind = match error.kind() {
        TransportErrorKind::Connect | TransportErrorKind::ConnectTimeout => ErrorKind::Connect,
        TransportErrorKind::Tls => ErrorKind::Tls,
        TransportErrorKind::Timeout => ErrorKind::Timeout,
        TransportErrorKind::Interrupted => ErrorKind::Interrupted,
        TransportErrorKind::TooLarge => ErrorKind::TooLarge,
        TransportErrorKind::Protocol => ErrorKind::Protocol,
        TransportErrorKind::Unsupported => ErrorKind::Config,
    };
    let outcome = Outcome::of_transport(error.kind());
    let sent = if error.kind().is_unsent() {
        Sent::No
    } else {
        Sent::Maybe
    };
    let mut classified = Error::new(kind).with_sent(sent);
    let limit = error.time_limit().map(|limit| limit.to_string());
    let cause = match error.kind() {
        // The causes of other transports would only repeat it in their own words.
        TransportErrorKind::Timeout => limit,
        TransportErrorKind::ConnectTimeout => limit.or_else(|| Some("it took too long".to_owned())),
        _ => root_cause(&error),
    };
    if let Some(cause) = cause {
        classified = classified.with_detail(cause);
    }
    AttemptError::new(classified.with_source(error), outcome)
}

/// Returns the text of the innermost cause, which a user can act on ("Connection refused",
/// "certificate expired").
fn root_cause(error: &TransportError) -> Option<String> {
    let cause = crate::error::innermost(std::error::Error::source(error)?);
    Some(crate::sanitize::one_line(&cause.to_string(), 200))
}

fn classify_success(
    response: &HttpResponse,
    decode: Decode,
    secrets: &Secrets<'_>,
) -> Result<(Envelope, AnyValue), AttemptError> {
    let text = text_of(response).map_err(|fault| unusable(fault, None, secrets))?;
    decode(text).map_err(|error| {
        let fault = match error {
            EnvelopeError::RetCode(envelope) => return refused(&envelope, secrets),
            EnvelopeError::Truncated(_) => BodyFault::Truncated,
            EnvelopeError::TrailingData(_) => BodyFault::TrailingData,
            EnvelopeError::TooDeep(_) => BodyFault::TooDeep,
            EnvelopeError::NotAnObject => BodyFault::NotAnObject,
            EnvelopeError::NoRetCode => BodyFault::NoRetCode,
            EnvelopeError::Shape { .. } => BodyFault::Shape,
            _ if text.trim_start().starts_with('<') => BodyFault::Html,
            _ => BodyFault::NotJson,
        };
        let mut failure = unusable(fault, Some(text), secrets);
        failure.error = failure.error.with_source(error);
        failure
    })
}

/// Returns the body as text.
fn text_of(response: &HttpResponse) -> Result<&str, BodyFault> {
    let body = response.body();
    if is_encoded(response.headers()) {
        return Err(BodyFault::Encoded);
    }
    if body.iter().all(u8::is_ascii_whitespace) {
        return Err(BodyFault::Empty);
    }
    if body.starts_with(b"\xef\xbb\xbf") {
        return Err(BodyFault::ByteOrderMark);
    }
    simdutf8::basic::from_utf8(body).map_err(|_| BodyFault::NotUtf8)
}

fn is_encoded(headers: &HeaderMap) -> bool {
    let plain = |value: &[u8]| value.is_empty() || value.eq_ignore_ascii_case(b"identity");
    headers
        .get_all(CONTENT_ENCODING)
        .iter()
        .any(|value| !plain(value.as_bytes().trim_ascii()))
}

/// Classifies an API response with a RetCode other than 0.
fn refused(envelope: &Envelope, secrets: &Secrets<'_>) -> AttemptError {
    let code = envelope.ret_code;
    let sent = if code.outcome_unknown() {
        Sent::Maybe
    } else {
        Sent::Yes
    };
    let error = error_of(ErrorKind::Service, envelope, secrets).with_sent(sent);
    AttemptError::new(error, Outcome::of_ret_code(code))
}

/// Returns an error with the RetCode, the message and the request id of an envelope.
fn error_of(kind: ErrorKind, envelope: &Envelope, secrets: &Secrets<'_>) -> Error {
    let redacted = |text: &Option<String>| text.as_deref().map(|text| secrets.redact(text));
    Error::new(kind)
        .with_ret_code(envelope.ret_code, redacted(&envelope.message).as_deref())
        .with_request_id(redacted(&envelope.request_id).as_deref())
}

/// Classifies a 2xx response whose body is not an API response.
fn unusable(fault: BodyFault, text: Option<&str>, secrets: &Secrets<'_>) -> AttemptError {
    let mut error = Error::new(ErrorKind::Body(fault)).with_sent(Sent::Maybe);
    if let Some(excerpt) = text.and_then(|text| excerpt(text, secrets)) {
        error = error.with_detail(excerpt);
    }
    AttemptError::new(error, Outcome::Final)
}

/// Classifies a response other than 2xx, whose body may have a RetCode too.
fn classify_status(response: &HttpResponse, secrets: &Secrets<'_>) -> AttemptError {
    let status = response.status();
    if status.is_redirection() {
        // The target is untrusted text, and not shown.
        let error = Error::new(ErrorKind::Redirect).with_sent(Sent::Maybe);
        return AttemptError::new(error, Outcome::Final);
    }

    let text = text_of(response).ok();
    let envelope = text.and_then(|text| Envelope::decode(text).ok());
    if let Some(envelope) = envelope.filter(|envelope| envelope.ret_code != RetCode::SUCCESS) {
        let error = error_of(ErrorKind::Status, &envelope, secrets).with_sent(Sent::Maybe);
        let outcome = Outcome::of_status(status, Some(envelope.ret_code));
        return AttemptError::new(error, outcome);
    }

    let content_type = response.headers().get(CONTENT_TYPE);
    let is_text = content_type.is_none_or(|value| value.as_bytes().starts_with(b"text/"));
    let mut error = Error::new(ErrorKind::Status).with_sent(Sent::Maybe);
    let shown = text.filter(|_| is_text);
    if let Some(excerpt) = shown.and_then(|text| excerpt(text, secrets)) {
        error = error.with_detail(excerpt);
    }
    AttemptError::new(error, Outcome::of_status(status, None))
}

/// Returns an excerpt of a body that is not an API response: the title of an HTML page, or the
/// beginning of other text. JSON is never quoted, since it may hold an account's data.
fn excerpt(text: &str, secrets: &Secrets<'_>) -> Option<String> {
    let text = text.trim_start();
    if text.starts_with(['{', '[']) {
        return None;
    }
    // Redacted before it is cut, so that no half of a secret remains.
    let text = secrets.redact(text);
    let shown = match text.split_once("<title>") {
        Some((_, title)) => title.split('<').next().unwrap_or_default(),
        None if text.starts_with('<') => return None,
        None => &text,
    };
    let shown = crate::sanitize::one_line(shown, EXCERPT);
    (!shown.is_empty()).then(|| format!("\"{shown}\""))
}

fn request_id(headers: &HeaderMap) -> Option<&str> {
    headers
        .get(REQUEST_ID)?
        .to_str()
        .ok()
        .map(str::trim)
        .filter(|id| !id.is_empty())
}

#[cfg(test)]
mod tests {
    use compshare_model::ImageList;
    use compshare_sign::{Credentials, Params};
    use http::HeaderValue;

    use super::super::exchange::decode;
    use super::*;

    fn response(status: u16, headers: &[(&'static str, &str)], body: &[u8]) -> HttpResponse {
        let mut response = HttpResponse::new(body.to_vec().into());
        *response.status_mut() = status.try_into().unwrap();
        for (name, value) in headers {
            response
                .headers_mut()
                .insert(*name, HeaderValue::from_str(value).unwrap());
        }
        response
    }

    fn classified(response: &HttpResponse) -> Result<(usize, Option<String>), AttemptError> {
        let credentials = Credentials::new("pub", "hush-key").unwrap();
        let signed =
            credentials.sign(Params::from_pairs([("Action", "DescribeFavoriteImages")]).unwrap());
        let secrets = Secrets {
            credentials: &credentials,
            signed: &signed,
        };
        classify_response(response, decode::<ImageList>, &secrets, Now::real()).map(
            |(value, id)| {
                let list: Box<ImageList> = value.downcast().unwrap();
                (list.images().count(), id)
            },
        )
    }

    fn error(response: &HttpResponse) -> Error {
        classified(response)
            .err()
            .map(|failure| failure.error)
            .unwrap()
    }

    #[test]
    fn classifies_each_body_fault() {
        for (body, fault) in [
            (&b""[..], BodyFault::Empty),
            (b" \r\n\t", BodyFault::Empty),
            (b"\xef\xbb\xbf{\"RetCode\":0}", BodyFault::ByteOrderMark),
            (b"{\"RetCode\":0,\"X\":\"\xff\"}", BodyFault::NotUtf8),
            (b" <html></html>", BodyFault::Html),
            (b"OK", BodyFault::NotJson),
            (b"{\"RetCode\":0,\"X\":[", BodyFault::Truncated),
            (b"{\"RetCode\":0}{}", BodyFault::TrailingData),
            (b"[]", BodyFault::NotAnObject),
            (b"{\"ImageSet\":[]}", BodyFault::NoRetCode),
            (b"{\"RetCode\":0,\"ImageSet\":5}", BodyFault::Shape),
        ] {
            let error = error(&response(200, &[], body));
            assert_eq!(error.kind(), ErrorKind::Body(fault));
            assert_eq!(error.http_status().map(|status| status.as_u16()), Some(200));
        }
        let deep = format!(
            "{{\"RetCode\":0,\"X\":{}{}}}",
            "[".repeat(200),
            "]".repeat(200)
        );
        assert_eq!(
            error(&response(200, &[], deep.as_bytes())).kind(),
            ErrorKind::Body(BodyFault::TooDeep)
        );
    }

    #[test]
    fn refuses_content_encodings() {
        let body = br#"{"RetCode":0,"ImageSet":[{"CompShareImageId":"a"}]}"#;
        for encoding in ["identity", "Identity", "", " "] {
            assert_eq!(
                classified(&response(200, &[("content-encoding", encoding)], body)).ok(),
                Some((1, None)),
                "{encoding:?}"
            );
        }
        for encoding in ["gzip", "br", "identity, gzip"] {
            let error = error(&response(200, &[("content-encoding", encoding)], body));
            assert_eq!(
                error.kind(),
                ErrorKind::Body(BodyFault::Encoded),
                "{encoding}"
            );
        }
    }

    #[test]
    fn excerpt_is_a_title_or_a_beginning_and_never_json() {
        let said = |status, body: &str| {
            error(&response(
                status,
                &[("content-type", "text/html")],
                body.as_bytes(),
            ))
            .to_string()
        };
        let title = "<html><head><title>Log in, please</title></head><body>more</body></html>";
        assert!(
            said(200, title).contains(r#"the body is an HTML page: "Log in, please" [HTTP 200]"#),
            "{}",
            said(200, title)
        );
        assert!(
            said(502, title).contains(r#"error status: "Log in, please" [HTTP 502]"#),
            "{}",
            said(502, title)
        );
        assert!(
            said(502, " busy\n").contains(r#"error status: "busy" [HTTP 502]"#),
            "{}",
            said(502, " busy\n")
        );
        for silent in [
            "<html><body>account 5012</body></html>",
            "<title></title>",
            r#"{"Account":5012}"#,
            "[5012]",
            "",
        ] {
            let line = said(502, silent);
            assert!(line.contains("error status [HTTP 502]"), "{line}");
        }
        assert!(said(502, "key hush-key").contains("key [redacted]"));
        let long = said(502, &"x".repeat(5000));
        assert!(
            long.contains(&"x".repeat(EXCERPT)) && !long.contains(&"x".repeat(EXCERPT + 1)),
            "{long}"
        );
    }

    #[test]
    fn request_id_of_the_header_overrides_the_body() {
        let body = br#"{"RetCode":0,"ImageSet":[],"RequestId":"in-body"}"#;
        let id = |header: &str| {
            classified(&response(200, &[("x-ucloud-request-uuid", header)], body))
                .ok()
                .and_then(|(_, id)| id)
        };
        assert_eq!(id(" in-header ").as_deref(), Some("in-header"));
        assert_eq!(id("").as_deref(), Some("in-body"));
        let refused = br#"{"RetCode":161,"RequestId":"in-body"}"#;
        assert_eq!(
            error(&response(200, &[], refused)).request_id(),
            Some("in-body")
        );
        assert_eq!(
            error(&response(200, &[("x-ucloud-request-uuid", "h")], refused)).request_id(),
            Some("h")
        );
    }

    #[test]
    fn error_has_status_and_ret_code() {
        let error = error(&response(
            500,
            &[],
            br#"{"RetCode":8039,"Message":"Resource not exist [x]"}"#,
        ));
        assert_eq!(
            (error.kind(), error.ret_code()),
            (ErrorKind::Status, Some(RetCode::RESOURCE_NOT_FOUND))
        );
        assert_eq!(error.message(), Some("Resource not exist [x]"));
        assert!(error.is_not_found());
    }

    #[test]
    fn a_failed_attempt_tells_its_innermost_cause() {
        let refused =
            std::io::Error::new(std::io::ErrorKind::ConnectionRefused, "Connection refused");
        let outer = std::io::Error::other(Outer(refused));
        let failure =
            classify_transport_error(TransportError::new(TransportErrorKind::Connect, outer));
        assert_eq!(failure.outcome, Outcome::NotSent);
        assert!(
            failure
                .error
                .to_string()
                .starts_with("connecting failed: Connection refused"),
            "{}",
            failure.error
        );
        for (error, line) in [
            (
                TransportErrorKind::Timeout.into(),
                "no complete response in time",
            ),
            (
                TransportError::new(TransportErrorKind::Timeout, "timeout: global"),
                "no complete response in time",
            ),
            (
                TransportErrorKind::ConnectTimeout.into(),
                "connecting failed: it took too long",
            ),
        ] {
            let line_of = classify_transport_error(error).error.to_string();
            assert_eq!(line_of.split(';').next(), Some(line), "{line_of}");
        }
    }

    #[derive(Debug)]
    struct Outer(std::io::Error);

    impl std::fmt::Display for Outer {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("outer")
        }
    }

    impl std::error::Error for Outer {
        fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
            Some(&self.0)
        }
    }
}
