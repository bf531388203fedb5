//! The columns of lists.

use std::borrow::Cow;

use serde_json::Value;

use super::json::cell;
use super::style::Style;
use crate::failure::Failure;
use crate::lang::text;

/// The alignment of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Align {
    Left,
    Right,
}

type Cell<T> = Box<dyn for<'r> Fn(&'r T) -> Option<Cow<'r, str>>>;

/// The default minimum width of a text column, in cells.
const NARROWEST: usize = 10;

/// A column: names, cell text and layout.
pub(crate) struct Column<T> {
    /// The title in CSV: the name of the JSON member, if there is one.
    pub(super) key: Cow<'static, str>,
    /// The name in `--columns`; `None` for the key in lower case.
    name: Option<&'static str>,
    /// The title in tables.
    pub(super) title: Cow<'static, str>,
    pub(super) align: Align,
    pub(super) style: fn(&str) -> Style,
    cell: Cell<T>,
    humanize: fn(&str) -> Option<String>,
    /// The text for people, if it depends on more than the raw text.
    shown: Option<Cell<T>>,
    /// Shows the text as a block of lines in details.
    pub(super) is_block: bool,
    /// See [`rank`](Self::rank).
    pub(super) rank: u8,
    pub(super) narrowest: Option<usize>,
    /// The maximum width in cells, except in `wide`.
    pub(super) widest: Option<usize>,
}

impl<T> Column<T> {
    /// Creates a column. A cell of `None` is `-` in tables and empty in CSV.
    pub(crate) fn new(
        key: impl Into<Cow<'static, str>>,
        title: impl Into<Cow<'static, str>>,
        cell: impl for<'r> Fn(&'r T) -> Option<Cow<'r, str>> + 'static,
    ) -> Self {
        Self {
            key: key.into(),
            name: None,
            title: title.into(),
            align: Align::Left,
            style: |_| Style::Plain,
            cell: Box::new(cell),
            humanize: |_| None,
            shown: None,
            is_block: false,
            rank: u8::MAX,
            narrowest: None,
            widest: None,
        }
    }

    pub(crate) fn align(mut self, align: Align) -> Self {
        self.align = align;
        self
    }

    /// Sets the style of a cell as a function of its raw text.
    pub(crate) fn style(mut self, style: fn(&str) -> Style) -> Self {
        self.style = style;
        self
    }

    /// Sets the conversion to human-readable text; `None` keeps the raw text.
    pub(crate) fn humanize(mut self, humanize: fn(&str) -> Option<String>) -> Self {
        self.humanize = humanize;
        self
    }

    /// Sets the text for people as a function of the row; `None` keeps the raw text.
    pub(crate) fn shown(
        mut self,
        shown: impl for<'r> Fn(&'r T) -> Option<Cow<'r, str>> + 'static,
    ) -> Self {
        self.shown = Some(Box::new(shown));
        self
    }

    /// Sets the short name in `--columns`.
    pub(crate) fn name(mut self, name: &'static str) -> Self {
        self.name = Some(name);
        self
    }

    /// Sets the order in which a narrow table drops columns: the largest rank first, 0 never.
    /// Columns without a rank are dropped before all others, from the end.
    pub(crate) fn rank(mut self, rank: u8) -> Self {
        self.rank = rank;
        self
    }

    /// Sets the minimum width, in cells.
    pub(crate) fn narrowest(mut self, cells: usize) -> Self {
        self.narrowest = Some(cells);
        self
    }

    /// Sets the maximum width, in cells, except in `wide`.
    pub(crate) fn widest(mut self, cells: usize) -> Self {
        self.widest = Some(cells);
        self
    }

    /// Shows the text as a block of lines in details.
    pub(crate) fn block(mut self) -> Self {
        self.is_block = true;
        self
    }

    /// Returns the title in CSV.
    pub(crate) fn key(&self) -> &str {
        &self.key
    }

    /// Returns the raw text of a cell.
    pub(crate) fn text<'r>(&self, row: &'r T) -> Option<Cow<'r, str>> {
        (self.cell)(row)
    }

    /// Returns the human-readable text of a cell, whose raw text is `text`.
    pub(super) fn human<'t>(&self, row: &'t T, text: Cow<'t, str>) -> Cow<'t, str> {
        let shown = self.shown.as_ref().and_then(|shown| shown(row));
        let shown = shown.or_else(|| (self.humanize)(&text).map(Cow::Owned));
        shown.unwrap_or(text)
    }

    /// Returns the minimum width of a column with a natural width of `width`. Numbers are never
    /// cut.
    pub(super) fn min_width(&self, width: usize) -> usize {
        match (self.narrowest, self.align) {
            (Some(narrowest), _) => width.min(narrowest),
            (None, Align::Left) => width.min(NARROWEST),
            (None, Align::Right) => width,
        }
    }

    /// Returns the name in `--columns`.
    fn short_name(&self) -> Cow<'_, str> {
        self.name
            .map_or_else(|| Cow::Owned(self.key.to_ascii_lowercase()), Cow::Borrowed)
    }

    /// Returns `true` if `name` is one of the column's names, ignoring case.
    fn is_named(&self, name: &str) -> bool {
        let names = [self.short_name(), (*self.key).into(), (*self.title).into()];
        names.iter().any(|known| known.eq_ignore_ascii_case(name))
    }
}

impl Column<Value> {
    /// Creates a column from the member `key` of each row.
    pub(crate) fn member(
        key: impl Into<Cow<'static, str>>,
        title: impl Into<Cow<'static, str>>,
    ) -> Self {
        let key = key.into();
        let name = key.clone();
        Self::new(key, title, move |row: &Value| cell(row.get(&*name)?))
    }
}

/// The columns of a list, with the index of the id column.
pub(crate) struct Columns<T> {
    pub(super) all: Vec<Column<T>>,
    pub(super) id: Option<usize>,
}

impl<T> Columns<T> {
    /// Creates columns without an id column.
    pub(crate) fn without_id(all: Vec<Column<T>>) -> Self {
        Self { all, id: None }
    }

    /// Creates columns with the id column at `id`, which narrow tables cut last.
    pub(crate) fn with_id(all: Vec<Column<T>>, id: usize) -> Self {
        Self { all, id: Some(id) }
    }

    /// Selects columns by name, in this order. Narrow tables keep all of them.
    pub(crate) fn select(mut self, names: &[String]) -> Result<Self, Failure> {
        let valid: Vec<_> = self.all.iter().map(Column::short_name).collect();
        let valid = valid.join(", ");
        let id = self.id.and_then(|id| Some(self.all.get(id)?.key.clone()));

        let mut selected: Vec<Column<T>> = Vec::new();
        for name in names {
            if let Some(at) = self.all.iter().position(|column| column.is_named(name)) {
                selected.push(self.all.remove(at).rank(0));
            } else if !selected.iter().any(|column| column.is_named(name)) {
                let failure = Failure::usage(text!(use_no_column, name));
                return Err(failure.with_hint(text!(use_columns, valid)));
            }
        }

        let is_id = |column: &Column<T>| Some(&column.key) == id.as_ref();
        Ok(Self {
            id: selected.iter().position(is_id),
            all: selected,
        })
    }

    /// Returns `true` if there is an id column.
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

/// Returns the text unless it is empty.
pub(crate) fn non_empty(text: &str) -> Option<Cow<'_, str>> {
    Some(Cow::Borrowed(text)).filter(|text| !text.is_empty())
}

/// Joins the non-empty texts.
pub(crate) fn join_non_empty<'r, S: AsRef<str>>(
    texts: impl IntoIterator<Item = S>,
    separator: &str,
) -> Option<Cow<'r, str>> {
    let mut joined = String::new();
    for text in texts {
        let text = text.as_ref();
        if !text.is_empty() && !joined.is_empty() {
            joined.push_str(separator);
        }
        joined.push_str(text);
    }
    (!joined.is_empty()).then_some(Cow::Owned(joined))
}
