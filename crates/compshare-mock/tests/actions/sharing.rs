//! With whom own images are shared.

use serde_json::json;

use super::{Caller, keys};

const SHARES: &str = "DescribeCompShareImageShareAccounts";
const MODIFY: &str = "ModifyCompShareImageShareAccount";

fn id(row: &serde_json::Value) -> String {
    row["CompShareImageId"].as_str().unwrap().to_owned()
}

#[test]
fn accounts_are_added_and_removed() {
    let mut caller = Caller::built_in();
    let id = id(&caller.gateway.custom_images()[0]);
    let id = id.as_str();
    let answer = caller.get(SHARES, &[("CompShareImageId", id)]);
    assert_eq!(keys(&answer), ["AccountSet", "Action", "RetCode"]);
    assert_eq!(
        answer["AccountSet"][1],
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
    let answer = caller.get(MODIFY, &params);
    assert_eq!(keys(&answer), ["Action", "InvalidAccounts", "RetCode"]);
    assert_eq!(
        answer["InvalidAccounts"],
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
    let answer = caller.get(
        MODIFY,
        &[("CompShareImageId", id), ("AddAccounts.0", "1001")],
    );
    assert_eq!(answer["InvalidAccounts"], json!([]));
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
fn sharing_is_refused() {
    let mut caller = Caller::built_in();
    let own = id(&caller.gateway.custom_images()[0]);
    let shared = id(&caller.gateway.shared_images()[0]);
    assert_eq!(caller.refusal(SHARES, &[]).0, 210);
    assert_eq!(caller.refusal(SHARES, &[("CompShareImageId", "x")]).0, 8039);
    assert_eq!(
        caller
            .refusal(
                MODIFY,
                &[("CompShareImageId", &shared), ("AddAccounts.0", "5000")]
            )
            .0,
        8350
    );
    assert_eq!(
        caller
            .refusal(
                MODIFY,
                &[("CompShareImageId", "x"), ("AddAccounts.0", "5000")]
            )
            .0,
        8039
    );
    assert_eq!(
        caller.refusal(MODIFY, &[("CompShareImageId", &own)]),
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
        caller.refusal(MODIFY, &params),
        (220, "Params [RemoveAccounts] out of range".to_owned())
    );
    assert_eq!(
        caller.get(MODIFY, &params[..11])["InvalidAccounts"],
        json!([]),
        "ten are allowed"
    );
    assert_eq!(
        caller
            .refusal(
                MODIFY,
                &[("CompShareImageId", &own), ("AddAccounts.0", "me")]
            )
            .0,
        220
    );
}
