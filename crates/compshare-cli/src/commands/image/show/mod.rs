//! `compshare image show`: the details of an image from any source.

mod columns;

use clap::{ArgMatches, Command};
use compshare_client::Error;
use compshare_client::model::{
    DescribeCommunityImages, DescribeCompShareCustomImages, DescribeCompShareImages,
    DescribeCompShareSharingImages, DescribeSelfCommunityImages, Image, ImageGroup, ImageId,
    ImageType,
};
use compshare_client::sync::Client;
use serde::Serialize;

use super::list::{ImageSource, SEARCHABLE, source};
use crate::cli::args::{self, examples, required};
use crate::cli::subcommand::Subcommand;
use crate::commands::listing;
use crate::context::Context;
use crate::failure::{Failure, rejects_image_id};
use crate::lang::{text, texts};
use crate::settings;

pub(super) const COMMAND: Subcommand = Subcommand::new("show", define, run);

fn define(command: Command) -> Command {
    let commands = [
        "compshare image show compshareImage-1pl06yxr5lvm",
        "compshare image show compshareImage-1pl06yxr5lvm --source custom --output json",
    ];
    command
        .about(texts().show_about)
        .after_help(examples(&commands, texts().show_note))
        .arg(args::image(texts().change_image))
        .arg(source(SEARCHABLE, texts().show_source))
}

fn run(context: &Context, matches: &ArgMatches) -> Result<(), Failure> {
    let id = ImageId::from(required(matches, "image"));
    let source: Option<ImageSource> = matches.get_one("source").copied();
    let client = settings::client(context)?;

    if let Some(found) = search(&client, source, &id)? {
        return listing::write_one(context, &columns::columns_of(&found), &found);
    }
    let sources: Vec<&str> = searched(source).map(ImageSource::name).collect();
    let sources = sources.join(", ");
    Err(Failure::not_found(text!(show_nowhere, id, sources)))
}

/// Finds an image by id in any source.
pub(in crate::commands) fn find_image(
    client: &Client,
    id: &ImageId,
) -> Result<Option<Image>, Error> {
    let found = search(client, None, id)?;
    Ok(found.map(|found| found.image))
}

/// Finds an image by id in one source, or in all of them.
fn search(
    client: &Client,
    source: Option<ImageSource>,
    id: &ImageId,
) -> Result<Option<Found>, Error> {
    for place in searched(source) {
        let found = match find(client, place, id) {
            Ok(found) => found,
            Err(error) if is_not_in_source(&error, place) => None,
            // In a search of all sources, a source without an action is empty.
            Err(error) if source.is_none() && error.is_action_unavailable() => None,
            Err(error) => return Err(error),
        };
        let found = found.filter(|found| source.is_some() || found.belongs_to(place));
        if found.is_some() {
            return Ok(found);
        }
    }
    Ok(None)
}

fn searched(source: Option<ImageSource>) -> impl Iterator<Item = ImageSource> {
    let all = SEARCHABLE.iter().map(|(_, source)| *source);
    all.filter(move |place| source.is_none_or(|source| source == *place))
}

/// An image and its source.
#[derive(Serialize)]
pub(super) struct Found {
    source: &'static str,
    pub(super) image: Image,
    /// The group, without its versions.
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<ImageGroup>,
}

impl Found {
    /// Returns `true` if the image belongs to the source: the list of own images also returns
    /// others.
    fn belongs_to(&self, source: ImageSource) -> bool {
        source != ImageSource::Custom
            || matches!(
                self.image.image_type,
                None | Some(ImageType::Custom | ImageType::Unknown(_))
            )
    }
}

/// Finds an image by id in one source.
pub(super) fn find(
    client: &Client,
    source: ImageSource,
    id: &ImageId,
) -> Result<Option<Found>, Error> {
    let list = match source {
        ImageSource::Platform => client.send(&DescribeCompShareImages::new().image_id(id))?,
        ImageSource::Custom => client.send(&DescribeCompShareCustomImages::new().image_id(id))?,
        ImageSource::Shared => client.send(&DescribeCompShareSharingImages::new().image_id(id))?,
        ImageSource::Published => client.send(&DescribeSelfCommunityImages::new().image_id(id))?,
        ImageSource::Community | ImageSource::User => {
            client.send(&DescribeCommunityImages::new().image_id(id))?
        }
    };

    let has_groups = !list.groups.is_empty();
    let found = list.into_groups().into_iter().find_map(|mut group| {
        let versions = std::mem::take(&mut group.data);
        Some((
            versions.into_iter().find(|version| version.id == *id)?,
            group,
        ))
    });

    Ok(found.map(|(image, group)| Found {
        source: source.name(),
        image,
        group: has_groups.then_some(group),
    }))
}

/// Returns `true` if the image does not exist. The platform's list rejects ids of other sources.
fn is_not_in_source(error: &Error, source: ImageSource) -> bool {
    error.is_not_found() || (source == ImageSource::Platform && rejects_image_id(error))
}
