//! Accounts.

use crate::AccountId;
use crate::wire::record::record;

record! {
    /// An account: the owner of an image, or one that an image is shared with (`Owner`,
    /// `AccountSet`).
    pub struct Account {
        /// The account's id, sent as a number or as text.
        account_id: Option<AccountId> = "AccountId",
        /// The account's name.
        account_name: Option<String> = "AccountName",
    }
}
