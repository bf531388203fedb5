//! Listings and details in every format.

use clap::{Arg, ArgMatches};
use compshare_client::engine::Paginator;
use compshare_client::{Reply, sync};
use serde::Serialize;
use serde_json::{Map, Value};

use crate::cli::args::{flag, number, option, words};
use crate::context::Context;
use crate::failure::Failure;
use crate::lang::{text, texts};
use crate::output::document::reply_meta;
use crate::output::{Columns, Format, List, details, print_stderr, progress};
use crate::terminal;

/// The maximum of `--limit` and `--offset`.
const MAX_COUNT: u64 = 1_000_000_000;
/// The number of rows that determine the column widths.
const TABLE_ROWS: usize = 100;

/// The values of Creates `--limit`, `--all` and `--offset`.
#[derive(Debug, Clone, Copy)]
pub(super) struct PageArgs {
    /// The maximum number of items; `None` for all.
    pub(super) limit: Option<u64>,
    pub(super) offset: u64,
}

impl PageArgs {
    /// Creates `--limit`, `--all` and `--offset`.
    pub(super) fn options(limit: &'static str, all: &'static str) -> [Arg; 3] {
        let offset = option("offset", "N", texts().favorites_offset);
        [
            number(option("limit", "N", limit), MAX_COUNT),
            flag("all", all).conflicts_with("limit"),
            number(offset, MAX_COUNT),
        ]
    }

    pub(super) fn read(matches: &ArgMatches, default: Option<u64>) -> Self {
        let count = |name: &str| matches.get_one::<u64>(name).copied();
        let limit = count("limit").or(default);
        Self {
            limit: limit.filter(|_| !matches.get_flag("all")),
            offset: count("offset").unwrap_or_default(),
        }
    }

    pub(super) fn limited<P: Paginator>(self, pages: sync::Pages<P>) -> sync::Pages<P> {
        match self.limit {
            Some(limit) => pages.max_items(limit),
            None => pages,
        }
    }

    /// Truncates a page to the limit; `count` items precede it. Returns `true` if items were
    /// removed.
    fn truncate<T>(self, items: &mut Vec<T>, count: u64) -> bool {
        let remaining = self.limit.map(|limit| limit.saturating_sub(count));
        let remaining = remaining.and_then(|remaining| usize::try_from(remaining).ok());
        let has_extra = remaining.is_some_and(|remaining| items.len() > remaining);
        if let Some(remaining) = remaining {
            items.truncate(remaining);
        }
        has_extra
    }

    /// Limits a listing without a total, with one extra item to detect whether it continues.
    pub(super) fn limited_without_total<P: Paginator>(
        self,
        pages: sync::Pages<P>,
    ) -> sync::Pages<P> {
        let limit = self
            .limit
            .map(|limit| limit.saturating_add(u64::from(limit > 0)));
        Self { limit, ..self }.limited(pages)
    }
}

/// Options for writing a listing.
pub(super) struct Listing<'a> {
    pub(super) context: &'a Context,
    pub(super) page: PageArgs,
    /// The items are groups rather than images.
    pub(super) has_groups: bool,
    /// The offset of an error refers to a part of the listing.
    pub(super) has_parts: bool,
}

impl<'a> Listing<'a> {
    pub(super) fn new(context: &'a Context, page: PageArgs) -> Self {
        Self {
            context,
            page,
            has_groups: false,
            has_parts: false,
        }
    }

    /// Writes the items of `pages`. `rows` converts the items of a page. `meta` adds members to the
    /// `meta` of a JSON document.
    pub(super) fn write<P: Paginator, T: Serialize>(
        &self,
        pages: &mut sync::Pages<P>,
        columns: &Columns<T>,
        rows: impl Fn(Vec<P::Item>) -> Vec<T>,
        meta: impl FnOnce(&P) -> Map<String, Value>,
    ) -> Result<(), Failure> {
        let Self { context, page, .. } = *self;
        let format = context.table_format();
        let mut out = context.output();
        let mut list = List::new(&mut out, columns, format);
        let mut count: u64 = 0;
        let mut has_extra = false;
        let mut batch = Vec::new();

        let error = loop {
            if page.limit == Some(count) {
                break None;
            }
            if count > 0 {
                progress::show_rows(count, pages.total());
            }

            let next = pages.next();
            progress::clear();
            match next {
                Some(Ok(mut next)) => {
                    has_extra = page.truncate(&mut next.items, count);
                    count += next.items.len() as u64;
                    batch.append(&mut rows(next.items));
                }
                Some(Err(error)) => break Some(error),
                None => break None,
            }
            // The first rows determine the column widths, so collect small pages.
            if !format.is_table() || list.rows() > 0 || batch.len() >= TABLE_ROWS {
                list.page(&batch)?;
                batch.clear();
            }
        };

        progress::clear();
        list.page(&batch)?;
        let seen = page.offset + count;
        match error {
            Some(error) if self.has_parts && (count > 0 || error.resume_at().is_some()) => {
                return Err(Failure::incomplete_listing(error, seen));
            }
            Some(error) => return Err(error.into()),
            None => {}
        }

        let total = pages.total();
        let more = match page.limit {
            Some(limit) if count == limit && limit > 0 => {
                let of_total = total.filter(|total| *total >= seen);
                has_extra
                    .then_some(true)
                    .or(of_total.map(|total| total > seen))
            }
            _ => Some(false),
        };

        let mut meta = meta(pages.paginator());
        meta.insert("offset".to_owned(), page.offset.into());
        if let Some(limit) = page.limit {
            meta.insert("limit".to_owned(), limit.into());
        }
        if let Some(total) = total {
            meta.insert("total".to_owned(), total.into());
        }
        if let Some(more) = more.filter(|_| page.limit != Some(0)) {
            meta.insert("more".to_owned(), more.into());
        }
        meta.insert("requests".to_owned(), pages.requests().into());
        finish(context, &mut list, meta, page.limit)?;

        // The total may count groups or versions, so compare it with both.
        if page.limit.is_none() {
            let total = total.filter(|total| *total > page.offset + count.max(list.rows()));
            if let Some(total) = total {
                context.warn(&text!(fewer_than_total, total, count = seen));
            }
        } else if more != Some(false) && prints_note(format) {
            let total = total.filter(|total| *total > seen);
            print_stderr(&self.more(count, total, more.is_some()));
        }
        Ok(())
    }

    /// Returns the note about further items.
    fn more(&self, count: u64, total: Option<u64>, is_certain: bool) -> String {
        let next = self.page.offset + count;
        match total {
            Some(total) if self.has_groups => text!(list_more_groups, total, count, next),
            Some(total) => text!(list_more, total, count, next),
            None if is_certain => text!(list_more_unknown, count, next),
            None => text!(list_more_maybe, count, next),
        }
    }
}

/// Returns `true` if a note about further items is printed. JSON documents have `more` instead.
fn prints_note(format: Format) -> bool {
    format.is_table() || (format != Format::Json && terminal::stderr_is_terminal())
}

/// Applies `--columns`.
pub(super) fn selected<T>(
    context: &Context,
    matches: &ArgMatches,
    columns: Columns<T>,
) -> Result<Columns<T>, Failure> {
    if !matches.contains_id("columns") {
        return Ok(columns);
    }
    if !context.table_format().has_columns() {
        return Err(Failure::usage(texts().use_columns_format));
    }
    match words(matches, "columns") {
        names if names.is_empty() => {
            Err(Failure::usage(text!(use_value_missing, name = "--columns")))
        }
        names => columns.select(&names),
    }
}

/// Writes the rows of one response.
pub(super) fn write_rows<T: Serialize, R>(
    context: &Context,
    columns: &Columns<T>,
    rows: &[T],
    action: &str,
    reply: &Reply<R>,
) -> Result<(), Failure> {
    write_all(context, columns, rows, reply_meta(action, reply))
}

/// Writes all rows of a list.
pub(super) fn write_all<T: Serialize>(
    context: &Context,
    columns: &Columns<T>,
    rows: &[T],
    meta: Map<String, Value>,
) -> Result<(), Failure> {
    let mut out = context.output();
    let mut list = List::new(&mut out, columns, context.table_format());
    list.page(rows)?;
    finish(context, &mut list, meta, None)
}

/// Writes one item: its fields below each other, or a document.
pub(super) fn write_one<T: Serialize>(
    context: &Context,
    columns: &Columns<T>,
    row: &T,
) -> Result<(), Failure> {
    let mut out = context.output();
    match context.table_format() {
        Format::Table | Format::Wide => details(&mut out, columns, row),
        format @ (Format::Json | Format::JsonLines) => out.document(format, row, Map::new())?,
        format @ (Format::Csv | Format::Ids) => {
            let mut list = List::new(&mut out, columns, format);
            list.page(std::slice::from_ref(row))?;
            return Ok(list.finish(Map::new())?);
        }
    }
    Ok(out.flush()?)
}

/// Ends a list, with notes about empty results and skipped rows.
fn finish<T: Serialize>(
    context: &Context,
    list: &mut List<'_, T>,
    meta: Map<String, Value>,
    limit: Option<u64>,
) -> Result<(), Failure> {
    list.finish(meta)?;
    if list.rows() == 0 && context.table_format().is_table() {
        let is_zero = limit == Some(0);
        print_stderr(if is_zero {
            texts().list_limit_zero
        } else {
            texts().no_rows
        });
    }

    let count = list.without_id();
    if count > 0 {
        context.warn(&text!(rows_without_id, count));
    }
    Ok(())
}
