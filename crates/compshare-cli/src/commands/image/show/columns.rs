//! The columns of image details.

use std::borrow::Cow;

use compshare_client::model::{
    Account, AccountId, AuthInfo, Image, ImageGroup, Software, Timestamp, Visibility,
};

use super::Found;
use crate::commands::image::columns::status_style;
use crate::lang::texts;
use crate::output::{Column, Columns, human, join_non_empty, json_cell, non_empty};

/// Alternative field names that the library accepts, with the name of their column.
const SPELLINGS: [(&str, &str); 11] = [
    ("ImageId", "CompShareImageId"),
    ("ImageUuid", "CompShareImageId"),
    ("Id", "CompShareImageId"),
    ("CompShareImageName", "Name"),
    ("ImageName", "Name"),
    ("IsContainer", "Container"),
    ("ImageDesc", "Description"),
    ("CoverUrl", "Cover"),
    ("ActualSize", "Size"),
    ("ImageSize", "Size"),
    ("Version", "VersionName"),
];

type Cell = for<'r> fn(&'r Image) -> Option<Cow<'r, str>>;

/// Returns columns for all known fields, the unknown fields of `found`, and the readme.
pub(super) fn columns_of(found: &Found) -> Columns<Found> {
    let mut columns = known_fields();
    let unknown = unknown_fields(found, &columns);
    columns.extend(unknown);
    columns.push(
        field("Readme", texts().col_readme, |image| {
            non_empty(image.readme.as_deref()?)
        })
        .block(),
    );
    Columns::with_id(columns, 0)
}

/// Creates a column from a field of the image.
fn field(key: &'static str, title: &'static str, cell: Cell) -> Column<Found> {
    Column::new(key, title, move |found: &Found| cell(&found.image))
}

/// Creates a column from a field of the image or its group.
fn shared<V: ToString + 'static>(
    key: &'static str,
    title: &'static str,
    of_image: fn(&Image) -> Option<V>,
    of_group: fn(&ImageGroup) -> Option<V>,
) -> Column<Found> {
    Column::new(key, title, move |found: &Found| {
        owned(of_image(&found.image).or_else(|| of_group(found.group.as_ref()?)))
    })
}

#[rustfmt::skip]
fn known_fields() -> Vec<Column<Found>> {
    let texts = texts();
    vec![
        field("CompShareImageId", texts.col_id, |image| non_empty(image.id.as_str())),
        Column::new("Source", texts.col_source, |found: &Found| non_empty(found.source))
            .humanize(human::word),
        field("Name", texts.col_name, |image| non_empty(&image.name)),
        field("GroupId", texts.col_group, |image| non_empty(image.group_id.as_ref()?.as_str())),
        Column::new("GroupName", texts.col_group_name, |found: &Found| {
            non_empty(found.group.as_ref()?.image_name.as_deref()?).filter(|name| *name != found.image.name)
        }),
        field("VersionName", texts.col_version, |image| non_empty(image.version_name.as_deref()?)),
        field("VersionDesc", texts.col_changes, |image| non_empty(image.version_desc.as_deref()?)),
        shared("Description", texts.col_description,
            |image| image.description.clone().filter(|text| !text.is_empty()), |group| group.image_desc.clone()),
        field("Tags", texts.col_tags, |image| join_non_empty(image.tag_words(), " ")),
        field("ImageType", texts.col_type, |image| non_empty(image.image_type.as_ref()?.as_str()))
            .humanize(human::word),
        field("Status", texts.col_status, |image| non_empty(image.status.as_ref()?.as_str()))
            .humanize(human::word).style(status_style),
        field("FailedReason", texts.col_failure, |image| non_empty(image.failed_reason.as_deref()?)),
        field("Visibility", texts.col_visibility, |image| image.visibility.map(visibility))
            .humanize(human::word),
        field("Price", texts.col_price, |image| owned(image.price)).humanize(human::price),
        field("ImageCharge", texts.col_charged, |image| owned(image.image_charge))
            .humanize(human::word),
        field("Author", texts.col_author, |image| non_empty(image.author.as_deref()?)),
        field("AuthInfo", texts.col_author_level, |image| image.auth_info.map(author_level))
            .humanize(human::word),
        field("ImageOwnerAlias", texts.col_backed_by, |image| non_empty(image.owner_alias.as_ref()?.as_str()))
            .humanize(human::word),
        field("IsOfficial", texts.col_is_official, |image| owned(image.is_official))
            .humanize(human::word),
        field("Owner", texts.col_owner, |image| owner(image.owner.as_ref()?)),
        field("Container", texts.col_container, |image| owned(image.container))
            .humanize(human::word),
        field("Softwares", texts.col_software, |image| software(image.softwares.as_ref()?)),
        field("SoftwarePorts", texts.col_ports, ports),
        field("FirewallPorts", texts.col_firewall, |image| join_non_empty(image.firewall_ports.iter().map(i64::to_string), " ")),
        field("AutoStart", texts.col_autostart, |image| owned(image.auto_start))
            .humanize(human::word),
        field("SupportedGpuTypes", texts.col_gpus, |image| {
            join_non_empty(&image.supported_gpu_types, " ")
        }),
        field("SourceGpuType", texts.col_made_on, |image| non_empty(image.source_gpu_type.as_deref()?)),
        field("Size", texts.col_size, |image| owned(image.size)).humanize(human::size),
        field("Zone", texts.col_zone, |image| non_empty(image.zone.as_ref()?.as_str())),
        field("ImageSupportZone", texts.col_zones, |image| {
            join_non_empty(image.support_zones.iter().filter_map(|zone| Some(zone.zone.as_ref()?.as_str())), " ")
        }),
        field("CreateTime", texts.col_created, |image| image.create_time.map(time))
            .humanize(human::local_time),
        field("UpdateTime", texts.col_updated, |image| image.update_time.map(time))
            .humanize(human::local_time),
        field("PubTime", texts.col_published, |image| image.pub_time.map(time))
            .humanize(human::local_time),
        shared("CreatedCount", texts.col_instances, |image| image.created_count, |group| group.created_count),
        shared("FavoritesCount", texts.col_favorites, |image| image.favorites_count, |group| group.favorites_count),
        shared("RecommendCount", texts.col_recommended, |image| image.recommend_count, |group| group.recommend_count),
        shared("ImageUseTime", texts.col_use_time, |image| image.image_use_time, |group| group.image_use_time)
            .humanize(human::hours),
        shared("IsFavorite", texts.col_is_favorite, |image| image.is_favorite, |group| group.is_favorite)
            .humanize(human::word),
        field("Cover", texts.col_cover, |image| non_empty(image.cover.as_deref()?)),
        field("QrCodeUrl", texts.col_qr_code, |image| non_empty(image.qr_code_url.as_deref()?)),
    ]
}

/// Returns columns for unknown fields and for values that do not fit a known field.
fn unknown_fields(found: &Found, known: &[Column<Found>]) -> Vec<Column<Found>> {
    let mut columns = Vec::new();
    for (name, value) in found
        .image
        .extra
        .iter()
        .filter(|(name, _)| *name != "Readme")
    {
        // Skip empty values.
        let Some(text) = json_cell(value).filter(|text| !["", "[]", "{}"].contains(&text.as_ref()))
        else {
            continue;
        };

        let canonical = SPELLINGS
            .iter()
            .find(|(other, _)| *other == name)
            .map(|(_, canonical)| *canonical);
        let column = known
            .iter()
            .find(|column| column.key() == canonical.unwrap_or(name));
        let shown = column.and_then(|column| column.text(found));
        // Skip fields with a column, unless an alternative name has another value.
        if shown.is_some_and(|shown| canonical.is_none() || shown == text) {
            continue;
        }

        let text = text.into_owned();
        columns.push(Column::new(
            name.to_owned(),
            name.to_owned(),
            move |_: &Found| Some(Cow::Owned(text.clone())),
        ));
    }
    columns
}

fn owned<'r>(value: Option<impl ToString>) -> Option<Cow<'r, str>> {
    value.map(|value| Cow::Owned(value.to_string()))
}

fn time<'r>(time: Timestamp) -> Cow<'r, str> {
    Cow::Owned(human::utc(time.as_secs()))
}

fn visibility<'r>(visibility: Visibility) -> Cow<'r, str> {
    match visibility {
        Visibility::PRIVATE => Cow::Borrowed("private"),
        Visibility::PUBLIC => Cow::Borrowed("public"),
        other => Cow::Owned(other.to_string()),
    }
}

fn author_level<'r>(info: AuthInfo) -> Cow<'r, str> {
    match info {
        AuthInfo::ORDINARY => Cow::Borrowed("ordinary"),
        AuthInfo::OFFICIAL => Cow::Borrowed("official"),
        AuthInfo::CERTIFIED => Cow::Borrowed("certified"),
        other => Cow::Owned(other.to_string()),
    }
}

/// Formats an account as name and number.
fn owner(owner: &Account) -> Option<Cow<'_, str>> {
    let id = non_empty(owner.account_id.as_ref().map_or("", AccountId::as_str));
    let name = non_empty(owner.account_name.as_deref().unwrap_or_default());
    match (name, id) {
        (Some(name), Some(id)) => Some(Cow::Owned(format!("{name} ({id})"))),
        (name, id) => name.or(id),
    }
}

fn software(software: &Software) -> Option<Cow<'_, str>> {
    let named = |name: &str, version: &Option<String>| {
        let version = version.as_deref().filter(|version| !version.is_empty())?;
        join_non_empty([name, version], " ")
    };

    let framework = software.framework.as_deref().unwrap_or_default();
    let parts = [
        named("", &software.os_version),
        named("Python", &software.python_version),
        named("CUDA", &software.cuda_version),
        named(framework, &software.framework_version).or(non_empty(framework)),
    ];

    let applications = software
        .applications
        .iter()
        .map(|name| Cow::Borrowed(name.as_str()));
    join_non_empty(parts.into_iter().flatten().chain(applications), ", ")
}

fn ports(image: &Image) -> Option<Cow<'_, str>> {
    let ports = image.software_ports.iter().filter_map(|port| {
        let number = port.port.map(|port| port.to_string());
        join_non_empty(port.software.iter().chain(&number), " ")
    });
    join_non_empty(ports, ", ")
}
