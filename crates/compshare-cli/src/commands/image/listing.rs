//! A listing of images, written as it comes.

use clap::{Arg, ArgAction, ArgMatches};
use compshare_client::engine::Paginator;
use compshare_client::{Error, sync};
use serde::Serialize;
use serde_json::{Map, Value};

use crate::Context;
use crate::cli;
use crate::failure::{Failure, tell};
use crate::lang::{Texts, fill};
use crate::output::{Columns, Format, List, Progress, clear_progress};

/// More than any list has, and far from where offsets end.
const MAX_COUNT: u64 = 1_000_000_000;
/// So many rows are looked at before the widths of a table are fixed.
const TABLE_ROWS: usize = 100;

/// Where rows come from, page by page.
pub(super) trait Source {
    /// One of what is listed.
    type Item;

    /// The next page; `None` at the end.
    fn next_page(&mut self) -> Option<Result<Vec<Self::Item>, Error>>;

    /// How many requests were made.
    fn requests(&self) -> u64;

    /// How many there are in all, if the service says so.
    fn total(&self) -> Option<u64>;

    /// Whether what is counted are groups of versions rather than images.
    fn counts_groups(&self) -> bool {
        false
    }

    /// What an error means after which the listing could go on at `--offset` `next`.
    fn failure(&self, error: Error, _next: u64) -> Failure {
        error.into()
    }
}

impl<P: Paginator> Source for sync::Pages<P> {
    type Item = P::Item;

    fn next_page(&mut self) -> Option<Result<Vec<P::Item>, Error>> {
        Some(self.next()?.map(|page| page.items))
    }

    fn requests(&self) -> u64 {
        Self::requests(self)
    }

    fn total(&self) -> Option<u64> {
        Self::total(self)
    }
}

/// Which part of a listing is asked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part {
    /// At most so many; all, if there is no limit.
    pub(super) limit: Option<u64>,
    pub(super) offset: u64,
}

impl Part {
    /// `--limit`, `--all` and `--offset`.
    pub(super) fn options(
        limit: &'static str,
        all: &'static str,
        texts: &'static Texts,
    ) -> [Arg; 3] {
        let count = |name: &'static str, help: &'static str| {
            cli::number(
                Arg::new(name)
                    .long(name)
                    .value_name(texts.val_number)
                    .help(help),
                MAX_COUNT,
                texts,
            )
        };
        [
            count("limit", limit),
            Arg::new("all")
                .long("all")
                .action(ArgAction::SetTrue)
                .conflicts_with("limit")
                .help(all),
            count("offset", texts.favorites_offset),
        ]
    }

    pub(super) fn read(matches: &ArgMatches, default: Option<u64>) -> Self {
        let count = |name: &str| matches.get_one::<u64>(name).copied();
        let limit = if matches.get_flag("all") {
            None
        } else {
            count("limit").or(default)
        };
        Self {
            limit,
            offset: count("offset").unwrap_or_default(),
        }
    }
}

/// Writes all of `source`, which gives `part` of a listing; `rows` makes of a page what is written. `meta` is told in a
/// JSON document besides what every listing tells.
pub(super) fn write<S: Source, T: Serialize>(
    context: &Context,
    source: &mut S,
    part: Part,
    columns: &Columns<T>,
    rows: impl Fn(Vec<S::Item>) -> Vec<T>,
    meta: impl FnOnce(&S) -> Map<String, Value>,
) -> Result<(), Failure> {
    let texts = context.texts();
    let format = context.format.unwrap_or(Format::Table);
    let progress = Progress::new(texts);
    let mut out = context.output();
    let mut list = List::new(&mut out, columns, format);
    let mut given: u64 = 0;
    let mut batch = Vec::new();
    loop {
        let page = source.next_page();
        clear_progress();
        let (items, end) = match page {
            Some(Ok(items)) => (items, None),
            Some(Err(error)) => (Vec::new(), Some(Err(error))),
            None => (Vec::new(), Some(Ok(()))),
        };
        given = given.saturating_add(items.len().try_into().unwrap_or(u64::MAX));
        batch.append(&mut rows(items));
        // Pages may be small, and the first decides how a table looks.
        let gathers = format == Format::Table && list.rows() == 0 && batch.len() < TABLE_ROWS;
        if end.is_some() || !gathers {
            list.page(&batch)?;
            batch.clear();
        }
        if let Some(result) = end {
            result.map_err(|error| source.failure(error, part.offset.saturating_add(given)))?;
            break;
        }
        progress.show(given, source.total());
    }

    let mut meta = meta(source);
    meta.insert("offset".to_owned(), part.offset.into());
    if let Some(limit) = part.limit {
        meta.insert("limit".to_owned(), limit.into());
    }
    if let Some(total) = source.total() {
        meta.insert("total".to_owned(), total.into());
    }
    meta.insert("requests".to_owned(), source.requests().into());
    list.finish(meta)?;
    let (rows, without_id) = (list.rows(), list.without_id());
    if rows == 0 && format == Format::Table {
        tell(texts.no_rows);
    }
    if without_id > 0 {
        context.warn(&fill(
            texts.rows_without_id,
            &[("count", &without_id.to_string())],
        ));
    }
    let more = if source.counts_groups() {
        texts.list_more_groups
    } else {
        texts.list_more
    };
    tell_total(
        context,
        part,
        (given, given.max(rows)),
        source.total(),
        more,
    );
    Ok(())
}

/// Says what the total is good for: what there is beyond a limit, or that less came than was promised. It may count
/// groups or versions.
fn tell_total(
    context: &Context,
    part: Part,
    (given, rows): (u64, u64),
    total: Option<u64>,
    more: &str,
) {
    let texts = context.texts();
    let Some(total) = total else { return };
    let (seen, counted) = (
        part.offset.saturating_add(given),
        part.offset.saturating_add(rows),
    );
    let total_text = total.to_string();
    match part.limit {
        None if total > counted => {
            context.warn(&fill(
                texts.fewer_than_total,
                &[("total", &total_text), ("count", &seen.to_string())],
            ));
        }
        Some(limit)
            if given == limit
                && total > seen
                && context.format.is_none_or(|format| format == Format::Table) =>
        {
            let (given, next) = (given.to_string(), seen.to_string());
            let values = [
                ("total", total_text.as_str()),
                ("count", given.as_str()),
                ("next", next.as_str()),
            ];
            tell(&fill(more, &values));
        }
        _ => {}
    }
}
