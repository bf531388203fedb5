//! What all measured programs have in common: what they are told to do, and what they tell at their end.

use std::io::{self, Write};
use std::num::NonZeroUsize;
use std::{env, fs, process};

pub(crate) use compshare_benches::{PRIVATE_KEY, PUBLIC_KEY};
use compshare_sign::{Credentials, Params};
use sha1::{Digest, Sha1};

pub(crate) const REGION: &str = "cn-wlcb";
pub(crate) const ACTION: &str = "DescribeFavoriteImages";

/// A program ends with any error.
pub(crate) type Outcome<T> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// What to do.
pub(crate) enum Task {
    /// `list <address> <page size> <look-ahead>`: all images of the listing, in order.
    List {
        /// Where the server is.
        address: String,
        /// The `Limit` of each request.
        page_size: u32,
        /// How many pages to ask for early; none where the program cannot do that.
        #[allow(dead_code, reason = "not all programs can look ahead")]
        look_ahead: u32,
    },
    /// `calls <address> <page size> <requests> <in flight>`: so many pages, in no order.
    Calls {
        /// Where the server is.
        address: String,
        /// The `Limit` of each request.
        page_size: u32,
        /// How many requests.
        requests: usize,
        /// How many at the same time.
        in_flight: NonZeroUsize,
    },
}

impl Task {
    pub(crate) fn from_arguments() -> Outcome<Self> {
        let arguments: Vec<String> = env::args().skip(1).collect();
        match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
            ["list", address, page_size, look_ahead] => Ok(Self::List {
                address: address.to_owned(),
                page_size: page_size.parse()?,
                look_ahead: look_ahead.parse()?,
            }),
            ["calls", address, page_size, requests, in_flight] => Ok(Self::Calls {
                address: address.to_owned(),
                page_size: page_size.parse()?,
                requests: requests.parse()?,
                in_flight: in_flight.parse()?,
            }),
            _ => {
                Err("list <address> <page size> <look-ahead>, or calls <address> <page size> <requests> <in flight>"
                    .into())
            }
        }
    }
}

/// What was received.
#[derive(Default)]
pub(crate) struct Tally {
    rows: usize,
    /// Of the ids in their order: tells that two programs got the same.
    digest: Sha1,
}

impl Tally {
    pub(crate) fn add(&mut self, id: &str) {
        self.rows += 1;
        self.digest.update(id);
        self.digest.update("\n");
    }
}

/// Ends the program with one line of JSON about it, or with the error.
pub(crate) fn end(outcome: Outcome<Tally>) -> ! {
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

/// Of the whole process since it was started, all threads, user and system.
#[cfg(unix)]
#[allow(
    clippy::useless_conversion,
    reason = "the parts of a time are shorter on some systems"
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

/// The most memory that was resident, where the system tells it.
fn peak_kib() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches(" kB").parse().ok()
}

/// A signed form, made as simply as can be.
#[allow(dead_code, reason = "our own clients sign by themselves")]
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
