//! A page of images: judged and decoded, tolerant and lossless, against a plain derived struct that is neither.
//!
//! `engine` is the whole way from a body's bytes, with its one check that they are UTF-8; `compshare-model` takes the text
//! that this check gives. The baseline takes the bytes and checks every string.

use std::hint::black_box;

use compshare_benches::pages::{PageStyle, page};
use compshare_benches::ratios::Run;
use compshare_client::engine::{Engine, Step};
use compshare_client::transport::{HttpResponse, Now};
use compshare_client::{CallOptions, Config};
use compshare_model::{DescribeCommunityImages, ImageList, envelope};
use criterion::{BenchmarkId, Criterion, Throughput};

/// What one would write by hand: exact types, and nothing of what is not known.
mod plain {
    #![allow(dead_code, reason = "fields are read from the page, and that is what is measured")]
    #![allow(clippy::struct_field_names, reason = "the service's names")]

    use serde::Deserialize;

    #[derive(Deserialize)]
    #[serde(rename_all = "PascalCase")]
    pub(crate) struct Page {
        action: String,
        ret_code: i64,
        message: Option<String>,
        total_count: Option<u64>,
        pub(crate) image_set: Vec<Image>,
    }

    #[derive(Deserialize)]
    #[serde(rename_all = "PascalCase")]
    pub(crate) struct Image {
        comp_share_image_id: String,
        name: String,
        author: Option<String>,
        auth_info: Option<i64>,
        status: Option<String>,
        image_type: Option<String>,
        image_owner_alias: Option<String>,
        is_official: Option<bool>,
        container: Option<String>,
        visibility: Option<i64>,
        description: Option<String>,
        readme: Option<String>,
        cover: Option<String>,
        #[serde(default)]
        tags: Vec<String>,
        price: Option<f64>,
        image_charge: Option<bool>,
        size: Option<u64>,
        create_time: Option<i64>,
        update_time: Option<i64>,
        pub_time: Option<i64>,
        created_count: Option<u64>,
        favorites_count: Option<u64>,
        image_use_time: Option<i64>,
        group_id: Option<String>,
        version_name: Option<String>,
        version_desc: Option<String>,
        auto_start: Option<bool>,
        #[serde(default)]
        supported_gpu_types: Vec<String>,
        source_gpu_type: Option<String>,
        #[serde(default)]
        software_ports: Vec<SoftwarePort>,
        qr_code_url: Option<String>,
        failed_reason: Option<String>,
        owner: Option<Account>,
        softwares: Option<Software>,
    }

    #[derive(Deserialize)]
    #[serde(rename_all = "PascalCase")]
    struct SoftwarePort {
        software: Option<String>,
        port: Option<u16>,
    }

    #[derive(Deserialize)]
    #[serde(rename_all = "PascalCase")]
    struct Account {
        account_id: Option<String>,
        account_name: Option<String>,
    }

    #[derive(Deserialize)]
    #[serde(rename_all = "PascalCase")]
    struct Software {
        framework: Option<String>,
        framework_version: Option<String>,
        #[serde(rename = "CUDAVersion")]
        cuda_version: Option<String>,
        #[serde(default)]
        applications: Vec<String>,
    }
}

/// The whole way of an answer through the engine: judged, decoded, handed over.
fn through_the_engine(engine: &Engine, action: &DescribeCommunityImages, body: HttpResponse) -> ImageList {
    let now = Now::real();
    let mut exchange = engine.exchange(action, &CallOptions::default()).expect("the action can be sent");
    let Step::Send(..) = exchange.step(now) else { unreachable!("nothing to send") };
    exchange.complete(now, Ok(body));
    let Step::Done(Ok(reply)) = exchange.step(now) else { unreachable!("no answer") };
    reply.value
}

const BASELINE: &str = "plain from_slice";

fn main() {
    let run = Run::start();
    let mut criterion = Criterion::default().configure_from_args();
    let engine = Engine::new(Config::builder().keys("public-key", "private-key").build().expect("right settings"));
    let styles = [
        ("100 with readmes", PageStyle { readmes: true, ..PageStyle::flat(100) }),
        ("100", PageStyle::flat(100)),
        ("20", PageStyle::flat(20)),
        ("100 and 5 unknown", PageStyle { unknown_fields: 5, ..PageStyle::flat(100) }),
    ];
    let action = DescribeCommunityImages::new().region("cn-wlcb").limit(100);
    let mut group = criterion.benchmark_group("decode");
    for (name, style) in styles {
        let text = page(style, 1);
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_with_input(BenchmarkId::new(BASELINE, name), text.as_bytes(), |bencher, body| {
            bencher.iter(|| serde_json::from_slice::<plain::Page>(black_box(body)).expect("a page").image_set.len());
        });
        group.bench_with_input(BenchmarkId::new("compshare-model", name), text.as_str(), |bencher, text| {
            bencher.iter(|| envelope::decode::<ImageList>(black_box(text)).expect("a page").value.image_set.len());
        });
        let body = bytes::Bytes::from(text.clone().into_bytes());
        group.bench_with_input(BenchmarkId::new("engine", name), &body, |bencher, body| {
            bencher.iter(|| {
                through_the_engine(&engine, &action, HttpResponse::new(black_box(body).clone())).image_set.len()
            });
        });
        group.bench_with_input(BenchmarkId::new("serde_json Value", name), text.as_bytes(), |bencher, body| {
            bencher.iter(|| serde_json::from_slice::<serde_json::Value>(black_box(body)).expect("a page"));
        });
    }
    group.finish();
    print!("{}", run.report("decode", BASELINE, &styles.map(|(name, _)| name)));
    criterion.final_summary();
}
