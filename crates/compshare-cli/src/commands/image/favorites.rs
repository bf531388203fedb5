//! `compshare image favorites`: the favourite images.

use clap::{Arg, ArgMatches, Command};
use compshare_client::engine::FavoritesPaginator;
use compshare_client::model::{Action as _, DescribeCommunityImages, DescribeFavoriteImages};
use compshare_client::sync::Pages;
use compshare_client::{FavoritesQuery, FavoritesSource};
use serde_json::Map;

use super::columns;
use super::listing::{self, Part};
use crate::Context;
use crate::cli;
use crate::failure::{Failure, tell};
use crate::lang::{Texts, fill};
use crate::settings;

pub(super) fn definition(texts: &'static Texts) -> Command {
    let via = Arg::new("via")
        .long("via")
        .value_name(texts.val_way)
        .help(texts.favorites_via);
    Command::new("favorites")
        .about(texts.favorites_about)
        .after_help(texts.favorites_examples)
        .args(Part::options(
            texts.favorites_limit,
            texts.favorites_all,
            texts,
        ))
        .arg(cli::choice(via, &["auto", "documented", "community"]))
}

pub(super) fn run(context: &Context, matches: &ArgMatches) -> Result<(), Failure> {
    let part = Part::read(matches, None);
    let mut query = FavoritesQuery::new().offset(part.offset);
    if let Some(limit) = part.limit {
        query = query.max_items(limit);
    }
    match matches.get_one::<String>("via").map(String::as_str) {
        Some("documented") => query = query.source(FavoritesSource::Documented),
        Some("community") => query = query.source(FavoritesSource::Community),
        _ => {}
    }
    let client = settings::client(context)?;
    let mut pages = client.favorites_with(query);
    let columns = columns::groups(context.texts());
    listing::write(
        context,
        &mut pages,
        part,
        &columns,
        |groups| groups,
        |pages| {
            let mut meta = Map::new();
            if let Some((via, action)) = way(pages) {
                meta.insert("action".to_owned(), action.into());
                meta.insert("via".to_owned(), via.as_str().into());
            }
            meta
        },
    )?;
    if let (Some((via, action)), true) = (way(&pages), context.globals.verbose > 0) {
        tell(&fill(
            context.texts().favorites_way,
            &[("action", action), ("way", via.as_str())],
        ));
    }
    Ok(())
}

/// Which way the favourites are listed, and by which action.
fn way(pages: &Pages<FavoritesPaginator>) -> Option<(FavoritesSource, &'static str)> {
    pages.paginator().source().map(|via| match via {
        FavoritesSource::Documented => (via, DescribeFavoriteImages::NAME),
        FavoritesSource::Community => (via, DescribeCommunityImages::NAME),
    })
}
