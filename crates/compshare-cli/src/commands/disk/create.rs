//! `compshare disk create`: creates a data disk and attaches it.

use clap::{Arg, ArgMatches, Command};
use compshare_client::Config;
use compshare_client::model::{
    Action as _, ChargeType, CreateAndAttachCompshareDisk, DataDiskType, DiskSpec, DiskType,
    GetCompShareInstancePrice, Gigabytes, Instance, InstanceSize, Price,
};

use super::Task;
use crate::cli::args::{self, examples, filled, option, owned, required, word};
use crate::cli::subcommand::Subcommand;
use crate::commands::instance::target::{label, look_up};
use crate::commands::units::{check_max_price, disk_size, max_price, period_price};
use crate::context::Context;
use crate::failure::Failure;
use crate::lang::{text, texts};
use crate::settings::{self, Settings};

pub(super) const COMMAND: Subcommand = Subcommand::new("create", define, run);

pub(super) const TYPES: &[&str] = &[
    "SSDDataDisk",
    "RSSDDataDisk",
    "DataDisk",
    "EfficiencyDataDisk",
];
const CHARGE_TYPES: &[&str] = &["Postpay", "Dynamic", "Day", "Month"];
/// The maximum of `--quantity`.
const MAX_QUANTITY: i64 = 120;

fn define(command: Command) -> Command {
    let commands = [
        "compshare disk create --instance trainer --size 100GB --charge Postpay",
        "compshare disk create --instance trainer --size 1TB --charge Month --max-price 400",
    ];
    let texts = texts();
    let given = |name, value, help| option(name, value, help).required(true);

    command
        .about(texts.disk_create_about)
        .after_help(examples(&commands, texts.disk_create_note))
        .arg(filled(given("instance", "NAME|ID", texts.disk_instance)))
        .arg(disk_size(given("size", "SIZE", texts.disk_size)))
        .arg(word(
            given("charge", "CHARGE", texts.disk_charge).alias("charge-type"),
            CHARGE_TYPES,
        ))
        .arg(word(
            option("type", "TYPE", texts.disk_type).default_value("SSDDataDisk"),
            TYPES,
        ))
        .arg(filled(
            option("name", "NAME", texts.disk_name).default_value("data"),
        ))
        .arg(quantity())
        .arg(filled(option("coupon", "ID", texts.opt_coupon)))
        .arg(max_price())
        .arg(args::dry_run())
        .arg(args::yes())
}

/// Creates `--quantity`.
fn quantity() -> Arg {
    option("quantity", "N", texts().opt_quantity)
        .value_parser(clap::value_parser!(u32).range(1..=MAX_QUANTITY))
}

fn run(context: &Context, matches: &ArgMatches) -> Result<(), Failure> {
    let task = Task::new(context, matches)?;
    let config = Settings::read(context).config_for_instances(context)?;
    let instance = look_up(context, config.clone(), required(matches, "instance"))?;
    if instance.id.is_pod() {
        return Err(Failure::refused(text!(disk_pod, id = instance.id)));
    }

    let charge_type = ChargeType::from(required(matches, "charge"));
    let disk_type = DataDiskType::from(required(matches, "type"));
    let size = matches.get_one("size").copied().unwrap_or(Gigabytes(0));
    let quantity: u32 = matches.get_one("quantity").copied().unwrap_or(1);

    let name = required(matches, "name");
    let mut request = CreateAndAttachCompshareDisk::new(
        &instance.id,
        name,
        disk_type.clone(),
        size,
        charge_type.clone(),
    );
    if quantity != 1 {
        request = request.quantity(quantity);
    }
    request.coupon_id = owned(matches, "coupon");
    request.region.clone_from(&instance.region);
    request.zone.clone_from(&instance.zone);

    let price = Order {
        size,
        disk_type: &disk_type,
        charge_type: &charge_type,
        quantity,
    };
    let price = price.query(context, &config, &instance);
    check_max_price(matches, price)?;
    let question = text!(
        disk_create_confirm,
        name,
        size,
        disk_type,
        instance = label(&instance),
        price = period_price(price, &charge_type, quantity)
    );
    let Some(reply) = task.send(config, &request, &question)? else {
        return Ok(());
    };

    let disk = reply.value.disk_id.as_ref().filter(|id| !id.is_empty());
    let Some(disk) = disk.map(ToString::to_string) else {
        return Err(Failure::unexpected_response(text!(disk_no_id, name)));
    };
    let message = text!(disk_created, name, disk, instance = label(&instance));
    task.finish(&message, &disk, request.name(), &reply)
}

/// A disk to be priced.
struct Order<'a> {
    size: Gigabytes,
    disk_type: &'a DataDiskType,
    charge_type: &'a ChargeType,
    quantity: u32,
}

impl Order<'_> {
    /// Queries the price. There is no action for it: the disk is priced as part of a new instance
    /// of the same size, whose types of disks have other names.
    fn query(&self, context: &Context, config: &Config, instance: &Instance) -> Option<Price> {
        let disk_type = match self.disk_type {
            DataDiskType::Ssd => DiskType::CloudSsd,
            DataDiskType::Rssd => DiskType::CloudRssd,
            DataDiskType::Normal => DiskType::CloudNormal,
            _ => return None,
        };
        let count = |count: Option<u64>| u32::try_from(count?).ok();
        let size = InstanceSize::new(
            instance.gpu_type.clone()?,
            count(instance.gpu)?,
            count(instance.cpu)?,
            instance.memory?,
        );
        let mut request = GetCompShareInstancePrice::new(size)
            .charge_type(self.charge_type.clone())
            .quantity(self.quantity)
            .disks([DiskSpec::data(disk_type, self.size)]);
        request.region.clone_from(&instance.region);
        request.zone.clone_from(&instance.zone);

        let (client, _) = settings::connect(config.clone(), context);
        let prices = client.send(&request).ok()?.prices;
        let of_type = prices
            .iter()
            .filter(|row| row.charge_type.as_ref() == Some(self.charge_type));
        of_type
            .filter_map(|row| row.disks)
            .reduce(|sum, price| sum + price)
    }
}
