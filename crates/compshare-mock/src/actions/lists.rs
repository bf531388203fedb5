//! The image lists outside the community, and the tags.

use serde_json::{Map, Value};

use super::filters::has_tag;
use super::page::List;
use super::{ActionResult, Call, fields};
use crate::request::{not_available, not_found};
use crate::store::{find, text};

pub(super) const PARAMS: &str = "CompShareImageId Limit Offset";
pub(super) const PLATFORM_PARAMS: &str = "Author CompShareImageId ImageType Limit Name Offset Tag";

/// The types of platform images, both documented and reported.
const TYPES: [&str; 4] = ["System", "App", "Game", "Other"];

pub(super) fn platform(call: &mut Call<'_>) -> ActionResult {
    let (request, store, quirks) = (call.request, &*call.store, call.quirks);

    let kind = request
        .text("ImageType")
        .filter(|_| !quirks.platform_type_ignored);
    if kind.is_some_and(|kind| {
        !TYPES.contains(&kind) || quirks.platform_types_refused.iter().any(|one| one == kind)
    }) {
        return Err(not_available("ImageType"));
    }

    if let Some(id) = request.text("CompShareImageId") {
        let rows: Vec<_> = find(&store.platform, id).into_iter().collect();
        if rows.is_empty() && !quirks.foreign_ids_empty {
            return Err(not_available("CompShareImageId"));
        }
        // As reported: one row with a total of 0.
        return List {
            total: Some(0),
            ..List::from_images(rows)
        }
        .page_of_rows(call);
    }

    let all = quirks.platform_type_ignored || quirks.all_platform_types;
    let kind = kind.or((!all).then_some("System"));
    let rows = store.platform.iter().filter(|row| {
        kind.is_none_or(|kind| text(row, "ImageType") == kind)
            // Case-sensitive, as reported.
            && request.text("Name").is_none_or(|part| text(row, "Name").contains(part))
            && request.text("Author").is_none_or(|author| text(row, "Author") == author)
            && request.text("Tag").is_none_or(|tag| has_tag(row, tag))
    });
    List::from_images(rows.collect()).page_of_rows(call)
}

pub(super) fn custom(call: &mut Call<'_>) -> ActionResult {
    let store = &*call.store;
    let Some(id) = call.request.text("CompShareImageId") else {
        return List::from_images(store.account.images().iter().collect()).page_of_rows(call);
    };

    let mut row = store.account.find(id);
    if call.quirks.custom_scope_ignored {
        row = row
            .or_else(|| find(&store.platform, id))
            .or_else(|| find(&store.shared, id))
            .or_else(|| Some(&store.community.version(id)?.row));
    }
    List::from_images(vec![row.ok_or_else(|| not_found(id))?]).page_of_rows(call)
}

pub(super) fn sharing(call: &mut Call<'_>) -> ActionResult {
    let shared = &call.store.shared;
    let rows = match call.request.text("CompShareImageId") {
        None => shared.iter().collect(),
        Some(id) => vec![find(shared, id).ok_or_else(|| not_found(id))?],
    };
    List::from_images(rows).page_of_rows(call)
}

#[allow(clippy::unnecessary_wraps, reason = "every action has this signature")]
pub(super) fn tags(call: &mut Call<'_>) -> ActionResult {
    let tags = &call.store.tags;
    let all: Vec<&str> = tags
        .iter()
        .flat_map(|(_, tags)| tags)
        .map(String::as_str)
        .collect();
    let index: Vec<&str> = tags.iter().map(|(category, _)| category.as_str()).collect();
    let map: Map<String, Value> = tags
        .iter()
        .map(|(category, tags)| (category.clone(), tags.clone().into()))
        .collect();
    Ok(fields([
        ("Tags", all.into()),
        ("TagsMap", map.into()),
        ("TagIndex", index.into()),
    ]))
}
