//! What whole processes were measured to take, kept for the report as criterion keeps its estimates.

use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};
use std::{fs, io};

use serde::{Deserialize, Serialize};

/// All of one subject, of one run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Results {
    /// What was measured, such as `listing`; the file is called by it.
    pub subject: String,
    /// When, in seconds since 1970.
    pub measured: u64,
    /// What can be compared with each other.
    pub groups: Vec<Group>,
}

/// Rows that were measured interleaved, on the same data.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Group {
    /// Such as `10000 images, 50 ms`.
    pub name: String,
    /// One for each program.
    pub rows: Vec<Row>,
}

/// One program's medians.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// The program.
    pub name: String,
    /// The row of the same group that its ratios are to; none for a baseline.
    pub baseline: Option<String>,
    /// By the name of the figure with its unit, such as `CPU ms`, in the order of the table.
    pub values: Vec<(String, f64)>,
}

impl Results {
    /// Nothing yet, measured now.
    pub fn new(subject: &str) -> Self {
        let measured = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .map_or(0, |time| time.as_secs());
        Self {
            subject: subject.to_owned(),
            measured,
            groups: Vec::new(),
        }
    }

    /// Writes them to `performance/<subject>.json` in `target`, cargo's [target directory](crate::target::directory).
    ///
    /// # Errors
    ///
    /// What the file system refuses.
    pub fn save(&self, target: &Path) -> io::Result<PathBuf> {
        let directory = target.join("performance");
        fs::create_dir_all(&directory)?;
        let file = directory.join(format!("{}.json", self.subject));
        fs::write(&file, serde_json::to_string_pretty(self)?)?;
        Ok(file)
    }

    /// What [`save`](Self::save) wrote last.
    ///
    /// # Errors
    ///
    /// What the file system refuses, a file that is not there, or one that is something else.
    pub fn load(target: &Path, subject: &str) -> io::Result<Self> {
        let text = fs::read(target.join("performance").join(format!("{subject}.json")))?;
        Ok(serde_json::from_slice(&text)?)
    }
}

impl Group {
    /// A row of this name.
    pub fn row(&self, name: &str) -> Option<&Row> {
        self.rows.iter().find(|row| row.name == name)
    }

    /// A figure of a row divided by that of another row of this group.
    pub fn ratio(&self, row: &Row, to: &str, figure: &str) -> Option<f64> {
        let base = self.row(to)?.value(figure).filter(|base| *base > 0.0)?;
        Some(row.value(figure)? / base)
    }

    /// A figure of a row divided by that of its baseline.
    pub fn ratio_to_baseline(&self, row: &Row, figure: &str) -> Option<f64> {
        self.ratio(row, row.baseline.as_deref()?, figure)
    }
}

impl Row {
    /// The figure of this name.
    pub fn value(&self, name: &str) -> Option<f64> {
        self.values
            .iter()
            .find(|(figure, _)| figure == name)
            .map(|(_, value)| *value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_saved_is_loaded() {
        let target =
            std::env::temp_dir().join(format!("compshare-benches-results-{}", std::process::id()));
        let row = Row {
            name: "ours".into(),
            baseline: Some("bare".into()),
            values: vec![("CPU ms".into(), 1.5)],
        };
        let mut results = Results::new("listing");
        results.groups.push(Group {
            name: "20 images".into(),
            rows: vec![row],
        });
        results.save(&target).unwrap();
        let loaded = Results::load(&target, "listing");
        fs::remove_dir_all(&target).unwrap();
        let loaded = loaded.unwrap();
        assert_eq!(loaded, results);
        assert_eq!(
            loaded.groups[0].row("ours").unwrap().value("CPU ms"),
            Some(1.5)
        );
        assert!(loaded.groups[0].row("other").is_none());
    }
}
