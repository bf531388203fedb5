//! Any action by name.

use std::collections::BTreeMap;
use std::fmt;

use serde::ser::Error as _;
use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

use crate::{Action, Effect, flatten};

/// Any action by name, with any parameters; its answer is the whole body as a [`Value`].
///
/// Its [`NAME`](Action::NAME) is empty and its [`EFFECT`](Action::EFFECT) is [`Effect::Write`], the careful choice: ask
/// [`name`](Action::name) and [`effect`](Action::effect) of the value instead.
///
/// ```
/// use compshare_model::{Action, Untyped, flatten};
///
/// let request = Untyped::read("DescribeCommunityImages").param("Limit", 100).param("Tag", ["LLM", "Qwen"]);
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
    /// The first value that could not be kept, reported when the action is serialised.
    error: Option<String>,
}

impl Untyped {
    /// The action `name` with the effect that the caller knows it to have.
    pub fn new(name: impl Into<String>, effect: Effect) -> Self {
        Self {
            name: name.into(),
            effect,
            params: Map::new(),
            error: None,
        }
    }

    /// An action that changes nothing, and so may be repeated.
    pub fn read(name: impl Into<String>) -> Self {
        Self::new(name, Effect::Read)
    }

    /// An action that changes something. It is never repeated when its outcome is unknown.
    pub fn write(name: impl Into<String>) -> Self {
        Self::new(name, Effect::Write)
    }

    /// Sets a parameter; one of the same name is replaced.
    ///
    /// A value that has no wire form (a number that is not finite, bytes) is remembered as an error and reported when
    /// the action is serialised: the request then cannot be sent, rather than being sent without it.
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

    /// Sets all of `params`; those of the same name are replaced.
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

/// The value as JSON, if it has a wire form.
fn to_value(key: &str, value: &impl Serialize) -> Result<Value, String> {
    // JSON would turn a NaN into null, and null is left out in silence: flattening first refuses it.
    flatten(&BTreeMap::from([(key, value)]), &mut |_, _| Ok(()))
        .map_err(|error| error.to_string())?;
    serde_json::to_value(value).map_err(|_| format!("parameter `{key}` cannot be written as JSON"))
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
    fn name_and_effect_are_those_of_the_value() {
        assert_eq!(Untyped::write("X").effect(), Effect::Write);
        assert_eq!(Untyped::read("X").effect(), Effect::Read);
        let action = Untyped::new("AddFavoriteImage", Effect::IdempotentWrite);
        assert_eq!(
            (action.name(), action.effect()),
            ("AddFavoriteImage", Effect::IdempotentWrite)
        );
    }

    #[test]
    fn a_parameter_given_again_is_replaced() {
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
    fn debug_shows_no_value() {
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
    fn what_has_no_wire_form_is_an_error_and_not_left_out() {
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
