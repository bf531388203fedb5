//! `compshare image tags`: the tags by which images can be found.

use clap::Command;
use compshare_client::CallOptions;
use compshare_client::model::{
    Action as _, DescribeCompShareImageTags, DescribeCompShareImageTagsResponse,
};
use serde::Serialize;

use super::{columns, rows};
use crate::Context;
use crate::failure::Failure;
use crate::lang::Texts;
use crate::output::{Column, Columns, Format};
use crate::settings;

pub(super) fn definition(texts: &'static Texts) -> Command {
    Command::new("tags")
        .about(texts.tags_about)
        .after_help(texts.tags_examples)
}

/// A tag in a category.
#[derive(Serialize)]
struct Row {
    category: Option<String>,
    tag: String,
}

pub(super) fn run(context: &Context) -> Result<(), Failure> {
    let texts = context.texts();
    let client = settings::client(context)?;
    let reply = client.send_with(&DescribeCompShareImageTags::new(), &CallOptions::default())?;
    // A tag of several categories is one identifier.
    let rows = if context.format == Some(Format::Ids) {
        reply.value.all_tags().map(|tag| row(None, tag)).collect()
    } else {
        by_category(&reply.value)
    };
    let columns = Columns::with_id(
        vec![
            Column::new("Category", texts.col_category, |row: &Row| {
                columns::text(row.category.as_deref()?)
            }),
            Column::new("Tag", texts.col_tag, |row: &Row| columns::text(&row.tag)),
        ],
        1,
    );
    rows::write(
        context,
        &columns,
        &rows,
        DescribeCompShareImageTags::NAME,
        &reply,
    )
}

fn row(category: Option<&str>, tag: &str) -> Row {
    Row {
        category: category.map(str::to_owned),
        tag: tag.to_owned(),
    }
}

/// Every tag of every category, then those that are in none.
fn by_category(answer: &DescribeCompShareImageTagsResponse) -> Vec<Row> {
    let placed = answer
        .categories()
        .flat_map(|(category, tags)| tags.iter().map(move |tag| row(Some(category), tag)));
    let mut rows: Vec<Row> = placed.collect();
    let others: Vec<Row> = {
        let is_placed = |tag: &str| rows.iter().any(|row| row.tag == tag);
        answer
            .all_tags()
            .filter(|tag| !is_placed(tag))
            .map(|tag| row(None, tag))
            .collect()
    };
    rows.extend(others);
    rows
}
