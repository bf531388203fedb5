//! Accounts that an image is shared with.

use crate::wire::record::record;
use crate::wire::request::request;
use crate::{Account, AccountId, ImageId};

request! {
    /// Asks with whom an image of the account is shared. Documented by CompShare and UCloud.
    pub struct DescribeCompShareImageShareAccounts: Read -> DescribeCompShareImageShareAccountsResponse {
        required {
            /// The image.
            comp_share_image_id: ImageId = "CompShareImageId",
        }
    }
}

record! {
    /// With whom an image is shared.
    pub response DescribeCompShareImageShareAccountsResponse {
        /// The accounts.
        account_set: Vec<Account> as Main = "AccountSet",
    }
}

request! {
    /// Shares an image of the account with other accounts, or no longer. Documented by CompShare and UCloud.
    ///
    /// Sets who has access, so it may be repeated. By UCloud's SDKs at most 10 accounts can be added and 10 removed at
    /// once, and at least one must be named.
    ///
    /// Success does not mean that all of them were found: see
    /// [`invalid_accounts`](ModifyCompShareImageShareAccountResponse::invalid_accounts).
    ///
    /// ```
    /// use compshare_model::ModifyCompShareImageShareAccount;
    ///
    /// let request = ModifyCompShareImageShareAccount::new("compshareImage-1pl06yxr5lvm").add_accounts([50_123_456]);
    /// ```
    pub struct ModifyCompShareImageShareAccount: IdempotentWrite -> ModifyCompShareImageShareAccountResponse {
        required {
            /// The image.
            comp_share_image_id: ImageId = "CompShareImageId",
        }
        lists {
            /// With whom to share it; at most 10.
            add_accounts: AccountId = "AddAccounts",
            /// With whom to share it no longer; at most 10.
            remove_accounts: AccountId = "RemoveAccounts",
        }
    }
}

record! {
    /// What became of it.
    #[must_use = "accounts that were not found have no part in it: see `invalid_accounts`"]
    pub response ModifyCompShareImageShareAccountResponse {
        /// The accounts that do not exist. With these nothing is shared, although the call succeeded.
        invalid_accounts: Vec<AccountId> as Strict = "InvalidAccounts",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::request::pairs;
    use serde_json::{Value, json};

    #[test]
    fn accounts_are_numbered() {
        let request = ModifyCompShareImageShareAccount::new("i")
            .add_accounts([1, 2])
            .remove_accounts(["3"]);
        let expected = [
            "CompShareImageId=i",
            "AddAccounts.0=1",
            "AddAccounts.1=2",
            "RemoveAccounts.0=3",
        ];
        assert_eq!(pairs(&request), expected);
        assert_eq!(
            pairs(&DescribeCompShareImageShareAccounts::new("i")),
            ["CompShareImageId=i"]
        );
    }

    #[test]
    fn an_account_is_a_number_or_a_text() {
        for (value, ids) in [
            (
                json!([{"AccountId": 5, "AccountName": "a"}, {"AccountId": "6"}]),
                vec!["5", "6"],
            ),
            (json!({}), vec![]),
            (json!(null), vec![]),
            (json!({"AccountId": 5}), vec!["5"]),
        ] {
            let json = json!({"AccountSet": value});
            let response: DescribeCompShareImageShareAccountsResponse =
                serde_json::from_value(json.clone()).unwrap();
            let found: Vec<_> = response
                .account_set
                .iter()
                .filter_map(|account| account.account_id.as_ref())
                .map(AccountId::as_str)
                .collect();
            assert_eq!(found, ids, "{json}");
            assert_eq!(
                serde_json::to_value(&response).unwrap(),
                json,
                "nothing is lost"
            );
        }
        for json in [
            json!({"AccountSet": "5"}),
            json!({"AccountSet": [5]}),
            json!({"Accounts": [{"AccountId": 5}]}),
        ] {
            assert!(
                serde_json::from_value::<DescribeCompShareImageShareAccountsResponse>(json)
                    .is_err()
            );
        }
    }

    #[test]
    fn no_account_that_was_not_found_is_overlooked() {
        let read = |value: Value| {
            serde_json::from_value::<ModifyCompShareImageShareAccountResponse>(value)
        };
        for (value, ids) in [
            (json!([1, "2", null]), vec!["1", "2"]),
            (json!(7), vec!["7"]),
            (json!("7"), vec!["7"]),
            (json!(""), vec![]),
            (json!(null), vec![]),
            (json!({}), vec![]),
        ] {
            let json = json!({"InvalidAccounts": value});
            let response = read(json.clone()).unwrap();
            assert_eq!(
                response
                    .invalid_accounts
                    .iter()
                    .map(AccountId::as_str)
                    .collect::<Vec<_>>(),
                ids,
                "{json}"
            );
            assert_eq!(serde_json::to_value(&response).unwrap(), json);
        }
        for value in [
            json!([[1]]),
            json!([1, {"AccountId": 2}]),
            json!({"AccountId": 2}),
        ] {
            assert!(read(json!({"InvalidAccounts": value})).is_err());
        }
    }
}
