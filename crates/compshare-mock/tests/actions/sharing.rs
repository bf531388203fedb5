//! The accounts that custom images are shared with.

use serde_json::json;

use super::{Caller, keys};

const SHARES: &str = "DescribeCompShareImageShareAccounts";
const MODIFY: &str = "ModifyCompShareImageShareAccount";

fn id(row: &serde_json::Value) -> String {
    row["CompShareImageId"].as_str().unwrap().to_owned()
}

#[test]
fn share_accounts_are_added_and_removed() {
    let mut caller = Caller::built_in();
    let id = id(&caller.gateway.custom_images()[0]);
    let id = id.as_str();
    let response = caller.get(SHARES, &[("CompShareImageId", id)]);
    assert_eq!(keys(&response), ["AccountSet", "Action", "RetCode"]);
    assert_eq!(
        response["AccountSet"][1],
        json!({"AccountId": 4242, "AccountName": "team-gpu"})
    );

    let params = [
        ("CompShareImageId", id),
        ("AddAccounts.0", "5000"),
        ("AddAccounts.1", "7"),
        ("AddAccounts.2", "4242"),
        ("RemoveAccounts.0", "1003"),
        ("RemoveAccounts.1", "6000"),
    ];
    let response = caller.get(MODIFY, &params);
    assert_eq!(keys(&response), ["Action", "InvalidAccounts", "RetCode"]);
    assert_eq!(
        response["InvalidAccounts"],
        json!([7]),
        "RetCode 0, though one does not exist"
    );
    let accounts = caller.gateway.share_accounts(id);
    assert_eq!(
        accounts,
        [
            json!({"AccountId": 4242, "AccountName": "team-gpu"}),
            json!({"AccountId": 5000, "AccountName": "account-5000"})
        ]
    );
    assert_eq!(
        caller.get(SHARES, &[("CompShareImageId", id)])["AccountSet"],
        json!(accounts)
    );
    let response = caller.get(
        MODIFY,
        &[("CompShareImageId", id), ("AddAccounts.0", "1001")],
    );
    assert_eq!(response["InvalidAccounts"], json!([]));
    let author = caller.gateway.share_accounts(id)[2]["AccountName"].clone();
    assert_eq!(
        caller.gateway.organization_id(author.as_str().unwrap()),
        Some(1001),
        "an author goes by its name"
    );
    let json =
        json!({"Action": MODIFY, "CompShareImageId": id, "RemoveAccounts": [1001, 4242, 5000]});
    assert_eq!(caller.call_json(json)["RetCode"], 0);
    assert_eq!(
        caller.get(SHARES, &[("CompShareImageId", id)])["AccountSet"],
        json!([])
    );
}

#[test]
fn sharing_errors() {
    let mut caller = Caller::built_in();
    let own = id(&caller.gateway.custom_images()[0]);
    let shared = id(&caller.gateway.shared_images()[0]);
    assert_eq!(caller.error(SHARES, &[]).0, 210);
    assert_eq!(caller.error(SHARES, &[("CompShareImageId", "x")]).0, 8039);
    assert_eq!(
        caller
            .error(
                MODIFY,
                &[("CompShareImageId", &shared), ("AddAccounts.0", "5000")]
            )
            .0,
        8350
    );
    assert_eq!(
        caller
            .error(
                MODIFY,
                &[("CompShareImageId", "x"), ("AddAccounts.0", "5000")]
            )
            .0,
        8039
    );
    assert_eq!(
        caller.error(MODIFY, &[("CompShareImageId", &own)]),
        (210, "Missing params [AddAccounts]".to_owned())
    );
    let many: Vec<(String, String)> = (0..11)
        .map(|n| (format!("RemoveAccounts.{n}"), (5000 + n).to_string()))
        .collect();
    let mut params = vec![("CompShareImageId", own.as_str())];
    params.extend(
        many.iter()
            .map(|(key, value)| (key.as_str(), value.as_str())),
    );
    assert_eq!(
        caller.error(MODIFY, &params),
        (220, "Params [RemoveAccounts] out of range".to_owned())
    );
    assert_eq!(
        caller.get(MODIFY, &params[..11])["InvalidAccounts"],
        json!([]),
        "ten are allowed"
    );
    assert_eq!(
        caller
            .error(
                MODIFY,
                &[("CompShareImageId", &own), ("AddAccounts.0", "me")]
            )
            .0,
        220
    );
}
