//! The listing of instances.

use crate::image::sent_len;
use crate::wire::paging::ListResponse;
use crate::wire::record::record;
use crate::wire::request::request;
use crate::{DiskId, Instance, InstanceId, Rows, SeenIds};

request! {
    /// Lists instances, page by page. Documented by CompShare and UCloud.
    ///
    /// Without a region the instances of all regions are listed (platform's command-line tool); a
    /// client sends its own region by default. A response may hold other instances than the
    /// requested ones: compare [`Instance::id`]. Virtual machines and container instances are paged
    /// apart and joined, so a page may hold twice as many rows as its limit, and the offset
    /// advances by the limit (reported by a third-party client, from the service's source).
    ///
    /// The response holds passwords, which `Debug` hides.
    pub struct DescribeCompShareInstance: List<Instance> -> DescribeCompShareInstanceResponse {
        optional {
            /// The business group. Platform's command-line tool.
            tag: String = "Tag",
            /// The virtual network. Platform's command-line tool.
            vpc_id: String = "VPCId",
            /// The subnet. Platform's command-line tool.
            subnet_id: String = "SubnetId",
            /// A disk: the instances that it can be attached to. Platform's command-line tool.
            attachable_disk: DiskId = "UDiskIdForAttachment",
        }
        values {
            /// UCloud's documentation names it without a meaning; a third-party client sends `true`
            /// and gets instances with GPUs.
            without_gpu: bool = "WithoutGpu",
            /// Whether to leave prices out. Platform's command-line tool.
            skip_bill: bool = "SkipBill",
            /// Whether to add the shared bandwidth of addresses. Platform's command-line tool.
            include_share_bandwidth: bool = "IncludeShareBandwidth",
        }
        lists {
            /// Instances by their ids. Prices are sent for these only (reported by a third-party
            /// client).
            instance_ids: InstanceId = "UHostIds",
        }
    }
}

record! {
    /// A page of instances.
    pub response DescribeCompShareInstanceResponse {
        /// The instances.
        instances: Vec<Instance> as Required = "UHostSet",
        /// The number of instances in all.
        total_count: Option<u64> = "TotalCount",
    }
}

impl From<DescribeCompShareInstanceResponse> for Rows<Instance> {
    fn from(response: DescribeCompShareInstanceResponse) -> Self {
        let received = sent_len(&response.extra, &["UHostSet"], response.instances.len());
        Self::new(response.instances, received, response.total_count)
    }
}

impl ListResponse for DescribeCompShareInstanceResponse {
    type Item = Instance;

    const ADVANCES_BY_LIMIT: bool = true;

    fn dedup(instance: &mut Instance, seen: &mut SeenIds) -> bool {
        instance.id.is_empty() || seen.insert(instance.id.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::request::pairs;
    use crate::{Action, Effect, PagedAction, Window};
    use serde_json::json;

    #[test]
    fn list_sends_ids_or_a_page() {
        let request = DescribeCompShareInstance::new()
            .instance_ids(["uhost-1", "cpod-2"])
            .region("cn-wlcb");
        assert_eq!(
            pairs(&request),
            ["Region=cn-wlcb", "UHostIds.0=uhost-1", "UHostIds.1=cpod-2"]
        );
        let request = DescribeCompShareInstance::new()
            .skip_bill(true)
            .attachable_disk("udisk-1");
        let request = request.with_window(Window::new(20, Some(10)));
        let expected = [
            "UDiskIdForAttachment=udisk-1",
            "SkipBill=true",
            "Offset=20",
            "Limit=10",
        ];
        assert_eq!(pairs(&request), expected);
        assert_eq!(DescribeCompShareInstance::EFFECT, Effect::Read);
    }

    #[test]
    fn list_advances_by_limit_and_removes_duplicates() {
        const { assert!(DescribeCompShareInstance::ADVANCES_BY_LIMIT) };
        const { assert!(!crate::DescribeCompShareCustomImages::ADVANCES_BY_LIMIT) };
        let response: DescribeCompShareInstanceResponse = serde_json::from_value(json!({
            "UHostSet": [{"UHostId": "uhost-1"}, null, {"UHostId": "cpod-1"}, {"UHostId": "uhost-1"}, {}],
            "TotalCount": "9",
        }))
        .unwrap();
        let mut rows = DescribeCompShareInstance::into_rows(response);
        assert_eq!((rows.received, rows.total), (5, Some(9)));

        let mut seen = SeenIds::default();
        rows.items
            .retain_mut(|item| DescribeCompShareInstance::dedup(item, &mut seen));
        let ids: Vec<_> = rows
            .items
            .iter()
            .map(|instance| instance.id.as_str())
            .collect();
        assert_eq!(ids, ["uhost-1", "cpod-1", ""]);
    }

    #[test]
    fn list_rejects_unknown_lists() {
        for value in [
            json!({"UHostSet": "none"}),
            json!({"Instances": [{"UHostId": "uhost-1"}]}),
        ] {
            assert!(serde_json::from_value::<DescribeCompShareInstanceResponse>(value).is_err());
        }
        for value in [
            json!({}),
            json!({"UHostSet": null}),
            json!({"UHostSet": []}),
        ] {
            let response: DescribeCompShareInstanceResponse =
                serde_json::from_value(value).unwrap();
            assert_eq!(Rows::from(response).received, 0);
        }
    }
}
