//! Accounts.

use crate::AccountId;
use crate::wire::record::record;

record! {
    /// Somebody's account: an image's owner, or whom an image is shared with (`Owner`, `AccountSet`).
    pub struct Account {
        /// The account's id; the service sends it as a number or as text.
        account_id: Option<AccountId> = "AccountId",
        /// The account's name.
        account_name: Option<String> = "AccountName",
    }
}
