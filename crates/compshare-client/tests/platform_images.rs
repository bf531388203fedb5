//! The platform's images, which the service pages type by type: both clients against services
//! inside the test.

#![cfg(any(feature = "async-client", feature = "sync-client"))]

mod common;

use common::service::{Params, Service, number, refusal};
use common::serviced;
use compshare_client::Error;
use compshare_client::engine::{Paginator, PlatformPaginator};
use compshare_client::model::{DescribeCompShareImages, ImageType};
use serde_json::{Value, json};

const NUMBERS: [(&str, usize); 4] = [("System", 9), ("App", 149), ("Game", 3), ("Other", 10)];

fn rows_of(kind: &str) -> Vec<Value> {
    let count = NUMBERS
        .iter()
        .find(|(known, _)| *known == kind)
        .map_or(0, |(_, count)| *count);
    (0..count)
        .map(|at| json!({"CompShareImageId": format!("{kind}-{at}"), "ImageType": kind}))
        .collect()
}

fn all() -> Vec<Value> {
    NUMBERS.iter().flat_map(|(kind, _)| rows_of(kind)).collect()
}

fn ids(rows: &[Value]) -> Vec<String> {
    rows.iter()
        .map(|row| row["CompShareImageId"].as_str().unwrap().to_owned())
        .collect()
}

fn page(rows: &[Value], params: &Params, total: &Value) -> Value {
    let start = number(params, "Offset").unwrap_or(0).min(rows.len());
    let end = (start + number(params, "Limit").unwrap_or(20)).min(rows.len());
    json!({"RetCode": 0, "ImageSet": rows[start..end], "TotalCount": total})
}

fn by_type() -> Service {
    Service::new(|params: &Params| {
        let rows = rows_of(params.get("ImageType").map_or("System", String::as_str));
        Ok(page(&rows, params, &json!(rows.len())))
    })
}

fn totals(walk: &PlatformPaginator) -> (Option<u64>, Vec<(String, u64)>) {
    (
        walk.total(),
        walk.counted()
            .iter()
            .map(|(kind, count)| (kind.to_string(), *count))
            .collect(),
    )
}

#[test]
fn lists_every_type_with_its_total() {
    let service = by_type();
    for client in serviced(&service) {
        let listed = client.platform_images(DescribeCompShareImages::new(), u64::MAX, totals);
        assert!(listed.result.is_ok());
        assert_eq!(
            listed
                .rows
                .iter()
                .map(|image| image.id.to_string())
                .collect::<Vec<_>>(),
            ids(&all())
        );
        let counted = NUMBERS
            .map(|(kind, count)| (kind.to_owned(), count as u64))
            .to_vec();
        assert_eq!(listed.seen, (Some(171), counted));
        // One page, or two, of each type, and one beyond its end.
        assert_eq!((listed.requests, service.asked().len()), (9, 9));
        service.take_actions();
    }
}

#[test]
fn offset_and_max_items_select_images() {
    let service = by_type();
    for client in serviced(&service) {
        for (offset, most) in [(0, 3), (5, 10), (157, 6), (0, 0), (170, 5), (900, 1)] {
            let request = DescribeCompShareImages::new().offset(offset as u64);
            let listed = client.platform_images(request, most as u64, |_| ());
            let expected: Vec<_> = ids(&all()).into_iter().skip(offset).take(most).collect();
            assert_eq!(
                listed
                    .rows
                    .iter()
                    .map(|image| image.id.to_string())
                    .collect::<Vec<_>>(),
                expected
            );
        }
        service.take_actions();
        client.platform_images(DescribeCompShareImages::new(), 4, |_| ());
        assert_eq!(service.asked().len(), 1);
        assert_eq!(
            service.asked()[0]["Limit"],
            "4",
            "no more is asked for than is wanted"
        );
        service.take_actions();
    }
}

#[test]
fn narrow_request_is_one_listing() {
    let service = Service::new(|params: &Params| {
        if params.contains_key("CompShareImageId") {
            assert!(!params.contains_key("ImageType"));
            let rows = [json!({"CompShareImageId": "App-1"})];
            return Ok(page(&rows, params, &json!(0)));
        }
        Ok(page(&rows_of(&params["ImageType"]), params, &json!(149)))
    });
    for client in serviced(&service) {
        let one = DescribeCompShareImages::new().image_id("App-1");
        assert_eq!(
            client.platform_images(one, u64::MAX, |_| ()).rows.len(),
            1,
            "whatever the total says"
        );
        let apps = DescribeCompShareImages::new()
            .image_type(ImageType::App)
            .offset(100);
        let listed = client.platform_images(apps, u64::MAX, totals);
        assert_eq!(listed.rows.len(), 49);
        assert_eq!(listed.rows[0].id.as_str(), "App-100");
    }
}

#[test]
fn ignored_type_returns_each_image_once() {
    let service = Service::new(|params: &Params| Ok(page(&all(), params, &json!(171))));
    for client in serviced(&service) {
        let listed =
            client.platform_images(DescribeCompShareImages::new(), u64::MAX, Paginator::total);
        assert_eq!(
            listed
                .rows
                .iter()
                .map(|image| image.id.to_string())
                .collect::<Vec<_>>(),
            ids(&all())
        );
        assert_eq!(
            listed.requests, 4,
            "one request more tells that there is one list only"
        );
        assert_eq!(listed.seen, Some(171));
    }
}

#[test]
fn undocumented_type_may_be_refused() {
    let service = Service::new(|params: &Params| {
        let kind = params["ImageType"].as_str();
        Ok(match kind {
            "Game" | "Other" => refusal(230, "Params [ImageType] not available"),
            kind => page(&rows_of(kind), params, &Value::Null),
        })
    });
    let refused = |walk: &PlatformPaginator| walk.refused().to_vec();
    for client in serviced(&service) {
        let listed = client.platform_images(DescribeCompShareImages::new(), u64::MAX, refused);
        assert!(listed.result.is_ok());
        assert_eq!((listed.rows.len(), listed.requests), (158, 7));
        assert_eq!(listed.seen, [ImageType::Game, ImageType::Other]);
        // Asked for by name, it is an error.
        let games = DescribeCompShareImages::new().image_type(ImageType::Game);
        assert!(
            client
                .platform_images(games, u64::MAX, |_| ())
                .result
                .is_err()
        );
    }
    // So is a documented one, and any other refusal.
    for code in [230, 171] {
        let service = Service::new(move |params: &Params| {
            Ok(if params["ImageType"] == "App" {
                refusal(code, "no")
            } else {
                page(&rows_of("System"), params, &json!(9))
            })
        });
        for client in serviced(&service) {
            let listed = client.platform_images(DescribeCompShareImages::new(), u64::MAX, |walk| {
                walk.current().cloned()
            });
            assert_eq!(
                listed
                    .result
                    .map_err(|error: Error| error.ret_code().unwrap().0),
                Err(code)
            );
            assert_eq!((listed.rows.len(), listed.seen), (9, Some(ImageType::App)));
        }
    }
}
