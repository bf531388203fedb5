//! `compshare image share` and `unshare`: the accounts that an image is shared with.

use clap::{ArgAction, ArgMatches, Command};
use compshare_client::CallOptions;
use compshare_client::model::{AccountId, Action as _, ModifyCompShareImageShareAccount};
use serde_json::{Map, Value, json};

use super::change::{self, Change};
use super::own_image::OwnImage;
use crate::cli::args::{self, digits, examples, positional, required};
use crate::cli::subcommand::Subcommand;
use crate::commands::report::{ChangeReport, MAX_NAMES};
use crate::context::Context;
use crate::failure::{Failure, truncate};
use crate::lang::{text, texts};
use crate::prompt;
use crate::settings::{self, Settings};

pub(super) const ADD: Subcommand = Subcommand::new("share", define_add, |context, matches| {
    run(context, matches, Change::Add)
});

pub(super) const REMOVE: Subcommand =
    Subcommand::new("unshare", define_remove, |context, matches| {
        run(context, matches, Change::Remove)
    });

/// The maximum number of accounts per request, from UCloud's SDKs.
const BATCH: usize = 10;

fn define_add(command: Command) -> Command {
    let commands = [
        "compshare image share compshareImage-1pl06yxr5lvm 50123456",
        "compshare image share compshareImage-1pl06yxr5lvm 50123456 50123457 --output json",
    ];
    define(command)
        .about(texts().share_about)
        .after_help(examples(&commands, texts().share_note))
}

fn define_remove(command: Command) -> Command {
    let commands = [
        "compshare image unshare compshareImage-1pl06yxr5lvm 50123456",
        "compshare image unshare compshareImage-1pl06yxr5lvm 50123456 50123457 --yes",
    ];
    define(command)
        .about(texts().unshare_about)
        .after_help(examples(&commands, ""))
        .arg(args::yes())
}

fn define(command: Command) -> Command {
    let account = positional("account", "ACCOUNT", texts().share_account)
        .num_args(1..)
        .action(ArgAction::Append)
        .value_parser(|text: &str| parse_account(text).ok_or(texts().use_account));
    command
        .arg(args::image(texts().change_image).display_order(1))
        .arg(account.display_order(2))
}

/// Parses an account number, which is greater than 0.
fn parse_account(text: &str) -> Option<u64> {
    digits(text).filter(|number| *number > 0)
}

fn run(context: &Context, matches: &ArgMatches, direction: Change) -> Result<(), Failure> {
    let mut report = ChangeReport::new(context)?;
    let image = required(matches, "image");
    let mut accounts: Vec<u64> = Vec::new();
    for account in matches.get_many("account").into_iter().flatten() {
        if !accounts.contains(account) {
            accounts.push(*account);
        }
    }

    let settings = Settings::read(context);
    let config = settings.config(context)?;
    if direction == Change::Remove {
        let own = if change::will_prompt(context, matches) {
            OwnImage::find(context, image)?
        } else {
            None
        };
        let known = own.and_then(|own| own.name());
        let image = known.as_deref().unwrap_or(image);
        let question = text!(share_confirm, image, accounts = names(&accounts));
        prompt::confirm(context, &question, matches.get_flag("yes"))?;
    }
    let (client, _) = settings::connect(config, context);

    let mut outcome = Outcome::default();
    let mut failure = None;
    for (at, batch) in accounts.chunks(BATCH).enumerate() {
        let request = ModifyCompShareImageShareAccount::new(image);
        let request = match direction {
            Change::Add => request.add_accounts(batch.iter().copied()),
            Change::Remove => request.remove_accounts(batch.iter().copied()),
        };
        outcome.requests += 1;
        let invalid = match client.send_with(&request, &CallOptions::default()) {
            Ok(reply) => reply.value.invalid_accounts,
            Err(error) => {
                outcome.unconfirmed = accounts.iter().skip(at * BATCH).copied().collect();
                failure = Some(Failure::from(error));
                break;
            }
        };
        let mut done = batch.to_vec();
        done.retain(|account| !invalid.contains(&AccountId::from(*account)));
        outcome.invalid.extend(invalid);
        if !done.is_empty() {
            let accounts = names(&done);
            let message = match direction {
                Change::Add => text!(share_done, image, accounts),
                Change::Remove => text!(unshare_done, image, accounts),
            };
            let ids: Vec<String> = done.iter().map(u64::to_string).collect();
            report.done(&message, ids.iter().map(String::as_str))?;
            outcome.done.extend(done);
        }
    }

    if failure.is_some() {
        if accounts.len() > BATCH {
            report.unconfirmed(&names(&outcome.unconfirmed));
        }
        if let Some(message) = outcome.invalid_message().filter(|_| !context.is_json()) {
            context.warn(&message);
        }
    } else {
        failure = outcome.invalid_message().map(Failure::unexpected_response);
    }
    report.finish(&outcome.data(image), outcome.meta(), failure)
}

/// The outcome for each account.
#[derive(Default)]
struct Outcome {
    done: Vec<u64>,
    /// Accounts that do not exist. The service reports them even with RetCode 0.
    invalid: Vec<AccountId>,
    /// Accounts of a failed request and of all later ones.
    unconfirmed: Vec<u64>,
    requests: u64,
}

impl Outcome {
    fn data(&self, image: &str) -> Value {
        let mut data = json!({
            "CompShareImageId": image,
            "accounts": self.done,
            "InvalidAccounts": self.invalid.iter().map(as_number).collect::<Vec<_>>(),
        });
        if let (Some(data), false) = (data.as_object_mut(), self.unconfirmed.is_empty()) {
            data.insert("unconfirmed".to_owned(), json!(self.unconfirmed));
        }
        data
    }

    fn meta(&self) -> Map<String, Value> {
        let action = ModifyCompShareImageShareAccount::NAME;
        Map::from_iter([
            ("action".to_owned(), action.into()),
            ("requests".to_owned(), self.requests.into()),
        ])
    }

    /// Returns the message about accounts that do not exist.
    fn invalid_message(&self) -> Option<String> {
        let accounts: Vec<&str> = self.invalid.iter().map(AccountId::as_str).collect();
        let accounts = truncate(&accounts.join(", "), MAX_NAMES);
        (!self.invalid.is_empty()).then(|| text!(share_invalid, accounts))
    }
}

/// Converts an account id to a number if possible: the service may send it as text.
fn as_number(account: &AccountId) -> Value {
    let text = account.as_str();
    text.parse::<u64>()
        .map_or_else(|_| text.into(), Value::from)
}

fn names(accounts: &[u64]) -> String {
    let names: Vec<String> = accounts.iter().map(u64::to_string).collect();
    truncate(&names.join(", "), MAX_NAMES)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accounts_must_be_numbers() {
        assert_eq!(parse_account("50123456"), Some(50_123_456));
        for text in ["", "0", "-1", "+1", "1.0", "x", "99999999999999999999"] {
            assert_eq!(parse_account(text), None, "{text}");
        }
    }

    #[test]
    fn cuts_long_lists() {
        let accounts: Vec<u64> = (50_000_000..50_001_000).collect();
        assert!(names(&accounts).len() <= MAX_NAMES && names(&accounts).ends_with('…'));
    }
}
