//! What was measured, from criterion and from the benches of whole processes, in one form.

use std::io;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use compshare_benches::ratios::{self, Estimate};
use compshare_benches::results::{Group, Results, Row};
use compshare_benches::subjects::Subject;

use crate::sections::{FROM, MEDIAN, SECTIONS, Section, Source, TO};

/// Rows of one group are of one run, so they were measured within this many seconds.
const ONE_RUN: u64 = 60 * 60;

/// One subject.
pub(crate) struct Measured {
    pub(crate) section: &'static Section,
    pub(crate) groups: Vec<Group>,
    /// The oldest and the newest measurement, in seconds since 1970.
    pub(crate) when: (u64, u64),
}

impl Measured {
    /// The baseline of all rows that have one, if it is the same.
    pub(crate) fn only_baseline(&self) -> Option<&str> {
        let mut baselines = self
            .groups
            .iter()
            .flat_map(|group| &group.rows)
            .filter_map(|row| row.baseline.as_deref());
        let first = baselines.next()?;
        baselines.all(|baseline| baseline == first).then_some(first)
    }
}

/// All subjects that were measured, and a line for each thing that is left out.
pub(crate) fn load(criterion: &Path, target: &Path) -> io::Result<(Vec<Measured>, Vec<String>)> {
    let (mut all, mut left_out) = (Vec::new(), Vec::new());
    for section in SECTIONS {
        let measured = match &section.source {
            Source::Criterion(subject) => estimates(section, subject, criterion, &mut left_out),
            Source::Results => results(section, target)?,
        };
        match measured {
            Some(measured) => all.push(measured),
            None => left_out.push(format!(
                "{}: not measured yet; `{}` does",
                section.subject, section.command
            )),
        }
    }
    Ok((all, left_out))
}

fn results(section: &'static Section, target: &Path) -> io::Result<Option<Measured>> {
    match Results::load(target, section.subject) {
        Ok(results) => {
            let groups = results
                .groups
                .into_iter()
                .filter(|group| !group.rows.is_empty())
                .collect();
            Ok(Some(Measured {
                section,
                groups,
                when: (results.measured, results.measured),
            }))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(io::Error::new(
            error.kind(),
            format!("results of {}: {error}", section.subject),
        )),
    }
}

fn estimates(
    section: &'static Section,
    subject: &Subject,
    criterion: &Path,
    left_out: &mut Vec<String>,
) -> Option<Measured> {
    let functions = ratios::functions(criterion, subject.group, subject.baseline);
    let (mut groups, mut without_baseline, mut when) = (Vec::new(), Vec::new(), (u64::MAX, 0));
    for parameter in subject.parameters {
        let of = |function: &str| Estimate::load(criterion, subject.group, function, parameter);
        let Some(base) = of(subject.baseline) else {
            without_baseline.push(format!(
                "{}/{parameter}: {} is not measured",
                subject.group, subject.baseline
            ));
            continue;
        };
        let base_measured = seconds(base.measured);
        let mut rows = vec![row(subject.baseline, None, &base)];
        for function in &functions {
            let Some(estimate) = of(function) else {
                continue;
            };
            let measured = seconds(estimate.measured);
            if measured.abs_diff(base_measured) > ONE_RUN {
                left_out.push(format!(
                    "{}/{parameter}: {function} is of another run than its baseline",
                    subject.group
                ));
                continue;
            }
            when = (when.0.min(measured), when.1.max(measured));
            rows.push(row(function, Some(subject.baseline), &estimate));
        }
        when = (when.0.min(base_measured), when.1.max(base_measured));
        // The baseline, this library, others; the quickest first.
        rows.sort_by(|one, other| {
            let rank = |row: &Row| {
                (
                    row.baseline.is_some(),
                    section.others.contains(&row.name.as_str()),
                )
            };
            let time = |row: &Row| row.value(MEDIAN).unwrap_or_default();
            rank(one)
                .cmp(&rank(other))
                .then(time(one).total_cmp(&time(other)))
        });
        groups.push(Group {
            name: (*parameter).to_owned(),
            rows,
        });
    }
    if groups.is_empty() {
        return None;
    }
    left_out.append(&mut without_baseline);
    Some(Measured {
        section,
        groups,
        when,
    })
}

fn row(name: &str, baseline: Option<&str>, estimate: &Estimate) -> Row {
    let (from, to) = estimate.interval;
    let values = [(MEDIAN, estimate.median), (FROM, from), (TO, to)];
    Row {
        name: name.to_owned(),
        baseline: baseline.map(str::to_owned),
        values: values
            .map(|(name, value)| (name.to_owned(), value))
            .to_vec(),
    }
}

fn seconds(time: SystemTime) -> u64 {
    time.duration_since(UNIX_EPOCH)
        .map_or(0, |time| time.as_secs())
}
