//! `compshare instance search`: GPUs on sale, with stock and price.

use std::borrow::Cow;

use clap::{ArgAction, ArgMatches, Command};
use compshare_client::Offer;
use compshare_client::model::{
    Action as _, BootDisk, ChargeType, CheckCompShareResourceCapacity,
    DescribeAvailableCompShareInstanceTypes, DescribeCompShareGpuInventory, DiskType,
    GetCompShareInstancePrice, Gigabytes, GpuType, InstanceSize, Megabytes, Price, Region,
    SaleStatus, Zone,
};
use compshare_client::sync::Client;
use serde::Serialize;
use serde_json::Map;

use super::columns::{price_text, size_text};
use super::price::{CHARGE_TYPES, DEFAULT_DISK, DISK_TYPES};
use crate::cli::args::{self, examples, filled, flag, option, owned, word, words};
use crate::cli::subcommand::Subcommand;
use crate::commands::listing;
use crate::commands::units::disk_size;
use crate::context::Context;
use crate::failure::Failure;
use crate::lang::texts;
use crate::output::{Align, Column, Columns, Style, human, non_empty, progress};
use crate::settings::{self, Settings};

pub(super) const COMMAND: Subcommand = Subcommand::new("search", define, run);

fn define(command: Command) -> Command {
    let commands = [
        "compshare instance search",
        "compshare instance search --gpu 4090 --available",
        "compshare instance search --spot --zone cn-wlcb-01",
        "compshare instance search --gpu 4090 --image compshareImage-1pl06yxr5lvm",
    ];
    let texts = texts();
    let charge = option("charge", "CHARGE", texts.search_charge).alias("charge-type");
    command
        .about(texts.search_about)
        .after_help(examples(&commands, texts.search_note))
        .arg(filled(option("gpu", "GPU", texts.search_gpu)).action(ArgAction::Append))
        .arg(flag("spot", texts.search_spot))
        .arg(flag("available", texts.search_available))
        .arg(word(charge, CHARGE_TYPES).conflicts_with("spot"))
        .arg(filled(option("image", "IMAGE", texts.search_image)))
        .arg(disk_size(option("disk", "SIZE", texts.search_disk)).requires("image"))
        .arg(
            word(
                option("disk-type", "TYPE", texts.search_disk_type),
                DISK_TYPES,
            )
            .requires("image"),
        )
        .arg(flag("no-price", texts.search_no_price))
        .arg(args::columns())
}

/// A size on sale in a zone.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Row {
    gpu_type: GpuType,
    region: Option<String>,
    zone: String,
    zone_name: Option<String>,
    is_pod: Option<bool>,
    status: Option<SaleStatus>,
    /// In GB.
    graphics_memory: Option<Gigabytes>,
    gpu: Option<u32>,
    cpu: Option<u32>,
    /// In MB, as in the record of an instance.
    memory: Option<Megabytes>,
    max_gpu: Option<u64>,
    /// GPUs in stock, of the pool for the charge type.
    stock: Option<u64>,
    /// Whether this size is in stock; only with an image.
    resource_enough: Option<bool>,
    charge_type: ChargeType,
    price: Option<String>,
}

fn run(context: &Context, matches: &ArgMatches) -> Result<(), Failure> {
    let columns = listing::selected(context, matches, columns(matches))?;
    // `--region` and `--zone` filter the list: a request has its own.
    let config = Settings::read(context).config_everywhere(context)?;
    let (client, _) = settings::connect(config, context);
    let search = Search {
        charge: if matches.get_flag("spot") {
            ChargeType::Spot
        } else {
            owned(matches, "charge").map_or(ChargeType::Postpay, ChargeType::from)
        },
        client: &client,
        matches,
    };

    let mut rows = Vec::new();
    for offer in search.offers(context)? {
        rows.extend(search.rows(&offer)?);
    }
    if !matches.get_flag("no-price") {
        let total = u64::try_from(rows.len()).ok();
        for (at, row) in (0..).zip(&mut rows) {
            progress::show_rows(at, total);
            row.price = search.price(row).map(|price| price.to_string());
        }
        progress::clear();
    }

    let mut meta = Map::new();
    let action = DescribeAvailableCompShareInstanceTypes::NAME;
    meta.insert("action".to_owned(), action.into());
    listing::write_all(context, &columns, &rows, meta)
}

struct Search<'a> {
    client: &'a Client,
    matches: &'a ArgMatches,
    charge: ChargeType,
}

impl Search<'_> {
    /// Returns the offers that match the filters.
    fn offers(&self, context: &Context) -> Result<Vec<Offer>, Failure> {
        let mut offers = self.client.instances().available()?;
        let unsupported = if self.charge == ChargeType::Spot {
            // The word `spot` in the list of types has an empty list.
            let mut request = DescribeCompShareGpuInventory::new();
            request.region = offers.first().and_then(|offer| offer.zone.region.clone());
            let inventory = self.client.send(&request);
            inventory.map(|inventory| inventory.spot_unsupported)
        } else {
            Ok(Vec::new())
        };
        let unsupported = unsupported.unwrap_or_default();

        let gpus = words(self.matches, "gpu");
        let (region, zone) = (&context.global_args.region, &context.global_args.zone);
        offers.retain(|offer| {
            let name = offer
                .instance_type
                .name
                .as_ref()
                .map_or("", GpuType::as_str);
            let offer_zone = offer.zone.zone.as_ref().map(Zone::as_str);
            let offer_region = offer.zone.region.as_ref().map(Region::as_str);
            (gpus.is_empty() || gpus.iter().any(|gpu| gpu.eq_ignore_ascii_case(name)))
                && zone.as_deref().is_none_or(|zone| offer_zone == Some(zone))
                && region.as_deref().is_none_or(|region| {
                    region == compshare_client::NO_REGION || offer_region == Some(region)
                })
                && !unsupported.iter().any(|gpu| gpu.as_str() == name)
                && offer.instance_type.status != Some(SaleStatus::Hidden)
                && (!self.matches.get_flag("available") || self.is_available(offer))
        });
        Ok(offers)
    }

    fn stock(&self, offer: &Offer) -> Option<u64> {
        if self.charge == ChargeType::Spot {
            offer.spot_stock
        } else {
            offer.stock
        }
    }

    fn is_available(&self, offer: &Offer) -> bool {
        offer.instance_type.status != Some(SaleStatus::SoldOut)
            && self.stock(offer).is_none_or(|stock| stock > 0)
    }

    /// Returns the smallest size of an offer, or with an image all sizes and their stock.
    fn rows(&self, offer: &Offer) -> Result<Vec<Row>, Failure> {
        let kind = &offer.instance_type;
        let (Some(gpu_type), Some(zone)) = (&kind.name, &offer.zone.zone) else {
            return Ok(Vec::new());
        };
        let row = |size: Option<(u32, u32, Megabytes)>, resource_enough| Row {
            gpu_type: gpu_type.clone(),
            region: offer.zone.region.as_ref().map(ToString::to_string),
            zone: zone.to_string(),
            zone_name: offer.zone.name.clone(),
            is_pod: offer.zone.is_pod,
            status: kind.status.clone(),
            graphics_memory: kind
                .graphics_memory
                .as_ref()
                .and_then(|memory| memory.value),
            gpu: size.map(|(gpus, ..)| gpus),
            cpu: size.map(|(_, cpus, _)| cpus),
            memory: size.map(|(.., memory)| memory),
            max_gpu: kind.sizes.iter().filter_map(|size| size.gpu).max(),
            stock: self.stock(offer),
            resource_enough,
            charge_type: self.charge.clone(),
            price: None,
        };

        let Some(image) = owned(self.matches, "image") else {
            return Ok(vec![row(smallest(offer), None)]);
        };
        let disk_type = owned(self.matches, "disk-type");
        let disk_size = self.matches.get_one("disk").copied();
        let disk = BootDisk::new(
            disk_type.map_or(DiskType::CloudSsd, DiskType::from),
            disk_size.unwrap_or(DEFAULT_DISK),
        );
        let request = CheckCompShareResourceCapacity::new(
            zone.clone(),
            gpu_type.clone(),
            image,
            disk,
            self.charge.clone(),
        );
        let sizes = self.client.send(&request)?.sizes;
        let rows = sizes.iter().filter_map(|size| {
            let number = |number: Option<u64>| u32::try_from(number?).ok();
            let memory = Megabytes::from(size.memory?);
            let found = (number(size.gpu)?, number(size.cpu)?, memory);
            Some(row(Some(found), size.is_available))
        });
        let only_available = self.matches.get_flag("available");
        Ok(rows
            .filter(|row| !only_available || row.resource_enough == Some(true))
            .collect())
    }

    /// Queries the price of a row without disks. Errors of the service are ignored: the list has
    /// other columns.
    fn price(&self, row: &Row) -> Option<Price> {
        let size = InstanceSize::new(row.gpu_type.clone(), row.gpu?, row.cpu?, row.memory?);
        let request = GetCompShareInstancePrice::new(size)
            .charge_type(self.charge.clone())
            .zone(row.zone.as_str());
        let request = match &row.region {
            Some(region) => request.region(region.as_str()),
            None => request,
        };
        self.client.send(&request).ok()?.total(&self.charge)
    }
}

/// Returns the smallest size of an offer.
fn smallest(offer: &Offer) -> Option<(u32, u32, Megabytes)> {
    let sizes = offer.instance_type.sizes.iter();
    let all = sizes.flat_map(|size| size.choices.iter().map(move |choice| (size.gpu, choice)));
    let all = all.filter_map(|(gpus, choice)| {
        let memory = choice.memory.iter().min()?;
        let gpus = u32::try_from(gpus?).ok()?;
        Some((
            gpus,
            u32::try_from(choice.cpu?).ok()?,
            Megabytes::from(*memory),
        ))
    });
    all.min()
}

fn columns(matches: &ArgMatches) -> Columns<Row> {
    let texts = texts();
    let mut columns = vec![
        Column::new("GpuType", texts.col_gpu, |row: &Row| {
            non_empty(row.gpu_type.as_str())
        })
        .name("gpu"),
        Column::new("Zone", texts.col_zone, |row: &Row| non_empty(&row.zone)).rank(0),
        Column::new("Stock", texts.col_stock, |row: &Row| number(row.stock))
            .align(Align::Right)
            .style(stock_style)
            .rank(1),
        Column::new("ResourceEnough", texts.col_in_stock, |row: &Row| {
            Some(Cow::Owned(row.resource_enough?.to_string()))
        })
        .name("in-stock")
        .humanize(human::word)
        .rank(1),
        Column::new("Price", texts.col_price, |row: &Row| {
            non_empty(row.price.as_deref()?)
        })
        .shown(|row| {
            let price = row.price.as_deref()?.parse().ok()?;
            Some(Cow::Owned(price_text(price, Some(&row.charge_type))))
        })
        .align(Align::Right)
        .rank(2),
        Column::new("Size", texts.col_configuration, |row: &Row| {
            let (gpus, cpus) = (row.gpu.map(u64::from), row.cpu.map(u64::from));
            let size = size_text(gpus, cpus, row.memory);
            (!size.is_empty()).then_some(Cow::Owned(size))
        })
        .rank(3),
        Column::new("MaxGpu", texts.col_max_gpus, |row: &Row| {
            number(row.max_gpu)
        })
        .name("max")
        .align(Align::Right)
        .rank(5),
        Column::new("GraphicsMemory", texts.col_vram, |row: &Row| {
            number(row.graphics_memory.map(|size| size.0))
        })
        .name("vram")
        .shown(|row| Some(Cow::Owned(row.graphics_memory?.to_string())))
        .align(Align::Right)
        .rank(4),
        Column::new("Status", texts.col_status, |row: &Row| {
            non_empty(row.status.as_ref()?.as_str())
        })
        .humanize(human::word)
        .rank(6),
        Column::new("IsPod", texts.col_container, |row: &Row| {
            Some(Cow::Owned(row.is_pod?.to_string()))
        })
        .name("container")
        .humanize(human::word)
        .rank(7),
        Column::new("ZoneName", texts.col_zone_name, |row: &Row| {
            non_empty(row.zone_name.as_deref()?)
        })
        .rank(8),
    ];
    if !matches.contains_id("image") {
        columns.retain(|column| column.key() != "ResourceEnough");
    }
    Columns::with_id(columns, 0)
}

fn number<'r>(number: Option<u64>) -> Option<Cow<'r, str>> {
    Some(Cow::Owned(number?.to_string()))
}

fn stock_style(stock: &str) -> Style {
    if stock == "0" {
        Style::Error
    } else {
        Style::Success
    }
}
