//! A call without sockets, from the action to the decoded images: the overhead of the clients.
//!
//! The transport is scripted. The baseline signs and decodes by hand, over the same transport.

mod baseline;

use std::hint::black_box;
use std::time::Duration;

use bytes::Bytes;
use compshare_benches::pages::{PageStyle, page};
use compshare_client::model::DescribeFavoriteImages;
use compshare_client::sync::Transport as _;
use compshare_client::testing::ScriptedTransport;
use compshare_client::transport::{HttpRequest, HttpResponse, Limits};
use compshare_client::{Client, Config, sync};
use compshare_sign::{Credentials, Params};
use criterion::{BatchSize, BenchmarkId, Criterion};
use http::header::{ACCEPT, CONTENT_TYPE};
use http::{HeaderValue, Method};

const KEYS: (&str, &str) = ("my_public_key", "my_private_key");

fn config() -> Config {
    Config::builder()
        .keys(KEYS.0, KEYS.1)
        .region("cn-wlcb")
        .build()
        .expect("valid settings")
}

fn by_hand(transport: &ScriptedTransport, credentials: &Credentials) -> baseline::Page {
    let pairs = [
        ("Action", "DescribeFavoriteImages"),
        ("Region", "cn-wlcb"),
        ("Offset", "0"),
        ("Limit", "100"),
    ];
    let form = credentials
        .sign(Params::from_pairs(pairs).expect("valid parameters"))
        .to_form();

    let mut request = HttpRequest::new(Bytes::from(form));
    *request.method_mut() = Method::POST;
    *request.uri_mut() = http::Uri::from_static("https://api.compshare.cn/");
    let headers = request.headers_mut();
    headers.insert(
        CONTENT_TYPE,
        HeaderValue::from_static("application/x-www-form-urlencoded"),
    );
    headers.insert(ACCEPT, HeaderValue::from_static("application/json"));

    let limits = Limits::new(Duration::from_secs(30), 32 << 20);
    let response = transport.send(request, &limits).expect("a response");
    serde_json::from_slice(response.body()).expect("a page")
}

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .expect("a runtime");
    let credentials = Credentials::new(KEYS.0, KEYS.1).expect("valid keys");
    let action = DescribeFavoriteImages::new().offset(0).limit(100);

    let mut group = criterion.benchmark_group("call");
    for images in [0, 20, 100] {
        let page = Bytes::from(page(PageStyle::flat(images), 1));
        let script = || ScriptedTransport::new().respond_with(HttpResponse::new(page.clone()));

        group.bench_function(BenchmarkId::new("by hand", images), |bencher| {
            bencher.iter_batched_ref(
                script,
                |transport| by_hand(transport, &credentials).image_set.len(),
                BatchSize::SmallInput,
            );
        });
        group.bench_function(BenchmarkId::new("async client", images), |bencher| {
            bencher.iter_batched_ref(
                || Client::with_transport(config(), script()),
                |client| {
                    runtime
                        .block_on(client.send(black_box(&action)))
                        .expect("a page")
                        .images()
                        .count()
                },
                BatchSize::SmallInput,
            );
        });
        group.bench_function(BenchmarkId::new("sync client", images), |bencher| {
            bencher.iter_batched_ref(
                || sync::Client::with_transport(config(), script()),
                |client| {
                    client
                        .send(black_box(&action))
                        .expect("a page")
                        .images()
                        .count()
                },
                BatchSize::SmallInput,
            );
        });
    }
    group.finish();
    criterion.final_summary();
}
