//! Workloads for `benches/count-instructions`, which counts their instructions with valgrind.
//!
//! ```text
//! instructions --list                        prints the names of all workloads, one per line
//! instructions --run <name> <times> <inputs> runs a workload, with inputs for more runs prepared
//! instructions                               checks all workloads and runs each once
//! ```

mod baseline;
mod requests;
mod responses;

use std::hint::black_box;
use std::{env, mem};

use bytes::Bytes;
use compshare_benches::pages::{PageStyle, page};
use compshare_client::CallOptions;
use compshare_client::transport::{HttpResponse, Now};
use compshare_model::{Action, Untyped};
use compshare_sign::Credentials;
use sha1::{Digest, Sha1};

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// The number of runs of a workload.
///
/// The preparation depends only on `inputs`. So the instructions of two processes that differ only
/// in `times` differ by complete runs.
#[derive(Clone, Copy)]
struct Repeat {
    times: usize,
    /// The number of prepared inputs, at least `times`.
    inputs: usize,
}

impl Repeat {
    fn run<O>(self, work: impl Fn() -> O) {
        for _ in 0..self.times {
            black_box(work());
        }
    }

    /// Runs `work` on prepared inputs, without dropping its results.
    fn run_on<I, O>(self, input: impl Fn() -> I, work: impl Fn(I) -> O) {
        let inputs: Vec<I> = (0..self.inputs).map(|_| input()).collect();
        let mut inputs = inputs.into_iter();
        for input in inputs.by_ref().take(self.times) {
            mem::forget(black_box(work(black_box(input))));
        }
        mem::forget(inputs);
    }
}

struct Workload {
    /// The group and the row in its table, such as `6 parameters/sign`.
    name: String,
    /// Prepares the data and runs the workload.
    run: Box<dyn Fn(Repeat)>,
}

fn credentials() -> Credentials {
    Credentials::new(requests::PUBLIC_KEY, requests::PRIVATE_KEY).expect("valid keys")
}

/// Returns the hashed bytes of the action's signature.
fn signed_bytes<A: Action>(action: &A) -> String {
    credentials()
        .sign(requests::params(action))
        .string_to_sign()
        + requests::PRIVATE_KEY
}

fn prepare<A: Action + 'static>(
    count: &str,
    typed: fn() -> A,
    untyped: fn() -> Untyped,
) -> Vec<Workload> {
    let workload = |row, run: Box<dyn Fn(Repeat)>| Workload {
        name: format!("{count} parameters/{row}"),
        run,
    };
    vec![
        workload(
            "raw sha1",
            Box::new(move |repeat| {
                let bytes = signed_bytes(&typed());
                repeat.run(|| Sha1::digest(black_box(bytes.as_bytes())));
            }),
        ),
        workload(
            "sign",
            Box::new(move |repeat| {
                let (credentials, action) = (credentials(), typed());
                repeat.run_on(
                    || requests::params(&action),
                    |params| credentials.sign(params),
                );
            }),
        ),
        workload("body", Box::new(move |repeat| body(repeat, &typed()))),
        workload(
            "body, untyped",
            Box::new(move |repeat| body(repeat, &untyped())),
        ),
        workload("request", Box::new(move |repeat| request(repeat, &typed()))),
        workload(
            "request, untyped",
            Box::new(move |repeat| request(repeat, &untyped())),
        ),
    ]
}

fn body<A: Action>(repeat: Repeat, action: &A) {
    let credentials = credentials();
    repeat.run(|| requests::body(&credentials, black_box(action)));
}

fn request<A: Action>(repeat: Repeat, action: &A) {
    let (engine, options, now) = (requests::engine(), CallOptions::default(), Now::real());
    repeat.run(|| requests::request(&engine, black_box(action), &options, now));
}

fn decode(name: &str, style: PageStyle) -> [Workload; 2] {
    // Insert `images` after the number: `20 images`, `100 images with readmes`.
    let (count, rest) = name.split_at(name.find(' ').unwrap_or(name.len()));
    let group = format!("{count} images{rest}");
    let baseline = move |repeat: Repeat| {
        let body = page(style, 1);
        repeat.run(|| baseline_page(black_box(body.as_bytes())));
    };
    let engine = move |repeat: Repeat| {
        let (engine, action, body) = (
            requests::engine(),
            responses::action(),
            Bytes::from(page(style, 1)),
        );
        repeat.run(|| {
            responses::decode_by_engine(
                &engine,
                &action,
                HttpResponse::new(black_box(&body).clone()),
            )
        });
    };
    [
        Workload {
            name: format!("{group}/plain from_slice"),
            run: Box::new(baseline),
        },
        Workload {
            name: format!("{group}/engine"),
            run: Box::new(engine),
        },
    ]
}

fn baseline_page(body: &[u8]) -> baseline::Page {
    serde_json::from_slice(body).expect("a page")
}

/// Returns all workloads, grouped.
fn workloads() -> Vec<Workload> {
    let mut workloads = prepare("6", requests::six, requests::untyped_six);
    workloads.extend(prepare("60", requests::sixty, requests::untyped_sixty));
    for (name, style) in responses::styles() {
        workloads.extend(decode(name, style));
    }
    workloads
}

/// Checks that the workloads of a group have the same results.
fn check() {
    fn same_body<A: Action>(typed: &A, untyped: &Untyped) {
        let (credentials, engine) = (credentials(), requests::engine());
        let signed = credentials.sign(requests::params(typed));
        assert_eq!(
            signed.signature().as_str(),
            hex::encode(Sha1::digest(signed_bytes(typed)))
        );

        let body = signed.to_form();
        assert_eq!(requests::body(&credentials, typed), body);
        assert_eq!(requests::body(&credentials, untyped), body);

        let (options, now) = (CallOptions::default(), Now::real());
        assert_eq!(
            requests::request(&engine, typed, &options, now).body(),
            body.as_bytes()
        );
        assert_eq!(
            requests::request(&engine, untyped, &options, now).body(),
            body.as_bytes()
        );
    }

    same_body(&requests::six(), &requests::untyped_six());
    same_body(&requests::sixty(), &requests::untyped_sixty());

    for (_, style) in responses::styles() {
        let body = page(style, 1);
        let baseline = baseline_page(body.as_bytes());
        let list = responses::decode_by_engine(
            &requests::engine(),
            &responses::action(),
            HttpResponse::new(body.into()),
        );
        assert_eq!(
            (baseline.image_set.len(), list.images().count()),
            (style.images, style.images)
        );
        let mut both = baseline.image_set.iter().zip(list.images());
        assert!(both.all(|(baseline, image)| image.id.as_str() == baseline.comp_share_image_id));
    }
}

fn main() -> Outcome<()> {
    let workloads = workloads();
    let arguments: Vec<String> = env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["--list"] => workloads
            .iter()
            .for_each(|workload| println!("{}", workload.name)),
        ["--run", name, times, inputs] => {
            let repeat = Repeat {
                times: times.parse()?,
                inputs: inputs.parse()?,
            };
            let workload = workloads
                .iter()
                .find(|workload| workload.name == name)
                .ok_or("no such workload")?;
            (workload.run)(repeat);
        }
        // Cargo's `--bench` and `--test`, and options of criterion.
        _ => {
            check();
            for workload in &workloads {
                (workload.run)(Repeat {
                    times: 1,
                    inputs: 2,
                });
                println!("{}: runs", workload.name);
            }
            println!("instructions are counted by benches/count-instructions");
        }
    }
    Ok(())
}
