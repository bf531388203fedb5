//! `compshare image favorites`: lists the favorites.

use clap::{ArgMatches, Command};
use compshare_client::engine::FavoritesPaginator;
use compshare_client::model::{Action as _, DescribeCommunityImages, DescribeFavoriteImages};
use compshare_client::{FavoritesQuery, FavoritesSource};
use serde_json::Map;

use super::columns;
use crate::cli::args::{self, choice, examples, option};
use crate::cli::subcommand::Subcommand;
use crate::commands::listing::{self, Listing, PageArgs};
use crate::context::Context;
use crate::failure::Failure;
use crate::lang::{text, texts};
use crate::output::{Format, print_stderr};
use crate::settings;

pub(super) const COMMAND: Subcommand = Subcommand::new("favorites", define, run);

const SOURCES: &[(&str, Option<FavoritesSource>)] = &[
    ("auto", None),
    ("documented", Some(FavoritesSource::Documented)),
    ("community", Some(FavoritesSource::Community)),
];

fn define(command: Command) -> Command {
    let commands = [
        "compshare image favorites --region cn-wlcb",
        "compshare image favorites --output ids | head",
        "compshare image favorites --limit 20 --output csv > favorites.csv",
        "compshare image favorites --via community --json",
    ];

    let texts = texts();
    command
        .about(texts.favorites_about)
        .after_help(examples(&commands, texts.favorites_note))
        .args(PageArgs::options(
            texts.favorites_limit,
            texts.favorites_all,
        ))
        .arg(choice(option("via", "WAY", texts.favorites_via), SOURCES))
        .arg(args::columns())
}

fn run(context: &Context, matches: &ArgMatches) -> Result<(), Failure> {
    let page = PageArgs::read(matches, None);
    let mut query = FavoritesQuery::new().offset(page.offset);
    if let Some(&Some(via)) = matches.get_one("via") {
        query = query.source(via);
    }

    let client = settings::client(context)?;
    let mut pages = page.limited_without_total(client.favorites_with(query));
    let meta = |paginator: &FavoritesPaginator| {
        let mut meta = Map::new();
        if let Some((via, action)) = source_and_action(paginator) {
            meta.insert("action".to_owned(), action.into());
            meta.insert("via".to_owned(), via.into());
        }
        meta
    };
    // A table omits the flag, which is always set, unless it is selected.
    let columns = match context.format {
        Some(Format::Csv) => columns::favorites(),
        _ if matches.contains_id("columns") => columns::favorites(),
        _ => columns::grouped(),
    };
    let columns = listing::selected(context, matches, columns)?;
    Listing::new(context, page).write(&mut pages, &columns, |favorites| favorites, meta)?;

    if let (Some((source, action)), true) = (
        source_and_action(pages.paginator()),
        context.global_args.verbose > 0,
    ) {
        print_stderr(&text!(favorites_way, action, way = source));
    }
    Ok(())
}

/// Returns the source of the favorites and its action.
fn source_and_action(paginator: &FavoritesPaginator) -> Option<(&'static str, &'static str)> {
    let via = paginator.source()?;
    let action = match via {
        FavoritesSource::Documented => DescribeFavoriteImages::NAME,
        _ => DescribeCommunityImages::NAME,
    };
    Some((via.as_str(), action))
}
