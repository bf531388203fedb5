//! How often signing and preparing a request allocate. Counts are upper bounds: fewer are welcome.

mod requests;

use allocation_counter::measure;
use compshare_client::CallOptions;
use compshare_client::transport::Now;
use compshare_model::Action;
use compshare_sign::{Credentials, Params};

fn credentials() -> Credentials {
    Credentials::new(requests::PUBLIC_KEY, requests::PRIVATE_KEY).unwrap()
}

/// Each parameter takes its key and its value; the map grows by nodes of eleven parameters.
#[test]
fn signing_allocates_the_public_key_alone() {
    let credentials = credentials();
    let pairs = [
        ("Region", "cn-wlcb"),
        ("Action", "DescribeFavoriteImages"),
        ("Limit", "100"),
    ];
    let mut params = Params::default();
    let built = measure(|| params = Params::from_pairs(pairs).unwrap());
    assert_eq!(built.count_total, 7, "{built:?}");

    let mut signed = None;
    let signing = measure(|| signed = Some(credentials.sign(params)));
    assert_eq!(signing.count_total, 1, "{signing:?}");
    let body = measure(|| drop(signed.as_ref().unwrap().to_form()));
    assert_eq!(body.count_total, 1, "{body:?}");
}

/// Whether serde_json keeps numbers as texts, as the command line asks of it: then each costs an allocation, and a build of
/// the whole workspace has that too.
fn numbers_are_texts() -> bool {
    serde_json::from_str::<serde_json::Value>("1e400").is_ok()
}

/// The key and the value of each parameter, a few nodes of the map, the key that is being built, and the body. An
/// untyped action has a key of a map for each of its own.
#[test]
fn a_signed_body_takes_two_allocations_a_parameter() {
    fn check<A: Action>(action: &A, most: u64) {
        let credentials = credentials();
        let info = measure(|| drop(requests::body(&credentials, action)));
        assert!(info.count_total <= most, "{}: {info:?}", action.name());
        assert_eq!(info.count_current, 0);
    }
    check(&requests::six(), 2 * 6 + 4);
    check(&requests::sixty(), 2 * 60 + 15);
    if !numbers_are_texts() {
        check(&requests::untyped_six(), 2 * 6 + 7);
        check(&requests::untyped_sixty(), 3 * 60 + 15);
    }
}

/// On top of the body: its reference count, and the map of headers, which has two parts.
#[test]
fn a_request_takes_three_more_allocations() {
    fn check<A: Action>(action: &A, most: u64) {
        let (engine, options, now) = (requests::engine(), CallOptions::default(), Now::real());
        // The first request sets up what later ones share.
        drop(requests::request(&engine, action, &options, now));
        let info = measure(|| drop(requests::request(&engine, action, &options, now)));
        assert!(info.count_total <= most, "{}: {info:?}", action.name());
    }
    check(&requests::six(), 2 * 6 + 7);
    // The name, which is not known before run time, and a buffer for keys.
    if !numbers_are_texts() {
        check(&requests::untyped_six(), 2 * 6 + 12);
    }
}
