//! One thing by itself, in any format.

use serde::Serialize;
use serde_json::Map;

use crate::Context;
use crate::commands::document;
use crate::failure::Failure;
use crate::output::{Columns, Format, List, details};

/// Writes `row`: its fields below each other for people, a document for programs.
pub(super) fn write<T: Serialize>(
    context: &Context,
    columns: &Columns<T>,
    row: &T,
) -> Result<(), Failure> {
    let mut out = context.output();
    match context.format.unwrap_or(Format::Table) {
        Format::Table => details(&mut out, columns, row),
        format @ (Format::Json | Format::JsonLines) => document(&mut out, format, row, Map::new())?,
        format @ (Format::Csv | Format::Ids) => {
            let mut list = List::new(&mut out, columns, format);
            list.page(std::slice::from_ref(row))?;
            return Ok(list.finish(Map::new())?);
        }
    }
    Ok(out.flush()?)
}
