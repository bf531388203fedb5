//! Compares the typed actions and `docs/coverage.md` with the list of all known actions.

use std::fmt::Write as _;
use std::path::Path;

use compshare_model::{Effect, action_names, effect_of};

/// An action that a public source names.
struct Action {
    name: &'static str,
    family: &'static str,
    kind: &'static str,
    sources: &'static str,
}

fn actions() -> Vec<Action> {
    let lines = include_str!("actions.tsv").lines();
    let rows = lines.filter(|line| !line.starts_with('#'));
    rows.map(|row| match *row.split('\t').collect::<Vec<_>>() {
        [name, family, kind, sources] => Action {
            name,
            family,
            kind,
            sources,
        },
        _ => panic!("four columns: {row}"),
    })
    .collect()
}

/// Typed actions of the kind `W` that must not be retried: they may cost money.
const COSTLY: &[&str] = &[
    "AttachUS3",
    "ResizeCompShareDisk",
    "ResizeCompShareInstance",
    "SwitchChargeType",
];

#[test]
fn families_are_typed_as_a_whole() {
    let actions = actions();
    assert_eq!(actions.len(), 106);
    for action in &actions {
        let is_typed = matches!(action.family, "Image" | "Instance" | "Disk");
        assert_eq!(
            effect_of(action.name).is_some(),
            is_typed,
            "{}",
            action.name
        );
    }
    for name in action_names() {
        assert!(actions.iter().any(|action| action.name == name), "{name}");
    }
}

#[test]
fn effects_match_the_kinds() {
    for action in actions() {
        let expected = match action.kind {
            "R" => Effect::Read,
            // What changes instances and disks is never repeated, even if it sets a state.
            "W" if action.family == "Image" && !COSTLY.contains(&action.name) => {
                Effect::IdempotentWrite
            }
            "W" | "N" | "D" => Effect::Write,
            kind => panic!("unknown kind {kind}"),
        };
        let effect = effect_of(action.name);
        assert!(
            effect.is_none_or(|effect| effect == expected),
            "{}",
            action.name
        );
    }
}

#[test]
fn documented_coverage_matches_the_crate() {
    let mut table = String::new();
    for action in actions() {
        let typed = match (effect_of(action.name), action.family) {
            (Some(Effect::Read), _) => "read",
            (Some(Effect::IdempotentWrite), _) => "idempotent write",
            (Some(_), _) => "write",
            (None, "CFS" | "Bandwidth") => "`Untyped`: in no documentation",
            (None, "Team") => "`Untyped`: teams are not supported",
            (None, _) => "`Untyped`: another product",
        };
        let Action {
            name,
            family,
            kind,
            sources,
        } = action;
        writeln!(
            table,
            "| `{name}` | {family} | {kind} | {typed} | {sources} |"
        )
        .unwrap();
    }

    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/coverage.md");
    // The published crate has no `docs`.
    let Ok(document) = std::fs::read_to_string(path) else {
        return;
    };
    let (_, after_head) = document
        .split_once("\n| --- | --- | --- | --- | --- |\n")
        .unwrap();
    let documented = after_head.split("\n\n").next().unwrap();
    assert_eq!(
        documented.trim_end(),
        table.trim_end(),
        "the table should be:\n{table}"
    );
}
