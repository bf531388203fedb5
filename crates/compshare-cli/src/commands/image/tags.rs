//! `compshare image tags`: tags for filtering images.

use clap::{ArgMatches, Command};
use compshare_client::CallOptions;
use compshare_client::model::{
    Action as _, DescribeCompShareImageTags, DescribeCompShareImageTagsResponse,
};
use serde::Serialize;

use crate::cli::args::{self, examples};
use crate::cli::subcommand::Subcommand;
use crate::commands::listing;
use crate::context::Context;
use crate::failure::Failure;
use crate::lang::texts;
use crate::output::{Column, Columns, Format, non_empty};
use crate::settings;

pub(super) const COMMAND: Subcommand = Subcommand::new("tags", define, run);

fn define(command: Command) -> Command {
    let commands = ["compshare image tags", "compshare image tags --output ids"];
    command
        .about(texts().tags_about)
        .after_help(examples(&commands, ""))
        .arg(args::columns())
}

/// A tag in a category.
#[derive(Serialize)]
struct TagRow {
    category: Option<String>,
    tag: String,
}

fn run(context: &Context, matches: &ArgMatches) -> Result<(), Failure> {
    let columns = vec![
        Column::new("Category", texts().col_category, |row: &TagRow| {
            non_empty(row.category.as_deref()?)
        }),
        Column::new("Tag", texts().col_tag, |row: &TagRow| non_empty(&row.tag)),
    ];
    let columns = listing::selected(context, matches, Columns::with_id(columns, 1))?;

    let client = settings::client(context)?;
    let request = DescribeCompShareImageTags::new();
    let reply = client.send_with(&request, &CallOptions::default())?;
    // A tag in several categories is printed once.
    let rows = if context.format == Some(Format::Ids) {
        reply.value.all_tags().map(|tag| row(None, tag)).collect()
    } else {
        by_category(&reply.value)
    };
    listing::write_rows(context, &columns, &rows, request.name(), &reply)
}

fn row(category: Option<&str>, tag: &str) -> TagRow {
    TagRow {
        category: category.map(str::to_owned),
        tag: tag.to_owned(),
    }
}

/// Returns the tags of each category, then those without a category.
fn by_category(response: &DescribeCompShareImageTagsResponse) -> Vec<TagRow> {
    let mut rows: Vec<TagRow> = Vec::new();
    for (category, tags) in response.categories() {
        rows.extend(tags.iter().map(|tag| row(Some(category), tag)));
    }
    let placed = rows.len();
    for tag in response.all_tags() {
        if rows.iter().take(placed).all(|row| row.tag != tag) {
            rows.push(row(None, tag));
        }
    }
    rows
}
