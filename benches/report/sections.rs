//! What the report has sections about, in its order.

use compshare_benches::subjects::{self, Subject};

/// One subject.
pub(crate) struct Section {
    /// As criterion's group or the file of results is called.
    pub(crate) subject: &'static str,
    pub(crate) title: &'static str,
    /// What is measured, and against what.
    pub(crate) text: &'static str,
    /// What measures it.
    pub(crate) command: &'static str,
    pub(crate) source: Source,
    /// What the numbers that the names of the groups begin with are of, where they do not say it themselves.
    pub(crate) groups: &'static str,
    /// Figures that have a ratio to the baseline.
    pub(crate) compared: &'static [&'static str],
    /// Those of them that are drawn, each for the groups whose names end so.
    pub(crate) drawn: &'static [(&'static str, &'static str)],
    /// Rows that are not this library's, other than baselines.
    pub(crate) others: &'static [&'static str],
}

impl Section {
    /// A group as one reads it.
    pub(crate) fn group_title(&self, group: &str) -> String {
        match group.split_once(' ') {
            _ if self.groups.is_empty() => group.to_owned(),
            Some((count, rest)) => format!("{count} {} {rest}", self.groups),
            None => format!("{group} {}", self.groups),
        }
    }
}

/// Who measured.
pub(crate) enum Source {
    Criterion(Subject),
    /// `compshare_benches::results`.
    Results,
}

/// The figures of what criterion measured.
pub(crate) const MEDIAN: &str = "median time ns";
pub(crate) const FROM: &str = "95 % from ns";
pub(crate) const TO: &str = "95 % to ns";

pub(crate) const SECTIONS: &[Section] = &[
    Section {
        subject: subjects::SIGN.group,
        title: "Signing",
        text: "Parameters are sorted, joined and hashed. The baseline is the hash alone, of the same bytes: less than \
               that no signer can take. `sign` starts from parameters that are there, `build and sign` from pairs of \
               text; `to_form` makes the body of what is signed. `naive` is the scheme as it is usually written down: a \
               sorted map, one text, its hash. `aws-sigv4` and `rusty-s3` sign the same parameters by a scheme of more \
               hashes.",
        command: "cargo bench -p compshare-benches --bench sign",
        source: Source::Criterion(subjects::SIGN),
        groups: "parameters",
        compared: &[MEDIAN],
        drawn: &[(MEDIAN, "")],
        others: &["naive", "aws-sigv4", "rusty-s3"],
    },
    Section {
        subject: subjects::PREPARE.group,
        title: "From an action to its request",
        text: "The action is flattened to parameters, signed and written as a form (`body`), and that becomes an HTTP \
               request (`request`). The baseline is the hash alone. `untyped` is an action without a type; `by a JSON \
               tree` is the way that was not taken.",
        command: "cargo bench -p compshare-benches --bench prepare",
        source: Source::Criterion(subjects::PREPARE),
        groups: "parameters",
        compared: &[MEDIAN],
        drawn: &[(MEDIAN, "")],
        others: &["body, by a JSON tree"],
    },
    Section {
        subject: subjects::DECODE.group,
        title: "Decoding a page of images",
        text: "From the bytes of a body to the images: `engine` checks that they are text, judges the answer and decodes \
               it, `compshare-model` starts from text. Both accept every type that was ever reported of a field and keep \
               fields that they do not know, of which the images of one page have five each. The baseline is a struct with exact types and `serde_json::from_slice`, which \
               does neither.",
        command: "cargo bench -p compshare-benches --bench decode",
        source: Source::Criterion(subjects::DECODE),
        groups: "images",
        compared: &[MEDIAN],
        drawn: &[(MEDIAN, "")],
        others: &["serde_json Value"],
    },
    Section {
        subject: subjects::CALL.group,
        title: "A whole call without a network",
        text: "A client's call over a transport that plays a script: all that the client does from the action to the \
               decoded images. The baseline signs and decodes by hand, over the same transport.",
        command: "cargo bench -p compshare-benches --bench call",
        source: Source::Criterion(subjects::CALL),
        groups: "images",
        compared: &[MEDIAN],
        drawn: &[(MEDIAN, "")],
        others: &[],
    },
    Section {
        subject: "listing",
        title: "Whole listings",
        text: "Whole processes list all images of a server on loopback, page by page, which waits so many milliseconds \
               before each answer. The baselines are loops on the same HTTP libraries, with `serde_json::from_slice` into \
               a struct of exact types. CPU time is that of the process, user and system; the peak is that of its \
               resident memory.",
        command: "cargo bench -p compshare-benches --bench listing",
        source: Source::Results,
        groups: "",
        compared: &["wall ms", "CPU ms", "peak MiB"],
        drawn: &[("CPU ms", ", 0 ms"), ("wall ms", ", 50 ms")],
        others: &["UCloud's Python SDK"],
    },
    Section {
        subject: "in-flight",
        title: "Many calls at a time",
        text: "Whole processes call so often, with so many calls at the same time: tasks of the asynchronous client on one \
               thread, threads of the blocking one. The baselines are bare loops on the same HTTP libraries.",
        command: "cargo bench -p compshare-benches --bench in_flight",
        source: Source::Results,
        groups: "",
        compared: &["wall ms", "CPU ms", "peak MiB"],
        drawn: &[("CPU ms", ""), ("wall ms", "")],
        others: &["UCloud's Python SDK"],
    },
    Section {
        subject: "build-cost",
        title: "What a dependency costs to build",
        text: "A program that depends on it, built anew without what is downloaded: how many crates, and how long. The bare \
               programs send a text over TLS and print what comes; they neither sign nor know JSON.",
        command: "benches/build-cost",
        source: Source::Results,
        groups: "",
        compared: &["crates", "CPU s", "wall s"],
        drawn: &[("crates", ""), ("CPU s", "")],
        others: &["reqwest"],
    },
    Section {
        subject: "instructions",
        title: "Instructions",
        text: "How many instructions one execution takes, counted by valgrind: unlike time it is nearly the same in each \
               run and on each machine of one kind, so it shows small changes.",
        command: "benches/count-instructions",
        source: Source::Results,
        groups: "",
        compared: &["instructions"],
        drawn: &[("instructions", "")],
        others: &[],
    },
];
