//! Image tags.

use std::collections::{BTreeMap, BTreeSet};

use crate::wire::record::record;
use crate::wire::request::request;

request! {
    /// Lists the tags of images. Documented by CompShare, which requires a region, and by UCloud,
    /// which does not.
    pub struct DescribeCompShareImageTags: Read -> DescribeCompShareImageTagsResponse {}
}

record! {
    /// The tags and their categories.
    pub response DescribeCompShareImageTagsResponse {
        /// The tags.
        tags: Vec<String> as Required = "Tags",
        /// The tags of each category. Documented only by CompShare.
        tags_map: BTreeMap<String, Vec<String>> as Required = "TagsMap",
        /// The categories in order. Documented only by CompShare.
        tag_index: Vec<String> = "TagIndex",
    }
}

impl DescribeCompShareImageTagsResponse {
    /// Iterates over the categories and their tags in the order of `tag_index`, then over the
    /// categories that are not in it.
    pub fn categories(&self) -> impl Iterator<Item = (&str, &[String])> {
        let mut indexed = BTreeSet::new();
        let in_order: Vec<&String> = self
            .tag_index
            .iter()
            .filter(|name| indexed.insert(name.as_str()))
            .collect();
        let rest = self
            .tags_map
            .keys()
            .filter(move |name| !indexed.contains(name.as_str()));

        let names = in_order.into_iter().chain(rest);
        names.filter_map(|name| Some((name.as_str(), self.tags_map.get(name)?.as_slice())))
    }

    /// Iterates over all tags without duplicates: those of the list, then those of the categories.
    pub fn all_tags(&self) -> impl Iterator<Item = &str> {
        let mut seen = BTreeSet::new();
        let categorized = self.categories().flat_map(|(_, tags)| tags);
        self.tags
            .iter()
            .chain(categorized)
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
    fn request_has_no_required_parameters() {
        assert!(pairs(&DescribeCompShareImageTags::default()).is_empty());
    }

    #[test]
    fn categories_are_in_the_order_of_the_index() {
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
    fn unusual_forms_are_accepted_and_kept() {
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
    fn invalid_lists_of_tags_are_errors() {
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
