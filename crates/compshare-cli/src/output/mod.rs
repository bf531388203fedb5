//! Output formats and streams.

mod columns;
mod csv;
mod details;
pub(crate) mod document;
mod format;
pub(crate) mod human;
mod json;
mod list;
pub(crate) mod progress;
mod stderr;
mod stdout;
mod style;
mod table;

pub(crate) use self::columns::{Align, Column, Columns, join_non_empty, non_empty};
pub(crate) use self::details::details;
pub(crate) use self::format::{Format, SCHEMA};
pub(crate) use self::json::{cell as json_cell, pretty as json_pretty, to_text as json_text};
pub(crate) use self::list::List;
pub(crate) use self::stderr::print_stderr;
pub(crate) use self::stdout::Output;
pub(crate) use self::style::{ColorChoice, Style};
