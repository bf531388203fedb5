//! Lists, written page by page in any format.

use std::borrow::Cow;
use std::io;

use compshare_client::printable;
use serde::Serialize;
use serde_json::{Map, Value};

use super::table::Layout;
use super::{Columns, Format, Output, SCHEMA, csv, json_text};

/// A list under way: rows go in page by page, and are written at once.
pub(crate) struct List<'a, T> {
    out: &'a mut Output,
    columns: &'a Columns<T>,
    format: Format,
    /// The member of `data` that holds the rows in a JSON document.
    member: &'static str,
    /// What else stands in `data`.
    data: Map<String, Value>,
    is_ok: bool,
    layout: Option<Layout>,
    rows: u64,
    without_id: u64,
    begun: bool,
}

impl<'a, T: Serialize> List<'a, T> {
    pub(crate) fn new(out: &'a mut Output, columns: &'a Columns<T>, format: Format) -> Self {
        Self {
            out,
            columns,
            format,
            member: "items",
            data: Map::new(),
            is_ok: true,
            layout: None,
            rows: 0,
            without_id: 0,
            begun: false,
        }
    }

    /// The rows stand in `data` under this name, beside `data`.
    pub(crate) fn document(mut self, member: &'static str, data: Map<String, Value>) -> Self {
        self.member = member;
        self.data = data;
        self
    }

    /// Whether the document says that all is well. Unless told otherwise, it does.
    pub(crate) fn ok(mut self, is_ok: bool) -> Self {
        self.is_ok = is_ok;
        self
    }

    /// How many rows were given.
    pub(crate) fn rows(&self) -> u64 {
        self.rows
    }

    /// How many rows were left out of `ids`, since they have none.
    pub(crate) fn without_id(&self) -> u64 {
        self.without_id
    }

    /// Writes the rows of one page.
    pub(crate) fn page(&mut self, rows: &[T]) -> io::Result<()> {
        if rows.is_empty() {
            return Ok(());
        }
        self.begin(rows)?;
        for row in rows {
            match self.format {
                Format::Table => {
                    if let Some(layout) = &self.layout {
                        self.out
                            .line(&layout.row(self.columns, row, self.out.color));
                    }
                }
                Format::Json => {
                    self.out.push(if self.rows == 0 { "\n" } else { ",\n" });
                    self.out.push(&json_text(row)?);
                }
                Format::JsonLines => self.out.line(&json_text(row)?),
                Format::Csv => {
                    let cells = self
                        .columns
                        .all
                        .iter()
                        .map(|column| column.text(row).unwrap_or_default());
                    self.out.line(&csv::line(cells));
                }
                Format::Ids => match self.columns.id_of(row) {
                    Some(id) => self.out.line(&printable(&id)),
                    None => self.without_id += 1,
                },
            }
            self.rows += 1;
        }
        self.out.flush()
    }

    /// Ends the list; `meta` is told in a JSON document.
    pub(crate) fn finish(&mut self, mut meta: Map<String, Value>) -> io::Result<()> {
        self.begin(&[])?;
        if self.format == Format::Json {
            meta.insert("returned".to_owned(), self.rows.into());
            let meta = json_text(&meta)?;
            self.out.line(&format!("\n]}},\"meta\":{meta}}}"));
        }
        self.out.flush()
    }

    /// What stands before the first row. Nothing is written before there is a first page, so that a call that fails at
    /// once leaves stdout empty.
    fn begin(&mut self, rows: &[T]) -> io::Result<()> {
        if std::mem::replace(&mut self.begun, true) {
            return Ok(());
        }
        match self.format {
            Format::Table if rows.is_empty() => {}
            Format::Table => {
                let layout = Layout::new(self.columns, rows, self.out.width);
                self.out.line(&layout.titles(self.columns, self.out.color));
                self.layout = Some(layout);
            }
            Format::Csv => {
                let titles = self
                    .columns
                    .all
                    .iter()
                    .map(|column| Cow::Borrowed(column.key.as_ref()));
                self.out.line(&csv::line(titles));
            }
            Format::Json => {
                let mut head = format!("{{\"ok\":{},\"schema\":{SCHEMA},\"data\":{{", self.is_ok);
                for (name, value) in &self.data {
                    head.push_str(&json_text(name)?);
                    head.push(':');
                    head.push_str(&json_text(value)?);
                    head.push(',');
                }
                self.out.push(&head);
                self.out.push(&format!("\"{}\":[", self.member));
            }
            Format::JsonLines | Format::Ids => {}
        }
        Ok(())
    }
}
