//! The columns of lists.

use std::borrow::Cow;

use serde_json::Value;

use super::json::cell;
use super::style::Style;

/// The side at which a column is aligned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Align {
    Left,
    Right,
}

type Cell<T> = Box<dyn for<'r> Fn(&'r T) -> Option<Cow<'r, str>>>;

/// One column: its name, and the text of a row.
pub(crate) struct Column<T> {
    /// The name for programs: the first line of a CSV. The name of the field in JSON, where there is one.
    pub(super) key: Cow<'static, str>,
    /// The name for people: the first line of a table.
    pub(super) title: Cow<'static, str>,
    pub(super) align: Align,
    pub(super) style: fn(&str) -> Style,
    pub(super) cell: Cell<T>,
    /// Where one row is shown by itself, the text has lines of its own.
    pub(super) is_block: bool,
}

impl<T> Column<T> {
    /// A column of texts; `None` is shown as `-` in a table and as nothing in a CSV.
    pub(crate) fn new(
        key: impl Into<Cow<'static, str>>,
        title: impl Into<Cow<'static, str>>,
        cell: impl for<'r> Fn(&'r T) -> Option<Cow<'r, str>> + 'static,
    ) -> Self {
        Self {
            key: key.into(),
            title: title.into(),
            align: Align::Left,
            style: |_| Style::Plain,
            cell: Box::new(cell),
            is_block: false,
        }
    }

    pub(crate) fn align(mut self, align: Align) -> Self {
        self.align = align;
        self
    }

    /// Sets the style of a cell by its text.
    pub(crate) fn style(mut self, style: fn(&str) -> Style) -> Self {
        self.style = style;
        self
    }

    /// A column of long texts, whose line breaks are kept where one row is shown by itself.
    pub(crate) fn block(mut self) -> Self {
        self.is_block = true;
        self
    }

    /// The name for programs.
    pub(crate) fn key(&self) -> &str {
        &self.key
    }

    pub(crate) fn text<'r>(&self, row: &'r T) -> Option<Cow<'r, str>> {
        (self.cell)(row)
    }
}

impl Column<Value> {
    /// A column of the member `key` of each row.
    pub(crate) fn member(
        key: impl Into<Cow<'static, str>>,
        title: impl Into<Cow<'static, str>>,
    ) -> Self {
        let key = key.into();
        let name = key.clone();
        Self::new(key, title, move |row: &Value| cell(row.get(&*name)?))
    }
}

/// The columns of a list, and the position of the one that identifies a row.
pub(crate) struct Columns<T> {
    pub(super) all: Vec<Column<T>>,
    pub(super) id: Option<usize>,
}

impl<T> Columns<T> {
    /// Columns without an identifier.
    pub(crate) fn without_id(all: Vec<Column<T>>) -> Self {
        Self { all, id: None }
    }

    /// Columns, of which the one at `id` identifies a row; it is the last to be cut where space is short.
    pub(crate) fn with_id(all: Vec<Column<T>>, id: usize) -> Self {
        Self { all, id: Some(id) }
    }

    /// Returns `true` if a column identifies a row.
    pub(crate) fn has_id(&self) -> bool {
        self.id.is_some()
    }

    #[cfg(test)]
    pub(crate) fn keys(&self) -> Vec<&str> {
        self.all.iter().map(|column| column.key.as_ref()).collect()
    }

    pub(super) fn id_of<'r>(&self, row: &'r T) -> Option<Cow<'r, str>> {
        self.all
            .get(self.id?)?
            .text(row)
            .filter(|id| !id.is_empty())
    }
}
