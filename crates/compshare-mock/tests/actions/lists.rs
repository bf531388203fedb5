//! Platform, custom and shared images, and tags.

use serde_json::{Value, json};

use super::{Caller, column, keys, rows};

const PLATFORM: &str = "DescribeCompShareImages";

#[test]
fn platform_images_are_listed_by_type() {
    let mut caller = Caller::built_in();
    let page = caller.get(PLATFORM, &[]);
    assert_eq!(keys(&page), ["Action", "ImageSet", "RetCode", "TotalCount"]);
    for (kind, count) in [("System", 9), ("App", 49), ("Other", 10), ("Game", 4)] {
        let page = caller.get(PLATFORM, &[("ImageType", kind), ("Limit", "100")]);
        assert_eq!(
            (rows(&page, "ImageSet").len(), &page["TotalCount"]),
            (count, &json!(count)),
            "{kind}"
        );
        assert!(
            rows(&page, "ImageSet")
                .iter()
                .all(|row| row["ImageType"] == kind && row["Readme"] == "")
        );
        assert_eq!(
            rows(&page, "ImageSet")
                .iter()
                .all(|row| row.get("Tags").is_none()),
            kind == "System"
        );
    }
    assert_eq!(
        column(rows(&page, "ImageSet"), "ImageType"),
        ["System"; 9],
        "without ImageType"
    );
    let page = caller.get(PLATFORM, &[("ImageType", "App"), ("Offset", "45")]);
    assert_eq!(rows(&page, "ImageSet").len(), 4);
    let unknown = (230, "Params [ImageType] not available".to_owned());
    assert_eq!(caller.error(PLATFORM, &[("ImageType", "Custom")]), unknown);
}

#[test]
fn platform_images_are_filtered() {
    let mut caller = Caller::built_in();
    let mut names = |params: &[(&str, &str)]| {
        let page = caller.get(PLATFORM, params);
        column(rows(&page, "ImageSet"), "Name")
            .into_iter()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        names(&[("Name", "Ubuntu")]),
        ["Ubuntu 20.04", "Ubuntu 22.04", "Ubuntu 24.04"]
    );
    assert_eq!(
        names(&[("Name", "ubuntu")]),
        [""; 0],
        "case-sensitive, as reported"
    );
    assert_eq!(
        names(&[("ImageType", "App"), ("Tag", "绘画")]),
        ["Stable Diffusion WebUI 1.9", "Stable Diffusion WebUI 1.10"]
    );
    assert_eq!(names(&[("Author", "UCloud")]).len(), 9);
    assert_eq!(names(&[("Author", "UC")]), [""; 0]);
}

#[test]
fn platform_image_by_id_has_one_row_and_total_0() {
    let mut caller = Caller::built_in();
    let image = caller.gateway.platform_images()[30].clone();
    let page = caller.get(
        PLATFORM,
        &[(
            "CompShareImageId",
            image["CompShareImageId"].as_str().unwrap(),
        )],
    );
    assert_eq!(
        (&page["ImageSet"], &page["TotalCount"]),
        (&json!([image]), &json!(0))
    );
    let foreign = compshare_mock::favorites()[0]["CompShareImageId"]
        .as_str()
        .unwrap()
        .to_owned();
    let refusal = (230, "Params [CompShareImageId] not available".to_owned());
    assert_eq!(
        caller.error(PLATFORM, &[("CompShareImageId", &foreign)]),
        refusal
    );
}

#[test]
fn custom_and_shared_images_are_listed() {
    let mut caller = Caller::built_in();
    let (own, shared) = (
        caller.gateway.custom_images(),
        caller.gateway.shared_images(),
    );
    for (action, images) in [
        ("DescribeCompShareCustomImages", own),
        ("DescribeCompShareSharingImages", shared),
    ] {
        let page = caller.get(action, &[]);
        assert_eq!(keys(&page), ["Action", "ImageSet", "RetCode", "TotalCount"]);
        assert_eq!(
            (rows(&page, "ImageSet"), &page["TotalCount"]),
            (&images, &json!(images.len()))
        );
        let page = caller.get(action, &[("Offset", "1"), ("Limit", "1")]);
        assert_eq!(
            (rows(&page, "ImageSet")[..].to_vec(), &page["TotalCount"]),
            (images[1..2].to_vec(), &json!(images.len()))
        );
        let id = images[2]["CompShareImageId"].as_str().unwrap();
        assert_eq!(
            caller.get(action, &[("CompShareImageId", id)])["ImageSet"],
            json!([images[2]])
        );
        assert_eq!(
            caller.error(action, &[("CompShareImageId", "x")]),
            (8039, "Resource not exist [x]".to_owned())
        );
        assert!(images.iter().all(|row| row.get("AccountSet").is_none()));
    }
}

#[test]
fn tags_are_listed_flat_and_by_category() {
    let mut caller = Caller::built_in();
    let response = caller.get("DescribeCompShareImageTags", &[]);
    assert_eq!(
        keys(&response),
        ["Action", "RetCode", "TagIndex", "Tags", "TagsMap"]
    );
    let index = rows(&response, "TagIndex");
    let by_category: Vec<&Value> = index
        .iter()
        .flat_map(|category| rows(&response["TagsMap"], category.as_str().unwrap()))
        .collect();
    assert_eq!((index.len(), by_category.len()), (7, 47));
    assert_eq!(
        rows(&response, "Tags").iter().collect::<Vec<_>>(),
        by_category
    );
}
