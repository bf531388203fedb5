//! Decoding a page of images, compared with a derived struct that keeps no unknown fields.
//!
//! `engine` starts from the bytes of a body: it checks them for UTF-8, classifies the response and
//! decodes it. `compshare-model` starts from text. The baseline starts from bytes and checks every
//! string.

mod baseline;
mod responses;

use std::hint::black_box;

use compshare_benches::pages::page;
use compshare_client::Config;
use compshare_client::engine::Engine;
use compshare_client::transport::HttpResponse;
use compshare_model::{ImageList, envelope};
use criterion::{BenchmarkId, Criterion, Throughput};

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    let engine = Engine::new(
        Config::builder()
            .keys("public-key", "private-key")
            .build()
            .expect("valid settings"),
    );
    let action = responses::action();
    let mut group = criterion.benchmark_group("decode");
    for (name, style) in responses::styles() {
        let text = page(style, 1);
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_with_input(
            BenchmarkId::new("plain from_slice", name),
            text.as_bytes(),
            |bencher, body| {
                bencher.iter(|| {
                    serde_json::from_slice::<baseline::Page>(black_box(body))
                        .expect("a page")
                        .image_set
                        .len()
                });
            },
        );
        group.bench_with_input(
            BenchmarkId::new("compshare-model", name),
            text.as_str(),
            |bencher, text| {
                bencher.iter(|| {
                    envelope::decode::<ImageList>(black_box(text))
                        .expect("a page")
                        .value
                        .image_set
                        .len()
                });
            },
        );
        let body = bytes::Bytes::from(text.clone().into_bytes());
        group.bench_with_input(BenchmarkId::new("engine", name), &body, |bencher, body| {
            bencher.iter(|| {
                responses::decode_by_engine(
                    &engine,
                    &action,
                    HttpResponse::new(black_box(body).clone()),
                )
                .image_set
                .len()
            });
        });
        group.bench_with_input(
            BenchmarkId::new("serde_json Value", name),
            text.as_bytes(),
            |bencher, body| {
                bencher.iter(|| {
                    serde_json::from_slice::<serde_json::Value>(black_box(body)).expect("a page")
                });
            },
        );
    }
    group.finish();
    criterion.final_summary();
}
