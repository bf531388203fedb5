//! The columns of lists of images, as CompShare's own command line has them.

use std::borrow::Cow;

use compshare_client::model::{Image, ImageGroup};

use crate::lang::texts;
use crate::output::{Align, Column, Columns, Style, human};

/// The cells of a name that a narrow table keeps.
const NARROWEST_NAME: usize = 20;
/// The most cells of a name, also where there is no terminal to fit.
const WIDEST_NAME: usize = 60;
/// The cells of a state that a narrow table keeps.
const NARROWEST_STATUS: usize = 6;

/// A row about an image, or about a group and its main version.
pub(super) trait Row: 'static {
    /// The image, or the main version of the group.
    fn image(&self) -> Option<&Image>;

    /// The group, of a row about one.
    fn group(&self) -> Option<&ImageGroup>;
}

impl Row for Image {
    fn image(&self) -> Option<&Image> {
        Some(self)
    }

    fn group(&self) -> Option<&ImageGroup> {
        None
    }
}

impl Row for ImageGroup {
    fn image(&self) -> Option<&Image> {
        self.main_version()
    }

    fn group(&self) -> Option<&ImageGroup> {
        Some(self)
    }
}

/// Images by themselves.
pub(super) fn images() -> Columns<Image> {
    Columns::with_id(common(), 0)
}

/// Versions or groups, each with the id of the group; a group with its main version and the names of all versions.
pub(super) fn grouped<T: Row>() -> Columns<T> {
    let mut columns = common();
    let group = Column::new("GroupId", texts().col_group, |row: &T| {
        let id = match row.group() {
            Some(group) => group.group_id.as_ref(),
            None => row.image()?.group_id.as_ref(),
        };
        text(id?.as_str())
    });
    columns.push(group.name("group").rank(6));
    Columns::with_id(columns, 0)
}

/// The columns that all lists of images have; the first identifies the row. The versions of a group differ in little but
/// their version, so that is the last of the optional columns to be left out.
fn common<T: Row>() -> Vec<Column<T>> {
    let texts = texts();
    vec![
        Column::new("CompShareImageId", texts.col_id, |row: &T| {
            text(row.image()?.id.as_str())
        })
        .name("id"),
        Column::new("Name", texts.col_name, |row: &T| match row.group() {
            Some(group) => text(group.name()),
            None => text(&row.image()?.name),
        })
        .rank(0)
        .narrowest(NARROWEST_NAME)
        .widest(WIDEST_NAME),
        Column::new("ImageType", texts.col_type, |row: &T| {
            text(row.image()?.image_type.as_ref()?.as_str())
        })
        .name("type")
        .humanize(human::word)
        .rank(7),
        Column::new("Author", texts.col_author, |row: &T| {
            text(row.image()?.author.as_deref()?)
        })
        .rank(5),
        Column::new("Status", texts.col_status, |row: &T| {
            let of_version = || Some(row.image()?.status.as_ref()?.as_str());
            let of_group = || Some(row.group()?.status.as_ref()?.as_str());
            text(of_version().or_else(of_group)?)
        })
        .style(state)
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
            let Some(group) = row.group() else {
                return text(row.image()?.version_name.as_deref()?);
            };
            let versions = group.data.iter();
            joined(
                versions.filter_map(|version| version.version_name.as_ref()),
                ", ",
            )
        })
        .name("version")
        .rank(1),
        Column::new("Tags", texts.col_tags, |row: &T| {
            joined(row.image()?.tag_words(), " ")
        })
        .rank(4),
    ]
}

/// A text, unless it is empty.
pub(super) fn text(text: &str) -> Option<Cow<'_, str>> {
    Some(Cow::Borrowed(text)).filter(|text| !text.is_empty())
}

/// Texts in one cell, without those that are empty.
pub(super) fn joined<'r, S: AsRef<str>>(
    texts: impl IntoIterator<Item = S>,
    separator: &str,
) -> Option<Cow<'r, str>> {
    let mut joined = String::new();
    for text in texts {
        let text = text.as_ref();
        if !text.is_empty() && !joined.is_empty() {
            joined.push_str(separator);
        }
        joined.push_str(text);
    }
    (!joined.is_empty()).then_some(Cow::Owned(joined))
}

/// The style of a state.
pub(super) fn state(state: &str) -> Style {
    match state.to_ascii_lowercase().as_str() {
        "available" | "normal" | "success" | "ready" => Style::Good,
        "unavailable" | "failed" | "error" | "deleted" => Style::Bad,
        "offline" => Style::Plain,
        _ => Style::Doubtful,
    }
}
