//! Programs and models.

use crate::wire::record::record;
use crate::wire::request::request;
use crate::{InstanceId, SecretUrl, SoftwarePort, Timestamp};

request! {
    /// Lists the ports that programs of the platform's images listen on. Documented by CompShare
    /// and UCloud.
    pub struct DescribeCompShareSoftwarePort: Read -> DescribeCompShareSoftwarePortResponse {}
}

record! {
    /// The ports of programs.
    pub response DescribeCompShareSoftwarePortResponse {
        /// The ports.
        ports: Vec<SoftwarePort> as Required = "SoftwarePort",
    }
}

request! {
    /// Queries the address of a program of an instance. Documented by CompShare, and by UCloud,
    /// which requires a zone.
    ///
    /// Reported as not available: use [`Instance::softwares`](crate::Instance::softwares).
    pub struct GetSoftwareURL: Read -> GetSoftwareURLResponse {
        required {
            /// The instance.
            instance_id: InstanceId = "UHostId",
            /// The program: `JupyterLab`.
            software: String = "Software",
        }
    }
}

record! {
    /// The address of a program.
    pub response GetSoftwareURLResponse {
        /// The address, possibly with a token in its query.
        url: Option<SecretUrl> = "URL",
    }
}

request! {
    /// Lists the models of the model store. Documented by CompShare, and by UCloud, which requires
    /// a zone.
    pub struct DescribeModelRepositoryModels: Read -> DescribeModelRepositoryModelsResponse {
        optional {
            /// Part of the name, in any letter case. The name of the parameter is in lower case by
            /// CompShare's documentation and the platform's command-line tool, not by UCloud's
            /// SDKs.
            name: String = "name",
            /// Tags, separated by commas; in lower case as well.
            tags: String = "tags",
        }
    }
}

record! {
    /// The models.
    pub response DescribeModelRepositoryModelsResponse {
        /// The models.
        models: Vec<RepositoryModel> as Required = "Models",
    }
}

record! {
    /// A model (`Models`).
    pub struct RepositoryModel {
        /// The name.
        name: Option<String> = "Name",
        /// The path in the model store.
        path: Option<String> = "Path",
        /// Tags, separated by commas.
        tags: Option<String> = "Tag",
        /// The size, as text.
        size: Option<String> = "Size",
        /// When it was created.
        create_time: Option<Timestamp> = "CreateTime",
    }
}

request! {
    /// Lists the tags of the model store. Documented by UCloud, which requires a zone.
    pub struct DescribeModelRepositoryTags: Read -> DescribeModelRepositoryTagsResponse {}
}

record! {
    /// The tags of the model store.
    pub response DescribeModelRepositoryTagsResponse {
        /// The tags.
        tags: Vec<String> as Required = "Tags",
    }
}

request! {
    /// Lists the models for OpenClaw. Documented by UCloud; no source shows a response.
    pub struct GetOpenClawModelList: Read -> GetOpenClawModelListResponse {}
}

record! {
    /// The models for OpenClaw.
    pub response GetOpenClawModelListResponse {
        /// The models; one object by UCloud's SDKs, which is read as a list of one.
        models: Vec<OpenClawModel> as Required = "Models",
    }
}

record! {
    /// A model for OpenClaw (`Models`).
    pub struct OpenClawModel {
        /// The model's id.
        id: Option<String> = "Id",
        /// The name.
        name: Option<String> = "Name",
    }
}

#[cfg(test)]
mod tests {
    use serde::Serialize;
    use serde::de::DeserializeOwned;
    use serde_json::{Value, json};

    use super::*;
    use crate::wire::request::pairs;

    fn read<T: DeserializeOwned + Serialize>(value: &Value) -> T {
        let response: T = serde_json::from_value(value.clone()).unwrap();
        assert_eq!(
            &serde_json::to_value(&response).unwrap(),
            value,
            "nothing is lost"
        );
        response
    }

    #[test]
    fn model_parameters_are_in_lower_case() {
        let request = DescribeModelRepositoryModels::new()
            .name("llama")
            .tags("LLM");
        assert_eq!(pairs(&request), ["name=llama", "tags=LLM"]);
        let response: DescribeModelRepositoryModelsResponse = read(
            &json!({"Models": [{"Name": "llama", "Path": "/m", "Tag": "LLM,Chat", "Size": "13.5GB", "CreateTime": 5}]}),
        );
        assert_eq!(response.models[0].size.as_deref(), Some("13.5GB"));
        let tags: DescribeModelRepositoryTagsResponse = read(&json!({"Tags": ["LLM", "Chat"]}));
        assert_eq!(tags.tags, ["LLM", "Chat"]);
    }

    #[test]
    fn single_model_decodes_as_list() {
        for value in [
            json!({"Models": {"Id": "m", "Name": "M"}}),
            json!({"Models": [{"Id": "m", "Name": "M"}]}),
        ] {
            let response: GetOpenClawModelListResponse = read(&value);
            assert_eq!(response.models[0].id.as_deref(), Some("m"));
        }
    }

    #[test]
    fn debug_hides_the_software_url() {
        assert_eq!(
            pairs(&GetSoftwareURL::new("u", "JupyterLab")),
            ["UHostId=u", "Software=JupyterLab"]
        );
        let response: GetSoftwareURLResponse = read(&json!({"URL": "https://h/lab?token=abc"}));
        assert!(!format!("{response:?}").contains("abc"));
        assert_eq!(response.url.unwrap().expose(), "https://h/lab?token=abc");
        let ports: DescribeCompShareSoftwarePortResponse =
            read(&json!({"SoftwarePort": [{"Software": "ComfyUI", "Port": "8188"}]}));
        assert_eq!(ports.ports[0].port, Some(8188));
    }
}
