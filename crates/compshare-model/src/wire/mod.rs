//! Serialization of requests and deserialization of responses.
//!
//! | file | subject |
//! | --- | --- |
//! | `record.rs` | records as tables of fields: the macro [`record!`](record::record) |
//! | `field.rs`, `scalar.rs` | conversions between JSON values and each field type |
//! | `read.rs`, `write.rs` | the deserializer and the serializer of all records |
//! | `extra.rs` | unknown fields, and original values that the typed fields do not preserve |
//! | `envelope.rs`, `response.rs` | complete responses: the envelope and the record, in one pass |
//! | `list_error.rs` | errors about lists |
//! | `action.rs`, `request.rs`, `untyped.rs` | requests: the macro [`request!`](request::request), and untyped actions |
//! | `flatten.rs` | the flat parameters of a request |
//! | `paging.rs` | paged listings |

pub(crate) mod action;
pub mod envelope;
pub(crate) mod extra;
pub(crate) mod field;
pub mod flatten;
pub(crate) mod list_error;
pub(crate) mod paging;
pub(crate) mod read;
pub(crate) mod record;
pub(crate) mod request;
pub(crate) mod response;
pub(crate) mod scalar;
pub(crate) mod untyped;
pub(crate) mod write;
