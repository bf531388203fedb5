//! The baseline for decoding: structs with exact types that ignore unknown fields.

#![allow(dead_code, reason = "the benches measure the parsing of the fields")]
#![allow(clippy::struct_field_names, reason = "the service's names")]

use serde::Deserialize;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Page {
    action: String,
    ret_code: i64,
    message: Option<String>,
    total_count: Option<u64>,
    pub(crate) image_set: Vec<Image>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Image {
    pub(crate) comp_share_image_id: String,
    name: String,
    author: Option<String>,
    auth_info: Option<i64>,
    status: Option<String>,
    image_type: Option<String>,
    image_owner_alias: Option<String>,
    is_official: Option<bool>,
    container: Option<String>,
    visibility: Option<i64>,
    description: Option<String>,
    readme: Option<String>,
    cover: Option<String>,
    #[serde(default)]
    tags: Vec<String>,
    price: Option<f64>,
    image_charge: Option<bool>,
    size: Option<u64>,
    create_time: Option<i64>,
    update_time: Option<i64>,
    pub_time: Option<i64>,
    created_count: Option<u64>,
    favorites_count: Option<u64>,
    image_use_time: Option<i64>,
    group_id: Option<String>,
    version_name: Option<String>,
    version_desc: Option<String>,
    auto_start: Option<bool>,
    #[serde(default)]
    supported_gpu_types: Vec<String>,
    source_gpu_type: Option<String>,
    #[serde(default)]
    software_ports: Vec<SoftwarePort>,
    qr_code_url: Option<String>,
    failed_reason: Option<String>,
    owner: Option<Account>,
    softwares: Option<Software>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct SoftwarePort {
    software: Option<String>,
    port: Option<u16>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Account {
    account_id: Option<String>,
    account_name: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Software {
    framework: Option<String>,
    framework_version: Option<String>,
    #[serde(rename = "CUDAVersion")]
    cuda_version: Option<String>,
    #[serde(default)]
    applications: Vec<String>,
}
