//! Preparing the signed body and the HTTP request of an action, compared with the hash of the same
//! bytes.

mod requests;

use std::hint::black_box;

use compshare_client::CallOptions;
use compshare_client::engine::Engine;
use compshare_client::transport::Now;
use compshare_model::{Action, Untyped};
use compshare_sign::{Credentials, form};
use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, BenchmarkId, Criterion};
use sha1::{Digest, Sha1};

struct Client {
    engine: Engine,
    options: CallOptions,
    credentials: Credentials,
}

/// Returns the hashed bytes of a body, and its number of parameters without `PublicKey`.
fn signed_bytes(body: &[u8]) -> (String, usize) {
    let mut pairs = form::decode(body).expect("a form");
    pairs.retain(|(key, _)| key != "Signature");
    pairs.sort();
    let text: String = pairs
        .iter()
        .flat_map(|(key, value)| [key.as_str(), value.as_str()])
        .collect();
    (text + requests::PRIVATE_KEY, pairs.len() - 1)
}

fn prepare<A: Action>(
    group: &mut BenchmarkGroup<'_, WallTime>,
    client: &Client,
    count: &str,
    typed: &A,
    untyped: &Untyped,
) {
    let Client {
        engine,
        options,
        credentials,
    } = client;
    let now = Now::real();
    let request = requests::request(engine, typed, options, now);
    let (bytes, parameters) = signed_bytes(request.body());

    // All benches prepare the same body.
    assert_eq!(parameters.to_string(), count);
    assert_eq!(
        requests::body(credentials, typed).as_bytes(),
        request.body()
    );
    assert_eq!(
        requests::request(engine, untyped, options, now).body(),
        request.body()
    );

    group.bench_function(BenchmarkId::new("raw sha1", count), |bencher| {
        bencher.iter(|| Sha1::digest(black_box(bytes.as_bytes())));
    });
    group.bench_function(BenchmarkId::new("body", count), |bencher| {
        bencher.iter(|| requests::body(credentials, black_box(typed)));
    });
    group.bench_function(BenchmarkId::new("body, untyped", count), |bencher| {
        bencher.iter(|| requests::body(credentials, black_box(untyped)));
    });
    group.bench_function(BenchmarkId::new("request", count), |bencher| {
        bencher.iter(|| requests::request(engine, black_box(typed), options, now));
    });
    group.bench_function(BenchmarkId::new("request, untyped", count), |bencher| {
        bencher.iter(|| requests::request(engine, black_box(untyped), options, now));
    });
}

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    let client = Client {
        engine: requests::engine(),
        options: CallOptions::default(),
        credentials: Credentials::new(requests::PUBLIC_KEY, requests::PRIVATE_KEY)
            .expect("valid keys"),
    };

    let mut group = criterion.benchmark_group("prepare");
    prepare(
        &mut group,
        &client,
        "6",
        &requests::six(),
        &requests::untyped_six(),
    );
    prepare(
        &mut group,
        &client,
        "60",
        &requests::sixty(),
        &requests::untyped_sixty(),
    );
    group.finish();
    criterion.final_summary();
}
