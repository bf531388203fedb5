//! Shares an image with exactly the accounts of a file, which has one account number per line.

use std::collections::BTreeSet;
use std::env;
use std::error::Error;
use std::fs;

use compshare_client::model::{
    DescribeCompShareImageShareAccounts, ModifyCompShareImageShareAccount,
};
use compshare_client::sync::Client;

/// The maximum number of accounts in a request.
const BATCH: usize = 10;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [image, team] = &arguments[..] else {
        return Err("expected an image and a file of accounts".into());
    };
    let team = fs::read_to_string(team)?;
    let team: BTreeSet<String> = team.split_whitespace().map(str::to_owned).collect();

    let client = Client::from_env()?;
    let response = client.send(&DescribeCompShareImageShareAccounts::new(image))?;
    let accounts = response.account_set.iter();
    let shared: BTreeSet<String> = accounts
        .filter_map(|account| Some(account.account_id.as_ref()?.to_string()))
        .collect();

    let missing: Vec<&String> = team.difference(&shared).collect();
    for batch in missing.chunks(BATCH) {
        let request = ModifyCompShareImageShareAccount::new(image);
        let accounts = batch.iter().map(|account| account.as_str());
        let response = client.send(&request.add_accounts(accounts))?;
        // RetCode 0 does not mean that every account exists.
        for account in &response.invalid_accounts {
            println!("no such account: {account}");
        }
    }

    let surplus: Vec<&String> = shared.difference(&team).collect();
    for batch in surplus.chunks(BATCH) {
        let request = ModifyCompShareImageShareAccount::new(image);
        let accounts = batch.iter().map(|account| account.as_str());
        let _ = client.send(&request.remove_accounts(accounts))?;
    }
    println!("added: {missing:?}, removed: {surplus:?}");
    Ok(())
}
