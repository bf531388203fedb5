//! What goes to stdout, and in which form.

mod columns;
mod csv;
mod details;
mod json;
mod list;
mod moment;
mod progress;
mod style;
mod table;

use std::io::{self, Write};

pub(crate) use self::columns::{Align, Column, Columns};
pub(crate) use self::details::details;
pub(crate) use self::json::{cell as json_cell, pretty as json_pretty, to_text as json_text};
pub(crate) use self::list::List;
pub(crate) use self::moment::moment;
pub(crate) use self::progress::{Progress, clear as clear_progress};
pub(crate) use self::style::{ColorChoice, Style};

use crate::surroundings;

/// The version of the shape that `--output json` has, told as `schema` in every document.
pub(crate) const SCHEMA: u32 = 1;

/// What `--output` says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    Table,
    Json,
    JsonLines,
    Csv,
    Ids,
}

impl Format {
    /// All names, as the option takes them.
    pub(crate) const NAMES: [&'static str; 5] = ["table", "json", "jsonl", "csv", "ids"];

    pub(crate) fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "table" => Self::Table,
            "json" => Self::Json,
            "jsonl" => Self::JsonLines,
            "csv" => Self::Csv,
            "ids" => Self::Ids,
            _ => return None,
        })
    }

    /// Whether a program reads along, so that failures are told in JSON too and nothing is asked.
    pub(crate) fn is_json(self) -> bool {
        matches!(self, Self::Json | Self::JsonLines)
    }
}

/// Standard output. Lines are gathered and written whole.
pub(crate) struct Output {
    pending: Vec<u8>,
    /// Whether there are colours.
    pub(crate) color: bool,
    /// The width of the terminal, if it is one.
    pub(crate) width: Option<usize>,
}

impl Output {
    pub(crate) fn new(color: ColorChoice) -> Self {
        let width = surroundings::stdout_width();
        Self {
            pending: Vec::new(),
            color: color.decide(width.is_some()),
            width,
        }
    }

    /// Whether a person sees it.
    pub(crate) fn is_terminal(&self) -> bool {
        self.width.is_some()
    }

    /// Adds text that is written with the next [`flush`](Self::flush).
    pub(crate) fn push(&mut self, text: &str) {
        self.pending.extend_from_slice(text.as_bytes());
    }

    /// Adds one line.
    pub(crate) fn line(&mut self, text: &str) {
        self.push(text);
        self.push("\n");
    }

    /// Writes what was added.
    pub(crate) fn flush(&mut self) -> io::Result<()> {
        let pending = std::mem::take(&mut self.pending);
        write_out(&pending)
    }
}

fn write_out(bytes: &[u8]) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    stdout.write_all(bytes)?;
    stdout.flush()
}
