//! Shares an image of the account with other accounts, and lists the accounts that have access.
//!
//! ```sh
//! cargo run --example share_image --features sync -- compshareImage-1pl06yxr5lvm 50123456 50123457
//! ```
//!
//! The target is that of `list_favorites`. The arguments are optional with the mock gateway only.

mod support;

use std::error::Error;
use std::process::ExitCode;

use compshare_client::model::{
    DescribeCompShareImageShareAccounts, ModifyCompShareImageShareAccount,
};
use compshare_client::sync::Client;
use support::Target;

fn main() -> ExitCode {
    support::finish(share())
}

fn share() -> Result<(), Box<dyn Error>> {
    let target = Target::find()?;
    // The mock gateway has this image, and no account below 1000.
    let arguments = target.arguments(&["compshareImage-k6i5s67pl8l8", "1001", "7"]);
    let Some((image, accounts)) = arguments
        .split_first()
        .filter(|(_, accounts)| !accounts.is_empty())
    else {
        return Err(
            "name the image and at least one account, as in: compshareImage-1pl06yxr5lvm 50123456"
                .into(),
        );
    };
    let client = Client::new(target.config.clone());

    let accounts = accounts.iter().map(String::as_str);
    let done = client
        .send(&ModifyCompShareImageShareAccount::new(image.as_str()).add_accounts(accounts))?;
    // RetCode 0 does not mean that every account exists.
    for account in &done.invalid_accounts {
        support::print(&format!(
            "not shared with {account}: there is no such account"
        ))?;
    }

    let shared = client.send(&DescribeCompShareImageShareAccounts::new(image.as_str()))?;
    for account in &shared.account_set {
        let id = account.account_id.as_ref().map_or("?", |id| id.as_str());
        support::print(&format!(
            "shared with {id} - {}",
            account.account_name.as_deref().unwrap_or_default()
        ))?;
    }
    Ok(())
}
