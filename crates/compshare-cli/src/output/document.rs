//! JSON documents.

use std::io;

use compshare_client::Reply;
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::format::{Format, SCHEMA};
use super::json::{pretty, to_text};
use super::stdout::Output;

impl Output {
    /// Adds a document: with `ok` and `schema` in `json`, only the data in `jsonl`.
    pub(crate) fn document(
        &mut self,
        format: Format,
        data: &impl Serialize,
        meta: Map<String, Value>,
    ) -> io::Result<()> {
        self.outcome(format, true, data, meta)
    }

    /// Adds a document like [`document`](Self::document), with `ok` set to `is_ok`.
    pub(crate) fn outcome(
        &mut self,
        format: Format,
        is_ok: bool,
        data: &impl Serialize,
        meta: Map<String, Value>,
    ) -> io::Result<()> {
        let text = if format == Format::JsonLines {
            to_text(data)
        } else {
            let data = serde_json::to_value(data)?;
            let mut document = json!({"ok": is_ok, "schema": SCHEMA, "data": data});
            if let (Some(document), false) = (document.as_object_mut(), meta.is_empty()) {
                document.insert("meta".to_owned(), meta.into());
            }
            if self.is_terminal() {
                pretty(&document)
            } else {
                to_text(&document)
            }
        };

        self.line(&text?);
        Ok(())
    }
}

/// Returns the `meta` of a document about one call.
pub(crate) fn reply_meta<T>(action: &str, reply: &Reply<T>) -> Map<String, Value> {
    let mut meta = Map::new();
    meta.insert("action".to_owned(), action.into());
    meta.insert("ret_code".to_owned(), 0.into());
    if let Some(id) = &reply.request_id {
        meta.insert("request_uuid".to_owned(), id.as_str().into());
    }
    meta.insert("attempts".to_owned(), reply.attempts.into());
    meta
}

/// Returns the members of a response without the envelope.
pub(crate) fn members(response: &impl Serialize) -> serde_json::Result<Map<String, Value>> {
    serde_json::to_value(response).map(without_envelope)
}

/// Like [`members`], for a response that is already a [`Value`].
pub(crate) fn without_envelope(response: Value) -> Map<String, Value> {
    let mut members = match response {
        Value::Object(members) => members,
        other => Map::from_iter([("value".to_owned(), other)]),
    };
    members.retain(|name, _| !["Action", "RetCode"].contains(&name.as_str()));
    members
}
