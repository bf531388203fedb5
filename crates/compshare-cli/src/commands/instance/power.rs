//! `compshare instance start`, `stop` and `reboot`.

use clap::{ArgMatches, Command};
use compshare_client::model::{
    ChargeType, Instance, InstanceState, Price, RebootCompShareInstance, StartCompShareInstance,
    StopCompShareInstance, WithoutGpuSpec,
};

use super::change::{self, Change, Task, at, describe};
use super::columns::{price_text, stopped_price};
use super::current::{CurrentOffer, charge_type};
use super::target::{self, label};
use super::wait::{self, Goal};
use crate::cli::args::{examples, option, owned, word};
use crate::cli::subcommand::Subcommand;
use crate::commands::units::{check_max_price, max_price};
use crate::context::Context;
use crate::failure::Failure;
use crate::lang::{text, texts};
use crate::output::human;

pub(super) const START: Subcommand = Subcommand::new("start", define_start, start);
pub(super) const STOP: Subcommand = Subcommand::new("stop", define_stop, stop);
pub(super) const REBOOT: Subcommand = Subcommand::new("reboot", define_reboot, reboot);

fn define_start(command: Command) -> Command {
    let commands = [
        "compshare instance start trainer",
        "compshare instance start trainer --without-gpu A",
        "compshare instance start trainer --yes --max-price 2 --wait",
    ];
    let spec = option("without-gpu", "SPEC", texts().instance_start_without_gpu);
    let command = command
        .about(texts().instance_start_about)
        .after_help(examples(&commands, texts().instance_start_note))
        .arg(target::several())
        .arg(word(spec, &["A", "B"]))
        .arg(max_price())
        .args(wait::options());
    change::define(command)
}

fn define_stop(command: Command) -> Command {
    let commands = [
        "compshare instance stop trainer",
        "compshare instance list --state Running -o ids | xargs compshare instance stop --yes",
    ];
    let command = command
        .about(texts().instance_stop_about)
        .after_help(examples(&commands, texts().instance_stop_note))
        .arg(target::several())
        .args(wait::options());
    change::define(command)
}

fn define_reboot(command: Command) -> Command {
    let commands = ["compshare instance reboot trainer --wait"];
    let command = command
        .about(texts().instance_reboot_about)
        .after_help(examples(&commands, ""))
        .arg(target::several())
        .args(wait::options());
    change::define(command)
}

fn start(context: &Context, matches: &ArgMatches) -> Result<(), Failure> {
    let mut task = Task::new(context, matches, true)?;
    let spec = owned(matches, "without-gpu").map(WithoutGpuSpec::from);
    let instances = task.find()?;
    warn_about(&instances, &InstanceState::Running, context);
    if let Some(spec) = &spec {
        let pod = instances.iter().find(|instance| instance.id.is_pod());
        if let (Some(pod), WithoutGpuSpec::B) = (pod, spec) {
            let label = label(pod);
            return Err(Failure::usage(text!(instance_pod_without_gpu, label)));
        }
    }
    if task.needs_plans() {
        let mut plans = Vec::new();
        let mut hourly = Some(Price::ZERO);
        for instance in &instances {
            let plan = if let Some(spec) = &spec {
                // The API has no price of these sizes.
                hourly = None;
                let what = describe(instance);
                text!(instance_start_plan_without_gpu, what, spec)
            } else {
                let (plan, price) = start_plan(&task, instance);
                hourly = hourly.and_then(|sum| Some(sum + price?));
                plan
            };
            plans.push(plan);
        }
        check_max_price(matches, hourly)?;
        let total = hourly.filter(|_| plans.len() > 1).map(|sum| {
            let price = price_text(sum, None);
            text!(instance_total, price)
        });
        task.confirm(plans, |what| {
            let what = [what, total.as_deref().unwrap_or_default()].concat();
            text!(instance_start_confirm, what)
        })?;
    }

    let request = |instance: &Instance| {
        let mut request = StartCompShareInstance::new(&instance.id);
        request.without_gpu_spec.clone_from(&spec);
        at!(instance, request)
    };
    task.run(
        instances,
        Change {
            request: &request,
            done: &|instance| text!(instance_starting, label = label(instance)),
            goal: Some(Goal::State(InstanceState::Running)),
        },
    )
}

/// Returns the plan of a start, and the price that it adds per hour; `None` if that is unknown.
fn start_plan(task: &Task<'_>, instance: &Instance) -> (String, Option<Price>) {
    let what = describe(instance);
    match charge_type(instance) {
        Some(charge) if is_prepaid(&charge) => {
            let charge = human::word(charge.as_str()).unwrap_or_else(|| charge.to_string());
            let plan = text!(instance_start_plan_prepaid, what, charge);
            (plan, Some(Price::ZERO))
        }
        charge => {
            let offer = CurrentOffer::query(&task.client, instance);
            let price = match offer.price {
                Some(price) => price_text(price, charge.as_ref()),
                None => texts().price_unknown.to_owned(),
            };
            let stock = match offer.has_stock {
                Some(false) => texts().instance_no_stock,
                _ => "",
            };
            let plan = text!(instance_start_plan, what, price, stock);
            (plan, offer.price)
        }
    }
}

fn stop(context: &Context, matches: &ArgMatches) -> Result<(), Failure> {
    let mut task = Task::new(context, matches, true)?;
    let instances = task.find()?;
    warn_about(&instances, &InstanceState::Stopped, context);
    if task.needs_plans() {
        let plans: Vec<String> = instances.iter().map(stop_plan).collect();
        task.confirm(plans, |what| text!(instance_stop_confirm, what))?;
    }

    let request = |instance: &Instance| {
        let mut request = StopCompShareInstance::new(&instance.id);
        // Reported by a third-party client: a spot instance stops only so.
        request.force = instance.is_spot().then_some(true);
        at!(instance, request)
    };
    task.run(
        instances,
        Change {
            request: &request,
            done: &|instance| text!(instance_stopping, label = label(instance)),
            goal: Some(Goal::State(InstanceState::Stopped)),
        },
    )
}

/// Returns the plan of a stop, with the price of the stopped instance.
fn stop_plan(instance: &Instance) -> String {
    let what = describe(instance);
    match charge_type(instance) {
        Some(charge) if is_prepaid(&charge) => {
            let charge = human::word(charge.as_str()).unwrap_or_else(|| charge.to_string());
            text!(instance_stop_plan_prepaid, what, charge)
        }
        _ => match stopped_price(instance) {
            Some(price) => {
                let price = price_text(price, None);
                text!(instance_stop_plan, what, price)
            }
            None => text!(instance_stop_plan_unknown, what),
        },
    }
}

fn reboot(context: &Context, matches: &ArgMatches) -> Result<(), Failure> {
    let mut task = Task::new(context, matches, true)?;
    let instances = task.find()?;
    let plans: Vec<String> = instances.iter().map(describe).collect();
    task.confirm(plans, |what| text!(instance_reboot_confirm, what))?;
    let request = |instance: &Instance| at!(instance, RebootCompShareInstance::new(&instance.id));
    task.run(
        instances,
        Change {
            request: &request,
            done: &|instance| text!(instance_rebooting, label = label(instance)),
            goal: Some(Goal::Through(
                InstanceState::Rebooting,
                InstanceState::Running,
            )),
        },
    )
}

/// Returns `true` if an instance is paid for in advance, by the day or longer.
fn is_prepaid(charge: &ChargeType) -> bool {
    matches!(
        charge,
        ChargeType::Day | ChargeType::Month | ChargeType::Year
    )
}

/// Warns about instances that have the state already. They are changed all the same: a state may be
/// out of date, and a machine that runs on costs.
fn warn_about(instances: &[Instance], state: &InstanceState, context: &Context) {
    for instance in instances {
        if instance.state.as_ref() == Some(state) {
            let state = wait::shown(state);
            context.warn(&text!(instance_already, label = label(instance), state));
        }
    }
}
