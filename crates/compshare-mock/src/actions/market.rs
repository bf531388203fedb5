//! Types on sale, stock, programs, models and projects.

#![allow(clippy::unnecessary_wraps, reason = "every action has this signature")]

use serde_json::{Value, json};

use super::prices::{NO_SPOT, is_pod_zone};
use super::{ActionResult, Call, fields};
use crate::InventoryForm;
use crate::request::{missing, not_found};
use crate::store::{items, number, text};

pub(super) const TYPE_PARAMS: &str = "InstanceType MachineTypes";
pub(super) const CAPACITY_PARAMS: &str = "ChargeType CompShareImageId Disks.IsBoot Disks.Size \
    Disks.Type GpuType MachineType MinimalCpuPlatform";
pub(super) const MODEL_PARAMS: &str = "name tags";
pub(super) const SOFTWARE_PARAMS: &str = "Software UHostId";

/// Models of the repository: name, tag, size.
const MODELS: [(&str, &str, &str); 3] = [
    ("Qwen3-32B", "LLM", "61.1GB"),
    ("DeepSeek-R1-Distill-Qwen-14B", "LLM", "27.5GB"),
    ("FLUX.1-dev", "Image", "53.9GB"),
];

/// Lists the types on sale. With `InstanceType=spot` the list is empty, as reported.
pub(super) fn types(call: &mut Call<'_>) -> ActionResult {
    let (request, quirks) = (call.request, call.quirks);
    let names = request.list("MachineTypes");
    let (region, zone) = (request.text("Region"), request.text("Zone"));
    let is_at = |row: &Value| {
        let known = text(row, "Zone");
        quirks.types_of_all_zones
            || zone.map_or_else(
                || region.is_none_or(|region| known.starts_with(region)),
                |zone| known == zone,
            )
    };
    let is_spot = request.text("InstanceType") == Some("spot");
    let types = call.store.market.types.iter();
    let rows: Vec<Value> = types
        .filter(|row| !is_spot && is_at(row))
        .filter(|row| names.is_empty() || names.contains(&text(row, "Name")))
        .cloned()
        .collect();
    Ok(fields([("AvailableInstanceTypes", rows.into())]))
}

/// Lists the sizes of a type in a zone, each with its availability.
pub(super) fn capacity(call: &mut Call<'_>) -> ActionResult {
    let (request, quirks) = (call.request, call.quirks);
    let zone = request.required("Zone")?;
    let gpu_type = request.required("GpuType")?;
    let charge = request.required("ChargeType")?;
    for key in [
        "Region",
        "MachineType",
        "MinimalCpuPlatform",
        "CompShareImageId",
    ] {
        request.required(key)?;
    }
    if request.text("Disks.0.Type").is_none() {
        return Err(missing("Disks"));
    }

    let instance = json!({"Zone": zone, "GpuType": gpu_type, "IsSpot": charge == "Spot"});
    let stock = if quirks.sold_out.iter().any(|sold_out| sold_out == gpu_type) {
        0
    } else {
        call.store.stock(&instance)
    };
    let sizes = call.store.market.sizes(zone, gpu_type).into_iter();
    let rows: Vec<Value> = sizes
        .map(|size| {
            let is_enough = quirks.capacity_always_enough || size.gpu <= stock;
            json!({"Gpu": size.gpu, "Cpu": size.cpu, "Mem": size.memory, "ResourceEnough": is_enough})
        })
        .collect();
    Ok(fields([("Specs", rows.into())]))
}

/// Returns the stock by pool, zone id and type of GPU. `Zone` does not filter.
pub(super) fn inventory(call: &mut Call<'_>) -> ActionResult {
    let (request, quirks) = (call.request, call.quirks);
    request.required("Region")?;
    let asks_pods = request
        .text("Zone")
        .is_some_and(|zone| is_pod_zone(call.store, zone));
    let mut inventory = call.store.market.inventory.clone();
    let pools = inventory.as_object_mut().into_iter().flatten();
    let zones = pools
        .filter_map(|(_, zones)| zones.as_object_mut())
        .flatten();
    for (zone_id, gpu_types) in zones {
        let mut known = call.store.zones.iter();
        let is_pod = known.any(|zone| {
            number(zone, "ZoneId").to_string() == *zone_id
                && zone.get("IsPod") == Some(&Value::Bool(true))
        });
        for (name, gpus) in gpu_types.as_object_mut().into_iter().flatten() {
            let is_omitted = quirks.inventory_of_one_backend && is_pod != asks_pods;
            if is_omitted || quirks.sold_out.contains(name) {
                *gpus = 0.into();
            }
        }
    }

    let (key, inventory) = match quirks.inventory {
        None => ("GpuInventory", inventory),
        Some(InventoryForm::ByZone) => ("GpuInventoryByZone", inventory),
        Some(InventoryForm::Text) => ("GpuInventoryByZone", inventory.to_string().into()),
    };
    Ok(fields([
        (key, inventory),
        ("SpotUnsupportedGpuTypes", NO_SPOT.to_vec().into()),
        ("UpdateTime", call.now.into()),
    ]))
}

pub(super) fn families(call: &mut Call<'_>) -> ActionResult {
    let family = if call.quirks.machine_types_as_text {
        "G".into()
    } else {
        json!({"Name": "G", "Description": "GPU"})
    };
    Ok(fields([("MachineTypes", vec![family].into())]))
}

pub(super) fn software_ports(_: &mut Call<'_>) -> ActionResult {
    let ports = [("JupyterLab", 8888), ("ComfyUI", 8188), ("Gradio", 7860)];
    let ports = ports.map(|(software, port)| json!({"Software": software, "Port": port}));
    Ok(fields([("SoftwarePort", ports.to_vec().into())]))
}

/// Returns the address of a program, which `DescribeCompShareInstance` has as well.
pub(super) fn software_url(call: &mut Call<'_>) -> ActionResult {
    let id = call.request.required("UHostId")?;
    let software = call.request.required("Software")?;
    let instance = call.store.instances.find(id).ok_or_else(|| not_found(id))?;
    let mut softwares = items(&instance.row, "Softwares").iter();
    let found = softwares.find(|known| text(known, "Name") == software);
    let url = text(found.ok_or_else(|| not_found(software))?, "URL");
    Ok(fields([("URL", url.into())]))
}

pub(super) fn net_optimizer(call: &mut Call<'_>) -> ActionResult {
    let region = call.request.text("Region").unwrap_or("cn-wlcb");
    let info = json!([{"Region": region, "Optimized": false}]);
    Ok(fields([("Optimized", false.into()), ("Info", info)]))
}

/// Lists the models with that `name` and tag. The names of the official SDKs are upper-case.
pub(super) fn models(call: &mut Call<'_>) -> ActionResult {
    let (name, tags) = (call.request.text("name"), call.request.text("tags"));
    let models = MODELS.iter().filter(|(model, tag, _)| {
        name.is_none_or(|name| model.contains(name)) && tags.is_none_or(|tags| tags == *tag)
    });
    let rows: Vec<Value> = models
        .map(|(name, tag, size)| {
            json!({"Name": name, "Path": format!("/models/{name}"), "Tag": tag, "Size": size,
                "CreateTime": 1_760_000_000})
        })
        .collect();
    Ok(fields([("Models", rows.into())]))
}

pub(super) fn model_tags(_: &mut Call<'_>) -> ActionResult {
    Ok(fields([("Tags", vec!["LLM", "Image"].into())]))
}

pub(super) fn open_claw_models(_: &mut Call<'_>) -> ActionResult {
    let model = json!({"Id": "mock-model", "Name": "Mock Model"});
    Ok(fields([("Models", vec![model].into())]))
}

pub(super) fn projects(_: &mut Call<'_>) -> ActionResult {
    let project = json!({"ProjectId": "org-mock01", "ProjectName": "Default", "IsDefault": true});
    Ok(fields([
        ("ProjectCount", 1.into()),
        ("ProjectSet", vec![project].into()),
    ]))
}
