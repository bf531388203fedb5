//! Upper bounds for the allocations of signing and preparing a request.

mod requests;

use allocation_counter::measure;
use compshare_client::CallOptions;
use compshare_client::transport::Now;
use compshare_model::Action;
use compshare_sign::{Credentials, Params};

fn credentials() -> Credentials {
    Credentials::new(requests::PUBLIC_KEY, requests::PRIVATE_KEY).unwrap()
}

/// Each parameter allocates its key and value, and the map a node for up to eleven parameters.
#[test]
fn signing_allocates_only_the_public_key() {
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

/// Returns `true` if serde_json's `arbitrary_precision` is enabled, where each number allocates.
///
/// The CLI enables it, and so does a build of the whole workspace.
fn has_arbitrary_precision() -> bool {
    serde_json::from_str::<serde_json::Value>("1e400").is_ok()
}

/// The allocations are the key and value of each parameter, the nodes of the map, the buffer for
/// keys, and the body. An untyped action also allocates the keys of its own map.
#[test]
fn signed_body_takes_two_allocations_per_parameter() {
    fn check<A: Action>(action: &A, max: u64) {
        let credentials = credentials();
        let info = measure(|| drop(requests::body(&credentials, action)));
        assert!(info.count_total <= max, "{}: {info:?}", action.name());
        assert_eq!(info.count_current, 0);
    }

    check(&requests::six(), 2 * 6 + 4);
    check(&requests::sixty(), 2 * 60 + 15);
    if !has_arbitrary_precision() {
        check(&requests::untyped_six(), 2 * 6 + 7);
        check(&requests::untyped_sixty(), 3 * 60 + 15);
    }
}

/// The allocations besides the body are its reference count and two for the headers.
#[test]
fn request_takes_three_more_allocations() {
    fn check<A: Action>(action: &A, max: u64) {
        let (engine, options, now) = (requests::engine(), CallOptions::default(), Now::real());
        // The first request initializes shared data.
        drop(requests::request(&engine, action, &options, now));

        let info = measure(|| drop(requests::request(&engine, action, &options, now)));
        assert!(info.count_total <= max, "{}: {info:?}", action.name());
    }

    check(&requests::six(), 2 * 6 + 7);
    // An untyped action also allocates its name and a buffer for keys.
    if !has_arbitrary_precision() {
        check(&requests::untyped_six(), 2 * 6 + 12);
    }
}
