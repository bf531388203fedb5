//! Lists in every format.

use std::borrow::Cow;
use std::io;

use compshare_client::sanitize;
use serde::Serialize;
use serde_json::{Map, Value};

use super::columns::Columns;
use super::csv;
use super::format::{Format, SCHEMA};
use super::json::{pretty, to_text};
use super::stderr::print_stderr;
use super::stdout::Output;
use super::table::{self, Layout};
use crate::lang::text;

/// A list, written page by page.
pub(crate) struct List<'a, T> {
    out: &'a mut Output,
    columns: &'a Columns<T>,
    format: Format,
    /// The member of `data` with the rows.
    member: &'static str,
    /// The other members of `data`.
    data: Vec<(&'static str, Value)>,
    is_ok: bool,
    layout: Option<Layout>,
    rows: u64,
    without_id: u64,
    has_head: bool,
}

impl<'a, T: Serialize> List<'a, T> {
    pub(crate) fn new(out: &'a mut Output, columns: &'a Columns<T>, format: Format) -> Self {
        Self {
            out,
            columns,
            format,
            member: "items",
            data: Vec::new(),
            is_ok: true,
            layout: None,
            rows: 0,
            without_id: 0,
            has_head: false,
        }
    }

    /// Sets the member with the rows in a JSON document, and the other members of its `data`.
    pub(crate) fn document(
        mut self,
        member: &'static str,
        data: Vec<(&'static str, Value)>,
    ) -> Self {
        self.member = member;
        self.data = data;
        self
    }

    /// Sets the `ok` of the JSON document; the default is `true`.
    pub(crate) fn ok(mut self, is_ok: bool) -> Self {
        self.is_ok = is_ok;
        self
    }

    /// Returns the number of rows written.
    pub(crate) fn rows(&self) -> u64 {
        self.rows
    }

    /// Returns the number of rows skipped by `ids` for lack of an id.
    pub(crate) fn without_id(&self) -> u64 {
        self.without_id
    }

    /// Writes the rows of one page.
    pub(crate) fn page(&mut self, rows: &[T]) -> io::Result<()> {
        if rows.is_empty() {
            return Ok(());
        }

        self.write_head(rows)?;
        for row in rows {
            match self.format {
                Format::Table | Format::Wide => {
                    if let Some(layout) = &self.layout {
                        let cells = table::cells(self.columns, row);
                        self.out.line(&layout.line(&cells, self.out.color));
                    }
                }
                Format::Json => {
                    self.out.push(if self.rows == 0 { "" } else { "," });
                    self.out.push(if self.out.is_terminal() {
                        "\n      "
                    } else {
                        "\n"
                    });
                    let row = self.json(row, "\n      ")?;
                    self.out.push(&row);
                }
                Format::JsonLines => self.out.line(&to_text(row)?),
                Format::Csv => {
                    let columns = self.columns.all.iter();
                    let cells = columns.map(|column| column.text(row).unwrap_or_default());
                    self.out.line(&csv::line(cells));
                }
                Format::Ids => match self.columns.id_of(row) {
                    Some(id) => self.out.line(&sanitize(&id)),
                    None => self.without_id += 1,
                },
            }

            self.rows += 1;
        }
        self.out.flush_lines()
    }

    /// Ends the list; a JSON document gets `meta`.
    pub(crate) fn finish(&mut self, mut meta: Map<String, Value>) -> io::Result<()> {
        self.write_head(&[])?;
        if self.format == Format::Json {
            meta.insert("returned".to_owned(), self.rows.into());
            let meta = self.json(&meta, "\n  ")?;
            self.out.line(&if self.out.is_terminal() {
                let line = if self.rows == 0 { "" } else { "\n    " };
                format!("{line}]\n  }},\n  \"meta\": {meta}\n}}")
            } else {
                format!("\n]}},\"meta\":{meta}}}")
            });
        }

        self.out.flush()?;
        if let Some(layout) = &self.layout {
            let columns = layout.omitted().join(", ");
            if !columns.is_empty() {
                print_stderr(&text!(list_left_out, columns));
            }
        }
        Ok(())
    }

    /// Writes the head of the list, with the first page: if that fails, stdout stays empty.
    fn write_head(&mut self, rows: &[T]) -> io::Result<()> {
        if std::mem::replace(&mut self.has_head, true) {
            return Ok(());
        }

        match self.format {
            Format::Table | Format::Wide if rows.is_empty() => {}
            Format::Table | Format::Wide => {
                let mut lines = vec![table::titles(self.columns)];
                lines.extend(rows.iter().map(|row| table::cells(self.columns, row)));
                let is_wide = self.format == Format::Wide;
                let layout = Layout::new(self.columns, &lines, self.out.width, is_wide);
                let titles = table::titles(self.columns);
                self.out.line(&layout.line(&titles, self.out.color));
                self.layout = Some(layout);
            }
            Format::Csv => {
                let columns = self.columns.all.iter();
                let titles = columns.map(|column| Cow::Borrowed(column.key.as_ref()));
                self.out.line(&csv::line(titles));
            }
            Format::Json => {
                let (line, inner, colon) = if self.out.is_terminal() {
                    ("\n  ", "\n    ", ": ")
                } else {
                    ("", "", ":")
                };
                let is_ok = self.is_ok;
                self.out.push(&format!(
                    "{{{line}\"ok\"{colon}{is_ok},{line}\"schema\"{colon}{SCHEMA},{line}\"data\"{colon}{{"
                ));
                for (name, value) in &self.data {
                    let value = self.json(value, inner)?;
                    self.out.push(&format!("{inner}\"{name}\"{colon}{value},"));
                }
                let member = self.member;
                self.out.push(&format!("{inner}\"{member}\"{colon}["));
            }
            Format::JsonLines | Format::Ids => {}
        }
        Ok(())
    }

    /// Returns JSON in one line, or indented at a terminal, with `line_break` between lines.
    fn json(&self, value: &impl Serialize, line_break: &str) -> serde_json::Result<String> {
        if self.out.is_terminal() {
            // JSON strings contain no raw line breaks.
            Ok(pretty(value)?.replace('\n', line_break))
        } else {
            to_text(value)
        }
    }
}
