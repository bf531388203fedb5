//! Creation of instances.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde_json::{Value, json};

use super::instances::{ratio_error, take_stock};
use super::prices::{self, CHARGE_TYPES, MAX_DISKS, NO_SPOT, Order, is_pod_zone};
use super::{ActionResult, Call, fields};
use crate::request::{Request, missing, not_available, out_of_range};
use crate::response::ApiError;
use crate::store::{Size, Store, extend, items, number, set, text};

pub(super) const PARAMS: &str = "CPU ChargeType CompShareImageId Disks.IsBoot Disks.Size \
    Disks.Type EnableCfs EnableUS3 GPU GpuType LoginMode MachineType MaxCount Memory \
    MinimalCpuPlatform Name Password Quantity Remark SecurityGroupId";

/// The maximum length of a name, in characters.
const MAX_NAME: usize = 63;
const DISK_TYPES: [&str; 5] = [
    "CLOUD_SSD",
    "CLOUD_RSSD",
    "CLOUD_NORMAL",
    "LOCAL_NORMAL",
    "LOCAL_SSD",
];
const CPU_PLATFORMS: [&str; 3] = ["Auto", "Intel/Auto", "Amd/Auto"];
/// The maximum size of a disk in GB.
const MAX_DISK_SIZE: u64 = 1500;
/// The maximum of `MaxCount`.
const MAX_COUNT: u64 = 20;

/// A disk of a request, of the size in GB.
struct Disk<'a> {
    is_boot: bool,
    kind: &'a str,
    size: u64,
}

pub(super) fn create(call: &mut Call<'_>) -> ActionResult {
    let Call {
        request,
        quirks,
        now,
        ..
    } = *call;
    let (region, zone) = location(call)?;
    let gpu_type = request.required("GpuType")?;
    let image = request.required("CompShareImageId")?;
    let size = size(request)?;
    let disks = disks(request, gpu_type)?;

    // Documented: the default is prepaid, and renewed every month.
    let charge = request.text("ChargeType").unwrap_or("Month");
    let is_pod = is_pod_zone(call.store, zone);
    let is_sold = CHARGE_TYPES.contains(&charge)
        && !(is_pod && charge == "Dynamic")
        && !(charge == "Spot" && NO_SPOT.contains(&gpu_type));
    if !is_sold {
        return Err(not_available("ChargeType"));
    }

    let quantity = request.number("Quantity", 1)?;
    let count = request.number("MaxCount", 1)?;
    for (key, number, most) in [("Quantity", quantity, 36), ("MaxCount", count, MAX_COUNT)] {
        if !(1..=most).contains(&number) {
            return Err(not_available(key));
        }
    }

    let name = request.text("Name").unwrap_or("host");
    check_name(name)?;
    let password = password(request)?;
    check_word(request, "MachineType", &["G"])?;
    check_word(request, "MinimalCpuPlatform", &CPU_PLATFORMS)?;
    check_word(request, "LoginMode", &["Password"])?;

    let mut row = json!({
        "Name": name,
        "Remark": request.text("Remark").unwrap_or_default(),
        "Tag": "Default",
        "Region": region,
        "Zone": zone,
        "State": "Initializing",
        "MachineType": "G",
        "GpuType": gpu_type,
        "GPU": size.gpu,
        "CPU": size.cpu,
        "Memory": size.memory * 1024,
        "CpuPlatform": "Intel/Auto",
        // Spot instances are listed as `Postpay`.
        "ChargeType": if charge == "Spot" { "Postpay" } else { charge },
        "IsSpot": charge == "Spot",
        "AutoRenew": if ["Month", "Day"].contains(&charge) { "Yes" } else { "No" },
        "IsExpire": "No",
        "CreateTime": now,
        "ExpireTime": prices::expiry(now, charge, quantity),
        "SchedulerStopTime": 0,
        "SupportWithoutGpuStart": true,
        "SshLoginCommand": "",
    });

    let boot_disk = disks.iter().find(|disk| disk.is_boot);
    let boot_size = boot_disk.map_or(0, |disk| disk.size);
    let image = usable_image(call.store, image, &row, boot_size)?;
    if !call.store.market.sizes(zone, gpu_type).contains(&size) {
        return Err(ratio_error());
    }
    check_account(call, count)?;
    take_stock(call, &row, count)?;

    let price = prices::instance_price(call.store, &Order::of_instance(&row, size.gpu));
    set(&mut row, "InstancePrice", price);
    extend(&mut row, image_members(&image));
    let states: &[_] = if quirks.install_fails {
        &["Initializing", "Install Fail"]
    } else {
        &["Initializing", "Starting", "Running"]
    };
    let mut ids = Vec::new();
    let mut last_password = String::new();
    for _ in 0..count {
        let (id, password) = add(call, row.clone(), &disks, is_pod, password.as_deref());
        call.store.instances.start_transition(&id, states, now);
        ids.push(id);
        last_password = password;
    }

    let mut response = match ids.as_slice() {
        [id] if quirks.create_single_id => fields([("UHostId", id.as_str().into())]),
        _ => fields([("UHostIds", ids.into())]),
    };
    response.insert("Warning".to_owned(), Vec::<Value>::new().into());
    if quirks.create_sends_password {
        response.insert("Password".to_owned(), last_password.into());
    }
    Ok(response)
}

/// Returns the region and zone of a request, which must be ones of the service.
fn location<'a>(call: &Call<'a>) -> Result<(&'a str, &'a str), ApiError> {
    let request = call.request;
    let (region, zone) = (request.required("Region")?, request.required("Zone")?);
    let known = call.store.zone(zone);
    match known {
        Some(row) if text(row, "Region") == region => Ok((region, zone)),
        Some(_) => Err(not_available("Region")),
        None => Err(not_available("Zone")),
    }
}

fn size(request: &Request) -> Result<Size, ApiError> {
    for key in ["GPU", "CPU", "Memory"] {
        request.required(key)?;
    }
    let memory = request.number("Memory", 0)?;
    if memory == 0 || memory % 1024 != 0 {
        return Err(not_available("Memory"));
    }
    Ok(Size {
        gpu: request.number("GPU", 0)?,
        cpu: request.number("CPU", 0)?,
        memory: memory / 1024,
    })
}

/// Returns the disks of a request, of which exactly one is the system disk.
fn disks<'a>(request: &'a Request, gpu_type: &str) -> Result<Vec<Disk<'a>>, ApiError> {
    let mut disks = Vec::new();
    for index in 0..MAX_DISKS {
        let key = |member: &str| format!("Disks.{index}.{member}");
        let Some(kind) = request.text(&key("Type")) else {
            continue;
        };
        let is_known = DISK_TYPES.contains(&kind) && (kind != "CLOUD_RSSD" || gpu_type == "A800");
        if !is_known {
            return Err(not_available(&key("Type")));
        }
        request.required(&key("Size"))?;
        let size = request.number(&key("Size"), 0)?;
        if size > MAX_DISK_SIZE {
            return Err(not_available(&key("Size")));
        }
        let is_boot = request.flag(&key("IsBoot"))?;
        disks.push(Disk {
            is_boot: is_boot.ok_or_else(|| missing(&key("IsBoot")))?,
            kind,
            size,
        });
    }

    match disks.iter().filter(|disk| disk.is_boot).count() {
        0 => Err(missing("Disks")),
        1 => Ok(disks),
        _ => Err(not_available("Disks")),
    }
}

fn check_word(request: &Request, key: &str, words: &[&str]) -> Result<(), ApiError> {
    match request.text(key) {
        Some(word) if !words.contains(&word) => Err(not_available(key)),
        _ => Ok(()),
    }
}

/// Returns an error if the account cannot create that many instances.
fn check_account(call: &Call<'_>, count: u64) -> Result<(), ApiError> {
    let quirks = call.quirks;
    let existing = call.store.instances.list.len() as u64;
    let is_over = |quota: u64| existing.saturating_add(count) > quota;
    for (applies, code, message) in [
        (quirks.unverified, 226_606, "account not verified"),
        (quirks.unpaid_order, 8917, "an order is unpaid"),
        (
            quirks.instance_quota.is_some_and(is_over),
            226_608,
            "quota too low",
        ),
        (quirks.arrears, 226_601, "the account is in arrears"),
        (quirks.balance_too_low, 520, "balance too low"),
    ] {
        if applies {
            return Err(ApiError::new(code, message));
        }
    }
    Ok(())
}

/// Adds an instance and its data disks. Returns its id and password.
fn add(
    call: &mut Call<'_>,
    mut row: Value,
    disks: &[Disk<'_>],
    is_pod: bool,
    password: Option<&str>,
) -> (String, String) {
    let instances = &mut call.store.instances;
    let prefix = if is_pod { "cpod" } else { "uhost" };
    let id = format!("{prefix}-{}", instances.random.word(12));
    let token = instances.random.word(24);
    let made = BASE64.encode(format!("Mock-{}", instances.random.word(10)));
    let password = password.map_or(made, str::to_owned);
    let file_password = BASE64.encode(format!("Files-{}", instances.random.word(10)));

    // Addresses of RFC 5737, for documentation.
    let number = instances.list.len() % 254 + 1;
    let ip = format!("203.0.113.{number}");
    let pod_host = format!("{id}.pod.compshare.cn");
    let login = match text(&row, "InstanceType") {
        _ if text(&row, "OsType") == "Windows" => String::new(),
        _ if is_pod => format!("ssh -p {} root@{id}.podtcp.compshare.cn", 24_000 + number),
        "Container" => format!("ssh -p 23 root@{ip}"),
        _ => format!("ssh ubuntu@{ip}"),
    };

    let host = if is_pod { &pod_host } else { &ip };
    let software =
        json!({"Name": "JupyterLab", "URL": format!("http://{host}:8888/lab?token={token}")});
    let mut addresses = vec![json!({"Type": "Bgp", "IP": ip, "Default": "true", "Bandwidth": 100})];
    if is_pod {
        addresses.insert(0, json!({"Type": "Private", "IP": id, "Default": "false"}));
        let ports = json!({"HttpPorts": [8888], "TcpPorts": [23], "UdpPorts": []});
        set(&mut row, "Ports", ports);
        set(&mut row, "IngressHost", pod_host);
    }

    let boot: Vec<Value> = disks
        .iter()
        .filter(|disk| disk.is_boot)
        .map(|disk| {
            let disk_id = format!("bsi-{}", instances.random.word(12));
            json!({"DiskId": disk_id, "Name": "", "Type": "Boot", "IsBoot": "True", "Size": disk.size,
                "DiskType": disk.kind, "Drive": "/dev/vda", "Encrypted": "false"})
        })
        .collect();
    let data = disks.iter().filter(|disk| !disk.is_boot);
    let total: u64 = data.clone().map(|disk| disk.size).sum();
    let members = json!({
        "UHostId": id,
        "Password": password,
        "FileBrowserPassword": file_password,
        "Softwares": [software],
        "IPSet": addresses,
        "DiskSet": boot,
        "TotalDiskSpace": total,
    });
    extend(&mut row, members);

    instances.add(row.clone(), login, call.quirks.create_hidden_listings);
    for disk in data {
        let disk = json!({"Name": "", "Configuration": disk.size.to_string(), "DiskType": disk.kind,
            "ChargeType": text(&row, "ChargeType")});
        call.store.add_disk(&row, disk);
    }
    (id, password)
}

/// Returns the image for an instance in the zone and with the type of GPU of `row`, and a system
/// disk of that size in GB.
pub(super) fn usable_image(
    store: &Store,
    id: &str,
    row: &Value,
    disk: u64,
) -> Result<Value, ApiError> {
    let image = store
        .image(id)
        .ok_or_else(|| not_available("CompShareImageId"))?;
    let error = |code, what: &str| Err(ApiError::new(code, format!("Image [{id}] {what}")));
    if text(image, "Status") != "Available" {
        return error(8017, "not usable");
    }

    let gpu_types = items(image, "SupportedGpuTypes");
    if !gpu_types.is_empty() && !has_text(gpu_types, text(row, "GpuType")) {
        return error(226_603, "does not support the GPU type");
    }
    let zone = store.zone(text(row, "Zone"));
    let refused = zone.map(|zone| items(zone, "UnsupportedImageTypes"));
    if has_text(refused.unwrap_or_default(), text(image, "ImageType")) {
        return error(226_637, "has a type that the zone does not support");
    }
    if disk < number(image, "Size").div_ceil(1024) {
        return error(8315, "is larger than the system disk");
    }
    Ok(image.clone())
}

/// Returns the members of an instance that describe its image.
pub(super) fn image_members(image: &Value) -> Value {
    let name = text(image, "Name");
    let is_container = text(image, "Container") == "True" && text(image, "ImageType") != "System";
    json!({
        "CompShareImageId": crate::catalog::image_id(image),
        "CompShareImageName": name,
        "CompShareImageType": text(image, "ImageType"),
        "CompShareImageOwnerAlias": text(image, "ImageOwnerAlias"),
        "CompShareImageStatus": "Available",
        "CompShareImagePrice": image.get("Price"),
        "InstanceType": if is_container { "Container" } else { "UHost" },
        "OsType": if name.contains("Windows") { "Windows" } else { "Linux" },
        "OsName": name,
    })
}

/// Returns an error unless the name has at most 63 letters, digits and `_.,:-`.
pub(super) fn check_name(name: &str) -> Result<(), ApiError> {
    if name.chars().count() > MAX_NAME {
        return Err(out_of_range("Name"));
    }
    let is_valid = |letter: char| letter.is_alphanumeric() || "_.,:-".contains(letter);
    if name.chars().all(is_valid) {
        Ok(())
    } else {
        Err(not_available("Name"))
    }
}

/// Returns `Password` in base64, which is how it is sent and listed.
///
/// The password must have 8 to 32 characters of at least two classes.
pub(super) fn password(request: &Request) -> Result<Option<String>, ApiError> {
    let Some(encoded) = request.text("Password") else {
        return Ok(None);
    };
    let decoded = BASE64.decode(encoded).ok();
    let Some(password) = decoded.and_then(|bytes| String::from_utf8(bytes).ok()) else {
        return Err(not_available("Password"));
    };

    let classes: [fn(char) -> bool; 4] = [
        |letter| letter.is_ascii_lowercase(),
        |letter| letter.is_ascii_uppercase(),
        |letter| letter.is_ascii_digit(),
        |letter| !letter.is_ascii_alphanumeric(),
    ];
    let classes = classes.into_iter().filter(|class| password.contains(class));
    if (8..=32).contains(&password.chars().count()) && classes.count() >= 2 {
        Ok(Some(encoded.to_owned()))
    } else {
        Err(ApiError::new(8314, "password too weak"))
    }
}

/// Returns `true` if the list contains the text.
fn has_text(list: &[Value], text: &str) -> bool {
    list.iter().any(|item| item == text)
}
