//! Properties of compshare-model: flattening of requests and parsing of responses.

use compshare_model::{
    DescribeCompShareImageShareAccountsResponse, DescribeCompShareImageTagsResponse, Effect,
    GetCompShareImageCreateProgressResponse, Image, ImageGroup, ImageList,
    ModifyCompShareImageShareAccountResponse, Untyped, envelope,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// Flattens any JSON object as the parameters of an action, and compares the result with a walk
/// through its tree.
///
/// # Panics
///
/// Panics if the property does not hold.
pub fn flatten_action(data: &[u8]) {
    let Ok(Value::Object(params)) = serde_json::from_slice(data) else {
        return;
    };
    let action = Untyped::new("DoSomething", Effect::Read).params(params.clone());
    let mut pairs = Vec::new();
    let flattened = compshare_model::flatten(&action, &mut |key, value| {
        pairs.push((key.to_string(), value.to_string()));
        Ok(())
    });
    if flattened.is_ok() {
        let mut expected = Vec::new();
        walk_members(&params, "", &mut expected);
        assert_eq!(pairs, expected);
    }
}

fn walk_members(members: &Map<String, Value>, prefix: &str, pairs: &mut Vec<(String, String)>) {
    for (key, member) in members {
        walk(member, &format!("{prefix}{key}"), pairs);
    }
}

fn walk(value: &Value, key: &str, pairs: &mut Vec<(String, String)>) {
    let text = match value {
        Value::Null => return,
        Value::Bool(value) => value.to_string(),
        Value::Number(number) if number.is_f64() => {
            // Adding zero turns -0.0 into 0.0.
            (number.as_f64().expect("a float") + 0.0).to_string()
        }
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.clone(),
        Value::Array(items) => {
            // An item without parameters is skipped without using up an index.
            let mut index = 0;
            for item in items {
                let before = pairs.len();
                walk(item, &format!("{key}.{index}"), pairs);
                index += usize::from(pairs.len() > before);
            }
            return;
        }
        Value::Object(members) => return walk_members(members, &format!("{key}."), pairs),
    };
    pairs.push((key.to_string(), text));
}

/// Parses any text as responses and serializes them. The JSON is unchanged.
///
/// # Panics
///
/// Panics if the property does not hold.
pub fn image_set(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    round_trip::<Image>(text);
    round_trip::<ImageGroup>(text);
    round_trip::<ImageList>(text);
    round_trip::<DescribeCompShareImageTagsResponse>(text);
    round_trip::<DescribeCompShareImageShareAccountsResponse>(text);
    round_trip::<ModifyCompShareImageShareAccountResponse>(text);
    round_trip::<GetCompShareImageCreateProgressResponse>(text);
    if let Ok(reply) = envelope::decode::<ImageList>(text) {
        assert_eq!(reply.envelope.ret_code, compshare_model::RetCode::SUCCESS);
        let images = reply.value.images().count();
        assert_eq!(images, reply.value.clone().into_images().len());
        // A group without versions is an image without an id.
        let groups = reply.value.into_groups();
        assert_eq!(
            images,
            groups
                .iter()
                .map(|group| group.data.len().max(1))
                .sum::<usize>()
        );
    }
}

fn round_trip<T: DeserializeOwned + Serialize + PartialEq + std::fmt::Debug>(text: &str) {
    // An object with serde_json's private key is a number.
    if text.contains("$serde_json::private") {
        return;
    }
    let (Ok(record), Ok(original)) = (
        serde_json::from_str::<T>(text),
        serde_json::from_str::<Value>(text),
    ) else {
        return;
    };
    assert_eq!(
        serde_json::to_value(&record).expect("serializing a record"),
        original
    );

    // Records with repeated keys may differ: in a `Value`, the last one wins.
    let record: T = serde_json::from_value(original).expect("parsing unique keys");
    let json = serde_json::to_string(&record).expect("serializing a record");
    assert_eq!(
        serde_json::from_str::<T>(&json).expect("parsing a serialized record"),
        record
    );
}
