//! The task, the statistics and the signed form of the measured programs.

use std::io::{self, Write};
use std::num::NonZeroUsize;
use std::{env, fs, process};

pub(crate) use compshare_benches::{PRIVATE_KEY, PUBLIC_KEY};
use compshare_sign::{Credentials, Params};
use sha1::{Digest, Sha1};

pub(crate) const REGION: &str = "cn-wlcb";
pub(crate) const ACTION: &str = "DescribeFavoriteImages";

pub(crate) type Outcome<T> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// The task of a program, parsed from its arguments.
pub(crate) enum Task {
    /// `list <address> <page size> <prefetch>`: list all images in order.
    List {
        /// The base URL of the server.
        address: String,
        /// The `Limit` of each request.
        page_size: u32,
        /// The number of pages to prefetch.
        #[allow(dead_code, reason = "only the async client prefetches")]
        prefetch: u32,
    },
    /// `calls <address> <page size> <requests> <in flight>`: request the first page repeatedly.
    Calls {
        /// The base URL of the server.
        address: String,
        /// The `Limit` of each request.
        page_size: u32,
        /// The total number of requests.
        requests: usize,
        /// The number of concurrent requests.
        in_flight: NonZeroUsize,
    },
}

impl Task {
    pub(crate) fn from_arguments() -> Outcome<Self> {
        let arguments: Vec<String> = env::args().skip(1).collect();
        match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
            ["list", address, page_size, prefetch] => Ok(Self::List {
                address: address.to_owned(),
                page_size: page_size.parse()?,
                prefetch: prefetch.parse()?,
            }),
            ["calls", address, page_size, requests, in_flight] => Ok(Self::Calls {
                address: address.to_owned(),
                page_size: page_size.parse()?,
                requests: requests.parse()?,
                in_flight: in_flight.parse()?,
            }),
            _ => Err("expected list <address> <page size> <prefetch>, \
                      or calls <address> <page size> <requests> <in flight>"
                .into()),
        }
    }
}

/// The number of received images and a digest of their ids, to compare programs.
#[derive(Default)]
pub(crate) struct Tally {
    rows: usize,
    digest: Sha1,
}

impl Tally {
    pub(crate) fn add(&mut self, id: &str) {
        self.rows += 1;
        self.digest.update(id);
        self.digest.update("\n");
    }
}

/// Prints the statistics as one line of JSON, or the error, and exits.
pub(crate) fn exit(outcome: Outcome<Tally>) -> ! {
    match outcome {
        Ok(tally) => {
            let line = serde_json::json!({
                "rows": tally.rows,
                "digest": hex::encode(tally.digest.finalize()),
                "cpu_ns": cpu_nanoseconds(),
                "peak_kib": peak_kib(),
            });
            let written = writeln!(io::stdout(), "{line}");
            process::exit(i32::from(written.is_err()));
        }
        Err(error) => {
            let _ = writeln!(io::stderr(), "{error}");
            process::exit(1)
        }
    }
}

/// Returns the user and system time of all threads since the start of the process.
#[cfg(unix)]
#[allow(
    clippy::useless_conversion,
    reason = "the fields are narrower on some systems"
)]
fn cpu_nanoseconds() -> Option<i64> {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    i64::from(time.tv_sec)
        .checked_mul(1_000_000_000)?
        .checked_add(i64::from(time.tv_nsec))
}

#[cfg(not(unix))]
fn cpu_nanoseconds() -> Option<i64> {
    None
}

/// Returns the peak resident memory, on Linux.
fn peak_kib() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches(" kB").parse().ok()
}

/// Returns the signed form of a request, for the bare programs.
#[allow(dead_code, reason = "the clients sign their requests")]
pub(crate) fn form(credentials: &Credentials, offset: usize, page_size: u32) -> Outcome<String> {
    let (offset, limit) = (offset.to_string(), page_size.to_string());
    let pairs = [
        ("Action", ACTION),
        ("Region", REGION),
        ("Offset", &offset),
        ("Limit", &limit),
    ];
    Ok(credentials.sign(Params::from_pairs(pairs)?).to_form())
}
