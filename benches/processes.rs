//! Measurement of programs as processes, interleaved, each compared with its baseline.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Instant, SystemTime};
use std::{env, fs};

use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::server::{Counts, Server};

pub(crate) type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// The command line of a measured program.
pub(crate) struct Program {
    pub(crate) name: &'static str,
    pub(crate) baseline: Option<&'static str>,
    path: PathBuf,
    arguments: Vec<String>,
    /// The maximum number of runs, for a slow program.
    pub(crate) max_runs: usize,
}

impl Program {
    pub(crate) fn new(
        name: &'static str,
        baseline: Option<&'static str>,
        path: &str,
        arguments: Vec<String>,
    ) -> Self {
        Self {
            name,
            baseline,
            path: path.into(),
            arguments,
            max_runs: usize::MAX,
        }
    }

    /// Returns a program with UCloud's Python SDK, if `COMPSHARE_BENCH_PYTHON` is the path of a
    /// Python interpreter with the SDK.
    #[allow(
        clippy::disallowed_methods,
        reason = "the environment has the path of the interpreter"
    )]
    pub(crate) fn python(arguments: Vec<String>) -> Option<Self> {
        let path = env::var_os("COMPSHARE_BENCH_PYTHON")?.into();
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/peers/ucloud_python_sdk.py").to_owned();
        let arguments = [vec![script], arguments].concat();
        Some(Self {
            name: "UCloud's Python SDK",
            baseline: Some("bare hyper"),
            path,
            arguments,
            max_runs: 3,
        })
    }

    /// Runs the program and measures it.
    fn run(&self, server: &Server) -> Outcome<Sample> {
        server.take_counts();
        #[allow(clippy::disallowed_methods, reason = "a bench measures time")]
        let started = Instant::now();
        let output = Command::new(&self.path).args(&self.arguments).output()?;
        let wall_ms = started.elapsed().as_secs_f64() * 1e3;

        if !output.status.success() {
            let stderr = String::from_utf8_lossy(&output.stderr);
            return Err(format!("{}: {}: {}", self.name, output.status, stderr.trim()).into());
        }
        Ok(Sample {
            wall_ms,
            stats: serde_json::from_slice(&output.stdout)?,
            counts: server.take_counts(),
        })
    }
}

/// The statistics that a program prints at its end.
#[derive(Deserialize)]
struct Stats {
    rows: usize,
    digest: String,
    cpu_ns: Option<f64>,
    peak_kib: Option<f64>,
}

struct Sample {
    wall_ms: f64,
    stats: Stats,
    counts: Counts,
}

/// The medians of programs that ran interleaved on the same data.
#[derive(Serialize)]
pub(crate) struct Group {
    name: String,
    rows: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    name: &'static str,
    baseline: Option<&'static str>,
    /// The figures, named with their unit, such as `CPU ms`.
    values: Vec<(&'static str, f64)>,
}

/// The rows that each run must receive.
pub(crate) struct Expected {
    pub(crate) rows: usize,
    /// `true` if all runs receive the rows in the same order.
    pub(crate) ordered: bool,
}

/// Runs the programs in turn, `runs` times, and returns the medians.
///
/// # Errors
///
/// Returns an error if a run does not receive the expected rows.
pub(crate) fn measure(
    name: String,
    server: &Server,
    programs: &[Program],
    runs: usize,
    expected: &Expected,
) -> Outcome<Group> {
    let mut samples: Vec<Vec<Sample>> = programs.iter().map(|_| Vec::new()).collect();
    let mut digest = None;
    for run in 0..runs {
        for (program, samples) in programs
            .iter()
            .zip(&mut samples)
            .filter(|(program, _)| run < program.max_runs)
        {
            let sample = program.run(server)?;
            let stats = &sample.stats;
            let is_same = !expected.ordered
                || *digest.get_or_insert_with(|| stats.digest.clone()) == stats.digest;
            if stats.rows != expected.rows || !is_same || sample.counts.rejected != 0 {
                return Err(format!(
                    "{name}: {} received other rows: {}",
                    program.name, stats.rows
                )
                .into());
            }
            samples.push(sample);
        }
    }

    let rows = programs
        .iter()
        .zip(&samples)
        .map(|(program, samples)| Row {
            name: program.name,
            baseline: program.baseline,
            values: medians(samples),
        })
        .collect();
    let group = Group { name, rows };
    print(&group);
    Ok(group)
}

/// Returns the median of each figure that all samples have.
fn medians(samples: &[Sample]) -> Vec<(&'static str, f64)> {
    let value = |name, of: fn(&Sample) -> Option<f64>| {
        let values: Option<Vec<f64>> = samples.iter().map(of).collect();
        Some((name, median(values?)?))
    };
    let values = [
        value("wall ms", |sample| Some(sample.wall_ms)),
        value("CPU ms", |sample| Some(sample.stats.cpu_ns? / 1e6)),
        value("peak MiB", |sample| Some(sample.stats.peak_kib? / 1024.0)),
        value("connections", |sample| {
            Some(to_f64(sample.counts.connections))
        }),
    ];
    values.into_iter().flatten().collect()
}

fn print(group: &Group) {
    println!("\n{}", group.name);
    for row in &group.rows {
        print!("  {:<28}", row.name);
        for (figure, value) in &row.values {
            print!("  {figure} {value:.1}");
        }
        println!();
    }
}

fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    if values.len() % 2 == 1 {
        values.get(middle).copied()
    } else {
        Some(f64::midpoint(
            *values.get(middle.checked_sub(1)?)?,
            *values.get(middle)?,
        ))
    }
}

fn to_f64(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::INFINITY, f64::from)
}

/// The arguments of a bench target.
pub(crate) struct Options {
    /// `true` to run once with little work, without saving the results.
    pub(crate) test: bool,
    pub(crate) runs: usize,
}

impl Options {
    /// Parses cargo's `--test`, criterion's `--quick` and our `--runs <number>`. Ignores others.
    pub(crate) fn from_arguments() -> Outcome<Self> {
        let arguments: Vec<String> = env::args().skip(1).collect();
        let has = |name: &str| arguments.iter().any(|argument| argument == name);
        let runs = arguments
            .iter()
            .skip_while(|argument| *argument != "--runs")
            .nth(1);

        let (test, quick) = (has("--test"), has("--quick"));
        let runs = runs.map_or(Ok(if quick { 3 } else { 11 }), |runs| runs.parse())?;
        Ok(Self {
            test,
            runs: if test { 1 } else { runs },
        })
    }

    /// Saves the results for `benches/performance-report`, except in test mode.
    #[allow(clippy::disallowed_methods, reason = "results have a date")]
    pub(crate) fn save(&self, subject: &str, groups: &[Group]) -> Outcome<()> {
        if self.test {
            return Ok(());
        }

        let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("performance");
        fs::create_dir_all(&directory)?;
        let measured = SystemTime::UNIX_EPOCH.elapsed()?.as_secs();
        let results = json!({"measured": measured, "groups": groups});
        fs::write(
            directory.join(format!("{subject}.json")),
            results.to_string(),
        )?;
        Ok(())
    }
}
