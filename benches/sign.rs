//! Signing, compared with the hash alone and with a signer of another scheme.

use std::collections::BTreeMap;
use std::hint::black_box;
use std::time::Duration;

use compshare_benches::{PRIVATE_KEY, PUBLIC_KEY};
use compshare_sign::{Credentials, Params};
use criterion::{BatchSize, BenchmarkId, Criterion};
use rusty_s3::S3Action as _;
use sha1::{Digest, Sha1};

/// Returns unsorted parameters as of a client: some constants and some ids.
fn pairs(count: usize) -> Vec<(String, String)> {
    let common = [
        ("Region", "cn-wlcb"),
        ("Zone", "cn-wlcb-01"),
        ("Action", "DescribeCompShareInstance"),
        ("ProjectId", "org-cwy2qk"),
        ("Limit", "100"),
        ("Offset", "0"),
    ];
    let ids = (0..).map(|index| {
        (
            format!("UHostIds.{index}"),
            format!("uhost-{:08x}", index * 0x0012_3457_u32),
        )
    });

    common
        .map(|(key, value)| (key.to_string(), value.to_string()))
        .into_iter()
        .chain(ids)
        .take(count)
        .collect()
}

fn params(pairs: &[(String, String)]) -> Params {
    Params::from_pairs(pairs.iter().map(|(key, value)| (key, value))).unwrap()
}

/// Signs as in a simple script: with a sorted map, a string per pair, and their hash.
#[allow(
    clippy::format_push_string,
    reason = "a naive signer has a string per pair"
)]
fn naive(pairs: &[(String, String)]) -> (BTreeMap<String, String>, String) {
    let mut params: BTreeMap<String, String> = pairs.iter().cloned().collect();
    params.insert("PublicKey".to_string(), PUBLIC_KEY.to_string());

    let mut text = String::new();
    for (key, value) in &params {
        text.push_str(&format!("{key}{value}"));
    }
    let signature = hex::encode(Sha1::digest(format!("{text}{PRIVATE_KEY}").as_bytes()));
    (params, signature)
}

/// Signs the parameters for S3, as a presigned URL (Signature Version 4 in the query).
fn presigned(
    bucket: &rusty_s3::Bucket,
    keys: &rusty_s3::Credentials,
    pairs: &[(String, String)],
) -> String {
    let mut action = bucket.get_object(Some(keys), "object");
    for (key, value) in pairs {
        action.query_mut().insert(key.as_str(), value.as_str());
    }
    action.sign(Duration::from_secs(3600)).into()
}

fn sign(criterion: &mut Criterion) {
    let credentials = Credentials::new(PUBLIC_KEY, PRIVATE_KEY).unwrap();
    let keys = rusty_s3::Credentials::new(PUBLIC_KEY, PRIVATE_KEY);
    let endpoint = "https://s3.example.com".parse().unwrap();
    let bucket =
        rusty_s3::Bucket::new(endpoint, rusty_s3::UrlStyle::Path, "bucket", "cn-wlcb").unwrap();

    let mut group = criterion.benchmark_group("sign");
    for count in [6, 60] {
        let pairs = pairs(count);
        let signed = credentials.sign(params(&pairs));
        let bytes = signed.string_to_sign() + PRIVATE_KEY;

        // All benches produce the same signature.
        assert_eq!(
            signed.signature().to_string(),
            hex::encode(Sha1::digest(bytes.as_bytes()))
        );
        assert_eq!(signed.signature().to_string(), naive(&pairs).1);

        group.bench_with_input(
            BenchmarkId::new("raw sha1", count),
            &bytes,
            |bencher, bytes| {
                bencher.iter(|| Sha1::digest(black_box(bytes.as_bytes())));
            },
        );
        group.bench_with_input(BenchmarkId::new("sign", count), &pairs, |bencher, pairs| {
            bencher.iter_batched(
                || params(pairs),
                |params| credentials.sign(params),
                // Small batches keep the parameters in the cache, as in a client that just built
                // them.
                BatchSize::NumIterations(16),
            );
        });
        group.bench_with_input(
            BenchmarkId::new("build and sign", count),
            &pairs,
            |bencher, pairs| {
                bencher.iter(|| credentials.sign(params(black_box(pairs))));
            },
        );
        group.bench_with_input(
            BenchmarkId::new("to_form", count),
            &signed,
            |bencher, signed| {
                bencher.iter(|| black_box(signed).to_form());
            },
        );
        group.bench_with_input(
            BenchmarkId::new("naive", count),
            &pairs,
            |bencher, pairs| {
                bencher.iter(|| naive(black_box(pairs)));
            },
        );
        // Another scheme, with at least three hashes and a key derived for the day.
        group.bench_with_input(
            BenchmarkId::new("rusty-s3", count),
            &pairs,
            |bencher, pairs| {
                bencher.iter(|| presigned(&bucket, &keys, black_box(pairs)));
            },
        );
    }
    group.finish();
}

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    sign(&mut criterion);
    criterion.final_summary();
}
