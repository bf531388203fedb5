//! What criterion measures, and what each of it is compared with: for the benches, and for the report of them.

/// A group of criterion's, which is also the name of its bench target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Subject {
    /// The group.
    pub group: &'static str,
    /// The function that the others are compared with.
    pub baseline: &'static str,
    /// What the functions are given, in the order of a report.
    pub parameters: &'static [&'static str],
}

/// Signing alone, by the number of parameters.
pub const SIGN: Subject = Subject {
    group: "sign",
    baseline: "raw sha1",
    parameters: &["6", "60"],
};

/// From an action to its body and its request, by the number of parameters.
pub const PREPARE: Subject = Subject {
    group: "prepare",
    baseline: "raw sha1",
    parameters: &["6", "60"],
};

/// A page of images, by their number and what is in them.
pub const DECODE: Subject = Subject {
    group: "decode",
    baseline: "plain from_slice",
    parameters: &["100 with readmes", "100", "20", "100 and 5 unknown"],
};

/// A call from the action to its answer, without a network, by the number of images.
pub const CALL: Subject = Subject {
    group: "call",
    baseline: "by hand",
    parameters: &["0", "20", "100"],
};
