//! What lists show of images, as CompShare's own command line shows it.

use std::borrow::Cow;

use compshare_client::model::{Image, ImageGroup};

use crate::lang::Texts;
use crate::output::{Align, Column, Columns, Style};

/// A text of a row.
type Cell<T> = for<'r> fn(&'r T) -> Option<Cow<'r, str>>;

/// Where the columns of an image are in a row of another kind.
struct Place<T> {
    image: for<'r> fn(&'r T) -> Option<&'r Image>,
    name: Cell<T>,
    status: Cell<T>,
    version: Cell<T>,
}

/// Images by themselves.
pub(super) fn images(texts: &'static Texts) -> Columns<Image> {
    Columns::with_id(common(texts, &IMAGE), 0)
}

/// Versions, each with its group.
pub(super) fn versions(texts: &'static Texts) -> Columns<Image> {
    let mut columns = common(texts, &IMAGE);
    columns.push(Column::new("GroupId", texts.col_group, |image: &Image| {
        text(image.group_id.as_ref()?.as_str())
    }));
    Columns::with_id(columns, 0)
}

/// Groups, each with the version that stands for it and with the names of all.
pub(super) fn groups(texts: &'static Texts) -> Columns<ImageGroup> {
    let mut columns = common(
        texts,
        &Place {
            image: ImageGroup::main_version,
            name: |group| text(group.name()),
            status: |group| {
                let of_version = group
                    .main_version()
                    .and_then(|version| version.status.as_ref());
                text(
                    of_version
                        .map(AsRef::as_ref)
                        .or(group.status.as_ref().map(AsRef::as_ref))?,
                )
            },
            version: |group| {
                joined(
                    group
                        .data
                        .iter()
                        .filter_map(|version| version.version_name.as_deref()),
                    ", ",
                )
            },
        },
    );
    columns.push(Column::new(
        "GroupId",
        texts.col_group,
        |group: &ImageGroup| text(group.group_id.as_ref()?.as_str()),
    ));
    Columns::with_id(columns, 0)
}

const IMAGE: Place<Image> = Place {
    image: |image| Some(image),
    name: |image| text(&image.name),
    status: |image| text(image.status.as_ref()?.as_str()),
    version: |image| text(image.version_name.as_deref()?),
};

/// The columns that all lists of images have; the first identifies the row.
fn common<T: 'static>(texts: &'static Texts, place: &Place<T>) -> Vec<Column<T>> {
    let Place {
        image,
        name,
        status,
        version,
    } = *place;
    vec![
        Column::new("CompShareImageId", texts.col_id, move |row: &T| {
            text(image(row)?.id.as_str())
        }),
        Column::new("Name", texts.col_name, name),
        Column::new("ImageType", texts.col_type, move |row: &T| {
            text(image(row)?.image_type.as_ref()?.as_str())
        }),
        Column::new("Author", texts.col_author, move |row: &T| {
            text(image(row)?.author.as_deref()?)
        }),
        Column::new("Status", texts.col_status, status).style(state),
        Column::new("Price", texts.col_price, move |row: &T| {
            Some(Cow::Owned(image(row)?.price?.to_string()))
        })
        .align(Align::Right),
        Column::new("VersionName", texts.col_version, version),
        Column::new("Tags", texts.col_tags, move |row: &T| {
            joined(image(row)?.tag_words(), " ")
        }),
    ]
}

/// A text, unless there is nothing in it.
pub(super) fn text(text: &str) -> Option<Cow<'_, str>> {
    Some(Cow::Borrowed(text)).filter(|text| !text.is_empty())
}

/// Several texts in one cell.
pub(super) fn joined<'a>(
    texts: impl Iterator<Item = &'a str>,
    separator: &str,
) -> Option<Cow<'a, str>> {
    let joined = texts
        .filter(|text| !text.is_empty())
        .collect::<Vec<_>>()
        .join(separator);
    Some(joined)
        .filter(|joined| !joined.is_empty())
        .map(Cow::Owned)
}

/// How a state stands out.
pub(super) fn state(state: &str) -> Style {
    match state.to_ascii_lowercase().as_str() {
        "available" | "normal" | "success" | "ready" => Style::Good,
        "unavailable" | "failed" | "error" | "deleted" => Style::Bad,
        "offline" => Style::Plain,
        _ => Style::Doubtful,
    }
}
