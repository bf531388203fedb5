//! `compshare instance delete`: deletes stopped instances.

use std::collections::HashMap;

use clap::{ArgMatches, Command};
use compshare_client::model::{
    ChargeType, GetCompShareRefundPrice, Instance, InstanceDisk, InstanceId, InstanceState, Price,
    TerminateCompShareInstance,
};
use compshare_client::sync::Client;

use super::change::{self, Change, Task, at, describe};
use super::columns::{disk_text, price_text};
use super::target::{self, label};
use super::wait::{self, Goal};
use crate::cli::args::{examples, flag};
use crate::cli::subcommand::Subcommand;
use crate::context::Context;
use crate::failure::Failure;
use crate::lang::{text, texts};
use crate::output::join_non_empty;

pub(super) const COMMAND: Subcommand = Subcommand::new("delete", define, run);

fn define(command: Command) -> Command {
    let commands = [
        "compshare instance delete trainer",
        "compshare instance delete trainer notebook --delete-disks --yes",
    ];
    let disks = flag("delete-disks", texts().instance_delete_disks);
    let command = command
        .about(texts().instance_delete_about)
        .after_help(examples(&commands, texts().instance_delete_note))
        .arg(target::several())
        .arg(disks.alias("release-disk"))
        .args(wait::options());
    change::define(command)
}

fn run(context: &Context, matches: &ArgMatches) -> Result<(), Failure> {
    let mut task = Task::new(context, matches, true)?;
    let deletes_disks = matches.get_flag("delete-disks");
    let instances = task.find()?;
    for instance in &instances {
        require_stopped(instance)?;
    }

    if task.needs_plans() {
        let refunds = refunds(&task.client, &instances);
        let plan = |instance: &Instance| plan(instance, deletes_disks, &refunds);
        let plans: Vec<String> = instances.iter().map(plan).collect();
        task.confirm(plans, |what| text!(instance_delete_confirm, what))?;
    }

    // Kept disks go on costing, also for a script.
    let request = |instance: &Instance| {
        let request = TerminateCompShareInstance::new(&instance.id);
        at!(instance, request.release_disks(deletes_disks))
    };
    let done = |instance: &Instance| {
        let label = label(instance);
        match disks_text(instance) {
            Some(disks) if !deletes_disks => text!(instance_deleted_keeping, label, disks),
            _ => text!(instance_deleted, label),
        }
    };
    task.run(
        instances,
        Change {
            request: &request,
            done: &done,
            goal: Some(Goal::Deleted),
        },
    )
}

/// Refuses a change of a running instance, which the service would refuse. A spot instance can be
/// deleted only, by CompShare's documentation.
pub(super) fn require_stopped(instance: &Instance) -> Result<(), Failure> {
    if instance.state != Some(InstanceState::Running) || instance.is_spot() {
        return Ok(());
    }
    let failure = Failure::refused(text!(instance_is_running, label = label(instance)));
    Err(failure.with_hint(text!(instance_stop_first, id = instance.id)))
}

fn plan(instance: &Instance, deletes_disks: bool, refunds: &HashMap<InstanceId, Price>) -> String {
    let mut plan = describe(instance);
    if let Some(disks) = disks_text(instance) {
        let disks = if deletes_disks {
            text!(instance_disks_deleted, disks)
        } else {
            text!(instance_disks_kept, disks)
        };
        plan.push_str(&disks);
    }
    if let Some(refund) = refunds.get(&instance.id) {
        plan.push_str(&text!(
            instance_refund,
            price = price_text(*refund, Some(&ChargeType::from("")))
        ));
    }
    plan
}

/// Returns the data disks of an instance.
fn disks_text(instance: &Instance) -> Option<String> {
    let mut disks: Vec<&InstanceDisk> = Vec::new();
    for disk in instance.disks.iter().chain(&instance.cloud_disks) {
        let is_known = disks.iter().any(|known| known.id == disk.id);
        if disk.is_boot != Some(true) && !is_known {
            disks.push(disk);
        }
    }
    let text = join_non_empty(disks.into_iter().map(disk_text), texts().comma)?;
    Some(text.into_owned())
}

/// Queries the refunds of prepaid instances. Errors of the service are ignored: a refund is optional
/// in a prompt.
fn refunds(client: &Client, instances: &[Instance]) -> HashMap<InstanceId, Price> {
    let prepaid = instances.iter().filter(|instance| {
        !matches!(
            instance.charge_type,
            None | Some(ChargeType::Postpay | ChargeType::Spot)
        )
    });
    let mut refunds = HashMap::new();
    for instance in prepaid {
        let request = at!(instance, GetCompShareRefundPrice::new([&instance.id]));
        let rows = client.send(&request).map(|response| response.refunds);
        for row in rows.unwrap_or_default() {
            if let (true, Some(price)) = (row.code == Some(0), row.price) {
                refunds.insert(row.id, price);
            }
        }
    }
    refunds
}
