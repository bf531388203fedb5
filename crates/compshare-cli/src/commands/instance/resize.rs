//! `compshare instance resize`: changes the size of a stopped instance, or grows one of its disks.

use clap::{ArgMatches, Command};
use compshare_client::Error;
use compshare_client::model::{
    ChargeType, DiskId, GetCompShareAttachedDiskUpgradePrice, GetCompShareInstanceUpgradePrice,
    Gigabytes, Instance, InstanceState, Megabytes, Price, ResizeCompShareInstance, WithoutGpuSpec,
};

use super::change::{self, Change, Task, at, describe};
use super::columns::{price_text, size_text};
use super::current::size_of;
use super::delete::require_stopped;
use super::target::{self, label};
use super::wait::{self, Goal};
use crate::cli::args::{examples, filled, number, option, owned, word};
use crate::cli::subcommand::Subcommand;
use crate::commands::units::{check_max_price, disk_size, max_price, memory};
use crate::context::Context;
use crate::failure::Failure;
use crate::lang::{text, texts};

pub(super) const COMMAND: Subcommand = Subcommand::new("resize", define, run);

/// The maximum number of GPUs and of cores, above any that is on sale.
const MAX_COUNT: u64 = 4096;

fn define(command: Command) -> Command {
    let commands = [
        "compshare instance resize trainer --gpu 2 --cpu 32 --memory 128GB",
        "compshare instance resize trainer --gpu 2 --cpu 32 --memory 128GB --dry-run",
        "compshare instance resize trainer --disk bsi-1pl07y4wkaaq --disk-size 200GB",
    ];
    let texts = texts();
    let size = ["gpu", "cpu", "memory"];
    let command = command
        .about(texts.instance_resize_about)
        .after_help(examples(&commands, texts.instance_resize_note))
        .arg(target::one())
        .arg(number(
            option("gpu", "N", texts.instance_resize_gpu),
            MAX_COUNT,
        ))
        .arg(number(
            option("cpu", "N", texts.instance_resize_cpu),
            MAX_COUNT,
        ))
        .arg(memory(option(
            "memory",
            "SIZE",
            texts.instance_resize_memory,
        )))
        .arg(
            filled(option("disk", "DISK", texts.instance_resize_disk))
                .requires("disk-size")
                .conflicts_with_all(size),
        )
        .arg(
            disk_size(option("disk-size", "SIZE", texts.instance_resize_disk_size))
                .requires("disk"),
        )
        .arg(
            word(
                option("without-gpu", "SPEC", texts.instance_resize_without_gpu),
                &["A", "B"],
            )
            .conflicts_with_all(size)
            .conflicts_with("disk"),
        )
        .arg(option("coupon", "ID", texts.opt_coupon))
        .arg(max_price())
        .args(wait::options());
    change::define(command)
}

/// The new size.
enum NewSize {
    Instance {
        gpu: u32,
        cpu: u32,
        memory: Megabytes,
    },
    Disk {
        id: DiskId,
        size: Gigabytes,
    },
    WithoutGpu(WithoutGpuSpec),
}

fn run(context: &Context, matches: &ArgMatches) -> Result<(), Failure> {
    let mut task = Task::new(context, matches, true)?;
    let is_given = |name: &&str| matches.contains_id(name);
    if !["gpu", "cpu", "memory", "disk", "without-gpu"]
        .iter()
        .any(is_given)
    {
        return Err(Failure::usage(texts().instance_resize_nothing));
    }
    let instances = task.find()?;
    let Some(instance) = instances.first() else {
        return Ok(());
    };
    require_stopped(instance)?;

    let size = NewSize::read(matches, instance)?;
    let price = if task.needs_plans() {
        size.price(&task, instance)?
    } else {
        None
    };
    check_max_price(matches, price)?;
    if task.needs_plans() {
        let what = describe(instance);
        let cost = match price {
            None => texts().price_unknown.to_owned(),
            Some(price) if price.is_negative() => {
                let price = price_text(-price, Some(&ChargeType::from("")));
                text!(instance_resize_refund, price)
            }
            Some(price) => price_text(price, Some(&ChargeType::from(""))),
        };
        let plan = text!(instance_resize_plan, what, size = size.text(), cost);
        task.confirm(vec![plan], |what| text!(instance_resize_confirm, what))?;
    }

    let request = |instance: &Instance| {
        let mut request = size.request(instance);
        request.coupon_id = owned(matches, "coupon");
        at!(instance, request)
    };
    let done = |instance: &Instance| {
        text!(
            instance_resizing,
            label = label(instance),
            size = size.text()
        )
    };
    task.run(
        instances,
        Change {
            request: &request,
            done: &done,
            goal: Some(Goal::Through(
                InstanceState::Resizing,
                InstanceState::Stopped,
            )),
        },
    )
}

impl NewSize {
    /// Reads the options. What is omitted stays as it is.
    fn read(matches: &ArgMatches, instance: &Instance) -> Result<Self, Failure> {
        if let Some(id) = owned(matches, "disk") {
            let size = matches.get_one("disk-size").copied();
            let id = id.into();
            return Ok(Self::Disk {
                id,
                size: size.unwrap_or(Gigabytes(0)),
            });
        }
        if let Some(spec) = owned(matches, "without-gpu") {
            return Ok(Self::WithoutGpu(spec.into()));
        }

        let count = |name: &str| {
            let count: Option<u64> = matches.get_one(name).copied();
            count.and_then(|count| u32::try_from(count).ok())
        };
        let old = size_of(instance);
        let gpu = count("gpu").or_else(|| Some(old.as_ref()?.gpus));
        let cpu = count("cpu").or_else(|| Some(old.as_ref()?.cpus));
        let memory = matches.get_one("memory").copied();
        let memory = memory.or_else(|| Some(old.as_ref()?.memory));
        match (gpu, cpu, memory) {
            (Some(gpu), Some(cpu), Some(memory)) => Ok(Self::Instance { gpu, cpu, memory }),
            _ => Err(Failure::usage(texts().instance_resize_all)),
        }
    }

    /// Queries the price; `None` if the API has none for the change.
    fn price(&self, task: &Task<'_>, instance: &Instance) -> Result<Option<Price>, Error> {
        match self {
            Self::Instance { gpu, cpu, memory } => {
                let request = GetCompShareInstanceUpgradePrice::new(&instance.id);
                let request = request.gpu(*gpu).cpu(*cpu).memory(*memory);
                Ok(task.client.send(&at!(instance, request))?.price)
            }
            Self::Disk { id, size } => {
                let request = GetCompShareAttachedDiskUpgradePrice::new(&instance.id, id, *size);
                Ok(task.client.send(&at!(instance, request))?.price)
            }
            Self::WithoutGpu(_) => Ok(None),
        }
    }

    fn request(&self, instance: &Instance) -> ResizeCompShareInstance {
        let target = &instance.id;
        match self {
            Self::Instance { gpu, cpu, memory } => {
                ResizeCompShareInstance::size(target, *gpu, *cpu, *memory)
            }
            Self::Disk { id, size } => ResizeCompShareInstance::disk(target, id, *size),
            Self::WithoutGpu(spec) => ResizeCompShareInstance::without_gpu(target, spec.clone()),
        }
    }

    fn text(&self) -> String {
        match self {
            Self::Instance { gpu, cpu, memory } => {
                size_text(Some((*gpu).into()), Some((*cpu).into()), Some(*memory))
            }
            Self::Disk { id, size } => format!("{id} {size}"),
            Self::WithoutGpu(spec) => text!(instance_size_without_gpu, spec),
        }
    }
}
