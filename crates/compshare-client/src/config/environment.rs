//! Settings from environment variables.

use std::ffi::OsString;

use super::setting::{Origin, Setting, Settings};
use crate::Reason;

/// A look-up of environment variables, replaceable in tests.
pub(crate) type Variable<'a> = dyn Fn(&str) -> Option<OsString> + 'a;

/// Reads a variable of the process's environment.
#[allow(
    clippy::disallowed_methods,
    reason = "the only place that reads the environment"
)]
pub(crate) fn variable(name: &str) -> Option<OsString> {
    std::env::var_os(name)
}

/// Returns the text of a variable; `None` if it is blank.
pub(super) fn text(variable: &Variable<'_>, name: &'static str) -> Result<Option<String>, Reason> {
    let Some(value) = variable(name) else {
        return Ok(None);
    };
    let value = value
        .into_string()
        .map_err(|_| Reason::VariableNotText(name))?;
    Ok(Some(value).filter(|value| !value.trim().is_empty()))
}

/// Sets the settings that are not set yet.
pub(super) fn fill(settings: &mut Settings, variable: &Variable<'_>) -> Result<(), Reason> {
    for (setting, name) in Setting::TEXTS {
        if let Some(value) = text(variable, name)? {
            settings.fill(setting, value, Origin::Environment(name));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_fill_their_settings_unless_blank() {
        let mut settings = Settings::default();
        let variable = |name: &str| {
            Some(OsString::from(if name == "COMPSHARE_REGION" {
                " "
            } else {
                name
            }))
        };
        fill(&mut settings, &variable).unwrap();
        for (setting, name) in Setting::TEXTS {
            let origin = Origin::Environment(name);
            if setting == Setting::Region {
                assert_eq!(settings.origin(setting), Some(&Origin::Default));
                continue;
            }
            assert_eq!(settings.origin(setting), Some(&origin));
            assert_eq!(settings.take(setting).unwrap().as_str(), name);
        }
    }

    #[cfg(unix)]
    #[test]
    fn names_a_variable_that_is_not_text_without_its_value() {
        use std::os::unix::ffi::OsStringExt;
        let reason = text(
            &|_| Some(OsString::from_vec(b"hush\xff".to_vec())),
            "COMPSHARE_PRIVATE_KEY",
        )
        .unwrap_err();
        assert_eq!(
            reason.to_string(),
            "COMPSHARE_PRIVATE_KEY is not valid text"
        );
    }
}
