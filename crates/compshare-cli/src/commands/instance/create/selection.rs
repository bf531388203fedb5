//! The GPU, zone, size, image and charge type of a new instance: from the command line, checked
//! against what is on sale, or asked for.

use clap::ArgMatches;
use compshare_client::model::{
    ChargeType, DescribeCompShareCustomImages, DescribeCompShareImages, DiskLimits, DiskOffer,
    DiskSpec, Gigabytes, GpuType, Image, ImageId, ImageStatus, InstanceSize, Megabytes, Region,
    SaleStatus, Zone,
};
use compshare_client::sync::Client;
use compshare_client::{Offer, Setting};

use super::CHARGE_TYPES;
use crate::cli::args::{owned, value};
use crate::commands::image::find_image;
use crate::commands::instance::columns::size_text;
use crate::context::Context;
use crate::failure::Failure;
use crate::lang::{text, texts};
use crate::output::human;
use crate::prompt::{self, Choice};
use crate::settings::Settings;

/// The maximum number of favorites, own images and platform images to choose from, each.
const MAX_IMAGES: u64 = 20;
/// The longest list of possible values in a hint.
const MAX_VALUES: usize = 20;

/// The properties on the command line.
pub(super) struct Wanted<'m> {
    matches: &'m ArgMatches,
    zone: Option<Zone>,
    region: Option<Region>,
    is_interactive: bool,
}

impl<'m> Wanted<'m> {
    /// Reads the command line. Fails if an option is missing, unless it can be asked for.
    pub(super) fn read(
        context: &Context,
        settings: &Settings,
        matches: &'m ArgMatches,
    ) -> Result<Self, Failure> {
        let is_interactive = prompt::is_possible(context) && !matches.get_flag("yes");
        let zone = settings.value(Setting::Zone).map(Zone::from);
        let mut missing: Vec<&str> = [
            ("gpu", "--gpu"),
            ("image", "--image"),
            ("charge", "--charge"),
        ]
        .into_iter()
        .filter(|(name, _)| !matches.contains_id(name))
        .map(|(_, option)| option)
        .collect();
        if zone.is_none() {
            missing.push("--zone");
        }
        if !is_interactive && !missing.is_empty() {
            return Err(missing_options(&missing.join(texts().comma)));
        }

        Ok(Self {
            matches,
            zone,
            region: context.global_args.region.as_deref().map(Region::from),
            is_interactive,
        })
    }

    /// Selects the type and the zone.
    pub(super) fn offer<'o>(&self, offers: &'o [Offer]) -> Result<&'o Offer, Failure> {
        let gpu = owned(self.matches, "gpu").map(GpuType::from);
        let is_gpu = |offer: &&Offer| gpu.is_none() || offer.instance_type.name == gpu;
        let is_place = |offer: &&Offer| {
            let zone = &offer.zone;
            match (&self.zone, &self.region) {
                (Some(wanted), _) => zone.zone.as_ref() == Some(wanted),
                (None, Some(wanted)) => zone.region.as_ref() == Some(wanted),
                (None, None) => true,
            }
        };
        let is_shown = |offer: &&Offer| {
            offer.instance_type.status != Some(SaleStatus::Hidden) || gpu.is_some()
        };
        let mut found: Vec<&Offer> = offers
            .iter()
            .filter(is_gpu)
            .filter(is_place)
            .filter(is_shown)
            .collect();

        if found.is_empty() {
            let sold = offers.iter().filter(is_gpu).map(zone_name);
            let here = offers.iter().filter(is_place).map(gpu_name);
            let place = self.zone.as_ref().map(Zone::as_str);
            let place = place.or(self.region.as_ref().map(Region::as_str));
            let message = text!(
                create_not_sold,
                gpu = gpu.as_ref().map_or("GPU", GpuType::as_str),
                place = place.unwrap_or_default()
            );
            let (zones, gpus) = (values(sold), values(here));
            let failure = Failure::refused(message);
            return Err(match (zones.as_str(), gpus.as_str()) {
                ("", "") => failure.with_hint(texts().create_no_stock_hint),
                ("", gpus) => failure.with_hint(text!(create_sold_gpus, gpus)),
                (zones, _) => failure.with_hint(text!(create_sold_zones, zones)),
            });
        }

        if found.len() > 1 && self.is_interactive {
            let has_stock = |offer: &&Offer| offer.stock != Some(0) || offer.spot_stock > Some(0);
            if found.iter().any(has_stock) {
                found.retain(has_stock);
            }
        }
        let rows: Vec<String> = found.iter().map(|offer| offer_text(offer)).collect();
        let at = self.choose(texts().create_ask_offer, &rows, &["--gpu", "--zone"])?;
        found.get(at).copied().ok_or_else(Failure::declined)
    }

    /// Selects the size, among those that the service lists for the type.
    pub(super) fn size(&self, offer: &Offer) -> Result<InstanceSize, Failure> {
        let gpu_type = offer
            .instance_type
            .name
            .clone()
            .unwrap_or_else(|| GpuType::from(""));
        let gpus: Option<u32> = self.matches.get_one("count").copied();
        let cpus: Option<u32> = self.matches.get_one("cpu").copied();
        let memory: Option<Megabytes> = self.matches.get_one("memory").copied();

        let all = sizes(offer, &gpu_type);
        let fits = |size: &&InstanceSize| {
            gpus.is_none_or(|gpus| size.gpus == gpus)
                && cpus.is_none_or(|cpus| size.cpus == cpus)
                && memory.is_none_or(|memory| size.memory == memory)
        };
        let mut found: Vec<InstanceSize> = all.iter().filter(fits).cloned().collect();
        if let (true, Some(gpus), Some(cpus), Some(memory)) = (all.is_empty(), gpus, cpus, memory) {
            // Without a list, the service decides.
            found.push(InstanceSize::new(gpu_type.clone(), gpus, cpus, memory));
        }
        if found.is_empty() {
            let message = text!(create_no_size, gpu = gpu_type, zone = zone_name(offer));
            let of_count = |size: &&InstanceSize| gpus.is_none_or(|gpus| size.gpus == gpus);
            let mut near: Vec<String> = all.iter().filter(of_count).map(text_of).collect();
            if near.is_empty() {
                near = all.iter().map(text_of).collect();
            }
            let hint = text!(use_possible_values, values = values(near.into_iter()));
            return Err(Failure::refused(message).with_hint(hint));
        }

        let rows: Vec<String> = found.iter().map(text_of).collect();
        let at = self.choose(
            texts().create_ask_size,
            &rows,
            &["--count", "--cpu", "--memory"],
        )?;
        found.into_iter().nth(at).ok_or_else(Failure::declined)
    }

    /// Selects the image, and returns its record if the service lists it.
    pub(super) fn image(
        &self,
        context: &Context,
        client: &Client,
        offer: &Offer,
    ) -> Result<(ImageId, Option<Image>), Failure> {
        let id = match value(self.matches, "image") {
            Some(id) => ImageId::from(id),
            None => match ask_for_image(client, offer)? {
                (id, None) => id,
                found => return Ok(found),
            },
        };

        let image = find_image(client, &id)?;
        if let Some(image) = &image {
            check_image(image, offer)?;
            // The list is a recommendation of the author.
            if !suits_gpu(image, offer) {
                let (gpu, gpus) = (gpu_name(offer), image.supported_gpu_types.join(", "));
                context.warn(&text!(create_image_gpu, id, gpu, gpus));
            }
        }
        Ok((id, image))
    }

    /// Selects the charge type.
    pub(super) fn charge_type(&self, offer: &Offer) -> Result<ChargeType, Failure> {
        if let Some(word) = value(self.matches, "charge") {
            return Ok(word.into());
        }
        let is_offered = |word: &&&str| **word != "Spot" || offer.spot_stock != Some(0);
        let words: Vec<&str> = CHARGE_TYPES.iter().filter(is_offered).copied().collect();
        let rows = words.iter().map(|word| {
            let help = match *word {
                "Postpay" => texts().create_postpay,
                "Spot" => texts().create_spot,
                "Day" => texts().create_day,
                "Month" => texts().create_month,
                _ => texts().create_dynamic,
            };
            format!("{word:<8}  {help}")
        });
        let rows: Vec<String> = rows.collect();
        let at = self.choose(texts().create_ask_charge, &rows, &["--charge"])?;
        let word = words.get(at).copied().ok_or_else(Failure::declined)?;
        Ok(word.into())
    }

    /// Returns the index of the only row, or asks for what `options` leave open.
    fn choose(&self, question: &str, rows: &[String], options: &[&str]) -> Result<usize, Failure> {
        let is_given = |option: &&&str| match option.trim_start_matches('-') {
            "zone" => self.zone.is_some(),
            name => self.matches.contains_id(name),
        };
        let missing: Vec<&str> = options.iter().filter(|o| !is_given(o)).copied().collect();
        // The service may list a row twice.
        if rows.len() == 1 || missing.is_empty() {
            return Ok(0);
        }

        if !self.is_interactive {
            let hint = text!(use_possible_values, values = values(rows.iter().cloned()));
            return Err(missing_options(&missing.join(texts().comma)).with_hint(hint));
        }
        match prompt::choose(question, rows, |_| false)? {
            Choice::Row(at) => Ok(at),
            Choice::Text(_) => Err(Failure::declined()),
        }
    }
}

/// Checks a disk against the types and sizes of the offer, unless it lists none.
pub(super) fn check_disk(offer: &Offer, disk: &DiskSpec) -> Result<(), Failure> {
    if !disk.is_boot && offer.zone.is_pod == Some(true) {
        let zone = zone_name(offer);
        return Err(Failure::refused(text!(create_pod_disk, zone)));
    }

    let limits_of = |offer: &DiskOffer| {
        if disk.is_boot {
            offer.boot_disks.clone()
        } else {
            offer.data_disks.clone()
        }
    };
    let mut limits: Vec<DiskLimits> = offer
        .instance_type
        .disks
        .iter()
        .flat_map(limits_of)
        .collect();
    limits.retain(|limits| limits.name.is_some());
    let disk_type = &disk.disk_type;
    let Some(of_type) = limits
        .iter()
        .find(|limits| limits.name.as_ref() == Some(disk_type))
    else {
        if limits.is_empty() {
            return Ok(());
        }
        let names = limits.iter().filter_map(|limits| limits.name.as_ref());
        let hint = text!(
            use_possible_values,
            values = values(names.map(ToString::to_string))
        );
        return Err(Failure::refused(text!(create_no_disk, disk_type)).with_hint(hint));
    };

    let (min, max, size) = (of_type.minimal_size, of_type.maximal_size, disk.size);
    if min.is_none_or(|min| size >= min) && max.is_none_or(|max| size <= max) {
        return Ok(());
    }
    let bound =
        |size: Option<Gigabytes>| size.map_or_else(|| "?".to_owned(), |size| size.to_string());
    let (min, max) = (bound(min), bound(max));
    Err(Failure::refused(text!(
        create_disk_size,
        size,
        disk_type,
        min,
        max
    )))
}

/// Asks for an image: favorites first, then own images, then those of the platform.
fn ask_for_image(client: &Client, offer: &Offer) -> Result<(ImageId, Option<Image>), Failure> {
    // A list that fails is left out: the id can be entered.
    let mut images: Vec<(&str, Image)> = Vec::new();
    let favorites = client.favorites().take(count(MAX_IMAGES));
    let favorites = favorites
        .map_while(Result::ok)
        .map(|favorite| favorite.image);
    images.extend(favorites.map(|image| (texts().create_favorite, image)));
    let own = client.pages(DescribeCompShareCustomImages::new());
    let own = own.max_items(MAX_IMAGES).into_items().map_while(Result::ok);
    images.extend(own.map(|image| (texts().create_own, image)));
    let platform = client.images().platform(DescribeCompShareImages::new());
    let platform = platform.max_items(MAX_IMAGES).into_items();
    let platform = platform.map_while(Result::ok);
    images.extend(platform.map(|image| (texts().create_platform, image)));

    let mut ids: Vec<ImageId> = Vec::new();
    images.retain(|(_, image)| {
        let is_new = !image.id.is_empty() && !ids.contains(&image.id);
        ids.push(image.id.clone());
        is_new && check_image(image, offer).is_ok() && suits_gpu(image, offer)
    });
    let rows = images.iter().map(|(source, image)| {
        let price = image
            .price
            .and_then(|price| human::price(&price.to_string()));
        let version = image.version_name.as_deref().unwrap_or_default();
        let parts = [source, image.id.as_str(), &image.name, version];
        let mut row = parts.join("  ");
        if let Some(price) = price {
            row = format!("{}  {price}", row.trim_end());
        }
        row
    });
    let rows: Vec<String> = rows.collect();

    let is_id = |text: &str| text.starts_with("compshareImage-");
    match prompt::choose(texts().create_ask_image, &rows, is_id)? {
        Choice::Text(id) => Ok((id.into(), None)),
        Choice::Row(at) => {
            let (_, image) = images.into_iter().nth(at).ok_or_else(Failure::declined)?;
            Ok((image.id.clone(), Some(image)))
        }
    }
}

/// Fails if the image is not ready, or of a type that the zone refuses.
fn check_image(image: &Image, offer: &Offer) -> Result<(), Failure> {
    let id = &image.id;
    if let Some(status) = image
        .status
        .as_ref()
        .filter(|s| **s != ImageStatus::Available)
    {
        return Err(Failure::refused(text!(create_image_status, id, status)));
    }
    let refused = &offer.zone.unsupported_image_types;
    match image.image_type.as_ref().filter(|t| refused.contains(t)) {
        Some(image_type) => {
            let zone = zone_name(offer);
            Err(Failure::refused(text!(
                create_image_type,
                zone,
                image_type,
                id
            )))
        }
        None => Ok(()),
    }
}

/// Returns `true` unless the image names other types of GPU only.
fn suits_gpu(image: &Image, offer: &Offer) -> bool {
    let gpus = &image.supported_gpu_types;
    let name = gpu_name(offer);
    gpus.is_empty() || gpus.iter().any(|gpu| gpu.eq_ignore_ascii_case(&name))
}

/// Returns all sizes of an offer.
fn sizes(offer: &Offer, gpu_type: &GpuType) -> Vec<InstanceSize> {
    let mut sizes = Vec::new();
    for size in &offer.instance_type.sizes {
        let number = |count: Option<u64>| u32::try_from(count?).ok();
        for choice in &size.choices {
            for memory in &choice.memory {
                if let (Some(gpus), Some(cpus)) = (number(size.gpu), number(choice.cpu)) {
                    sizes.push(InstanceSize::new(gpu_type.clone(), gpus, cpus, *memory));
                }
            }
        }
    }
    sizes
}

fn text_of(size: &InstanceSize) -> String {
    size_text(
        Some(size.gpus.into()),
        Some(size.cpus.into()),
        Some(size.memory),
    )
}

fn offer_text(offer: &Offer) -> String {
    let (gpu, zone) = (gpu_name(offer), zone_name(offer));
    let name = offer.zone.name.as_deref().unwrap_or_default();
    let stock = match offer.stock {
        Some(stock) => text!(create_stock, stock),
        None => texts().create_stock_unknown.to_owned(),
    };
    let spot = offer
        .spot_stock
        .map_or_else(String::new, |stock| text!(create_spot_stock, stock));
    let row = format!("{gpu:<9} {zone:<12} {stock}{spot}  {name}");
    row.trim_end().to_owned()
}

fn gpu_name(offer: &Offer) -> String {
    let name = offer.instance_type.name.as_ref();
    name.map_or_else(String::new, ToString::to_string)
}

pub(super) fn zone_name(offer: &Offer) -> String {
    let zone = offer.zone.zone.as_ref();
    zone.map_or_else(String::new, ToString::to_string)
}

/// Joins distinct values for a hint.
fn values(values: impl Iterator<Item = String>) -> String {
    let mut distinct: Vec<String> = Vec::new();
    for value in values {
        if !distinct.contains(&value) {
            distinct.push(value);
        }
    }
    let is_cut = distinct.len() > MAX_VALUES;
    distinct.truncate(MAX_VALUES);
    if is_cut {
        distinct.push("…".to_owned());
    }
    distinct.join(texts().comma)
}

fn missing_options(names: &str) -> Failure {
    Failure::usage(text!(use_missing, name = names)).with_hint(texts().create_missing_hint)
}

fn count(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}
