//! `compshare call`: calls any action of the API.

mod record;
mod response;

use clap::{ArgMatches, Command};
use compshare_client::CallOptions;
use compshare_client::model::{Effect, Untyped};

use super::{dry_run, params};
use crate::cli::args::{self, choice, examples, flag, option, positional, required};
use crate::cli::subcommand::Subcommand;
use crate::context::Context;
use crate::failure::{Failure, effect_of};
use crate::lang::{text, texts};
use crate::output::document::reply_meta;
use crate::prompt;
use crate::secrets::masked;
use crate::settings::{self, Settings};

pub(crate) const COMMAND: Subcommand = Subcommand::new("call", define, run);

fn define(command: Command) -> Command {
    let commands = [
        "compshare call DescribeCompShareInstance -p Limit=10",
        "compshare call DescribeCommunityImages -p Tag.0=LLM --output table",
        "compshare call UpdateCompShareImage --params update.json",
        "compshare call TerminateCompShareInstance -p UHostId=uhost-1 --dry-run",
    ];

    let action = positional("action", "ACTION", texts().call_action);
    let action = action.value_parser(|text: &str| {
        let is_name = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
        is_name
            .then(|| text.to_owned())
            .ok_or(texts().use_action_name)
    });

    command
        .about(texts().call_about)
        .after_help(examples(&commands, texts().call_note))
        .arg(action)
        .args(params::options())
        .arg(choice(
            option("effect", "EFFECT", texts().call_effect),
            &[("read", Effect::Read), ("write", Effect::Write)],
        ))
        .arg(flag("record", texts().call_record).conflicts_with("dry-run"))
        .arg(args::dry_run())
        .arg(args::yes())
}

fn run(context: &Context, matches: &ArgMatches) -> Result<(), Failure> {
    let name = required(matches, "action");
    let effect = match matches.get_one("effect") {
        Some(effect) => *effect,
        None => effect_of(name),
    };
    let params = params::read(matches)?;
    let action = Untyped::new(name, effect).params(params.clone());
    let is_record = matches.get_flag("record");
    if is_record {
        record::format(context)?;
    }

    let settings = Settings::read(context);
    let config = settings.config(context)?;
    if matches.get_flag("dry-run") {
        return dry_run::show(context, &dry_run::prepared(config, &action)?);
    }
    if effect != Effect::Read && is_destructive(name) {
        let question = text!(confirm_call, action = name);
        prompt::confirm(context, &question, matches.get_flag("yes"))?;
    }

    let (client, _) = settings::connect(config, context);
    let reply = client.send_with(&action, &CallOptions::default())?;
    let meta = reply_meta(name, &reply);
    if is_record {
        return record::write(context, params.into(), reply.value, meta);
    }
    response::write(context, masked(context, reply.value), meta)
}

/// Returns `true` if the name of an action suggests that it cannot be undone.
fn is_destructive(action: &str) -> bool {
    [
        "Terminate",
        "Delete",
        "Destroy",
        "Release",
        "Purge",
        "Reinstall",
    ]
    .iter()
    .any(|verb| action.starts_with(verb))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn destructive_actions_are_recognized_by_name() {
        assert!(
            is_destructive("TerminateCompShareInstance") && is_destructive("DeleteCompshareDisk")
        );
        assert!(
            !is_destructive("StopCompShareInstance") && !is_destructive("UpdateCompShareImage")
        );
    }
}
