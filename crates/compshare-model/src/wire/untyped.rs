//! Actions without a type.

use std::collections::BTreeMap;
use std::fmt;

use serde::ser::Error as _;
use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

use crate::{Action, Effect, flatten};

/// A request for an action selected by name, with any parameters.
///
/// The response is the whole body as a [`Value`]. [`NAME`](Action::NAME) is empty and
/// [`EFFECT`](Action::EFFECT) is [`Effect::Write`], the safe default: use [`name`](Action::name)
/// and [`effect`](Action::effect) instead.
///
/// ```
/// use compshare_model::{Action, Untyped, flatten};
///
/// let request = Untyped::read("DescribeCommunityImages")
///     .param("Limit", 100)
///     .param("Tag", ["LLM", "Qwen"]);
/// assert_eq!(request.name(), "DescribeCommunityImages");
///
/// let mut form = Vec::new();
/// flatten(&request, &mut |key, value| {
///     form.push(format!("{key}={value}"));
///     Ok(())
/// })?;
/// assert_eq!(form, ["Limit=100", "Tag.0=LLM", "Tag.1=Qwen"]);
/// # Ok::<(), compshare_model::FlattenError>(())
/// ```
///
/// `Debug` shows the names of the parameters only, since a value may be a password.
#[derive(Clone)]
pub struct Untyped {
    name: String,
    effect: Effect,
    params: Map<String, Value>,
    /// The first error of `param`, returned by `serialize`.
    error: Option<String>,
}

impl Untyped {
    /// Creates a request for the action `name` with this effect.
    pub fn new(name: impl Into<String>, effect: Effect) -> Self {
        Self {
            name: name.into(),
            effect,
            params: Map::new(),
            error: None,
        }
    }

    /// Creates a request for an action that only reads, and can be retried.
    pub fn read(name: impl Into<String>) -> Self {
        Self::new(name, Effect::Read)
    }

    /// Creates a request for an action that writes. It is not retried if its outcome is unknown.
    pub fn write(name: impl Into<String>) -> Self {
        Self::new(name, Effect::Write)
    }

    /// Sets a parameter and replaces a previous one of the same name.
    ///
    /// A value without a wire format, such as NaN or bytes, makes serialization of the request
    /// fail. The parameter is never silently omitted.
    pub fn param(mut self, key: impl Into<String>, value: impl Serialize) -> Self {
        let key = key.into();
        match to_value(&key, &value) {
            Ok(value) => {
                self.params.insert(key, value);
            }
            Err(error) => {
                self.error.get_or_insert(error);
            }
        }
        self
    }

    /// Sets all of `params` and replaces previous ones of the same names.
    pub fn params(mut self, params: Map<String, Value>) -> Self {
        self.params.extend(params);
        self
    }
}

impl fmt::Debug for Untyped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.params.keys().collect();
        f.debug_struct("Untyped")
            .field("name", &self.name)
            .field("effect", &self.effect)
            .field("params", &names)
            .field("error", &self.error)
            .finish()
    }
}

/// Converts a value with a wire format to JSON.
fn to_value(key: &str, value: &impl Serialize) -> Result<Value, String> {
    // JSON would turn a NaN into null, which is silently omitted. Flattening rejects it.
    flatten(&BTreeMap::from([(key, value)]), &mut |_, _| Ok(()))
        .map_err(|error| error.to_string())?;
    serde_json::to_value(value)
        .map_err(|_| format!("parameter `{key}` cannot be serialized as JSON"))
}

impl Serialize for Untyped {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.error {
            Some(error) => Err(S::Error::custom(error)),
            None => self.params.serialize(serializer),
        }
    }
}

impl Action for Untyped {
    const NAME: &'static str = "";
    const EFFECT: Effect = Effect::Write;
    type Response = Value;

    fn name(&self) -> &str {
        &self.name
    }

    fn effect(&self) -> Effect {
        self.effect
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn pairs(action: &Untyped) -> Result<Vec<String>, crate::FlattenError> {
        let mut pairs = Vec::new();
        flatten(action, &mut |key, value| {
            pairs.push(format!("{key}={value}"));
            Ok(())
        })?;
        Ok(pairs)
    }

    #[test]
    fn name_and_effect_are_set_at_run_time() {
        assert_eq!(Untyped::write("X").effect(), Effect::Write);
        assert_eq!(Untyped::read("X").effect(), Effect::Read);
        let action = Untyped::new("AddFavoriteImage", Effect::IdempotentWrite);
        assert_eq!(
            (action.name(), action.effect()),
            ("AddFavoriteImage", Effect::IdempotentWrite)
        );
    }

    #[test]
    fn param_replaces_previous_value() {
        let more = json!({"B": [null, {"C": true}]})
            .as_object()
            .cloned()
            .unwrap();
        let action = Untyped::read("X")
            .param("A", 1)
            .param("A", "two")
            .params(more);
        assert_eq!(pairs(&action).unwrap(), ["A=two", "B.0.C=true"]);
    }

    #[test]
    fn debug_redacts_values() {
        let shown = format!(
            "{:?}",
            Untyped::write("ResetPassword")
                .param("Password", "hunter2")
                .param("P", f64::NAN)
        );
        assert!(
            shown.contains("Password") && !shown.contains("hunter2"),
            "{shown}"
        );
    }

    #[test]
    fn values_without_wire_format_are_errors() {
        let action = Untyped::read("X").param("Price", f64::NAN).param("A", 1);
        let error = pairs(&action).unwrap_err().to_string();
        assert!(error.contains("Price"), "{error}");
        assert!(serde_json::to_value(&action).is_err());
        assert!(
            pairs(
                &Untyped::read("X")
                    .param("A", "x")
                    .param("A", Some(f32::INFINITY))
            )
            .is_err()
        );
    }
}
