//! Pages that are asked for before the page in front of them has come: same rows, same order, no
//! request too many.

#![cfg(feature = "async-client")]

mod common;

use std::future::poll_fn;
use std::pin::pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::Poll;

use common::runtime;
use common::service::{Params, Service, number};
use compshare_client::model::{DescribeCompShareCustomImages, Image};
use compshare_client::transport::TransportErrorKind;
use compshare_client::{Client, Error, RetryPolicy};
use serde_json::{Value, json};

fn rows(count: usize) -> Vec<Value> {
    (0..count)
        .map(|at| json!({"CompShareImageId": format!("i{at}")}))
        .collect()
}

fn page(rows: &[Value], params: &Params, cap: usize, total: &Value) -> Value {
    let start = number(params, "Offset").unwrap_or(0).min(rows.len());
    let end = (start + number(params, "Limit").unwrap_or(20).min(cap)).min(rows.len());
    json!({"RetCode": 0, "ImageSet": rows[start..end], "TotalCount": total})
}

fn client(service: &Service) -> Client {
    let config = common::config("http://127.0.0.1:1")
        .retry(RetryPolicy::never())
        .build()
        .unwrap();
    Client::with_transport(config, service.clone())
}

fn walk(service: &Service, ahead: u32) -> (Vec<String>, Result<(), Error>, u64) {
    let client = client(service);
    let mut images = client
        .pages(DescribeCompShareCustomImages::new().limit(10))
        .prefetch(ahead)
        .into_items();
    let (mut ids, mut result) = (Vec::new(), Ok(()));
    while let Some(image) = runtime().block_on(images.next()) {
        match image {
            Ok(Image { id, .. }) => ids.push(id.to_string()),
            Err(error) => result = Err(error),
        }
    }
    (ids, result, images.requests())
}

fn wanted(count: usize) -> Vec<String> {
    (0..count).map(|at| format!("i{at}")).collect()
}

#[test]
fn prefetch_keeps_order_and_items() {
    for count in [0, 1, 9, 10, 11, 95, 100] {
        for ahead in [0, 1, 4, 40] {
            for total in [json!(count), Value::Null, json!(3), json!(u64::MAX)] {
                let service = Service::new({
                    let total = total.clone();
                    move |params| Ok(page(&rows(count), params, 100, &total))
                });
                let (ids, result, requests) = walk(&service, ahead);
                assert!(result.is_ok(), "{result:?}");
                assert_eq!(
                    ids,
                    wanted(count),
                    "{count} rows, {ahead} ahead, total {total}"
                );
                let needed = count.div_ceil(10) as u64 + 1;
                assert!(
                    service.asked().len() as u64 <= requests,
                    "no request is left out of the count"
                );
                if total == json!(count) {
                    assert_eq!(
                        requests, needed,
                        "{count} rows, {ahead} ahead: an honest total costs nothing"
                    );
                }
                assert!(
                    requests <= needed + u64::from(ahead),
                    "{requests} for {count} rows, {ahead} ahead, {total}"
                );
                assert!(service.most_under_way() <= ahead as usize + 1);
            }
        }
    }
    let service = Service::new(|params| Ok(page(&rows(95), params, 100, &json!(95))));
    assert_eq!(walk(&service, 4).0, wanted(95));
    assert_eq!(service.most_under_way(), 5);
}

#[test]
fn uneven_pages_disable_prefetch() {
    // 7 rows, 3 rows, 7 rows and so on, by where the page begins.
    let service = Service::new(|params| {
        let cap = if number(params, "Offset").unwrap() % 10 == 0 {
            7
        } else {
            3
        };
        Ok(page(&rows(95), params, cap, &json!(95)))
    });
    let (ids, result, requests) = walk(&service, 4);
    assert!(result.is_ok());
    assert_eq!(ids, wanted(95));
    assert!(requests <= 20 + 1 + 4, "{requests}");
}

#[test]
fn prefetched_failure_is_repeated_in_turn() {
    // The page at 30 fails when it is asked for the first time; asked again in its turn, it comes.
    let failures = AtomicUsize::new(0);
    let service = Service::new(move |params| {
        if number(params, "Offset") == Some(30) && failures.fetch_add(1, Ordering::Relaxed) == 0 {
            return Err(TransportErrorKind::Timeout);
        }
        Ok(page(&rows(95), params, 100, &json!(95)))
    });
    let (ids, result, requests) = walk(&service, 4);
    assert!(result.is_ok(), "{result:?}");
    assert_eq!(ids, wanted(95));
    assert!(requests > 11);
    // If it fails in its turn, the listing breaks off there, with all rows before.
    let service = Service::new(|params| match number(params, "Offset") {
        Some(30) => Err(TransportErrorKind::TooLarge),
        _ => Ok(page(&rows(95), params, 100, &json!(95))),
    });
    let (ids, result, _) = walk(&service, 4);
    assert_eq!(
        (ids, result.unwrap_err().resume_at()),
        (wanted(30), Some(30))
    );
}

#[test]
fn cancelled_next_repeats_the_page() {
    let service = Service::new(|params| Ok(page(&rows(45), params, 100, &json!(45))));
    let client = client(&service);
    runtime().block_on(async {
        let mut images = client
            .pages(DescribeCompShareCustomImages::new().limit(10))
            .prefetch(2)
            .into_items();
        let mut ids = Vec::new();
        loop {
            // Each page's first call is dropped before it is done.
            let mut dropped = Box::pin(images.next());
            let early = poll_fn(|context| Poll::Ready(dropped.as_mut().poll(context))).await;
            drop(dropped);
            let image = match early {
                Poll::Ready(image) => image,
                Poll::Pending => pin!(images.next()).await,
            };
            let Some(image) = image else { break };
            ids.push(image.unwrap().id.to_string());
        }
        assert_eq!(ids, wanted(45));
    });
}

#[test]
fn prefetch_stays_within_limits() {
    let service = Service::new(|params| Ok(page(&rows(95), params, 100, &Value::Null)));
    let client = client(&service);
    let images = client
        .pages(DescribeCompShareCustomImages::new().limit(10))
        .prefetch(9)
        .max_items(25);
    assert_eq!(runtime().block_on(images.collect()).unwrap().len(), 25);
    assert_eq!(service.asked().len(), 3);
}
