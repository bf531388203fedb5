//! Pages as shown or reported by the sources, decoded and serialized again.

use compshare_model::envelope::{self, Decoded};
use compshare_model::{
    AccountId, AuthInfo, DescribeFavoriteImages, GroupStatus, ImageList, ImageOwner, ImageStatus,
    ImageType, PagedAction, RetCode, Timestamp, Visibility,
};
use serde_json::{Value, json};

fn page(json: &str) -> Decoded<ImageList> {
    let decoded = envelope::decode::<ImageList>(json).unwrap();
    let before: Value = serde_json::from_str(json).unwrap();
    assert_eq!(
        serde_json::to_value(&decoded.value).unwrap(),
        before,
        "nothing is lost"
    );
    decoded
}

/// The sample of CompShare's documentation: a flat list with four fields and no total.
#[test]
fn decodes_documented_favorites() {
    let Decoded {
        envelope, value, ..
    } = page(include_str!("golden/favorites_documented.json"));
    assert_eq!(
        envelope.action.as_deref(),
        Some("DescribeFavoriteImagesResponse")
    );
    assert_eq!(
        (envelope.ret_code, envelope.message),
        (RetCode::SUCCESS, None)
    );
    assert!(value.extra.is_empty());
    let rows = DescribeFavoriteImages::into_rows(value);
    assert_eq!((rows.received, rows.total), (1, None));
    let [image] = rows.items.as_slice() else {
        panic!("one image")
    };
    assert_eq!(
        format!("{} - {}", image.id, image.name),
        "compshareImage-1pl06yxr5lvm - Qwen-Image 一键启动"
    );
    assert_eq!(
        (image.author.as_deref(), image.status.as_ref()),
        (Some("社区作者 A"), Some(&ImageStatus::Available))
    );
    assert_eq!(image.id.as_str(), "compshareImage-1pl06yxr5lvm");
    assert!(image.extra.is_empty());
}

/// Every field has its canonical form, so no original is kept.
#[test]
fn decodes_image_with_every_field() {
    let value = page(include_str!("golden/full_image.json")).value;
    assert_eq!(
        value.total_count,
        Some(0),
        "a total of 0 with a row has been reported"
    );
    let images = value.into_images();
    let [image] = images.as_slice() else {
        panic!("one image")
    };
    assert!(image.extra.is_empty(), "{:?}", image.extra);
    assert_eq!(image.id.as_str(), "compshareImage-1c2tq0vkbxhw");
    assert_eq!(image.auth_info, Some(AuthInfo::OFFICIAL));
    assert_eq!(
        (image.image_type.as_ref(), image.owner_alias.as_ref()),
        (Some(&ImageType::App), Some(&ImageOwner::Official))
    );
    assert_eq!(
        (
            image.is_official,
            image.image_charge,
            image.auto_start,
            image.is_favorite
        ),
        (Some(true), Some(true), Some(true), Some(true))
    );
    assert!(image.is_container());
    assert_eq!(image.visibility, Some(Visibility::PUBLIC));
    assert_eq!(
        image.readme.as_deref(),
        Some("<h1>ComfyUI</h1>\n<p>打开 8188 端口 → 开始</p>")
    );
    assert_eq!(
        image.tag_words().collect::<Vec<_>>(),
        ["AIGC", "文生图", "ComfyUI"]
    );
    assert_eq!((image.price, image.size), (Some(0.35), Some(61_440)));
    assert_eq!(image.create_time, Some(Timestamp::from_secs(1_712_563_200)));
    assert_eq!(
        image.update_time.map(Timestamp::as_secs),
        Some(1_750_000_000)
    );
    assert_eq!(
        (
            image.created_count,
            image.favorites_count,
            image.recommend_count
        ),
        (Some(1893), Some(412), Some(8))
    );
    assert_eq!(image.supported_gpu_types, ["4090", "3090", "4090"]);
    assert_eq!(
        image
            .software_ports
            .iter()
            .map(|port| port.port)
            .collect::<Vec<_>>(),
        [Some(8188), Some(8888)]
    );
    assert_eq!(image.firewall_ports, [22, 8188]);
    assert_eq!(image.failed_reason.as_deref(), Some(""));
    assert_eq!(
        image.owner.as_ref().unwrap().account_id,
        Some(AccountId::from(50_123_456))
    );
    let software = image.softwares.as_ref().unwrap();
    assert_eq!(
        (
            software.cuda_version.as_deref(),
            software.framework_version_index
        ),
        (Some("12.4"), Some(3))
    );
    assert_eq!(software.applications, ["ComfyUI"]);
    assert_eq!(
        image
            .support_zones
            .iter()
            .map(|zone| zone.zone_id)
            .collect::<Vec<_>>(),
        [Some(10_027), Some(10_033)]
    );
    assert_eq!(image.zone.as_ref().unwrap().as_str(), "cn-wlcb-01");
}

/// The groups reported of the platform, with `null` lists, an unknown field and an offline group.
#[test]
fn decodes_community_groups() {
    let Decoded {
        envelope, value, ..
    } = page(include_str!("golden/community_groups.json"));
    assert_eq!(
        envelope.request_id.as_deref(),
        Some("0b7c7a52-5a0f-4c43-9d0b-3f7f6a1f0c11")
    );
    assert_eq!(
        (value.total_count, value.available_total_count),
        (Some(743), Some(743))
    );
    assert_eq!(
        value
            .groups
            .iter()
            .map(|group| group.is_favorite)
            .collect::<Vec<_>>(),
        [Some(true), Some(true)]
    );
    assert_eq!(value.groups[1].status, Some(GroupStatus::Unavailable));
    let rows = DescribeFavoriteImages::into_rows(value);
    assert_eq!(rows.received, 2);
    let seen: Vec<_> = rows
        .items
        .iter()
        .map(|image| {
            json!([
                image.id,
                image.name,
                image.group_id,
                image.status,
                image.size,
                image.price,
                image.is_container()
            ])
        })
        .collect();
    assert_eq!(
        Value::from(seen),
        json!([
            [
                "compshareImage-1pl06yxr5lvm",
                "v1.1",
                "qYl0zvqlo03V",
                "Available",
                40960,
                0.2,
                true
            ],
            [
                "compshareImage-1nd9x2mf7c5k",
                "Qwen-Image",
                "qYl0zvqlo03V",
                "Available",
                38912,
                0.0,
                true
            ],
            [
                "",
                "已下架的镜像",
                "b7RkT1sWm2xZ",
                "UnAvailable",
                null,
                null,
                false
            ],
        ])
    );
    assert_eq!(
        rows.items[0].extra.get("CoverHash"),
        Some(&json!("d41d8cd9"))
    );
    assert_eq!(
        rows.items
            .iter()
            .map(|image| image.id.as_str())
            .collect::<Vec<_>>(),
        [
            "compshareImage-1pl06yxr5lvm",
            "compshareImage-1nd9x2mf7c5k",
            ""
        ]
    );
}

/// UCloud's older SDK releases and documentation samples: numbers as text, another name of the id.
#[test]
fn decodes_older_form_with_text_values() {
    let Decoded {
        envelope, value, ..
    } = page(include_str!("golden/old_shape.json"));
    assert_eq!(envelope.ret_code, RetCode::SUCCESS);
    assert_eq!(
        (value.ret_code, value.total_count),
        (Some(RetCode::SUCCESS), Some(2))
    );
    let images = value.into_images();
    let [ubuntu, windows] = images.as_slice() else {
        panic!("two images")
    };
    assert_eq!(ubuntu.id.as_str(), "compshareImage-16q0p5v6r1d3");
    assert_eq!(
        ubuntu.create_time.map(Timestamp::as_secs),
        Some(1_712_563_200)
    );
    assert_eq!(
        (ubuntu.created_count, ubuntu.favorites_count),
        (Some(18), Some(5))
    );
    assert_eq!((ubuntu.price, ubuntu.size), (Some(1.5), Some(20_480)));
    assert_eq!(
        (ubuntu.auto_start, ubuntu.container),
        (Some(true), Some(false))
    );
    assert_eq!(ubuntu.extra.get("Price"), Some(&json!("1.50")));
    assert_eq!(
        (windows.name.as_str(), windows.create_time),
        ("Windows Server", None)
    );
    assert_eq!(
        windows.owner.as_ref().unwrap().account_id,
        Some(AccountId::from(50_123_456))
    );
    assert_eq!(windows.software_ports[0].port, Some(3389));
    assert_eq!(windows.status.as_ref().unwrap().as_str(), "Archived");
}
