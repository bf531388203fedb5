//! `compshare image show`: all of one image, wherever it is.

mod columns;

use clap::{Arg, ArgMatches, Command};
use compshare_client::Error;
use compshare_client::model::{
    DescribeCommunityImages, DescribeCompShareCustomImages, DescribeCompShareImages,
    DescribeCompShareSharingImages, DescribeSelfCommunityImages, Image, ImageGroup, ImageId,
    ImageType,
};
use compshare_client::sync::Client;
use serde::Serialize;

use super::change::{filled, required, text};
use super::list::{Origin, source};
use super::single;
use crate::Context;
use crate::failure::{Failure, names_image};
use crate::lang::{Texts, fill};
use crate::settings;

/// Where images can be asked for by id, in the order in which they are looked for.
const ORIGINS: [Origin; 5] = [
    Origin::Platform,
    Origin::Custom,
    Origin::Community,
    Origin::Shared,
    Origin::Published,
];

pub(super) fn definition(texts: &'static Texts) -> Command {
    Command::new("show")
        .about(texts.show_about)
        .after_help(texts.show_examples)
        .arg(filled(
            Arg::new("image")
                .value_name(texts.val_image)
                .required(true)
                .help(texts.show_image),
        ))
        .arg(source(&ORIGINS.map(Origin::name), texts.show_source, texts))
}

pub(super) fn run(context: &Context, matches: &ArgMatches) -> Result<(), Failure> {
    let texts = context.texts();
    let id = ImageId::from(required(matches, "image"));
    let origin = text(matches, "source").and_then(Origin::from_name);
    let client = settings::client(context)?;
    let origins = origin.map_or(ORIGINS.to_vec(), |origin| vec![origin]);
    for &place in &origins {
        let found = match find(&client, place, &id) {
            Ok(found) => found,
            Err(error) if is_missing(&error, place) => None,
            // Where all places are looked through, one that the service does not have holds nothing.
            Err(error) if origin.is_none() && error.is_action_unavailable() => None,
            Err(error) => return Err(error.into()),
        };
        if let Some(found) = found.filter(|found| origin.is_some() || found.belongs(place)) {
            return single::write(context, &columns::of(&found, texts), &found);
        }
    }
    let sources = origins
        .iter()
        .map(|origin| origin.name())
        .collect::<Vec<_>>()
        .join(", ");
    Err(Failure::Missing {
        message: fill(
            texts.show_nowhere,
            &[("id", id.as_str()), ("sources", &sources)],
        ),
    })
}

/// An image, and where it was found.
#[derive(Serialize)]
struct Found {
    source: &'static str,
    image: Image,
    /// What is known of its group, without the versions.
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<ImageGroup>,
}

impl Found {
    /// Whether it is an image of that place: the account's own images are known to answer for others too.
    fn belongs(&self, origin: Origin) -> bool {
        origin != Origin::Custom
            || matches!(
                self.image.image_type,
                None | Some(ImageType::Custom | ImageType::Unknown(_))
            )
    }
}

/// The image of this id in the answer of one list. Any other image there is none that was asked for.
fn find(client: &Client, origin: Origin, id: &ImageId) -> Result<Option<Found>, Error> {
    let list = match origin {
        Origin::Platform => client.send(&DescribeCompShareImages::new().comp_share_image_id(id))?,
        Origin::Custom => {
            client.send(&DescribeCompShareCustomImages::new().comp_share_image_id(id))?
        }
        Origin::Shared => {
            client.send(&DescribeCompShareSharingImages::new().comp_share_image_id(id))?
        }
        Origin::Published => {
            client.send(&DescribeSelfCommunityImages::new().comp_share_image_id(id))?
        }
        Origin::Community | Origin::User => {
            client.send(&DescribeCommunityImages::new().comp_share_image_id(id))?
        }
    };
    let has_groups = !list.groups.is_empty();
    let found = list.into_groups().into_iter().find_map(|mut group| {
        let versions = std::mem::take(&mut group.data);
        group.extra.remove("Data");
        Some((
            versions.into_iter().find(|version| version.id == *id)?,
            group,
        ))
    });
    Ok(found.map(|(image, group)| Found {
        source: origin.name(),
        image,
        group: has_groups.then_some(group),
    }))
}

/// Whether the service says that there is no such image. The platform's list takes the ids of other lists for wrong.
fn is_missing(error: &Error, origin: Origin) -> bool {
    error.is_not_found() || (origin == Origin::Platform && names_image(error))
}
