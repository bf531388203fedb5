//! `compshare image share` and `unshare`: who else has an image of the account.

use clap::{Arg, ArgAction, ArgMatches, Command};
use compshare_client::CallOptions;
use compshare_client::model::{AccountId, Action as _, ModifyCompShareImageShareAccount};
use serde_json::{Map, Value, json};

use super::change::{Change, MAX_NAMES, Report, image_arg, required};
use crate::Context;
use crate::cli;
use crate::failure::{Failure, cut_to};
use crate::lang::{Texts, fill};
use crate::prompt;
use crate::settings::{self, Settings};

/// As many accounts as one request may name, by UCloud's SDKs.
const BATCH: usize = 10;

pub(super) fn definition(change: Change, texts: &'static Texts) -> Command {
    let command = match change {
        Change::Add => Command::new("share")
            .about(texts.share_about)
            .after_help(texts.share_examples),
        Change::Remove => Command::new("unshare")
            .about(texts.unshare_about)
            .after_help(texts.unshare_examples),
    };
    let command = command.arg(image_arg(texts).display_order(1)).arg(
        Arg::new("account")
            .display_order(2)
            .value_name(texts.val_account)
            .required(true)
            .num_args(1..)
            .action(ArgAction::Append)
            .value_parser(move |text: &str| account(text).ok_or(texts.use_account))
            .help(texts.share_account),
    );
    if change == Change::Remove {
        command.arg(cli::yes(texts))
    } else {
        command
    }
}

/// The number of an account: greater than 0.
fn account(text: &str) -> Option<u64> {
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|number| is_number && *number > 0)
}

pub(super) fn run(context: &Context, matches: &ArgMatches, change: Change) -> Result<(), Failure> {
    let texts = context.texts();
    let mut report = Report::new(context)?;
    let image = required(matches, "image");
    let mut accounts: Vec<u64> = Vec::new();
    for account in matches.get_many::<u64>("account").into_iter().flatten() {
        if !accounts.contains(account) {
            accounts.push(*account);
        }
    }
    let settings = Settings::read(context);
    let config = settings.config(context)?;
    if change == Change::Remove {
        let values = [("image", image.to_owned()), ("accounts", names(&accounts))];
        let values = values
            .each_ref()
            .map(|(name, value)| (*name, value.as_str()));
        prompt::confirm(
            context,
            &fill(texts.share_confirm, &values),
            matches.get_flag("yes"),
        )?;
    }
    let (client, _) = settings::connect(config, context)?;

    let mut outcome = Outcome {
        image,
        done: Vec::new(),
        invalid: Vec::new(),
        unconfirmed: Vec::new(),
        requests: 0,
    };
    for (at, batch) in accounts.chunks(BATCH).enumerate() {
        let request = ModifyCompShareImageShareAccount::new(image);
        let request = match change {
            Change::Add => request.add_accounts(batch.iter().copied()),
            Change::Remove => request.remove_accounts(batch.iter().copied()),
        };
        outcome.requests += 1;
        let reply = match client.send_with(&request, &CallOptions::default()) {
            Ok(reply) => reply,
            Err(error) => {
                outcome.unconfirmed = accounts.iter().skip(at * BATCH).copied().collect();
                if accounts.len() > BATCH {
                    report.unconfirmed(&names(&outcome.unconfirmed));
                }
                if !outcome.invalid.is_empty() && !context.is_json() {
                    context.warn(&outcome.invalid_message(texts));
                }
                return Err(report.fail(&outcome.data(), outcome.meta(), error.into()));
            }
        };
        let invalid = reply.value.invalid_accounts;
        let done: Vec<u64> = batch
            .iter()
            .copied()
            .filter(|account| !invalid.contains(&AccountId::from(*account)))
            .collect();
        outcome.invalid.extend(invalid);
        if !done.is_empty() {
            let template = if change == Change::Add {
                texts.share_done
            } else {
                texts.unshare_done
            };
            let message = fill(template, &[("image", image), ("accounts", &names(&done))]);
            let ids: Vec<String> = done.iter().map(u64::to_string).collect();
            outcome.done.extend(done);
            report.done(&message, ids.iter().map(String::as_str))?;
        }
    }
    if outcome.invalid.is_empty() {
        return report.finish(&outcome.data(), outcome.meta());
    }
    let failure = Failure::Answer {
        message: outcome.invalid_message(texts),
    };
    Err(report.fail(&outcome.data(), outcome.meta(), failure))
}

/// What became of each account.
struct Outcome<'a> {
    image: &'a str,
    done: Vec<u64>,
    /// Those that the service does not know. RetCode 0 says nothing about them.
    invalid: Vec<AccountId>,
    /// Those of which nothing is known, since a request failed.
    unconfirmed: Vec<u64>,
    requests: u64,
}

impl Outcome<'_> {
    fn data(&self) -> Value {
        let mut data = json!({
            "CompShareImageId": self.image,
            "accounts": self.done,
            "InvalidAccounts": self.invalid.iter().map(as_number).collect::<Vec<_>>(),
        });
        if let (Some(data), false) = (data.as_object_mut(), self.unconfirmed.is_empty()) {
            data.insert("unconfirmed".to_owned(), json!(self.unconfirmed));
        }
        data
    }

    fn meta(&self) -> Map<String, Value> {
        Map::from_iter([
            (
                "action".to_owned(),
                ModifyCompShareImageShareAccount::NAME.into(),
            ),
            ("requests".to_owned(), self.requests.into()),
        ])
    }

    fn invalid_message(&self, texts: &Texts) -> String {
        let accounts: Vec<&str> = self.invalid.iter().map(AccountId::as_str).collect();
        fill(
            texts.share_invalid,
            &[("accounts", &cut_to(&accounts.join(", "), MAX_NAMES))],
        )
    }
}

/// The number that an account was named by; the service may send it as text.
fn as_number(account: &AccountId) -> Value {
    account
        .as_str()
        .parse::<u64>()
        .map_or_else(|_| account.as_str().into(), Value::from)
}

fn names(accounts: &[u64]) -> String {
    let names: Vec<String> = accounts.iter().map(u64::to_string).collect();
    cut_to(&names.join(", "), MAX_NAMES)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accounts_are_numbers() {
        assert_eq!(account("50123456"), Some(50_123_456));
        for text in ["", "0", "-1", "+1", "1.0", "x", "99999999999999999999"] {
            assert_eq!(account(text), None, "{text}");
        }
    }

    #[test]
    fn long_lists_are_cut() {
        let accounts: Vec<u64> = (50_000_000..50_001_000).collect();
        assert!(names(&accounts).len() <= MAX_NAMES && names(&accounts).ends_with('…'));
    }
}
