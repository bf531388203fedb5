//! Favourites: by image as documented, by group as reported.

use super::page::List;
use super::{Answered, Call, Fields};
use crate::ListKey;
use crate::request::not_found;

pub(super) fn describe(call: &mut Call<'_>) -> Answered {
    let (store, quirks) = (&*call.store, call.quirks);
    if quirks.favorites_grouped {
        let groups = store.community.favorites_by_group();
        let list = List {
            key: ListKey::CompshareImageGroup,
            total: None,
            ..List::of_images(groups)
        };
        return list.page(call, |(at, places)| {
            store.community.group_row(*at, Some(places))
        });
    }
    let rows: Vec<_> = store.community.favorites().collect();
    // No total is documented here.
    List {
        total: None,
        ..List::of_images(rows)
    }
    .page(call, |row| (*row).clone())
}

pub(super) fn add(call: &mut Call<'_>) -> Answered {
    let id = call.request.required("CompShareImageId")?;
    if call.store.community.add_favorite(id) {
        Ok(Fields::new())
    } else {
        Err(not_found(id))
    }
}

pub(super) fn remove(call: &mut Call<'_>) -> Answered {
    call.store
        .community
        .remove_favorite(call.request.required("CompShareImageId")?);
    Ok(Fields::new())
}

pub(super) fn create_of_group(call: &mut Call<'_>) -> Answered {
    let id = call.request.required("GroupId")?;
    let group = call
        .store
        .community
        .find_group(id)
        .ok_or_else(|| not_found(id))?;
    call.store.community.add_favorite_group(group);
    Ok(Fields::new())
}

pub(super) fn delete_of_group(call: &mut Call<'_>) -> Answered {
    let id = call.request.required("GroupId")?;
    if let Some(group) = call.store.community.find_group(id) {
        call.store.community.remove_favorite_group(group);
    }
    Ok(Fields::new())
}
