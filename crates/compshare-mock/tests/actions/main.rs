//! Every action and every quirk, without a socket.

mod account;
mod community;
mod favorites;
mod instances;
mod lifecycle;
mod lists;
mod market;
mod quirks;
mod sharing;

use compshare_mock::{Catalog, Gateway, Quirks};
use compshare_sign::{Credentials, Params, json};
use serde_json::{Value, json};

/// A gateway and valid credentials for it.
struct Caller {
    gateway: Gateway,
    credentials: Credentials,
}

impl Caller {
    fn new(catalog: Catalog) -> Self {
        let credentials = Credentials::new("my_public_key", "my_private_key").unwrap();
        Self {
            gateway: Gateway::with_catalog(credentials.clone(), catalog),
            credentials,
        }
    }

    fn built_in() -> Self {
        Self::new(Catalog::built_in())
    }

    fn quirks(self, quirks: Quirks) -> Self {
        self.gateway.set_quirks(quirks);
        self
    }

    /// Sends a form and returns the response with any RetCode.
    fn call(&mut self, action: &str, params: &[(&str, &str)]) -> Value {
        let mut all = vec![("Action", action)];
        all.extend(params);
        let body = self
            .credentials
            .sign(Params::from_pairs(all).unwrap())
            .to_form();
        self.gateway
            .respond("POST", "application/x-www-form-urlencoded", body.as_bytes())
            .json()
            .unwrap()
    }

    /// Like [`call`](Self::call), but asserts RetCode 0.
    fn get(&mut self, action: &str, params: &[(&str, &str)]) -> Value {
        let response = self.call(action, params);
        assert_eq!(response["RetCode"], 0, "{response}");
        response
    }

    /// Like [`call`](Self::call), but returns the RetCode and message of an error.
    fn error(&mut self, action: &str, params: &[(&str, &str)]) -> (i64, String) {
        let response = self.call(action, params);
        (
            response["RetCode"].as_i64().unwrap(),
            response["Message"].as_str().unwrap_or_default().to_owned(),
        )
    }

    /// Like [`call`](Self::call), with a JSON body.
    fn call_json(&mut self, params: Value) -> Value {
        let Value::Object(params) = params else {
            panic!("no object")
        };
        let signed = json::sign(&self.credentials, &params).unwrap();
        self.gateway
            .respond("POST", "application/json", signed.body().as_bytes())
            .json()
            .unwrap()
    }
}

fn rows<'a>(response: &'a Value, key: &str) -> &'a Vec<Value> {
    response[key]
        .as_array()
        .unwrap_or_else(|| panic!("no {key} in {response}"))
}

fn column<'a>(rows: &'a [Value], key: &str) -> Vec<&'a str> {
    rows.iter()
        .map(|row| row[key].as_str().unwrap_or_default())
        .collect()
}

fn keys(response: &Value) -> Vec<&str> {
    let mut keys: Vec<_> = response
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    // Their order depends on the features of serde_json.
    keys.sort_unstable();
    keys
}

/// Returns three groups, the second with two versions.
fn small() -> Catalog {
    let image = |id: &str, status: &str| json!({"CompShareImageId": id, "Name": id, "Author": "A", "Status": status});
    Catalog::empty().community(vec![
        json!({"GroupId": "g1", "ImageName": "One", "FavoritesCount": 5, "Status": "Available",
            "Data": [image("a", "Available")]}),
        json!({"GroupId": "g2", "ImageName": "Two", "FavoritesCount": 7, "Status": "Available",
            "Data": [image("b", "Offline"), image("c", "Available")]}),
        json!({"GroupId": "g3", "ImageName": "Three", "FavoritesCount": 6, "Status": "UnAvailable",
            "Data": [image("d", "Reviewing")]}),
    ])
}
