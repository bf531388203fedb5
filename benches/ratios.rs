//! Ratios to a named baseline, which criterion measures but does not print.
//!
//! A time alone says more about the machine than about the code; a ratio to a baseline that was measured in the same
//! run can be compared between machines and years.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::SystemTime;
use std::{env, fs};

use crate::target;

/// The estimates of one run of a bench target.
///
/// ```no_run
/// use compshare_benches::ratios::Run;
///
/// let run = Run::start();
/// // Here criterion runs the group `sign`, with `raw sha1` among its functions, for the parameters 6 and 60.
/// print!("{}", run.report("sign", "raw sha1", &["6", "60"]));
/// ```
#[derive(Debug)]
pub struct Run {
    started: SystemTime,
    /// Where criterion writes to.
    directory: PathBuf,
}

impl Run {
    /// Call this before the benchmarks run: estimates of earlier runs do not count.
    pub fn start() -> Self {
        Self {
            started: SystemTime::now(),
            directory: criterion_directory(),
        }
    }

    /// One line for each function of `group` and each of `parameters`, such as
    /// `sign/6: compshare-sign 1.43x raw sha1 (512 ns)`: the medians of the two, divided.
    ///
    /// Says nothing of what this run did not measure; empty under `--test`, `--list` or a filter that leaves the
    /// baseline out.
    pub fn report(&self, group: &str, baseline: &str, parameters: &[&str]) -> String {
        let functions = functions(&self.directory, group, baseline);
        let mut lines = String::new();
        for parameter in parameters {
            let median = |function: &str| {
                let estimate = Estimate::load(&self.directory, group, function, parameter)?;
                (estimate.measured >= self.started).then_some(estimate.median)
            };
            let Some(base) = median(baseline) else {
                continue;
            };
            for function in &functions {
                if let Some(time) = median(function) {
                    // Writing to a `String` cannot fail.
                    let _ = writeln!(
                        lines,
                        "{group}/{parameter}: {function} {:.2}x {baseline} ({time:.0} ns)",
                        time / base
                    );
                }
            }
        }
        lines
    }
}

/// What criterion estimated of one function.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// The median in nanoseconds, more than 0.
    pub median: f64,
    /// The two ends of the median's confidence interval, in nanoseconds.
    pub interval: (f64, f64),
    /// When.
    pub measured: SystemTime,
}

impl Estimate {
    /// The last estimate that criterion wrote to its directory, or `None` where there is none.
    pub fn load(criterion: &Path, group: &str, function: &str, parameter: &str) -> Option<Self> {
        let names = [group, function, parameter, "new"].map(file_name);
        let file = names
            .iter()
            .fold(criterion.to_owned(), |path, name| path.join(name))
            .join("estimates.json");
        let measured = fs::metadata(&file).ok()?.modified().ok()?;
        let estimates: serde_json::Value = serde_json::from_slice(&fs::read(file).ok()?).ok()?;
        let median = estimates.get("median")?;
        let end = |name: &str| median.get("confidence_interval")?.get(name)?.as_f64();
        let interval = (end("lower_bound")?, end("upper_bound")?);
        let median = median.get("point_estimate")?.as_f64()?;
        (median > 0.0).then_some(Self {
            median,
            interval,
            measured,
        })
    }
}

/// The functions of a group that criterion ever measured into its directory, other than the baseline.
pub fn functions(criterion: &Path, group: &str, baseline: &str) -> Vec<String> {
    let mut functions = names(&criterion.join(file_name(group)));
    functions.retain(|function| *function != file_name(baseline) && function != "report");
    functions
}

/// As criterion finds it: `CRITERION_HOME`, or `criterion` in cargo's target directory.
pub fn criterion_directory() -> PathBuf {
    env::var_os("CRITERION_HOME")
        .map_or_else(|| target::directory().join("criterion"), PathBuf::from)
}

/// Criterion's directory for a name.
fn file_name(name: &str) -> String {
    let unsafe_characters = ['?', '"', '/', '\\', '*', '<', '>', ':', '|', '^'];
    name.replace(unsafe_characters, "_")
}

fn names(directory: &Path) -> Vec<String> {
    let entries = fs::read_dir(directory).into_iter().flatten().flatten();
    let mut names: Vec<_> = entries
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect();
    names.sort();
    names
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    /// A criterion directory of its own for each test, removed at the end.
    struct Directory(PathBuf);

    impl Directory {
        fn new(name: &str) -> Self {
            let directory =
                env::temp_dir().join(format!("compshare-benches-{name}-{}", std::process::id()));
            fs::create_dir_all(&directory).unwrap();
            Self(directory)
        }

        fn estimate(&self, function: &str, parameter: &str, nanoseconds: f64) {
            let directory = self
                .0
                .join("sign")
                .join(function)
                .join(parameter)
                .join("new");
            fs::create_dir_all(&directory).unwrap();
            let interval = serde_json::json!({"lower_bound": nanoseconds - 1.0, "upper_bound": nanoseconds + 2.0});
            let estimates = serde_json::json!({"median": {"point_estimate": nanoseconds, "confidence_interval": interval}});
            fs::write(directory.join("estimates.json"), estimates.to_string()).unwrap();
        }

        fn run(&self) -> Run {
            // Some file systems keep whole seconds only.
            Run {
                started: SystemTime::now() - Duration::from_secs(5),
                directory: self.0.clone(),
            }
        }
    }

    impl Drop for Directory {
        fn drop(&mut self) {
            fs::remove_dir_all(&self.0).unwrap();
        }
    }

    #[test]
    fn ratios_are_those_of_the_medians() {
        let directory = Directory::new("medians");
        directory.estimate("raw sha1", "6", 200.0);
        directory.estimate("naive", "6", 500.0);
        directory.estimate("a_b", "6", 100.0);
        directory.estimate("naive", "60", 500.0);
        directory.estimate("report", "6", 1.0);
        let report = directory.run().report("sign", "raw sha1", &["6", "60"]);
        assert_eq!(
            report,
            "sign/6: a_b 0.50x raw sha1 (100 ns)\nsign/6: naive 2.50x raw sha1 (500 ns)\n"
        );
    }

    #[test]
    fn an_estimate_has_the_interval_of_its_median() {
        let directory = Directory::new("interval");
        directory.estimate("raw sha1", "6", 200.0);
        let estimate = Estimate::load(&directory.0, "sign", "raw sha1", "6").unwrap();
        assert_eq!(
            (estimate.median, estimate.interval),
            (200.0, (199.0, 202.0))
        );
        assert_eq!(Estimate::load(&directory.0, "sign", "raw sha1", "60"), None);
    }

    #[test]
    fn what_was_not_measured_in_this_run_is_left_out() {
        let directory = Directory::new("earlier");
        assert_eq!(directory.run().report("sign", "raw sha1", &["6"]), "");
        directory.estimate("raw sha1", "6", 200.0);
        directory.estimate("naive", "6", 500.0);
        let mut run = directory.run();
        run.started += Duration::from_secs(3600);
        assert_eq!(run.report("sign", "raw sha1", &["6"]), "");
    }
}
