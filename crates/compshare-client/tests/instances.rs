//! The list of instances, of which a page joins those of two stores: both clients against services inside the test.

#![cfg(any(feature = "async-client", feature = "sync-client"))]

mod common;

use common::service::{Params, Service, number};
use common::serviced;
use compshare_client::model::DescribeCompShareInstance;
use serde_json::json;

/// Each page has up to `Limit` virtual machines and as many container instances.
fn two_stores(machines: usize, pods: usize) -> Service {
    Service::new(move |params: &Params| {
        let (offset, limit) = (number(params, "Offset"), number(params, "Limit"));
        let window = |prefix: &str, count: usize| -> Vec<_> {
            let rows = (0..count).skip(offset.unwrap_or(0));
            rows.take(limit.unwrap_or(20))
                .map(|row| json!({"UHostId": format!("{prefix}-{row}")}))
                .collect()
        };
        let rows = [window("uhost", machines), window("cpod", pods)].concat();
        Ok(json!({"RetCode": 0, "UHostSet": rows, "TotalCount": machines + pods}))
    })
}

#[test]
fn lists_every_instance_of_joined_pages_once() {
    for (machines, pods) in [(0, 0), (3, 150), (150, 3), (120, 130), (100, 0)] {
        let service = two_stores(machines, pods);
        for client in serviced(&service) {
            let (instances, result, _) = client.list(DescribeCompShareInstance::new());
            result.unwrap();
            let mut ids: Vec<_> = instances
                .iter()
                .map(|instance| instance.id.to_string())
                .collect();
            assert_eq!(ids.len(), machines + pods, "{machines}, {pods}");
            ids.sort_unstable();
            ids.dedup();
            assert_eq!(ids.len(), machines + pods, "{machines}, {pods}");
        }
    }
}
