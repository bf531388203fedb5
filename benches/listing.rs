//! Complete listings over loopback, measured as processes: the two clients, compared with bare
//! loops on the same HTTP libraries.

mod processes;
mod server;

use std::sync::Arc;
use std::time::Duration;

use processes::{Expected, Options, Outcome, Program, measure};
use server::{Listing, Server};

const PAGE_SIZE: usize = 100;

fn programs(address: &str, latency: Duration) -> Vec<Program> {
    let page_size = PAGE_SIZE.to_string();
    let arguments = |prefetch: &str| {
        ["list", address, &page_size, prefetch]
            .map(str::to_owned)
            .to_vec()
    };
    let program = |name, baseline, path| Program::new(name, baseline, path, arguments("0"));
    let async_client = env!("CARGO_BIN_EXE_async_client");

    let mut programs = vec![
        program("bare hyper", None, env!("CARGO_BIN_EXE_bare_hyper")),
        program("async client", Some("bare hyper"), async_client),
        program("bare ureq", None, env!("CARGO_BIN_EXE_bare_ureq")),
        program(
            "sync client",
            Some("bare ureq"),
            env!("CARGO_BIN_EXE_sync_client"),
        ),
    ];
    programs.extend(Program::python(arguments("0")));

    if !latency.is_zero() {
        programs.push(Program::new(
            "async client, prefetch 4",
            Some("async client"),
            async_client,
            arguments("4"),
        ));
        // The runs are long, and their time is mostly the latency, which varies little.
        for program in &mut programs {
            program.max_runs = 3;
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

    let server = Server::start()?;
    let mut groups = Vec::new();
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
            groups.push(measure(name, &server, &programs, options.runs, &expected)?);
        }
    }
    options.save("listing", &groups)
}
