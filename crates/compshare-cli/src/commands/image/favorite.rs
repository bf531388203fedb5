//! `compshare image favorite` and `unfavorite`: change the favorites.

use std::collections::VecDeque;

use clap::{ArgAction, ArgMatches, Command};
use compshare_client::model::{
    Action as _, AddFavoriteImage, CreateCompShareImageFavorite, DeleteCompShareImageFavorite,
    GroupId, RemoveFavoriteImage,
};
use compshare_client::{FavoritesSource, sync};
use serde::Serialize;
use serde_json::{Map, json};

use super::change::Change;
use crate::cli::args::{examples, filled, positional};
use crate::cli::subcommand::Subcommand;
use crate::commands::report::{ChangeReport, MAX_NAMES};
use crate::context::Context;
use crate::failure::{Failure, truncate};
use crate::lang::{text, texts};
use crate::settings;

pub(super) const ADD: Subcommand = Subcommand::new("favorite", define_add, |context, matches| {
    run(context, matches, Change::Add)
});

pub(super) const REMOVE: Subcommand =
    Subcommand::new("unfavorite", define_remove, |context, matches| {
        run(context, matches, Change::Remove)
    });

/// The prefix of image ids, which group ids lack.
const IMAGE_PREFIX: &str = "compshareImage-";

fn define_add(command: Command) -> Command {
    let commands = [
        "compshare image favorite qYl0zvqlo03V",
        "compshare image favorite compshareImage-1pl06yxr5lvm compshareImage-2qm17zys6mwn",
    ];
    define(command)
        .about(texts().favorite_about)
        .after_help(examples(&commands, texts().favorite_note))
}

fn define_remove(command: Command) -> Command {
    let commands = [
        "compshare image unfavorite qYl0zvqlo03V",
        "compshare image unfavorite compshareImage-1pl06yxr5lvm",
    ];
    define(command)
        .about(texts().unfavorite_about)
        .after_help(examples(&commands, ""))
}

fn define(command: Command) -> Command {
    let what = positional("what", "GROUP-OR-IMAGE", texts().favorite_what);
    command.arg(filled(what).num_args(1..).action(ArgAction::Append))
}

/// A group to change.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Item {
    group_id: GroupId,
    /// The image on the command line, if any.
    #[serde(skip_serializing_if = "Option::is_none")]
    comp_share_image_id: Option<String>,
    /// Set after the change.
    #[serde(skip_serializing_if = "Option::is_none")]
    via: Option<&'static str>,
}

fn run(context: &Context, matches: &ArgMatches, change: Change) -> Result<(), Failure> {
    let mut report = ChangeReport::of_items(context)?;
    let client = settings::client(context)?;
    // Look up all items before the first change.
    let mut pending: VecDeque<Item> = VecDeque::new();
    for name in matches.get_many::<String>("what").into_iter().flatten() {
        let item = find(&client, name)?;
        if !pending.iter().any(|known| known.group_id == item.group_id) {
            pending.push_back(item);
        }
    }

    let mut done: Vec<Item> = Vec::new();
    let meta = |done: &[Item]| Map::from_iter([("returned".to_owned(), done.len().into())]);
    while let Some(item) = pending.front() {
        let group = item.group_id.as_str();
        let result = match change {
            Change::Add => client.images().add_favorite(group),
            Change::Remove => client.images().remove_favorite(group),
        };
        let via = match result {
            Ok(via) => via,
            Err(error) => {
                let pending: Vec<&str> =
                    pending.iter().map(|item| item.group_id.as_str()).collect();
                if !done.is_empty() || pending.len() > 1 {
                    report.unconfirmed(&truncate(&pending.join(", "), MAX_NAMES));
                }
                let data = json!({"items": done, "unconfirmed": pending});
                return report.finish(&data, meta(&done), Some(error.into()));
            }
        };

        let action = match (change, via) {
            (Change::Add, FavoritesSource::Documented) => AddFavoriteImage::NAME,
            (Change::Add, _) => CreateCompShareImageFavorite::NAME,
            (Change::Remove, FavoritesSource::Documented) => RemoveFavoriteImage::NAME,
            (Change::Remove, _) => DeleteCompShareImageFavorite::NAME,
        };
        let message = match change {
            Change::Add => text!(favorite_added, group, action),
            Change::Remove => text!(favorite_removed, group, action),
        };
        report.done(&message, [group])?;
        if let Some(mut item) = pending.pop_front() {
            item.via = Some(via.as_str());
            report.item(&item)?;
            done.push(item);
        }
    }
    report.finish(&json!({"items": done}), meta(&done), None)
}

/// Resolves the id of a group or of an image in one.
fn find(client: &sync::Client, name: &str) -> Result<Item, Failure> {
    let is_image = name.starts_with(IMAGE_PREFIX);
    let group_id = if is_image {
        let group = client.images().find_group(name)?;
        group.and_then(|group| group.group_id)
    } else {
        Some(name.into())
    };

    let group_id = group_id.filter(|id| !id.is_empty());
    Ok(Item {
        group_id: group_id
            .ok_or_else(|| Failure::unexpected_response(text!(favorite_no_group, image = name)))?,
        comp_share_image_id: is_image.then(|| name.to_owned()),
        via: None,
    })
}
