//! Writes `docs/performance.md` and its charts; `performance-report --help` says how.

mod aims;
mod chart;
mod document;
mod format;
mod machine;
mod measured;
mod sections;

use std::ffi::OsString;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

use chart::Chart;
use compshare_benches::{ratios, target};
use document::{CHARTS, Document};
use machine::Machine;
use sections::SECTIONS;

const HELP: &str = "\
Writes docs/performance.md and its charts out of what was measured.

Usage: performance-report [options]

  --target DIR  cargo's target directory, where the measurements are
                [the one that this program was built in]
  --docs DIR    where to write performance.md [the repository's docs]
  --help        print this, and end

Ends with 1 if nothing was measured, 2 on wrong usage. What is left out, and which
command measures it, is said on standard error.
";

const WRONG_USAGE: u8 = 2;

/// Where things are.
struct Places {
    repository: PathBuf,
    criterion: PathBuf,
    target: PathBuf,
    docs: PathBuf,
}

fn main() -> ExitCode {
    let places = match parse(env::args_os()) {
        Ok(Some(places)) => places,
        Ok(None) => {
            // A reader that has gone needs no help.
            let _ = io::stdout().write_all(HELP.as_bytes());
            return ExitCode::SUCCESS;
        }
        Err(error) => {
            say(&error.to_string());
            return ExitCode::from(WRONG_USAGE);
        }
    };
    match write(&places) {
        Ok(left_out) => {
            for line in left_out {
                say(&format!("left out: {line}"));
            }
            ExitCode::SUCCESS
        }
        Err(error) => {
            say(&error.to_string());
            ExitCode::FAILURE
        }
    }
}

/// `None` where help is wanted.
fn parse(args: impl IntoIterator<Item = OsString>) -> Result<Option<Places>, lexopt::Error> {
    use lexopt::prelude::*;

    let (mut given_target, mut docs) = (None, None);
    let mut parser = lexopt::Parser::from_iter(args);
    while let Some(arg) = parser.next()? {
        match arg {
            Long("target") => given_target = Some(PathBuf::from(parser.value()?)),
            Long("docs") => docs = Some(PathBuf::from(parser.value()?)),
            Short('h') | Long("help") => return Ok(None),
            other => return Err(other.unexpected()),
        }
    }
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    let repository = manifest.parent().unwrap_or(manifest).to_owned();
    Ok(Some(Places {
        criterion: given_target
            .as_ref()
            .map_or_else(ratios::criterion_directory, |target| {
                target.join("criterion")
            }),
        target: given_target.unwrap_or_else(target::directory),
        docs: docs.unwrap_or_else(|| repository.join("docs")),
        repository,
    }))
}

/// Writes all files, and gives a line for each thing that is left out.
fn write(places: &Places) -> io::Result<Vec<String>> {
    let (all, mut left_out) = measured::load(&places.criterion, &places.target)?;
    if all.is_empty() {
        return Err(io::Error::other(
            "nothing was measured yet; `cargo bench -p compshare-benches` does",
        ));
    }
    let (verdicts, without_figures) = aims::judge(&all);
    left_out.extend(without_figures);
    let notes = fs::read_to_string(places.repository.join("benches/notes.md"))?;

    let folder = places.docs.join(CHARTS);
    fs::create_dir_all(&folder)?;
    let mut charts = Vec::new();
    for section in SECTIONS {
        let file = folder.join(section.subject).with_extension("svg");
        let measured = all
            .iter()
            .find(|measured| measured.section.subject == section.subject);
        if let Some(chart) = measured.and_then(Chart::of) {
            fs::write(&file, chart.draw()?)?;
            charts.push(section.subject);
        } else if file.exists() {
            // No chart stays that has no table.
            fs::remove_file(&file)?;
        }
    }
    let machine = Machine::here(&places.repository);
    let document = Document {
        all: &all,
        verdicts: &verdicts,
        machine: &machine,
        notes: &notes,
        charts: &charts,
    };
    fs::write(places.docs.join("performance.md"), document.to_string())?;
    Ok(left_out)
}

fn say(line: &str) {
    // Nobody is told where nobody listens.
    let _ = writeln!(io::stderr(), "performance-report: {line}");
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use compshare_benches::results::{Group, Results, Row};

    use super::*;

    /// A row's name, its baseline and its figures.
    type MadeRow<'a> = (&'a str, Option<&'a str>, &'a [(&'a str, f64)]);

    /// Places of its own for each test, removed at the end.
    struct Made {
        folder: PathBuf,
        places: Places,
    }

    impl Made {
        fn new(name: &str) -> Self {
            let folder = env::temp_dir().join(format!(
                "compshare-benches-report-{name}-{}",
                std::process::id()
            ));
            let [repository, target, docs] =
                ["repository", "target", "docs"].map(|name| folder.join(name));
            fs::create_dir_all(repository.join("benches")).unwrap();
            fs::write(repository.join("benches/notes.md"), "By hand.\n").unwrap();
            Self {
                folder,
                places: Places {
                    repository,
                    criterion: target.join("criterion"),
                    target,
                    docs,
                },
            }
        }

        /// An estimate of criterion's, made so long ago.
        fn estimate(&self, path: &str, nanoseconds: f64, age: Duration) {
            let directory = self.places.criterion.join(path).join("new");
            fs::create_dir_all(&directory).unwrap();
            let interval = serde_json::json!({"lower_bound": nanoseconds - 1.0, "upper_bound": nanoseconds + 1.0});
            let estimates = serde_json::json!({"median": {"point_estimate": nanoseconds, "confidence_interval": interval}});
            let file = directory.join("estimates.json");
            fs::write(&file, estimates.to_string()).unwrap();
            #[allow(clippy::disallowed_methods, reason = "files have an age by the clock")]
            let modified = SystemTime::now() - age;
            fs::File::options()
                .write(true)
                .open(file)
                .unwrap()
                .set_modified(modified)
                .unwrap();
        }

        fn results(&self, subject: &str, group: &str, rows: &[MadeRow<'_>]) {
            let rows = rows.iter().map(|(name, baseline, values)| Row {
                name: (*name).to_owned(),
                baseline: baseline.map(str::to_owned),
                values: values
                    .iter()
                    .map(|(name, value)| ((*name).to_owned(), *value))
                    .collect(),
            });
            let mut results = Results::new(subject);
            results.measured = 1_750_000_000;
            results.groups.push(Group {
                name: group.to_owned(),
                rows: rows.collect(),
            });
            results.save(&self.places.target).unwrap();
        }

        fn document(&self) -> String {
            fs::read_to_string(self.places.docs.join("performance.md")).unwrap()
        }
    }

    impl Drop for Made {
        fn drop(&mut self) {
            fs::remove_dir_all(&self.folder).unwrap();
        }
    }

    const NOW: Duration = Duration::ZERO;

    #[test]
    fn a_document_has_what_was_measured() {
        let made = Made::new("whole");
        made.estimate("sign/raw sha1/6", 200.0, NOW);
        made.estimate("sign/sign/6", 279.9, NOW);
        made.estimate("sign/naive/6", 1600.0, NOW);
        made.estimate("sign/raw sha1/60", 1000.0, NOW);
        made.estimate("sign/sign/60", 2000.1, NOW);
        made.estimate("decode/engine/20", 50.0, NOW);
        let rows: [MadeRow<'_>; 3] = [
            (
                "bare hyper",
                None,
                &[
                    ("wall ms", 40.0),
                    ("CPU ms", 30.0),
                    ("peak MiB", 5.0),
                    ("requests", 101.0),
                ],
            ),
            (
                "async client",
                Some("bare hyper"),
                &[("wall ms", 30.0), ("CPU ms", 27.0), ("peak MiB", 6.0)],
            ),
            ("sync client", Some("bare ureq"), &[("CPU ms", 27.0)]),
        ];
        made.results("listing", "10000 images, 0 ms", &rows);
        let left_out = write(&made.places).unwrap();
        let document = made.document();
        for line in [
            "Bounds that the project set itself; 2 of 4 are reached.",
            "| sign, 6 parameters | sign | median time | 1.40x raw sha1 | 1.40x | yes |",
            "| sign, 60 parameters | sign | median time | 2.00x raw sha1 | 2.0001x | **no** |",
            "| listing, 10000 images, 0 ms | async client | CPU | 0.80x bare hyper | 0.90x | **no** |",
            "| listing, 10000 images, 0 ms | async client | peak | 6.00 MiB | 6.00 MiB | yes |",
            "| 6 parameters | median time | to \"raw sha1\" | 95 % from | 95 % to |",
            "| raw sha1 | 200.0 ns | 1 | 199.0 ns | 201.0 ns |",
            "| naive | 1.600 µs | 8.00x | 1.599 µs | 1.601 µs |",
            "| bare hyper | 40.0 ms | 1 | 30.0 ms | 1 | 5.00 MiB | 1 | 101 |  |",
            "| async client | 30.0 ms | 0.75x | 27.0 ms | 0.90x | 6.00 MiB | 1.20x |  | bare hyper |",
            "By hand.",
        ] {
            assert!(
                document.lines().any(|there| there == line),
                "no {line} in {document}"
            );
        }
        assert!(
            document.contains("| measured | 2025-06-15 to 20"),
            "{document}"
        );
        // What is not there is said, and what is there is not.
        assert!(
            !document.contains("## Decoding") && !document.contains("build-cost.svg"),
            "{document}"
        );
        for (subject, is_left_out) in [
            ("sign", false),
            ("prepare", true),
            ("decode", true),
            ("instructions", true),
        ] {
            let not_yet = format!("{subject}: not measured yet; ");
            assert_eq!(
                left_out.iter().any(|line| line.starts_with(&not_yet)),
                is_left_out,
                "{left_out:?}"
            );
        }
        assert!(
            left_out.iter().any(|line| line.contains("look-ahead 4")),
            "{left_out:?}"
        );
        assert!(
            !document.contains(&*made.folder.to_string_lossy()),
            "{document}"
        );
    }

    #[test]
    fn every_chart_is_there_and_no_other() {
        let made = Made::new("charts");
        made.estimate("sign/raw sha1/6", 200.0, NOW);
        made.estimate("sign/sign/6", 250.0, NOW);
        made.results(
            "instructions",
            "sign",
            &[("sign", None, &[("instructions", 1_234.0)])],
        );
        let folder = made.places.docs.join(CHARTS);
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("listing.svg"), "of yore").unwrap();
        write(&made.places).unwrap();
        let document = made.document();
        assert_eq!(document.matches("](performance/").count(), 1, "{document}");
        assert!(
            document.contains("](performance/sign.svg)") && document.contains("| sign | 1,234 |"),
            "{document}"
        );
        let files: Vec<_> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name())
            .collect();
        assert_eq!(files, ["sign.svg"]);
    }

    #[test]
    fn what_is_of_another_run_is_not_compared() {
        let made = Made::new("runs");
        made.estimate("sign/raw sha1/6", 200.0, NOW);
        made.estimate("sign/sign/6", 250.0, Duration::from_secs(60));
        made.estimate("sign/naive/6", 1600.0, Duration::from_secs(24 * 60 * 60));
        let left_out = write(&made.places).unwrap();
        assert!(
            made.document().contains("1.25x") && !made.document().contains("8.00x"),
            "{}",
            made.document()
        );
        assert!(
            left_out.contains(&"sign/6: naive is of another run than its baseline".to_owned()),
            "{left_out:?}"
        );
    }

    #[test]
    fn nothing_measured_is_an_error() {
        let made = Made::new("nothing");
        let error = write(&made.places).unwrap_err().to_string();
        assert_eq!(
            error,
            "nothing was measured yet; `cargo bench -p compshare-benches` does"
        );
        assert!(!made.places.docs.exists());
    }

    #[test]
    fn results_that_cannot_be_read_are_an_error() {
        let made = Made::new("broken");
        fs::create_dir_all(made.places.target.join("performance")).unwrap();
        fs::write(made.places.target.join("performance/listing.json"), "{}").unwrap();
        let error = write(&made.places).unwrap_err().to_string();
        assert!(error.starts_with("results of listing: "), "{error}");
    }

    #[test]
    fn options_say_where_things_are() {
        let parse = |args: &[&str]| {
            parse(
                ["performance-report"]
                    .iter()
                    .chain(args)
                    .map(OsString::from),
            )
        };
        let places = parse(&["--target", "here", "--docs=there"])
            .unwrap()
            .unwrap();
        assert_eq!(
            (places.criterion, places.docs),
            ("here/criterion".into(), "there".into())
        );
        assert!(parse(&["--help"]).unwrap().is_none());
        assert!(parse(&["--traget"]).is_err());
    }
}
