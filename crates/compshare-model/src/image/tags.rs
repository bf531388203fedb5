//! Tags.

use std::collections::{BTreeMap, BTreeSet};

use crate::wire::record::record;
use crate::wire::request::request;

request! {
    /// Asks for the tags by which images can be found. Documented by CompShare, which requires a region, and by UCloud,
    /// which does not.
    pub struct DescribeCompShareImageTags: Read -> DescribeCompShareImageTagsResponse {}
}

record! {
    /// The tags, and by CompShare's documentation their categories.
    pub response DescribeCompShareImageTagsResponse {
        /// The tags.
        tags: Vec<String> as Main = "Tags",
        /// The tags of each category. CompShare's documentation only.
        tags_map: BTreeMap<String, Vec<String>> as Main = "TagsMap",
        /// The categories in their order. CompShare's documentation only.
        tag_index: Vec<String> = "TagIndex",
    }
}

impl DescribeCompShareImageTagsResponse {
    /// The categories with their tags, in the order that the service gives; those that it gives no place come last.
    pub fn categories(&self) -> impl Iterator<Item = (&str, &[String])> {
        let mut placed = BTreeSet::new();
        let in_order: Vec<&String> = self
            .tag_index
            .iter()
            .filter(|name| placed.insert(name.as_str()))
            .collect();
        let rest = self
            .tags_map
            .keys()
            .filter(move |name| !placed.contains(name.as_str()));
        let names = in_order.into_iter().chain(rest);
        names.filter_map(|name| Some((name.as_str(), self.tags_map.get(name)?.as_slice())))
    }

    /// Every tag once: those of the list, then those that only a category has.
    pub fn all_tags(&self) -> impl Iterator<Item = &str> {
        let mut seen = BTreeSet::new();
        let categorised = self.categories().flat_map(|(_, tags)| tags);
        self.tags
            .iter()
            .chain(categorised)
            .map(String::as_str)
            .filter(move |tag| seen.insert(*tag))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::request::pairs;
    use serde_json::{Value, json};

    fn response(value: &Value) -> DescribeCompShareImageTagsResponse {
        let response: DescribeCompShareImageTagsResponse =
            serde_json::from_str(&value.to_string()).unwrap();
        assert_eq!(
            &serde_json::to_value(&response).unwrap(),
            value,
            "nothing is lost"
        );
        response
    }

    #[test]
    fn needs_nothing() {
        assert!(pairs(&DescribeCompShareImageTags::default()).is_empty());
    }

    #[test]
    fn categories_come_in_the_service_s_order() {
        let response = response(&json!({
            "RetCode": 0,
            "Tags": ["LLM", "绘画"],
            "TagsMap": {"Task": ["LLM"], "任务": ["绘画", "语音"], "New": []},
            "TagIndex": ["任务", "Task", "Gone", "任务"],
        }));
        let names: Vec<_> = response
            .categories()
            .map(|(name, tags)| format!("{name}:{}", tags.len()))
            .collect();
        assert_eq!(names, ["任务:2", "Task:1", "New:0"]);
        assert_eq!(
            response.all_tags().collect::<Vec<_>>(),
            ["LLM", "绘画", "语音"]
        );
    }

    #[test]
    fn odd_forms_are_read_and_kept() {
        for (value, tags) in [
            (json!({"Tags": null}), vec![]),
            (json!({"Tags": {}}), vec![]),
            (json!({"Tags": "LLM"}), vec!["LLM"]),
            (json!({"Tags": ["LLM", null, 3]}), vec!["LLM", "3"]),
            (
                json!({"TagsMap": {"a": null, "b": "LLM", "c": ["x", {"tagLabel": "y"}]}}),
                vec!["LLM", "x", "y"],
            ),
            (json!({"TagsMap": ["a"], "Tags": ["b"]}), vec!["b"]),
            (json!({"TagsMap": {}}), vec![]),
            (json!({}), vec![]),
        ] {
            assert_eq!(
                response(&value).all_tags().collect::<Vec<_>>(),
                tags,
                "{value}"
            );
        }
    }

    #[test]
    fn what_cannot_be_a_list_of_tags_is_an_error() {
        for value in [
            json!({"Tags": [["LLM"]]}),
            json!({"Tags": {"a": ["LLM"]}}),
            json!({"TagSet": [{"Name": "LLM"}]}),
        ] {
            assert!(
                serde_json::from_value::<DescribeCompShareImageTagsResponse>(value.clone())
                    .is_err(),
                "{value}"
            );
        }
    }
}
