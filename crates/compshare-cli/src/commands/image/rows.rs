//! A list that comes with one answer, in any format.

use compshare_client::Reply;
use serde::Serialize;

use crate::Context;
use crate::commands::reply_meta;
use crate::failure::{Failure, tell};
use crate::lang::fill;
use crate::output::{Columns, Format, List};

/// Writes the rows that `reply` to the action brought.
pub(super) fn write<T: Serialize, R>(
    context: &Context,
    columns: &Columns<T>,
    rows: &[T],
    action: &str,
    reply: &Reply<R>,
) -> Result<(), Failure> {
    let texts = context.texts();
    let format = context.format.unwrap_or(Format::Table);
    let mut out = context.output();
    let mut list = List::new(&mut out, columns, format);
    list.page(rows)?;
    list.finish(reply_meta(action, reply))?;
    if rows.is_empty() && format == Format::Table {
        tell(texts.no_rows);
    }
    if list.without_id() > 0 {
        context.warn(&fill(
            texts.rows_without_id,
            &[("count", &list.without_id().to_string())],
        ));
    }
    Ok(())
}
