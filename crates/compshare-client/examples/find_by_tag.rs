//! Lists the tags of images, and the newest community images with the tag of the argument or with
//! the first tag.
//!
//! ```sh
//! cargo run --example find_by_tag -- ComfyUI
//! ```
//!
//! The target is that of `list_favorites`. Read only.

mod support;

use std::error::Error;
use std::process::ExitCode;

use compshare_client::Client;
use compshare_client::model::{
    DescribeCommunityImages, DescribeCompShareImageTags, SortCondition, SortField,
};
use support::Target;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    support::finish(find().await)
}

async fn find() -> Result<(), Box<dyn Error>> {
    let target = Target::find()?;
    let client = Client::new(target.config.clone());

    let tags = client.send(&DescribeCompShareImageTags::new()).await?;
    for (category, tags) in tags.categories() {
        support::print(&format!("{category}: {}", tags.join(", ")))?;
    }
    let given = support::arguments();
    let tag = given
        .first()
        .map(String::as_str)
        .or(tags.all_tags().next())
        .ok_or("there are no tags")?;

    // Readmes can be long. Excluding them is undocumented; a service that does not support it
    // responds with RetCode 230.
    let request = DescribeCommunityImages::new()
        .tags([tag])
        .sort_condition(SortCondition::new(SortField::PubTime).asc(false))
        .exclude_readme(true);

    support::print(&format!("the newest images with the tag {tag}:"))?;
    let mut groups = client.pages(request.grouped()).max_items(20).into_items();
    while let Some(group) = groups.next().await {
        let group = group?;
        let id = group
            .ready_version()
            .map_or("no version is ready", |version| version.id.as_str());
        let favorites = group.favorites_count.unwrap_or_default();
        support::print(&format!("{id} - {} ({favorites} favorites)", group.name()))?;
    }
    Ok(())
}
