//! What is shown of an image, as CompShare's own command line shows it.

use std::borrow::Cow;

use compshare_client::model::Image;

use crate::lang::Texts;
use crate::output::{Align, Column, Columns, Style};

pub(super) fn columns(texts: &'static Texts) -> Columns<Image> {
    Columns::with_id(
        vec![
            Column::new("CompShareImageId", texts.col_id, |image: &Image| text(image.id.as_str())),
            Column::new("Name", texts.col_name, |image: &Image| text(&image.name)),
            Column::new("ImageType", texts.col_type, |image: &Image| text(image.image_type.as_ref()?.as_str())),
            Column::new("Author", texts.col_author, |image: &Image| text(image.author.as_deref()?)),
            Column::new("Status", texts.col_status, |image: &Image| text(image.status.as_ref()?.as_str())).style(state),
            Column::new("Price", texts.col_price, |image: &Image| Some(Cow::Owned(image.price?.to_string())))
                .align(Align::Right),
            Column::new("VersionName", texts.col_version, |image: &Image| text(image.version_name.as_deref()?)),
            Column::new("Tags", texts.col_tags, |image: &Image| {
                Some(image.tag_words().collect::<Vec<_>>().join(" ")).filter(|tags| !tags.is_empty()).map(Cow::Owned)
            }),
        ],
        0,
    )
}

fn text(text: &str) -> Option<Cow<'_, str>> {
    Some(Cow::Borrowed(text)).filter(|text| !text.is_empty())
}

/// How a state stands out.
fn state(state: &str) -> Style {
    match state.to_ascii_lowercase().as_str() {
        "available" | "normal" | "success" => Style::Good,
        "unavailable" | "failed" | "error" | "deleted" => Style::Bad,
        "offline" => Style::Plain,
        _ => Style::Doubtful,
    }
}
