//! `compshare instance create`: creates instances.

mod selection;

use clap::{Arg, ArgAction, ArgMatches, Command};
use compshare_client::model::{
    Action as _, BootDisk, ChargeType, CpuPlatform, CreateCompShareInstance, DiskSpec, DiskType,
    Gigabytes, Image, Instance, InstanceState, Password, Price,
};
use compshare_client::sync::Client;
use compshare_client::{CreatedInstances, Offer, Quote, Reason, sanitize};
use serde_json::{Map, json};
use unicode_width::UnicodeWidthStr as _;

use self::selection::{Wanted, check_disk, zone_name};
use super::columns::size_text;
use super::price::{DEFAULT_DISK, DISK_TYPES};
use super::wait::{self, Goal, Waiter};
use crate::cli::args::{self, examples, filled, flag, flag_pair, option, owned, word};
use crate::cli::subcommand::Subcommand;
use crate::commands::dry_run;
use crate::commands::report::ChangeReport;
use crate::commands::units::{check_max_price, max_price, memory, parse_disk_size, period_price};
use crate::context::Context;
use crate::failure::{Failure, truncate_message};
use crate::interrupt;
use crate::lang::{text, texts};
use crate::output::{human, print_stderr};
use crate::prompt;
use crate::secrets::masked;
use crate::settings::{self, Settings};

pub(super) const COMMAND: Subcommand = Subcommand::new("create", define, run);

/// The charge types of new instances, in the order of the question.
const CHARGE_TYPES: &[&str] = &["Postpay", "Spot", "Day", "Month", "Dynamic"];
/// The maximum of numbers of GPUs, cores, periods and instances.
const MAX_COUNT: i64 = 1000;
/// The hours of a day and of a month, for comparisons.
const HOURS: [f64; 2] = [24.0, 30.0 * 24.0];

fn define(command: Command) -> Command {
    let commands = [
        "compshare instance create",
        "compshare instance create --gpu 4090 --count 1 --zone cn-wlcb-01 --image compshareImage-1pl06yxr5lvm --charge Postpay",
        "compshare instance create --gpu 4090 --count 1 --cpu 16 --memory 64GB --zone cn-wlcb-01 --image compshareImage-1pl06yxr5lvm --charge Day --max-price 40 --yes --wait",
    ];
    let texts = texts();
    let text = |name, value, help| filled(option(name, value, help));

    command
        .about(texts.instance_create_about)
        .after_help(examples(&commands, texts.instance_create_note))
        .arg(text("gpu", "TYPE", texts.instance_create_gpu))
        .arg(count("count", texts.instance_create_count).alias("gpus"))
        .arg(count("cpu", texts.instance_create_cpu))
        .arg(memory(option(
            "memory",
            "SIZE",
            texts.instance_create_memory,
        )))
        .arg(text("image", "IMAGE", texts.instance_create_image))
        .arg(word(
            option("charge", "CHARGE", texts.instance_create_charge).alias("charge-type"),
            CHARGE_TYPES,
        ))
        .arg(count("quantity", texts.opt_quantity))
        .arg(disk(option(
            "disk",
            "SIZE[:TYPE]",
            texts.instance_create_disk,
        )))
        .arg(word(
            option("disk-type", "TYPE", texts.instance_create_disk).hide(true),
            DISK_TYPES,
        ))
        .arg(
            disk(option(
                "data-disk",
                "SIZE[:TYPE]",
                texts.instance_create_data_disk,
            ))
            .action(ArgAction::Append),
        )
        .arg(text("name", "NAME", texts.instance_create_name))
        .arg(text("remark", "TEXT", texts.instance_create_remark))
        .arg(count("max-count", texts.instance_create_max_count).alias("instances"))
        .arg(text("platform", "PLATFORM", texts.instance_create_platform))
        .arg(text("firewall", "ID", texts.instance_create_firewall))
        .arg(flag("us3", texts.instance_create_us3))
        .arg(
            flag("no-us3", texts.instance_create_us3)
                .hide(true)
                .conflicts_with("us3"),
        )
        .arg(flag("cfs", texts.instance_create_cfs))
        .arg(
            flag("no-cfs", texts.instance_create_cfs)
                .hide(true)
                .conflicts_with("cfs"),
        )
        .arg(flag("password-stdin", texts.instance_create_password))
        .arg(max_price())
        .args(wait::options())
        .arg(args::dry_run())
        .arg(args::yes())
}

/// Creates an option with a number from 1.
fn count(name: &'static str, help: &'static str) -> Arg {
    option(name, "N", help).value_parser(clap::value_parser!(u32).range(1..=MAX_COUNT))
}

/// Accepts a size, and a type unless it is the default.
fn disk(arg: Arg) -> Arg {
    arg.value_parser(|text: &str| {
        let (size, disk_type) = text.split_once(':').unwrap_or((text, ""));
        let known = DISK_TYPES
            .iter()
            .find(|known| known.eq_ignore_ascii_case(disk_type));
        let disk_type = match known {
            Some(known) => Some(DiskType::from(*known)),
            None if disk_type.is_empty() => None,
            None => return Err(text!(use_possible_values, values = DISK_TYPES.join(", "))),
        };
        let size = parse_disk_size(size).ok_or_else(|| texts().use_disk_size.to_owned())?;
        Ok((size, disk_type))
    })
}

type DiskArg = (Gigabytes, Option<DiskType>);

fn run(context: &Context, matches: &ArgMatches) -> Result<(), Failure> {
    wait::check_options(context, matches)?;
    let report = ChangeReport::new(context)?;
    let settings = Settings::read(context);
    let config = settings.config_everywhere(context)?;
    let wanted = Wanted::read(context, &settings, matches)?;
    prompt::require(
        context,
        matches.get_flag("dry-run") || matches.get_flag("yes"),
    )?;
    let password = if matches.get_flag("password-stdin") {
        Some(Password::new(prompt::new_password(true)?))
    } else {
        None
    };

    let (client, _) = settings::connect(config.clone(), context);
    let offers = client.instances().available()?;
    let offer = wanted.offer(&offers)?;
    let size = wanted.size(offer)?;
    let image_config = settings.check();
    let image_config = image_config.map_err(|error| Failure::from_config_error(&error))?;
    let (images, _) = settings::connect(image_config, context);
    let (image_id, image) = wanted.image(context, &images, offer)?;
    let charge_type = wanted.charge_type(offer)?;

    let zone = offer.zone.zone.clone().unwrap_or_default();
    let (boot_disk, data_disks) = disks(matches);
    let mut request = CreateCompShareInstance::new(zone, size, image_id, boot_disk, charge_type);
    if let Some(region) = &offer.zone.region {
        request = request.region(region);
    }
    for (size, disk_type) in data_disks {
        request = request.data_disk(disk_type.unwrap_or(DiskType::CloudSsd), size);
    }
    for disk in &request.disks {
        check_disk(offer, disk)?;
    }
    add_options(&mut request, matches);
    request.password = password;

    let quote = client.instances().quote(&request)?;
    let plan = Plan {
        request: &request,
        quote: &quote,
        image: image.as_ref(),
        count: request.max_count.unwrap_or(1).max(1),
    };
    plan.show(context);
    plan.check_stock(context, &offers)?;
    check_max_price(matches, plan.max_price())?;
    if matches.get_flag("dry-run") {
        return dry_run::show(context, &dry_run::prepared(config, &request)?);
    }
    prompt::confirm(context, &plan.question(), matches.get_flag("yes"))?;

    // Connect after the prompt: the deadline of the command starts here.
    let (client, transport) = settings::connect(config, context);
    let created = create(context, &client, &request)?;
    warn(context, &created, plan.count);
    let running = Goal::State(InstanceState::Running);
    let waiter = Waiter::new(context, matches, client, transport, running);
    let waiter = Some(waiter).filter(|_| wait::is_wanted(context, matches));
    finish(context, report, &plan, &created, waiter)
}

/// Reports the instances, and waits for them.
fn finish(
    context: &Context,
    mut report: ChangeReport<'_>,
    plan: &Plan<'_>,
    created: &CreatedInstances,
    mut waiter: Option<Waiter<'_>>,
) -> Result<(), Failure> {
    for id in &created.ids {
        report.done(&text!(instance_created, id), [id.as_str()])?;
    }
    if let (Some(password), true) = (&created.password, context.global_args.shows_sensitive) {
        let password = password.expose();
        report.done(&text!(instance_password, password), [])?;
    }

    let mut failure = None;
    let mut items = Vec::new();
    for id in &created.ids {
        let mut item = Map::from_iter([("UHostId".to_owned(), json!(id))]);
        let mut instance = Instance::default();
        instance.id = id.clone();
        instance.name = plan.request.name.clone().unwrap_or_default();
        match waiter.as_mut().map(|waiter| waiter.wait(&instance)) {
            Some(Ok(state)) => {
                item.insert("State".to_owned(), state.into());
                if let Some(waiter) = &waiter {
                    report.done(&waiter.reached(&instance), [])?;
                }
                if !context.is_json() {
                    print_stderr(&text!(instance_create_login, id));
                }
            }
            Some(Err(error)) => failure = failure.or(Some(error)),
            None => {}
        }
        items.push(item);
    }

    let data = json!({
        "items": items,
        "ChargeType": plan.request.charge_type,
        "Price": plan.price(),
        "Mark": created.token,
        "Password": created.password,
        "Warning": created.warnings,
    });
    let action = CreateCompShareInstance::NAME;
    let meta = Map::from_iter([("action".to_owned(), action.into())]);
    report.finish(&masked(context, data), meta, failure)
}

/// Sends the request once. If the outcome is unknown, the hint tells how to find the instances.
fn create(
    context: &Context,
    client: &Client,
    request: &CreateCompShareInstance,
) -> Result<CreatedInstances, Failure> {
    let interrupted = Failure::interrupted().with_hint(texts().instance_create_interrupted);
    let _message = interrupt::set_message(interrupted.line(context.is_json(), false));

    client.instances().create(request).map_err(|error| {
        let hint = match error.reason() {
            Some(Reason::OutcomeUnknown { .. }) => texts().instance_create_look,
            Some(Reason::NotCreated { .. }) => texts().instance_create_again,
            _ => return error.into(),
        };
        Failure::from(error).with_hint(hint)
    })
}

/// Prints the warnings of the service, and those about a lost response.
fn warn(context: &Context, created: &CreatedInstances, count: u32) {
    for warning in &created.warnings {
        context.warn(&truncate_message(&sanitize(warning)));
    }
    let (token, found) = (&created.token, created.ids.len());
    if created.was_recovered {
        context.warn(&text!(instance_create_recovered, token));
    }
    if u32::try_from(found).is_ok_and(|found| found < count) {
        context.warn(&text!(instance_create_fewer, token, found, count));
    }
}

/// Returns the system disk and the data disks.
fn disks(matches: &ArgMatches) -> (BootDisk, Vec<DiskArg>) {
    let boot = matches.get_one::<DiskArg>("disk").cloned();
    let (size, disk_type) = boot.unwrap_or((DEFAULT_DISK, None));
    let disk_type = disk_type.or_else(|| owned(matches, "disk-type").map(DiskType::from));
    let boot = BootDisk::new(disk_type.unwrap_or(DiskType::CloudSsd), size);
    let data = matches.get_many::<DiskArg>("data-disk");
    (boot, data.into_iter().flatten().cloned().collect())
}

/// Adds the options that have no influence on the choices.
fn add_options(request: &mut CreateCompShareInstance, matches: &ArgMatches) {
    let number = |name: &str| matches.get_one::<u32>(name).copied();
    request.name = owned(matches, "name");
    request.remark = owned(matches, "remark");
    request.quantity = number("quantity");
    request.max_count = number("max-count");
    if let Some(platform) = owned(matches, "platform") {
        request.minimal_cpu_platform = Some(CpuPlatform::from(platform));
    }
    request.security_group_id = owned(matches, "firewall").map(Into::into);
    request.enable_us3 = flag_pair(matches, "us3", "no-us3");
    request.enable_cfs = flag_pair(matches, "cfs", "no-cfs");
}

/// Instances to be created, with their stock and price.
struct Plan<'a> {
    request: &'a CreateCompShareInstance,
    quote: &'a Quote,
    image: Option<&'a Image>,
    count: u32,
}

impl Plan<'_> {
    /// Returns the price of all instances.
    fn price(&self) -> Option<Price> {
        self.quote.price.map(|price| price * self.count)
    }

    /// Returns the highest price that the service's response can mean.
    fn max_price(&self) -> Option<Price> {
        self.quote.max_price.map(|price| price * self.count)
    }

    /// Prints the plan to stderr.
    fn show(&self, context: &Context) {
        if context.is_json() {
            return;
        }
        let texts = texts();
        let request = self.request;
        let size = size_text(None, Some(request.cpu.into()), Some(request.memory));
        let image = match self.image.filter(|image| !image.name.is_empty()) {
            Some(image) => text!(own_name, name = image.name, id = image.id),
            None => request.image_id.to_string(),
        };
        let disks: Vec<String> = request.disks.iter().map(disk_text).collect();
        let zone = request.zone.as_ref().map_or("", |zone| zone.as_str());
        let charge = request.charge_type.as_str();
        let charge = human::word(charge).unwrap_or_else(|| charge.to_owned());
        let stock = match self.quote.is_available {
            Some(true) => texts.create_in_stock,
            Some(false) => texts.create_sold_out,
            None => texts.create_stock_unknown,
        };

        let lines = [
            (
                texts.col_gpu,
                format!("{}×{} {size}", request.gpu, request.gpu_type),
            ),
            (texts.col_zone, zone.to_owned()),
            (texts.col_image, image),
            (texts.col_disks, disks.join(texts.comma)),
            (texts.col_charge, charge),
            (texts.col_stock, stock.to_owned()),
            (texts.col_price, self.price_text()),
        ];
        let width = lines.iter().map(|(title, _)| title.width()).max();
        for (title, value) in lines {
            let fill = " ".repeat(width.unwrap_or_default().saturating_sub(title.width()));
            print_stderr(&format!("{title}{fill}  {}", sanitize(&value)));
        }
    }

    /// Returns the price of one instance with its parts, and per hour.
    fn price_text(&self) -> String {
        let charge_type = &self.request.charge_type;
        let quantity = self.request.quantity.unwrap_or(1);
        let mut price = period_price(self.quote.price, charge_type, quantity);
        if let Some(yuan) = self
            .quote
            .max_price
            .filter(|max| Some(*max) > self.quote.price)
        {
            price = text!(create_at_most, price, yuan);
        }
        let hours = match charge_type {
            ChargeType::Day => HOURS.first(),
            ChargeType::Month => HOURS.last(),
            _ => None,
        };
        if let (Some(hours), Some(yuan)) = (hours, self.quote.price) {
            let yuan = yuan.to_f64() / (hours * f64::from(quantity));
            price = text!(create_per_hour, price, yuan = format!("{yuan:.2}"));
        }
        price
    }

    /// Fails if the zone has not enough resources.
    fn check_stock(&self, context: &Context, offers: &[Offer]) -> Result<(), Failure> {
        match self.quote.is_available {
            Some(true) => return Ok(()),
            None if self.quote.sizes.is_empty() => {
                context.warn(texts().create_stock_not_listed);
                return Ok(());
            }
            _ => {}
        }

        let gpu = &self.request.gpu_type;
        let zone = self.request.zone.as_ref();
        let others = offers.iter().filter(|offer| {
            offer.instance_type.name.as_ref() == Some(gpu)
                && offer.zone.zone.as_ref() != zone
                && offer.stock > Some(0)
        });
        let zones: Vec<String> = others.map(zone_name).collect();
        let zone = zone.map_or("", |zone| zone.as_str());
        let failure = Failure::refused(text!(create_no_stock, gpu, zone));
        Err(if zones.is_empty() {
            failure.with_hint(texts().create_no_stock_hint)
        } else {
            failure.with_hint(text!(
                create_stock_elsewhere,
                zones = zones.join(texts().comma)
            ))
        })
    }

    fn question(&self) -> String {
        let charge_type = &self.request.charge_type;
        let quantity = self.request.quantity.unwrap_or(1);
        let price = period_price(self.price(), charge_type, quantity);
        match self.count {
            1 => text!(create_confirm_one, price),
            count => text!(create_confirm_several, count, price),
        }
    }
}

fn disk_text(disk: &DiskSpec) -> String {
    let (size, disk_type) = (disk.size, &disk.disk_type);
    if disk.is_boot {
        format!("{size} {disk_type}")
    } else {
        text!(create_data_disk, size, disk_type)
    }
}
