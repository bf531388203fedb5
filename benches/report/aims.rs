//! What the project aimed at, and whether it is reached.

use compshare_benches::results::{Group, Row};
use compshare_benches::subjects;

use crate::measured::Measured;
use crate::sections::MEDIAN;

/// One bound, from above.
#[derive(Debug)]
pub(crate) struct Aim {
    subject: &'static str,
    groups: Groups,
    row: &'static str,
    figure: &'static str,
    limit: Limit,
}

/// Which groups of a subject.
#[derive(Debug)]
enum Groups {
    All,
    Named(&'static str),
    EndingWith(&'static str),
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Limit {
    /// So many times the same figure of another row of the group.
    Times(f64, &'static str),
    /// So much.
    Of(f64),
}

use Groups::{All, EndingWith, Named};
use Limit::{Of, Times};

const AIMS: &[Aim] = &[
    sign("6", 1.4),
    sign("60", 2.0),
    prepare("6", "body", 4.0),
    prepare("6", "body, untyped", 4.0),
    prepare("60", "body", 7.0),
    prepare("60", "body, untyped", 7.0),
    decode("100 with readmes", 0.7),
    decode("100", 0.7),
    decode("20", 0.7),
    decode("100 and 5 unknown", 1.0),
    process(
        "listing",
        All,
        "async client",
        "CPU ms",
        Times(0.8, "bare hyper"),
    ),
    process(
        "listing",
        All,
        "sync client",
        "CPU ms",
        Times(0.8, "bare ureq"),
    ),
    process("listing", All, "async client", "peak MiB", Of(6.0)),
    process("listing", All, "sync client", "peak MiB", Of(4.5)),
    process(
        "listing",
        EndingWith(", 50 ms"),
        "async client, look-ahead 4",
        "wall ms",
        Times(0.25, "async client"),
    ),
    process(
        "in-flight",
        All,
        "async client",
        "CPU ms",
        Times(0.8, "bare hyper"),
    ),
    process(
        "in-flight",
        All,
        "sync client",
        "CPU ms",
        Times(0.8, "bare ureq"),
    ),
    process("in-flight", All, "async client", "connections", Of(64.0)),
    process("in-flight", All, "sync client", "connections", Of(64.0)),
];

const fn sign(parameters: &'static str, times: f64) -> Aim {
    let limit = Times(times, subjects::SIGN.baseline);
    Aim {
        subject: subjects::SIGN.group,
        groups: Named(parameters),
        row: "sign",
        figure: MEDIAN,
        limit,
    }
}

const fn prepare(parameters: &'static str, row: &'static str, times: f64) -> Aim {
    let limit = Times(times, subjects::PREPARE.baseline);
    Aim {
        subject: subjects::PREPARE.group,
        groups: Named(parameters),
        row,
        figure: MEDIAN,
        limit,
    }
}

const fn decode(images: &'static str, times: f64) -> Aim {
    let limit = Times(times, subjects::DECODE.baseline);
    Aim {
        subject: subjects::DECODE.group,
        groups: Named(images),
        row: "engine",
        figure: MEDIAN,
        limit,
    }
}

const fn process(
    subject: &'static str,
    groups: Groups,
    row: &'static str,
    figure: &'static str,
    limit: Limit,
) -> Aim {
    Aim {
        subject,
        groups,
        row,
        figure,
        limit,
    }
}

/// What became of an aim, in one group.
pub(crate) struct Verdict<'a> {
    pub(crate) measured: &'a Measured,
    pub(crate) group: &'a Group,
    pub(crate) row: &'static str,
    pub(crate) figure: &'static str,
    pub(crate) limit: Limit,
    /// The ratio or the figure.
    pub(crate) value: f64,
}

impl Verdict<'_> {
    pub(crate) fn is_reached(&self) -> bool {
        let (Times(bound, _) | Of(bound)) = self.limit;
        self.value <= bound
    }
}

impl Aim {
    fn applies_to(&self, subject: &str, group: &Group) -> bool {
        let is_group = match self.groups {
            All => true,
            Named(name) => group.name == name,
            EndingWith(end) => group.name.ends_with(end),
        };
        self.subject == subject && is_group
    }

    fn value(&self, group: &Group) -> Option<f64> {
        let row = group.row(self.row)?;
        match self.limit {
            Times(_, to) => group.ratio(row, to, self.figure),
            Of(_) => row.value(self.figure),
        }
    }
}

/// All aims for which there are measurements, and a line for each whose subject was measured without them.
pub(crate) fn judge(all: &[Measured]) -> (Vec<Verdict<'_>>, Vec<String>) {
    let (mut verdicts, mut left_out) = (Vec::new(), Vec::new());
    for aim in AIMS {
        let Some(measured) = all
            .iter()
            .find(|measured| measured.section.subject == aim.subject)
        else {
            continue;
        };
        let Aim {
            subject,
            row,
            figure,
            limit,
            ..
        } = *aim;
        let groups = measured
            .groups
            .iter()
            .filter(|group| aim.applies_to(subject, group));
        let before = verdicts.len();
        verdicts.extend(groups.filter_map(|group| {
            aim.value(group).map(|value| Verdict {
                measured,
                group,
                row,
                figure,
                limit,
                value,
            })
        }));
        if verdicts.len() == before {
            left_out.push(format!(
                "{subject}: an aim has nothing to be measured by: {figure} of {row}"
            ));
        }
    }
    (verdicts, left_out)
}

/// The aim for a row's ratio to its baseline.
pub(crate) fn bound(subject: &str, group: &Group, row: &Row, figure: &str) -> Option<f64> {
    let mut aims = AIMS.iter().filter(|aim| {
        aim.applies_to(subject, group) && aim.row == row.name && aim.figure == figure
    });
    aims.find_map(|aim| match aim.limit {
        Times(times, to) => (row.baseline.as_deref() == Some(to)).then_some(times),
        Of(_) => None,
    })
}

#[cfg(test)]
mod tests {
    use compshare_benches::subjects::{DECODE, PREPARE, SIGN};

    use super::*;

    #[test]
    fn aims_are_for_what_is_measured() {
        for aim in AIMS {
            let mut subjects = [SIGN, PREPARE, DECODE].into_iter();
            match subjects.find(|subject| subject.group == aim.subject) {
                Some(subject) => assert!(
                    subject
                        .parameters
                        .iter()
                        .any(|name| matches!(aim.groups, Named(group) if group == *name)),
                    "{aim:?}"
                ),
                None => assert!(["listing", "in-flight"].contains(&aim.subject), "{aim:?}"),
            }
        }
    }
}
