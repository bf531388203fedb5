//! `compshare image favorite` and `unfavorite`: the favourites, changed.

use clap::{Arg, ArgAction, ArgMatches, Command};
use compshare_client::model::{
    Action as _, AddFavoriteImage, CreateCompShareImageFavorite, DeleteCompShareImageFavorite,
    GroupId, RemoveFavoriteImage,
};
use compshare_client::{FavoritesSource, sync};
use serde::Serialize;
use serde_json::{Map, json};

use super::change::{Change, MAX_NAMES, Report, filled};
use crate::Context;
use crate::failure::{Failure, cut_to};
use crate::lang::{Texts, fill};
use crate::settings;

/// What the id of an image begins with, and that of a group does not.
const IMAGE_PREFIX: &str = "compshareImage-";

pub(super) fn definition(change: Change, texts: &'static Texts) -> Command {
    let (name, about, examples) = match change {
        Change::Add => ("favorite", texts.favorite_about, texts.favorite_examples),
        Change::Remove => (
            "unfavorite",
            texts.unfavorite_about,
            texts.unfavorite_examples,
        ),
    };
    Command::new(name)
        .about(about)
        .after_help(examples)
        .arg(filled(
            Arg::new("what")
                .value_name(texts.val_group_or_image)
                .required(true)
                .num_args(1..)
                .action(ArgAction::Append)
                .help(texts.favorite_what),
        ))
}

/// A group that is to be changed, and that was changed.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Item {
    group_id: GroupId,
    /// The image that it was named by.
    #[serde(skip_serializing_if = "Option::is_none")]
    comp_share_image_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    via: Option<&'static str>,
}

pub(super) fn run(context: &Context, matches: &ArgMatches, change: Change) -> Result<(), Failure> {
    let texts = context.texts();
    let mut report = Report::new(context)?;
    let client = settings::client(context)?;
    // All of them are looked up before anything is changed.
    let mut left: Vec<Item> = Vec::new();
    for name in matches.get_many::<String>("what").into_iter().flatten() {
        let item = find(&client, name, texts)?;
        if !left.iter().any(|known| known.group_id == item.group_id) {
            left.push(item);
        }
    }
    left.reverse();

    let mut done: Vec<Item> = Vec::new();
    while let Some(mut item) = left.pop() {
        let result = match change {
            Change::Add => client.favorite(item.group_id.clone()),
            Change::Remove => client.unfavorite(item.group_id.clone()),
        };
        let via = match result {
            Ok(via) => via,
            Err(error) => {
                left.push(item);
                let left: Vec<&str> = left
                    .iter()
                    .rev()
                    .map(|item| item.group_id.as_str())
                    .collect();
                if !done.is_empty() || left.len() > 1 {
                    report.unconfirmed(&cut_to(&left.join(", "), MAX_NAMES));
                }
                if report.is_lines() {
                    return Err(error.into());
                }
                let meta = Map::from_iter([("returned".to_owned(), done.len().into())]);
                return Err(report.fail(
                    &json!({"items": done, "unconfirmed": left}),
                    meta,
                    error.into(),
                ));
            }
        };
        let (template, action) = match (change, via) {
            (Change::Add, FavoritesSource::Community) => {
                (texts.favorite_added, CreateCompShareImageFavorite::NAME)
            }
            (Change::Add, FavoritesSource::Documented) => {
                (texts.favorite_added, AddFavoriteImage::NAME)
            }
            (Change::Remove, FavoritesSource::Community) => {
                (texts.favorite_removed, DeleteCompShareImageFavorite::NAME)
            }
            (Change::Remove, FavoritesSource::Documented) => {
                (texts.favorite_removed, RemoveFavoriteImage::NAME)
            }
        };
        item.via = Some(via.as_str());
        let message = fill(
            template,
            &[("group", item.group_id.as_str()), ("action", action)],
        );
        report.done(&message, [item.group_id.as_str()])?;
        report.item(&json!(item))?;
        done.push(item);
    }
    if report.is_lines() {
        return Ok(());
    }
    let meta = Map::from_iter([("returned".to_owned(), done.len().into())]);
    report.finish(&json!({"items": done}), meta)
}

/// The group that `name` is, or is an image of.
fn find(client: &sync::Client, name: &str, texts: &Texts) -> Result<Item, Failure> {
    if !name.starts_with(IMAGE_PREFIX) {
        return Ok(Item {
            group_id: name.into(),
            comp_share_image_id: None,
            via: None,
        });
    }
    match client
        .group_of(name)?
        .and_then(|group| group.group_id)
        .filter(|id| !id.is_empty())
    {
        Some(group_id) => Ok(Item {
            group_id,
            comp_share_image_id: Some(name.to_owned()),
            via: None,
        }),
        None => Err(Failure::Answer {
            message: fill(texts.favorite_no_group, &[("image", name)]),
        }),
    }
}
