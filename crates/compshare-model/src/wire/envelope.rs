//! What every answer has: the action, the RetCode, a message, a request id; and how an answer is read.

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

/// What every answer has around its own fields.
///
/// `Debug` shows no text, only its length: the service is known to repeat parts of the request in its messages.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Envelope {
    /// The action that answers. Never checked: `DescribeSelfCommunityImages` is documented to answer with another name.
    pub action: Option<String>,
    /// 0 for success.
    pub ret_code: RetCode,
    /// What went wrong, in Chinese or English. Written by the service and sometimes with parts of the request in it: data
    /// to be shown with care, not to be matched.
    pub message: Option<String>,
    /// The request's id, where the body has one (`request_uuid`, `RequestId`, `RequestUuid`, `request_id`). The header
    /// `X-UCLOUD-REQUEST-UUID` is its proper place.
    pub request_id: Option<String>,
}

impl Envelope {
    /// An envelope with a RetCode and nothing else.
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

/// A successful answer.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Reply<R> {
    /// What every answer has.
    pub envelope: Envelope,
    /// The answer itself.
    pub value: R,
}

/// A place in the text of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Place {
    /// The line, from 1.
    pub line: usize,
    /// The byte in the line, from 1; 0 if the line ends before its first.
    pub column: usize,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {} column {}", self.line, self.column)
    }
}

/// Why an answer gives no value.
///
/// Holds positions, names of JSON types and known names of fields; never anything of the body. The one exception is the
/// [`Envelope`] of a refusal, whose texts neither `Display` nor `Debug` show.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EnvelopeError {
    /// The service refused: a RetCode other than 0.
    #[error("refused with RetCode {}", .0.ret_code)]
    Refused(Envelope),
    /// The text ends before the JSON does.
    #[error("the answer is cut off at {0}")]
    Truncated(Place),
    /// There is something after the JSON.
    #[error("the answer has trailing text at {0}")]
    TrailingData(Place),
    /// Nested more than 128 deep.
    #[error("the answer is nested too deeply at {0}")]
    TooDeep(Place),
    /// No JSON, or a number that is out of range.
    #[error("the answer is not JSON at {0}")]
    NotJson(Place),
    /// JSON, but no object.
    #[error("the answer is not a JSON object")]
    NotAnObject,
    /// An object without a RetCode, or with one that is no whole number. Not a success.
    #[error("the answer has no usable RetCode")]
    NoRetCode,
    /// RetCode 0, but what follows does not have the form that the action's answer should have.
    #[error("the answer does not have the expected form at {place}: {problem}")]
    Shape {
        /// Where reading stopped.
        place: Place,
        /// What is wrong there.
        problem: Problem,
    },
}

/// What is wrong with the form of an answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Problem {
    /// A list whose rows would be lost.
    #[error("{0}")]
    List(ListError),
    /// Anything else, in words of our own: "a value of the wrong type".
    #[error("{0}")]
    Other(&'static str),
}

/// Reads an answer: its envelope, and `R` from the same object.
///
/// A response of this crate takes one pass, any other a second one after the envelope. `R` sees all fields, those of the
/// envelope included. What comes twice counts as it comes
/// last. `Action` is never checked.
///
/// # Errors
///
/// [`EnvelopeError`] unless the text is one JSON object with a RetCode of 0 from which `R` can be read. A RetCode other
/// than 0 is told even if `R` cannot be read.
///
/// ```
/// use compshare_model::RetCode;
/// use compshare_model::envelope::{EnvelopeError, decode};
///
/// let reply = decode::<serde_json::Value>(r#"{"RetCode": 0, "TotalCount": 3}"#)?;
/// assert_eq!(reply.value["TotalCount"], 3);
///
/// let error = decode::<serde_json::Value>(r#"{"RetCode": "161", "Message": "Action not found"}"#).unwrap_err();
/// assert!(matches!(error, EnvelopeError::Refused(envelope) if envelope.ret_code == RetCode::ACTION_NOT_FOUND));
/// # Ok::<(), EnvelopeError>(())
/// ```
pub fn decode<R: Response>(json: &str) -> Result<Reply<R>, EnvelopeError> {
    R::decode(json)
}

impl Envelope {
    /// Decodes the envelope alone, whatever its RetCode; the rest of the object is skipped.
    ///
    /// # Errors
    ///
    /// [`EnvelopeError`] unless the text is one JSON object with a usable RetCode.
    pub fn decode(json: &str) -> Result<Self, EnvelopeError> {
        decode_envelope(json)
    }

    fn succeeded(self) -> Result<Self, EnvelopeError> {
        if self.ret_code == RetCode::SUCCESS {
            Ok(self)
        } else {
            Err(EnvelopeError::Refused(self))
        }
    }
}

/// Decodes a record of this crate, in one pass.
pub(crate) fn decode_record(
    record: &mut dyn Record,
    json: &str,
) -> Result<Envelope, EnvelopeError> {
    match decode_record_exactly(record, json) {
        Err(EnvelopeError::NotJson(position)) => match whole_characters(json) {
            // A text that was cut in the middle of a character must not cost the rest of the body.
            Some(mended) => {
                *record.extra_mut() = Extra::default();
                decode_record_exactly(record, &mended)
            }
            None => Err(EnvelopeError::NotJson(position)),
        },
        result => result,
    }
}

fn decode_record_exactly(record: &mut dyn Record, json: &str) -> Result<Envelope, EnvelopeError> {
    let mut context = Context::of_text(json.len());
    let Err(error) = read::record_from_text(record, json, &mut context) else {
        return envelope_of(record)?.succeeded();
    };

    // An error response need not look like the response of the action.
    decode_envelope(json)?.succeeded()?;
    Err(EnvelopeError::of(&error, context.list_error, json))
}

/// Decodes a type with serde, after the envelope.
pub(crate) fn decode_with_serde<R: DeserializeOwned>(
    json: &str,
) -> Result<Reply<R>, EnvelopeError> {
    let mended;
    let (json, envelope) = match decode_envelope(json) {
        Err(EnvelopeError::NotJson(position)) => {
            mended = whole_characters(json).ok_or(EnvelopeError::NotJson(position))?;
            (mended.as_str(), decode_envelope(&mended)?)
        }
        result => (json, result?),
    };
    let envelope = envelope.succeeded()?;
    let value =
        serde_json::from_str(json).map_err(|error| EnvelopeError::of(&error, None, json))?;
    Ok(Reply { envelope, value })
}

/// Decodes the envelope and skips everything else.
fn decode_envelope(json: &str) -> Result<Envelope, EnvelopeError> {
    if !json.trim_ascii_start().starts_with('{') {
        let error = serde_json::from_str::<IgnoredAny>(json).err();
        return Err(error.map_or(EnvelopeError::NotAnObject, |error| {
            EnvelopeError::of(&error, None, json)
        }));
    }
    let mut fields = Acknowledged::default();
    let mut context = Context::of_text(json.len()).skip_unknown();
    read::record_from_text(&mut fields, json, &mut context)
        .map_err(|error| EnvelopeError::of(&error, None, json))?;
    envelope_of(&fields)
}

/// Returns the envelope of a response. Of fields that came twice, the last one counts.
fn envelope_of(record: &dyn Record) -> Result<Envelope, EnvelopeError> {
    let ret_code = last(record, "RetCode").integer();
    let ret_code = ret_code.and_then(|code| i64::try_from(code).ok());
    // Several spellings may be there at once; an empty one must not hide another.
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

/// Returns the last value of a field that is a scalar.
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

/// Returns the text of a scalar; an empty one is absent.
fn text(scalar: Scalar<'_>) -> Option<String> {
    scalar.text().filter(|text| !text.is_empty())
}

/// Whether a field of this name holds the id of the request.
pub(super) fn is_request_id(name: &str) -> bool {
    matches!(
        name,
        "request_uuid" | "RequestId" | "RequestUuid" | "request_id"
    )
}

/// The text with `\ufffd` for every escape that is half a character (`\ud83d` without its other half), as UTF-16 programs
/// write when they cut a text; `None` if there is no such escape.
fn whole_characters(json: &str) -> Option<String> {
    let unit = |at: usize| {
        let digits = json.get(at..at + 6)?.strip_prefix("\\u")?;
        u16::from_str_radix(digits, 16).ok()
    };
    let mut mended = String::new();
    let mut copied = 0;
    let mut at = 0;
    while let Some(next) = json.get(at..).and_then(|rest| rest.find('\\')) {
        at += next;
        match unit(at) {
            Some(0xd800..=0xdbff) if matches!(unit(at + 6), Some(0xdc00..=0xdfff)) => at += 12,
            Some(0xd800..=0xdfff) => {
                mended.push_str(json.get(copied..at)?);
                mended.push_str("\\ufffd");
                at += 6;
                copied = at;
            }
            Some(_) => at += 6,
            // Any other escape is two characters.
            None => at += 1 + json.get(at + 1..)?.chars().next()?.len_utf8(),
        }
    }
    mended.push_str(json.get(copied..)?);
    (copied > 0).then_some(mended)
}

impl EnvelopeError {
    fn of(error: &serde_json::Error, list_error: Option<ListError>, json: &str) -> Self {
        let place = Place {
            line: error.line(),
            column: error.column(),
        };
        let message = error.to_string();
        match error.classify() {
            serde_json::error::Category::Eof => Self::Truncated(place),
            serde_json::error::Category::Data => Self::Shape {
                place,
                problem: list_error.map_or_else(|| Problem::of(&message), Problem::List),
            },
            // Of these messages serde_json writes every word itself.
            _ if message.starts_with("trailing characters") => Self::TrailingData(place),
            _ if message.starts_with("recursion limit exceeded") => Self::TooDeep(place),
            // A number that ends with the text after `1e` or `1.`: serde_json does not call that an end.
            _ if message.starts_with("invalid number")
                && json.ends_with(['e', 'E', '+', '-', '.']) =>
            {
                Self::Truncated(place)
            }
            _ => Self::NotJson(place),
        }
    }
}

impl Problem {
    /// Tells the kinds of serde's messages apart by their beginnings; what follows there may be quoted from the body.
    fn of(message: &str) -> Self {
        const KINDS: [(&str, &str); 6] = [
            ("invalid type", "a value of the wrong type"),
            ("invalid value", "a value out of range"),
            ("invalid length", "a list of the wrong length"),
            ("missing field", "a field is missing"),
            ("duplicate field", "a field comes twice"),
            ("unknown ", "an unknown name"),
        ];
        let kind = KINDS.iter().find(|(start, _)| message.starts_with(start));
        Self::Other(kind.map_or("a value that cannot be used", |(_, words)| words))
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;
    use serde_json::{Value, json};

    use super::*;
    use crate::ImageList;

    fn value(json: &str) -> Result<Reply<Value>, EnvelopeError> {
        decode(json)
    }

    fn favorites(json: &str) -> Result<Reply<ImageList>, EnvelopeError> {
        decode(json)
    }

    #[test]
    fn a_success_gives_envelope_and_value() {
        let json = r#"{"Action":"XResponse","RetCode":0,"Message":"","request_uuid":"r-1","A":[1,{"RetCode":5}]}"#;
        let reply = value(json).unwrap();
        assert_eq!(
            reply.value,
            serde_json::from_str::<Value>(json).unwrap(),
            "the value is the whole body"
        );
        assert_eq!(reply.envelope.action.as_deref(), Some("XResponse"));
        assert_eq!(reply.envelope.ret_code, RetCode::SUCCESS);
        assert_eq!(
            (reply.envelope.message, reply.envelope.request_id.as_deref()),
            (None, Some("r-1"))
        );
    }

    #[test]
    fn the_envelope_is_read_in_every_spelling() {
        for name in ["request_uuid", "RequestId", "RequestUuid", "request_id"] {
            let json = json!({"RetCode": "0", name: "r", "Action": null, "Message": 5}).to_string();
            let reply = value(&json).unwrap();
            assert_eq!(reply.envelope.request_id.as_deref(), Some("r"), "{name}");
            assert_eq!(
                (reply.envelope.action, reply.envelope.message.as_deref()),
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
    fn a_refusal_is_told_whatever_else_there_is() {
        for json in [
            r#"{"RetCode":161,"Message":"no"}"#,
            r#"{"RetCode":"161","Message":"no","ImageSet":"odd"}"#,
            r#"{"ImageSet":[1],"RetCode":161.0,"Message":"no"}"#,
            r#"{"RetCode":0,"Message":"no","RetCode":161}"#,
            r#"{"RetCode":161,"Message":"no","Rows":[{"a":1}]}"#,
        ] {
            let Err(EnvelopeError::Refused(envelope)) = favorites(json) else {
                panic!("{json}")
            };
            assert_eq!(
                (envelope.ret_code, envelope.message.as_deref()),
                (RetCode::ACTION_NOT_FOUND, Some("no"))
            );
        }
    }

    #[test]
    fn the_last_ret_code_counts() {
        assert!(value(r#"{"RetCode":161,"RetCode":0}"#).is_ok());
        assert!(matches!(
            value(r#"{"RetCode":0,"RetCode":null}"#),
            Err(EnvelopeError::NoRetCode)
        ));
    }

    #[test]
    fn no_usable_ret_code_is_no_success() {
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
    fn what_is_no_answer() {
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
            "white space is no trailing data"
        );
        let deep = format!(
            r#"{{"RetCode":0,"A":{}{}}}"#,
            "[".repeat(200),
            "]".repeat(200)
        );
        assert!(matches!(value(&deep), Err(EnvelopeError::TooDeep(_))));
        let refused = deep.replace(":0,", ":161,");
        assert!(
            matches!(value(&refused), Err(EnvelopeError::Refused(_))),
            "skipping needs no depth"
        );
        let endless = format!(r#"{{"RetCode":0,"A":{}"#, "[".repeat(100_000));
        assert!(value(&endless).is_err() && favorites(&endless).is_err());
    }

    #[test]
    fn lists_that_would_lose_rows_are_named() {
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
                "`ImageSet` is missing, but there is `FavoriteSet`",
            ),
            (
                r#"{"RetCode":0,"s3cr3t":[{}]}"#,
                "`ImageSet` is missing, but there is another list",
            ),
        ] {
            let error = favorites(json).unwrap_err();
            assert!(
                matches!(
                    error,
                    EnvelopeError::Shape {
                        problem: Problem::List(_),
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
    fn errors_of_foreign_types_show_nothing_of_the_body() {
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
            (r#"{"RetCode":0}"#, "a field is missing"),
            (
                r#"{"RetCode":0,"Kind":"A","Kind":"A"}"#,
                "a field comes twice",
            ),
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
    fn debug_shows_no_text_of_the_service() {
        let error =
            value(r#"{"RetCode":171,"Message":"s3cr3t","Action":"s3cr3t","RequestId":"s3cr3t"}"#)
                .unwrap_err();
        assert!(
            !format!("{error:?} {error}").contains("s3cr3t"),
            "{error:?}"
        );
        assert_eq!(error.to_string(), "refused with RetCode 171");
    }

    /// A text that was cut in the middle of an emoji, as UTF-16 programs cut it, costs neither the page nor a refusal.
    #[test]
    fn half_a_character_costs_nothing_else() {
        let body = r#"{"RetCode":0,"ImageSet":[{"CompShareImageId":"a","Name":"x \ud83d"},
            {"CompShareImageId":"b","Name":"\ude00 \ud83d\ude00 \\ud83d \u00e9 \n"},{"CompShareImageId":"c","Name":"\ud83d\u0041"}]}"#;
        let images = decode::<ImageList>(body).unwrap().value.into_images();
        let names: Vec<_> = images.iter().map(|image| image.name.as_str()).collect();
        assert_eq!(
            names,
            ["x \u{fffd}", "\u{fffd} 😀 \\ud83d é \n", "\u{fffd}A"]
        );

        let refusal = decode::<Value>(r#"{"RetCode":161,"Message":"Action \udfff"}"#).unwrap_err();
        let EnvelopeError::Refused(envelope) = refusal else {
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
        assert_eq!(whole_characters(r#"{"A":"\ud83d\ude00 \\ud83d é"}"#), None);
    }

    /// Rows of three bytes would take a kilobyte each.
    #[test]
    fn rows_are_bounded_by_the_length_of_the_text() {
        let problem = |body: &str| match decode::<ImageList>(body) {
            Ok(reply) => Ok(reply.value.images().count()),
            Err(EnvelopeError::Shape { problem, .. }) => Err(problem),
            Err(error) => panic!("{error}"),
        };
        let too_many = Err(Problem::List(ListError::TooManyRows));
        let rows = |row: &str, count: usize| vec![row; count].join(",");
        assert_eq!(
            problem(&format!(
                r#"{{"RetCode":0,"ImageSet":[{}]}}"#,
                rows("{}", 20_000)
            )),
            too_many
        );
        let group = format!(r#"{{"Data":[{}]}}"#, rows("{}", 1000));
        assert_eq!(
            problem(&format!(
                r#"{{"RetCode":0,"ImageSetGroup":[{}]}}"#,
                rows(&group, 20)
            )),
            too_many
        );
        let small = r#"{"CompShareImageId":"compshareImage-1pl06yxr5lvm","Name":"n"}"#;
        assert_eq!(
            problem(&format!(
                r#"{{"RetCode":0,"ImageSet":[{}]}}"#,
                rows(small, 50_000)
            )),
            Ok(50_000)
        );
    }

    #[test]
    fn rows_that_lie_deeper_are_not_an_empty_list() {
        for body in [
            r#"{"RetCode":0,"Data":{"ImageSet":[{"CompShareImageId":"a"}]}}"#,
            r#"{"RetCode":0,"Response":{"Data":{"Rows":[null,{}]}}}"#,
        ] {
            let error = decode::<ImageList>(body).unwrap_err();
            let EnvelopeError::Shape {
                problem: Problem::List(ListError::Elsewhere { .. }),
                ..
            } = error
            else {
                panic!("{error}")
            };
        }
    }
}
