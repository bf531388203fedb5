//! Custom images: creation, copying, deletion, publication, updates.

use compshare_mock::Catalog;
use serde_json::{Value, json};

use super::{Caller, column, keys, rows};

const CREATE: &str = "CreateCompShareCustomImage";
const PROGRESS: &str = "GetCompShareImageCreateProgress";
const TERMINATE: &str = "TerminateCompShareCustomImage";
const PUBLISH: &str = "PublishCompShareImage";
const UPDATE: &str = "UpdateCompShareImage";
const ZONE: (&str, &str) = ("Zone", "cn-wlcb-01");

fn create(caller: &mut Caller, instance: &str, name: &str) -> String {
    let response = caller.get(CREATE, &[ZONE, ("UHostId", instance), ("Name", name)]);
    assert_eq!(keys(&response), ["Action", "CompShareImageId", "RetCode"]);
    response["CompShareImageId"].as_str().unwrap().to_owned()
}

fn poll(caller: &mut Caller, id: &str) -> Value {
    caller.get(PROGRESS, &[ZONE, ("CompShareImageId", id)])["Process"].clone()
}

fn custom(caller: &Caller, id: &str) -> Value {
    caller
        .gateway
        .custom_images()
        .into_iter()
        .find(|row| row["CompShareImageId"] == id)
        .unwrap_or_default()
}

/// Returns a caller with one available container image, and the image's id.
fn with_image() -> (Caller, String) {
    let mut caller = Caller::new(Catalog::empty());
    caller.gateway.set_progress_step(100);
    let id = create(&mut caller, "uhost-1", "base");
    poll(&mut caller, &id);
    (caller, id)
}

#[test]
fn creation_advances_in_steps() {
    let mut caller = Caller::built_in();
    let before = caller.gateway.custom_images().len();
    let params = [
        ZONE,
        ("UHostId", "uhost-1"),
        ("Name", "新镜像"),
        ("Description", "text"),
        ("Softwares.Framework", "PyTorch"),
        ("Softwares.Application.0", "JupyterLab"),
    ];
    let id = caller.get(CREATE, &params)["CompShareImageId"]
        .as_str()
        .unwrap()
        .to_owned();
    assert!(id.starts_with("compshareImage-") && id.len() == 27, "{id}");
    assert_eq!(caller.gateway.custom_images().len(), before + 1);
    let row = custom(&caller, &id);
    assert_eq!(
        (&row["Status"], &row["Name"], &row["Container"]),
        (&json!("Making"), &json!("新镜像"), &json!("True"))
    );
    assert_eq!(row["Softwares"]["Applications"], json!(["JupyterLab"]));

    for (process, remaining, status) in [
        (25.0, 450, "Making"),
        (50.0, 300, "Making"),
        (75.0, 150, "Making"),
        (100.0, 0, "Available"),
        (100.0, 0, "Available"),
    ] {
        let response = caller.get(PROGRESS, &[ZONE, ("CompShareImageId", &id)]);
        assert_eq!(
            keys(&response),
            [
                "Action",
                "Process",
                "RemainingDuration",
                "RetCode",
                "TotalDuration"
            ]
        );
        let times = (&response["RemainingDuration"], &response["TotalDuration"]);
        assert_eq!(
            (&response["Process"], times),
            (&json!(process), (&json!(remaining), &json!(600)))
        );
        assert!(response["Process"].is_f64());
        assert_eq!(custom(&caller, &id)["Status"], status);
    }
    // Each image has its own progress.
    caller.gateway.set_progress_step(60);
    let vm = create(&mut caller, "uhost-vm-1", "vm");
    assert_eq!(custom(&caller, &vm)["Container"], "False");
    assert_eq!(
        [poll(&mut caller, &vm), poll(&mut caller, &vm)],
        [json!(60.0), json!(100.0)]
    );
    caller.gateway.set_progress_step(0);
    let never = create(&mut caller, "uhost-2", "never");
    assert_eq!(
        [poll(&mut caller, &never), poll(&mut caller, &never)],
        [json!(0.0), json!(0.0)]
    );
}

#[test]
fn creation_can_fail() {
    let mut caller = Caller::new(Catalog::empty());
    let id = create(&mut caller, "uhost-fail-1", "x");
    let seen: Vec<Value> = (0..4).map(|_| poll(&mut caller, &id)).collect();
    assert_eq!(seen, [25.0, 50.0, 50.0, 50.0]);
    let row = custom(&caller, &id);
    assert_eq!(row["Status"], "UnAvailable");
    assert_ne!(row["FailedReason"], "");
    caller.gateway.set_progress_step(60);
    let id = create(&mut caller, "uhost-fail-2", "y");
    assert_eq!(
        poll(&mut caller, &id),
        50.0,
        "progress does not exceed the failure point"
    );
}

#[test]
fn creation_errors() {
    let mut caller = Caller::new(Catalog::empty());
    let all = [ZONE, ("UHostId", "uhost-1"), ("Name", "x")];
    for left_out in 0..3 {
        let mut params = all.to_vec();
        let (key, _) = params.remove(left_out);
        assert_eq!(
            caller.error(CREATE, &params),
            (210, format!("Missing params [{key}]"))
        );
    }
    create(&mut caller, "uhost-1", "x");
    let refusal = |caller: &mut Caller, instance, name| {
        caller.error(CREATE, &[ZONE, ("UHostId", instance), ("Name", name)])
    };
    assert_eq!(
        refusal(&mut caller, "uhost-2", "x"),
        (230, "Params [Name] not available".to_owned())
    );
    assert_eq!(
        refusal(&mut caller, "uhost-1", "y").0,
        8964,
        "an image of it is being made"
    );
    assert_eq!(refusal(&mut caller, "uhost-paid", "y").0, 226_644);
    assert_eq!(caller.gateway.custom_images().len(), 1);
    assert_eq!(caller.error(PROGRESS, &[("CompShareImageId", "x")]).0, 210);
    assert_eq!(caller.error(PROGRESS, &[ZONE]).0, 210);
    assert_eq!(
        caller.error(PROGRESS, &[ZONE, ("CompShareImageId", "x")]).0,
        8039
    );
}

#[test]
fn copy_creates_an_image() {
    let (mut caller, id) = with_image();
    let response = caller.get("CopyCompShareCustomImage", &[("CompShareImageId", &id)]);
    assert_eq!(
        keys(&response),
        ["Action", "NewCompShareImageId", "RetCode"]
    );
    let copy = response["NewCompShareImageId"].as_str().unwrap().to_owned();
    let (mut source, mut row) = (custom(&caller, &id), custom(&caller, &copy));
    assert_eq!(
        (&row["Name"], &row["Status"]),
        (&json!("base-copy"), &json!("Making"))
    );
    for key in ["CompShareImageId", "Name", "Status"] {
        source[key] = Value::Null;
        row[key] = Value::Null;
    }
    assert_eq!(source, row);
    assert_eq!(
        caller
            .error("CopyCompShareCustomImage", &[("CompShareImageId", &copy)])
            .0,
        8017,
        "not done yet"
    );
    poll(&mut caller, &copy);
    let named = caller.get(
        "CopyCompShareCustomImage",
        &[("CompShareImageId", &copy), ("TargetImageName", "third")],
    );
    assert_eq!(
        custom(&caller, named["NewCompShareImageId"].as_str().unwrap())["Name"],
        "third"
    );
    let again = caller.error("CopyCompShareCustomImage", &[("CompShareImageId", &id)]);
    assert_eq!(
        again,
        (230, "Params [TargetImageName] not available".to_owned())
    );
    assert_eq!(caller.error("CopyCompShareCustomImage", &[]).0, 210);
    assert_eq!(
        caller
            .error("CopyCompShareCustomImage", &[("CompShareImageId", "x")])
            .0,
        8039
    );
}

#[test]
fn deletion_is_permanent() {
    let (mut caller, id) = with_image();
    assert_eq!(caller.error(TERMINATE, &[("CompShareImageId", &id)]).0, 210);
    assert_eq!(caller.error(TERMINATE, &[ZONE]).0, 210);
    caller.get(
        "ModifyCompShareImageShareAccount",
        &[("CompShareImageId", &id), ("AddAccounts.0", "5000")],
    );
    caller.get(TERMINATE, &[ZONE, ("CompShareImageId", &id)]);
    assert_eq!(caller.gateway.custom_images(), [Value::Null; 0]);
    assert_eq!(caller.gateway.share_accounts(&id), [Value::Null; 0]);
    assert_eq!(
        caller
            .error(TERMINATE, &[ZONE, ("CompShareImageId", &id)])
            .0,
        8039
    );
}

#[test]
fn published_image_is_reviewing() {
    let (mut caller, id) = with_image();
    let params = [
        ("CompShareImageId", id.as_str()),
        ("VersionName", "v1.0"),
        ("CommunityImageName", "公开镜像"),
        ("Description", "text"),
        ("Price", "0.5"),
        ("Tags.0", "AIGC"),
        ("Tags.1", "教程"),
        ("SupportedGpuTypes.0", "4090"),
        ("AutoStart", "true"),
        ("Readme", "# readme"),
    ];
    assert_eq!(keys(&caller.get(PUBLISH, &params)), ["Action", "RetCode"]);
    let groups = caller.gateway.self_community();
    let [group] = &groups[..] else {
        panic!("{groups:?}")
    };
    assert_eq!(
        (&group["ImageName"], &group["Status"]),
        (&json!("公开镜像"), &json!("UnAvailable"))
    );
    let row = &group["Data"][0];
    for (key, value) in [
        ("CompShareImageId", json!(id)),
        ("Status", json!("Reviewing")),
        ("ImageType", json!("Community")),
        ("Price", json!(0.5)),
        ("Tags", json!(["AIGC", "教程"])),
        ("SupportedGpuTypes", json!(["4090"])),
        ("AutoStart", json!(true)),
        ("VersionName", json!("v1.0")),
        ("GroupId", group["GroupId"].clone()),
        ("Readme", json!("# readme")),
    ] {
        assert_eq!(row[key], value, "{key}");
    }
    assert_eq!(
        caller.gateway.community(),
        [Value::Null; 0],
        "not before the review"
    );
    assert_eq!(
        caller
            .error(TERMINATE, &[ZONE, ("CompShareImageId", &id)])
            .0,
        8436
    );
    assert_eq!(
        caller
            .error(PUBLISH, &[("CompShareImageId", &id), ("VersionName", "v2")])
            .0,
        8436
    );

    // A second version in the same group.
    let second = create(&mut caller, "uhost-1", "second");
    poll(&mut caller, &second);
    let group_id = group["GroupId"].as_str().unwrap();
    let params = |version| {
        [
            ("CompShareImageId", second.as_str()),
            ("VersionName", version),
            ("GroupId", group_id),
        ]
    };
    assert_eq!(caller.error(PUBLISH, &params("v1.0")).0, 8968);
    caller.get(PUBLISH, &params("v1.1"));
    let groups = caller.gateway.self_community();
    assert_eq!(
        column(rows(&groups[0], "Data"), "VersionName"),
        ["v1.0", "v1.1"]
    );

    // Once offline, it can be deleted. Its group and its favorite disappear with the last version.
    caller.get("AddFavoriteImage", &[("CompShareImageId", &id)]);
    for id in [&id, &second] {
        caller.get(UPDATE, &[("CompShareImageId", id), ("Visibility", "0")]);
        caller.get(TERMINATE, &[ZONE, ("CompShareImageId", id)]);
    }
    assert_eq!(caller.gateway.self_community(), [Value::Null; 0]);
    assert_eq!(caller.gateway.favorites(), [Value::Null; 0]);
}

#[test]
fn publication_errors() {
    let (mut caller, id) = with_image();
    assert_eq!(
        caller.error(PUBLISH, &[("CompShareImageId", &id)]),
        (210, "Missing params [VersionName]".to_owned())
    );
    assert_eq!(
        caller.error(PUBLISH, &[("VersionName", "v1")]),
        (210, "Missing params [CompShareImageId]".to_owned())
    );
    let mut code = |id: &str, more: &[(&str, &str)]| {
        let mut params = vec![("CompShareImageId", id), ("VersionName", "v1")];
        params.extend(more);
        caller.error(PUBLISH, &params).0
    };
    assert_eq!(code("x", &[]), 8039);
    assert_eq!(code(&id, &[("GroupId", "x")]), 8039);
    for price in ["-1", "free", "NaN", "inf"] {
        assert_eq!(code(&id, &[("Price", price)]), 220, "{price}");
    }
    assert_eq!(
        code(
            &id,
            &[
                ("Tags.0", "a"),
                ("Tags.1", "b"),
                ("Tags.2", "c"),
                ("Tags.3", "d")
            ]
        ),
        220
    );
    assert_eq!(code(&id, &[("AutoStart", "on")]), 220);
    let (making, vm) = (
        create(&mut caller, "uhost-2", "making"),
        create(&mut caller, "uhost-vm", "vm"),
    );
    poll(&mut caller, &vm);
    for id in [making, vm] {
        assert_eq!(
            caller
                .error(PUBLISH, &[("CompShareImageId", &id), ("VersionName", "v1")])
                .0,
            8017
        );
    }
    assert_eq!(caller.gateway.self_community(), [Value::Null; 0]);
}

#[test]
fn update_changes_the_image_in_every_list() {
    let mut caller = Caller::built_in();
    let group = caller.gateway.self_community()[0].clone();
    let id = group["Data"][1]["CompShareImageId"].as_str().unwrap();
    let params = [
        ("CompShareImageId", id),
        ("Name", "renamed"),
        ("Description", "told anew"),
        ("VersionDesc", "fixed"),
        ("Framework", "JAX"),
        ("Tags.0", "LLM"),
        ("Price", "1.25"),
    ];
    assert_eq!(keys(&caller.get(UPDATE, &params)), ["Action", "RetCode"]);
    let changed = caller.gateway.self_community()[0].clone();
    assert_eq!(
        (&changed["ImageName"], &changed["ImageDesc"]),
        (&json!("renamed"), &json!("told anew"))
    );
    assert_eq!(changed["Data"][0], group["Data"][0]);
    for row in [changed["Data"][1].clone(), custom(&caller, id)] {
        assert_eq!(
            (&row["Name"], &row["VersionDesc"], &row["Price"]),
            (&json!("renamed"), &json!("fixed"), &json!(1.25))
        );
        assert_eq!(
            (&row["Softwares"]["Framework"], &row["Tags"]),
            (&json!("JAX"), &json!(["LLM"]))
        );
        assert_eq!(row["Container"], "True", "other members are unchanged");
    }
    assert_eq!(
        caller
            .error(UPDATE, &[("CompShareImageId", id), ("VersionName", "v1.0")])
            .0,
        8968,
        "the other version's"
    );
    caller.get(UPDATE, &[("CompShareImageId", id), ("VersionName", "v1.1")]);
    assert_eq!(
        caller
            .error(UPDATE, &[("CompShareImageId", id), ("GroupId", "x")])
            .0,
        8039
    );
    assert_eq!(
        caller
            .error(UPDATE, &[("CompShareImageId", id), ("Visibility", "2")])
            .0,
        220
    );
    assert_eq!(
        caller
            .error(UPDATE, &[("CompShareImageId", "x"), ("Name", "y")])
            .0,
        8039
    );
    assert_eq!(caller.error(UPDATE, &[("Name", "y")]).0, 210);
    let foreign = compshare_mock::favorites()[0]["CompShareImageId"]
        .as_str()
        .unwrap()
        .to_owned();
    assert_eq!(
        caller
            .error(UPDATE, &[("CompShareImageId", &foreign), ("Name", "y")])
            .0,
        8039
    );

    // Public again: under review, which never completes in the mock.
    for (visibility, status) in [("0", "Offline"), ("1", "Reviewing")] {
        caller.get(
            UPDATE,
            &[("CompShareImageId", id), ("Visibility", visibility)],
        );
        assert_eq!(
            caller.gateway.self_community()[0]["Data"][1]["Status"],
            status
        );
    }
}
