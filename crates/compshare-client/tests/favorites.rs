//! The main job, end to end: both clients against the mock gateway, over real HTTP with real
//! signatures.

#![allow(clippy::disallowed_methods, reason = "tests measure and wait")]
#![cfg(any(feature = "async", feature = "sync"))]

mod common;

use std::time::Duration;

use common::{clients, config, quick_retries};
use compshare_client::model::{DescribeFavoriteImages, Image, RetCode, Untyped};
use compshare_client::{Config, ErrorKind, ProxyChoice, Sent};
use compshare_mock::{Fault, ListKey, MockGateway, Quirks, Total};

fn settings(gateway: &MockGateway) -> Config {
    settings_with(gateway, gateway.public_key(), gateway.private_key())
}

fn settings_with(gateway: &MockGateway, public_key: &str, private_key: &str) -> Config {
    Config::builder()
        .keys(public_key, private_key)
        .region("cn-wlcb")
        .base_url(gateway.base_url())
        .proxy(ProxyChoice::Direct)
        .retry(quick_retries())
        .build()
        .unwrap()
}

fn ids(images: &[Image]) -> Vec<String> {
    images.iter().map(|image| image.id.to_string()).collect()
}

fn wanted(gateway: &MockGateway) -> Vec<String> {
    gateway
        .state()
        .favorites()
        .iter()
        .map(|row| row["CompShareImageId"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn reads_a_documented_page() {
    let gateway = MockGateway::start().unwrap();
    for client in clients(&settings(&gateway)) {
        let response = client
            .send(&DescribeFavoriteImages::new().limit(20))
            .unwrap();
        let images: Vec<Image> = response.into_images();
        assert_eq!(ids(&images), wanted(&gateway)[..20]);
        assert!(images.iter().all(|image| !image.id.is_empty()));
    }
}

#[test]
fn lists_every_favorite_once_for_any_pages() {
    let base = || Quirks::default();
    let quirks = [
        ("as documented", base()),
        ("true total", base().total(Total::True)),
        ("page-local total", base().total(Total::PageLocal)),
        ("total of zero", base().total(Total::Zero)),
        ("wrong total", base().total(Total::Fixed(3))),
        ("total as text", base().total(Total::Text)),
        ("capped at 7", base().page_cap(7)),
        ("capped at 1", base().page_cap(1)),
        ("short pages", base().short_pages(vec![3, 1, 10, 2])),
        ("repeated rows", base().page_cap(9).repeat_rows(true)),
        ("text RetCode", base().text_ret_code(true)),
        ("numbers as text", base().numbers_as_text(true)),
        ("null for an empty list", base().null_empty_list(true)),
        (
            "groups by the key of the service",
            base().list_key(ListKey::CompshareImageGroup),
        ),
        (
            "groups by the key of the SDKs",
            base().list_key(ListKey::ImageSetGroup),
        ),
        (
            "all of it",
            base()
                .page_cap(8)
                .total(Total::PageLocal)
                .text_ret_code(true)
                .numbers_as_text(true)
                .null_empty_list(true)
                .repeat_rows(true),
        ),
    ];
    let gateway = MockGateway::start().unwrap();
    let wanted = wanted(&gateway);
    for (name, quirks) in quirks {
        for limit in [None, Some(20), Some(50), Some(100)] {
            for client in clients(&settings(&gateway)) {
                gateway.set_quirks(quirks.clone());
                let mut action = DescribeFavoriteImages::new();
                if let Some(limit) = limit {
                    action = action.limit(limit);
                }
                let before = gateway.requests();
                let (images, result, requests) = client.list(action);
                let context = format!("{name}, limit {limit:?}, {}", client.name());
                assert!(result.is_ok(), "{context}: {result:?}");
                assert_eq!(ids(&images), wanted, "{context}");
                assert_eq!(requests, gateway.requests() - before, "{context}");
            }
        }
    }
}

#[test]
fn listing_takes_one_request_beyond_the_last_item() {
    let gateway = MockGateway::start().unwrap();
    let rows = wanted(&gateway).len() as u64;
    for client in clients(&settings(&gateway)) {
        for limit in [10, 20, 50, 100] {
            let (_, result, requests) = client.list(DescribeFavoriteImages::new().limit(limit));
            assert!(result.is_ok());
            assert_eq!(
                requests,
                rows.div_ceil(u64::from(limit)) + 1,
                "limit {limit}"
            );
        }
    }
}

#[test]
fn detects_an_ignored_offset() {
    let gateway = MockGateway::start().unwrap();
    let wanted = wanted(&gateway);
    for quirks in [
        Quirks::default().ignore_offset(true),
        Quirks::default().clamp_offset(true),
    ] {
        gateway.set_quirks(quirks);
        for client in clients(&settings(&gateway)) {
            let (images, result, _) = client.list(DescribeFavoriteImages::new().limit(20));
            let error = result.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Paging);
            assert!(error.resume_at().is_some());
            assert_eq!(ids(&images), wanted[..images.len()], "no row twice");
        }
    }
}

#[test]
fn no_favorites_is_an_empty_list() {
    let gateway = MockGateway::builder().images(Vec::new()).start().unwrap();
    for null in [false, true] {
        gateway.set_quirks(Quirks::default().null_empty_list(null));
        for client in clients(&settings(&gateway)) {
            let (images, result, requests) = client.list(DescribeFavoriteImages::new());
            assert!(images.is_empty() && result.is_ok());
            assert_eq!(requests, 1);
        }
    }
}

#[test]
fn wrong_keys_are_auth_errors() {
    let gateway = MockGateway::start().unwrap();
    let wrong_private = settings_with(&gateway, gateway.public_key(), "hush-wrong");
    for client in clients(&wrong_private) {
        let error = client.send(&DescribeFavoriteImages::new()).unwrap_err();
        assert_eq!(
            (error.ret_code(), error.was_sent(), error.attempts()),
            (Some(RetCode(171)), Sent::Yes, 1)
        );
        assert!(error.is_auth() && error.request_id().is_some() && error.advice().is_some());
        assert!(!format!("{error} {error:?}").contains("hush-wrong"));
    }
    let unknown = settings_with(&gateway, "nobody", gateway.private_key());
    for client in clients(&unknown) {
        let error = client.send(&DescribeFavoriteImages::new()).unwrap_err();
        assert_eq!(error.ret_code(), Some(RetCode(172)));
        assert!(error.is_auth());
    }
}

#[test]
fn missing_action_is_action_unavailable() {
    let gateway = MockGateway::start().unwrap();
    gateway.set_quirks(Quirks::default().production_as_reported(true));
    for client in clients(&settings(&gateway)) {
        let error = client.send(&DescribeFavoriteImages::new()).unwrap_err();
        assert!(error.is_action_unavailable() && !error.is_auth(), "{error}");
        assert_eq!(error.ret_code(), Some(RetCode(161)));
        let error = client
            .send(&Untyped::read("DescribeNothingAtAll"))
            .unwrap_err();
        assert!(error.is_action_unavailable());
    }
}

#[test]
fn calls_any_action_untyped() {
    let gateway = MockGateway::start().unwrap();
    for client in clients(&settings(&gateway)) {
        let action = Untyped::read("DescribeFavoriteImages")
            .param("Limit", 3)
            .param("Offset", "1");
        let value = client.send(&action).unwrap();
        assert_eq!(value["RetCode"], 0);
        assert_eq!(value["ImageSet"].as_array().unwrap().len(), 3);
        assert_eq!(value["ImageSet"][0], gateway.state().favorites()[1]);
    }
}

#[test]
fn retries_faults_or_reports_where_to_resume() {
    let gateway = MockGateway::start().unwrap();
    let wanted = wanted(&gateway);
    for client in clients(&settings(&gateway)) {
        gateway.push_faults([
            Fault::Disconnect,
            Fault::Pass,
            Fault::ret_code(150, "busy"),
            Fault::status(502),
            Fault::Pass,
            Fault::Delay(Duration::from_millis(30)),
        ]);
        let (images, result, requests) = client.list(DescribeFavoriteImages::new().limit(20));
        assert!(result.is_ok(), "{result:?}");
        assert_eq!(ids(&images), wanted);
        assert_eq!(requests, 4 + 3);

        // The second page fails for good: the first is there, and the rest can be had from where it
        // broke off.
        gateway.push_faults([
            Fault::Pass,
            Fault::Malformed("<html><title>Gateway down</title>".to_owned()),
        ]);
        let (mut images, result, _) = client.list(DescribeFavoriteImages::new().limit(20));
        let error = result.unwrap_err();
        assert_eq!((images.len(), error.resume_at()), (20, Some(20)));
        let (rest, result, _) = client.list(DescribeFavoriteImages::new().limit(20).offset(20));
        assert!(result.is_ok());
        images.extend(rest);
        assert_eq!(ids(&images), wanted);
    }
}

#[test]
fn refuses_a_response_over_the_limit() {
    let gateway = MockGateway::start().unwrap();
    for client in clients(
        &config(&gateway.base_url())
            .max_body(100_000)
            .build()
            .unwrap(),
    ) {
        gateway.push_fault(Fault::Oversize(100_001));
        let error = client.send(&DescribeFavoriteImages::new()).unwrap_err();
        assert_eq!(
            (error.kind(), error.attempts()),
            (ErrorKind::TooLarge, 1),
            "{error}"
        );
    }
}

#[cfg(feature = "async")]
#[test]
fn clients_and_futures_are_send_and_sync() {
    fn check<T: Send + Sync + Clone + 'static>() {}
    fn check_future<T: Send>(_: T) {}
    check::<compshare_client::Client>();
    let gateway = MockGateway::start().unwrap();
    let runtime = common::runtime();
    let _guard = runtime.enter();
    let client = compshare_client::Client::new(settings(&gateway));
    let mut pages = client.pages(DescribeFavoriteImages::new());
    check_future(pages.next());
    check_future(client.send(&DescribeFavoriteImages::new()));
    check_future(client.pages(DescribeFavoriteImages::new()).collect());
}

#[cfg(feature = "sync")]
#[test]
fn blocking_client_is_shared_and_works_inside_a_runtime() {
    fn check<T: Send + Sync + Clone + 'static>() {}
    check::<compshare_client::sync::Client>();
    let gateway = MockGateway::start().unwrap();
    let client = compshare_client::sync::Client::new(settings(&gateway));
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    let count = runtime.block_on(async {
        client
            .pages(DescribeFavoriteImages::new())
            .into_items()
            .count()
    });
    assert_eq!(count, gateway.state().favorites().len());
}

#[cfg(feature = "async")]
#[test]
fn client_outlives_its_runtime_and_reports_a_missing_one() {
    let gateway = MockGateway::start().unwrap();
    let client = compshare_client::Client::new(settings(&gateway));
    for _ in 0..3 {
        let runtime = common::runtime();
        runtime
            .block_on(client.send(&DescribeFavoriteImages::new()))
            .unwrap();
    }
    // Two that are alive at once: a connection of one that rests is of no use in the other.
    let (one, other) = (common::runtime(), common::runtime());
    for _ in 0..2 {
        for runtime in [&one, &other] {
            runtime
                .block_on(client.send(&DescribeFavoriteImages::new()))
                .unwrap();
        }
    }
    // Outside of any runtime, the first poll says so.
    let mut call = std::pin::pin!(client.send(&DescribeFavoriteImages::new()));
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let std::task::Poll::Ready(result) = call.as_mut().poll(&mut context) else {
        panic!("still waiting")
    };
    let error = result.unwrap_err();
    assert_eq!(
        (error.kind(), error.was_sent()),
        (ErrorKind::Config, Sent::No)
    );
    assert!(error.to_string().contains("no tokio runtime"), "{error}");
}

#[cfg(all(feature = "async", feature = "stream"))]
#[test]
fn listing_is_a_stream() {
    use futures_core::Stream;
    let gateway = MockGateway::start().unwrap();
    let runtime = common::runtime();
    let client = compshare_client::Client::new(settings(&gateway));
    let mut images = client
        .pages(DescribeFavoriteImages::new().limit(20))
        .into_items()
        .into_stream();
    let count = runtime.block_on(async {
        let mut count = 0;
        while let Some(image) =
            std::future::poll_fn(|context| std::pin::Pin::new(&mut images).poll_next(context)).await
        {
            image.unwrap();
            count += 1;
        }
        count
    });
    assert_eq!(count, gateway.state().favorites().len());
}
