//! The columns of lists of images, as CompShare's own command line has them.

use std::borrow::Cow;

use compshare_client::model::{Favorite, GroupId, Image, ImageGroup};

use crate::lang::texts;
use crate::output::{Align, Column, Columns, Style, human, join_non_empty, non_empty};

/// The minimum width of a name, in cells.
const NARROWEST_NAME: usize = 20;
/// The maximum width of a name, in cells, except in `wide`.
const WIDEST_NAME: usize = 60;
/// The minimum width of a status, in cells.
const NARROWEST_STATUS: usize = 6;

/// A row: an image, or a group with its main version.
pub(super) trait ImageRow: 'static {
    /// Returns the image, or the main version of the group.
    fn image(&self) -> Option<&Image>;

    /// Returns the group, if the row is one.
    fn group(&self) -> Option<&ImageGroup> {
        None
    }

    /// Returns the name of the group or image.
    fn name(&self) -> &str {
        self.image().map_or("", |image| &image.name)
    }

    /// Returns the id of the group.
    fn group_id(&self) -> Option<&GroupId> {
        self.image()?.group_id.as_ref()
    }

    /// Returns the versions of the group.
    fn versions(&self) -> &[Image] {
        &[]
    }
}

impl ImageRow for Image {
    fn image(&self) -> Option<&Image> {
        Some(self)
    }
}

impl ImageRow for ImageGroup {
    fn image(&self) -> Option<&Image> {
        self.main_version()
    }

    fn group(&self) -> Option<&ImageGroup> {
        Some(self)
    }

    fn name(&self) -> &str {
        self.name()
    }

    fn group_id(&self) -> Option<&GroupId> {
        self.group_id.as_ref()
    }

    fn versions(&self) -> &[Image] {
        &self.data
    }
}

impl ImageRow for Favorite {
    fn image(&self) -> Option<&Image> {
        Some(&self.image)
    }

    fn group(&self) -> Option<&ImageGroup> {
        self.group.as_ref()
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn group_id(&self) -> Option<&GroupId> {
        self.group_id.as_ref()
    }

    fn versions(&self) -> &[Image] {
        &self.versions
    }
}

/// Returns the columns of images.
pub(super) fn images() -> Columns<Image> {
    Columns::with_id(common(), 0)
}

/// Returns the columns of versions, groups or favorites: those of images and the group id.
pub(super) fn grouped<T: ImageRow>() -> Columns<T> {
    let mut columns = common();
    columns.push(group_id());
    Columns::with_id(columns, 0)
}

/// Returns all columns of favorites, in the order of their JSON.
pub(super) fn favorites() -> Columns<Favorite> {
    let flag = Column::new("IsFavorite", texts().col_is_favorite, |row: &Favorite| {
        Some(Cow::Owned(row.is_favorite?.to_string()))
    });

    let mut columns = common();
    columns.splice(
        2..2,
        [
            group_id(),
            flag.name("favorite").humanize(human::word).rank(8),
        ],
    );
    Columns::with_id(columns, 0)
}

fn group_id<T: ImageRow>() -> Column<T> {
    let column = Column::new("GroupId", texts().col_group, |row: &T| {
        non_empty(row.group_id()?.as_str())
    });
    column.name("group").rank(6)
}

/// Returns the columns of all image lists; the first is the id. Versions of a group look alike
/// otherwise, so the version is the last optional column to be dropped.
fn common<T: ImageRow>() -> Vec<Column<T>> {
    let texts = texts();
    vec![
        Column::new("CompShareImageId", texts.col_id, |row: &T| {
            non_empty(row.image()?.id.as_str())
        })
        .name("id"),
        Column::new("Name", texts.col_name, |row: &T| non_empty(row.name()))
            .rank(0)
            .narrowest(NARROWEST_NAME)
            .widest(WIDEST_NAME),
        Column::new("ImageType", texts.col_type, |row: &T| {
            non_empty(row.image()?.image_type.as_ref()?.as_str())
        })
        .name("type")
        .humanize(human::word)
        .rank(7),
        Column::new("Author", texts.col_author, |row: &T| {
            non_empty(row.image()?.author.as_deref()?)
        })
        .rank(5),
        Column::new("Status", texts.col_status, |row: &T| {
            let of_version = || Some(row.image()?.status.as_ref()?.as_str());
            let of_group = || Some(row.group()?.status.as_ref()?.as_str());
            non_empty(of_version().or_else(of_group)?)
        })
        .style(status_style)
        .humanize(human::word)
        .narrowest(NARROWEST_STATUS)
        .rank(3),
        Column::new("Price", texts.col_price, |row: &T| {
            Some(Cow::Owned(row.image()?.price?.to_string()))
        })
        .align(Align::Right)
        .humanize(human::price)
        .rank(2),
        Column::new("VersionName", texts.col_version, |row: &T| {
            if row.group().is_none() {
                return non_empty(row.image()?.version_name.as_deref()?);
            }
            let versions = row.versions().iter();
            join_non_empty(
                versions.filter_map(|version| version.version_name.as_ref()),
                ", ",
            )
        })
        .name("version")
        .rank(1),
        Column::new("Tags", texts.col_tags, |row: &T| {
            join_non_empty(row.image()?.tag_words(), " ")
        })
        .rank(4),
    ]
}

/// Returns the style of a status.
pub(super) fn status_style(state: &str) -> Style {
    match state.to_ascii_lowercase().as_str() {
        "available" | "normal" | "success" | "ready" => Style::Success,
        "unavailable" | "failed" | "error" | "deleted" => Style::Error,
        "offline" => Style::Plain,
        _ => Style::Warning,
    }
}
