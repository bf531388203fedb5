//! What must hold of requests that are flattened and of answers that are read.

use compshare_model::{
    DescribeCompShareImageShareAccountsResponse, DescribeCompShareImageTagsResponse, Effect,
    GetCompShareImageCreateProgressResponse, Image, ImageGroup, ImageList,
    ModifyCompShareImageShareAccountResponse, Untyped, envelope,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// Any JSON object as the parameters of an action: flattening it gives what walking its tree gives, or an error.
///
/// # Panics
///
/// If any of that does not hold.
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
            // Adding zero makes a zero of a negative zero.
            (number.as_f64().expect("a float") + 0.0).to_string()
        }
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.clone(),
        Value::Array(items) => {
            // An item that gives nothing takes no number, so that there are no gaps.
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

/// Any text as an answer: what can be read is written back as it was, and reading it again gives the same.
///
/// # Panics
///
/// If any of that does not hold.
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
    // serde_json's own way to carry long numbers: as the first name of an object it means a number.
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
        serde_json::to_value(&record).expect("a record can be written"),
        original
    );
    // The record itself comes back where no name is there twice; as JSON, the last one counts.
    let record: T =
        serde_json::from_value(original).expect("the same without repeated names can be read");
    let written = serde_json::to_string(&record).expect("a record can be written");
    assert_eq!(
        serde_json::from_str::<T>(&written).expect("what was written can be read"),
        record
    );
}
