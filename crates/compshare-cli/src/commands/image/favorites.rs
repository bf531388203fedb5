//! `compshare image favorites`: the favourite images.

use clap::{Arg, ArgMatches, Command};
use compshare_client::model::DescribeFavoriteImages;
use serde_json::Map;

use super::columns;
use crate::Context;
use crate::cli;
use crate::failure::{Failure, tell};
use crate::lang::{Texts, fill};
use crate::output::{Format, List, Progress, clear_progress};
use crate::settings;

/// More than any list has, and far from where offsets end.
const MAX_COUNT: u64 = 1_000_000_000;

pub(super) fn definition(texts: &'static Texts) -> Command {
    let count = |name: &'static str, help: &'static str| {
        cli::number(Arg::new(name).long(name).value_name(texts.val_number).help(help), MAX_COUNT, texts)
    };
    Command::new("favorites")
        .about(texts.favorites_about)
        .after_help(texts.favorites_examples)
        .arg(count("limit", texts.favorites_limit))
        .arg(count("offset", texts.favorites_offset))
}

pub(super) fn run(context: &Context, matches: &ArgMatches) -> Result<(), Failure> {
    let texts = context.texts();
    let limit = matches.get_one::<u64>("limit").copied();
    let offset = matches.get_one::<u64>("offset").copied().unwrap_or_default();
    let client = settings::client(context)?;
    let mut pages = client.pages(DescribeFavoriteImages::new().offset(offset));
    if let Some(limit) = limit {
        pages = pages.max_items(limit);
    }

    let format = context.format.unwrap_or(Format::Table);
    let columns = columns::columns(texts);
    let progress = Progress::new(texts);
    let mut out = context.output();
    let mut list = List::new(&mut out, &columns, format);
    while let Some(page) = pages.next() {
        clear_progress();
        list.page(&page?.items)?;
        progress.show(list.rows(), pages.total());
    }
    clear_progress();

    let mut meta = Map::new();
    meta.insert("action".to_owned(), "DescribeFavoriteImages".into());
    meta.insert("offset".to_owned(), offset.into());
    if let Some(total) = pages.total() {
        meta.insert("total".to_owned(), total.into());
    }
    meta.insert("requests".to_owned(), pages.requests().into());
    list.finish(meta)?;

    let rows = list.rows();
    if rows == 0 && format == Format::Table {
        tell(texts.no_rows);
    }
    if list.without_id() > 0 {
        context.warn(&fill(texts.rows_without_id, &[("count", &list.without_id().to_string())]));
    }
    let given = offset.saturating_add(rows);
    if let Some(total) = pages.total().filter(|total| limit.is_none() && *total > given) {
        let values = [("total", total.to_string()), ("count", given.to_string())];
        let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
        context.warn(&fill(texts.fewer_than_total, &values));
    }
    Ok(())
}
