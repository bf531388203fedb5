//! Favorites: by image, as documented, and by group, as reported.

use super::page::List;
use super::{ActionResult, Call, Fields};
use crate::ListKey;
use crate::request::not_found;

pub(super) fn describe(call: &mut Call<'_>) -> ActionResult {
    // No total is documented for this list.
    if call.quirks.favorites_grouped {
        let list = List {
            key: ListKey::CompshareImageGroup,
            total: None,
            ..List::from_images(call.store.community.favorites_by_group())
        };
        return list.page(call, |(group, versions)| {
            group.row(versions.iter().copied())
        });
    }

    let list = List {
        total: None,
        ..List::from_images(call.store.community.favorites())
    };
    list.page(call, |version| version.row.clone())
}

pub(super) fn add(call: &mut Call<'_>) -> ActionResult {
    let id = call.request.required("CompShareImageId")?;
    if !call.store.community.add_favorite(id) {
        return Err(not_found(id));
    }
    Ok(Fields::new())
}

pub(super) fn remove(call: &mut Call<'_>) -> ActionResult {
    let id = call.request.required("CompShareImageId")?;
    call.store.community.remove_favorite(id);
    Ok(Fields::new())
}

pub(super) fn add_group(call: &mut Call<'_>) -> ActionResult {
    let id = call.request.required("GroupId")?;
    if !call.store.community.add_favorite_group(id) {
        return Err(not_found(id));
    }
    Ok(Fields::new())
}

pub(super) fn remove_group(call: &mut Call<'_>) -> ActionResult {
    let id = call.request.required("GroupId")?;
    call.store.community.remove_favorite_group(id);
    Ok(Fields::new())
}
