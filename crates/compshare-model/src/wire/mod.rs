//! How requests and responses are written on the wire, and how they are read from it.
//!
//! | file | subject |
//! | --- | --- |
//! | `record.rs` | records as tables of fields: the macro [`record!`](record::record) |
//! | `field.rs`, `scalar.rs` | what each type of field reads and writes |
//! | `read.rs`, `write.rs` | the one reader and the one writer of all records |
//! | `extra.rs` | unknown fields, and originals that a typed field would write otherwise |
//! | `envelope.rs`, `response.rs` | a whole response: the envelope and the record, in one pass |
//! | `list_error.rs` | lists whose rows would be lost |
//! | `action.rs`, `request.rs`, `untyped.rs` | requests: the macro [`request!`](request::request), and any action by name |
//! | `flatten.rs` | the parameters of a request as pairs |
//! | `paging.rs` | listings that are read in pages |

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
