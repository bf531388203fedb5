//! Failures of commands: message, hint and exit status.

use std::io;
use std::path::Path;

use compshare_client::model::{
    self, Action as _, DescribeFavoriteImages, Effect, PublishCompShareImage,
    ResetCompShareInstancePassword, RetCode, TerminateCompShareCustomImage,
};
use compshare_client::{BodyFault, Error, ErrorKind, ProfileFile, Reason, Sent, Setting, sanitize};
use serde_json::{Map, Value, json};

use crate::lang::{language, text, texts};
use crate::output::{SCHEMA, Style, json_text, print_stderr};
use crate::settings::origin_place;

/// The longest message on stderr, in bytes.
const MAX_TEXT: usize = 2048;

/// A failed command: the exit status and the message.
#[derive(Debug)]
pub(crate) struct Failure {
    /// The exit status.
    pub(crate) status: u8,
    /// The error code in JSON.
    code: &'static str,
    /// The message in one line; empty if it is not printed.
    pub(crate) message: String,
    /// The suggested fix.
    pub(crate) hint: Option<String>,
    /// The details of a failed call in JSON.
    details: Vec<(&'static str, Value)>,
}

/// The command succeeded.
pub(crate) const SUCCESS: u8 = 0;
/// The service refused the request, or the response is unusable.
pub(crate) const REFUSED: u8 = 1;
/// Wrong usage or settings; nothing was sent.
pub(crate) const USAGE: u8 = 2;
/// The network failed or a timeout expired.
pub(crate) const NETWORK: u8 = 3;
/// Ctrl-C.
pub(crate) const INTERRUPTED: u8 = 130;

impl Failure {
    fn new(status: u8, code: &'static str, message: impl AsRef<str>) -> Self {
        Self {
            status,
            code,
            message: truncate_message(message.as_ref()),
            hint: None,
            details: Vec::new(),
        }
    }

    /// Creates a failure for an invalid command line. No request was sent.
    pub(crate) fn usage(message: impl AsRef<str>) -> Self {
        Self::new(USAGE, "usage_error", message)
    }

    /// Creates a failure for a missing or invalid setting. No request was sent.
    pub(crate) fn configuration(message: impl AsRef<str>) -> Self {
        Self::new(USAGE, "configuration_error", message)
    }

    /// Creates a failure for a response without the requested data.
    pub(crate) fn unexpected_response(message: impl AsRef<str>) -> Self {
        Self::new(REFUSED, "api_error", message)
    }

    /// Creates a failure for a resource that no response contains.
    pub(crate) fn not_found(message: impl AsRef<str>) -> Self {
        Self::unexpected_response(message).with_hint(texts().hint_not_found)
    }

    /// Creates a failure for an operation that did not finish in time.
    pub(crate) fn timed_out(message: impl AsRef<str>) -> Self {
        Self::new(NETWORK, "transport_error", message)
    }

    /// Creates a failure for Ctrl-C during a wait. The operation itself continues.
    pub(crate) fn interrupted() -> Self {
        Self::new(INTERRUPTED, "interrupted", texts().err_interrupted)
    }

    /// Creates a failure for a declined confirmation.
    pub(crate) fn declined() -> Self {
        Self::new(REFUSED, "aborted", texts().aborted)
    }

    /// Creates a failure for a command that stops before its change, because of its price or of the
    /// state of a resource.
    pub(crate) fn refused(message: impl AsRef<str>) -> Self {
        Self::new(REFUSED, "aborted", message)
    }

    /// Creates a failure without a message, or with one already printed.
    pub(crate) fn silent(status: u8) -> Self {
        Self::new(status, "failed", "")
    }

    pub(crate) fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Replaces `IMAGE` in the hint by an image id.
    pub(crate) fn with_image(mut self, image: &str) -> Self {
        self.hint = self
            .hint
            .map(|hint| hint.replace("IMAGE", &sanitize(image)));
        self
    }

    /// Converts a configuration error. The library's advice is dropped: it names setters of the
    /// Rust API.
    pub(crate) fn from_config_error(error: &Error) -> Self {
        match error.reason() {
            Some(Reason::KeyMissing(key)) => Self::missing_key(*key),
            Some(Reason::KeysFromTwoSources {
                public_key,
                private_key,
            }) => Self::configuration(text!(
                cfg_keys_mixed,
                public = origin_place(Some(public_key)),
                private = origin_place(Some(private_key))
            ))
            .with_hint(texts().cfg_keys_mixed_hint),
            Some(Reason::NoHome) => Self::configuration(texts().cfg_no_place),
            Some(Reason::ProfileMissing { name, .. }) => Self::unknown_profile(name),
            Some(Reason::ProfileFileInvalid {
                path, line, column, ..
            }) => Self::invalid_profile_file(path, *line, *column),
            Some(Reason::ProfileFileUnreadable { path, error, .. }) => {
                let cause = match error.kind() {
                    io::ErrorKind::FileTooLarge => {
                        text!(use_file_too_large, max = ProfileFile::MAX_BYTES)
                    }
                    io::ErrorKind::InvalidData => texts().use_not_utf8.to_owned(),
                    _ => error.to_string(),
                };
                Self::configuration(text!(use_unreadable, path = path.display(), cause))
            }
            Some(Reason::RootsUnreadable {
                variable,
                path,
                error,
                ..
            }) => {
                let cause = match error.kind() {
                    io::ErrorKind::InvalidData => texts().cfg_no_certificate.to_owned(),
                    _ => error.to_string(),
                };
                let path = path.display();
                Self::configuration(text!(cfg_roots, path, variable, cause))
            }
            _ => Self::configuration(text!(cfg_settings, cause = language().error_detail(error))),
        }
    }

    pub(crate) fn missing_key(key: Setting) -> Self {
        let which = key.variable().unwrap_or_default();
        Self::configuration(text!(cfg_no_keys, which)).with_hint(texts().cfg_no_keys_hint)
    }

    /// Creates a failure for an unknown profile; the hint suggests a similar name.
    pub(crate) fn unknown_profile(name: &str) -> Self {
        let file = ProfileFile::read().ok();
        let mut names = file.iter().flat_map(ProfileFile::names);
        let alike = names.find(|known| known.eq_ignore_ascii_case(name.trim()));
        Self {
            hint: alike.map(|name| text!(use_did_you_mean, name)),
            ..Self::configuration(text!(cfg_no_profile, name))
        }
    }

    pub(crate) fn invalid_profile_file(path: &Path, line: usize, column: usize) -> Self {
        let cause = format!("{line}:{column}");
        Self::configuration(text!(cfg_broken, path = path.display(), cause))
    }

    /// Converts the error of an incomplete listing, which can be resumed at `resume_at`.
    pub(crate) fn incomplete_listing(error: Error, resume_at: u64) -> Self {
        let error = match error.resume_at() {
            Some(_) => error.with_resume_at(resume_at),
            None => error,
        };
        Self::from_error(&error, Some(resume_at))
    }

    /// Converts the error of a call.
    fn from_error(error: &Error, resume_at: Option<u64>) -> Self {
        let status = status_of(error);
        let code = match (error.kind(), status) {
            (ErrorKind::Config, _) => "configuration_error",
            (_, USAGE) => "usage_error",
            (_, NETWORK) => "transport_error",
            _ => "api_error",
        };
        Self {
            hint: hint_for(error).map(str::to_owned),
            details: details_of(error, resume_at),
            ..Self::new(status, code, message_of(error, resume_at))
        }
    }

    /// Prints the failure to stderr in one line, unless the message is empty.
    pub(crate) fn print(&self, is_json: bool, color: bool) {
        if !self.message.is_empty() {
            print_stderr(&self.line(is_json, color));
        }
    }

    /// Returns the failure in one line, as text or as JSON.
    pub(crate) fn line(&self, is_json: bool, color: bool) -> String {
        let message = &self.message;
        if is_json {
            let details = self.details.iter().cloned();
            let hint = self.hint.iter().map(|hint| ("hint", json!(hint)));
            let details: Map<String, Value> = details
                .chain(hint)
                .map(|(name, value)| (name.to_owned(), value))
                .collect();

            let mut error = json!({"code": self.code, "message": message});
            if let (Some(error), false) = (error.as_object_mut(), details.is_empty()) {
                error.insert("details".to_owned(), details.into());
            }
            let document = json!({"ok": false, "schema": SCHEMA, "error": error});
            json_text(&document).unwrap_or_default()
        } else {
            let texts = texts();
            let word = Style::Error.paint(texts.error, color);
            let mut line = format!("{word}{}{message}", texts.colon);
            if let Some(hint) = &self.hint {
                line.push_str(texts.hint_separator);
                line.push_str(hint);
            }
            line
        }
    }
}

/// Converts an error of writing standard output.
impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            // The reader closed the pipe, as `| head` does.
            return Self::silent(SUCCESS);
        }
        Self::new(REFUSED, "output_error", text!(err_write, cause = error))
    }
}

/// Converts an error of serializing JSON; values from the service always serialize.
impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        io::Error::from(error).into()
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::from_error(&error, error.resume_at())
    }
}

/// Returns the exit status of a failed call.
fn status_of(error: &Error) -> u8 {
    match error.kind() {
        ErrorKind::Config | ErrorKind::Request => USAGE,
        ErrorKind::Connect | ErrorKind::Tls | ErrorKind::Timeout | ErrorKind::Interrupted => {
            NETWORK
        }
        _ => REFUSED,
    }
}

/// The details of a failed call in JSON.
fn details_of(error: &Error, resume_at: Option<u64>) -> Vec<(&'static str, Value)> {
    let attempts = Some(error.attempts()).filter(|attempts| *attempts > 0);
    let action = Some(error.action()).filter(|action| !action.is_empty());
    let mut details = vec![
        ("action", json!(action)),
        ("ret_code", json!(error.ret_code().map(|code| code.0))),
        ("request_uuid", json!(error.request_id())),
        (
            "http_status",
            json!(error.http_status().map(|status| status.as_u16())),
        ),
        ("server_message", json!(error.message())),
        ("attempts", json!(attempts)),
        ("resume_at", json!(resume_at)),
    ];

    details.retain(|(_, value)| !value.is_null());
    details
}

/// Returns the message of a failed call: the library's summary in English, a translation otherwise.
fn message_of(error: &Error, resume_at: Option<u64>) -> String {
    if let Some(message) = language().error_message(error, resume_at) {
        return message;
    }

    let mut line = error.summary();
    if let Some(cause) = error.root_cause().filter(|_| status_of(error) == NETWORK) {
        let cause = cause.to_string();
        let cause = sanitize(cause.trim());
        if !line.contains(&*cause) {
            line = format!("{line} ({cause})");
        }
    }

    if let (Some(offset), None) = (resume_at, error.resume_at()) {
        let note = text!(err_resume, offset);
        line = format!("{line} [{note}]");
    }
    line
}

fn hint_for(error: &Error) -> Option<&'static str> {
    let texts = texts();
    let reads = effect_of(error.action()) == Effect::Read;
    let unknown_outcome = error.was_sent() == Sent::Maybe && !reads;

    let hint = match (error.ret_code(), error.kind()) {
        (Some(RetCode::ACTION_NOT_FOUND), _) if error.action() == DescribeFavoriteImages::NAME => {
            texts.hint_favorites
        }
        (Some(RetCode::ACTION_NOT_FOUND), _) => texts.hint_not_found_action,
        (Some(RetCode::SIGNATURE_WRONG | RetCode::SIGNATURE_MISSING), _) => texts.hint_signature,
        (Some(RetCode::USER_NOT_FOUND | RetCode::TOKEN_NOT_FOUND), _) => texts.hint_public_key,
        (Some(RetCode::IAM_FORBIDDEN | RetCode::PROJECT_NOT_FOUND), _) => texts.hint_iam,
        (Some(RetCode::RESOURCE_NOT_FOUND | RetCode::DISK_NOT_FOUND), _) => texts.hint_not_found,
        (Some(RetCode::PARAMETER_NOT_AVAILABLE), _) if rejects_image_id(error) => {
            texts.hint_not_found
        }
        (Some(RetCode::PARAMETER_MISSING), _) if requires_zone(error) => texts.hint_zone,
        (
            Some(
                RetCode::PARAMETER_MISSING
                | RetCode::PARAMETER_OUT_OF_RANGE
                | RetCode::PARAMETER_NOT_AVAILABLE
                | RetCode::PARAMETER_FORMAT,
            ),
            _,
        ) => texts.hint_parameter,
        _ if error.is_throttled() => texts.hint_throttled,
        _ if unknown_outcome => texts.hint_unknown_outcome,
        (Some(RetCode::RIGHT_MISSING | RetCode::NO_PERMISSION), _) => texts.hint_rights,
        // A read cannot have taken effect.
        (Some(code), _) if reads && code.outcome_unknown() => texts.hint_later,
        (Some(code), _) => {
            let hint = change_hint(code, error.action()).or_else(|| language().advice(code));
            return hint.or_else(|| code.meaning().is_none().then_some(texts.hint_faq));
        }
        (None, ErrorKind::Connect) => texts.hint_network,
        (None, ErrorKind::Tls) => texts.hint_tls,
        (None, ErrorKind::Timeout) => texts.hint_timeout,
        (None, ErrorKind::Redirect) => texts.hint_redirect,
        (None, ErrorKind::Body(BodyFault::Html)) => texts.hint_html,
        (None, ErrorKind::Status | ErrorKind::Interrupted) => texts.hint_later,
        (
            None,
            ErrorKind::Body(_) | ErrorKind::TooLarge | ErrorKind::Protocol | ErrorKind::Paging,
        ) => texts.hint_faq,
        _ => return None,
    };

    Some(hint)
}

/// Returns `true` if the service rejects the image id. The platform's list accepts ids of platform
/// images only.
pub(crate) fn rejects_image_id(error: &Error) -> bool {
    error.ret_code() == Some(RetCode::PARAMETER_NOT_AVAILABLE)
        && error
            .message()
            .is_some_and(|message| message.contains("CompShareImageId"))
}

/// Returns `true` if the request needs a zone. Sources differ on which actions require one.
pub(crate) fn requires_zone(error: &Error) -> bool {
    if error.ret_code() != Some(RetCode::PARAMETER_MISSING) {
        return false;
    }

    let mut words = error
        .message()
        .into_iter()
        .flat_map(|message| message.split(|c: char| !c.is_ascii_alphanumeric()));
    words.any(|word| word == "Zone")
}

/// Returns the hint for an image or instance that cannot be changed.
fn change_hint(code: RetCode, action: &str) -> Option<&'static str> {
    let texts = texts();
    Some(match code {
        RetCode::SHARED_IMAGE_NOT_SHAREABLE => texts.hint_shared_image,
        RetCode::TARGET_ACCOUNT_NOT_FOUND => texts.hint_account,
        RetCode::VERSION_NAME_EXISTS => texts.hint_version_name,
        RetCode::PAID_IMAGE => texts.hint_paid_image,
        RetCode::CREATING_IMAGE => texts.hint_making_image,
        RetCode::IMAGE_NOT_USABLE if action == PublishCompShareImage::NAME => {
            texts.hint_publishable
        }
        RetCode::INSTANCE_BUSY | RetCode::POWER_STATE
            if action == ResetCompShareInstancePassword::NAME =>
        {
            texts.hint_password_state
        }
        RetCode::NOT_CHANGEABLE_NOW if action == TerminateCompShareCustomImage::NAME => {
            texts.hint_published
        }
        _ => return None,
    })
}

/// Returns the effect of an action: from the library if it is typed, otherwise by its name.
pub(crate) fn effect_of(action: &str) -> Effect {
    let by_name = || {
        ["Describe", "Get", "List", "Check"]
            .iter()
            .any(|prefix| action.starts_with(prefix))
            .then_some(Effect::Read)
    };
    model::effect_of(action)
        .or_else(by_name)
        .unwrap_or(Effect::Write)
}

/// Truncates a message for a terminal or log.
pub(crate) fn truncate_message(text: &str) -> String {
    truncate(text, MAX_TEXT)
}

/// Truncates `text` to at most `max` bytes.
pub(crate) fn truncate(text: &str, max: usize) -> String {
    if text.len() <= max {
        return text.to_owned();
    }
    let mut short = String::with_capacity(max);
    for character in text.chars() {
        if short.len() + character.len_utf8() + '…'.len_utf8() > max {
            break;
        }
        short.push(character);
    }
    short.push('…');
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn local_failures_have_status_and_text() {
        for (failure, status, code) in [
            (Failure::usage("x"), 2, "usage_error"),
            (Failure::configuration("x"), 2, "configuration_error"),
            (Failure::unexpected_response("x"), 1, "api_error"),
            (Failure::not_found("x"), 1, "api_error"),
            (Failure::timed_out("x"), 3, "transport_error"),
            (Failure::declined(), 1, "aborted"),
            (
                io::Error::from(io::ErrorKind::StorageFull).into(),
                1,
                "output_error",
            ),
        ] {
            assert_eq!(
                (failure.status, failure.code),
                (status, code),
                "{failure:?}"
            );
            assert!(!failure.message.is_empty(), "{failure:?}");
        }
        let closed_pipe = io::Error::from(io::ErrorKind::BrokenPipe);
        for (failure, status) in [(closed_pipe.into(), 0), (Failure::silent(3), 3)] {
            assert_eq!((failure.status, failure.message.as_str()), (status, ""));
        }
    }

    #[test]
    fn cuts_texts_between_characters() {
        assert_eq!(truncate("镜像镜像", 12), "镜像镜像");
        assert_eq!(truncate("镜像镜像", 11), "镜像…");
        assert!(truncate_message(&"x".repeat(10_000)).len() <= MAX_TEXT);
    }

    #[test]
    fn effects_follow_the_model_or_the_name() {
        for (action, effect) in [
            ("DescribeX", Effect::Read),
            ("CheckX", Effect::Read),
            ("GetCompShareImageCreateProgress", Effect::Read),
            ("AddFavoriteImage", Effect::IdempotentWrite),
            ("CreateX", Effect::Write),
            ("", Effect::Write),
        ] {
            assert_eq!(effect_of(action), effect, "{action}");
        }
    }
}
