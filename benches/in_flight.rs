//! Concurrent requests over loopback, measured as processes: tasks of the asynchronous client and
//! threads of the blocking one, compared with bare loops on the same HTTP libraries.

mod processes;
mod server;

use std::sync::Arc;
use std::time::Duration;

use processes::{Expected, Options, Outcome, Program, measure};
use server::{Listing, Server};

const PAGE_SIZE: usize = 20;

fn programs(address: &str, requests: usize, in_flight: usize) -> Vec<Program> {
    let arguments = [
        "calls",
        address,
        &PAGE_SIZE.to_string(),
        &requests.to_string(),
        &in_flight.to_string(),
    ];
    let arguments = arguments.map(str::to_owned).to_vec();
    let program = |name, baseline, path| Program::new(name, baseline, path, arguments.clone());

    let mut programs = vec![
        program("bare hyper", None, env!("CARGO_BIN_EXE_bare_hyper")),
        program(
            "async client",
            Some("bare hyper"),
            env!("CARGO_BIN_EXE_async_client"),
        ),
        program("bare ureq", None, env!("CARGO_BIN_EXE_bare_ureq")),
        program(
            "sync client",
            Some("bare ureq"),
            env!("CARGO_BIN_EXE_sync_client"),
        ),
    ];
    programs.extend(Program::python(arguments));
    programs
}

fn main() -> Outcome<()> {
    let options = Options::from_arguments()?;
    let (requests, in_flight) = if options.test { (20, 4) } else { (1_000, 64) };
    let server = Server::start()?;
    let mut groups = Vec::new();
    let listing = Arc::new(Listing::new(PAGE_SIZE, PAGE_SIZE, 1));

    for millis in [0, 5] {
        server.serve(&listing, Duration::from_millis(millis));
        let name = format!("{requests} requests, {in_flight} in flight, {millis} ms");
        let programs = programs(&server.base_url(), requests, in_flight);
        let expected = Expected {
            rows: requests * PAGE_SIZE,
            ordered: false,
        };
        groups.push(measure(name, &server, &programs, options.runs, &expected)?);
    }
    options.save("in-flight", &groups)
}
