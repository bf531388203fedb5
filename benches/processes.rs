//! Programs measured as whole processes, interleaved, each against its baseline.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Instant, SystemTime};
use std::{env, fs};

use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::server::{Counts, Server};

pub(crate) type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// A way to start one of the programs.
pub(crate) struct Program {
    pub(crate) name: &'static str,
    pub(crate) baseline: Option<&'static str>,
    path: PathBuf,
    arguments: Vec<String>,
    /// At most so many runs: where one takes long.
    pub(crate) most_runs: usize,
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
            most_runs: usize::MAX,
        }
    }

    /// UCloud's Python SDK, where `COMPSHARE_BENCH_PYTHON` names a Python that has it.
    #[allow(
        clippy::disallowed_methods,
        reason = "the environment says whether to measure it"
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
            most_runs: 3,
        })
    }

    /// Runs it to its end.
    fn run(&self, server: &Server) -> Outcome<Sample> {
        server.take_counts();
        #[allow(clippy::disallowed_methods, reason = "a bench measures time")]
        let started = Instant::now();
        let output = Command::new(&self.path).args(&self.arguments).output()?;
        let wall = started.elapsed().as_secs_f64() * 1e3;
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr);
            return Err(format!("{}: {}: {}", self.name, output.status, said.trim()).into());
        }
        let told: Told = serde_json::from_slice(&output.stdout)?;
        Ok(Sample {
            wall,
            told,
            counts: server.take_counts(),
        })
    }
}

/// What a program tells at its end.
#[derive(Deserialize)]
struct Told {
    rows: usize,
    digest: String,
    cpu_ns: Option<f64>,
    peak_kib: Option<f64>,
}

struct Sample {
    wall: f64,
    told: Told,
    counts: Counts,
}

/// The medians of programs that ran interleaved, on the same data.
#[derive(Serialize)]
pub(crate) struct Group {
    name: String,
    rows: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    name: &'static str,
    baseline: Option<&'static str>,
    /// By the name of the figure with its unit, such as `CPU ms`.
    values: Vec<(&'static str, f64)>,
}

/// What every run must have received, and how.
pub(crate) struct Expected {
    pub(crate) rows: usize,
    /// Whether the rows come in one order.
    pub(crate) ordered: bool,
}

/// Runs all of them in turn, `runs` times, and gives the medians. All must receive the same.
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
            .filter(|(program, _)| run < program.most_runs)
        {
            let sample = program.run(server)?;
            let told = &sample.told;
            let same = !expected.ordered
                || *digest.get_or_insert_with(|| told.digest.clone()) == told.digest;
            if told.rows != expected.rows || !same || sample.counts.refused != 0 {
                return Err(format!(
                    "{name}: {} received other rows: {}",
                    program.name, told.rows
                )
                .into());
            }
            samples.push(sample);
        }
    }
    let rows = programs.iter().zip(&samples).map(|(program, samples)| {
        let value = |name, of: fn(&Sample) -> Option<f64>| {
            let values: Option<Vec<f64>> = samples.iter().map(of).collect();
            Some((name, median(values?)?))
        };
        let values = [
            value("wall ms", |sample| Some(sample.wall)),
            value("CPU ms", |sample| Some(sample.told.cpu_ns? / 1e6)),
            value("peak MiB", |sample| Some(sample.told.peak_kib? / 1024.0)),
            value("connections", |sample| {
                Some(count(sample.counts.connections))
            }),
        ];
        Row {
            name: program.name,
            baseline: program.baseline,
            values: values.into_iter().flatten().collect(),
        }
    });
    let group = Group {
        name,
        rows: rows.collect(),
    };
    print(&group);
    Ok(group)
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

fn count(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::INFINITY, f64::from)
}

/// What cargo and the caller tell a bench target.
pub(crate) struct Options {
    /// Only whether it works: little work, once.
    pub(crate) test: bool,
    pub(crate) runs: usize,
}

impl Options {
    /// `--test` is cargo's; `--runs <number>` the caller's. Others are criterion's, and of no meaning here.
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

    /// Saves the results for `benches/performance-report`; a test measures nothing.
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
