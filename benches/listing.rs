//! Whole listings over loopback, by whole processes: the two clients against bare loops on the same HTTP libraries.

mod processes;
mod server;

use std::sync::Arc;
use std::time::Duration;

use compshare_benches::results::Results;
use processes::{Expected, Options, Outcome, Program, measure};
use server::{Listing, Server};

const PAGE_SIZE: usize = 100;

fn programs(address: &str, latency: Duration) -> Vec<Program> {
    let arguments = |look_ahead: u32| {
        [
            "list",
            address,
            &PAGE_SIZE.to_string(),
            &look_ahead.to_string(),
        ]
        .map(str::to_owned)
        .to_vec()
    };
    let mut programs = vec![
        Program::new(
            "bare hyper",
            None,
            env!("CARGO_BIN_EXE_bare_hyper"),
            arguments(0),
        ),
        Program::new(
            "async client",
            Some("bare hyper"),
            env!("CARGO_BIN_EXE_async_client"),
            arguments(0),
        ),
        Program::new(
            "bare ureq",
            None,
            env!("CARGO_BIN_EXE_bare_ureq"),
            arguments(0),
        ),
        Program::new(
            "sync client",
            Some("bare ureq"),
            env!("CARGO_BIN_EXE_sync_client"),
            arguments(0),
        ),
    ];
    programs.extend(Program::python(arguments(0)));
    if !latency.is_zero() {
        let path = env!("CARGO_BIN_EXE_async_client");
        programs.push(Program::new(
            "async client, look-ahead 4",
            Some("async client"),
            path,
            arguments(4),
        ));
        // Most of the time they wait.
        for program in &mut programs {
            program.most_runs = 3;
        }
    }
    programs
}

fn main() -> Outcome<()> {
    let options = Options::from_arguments()?;
    let sizes: &[usize] = if options.test {
        &[250]
    } else {
        &[1_000, 10_000]
    };
    let latencies: &[u64] = if options.test { &[0, 1] } else { &[0, 50] };
    let (server, mut results) = (Server::start()?, Results::new("listing"));
    for &images in sizes {
        let listing = Arc::new(Listing::new(images, PAGE_SIZE, 1));
        for &millis in latencies {
            let latency = Duration::from_millis(millis);
            server.serve(&listing, latency);
            let name = format!("{images} images, {millis} ms");
            let programs = programs(&server.base_url(), latency);
            let expected = Expected {
                rows: images,
                ordered: true,
            };
            results
                .groups
                .push(measure(name, &server, &programs, options.runs, &expected)?);
        }
    }
    options.keep(&results)?;
    Ok(())
}
