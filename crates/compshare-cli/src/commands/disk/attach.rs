//! `compshare disk attach` and `compshare disk detach`.

use clap::{ArgMatches, Command};
use compshare_client::model::{
    AttachCompshareDisk, DataDiskType, DetachCompshareDisk, Disk, Instance, InstanceState,
};

use super::create::TYPES as DISK_TYPES;
use super::{Task, lookup};
use crate::cli::args::{self, examples, filled, option, owned, positional, required, word};
use crate::cli::subcommand::Subcommand;
use crate::commands::instance::target::{label, look_up};
use crate::context::Context;
use crate::failure::Failure;
use crate::lang::{text, texts};
use crate::settings::Settings;

pub(super) const ATTACH: Subcommand = Subcommand::new("attach", define_attach, attach);
pub(super) const DETACH: Subcommand = Subcommand::new("detach", define_detach, detach);

fn define_attach(command: Command) -> Command {
    let commands = ["compshare disk attach udisk-1pl07y4wkaaq --instance trainer"];
    let instance = option("instance", "NAME|ID", texts().disk_instance);
    command
        .about(texts().disk_attach_about)
        .after_help(examples(&commands, texts().disk_attach_note))
        .arg(filled(positional("disk", "NAME|ID", texts().disk_disk)))
        .arg(filled(instance.required(true)))
        .arg(word(
            option("type", "TYPE", texts().disk_attach_type),
            DISK_TYPES,
        ))
        .arg(args::dry_run())
        .arg(args::yes())
}

fn define_detach(command: Command) -> Command {
    let commands = [
        "compshare disk detach udisk-1pl07y4wkaaq",
        "compshare disk detach udisk-1pl07y4wkaaq --device /dev/vdb --yes",
    ];
    command
        .about(texts().disk_detach_about)
        .after_help(examples(&commands, texts().disk_detach_note))
        .arg(filled(positional("disk", "NAME|ID", texts().disk_disk)))
        .arg(filled(option(
            "instance",
            "NAME|ID",
            texts().disk_detach_instance,
        )))
        .arg(filled(option("device", "PATH", texts().disk_device)))
        .arg(args::dry_run())
        .arg(args::yes())
}

fn attach(context: &Context, matches: &ArgMatches) -> Result<(), Failure> {
    let task = Task::new(context, matches)?;
    let config = Settings::read(context).config_for_instances(context)?;
    let disks = lookup::disks(context, config.clone())?;
    let disk = lookup::find(&disks, required(matches, "disk"))?;
    if let Some(instance) = disk.instance.as_ref().filter(|id| !id.is_empty()) {
        let (disk, instance) = (lookup::label(disk), instance.as_str());
        return Err(Failure::refused(text!(disk_attached, disk, instance)));
    }

    let instance = look_up(context, config.clone(), required(matches, "instance"))?;
    if instance.id.is_pod() {
        return Err(Failure::refused(text!(disk_pod, id = instance.id)));
    }
    if let (Some(from), Some(to)) = (&disk.zone, &instance.zone) {
        if from != to {
            let (disk, instance) = (lookup::label(disk), label(&instance));
            return Err(Failure::refused(text!(
                disk_other_zone,
                disk,
                from,
                instance,
                to
            )));
        }
    }

    let mut request = AttachCompshareDisk::new(&instance.id, &disk.id);
    let disk_type = owned(matches, "type").map(DataDiskType::from);
    request.data_disk_type = disk_type.or_else(|| disk.disk_type.clone());
    request.region.clone_from(&instance.region);
    request.zone.clone_from(&instance.zone);
    let names = (lookup::label(disk), label(&instance));
    let question = text!(disk_attach_confirm, disk = names.0, instance = names.1);
    let message = text!(disk_attach_done, disk = disk.id, instance = names.1);
    task.run(config, &request, &disk.id, &question, &message)
}

fn detach(context: &Context, matches: &ArgMatches) -> Result<(), Failure> {
    let task = Task::new(context, matches)?;
    let config = Settings::read(context).config_for_instances(context)?;
    let disks = lookup::disks(context, config.clone())?;
    let disk = lookup::find(&disks, required(matches, "disk"))?;
    let instance = owned(matches, "instance").or_else(|| {
        let instance = disk.instance.as_ref().filter(|id| !id.is_empty())?;
        Some(instance.to_string())
    });
    let Some(instance) = instance else {
        let disk = lookup::label(disk);
        return Err(Failure::refused(text!(disk_detached, disk)));
    };

    let instance = look_up(context, config.clone(), &instance)?;
    if instance.state == Some(InstanceState::Running) {
        let (disk, id) = (lookup::label(disk), &instance.id);
        let failure = Failure::refused(text!(disk_in_use, disk, instance = label(&instance)));
        return Err(failure.with_hint(text!(disk_stop_first, id)));
    }
    let device = owned(matches, "device").or_else(|| device(&instance, disk));
    let Some(device) = device else {
        let disk = lookup::label(disk);
        return Err(Failure::refused(text!(disk_no_device, disk)));
    };

    let mut request = DetachCompshareDisk::new(&instance.id, &disk.id, device.as_str());
    request.region.clone_from(&instance.region);
    request.zone.clone_from(&instance.zone);
    let names = (lookup::label(disk), label(&instance));
    let question = text!(
        disk_detach_confirm,
        disk = names.0,
        device,
        instance = names.1
    );
    let message = text!(disk_detach_done, disk = disk.id, instance = names.1);
    task.run(config, &request, &disk.id, &question, &message)
}

/// Returns the device of an attached data disk.
fn device(instance: &Instance, disk: &Disk) -> Option<String> {
    let disks = instance.disks.iter().chain(&instance.cloud_disks);
    let same = disks.filter(|found| found.id == disk.id && found.is_boot != Some(true));
    let device = same.filter_map(|found| found.drive.clone());
    let mounted = disk.mount_point.clone().into_iter();
    device
        .chain(mounted)
        .find(|device| device.starts_with("/dev/"))
}
