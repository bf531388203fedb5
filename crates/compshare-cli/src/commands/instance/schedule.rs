//! `compshare instance schedule`: the planned stop of an instance.

use std::time::Duration;

use clap::{Arg, ArgMatches, Command};
use compshare_client::Error;
use compshare_client::model::{ChangedInstance, Instance, Timestamp};
use compshare_client::sync::Client;
use compshare_client::transport::Now;
use serde_json::{Map, Value, json};

use super::target::{self, label};
use crate::cli::args::{self, digits, examples, option, required};
use crate::cli::subcommand::Subcommand;
use crate::commands::listing;
use crate::commands::report::ChangeReport;
use crate::context::Context;
use crate::failure::Failure;
use crate::lang::{text, texts};
use crate::output::{Column, Columns, human};
use crate::prompt;
use crate::settings::{self, Settings};

pub(super) const COMMAND: Subcommand = Subcommand::group("schedule", define, COMMANDS);

const COMMANDS: &[Subcommand] = &[
    Subcommand::new("show", define_show, show),
    Subcommand::new("set", define_set, set),
    Subcommand::new("extend", define_extend, extend),
    Subcommand::new("cancel", define_cancel, cancel),
];

/// The minimum time until a planned stop, by CompShare's documentation.
const MIN_DELAY: Duration = Duration::from_secs(5 * 60);
/// The maximum of `--in` and `--by` in seconds: a year.
const MAX_DELAY: u64 = 366 * 24 * 60 * 60;

fn define(command: Command) -> Command {
    let commands = [
        "compshare instance schedule set trainer --in 8h",
        "compshare instance schedule show trainer",
    ];
    command
        .about(texts().schedule_about)
        .after_help(examples(&commands, ""))
}

fn define_show(command: Command) -> Command {
    command
        .about(texts().schedule_show_about)
        .after_help(examples(&["compshare instance schedule show trainer"], ""))
        .arg(target::one())
}

fn define_set(command: Command) -> Command {
    let commands = [
        "compshare instance schedule set trainer --in 8h",
        "compshare instance schedule set trainer --at 2026-01-31T22:00:00+08:00",
    ];
    let at = option("at", "TIME", texts().schedule_at);
    let at = at.value_parser(|text: &str| parse_time(text).ok_or(texts().use_time));
    command
        .about(texts().schedule_set_about)
        .after_help(examples(&commands, texts().schedule_note))
        .arg(target::one())
        .arg(at.required_unless_present("in"))
        .arg(delay("in", texts().schedule_in).conflicts_with("at"))
}

fn define_extend(command: Command) -> Command {
    command
        .about(texts().schedule_extend_about)
        .after_help(examples(
            &["compshare instance schedule extend trainer --by 2h"],
            "",
        ))
        .arg(target::one())
        .arg(delay("by", texts().schedule_by).required(true))
}

fn define_cancel(command: Command) -> Command {
    let commands = ["compshare instance schedule cancel trainer --yes"];
    command
        .about(texts().schedule_cancel_about)
        .after_help(examples(&commands, ""))
        .arg(target::one())
        .arg(args::yes())
}

/// Creates an option with a duration, parsed to seconds.
fn delay(name: &'static str, help: &'static str) -> Arg {
    let parse = |text: &str| parse_delay(text).ok_or(texts().use_delay);
    option(name, "DURATION", help).value_parser(parse)
}

fn show(context: &Context, matches: &ArgMatches) -> Result<(), Failure> {
    let (_, instance) = find(context, matches)?;
    if context.table_format().is_table() && instance.planned_stop().is_none() {
        let message = text!(schedule_none, label = label(&instance));
        return context.done(&message, &Value::Null);
    }
    let columns = [
        Column::member("UHostId", texts().col_id).name("id"),
        Column::member("Name", texts().col_name),
        Column::new(
            "SchedulerStopTime",
            texts().col_planned_stop,
            |row: &Value| Some(human::utc(row.get("SchedulerStopTime")?.as_i64()?).into()),
        )
        .humanize(human::local_time),
    ];
    let row = data(&instance, instance.planned_stop().map(Timestamp::as_secs));
    listing::write_one(context, &Columns::with_id(columns.into(), 0), &row)
}

fn set(context: &Context, matches: &ArgMatches) -> Result<(), Failure> {
    let report = ChangeReport::new(context)?;
    let now = now();
    let time = match (matches.get_one::<i64>("at"), matches.get_one::<i64>("in")) {
        (Some(time), _) => *time,
        (None, delay) => now.saturating_add(delay.copied().unwrap_or_default()),
    };
    check_time(time, now)?;
    let (client, instance) = find(context, matches)?;
    plan(report, &client, &instance, time)
}

fn extend(context: &Context, matches: &ArgMatches) -> Result<(), Failure> {
    let report = ChangeReport::new(context)?;
    let (client, instance) = find(context, matches)?;
    let Some(planned) = instance.planned_stop() else {
        let message = text!(schedule_none, label = label(&instance));
        return Err(Failure::refused(message));
    };
    let delay: i64 = matches.get_one("by").copied().unwrap_or_default();
    let time = planned.as_secs().saturating_add(delay);
    check_time(time, now())?;
    plan(report, &client, &instance, time)
}

fn cancel(context: &Context, matches: &ArgMatches) -> Result<(), Failure> {
    let mut report = ChangeReport::new(context)?;
    prompt::require(context, matches.get_flag("yes"))?;
    let (client, instance) = find(context, matches)?;
    let label = label(&instance);
    let question = text!(schedule_cancel_confirm, label);
    prompt::confirm(context, &question, matches.get_flag("yes"))?;

    let response = client.instances().cancel_stop(&instance);
    let message = text!(schedule_canceled, label);
    finish(&mut report, &instance, response, &message, None)
}

/// Plans the stop of an instance.
fn plan(
    mut report: ChangeReport<'_>,
    client: &Client,
    instance: &Instance,
    time: i64,
) -> Result<(), Failure> {
    if instance.is_spot() {
        return Err(Failure::refused(text!(
            schedule_spot,
            label = label(instance)
        )));
    }
    let utc = human::utc(time);
    let shown = human::local_time(&utc).unwrap_or(utc);
    let message = text!(schedule_done, label = label(instance), time = shown);
    let response = client
        .instances()
        .stop_at(instance, Timestamp::from_secs(time));
    finish(&mut report, instance, response, &message, Some(time))
}

fn finish(
    report: &mut ChangeReport<'_>,
    instance: &Instance,
    response: Result<ChangedInstance, Error>,
    message: &str,
    time: Option<i64>,
) -> Result<(), Failure> {
    response?;
    report.done(message, [instance.id.as_str()])?;
    report.finish(&data(instance, time), Map::new(), None)
}

fn data(instance: &Instance, time: Option<i64>) -> Value {
    json!({
        "UHostId": instance.id,
        "Name": instance.name,
        "SchedulerStopTime": time.unwrap_or(0),
    })
}

/// Finds the instance on the command line.
fn find(context: &Context, matches: &ArgMatches) -> Result<(Client, Instance), Failure> {
    let config = Settings::read(context).config_for_instances(context)?;
    let (client, _) = settings::connect(config, context);
    let instance = target::find_one(&client, required(matches, "instance"))?;
    Ok((client, instance))
}

fn now() -> i64 {
    let since = Now::real().system.duration_since(std::time::UNIX_EPOCH);
    let seconds = since.map_or(0, |since| since.as_secs());
    i64::try_from(seconds).unwrap_or(i64::MAX)
}

fn check_time(time: i64, now: i64) -> Result<(), Failure> {
    let earliest = now.saturating_add_unsigned(MIN_DELAY.as_secs());
    if time >= earliest {
        return Ok(());
    }
    let minutes = MIN_DELAY.as_secs() / 60;
    Err(Failure::usage(text!(use_time_early, minutes)))
}

/// Parses a time to Unix seconds: a number of seconds, or a time with its offset such as
/// `2026-01-31T22:00:00+08:00`.
fn parse_time(text: &str) -> Option<i64> {
    if let Some(seconds) = digits(text) {
        return i64::try_from(seconds).ok();
    }
    let time: jiff::Timestamp = text.parse().ok()?;
    Some(time.as_second())
}

/// Parses a duration to seconds: `30m`, `8h`, `7d`.
fn parse_delay(text: &str) -> Option<i64> {
    let text = text.trim();
    let (number, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    let factor = match unit {
        "m" => 60,
        "h" => 60 * 60,
        "d" => 24 * 60 * 60,
        _ => return None,
    };
    let seconds = digits(number)?.checked_mul(factor)?;
    let is_valid = (1..=MAX_DELAY).contains(&seconds);
    i64::try_from(seconds).ok().filter(|_| is_valid)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_need_an_offset() {
        for (text, seconds) in [
            ("1800000000", Some(1_800_000_000)),
            ("2027-01-15T08:00:00Z", Some(1_800_000_000)),
            ("2027-01-15T16:00+08:00", Some(1_800_000_000)),
            ("2027-01-15 08:00:00Z", Some(1_800_000_000)),
            ("2027-01-15T08:00:00", None),
            ("tomorrow", None),
            ("-5", None),
            ("", None),
        ] {
            assert_eq!(parse_time(text), seconds, "{text}");
        }
    }

    #[test]
    fn durations_need_a_unit() {
        for (text, seconds) in [
            ("30m", Some(1800)),
            ("8h", Some(28_800)),
            ("7d", Some(604_800)),
            ("8", None),
            ("8s", None),
            ("0h", None),
            ("-8h", None),
            ("1.5h", None),
            ("999999d", None),
            ("h", None),
            ("", None),
            ("时", None),
        ] {
            assert_eq!(parse_delay(text), seconds, "{text}");
        }
    }
}
