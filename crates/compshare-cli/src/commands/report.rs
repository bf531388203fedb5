//! Reports of changes.

use compshare_client::sanitize;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::context::Context;
use crate::failure::Failure;
use crate::lang::text;
use crate::output::{Format, Output, json_text};

/// The longest list of names in a message, in bytes.
pub(super) const MAX_NAMES: usize = 1024;

/// Reports changes in the output format.
pub(super) struct ChangeReport<'a> {
    context: &'a Context,
    format: Format,
    out: Output,
    has_items: bool,
}

impl<'a> ChangeReport<'a> {
    /// Rejects unsupported formats before the change.
    pub(super) fn new(context: &'a Context) -> Result<Self, Failure> {
        let format = context.format_except(&[Format::Csv])?;
        Ok(Self {
            context,
            format,
            out: context.output(),
            has_items: false,
        })
    }

    /// Creates a report with an item per JSON line, see [`item`](Self::item).
    pub(super) fn of_items(context: &'a Context) -> Result<Self, Failure> {
        let mut report = Self::new(context)?;
        report.has_items = true;
        Ok(report)
    }

    /// Prints a change immediately: the message or the ids.
    pub(super) fn done<'i>(
        &mut self,
        message: &str,
        ids: impl IntoIterator<Item = &'i str>,
    ) -> Result<(), Failure> {
        match self.format {
            Format::Table | Format::Wide => self.out.line(message),
            Format::Ids => ids.into_iter().for_each(|id| self.out.line(&sanitize(id))),
            Format::Json | Format::JsonLines | Format::Csv => {}
        }
        Ok(self.out.flush()?)
    }

    /// Prints one of several items immediately in `jsonl`.
    pub(super) fn item(&mut self, item: &impl Serialize) -> Result<(), Failure> {
        if self.format == Format::JsonLines {
            self.out.line(&json_text(item)?);
        }
        Ok(self.out.flush()?)
    }

    /// Warns about changes with an unknown outcome.
    pub(super) fn unconfirmed(&self, names: &str) {
        if !self.context.is_json() {
            self.context.warn(&text!(change_unconfirmed, names));
        }
    }

    /// Prints the document with all changes, then returns the failure that stopped the command.
    pub(super) fn finish(
        &mut self,
        data: &impl Serialize,
        meta: Map<String, Value>,
        failure: Option<Failure>,
    ) -> Result<(), Failure> {
        let has_document = match self.format {
            Format::Json => true,
            Format::JsonLines => !self.has_items,
            Format::Table | Format::Wide | Format::Csv | Format::Ids => false,
        };

        let mut printed = Ok(());
        if has_document {
            printed = self.out.outcome(self.format, failure.is_none(), data, meta);
        }
        let printed = printed.and_then(|()| self.out.flush());

        // `failure` takes precedence over an output error.
        match failure {
            Some(failure) => Err(failure),
            None => Ok(printed?),
        }
    }
}
