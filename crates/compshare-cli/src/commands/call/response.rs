//! Untyped responses in every format.

use serde_json::{Map, Value, json};

use crate::context::Context;
use crate::failure::Failure;
use crate::lang::texts;
use crate::output::document::without_envelope;
use crate::output::{Align, Column, Columns, Format, List};

/// Id fields, in order of preference.
const ID_FIELDS: [&str; 5] = ["CompShareImageId", "UHostId", "ImageId", "GroupId", "Id"];

/// Writes a response, as JSON by default.
pub(super) fn write(
    context: &Context,
    response: Value,
    mut meta: Map<String, Value>,
) -> Result<(), Failure> {
    let format = context.format.unwrap_or(Format::Json);
    let mut data = without_envelope(response);
    let mut out = context.output();

    if format == Format::Json {
        if let Some(total) = data.get("TotalCount") {
            meta.insert("total".to_owned(), total.clone());
        }
        out.document(format, &data, meta)?;
        return Ok(out.flush()?);
    }

    let (columns, rows) = match (rows(&mut data), format) {
        (Some(rows), _) => (columns(&rows), rows),
        (None, Format::JsonLines) => {
            out.document(format, &data, meta)?;
            return Ok(out.flush()?);
        }
        (None, Format::Ids) => return Err(Failure::unexpected_response(texts().use_no_ids)),
        (None, _) => (field_columns(), field_rows(data)),
    };

    if format == Format::Ids && !rows.is_empty() && !columns.has_id() {
        return Err(Failure::unexpected_response(texts().use_no_ids));
    }

    let mut list = List::new(&mut out, &columns, format);
    list.page(&rows)?;
    Ok(list.finish(Map::new())?)
}

/// Takes the rows out of a response: its only non-empty list of objects, or its only list if that
/// is empty.
fn rows(data: &mut Map<String, Value>) -> Option<Vec<Value>> {
    // Returns the first matching list, and whether there are more.
    let lists = |is_wanted: fn(&Vec<Value>) -> bool| {
        let mut names = data
            .iter()
            .filter(|(_, value)| value.as_array().is_some_and(is_wanted))
            .map(|(name, _)| name);
        let name = names.next().cloned();
        (name, names.next().is_some())
    };

    let name = match lists(|rows| !rows.is_empty() && rows.iter().all(Value::is_object)) {
        (Some(name), false) => name,
        (Some(_), true) => return None,
        (None, _) => match lists(|_| true) {
            (Some(name), false) if data.get(&name) == Some(&Value::Array(Vec::new())) => name,
            _ => return None,
        },
    };

    match data.get_mut(&name)?.take() {
        Value::Array(rows) => Some(rows),
        _ => None,
    }
}

/// Returns a column for each member of the rows, in order of appearance.
fn columns(rows: &[Value]) -> Columns<Value> {
    let mut names: Vec<String> = Vec::new();
    for name in rows.iter().filter_map(Value::as_object).flat_map(Map::keys) {
        if !names.iter().any(|known| known == name) {
            names.push(name.clone());
        }
    }

    let id = ID_FIELDS
        .iter()
        .find_map(|id| names.iter().position(|name| name == id))
        .or_else(|| names.iter().position(|name| name.ends_with("Id")));
    // The id is the first column of every list.
    if let Some(at) = id {
        let name = names.remove(at);
        names.insert(0, name);
    }

    let all = names
        .into_iter()
        .map(|name| {
            let numbers = rows
                .iter()
                .filter_map(|row| row.get(&name))
                .all(Value::is_number);
            let align = if numbers { Align::Right } else { Align::Left };
            Column::member(name.clone(), name).align(align)
        })
        .collect();

    if id.is_some() {
        Columns::with_id(all, 0)
    } else {
        Columns::without_id(all)
    }
}

/// Returns the columns of a response without a list: names and values.
fn field_columns() -> Columns<Value> {
    Columns::without_id(vec![
        Column::member("field", texts().col_key),
        Column::member("value", texts().col_value),
    ])
}

fn field_rows(data: Map<String, Value>) -> Vec<Value> {
    data.into_iter()
        .map(|(name, value)| json!({"field": name, "value": value}))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(response: &Value) -> Option<usize> {
        rows(&mut response.as_object()?.clone()).map(|rows| rows.len())
    }

    #[test]
    fn finds_the_only_list_of_objects() {
        assert_eq!(
            found(&json!({"TotalCount": 2, "Tags": ["a"], "Set": [{"Id": 1}, {"Id": 2}]})),
            Some(2)
        );
        assert_eq!(found(&json!({"A": [{"x": 1}], "B": [{"y": 1}]})), None);
        assert_eq!(found(&json!({"A": [], "B": [1]})), None);
        assert_eq!(found(&json!({"A": [], "B": 1})), Some(0));
        assert_eq!(found(&json!({"A": [1]})), None);
        assert_eq!(found(&json!({})), None);
    }

    #[test]
    fn identifier_column_is_first() {
        let rows = [
            json!({"Name": "n", "UHostId": "u", "ImageId": "i"}),
            json!({"Zone": "z"}),
        ];
        let columns = columns(&rows);
        assert!(columns.has_id());
        assert_eq!(columns.keys(), ["UHostId", "Name", "ImageId", "Zone"]);
    }
}
