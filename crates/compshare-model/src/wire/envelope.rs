//! Decoding of responses: the envelope with RetCode, message and request id, then the fields.

use std::fmt;

use serde::de::{DeserializeOwned, IgnoredAny};

use super::extra::Extra;
use super::field::{Content, Field};
pub use super::list_error::ListError;
use super::read::{self, Context};
use super::record::Record;
use super::response::Acknowledged;
use super::scalar::Scalar;
use crate::{Response, RetCode};

/// The fields common to all responses.
///
/// `Debug` shows the length of each text only: the service is known to repeat parts of the request
/// in its messages.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Envelope {
    /// The name of the action, normally with the suffix `Response`. It is not checked:
    /// `DescribeSelfCommunityImages` is documented with another action's name.
    pub action: Option<String>,
    /// 0 for success.
    pub ret_code: RetCode,
    /// The error message, in Chinese or English. It may repeat parts of the request. Do not match
    /// it, and display it with care.
    pub message: Option<String>,
    /// The request id, if the body has one (`request_uuid`, `RequestId`, `RequestUuid`,
    /// `request_id`). It is normally in the header `X-UCLOUD-REQUEST-UUID`.
    pub request_id: Option<String>,
}

impl Envelope {
    /// Creates an envelope with only a RetCode.
    pub fn new(ret_code: RetCode) -> Self {
        Self {
            action: None,
            ret_code,
            message: None,
            request_id: None,
        }
    }
}

impl fmt::Debug for Envelope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let length = |text: &Option<String>| {
            text.as_ref()
                .map(|text| format_args!("{} bytes", text.len()).to_string())
        };
        f.debug_struct("Envelope")
            .field("action", &length(&self.action))
            .field("ret_code", &self.ret_code)
            .field("message", &length(&self.message))
            .field("request_id", &length(&self.request_id))
            .finish()
    }
}

/// A decoded response with RetCode 0.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Decoded<R> {
    /// The fields common to all responses.
    pub envelope: Envelope,
    /// The response of the action.
    pub value: R,
}

/// A position in the text of a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The byte in the line, from 1; 0 before the first one.
    pub column: usize,
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {} column {}", self.line, self.column)
    }
}

/// An error decoding a response.
///
/// It contains positions, JSON types and known field names, but no text of the body. The exception
/// is the [`Envelope`] of an API error, whose texts are not shown by `Display` and `Debug`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EnvelopeError {
    /// The service returned an error: a RetCode other than 0.
    #[error("the service returned RetCode {}", .0.ret_code)]
    RetCode(Envelope),
    /// The JSON is incomplete.
    #[error("the response is truncated at {0}")]
    Truncated(Position),
    /// There is text after the JSON.
    #[error("the response has trailing data at {0}")]
    TrailingData(Position),
    /// The JSON is nested more than 128 levels deep.
    #[error("the response is nested too deeply at {0}")]
    TooDeep(Position),
    /// The text is not JSON, or has a number that is out of range.
    #[error("the response is not JSON at {0}")]
    NotJson(Position),
    /// The JSON is not an object.
    #[error("the response is not a JSON object")]
    NotAnObject,
    /// The RetCode is missing or not an integer. The response is not a success.
    #[error("the response has no valid RetCode")]
    NoRetCode,
    /// The RetCode is 0, but the fields do not match the response type.
    #[error("the response has an unexpected structure at {position}: {error}")]
    Shape {
        /// The position of the error.
        position: Position,
        /// The error.
        error: ShapeError,
    },
}

/// An unexpected structure of a response.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ShapeError {
    /// A list that cannot be decoded without losing rows.
    #[error("{0}")]
    List(ListError),
    /// Any other error, as a fixed text such as "a value of the wrong type".
    #[error("{0}")]
    Other(&'static str),
}

/// Decodes a response: the envelope, and `R` from the same object.
///
/// A response type of this crate takes one pass; any other takes a second pass after the envelope.
/// `R` is decoded from all fields, including those of the envelope. The last value of a repeated
/// field is used. `Action` is not checked.
///
/// # Errors
///
/// [`EnvelopeError`] unless the text is a JSON object with RetCode 0 that can be decoded as `R`. A
/// RetCode other than 0 takes precedence over errors in the other fields.
///
/// ```
/// use compshare_model::RetCode;
/// use compshare_model::envelope::{EnvelopeError, decode};
///
/// let response = decode::<serde_json::Value>(r#"{"RetCode": 0, "TotalCount": 3}"#)?;
/// assert_eq!(response.value["TotalCount"], 3);
///
/// let body = r#"{"RetCode": "161", "Message": "Action not found"}"#;
/// match decode::<serde_json::Value>(body) {
///     Err(EnvelopeError::RetCode(envelope)) => {
///         assert_eq!(envelope.ret_code, RetCode::ACTION_NOT_FOUND);
///     }
///     other => panic!("expected an API error: {other:?}"),
/// }
/// # Ok::<(), EnvelopeError>(())
/// ```
pub fn decode<R: Response>(json: &str) -> Result<Decoded<R>, EnvelopeError> {
    R::decode(json)
}

impl Envelope {
    /// Decodes the envelope with any RetCode, and skips all other fields.
    ///
    /// # Errors
    ///
    /// [`EnvelopeError`] unless the text is a JSON object with a valid RetCode.
    pub fn decode(json: &str) -> Result<Self, EnvelopeError> {
        decode_envelope(json)
    }

    /// Returns an error for a RetCode other than 0.
    fn check_ret_code(self) -> Result<Self, EnvelopeError> {
        if self.ret_code == RetCode::SUCCESS {
            Ok(self)
        } else {
            Err(EnvelopeError::RetCode(self))
        }
    }
}

/// Decodes a record of this crate in one pass.
pub(crate) fn decode_record(
    record: &mut dyn Record,
    json: &str,
) -> Result<Envelope, EnvelopeError> {
    match decode_record_exactly(record, json) {
        Err(EnvelopeError::NotJson(position)) => match replace_lone_surrogates(json) {
            // One text truncated within a character should not make the whole body unusable.
            Some(repaired) => {
                *record.extra_mut() = Extra::default();
                decode_record_exactly(record, &repaired)
            }
            None => Err(EnvelopeError::NotJson(position)),
        },
        result => result,
    }
}

fn decode_record_exactly(record: &mut dyn Record, json: &str) -> Result<Envelope, EnvelopeError> {
    let mut context = Context::for_text(json.len());
    let Err(error) = read::record_from_text(record, json, &mut context) else {
        return envelope_of(record)?.check_ret_code();
    };

    // An API error may have other fields than the response of the action.
    decode_envelope(json)?.check_ret_code()?;
    Err(EnvelopeError::from_serde(&error, context.list_error, json))
}

/// Decodes the envelope, then any type with serde.
pub(crate) fn decode_with_serde<R: DeserializeOwned>(
    json: &str,
) -> Result<Decoded<R>, EnvelopeError> {
    let repaired;
    let (json, envelope) = match decode_envelope(json) {
        Err(EnvelopeError::NotJson(position)) => {
            repaired = replace_lone_surrogates(json).ok_or(EnvelopeError::NotJson(position))?;
            (repaired.as_str(), decode_envelope(&repaired)?)
        }
        result => (json, result?),
    };

    let envelope = envelope.check_ret_code()?;
    let value = serde_json::from_str(json)
        .map_err(|error| EnvelopeError::from_serde(&error, None, json))?;
    Ok(Decoded { envelope, value })
}

/// Decodes the envelope and skips everything else.
fn decode_envelope(json: &str) -> Result<Envelope, EnvelopeError> {
    if !json.trim_ascii_start().starts_with('{') {
        let error = serde_json::from_str::<IgnoredAny>(json).err();
        return Err(error.map_or(EnvelopeError::NotAnObject, |error| {
            EnvelopeError::from_serde(&error, None, json)
        }));
    }

    let mut fields = Acknowledged::default();
    let mut context = Context::for_text(json.len()).skip_unknown();
    read::record_from_text(&mut fields, json, &mut context)
        .map_err(|error| EnvelopeError::from_serde(&error, None, json))?;
    envelope_of(&fields)
}

/// Returns the envelope of a record. The last value of a repeated field is used.
fn envelope_of(record: &dyn Record) -> Result<Envelope, EnvelopeError> {
    let ret_code = last(record, "RetCode").integer();
    let ret_code = ret_code.and_then(|code| i64::try_from(code).ok());

    // Several names may be present. Skip empty values.
    let request_ids = record
        .extra()
        .iter()
        .filter(|(name, _)| is_request_id(name));
    Ok(Envelope {
        action: text(last(record, "Action")),
        ret_code: RetCode(ret_code.ok_or(EnvelopeError::NoRetCode)?),
        message: text(last(record, "Message")),
        request_id: request_ids
            .filter_map(|(_, value)| text(value.into()))
            .last(),
    })
}

/// Returns the last value of a scalar field.
fn last<'a>(record: &'a dyn Record, name: &str) -> Scalar<'a> {
    if let Some(value) = record.extra().get(name) {
        return value.into();
    }
    let field = record.find(name).and_then(|(index, _)| record.field(index));
    match field.map(Field::content) {
        Some(Content::Scalar(scalar)) => scalar,
        _ => Scalar::Null,
    }
}

/// Returns the text of a scalar, or `None` if it is empty.
fn text(scalar: Scalar<'_>) -> Option<String> {
    scalar.text().filter(|text| !text.is_empty())
}

/// Returns `true` if the name is one of those used for the request id.
pub(super) fn is_request_id(name: &str) -> bool {
    matches!(
        name,
        "request_uuid" | "RequestId" | "RequestUuid" | "request_id"
    )
}

/// Replaces each escaped lone surrogate, such as `\ud83d` without its low half, by `\ufffd`.
///
/// UTF-16 programs produce these by truncating a text. Returns `None` if there are none.
fn replace_lone_surrogates(json: &str) -> Option<String> {
    let code_unit = |position: usize| {
        let digits = json.get(position..position + 6)?.strip_prefix("\\u")?;
        u16::from_str_radix(digits, 16).ok()
    };
    let mut repaired = String::new();
    let mut copied = 0;
    let mut position = 0;

    while let Some(next) = json.get(position..).and_then(|rest| rest.find('\\')) {
        position += next;
        match code_unit(position) {
            Some(0xd800..=0xdbff) if matches!(code_unit(position + 6), Some(0xdc00..=0xdfff)) => {
                position += 12;
            }
            Some(0xd800..=0xdfff) => {
                repaired.push_str(json.get(copied..position)?);
                repaired.push_str("\\ufffd");
                position += 6;
                copied = position;
            }
            Some(_) => position += 6,
            // Any other escape has two characters.
            None => position += 1 + json.get(position + 1..)?.chars().next()?.len_utf8(),
        }
    }

    repaired.push_str(json.get(copied..)?);
    (copied > 0).then_some(repaired)
}

impl EnvelopeError {
    fn from_serde(error: &serde_json::Error, list_error: Option<ListError>, json: &str) -> Self {
        let position = Position {
            line: error.line(),
            column: error.column(),
        };
        let message = error.to_string();

        match error.classify() {
            serde_json::error::Category::Eof => Self::Truncated(position),
            serde_json::error::Category::Data => Self::Shape {
                position,
                error: list_error.map_or_else(|| ShapeError::classify(&message), ShapeError::List),
            },
            // serde_json has no category for these errors. Their messages are constant.
            _ if message.starts_with("trailing characters") => Self::TrailingData(position),
            _ if message.starts_with("recursion limit exceeded") => Self::TooDeep(position),
            // A number truncated after `1e` or `1.`, which serde_json does not report as `Eof`.
            _ if message.starts_with("invalid number")
                && json.ends_with(['e', 'E', '+', '-', '.']) =>
            {
                Self::Truncated(position)
            }
            _ => Self::NotJson(position),
        }
    }
}

impl ShapeError {
    /// Classifies a serde message by its prefix. The rest may quote the body, and is discarded.
    fn classify(message: &str) -> Self {
        const KINDS: [(&str, &str); 6] = [
            ("invalid type", "a value of the wrong type"),
            ("invalid value", "a value out of range"),
            ("invalid length", "a list of the wrong length"),
            ("missing field", "a missing field"),
            ("duplicate field", "a repeated field"),
            ("unknown ", "an unknown name"),
        ];
        let kind = KINDS.iter().find(|(prefix, _)| message.starts_with(prefix));
        Self::Other(kind.map_or("an invalid value", |(_, text)| text))
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;
    use serde_json::{Value, json};

    use super::*;
    use crate::ImageList;

    fn value(json: &str) -> Result<Decoded<Value>, EnvelopeError> {
        decode(json)
    }

    fn favorites(json: &str) -> Result<Decoded<ImageList>, EnvelopeError> {
        decode(json)
    }

    #[test]
    fn decodes_envelope_and_value() {
        let json = r#"{"Action":"XResponse","RetCode":0,"Message":"","request_uuid":"r-1","A":[1,{"RetCode":5}]}"#;
        let decoded = value(json).unwrap();
        assert_eq!(
            decoded.value,
            serde_json::from_str::<Value>(json).unwrap(),
            "the value contains the whole body"
        );
        assert_eq!(decoded.envelope.action.as_deref(), Some("XResponse"));
        assert_eq!(decoded.envelope.ret_code, RetCode::SUCCESS);
        assert_eq!(
            (
                decoded.envelope.message,
                decoded.envelope.request_id.as_deref()
            ),
            (None, Some("r-1"))
        );
    }

    #[test]
    fn envelope_accepts_every_spelling() {
        for name in ["request_uuid", "RequestId", "RequestUuid", "request_id"] {
            let json = json!({"RetCode": "0", name: "r", "Action": null, "Message": 5}).to_string();
            let decoded = value(&json).unwrap();
            assert_eq!(decoded.envelope.request_id.as_deref(), Some("r"), "{name}");
            assert_eq!(
                (decoded.envelope.action, decoded.envelope.message.as_deref()),
                (None, Some("5"))
            );
        }
        let both = value(r#"{"RequestId":"r","request_uuid":"","RetCode":0}"#).unwrap();
        assert_eq!(both.envelope.request_id.as_deref(), Some("r"));
        let escaped = value(r#"{"Ret\u0043ode":0,"Mess\u0061ge":"a\nb"}"#).unwrap();
        assert_eq!(escaped.envelope.message.as_deref(), Some("a\nb"));
        assert_eq!(escaped.value["Message"], "a\nb");
    }

    #[test]
    fn ret_code_takes_precedence_over_other_fields() {
        for json in [
            r#"{"RetCode":161,"Message":"no"}"#,
            r#"{"RetCode":"161","Message":"no","ImageSet":"odd"}"#,
            r#"{"ImageSet":[1],"RetCode":161.0,"Message":"no"}"#,
            r#"{"RetCode":0,"Message":"no","RetCode":161}"#,
            r#"{"RetCode":161,"Message":"no","Rows":[{"a":1}]}"#,
        ] {
            let Err(EnvelopeError::RetCode(envelope)) = favorites(json) else {
                panic!("{json}")
            };
            assert_eq!(
                (envelope.ret_code, envelope.message.as_deref()),
                (RetCode::ACTION_NOT_FOUND, Some("no"))
            );
        }
    }

    #[test]
    fn last_ret_code_is_used() {
        assert!(value(r#"{"RetCode":161,"RetCode":0}"#).is_ok());
        assert!(matches!(
            value(r#"{"RetCode":0,"RetCode":null}"#),
            Err(EnvelopeError::NoRetCode)
        ));
    }

    #[test]
    fn missing_or_invalid_ret_code_is_an_error() {
        for json in [
            "{}",
            r#"{"RetCode":null}"#,
            r#"{"RetCode":""}"#,
            r#"{"RetCode":"ok"}"#,
            r#"{"RetCode":0.5}"#,
            r#"{"retcode":0}"#,
        ] {
            assert_eq!(value(json).unwrap_err(), EnvelopeError::NoRetCode, "{json}");
            assert_eq!(
                favorites(json).unwrap_err(),
                EnvelopeError::NoRetCode,
                "{json}"
            );
        }
        for json in [
            r#"{"RetCode":[0]}"#,
            r#"{"RetCode":{"a":0}}"#,
            r#"{"RetCode":false}"#,
        ] {
            assert_eq!(value(json).unwrap_err(), EnvelopeError::NoRetCode, "{json}");
        }
    }

    #[test]
    fn invalid_json_is_classified() {
        for json in [
            "[]",
            "1",
            "null",
            "true",
            r#""{}""#,
            r#"[{"RetCode":0}]"#,
            "1.5",
            "-1",
        ] {
            assert_eq!(
                value(json).unwrap_err(),
                EnvelopeError::NotAnObject,
                "{json}"
            );
        }
        for json in [
            "<html></html>",
            "x",
            "{RetCode:0}",
            r#"{"RetCode":0,}"#,
            "{\"RetCode\":\"\n\"}",
        ] {
            assert!(
                matches!(value(json), Err(EnvelopeError::NotJson(_))),
                "{json}: {:?}",
                value(json)
            );
        }
        assert!(value(r#"{"RetCode":1e999}"#).is_err());
        for json in [
            "",
            " ",
            "{",
            r#"{"RetCode":0"#,
            r#"{"RetCode":0,"A":[{"#,
            r#"{"RetCode":0,"A":"#,
            r#"{"RetCode":0,"A":-"#,
        ] {
            assert!(
                matches!(value(json), Err(EnvelopeError::Truncated(_))),
                "{json}: {:?}",
                value(json)
            );
            assert!(
                matches!(favorites(json), Err(EnvelopeError::Truncated(_))),
                "{json}"
            );
        }
        for json in [
            r#"{"RetCode":0} x"#,
            r#"{"RetCode":0}{"RetCode":0}"#,
            "{\"RetCode\":161}\0",
            "[] 1",
        ] {
            assert!(
                matches!(value(json), Err(EnvelopeError::TrailingData(_))),
                "{json}: {:?}",
                value(json)
            );
        }
        assert!(
            value("\n {\"RetCode\":0}\r\n\t ").is_ok(),
            "white space is not trailing data"
        );
        let deep = format!(
            r#"{{"RetCode":0,"A":{}{}}}"#,
            "[".repeat(200),
            "]".repeat(200)
        );
        assert!(matches!(value(&deep), Err(EnvelopeError::TooDeep(_))));
        let refused = deep.replace(":0,", ":161,");
        assert!(
            matches!(value(&refused), Err(EnvelopeError::RetCode(_))),
            "skipped values have no depth limit"
        );
        let endless = format!(r#"{{"RetCode":0,"A":{}"#, "[".repeat(100_000));
        assert!(value(&endless).is_err() && favorites(&endless).is_err());
    }

    #[test]
    fn list_errors_contain_the_name_of_the_list() {
        for (json, words) in [
            (
                r#"{"RetCode":0,"ImageSet":"s3cr3t"}"#,
                "`ImageSet` is a string",
            ),
            (
                r#"{"RetCode":0,"CompshareImageGroup":5}"#,
                "`CompshareImageGroup` is a number",
            ),
            (
                r#"{"RetCode":0,"ImageSetGroup":["s3cr3t"]}"#,
                "row 0 of `ImageSetGroup` is a string",
            ),
            (
                r#"{"RetCode":0,"ImageSet":[{},null,["s3cr3t"]]}"#,
                "row 2 of `ImageSet` is a list",
            ),
            (
                r#"{"RetCode":0,"FavoriteSet":[{"Id":"s3cr3t"}]}"#,
                "`ImageSet` is missing; found `FavoriteSet` instead",
            ),
            (
                r#"{"RetCode":0,"s3cr3t":[{}]}"#,
                "`ImageSet` is missing; found another list instead",
            ),
        ] {
            let error = favorites(json).unwrap_err();
            assert!(
                matches!(
                    error,
                    EnvelopeError::Shape {
                        error: ShapeError::List(_),
                        ..
                    }
                ),
                "{json}: {error:?}"
            );
            let text = error.to_string();
            assert!(
                text.ends_with(words) && text.contains("at line 1 column "),
                "{text}"
            );
            assert!(!format!("{error:?}{text}").contains("s3cr3t"));
        }
    }

    #[test]
    fn serde_errors_contain_no_text_of_the_body() {
        #[derive(Debug, Deserialize)]
        #[serde(rename_all = "PascalCase", deny_unknown_fields)]
        #[allow(dead_code)]
        struct Strict {
            ret_code: u8,
            kind: Kind,
        }
        #[derive(Debug, Deserialize)]
        enum Kind {
            A,
        }
        for (json, words) in [
            (r#"{"RetCode":0,"Kind":"s3cr3t"}"#, "an unknown name"),
            (r#"{"RetCode":0,"s3cr3t":1}"#, "an unknown name"),
            (r#"{"RetCode":0}"#, "a missing field"),
            (r#"{"RetCode":0,"Kind":"A","Kind":"A"}"#, "a repeated field"),
            (
                r#"{"RetCode":"0","Kind":"s3cr3t"}"#,
                "a value of the wrong type",
            ),
        ] {
            let error = decode::<crate::Json<Strict>>(json).unwrap_err();
            assert!(error.to_string().ends_with(words), "{json}: {error}");
            assert!(!format!("{error:?}{error}").contains("s3cr3t"));
            assert!(std::error::Error::source(&error).is_none());
        }
        assert!(matches!(
            decode::<crate::Json<Strict>>(r#"{"RetCode":0,"Kind":"A"}"#)
                .unwrap()
                .value
                .0
                .kind,
            Kind::A
        ));
    }

    #[test]
    fn debug_redacts_texts_of_the_service() {
        let error =
            value(r#"{"RetCode":171,"Message":"s3cr3t","Action":"s3cr3t","RequestId":"s3cr3t"}"#)
                .unwrap_err();
        assert!(
            !format!("{error:?} {error}").contains("s3cr3t"),
            "{error:?}"
        );
        assert_eq!(error.to_string(), "the service returned RetCode 171");
    }

    /// UTF-16 programs may truncate a text within an emoji.
    #[test]
    fn lone_surrogates_are_replaced() {
        let body = r#"{"RetCode":0,"ImageSet":[{"CompShareImageId":"a","Name":"x \ud83d"},
            {"CompShareImageId":"b","Name":"\ude00 \ud83d\ude00 \\ud83d \u00e9 \n"},{"CompShareImageId":"c","Name":"\ud83d\u0041"}]}"#;
        let images = decode::<ImageList>(body).unwrap().value.into_images();
        let names: Vec<_> = images.iter().map(|image| image.name.as_str()).collect();
        assert_eq!(
            names,
            ["x \u{fffd}", "\u{fffd} 😀 \\ud83d é \n", "\u{fffd}A"]
        );

        let refusal = decode::<Value>(r#"{"RetCode":161,"Message":"Action \udfff"}"#).unwrap_err();
        let EnvelopeError::RetCode(envelope) = refusal else {
            panic!("{refusal}")
        };
        assert_eq!(envelope.message.as_deref(), Some("Action \u{fffd}"));

        for broken in [
            r#"{"RetCode":0,"X":"\ud83d"#,
            r#"{"RetCode":0,"X":"\ud83d\"#,
            r#"{"RetCode":0,"X":\ud83d}"#,
        ] {
            assert!(decode::<Value>(broken).is_err(), "{broken}");
        }
        assert_eq!(
            replace_lone_surrogates(r#"{"A":"\ud83d\ude00 \\ud83d é"}"#),
            None
        );
    }

    /// Each row of three bytes would take a kilobyte.
    #[test]
    fn rows_are_limited_by_the_length_of_the_text() {
        let count = |body: &str| match decode::<ImageList>(body) {
            Ok(response) => Ok(response.value.images().count()),
            Err(EnvelopeError::Shape { error, .. }) => Err(error),
            Err(error) => panic!("{error}"),
        };
        let too_many = Err(ShapeError::List(ListError::TooManyRows));
        let rows = |row: &str, count: usize| vec![row; count].join(",");
        assert_eq!(
            count(&format!(
                r#"{{"RetCode":0,"ImageSet":[{}]}}"#,
                rows("{}", 20_000)
            )),
            too_many
        );
        let group = format!(r#"{{"Data":[{}]}}"#, rows("{}", 1000));
        assert_eq!(
            count(&format!(
                r#"{{"RetCode":0,"ImageSetGroup":[{}]}}"#,
                rows(&group, 20)
            )),
            too_many
        );
        let small = r#"{"CompShareImageId":"compshareImage-1pl06yxr5lvm","Name":"n"}"#;
        assert_eq!(
            count(&format!(
                r#"{{"RetCode":0,"ImageSet":[{}]}}"#,
                rows(small, 50_000)
            )),
            Ok(50_000)
        );
    }

    #[test]
    fn nested_rows_are_an_error() {
        for body in [
            r#"{"RetCode":0,"Data":{"ImageSet":[{"CompShareImageId":"a"}]}}"#,
            r#"{"RetCode":0,"Response":{"Data":{"Rows":[null,{}]}}}"#,
        ] {
            let error = decode::<ImageList>(body).unwrap_err();
            let EnvelopeError::Shape {
                error: ShapeError::List(ListError::Renamed { .. }),
                ..
            } = error
            else {
                panic!("{error}")
            };
        }
    }
}
