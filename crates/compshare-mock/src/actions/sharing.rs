//! The accounts that custom images are shared with.

use super::{ActionResult, Call, fields};
use crate::request::{missing, not_found, out_of_range};
use crate::response::ApiError;
use crate::store::{Store, find};

pub(super) const MODIFY_PARAMS: &str = "AddAccounts CompShareImageId RemoveAccounts";

/// The maximum number of accounts to add, or to remove, in one request.
const MAX_ACCOUNTS: usize = 10;
/// The lowest account number; accounts below it do not exist.
const FIRST_ACCOUNT: u64 = 1000;

pub(super) fn describe(call: &mut Call<'_>) -> ActionResult {
    let id = own_image(call.store, call.request.required("CompShareImageId")?)?;
    let accounts = call.store.account.shares(id).to_vec();
    Ok(fields([("AccountSet", accounts.into())]))
}

pub(super) fn modify(call: &mut Call<'_>) -> ActionResult {
    let id = own_image(call.store, call.request.required("CompShareImageId")?)?;
    let add = accounts(call, "AddAccounts")?;
    let remove = accounts(call, "RemoveAccounts")?;
    if add.is_empty() && remove.is_empty() {
        return Err(missing("AddAccounts"));
    }

    let (add, mut invalid): (Vec<u64>, Vec<u64>) = add
        .into_iter()
        .partition(|account| *account >= FIRST_ACCOUNT);
    let (remove, unknown): (Vec<u64>, Vec<u64>) = remove
        .into_iter()
        .partition(|account| *account >= FIRST_ACCOUNT);
    invalid.extend(unknown);
    for account in add {
        let name = call.store.account_name(account);
        call.store.account.share(id, account, &name);
    }
    for account in remove {
        call.store.account.unshare(id, account);
    }
    Ok(fields([("InvalidAccounts", invalid.into())]))
}

/// Returns `id` if it belongs to a custom image of the account.
fn own_image<'a>(store: &Store, id: &'a str) -> Result<&'a str, ApiError> {
    if store.account.find(id).is_some() {
        Ok(id)
    } else if find(&store.shared, id).is_some() {
        Err(ApiError::new(
            8350,
            format!("Shared image [{id}] can not be shared"),
        ))
    } else {
        Err(not_found(id))
    }
}

fn accounts(call: &Call<'_>, key: &str) -> Result<Vec<u64>, ApiError> {
    let texts = call.request.list(key);
    if texts.len() > MAX_ACCOUNTS {
        return Err(out_of_range(key));
    }
    texts
        .into_iter()
        .map(|text| text.parse().map_err(|_| out_of_range(key)))
        .collect()
}
