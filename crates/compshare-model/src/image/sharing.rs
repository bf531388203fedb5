//! Sharing of images with other accounts.

use crate::wire::record::record;
use crate::wire::request::request;
use crate::{Account, AccountId, ImageId};

request! {
    /// Lists the accounts that an image is shared with. Documented by CompShare and UCloud.
    pub struct DescribeCompShareImageShareAccounts: Read -> DescribeCompShareImageShareAccountsResponse {
        required {
            /// The image id.
            image_id: ImageId = "CompShareImageId",
        }
    }
}

record! {
    /// The accounts that an image is shared with.
    pub response DescribeCompShareImageShareAccountsResponse {
        /// The accounts.
        account_set: Vec<Account> as Required = "AccountSet",
    }
}

request! {
    /// Starts or stops sharing an image with other accounts. Documented by CompShare and UCloud.
    ///
    /// The request is idempotent. By UCloud's SDKs, it can add at most 10 accounts and remove at
    /// most 10, and must have at least one.
    ///
    /// A successful response may still have accounts that do not exist: see
    /// [`invalid_accounts`](ModifyCompShareImageShareAccountResponse::invalid_accounts).
    ///
    /// ```
    /// use compshare_model::ModifyCompShareImageShareAccount;
    ///
    /// let request = ModifyCompShareImageShareAccount::new("compshareImage-1pl06yxr5lvm")
    ///     .add_accounts([50_123_456]);
    /// ```
    pub struct ModifyCompShareImageShareAccount: IdempotentWrite -> ModifyCompShareImageShareAccountResponse {
        required {
            /// The image id.
            image_id: ImageId = "CompShareImageId",
        }
        lists {
            /// The accounts to share the image with, at most 10.
            add_accounts: AccountId = "AddAccounts",
            /// The accounts to stop sharing the image with, at most 10.
            remove_accounts: AccountId = "RemoveAccounts",
        }
    }
}

record! {
    /// The response of [`ModifyCompShareImageShareAccount`].
    #[must_use = "some accounts may not exist: see `invalid_accounts`"]
    pub response ModifyCompShareImageShareAccountResponse {
        /// The accounts that do not exist. The image is not shared with these despite RetCode 0.
        invalid_accounts: Vec<AccountId> as Strict = "InvalidAccounts",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::request::pairs;
    use serde_json::{Value, json};

    #[test]
    fn accounts_are_flattened_with_an_index() {
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
    fn account_ids_can_be_numbers_or_text() {
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
    fn invalid_accounts_are_never_lost() {
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
