//! Settings from environment variables.

use std::ffi::OsString;

use super::Settings;
use super::secret::Secret;
use crate::Error;

/// Looks a variable up; a parameter of what reads several, so that tests need not change the process.
pub(crate) type Variable<'a> = dyn Fn(&str) -> Option<OsString> + 'a;

/// The process's own environment.
#[allow(
    clippy::disallowed_methods,
    reason = "this is where the environment is read"
)]
pub(crate) fn variable(name: &str) -> Option<OsString> {
    std::env::var_os(name)
}

/// The text of a variable; one that is blank counts as not set.
pub(super) fn text(variable: &Variable<'_>, name: &str) -> Result<Option<String>, Error> {
    let Some(value) = variable(name) else {
        return Ok(None);
    };
    let value = value
        .into_string()
        .map_err(|_| Error::config(format!("{name} is not valid text")))?;
    Ok(Some(value).filter(|value| !value.trim().is_empty()))
}

pub(super) fn settings(variable: &Variable<'_>) -> Result<Settings, Error> {
    Ok(Settings {
        public_key: text(variable, "COMPSHARE_PUBLIC_KEY")?,
        private_key: text(variable, "COMPSHARE_PRIVATE_KEY")?.map(Secret::from),
        security_token: text(variable, "COMPSHARE_SECURITY_TOKEN")?.map(Secret::from),
        region: text(variable, "COMPSHARE_REGION")?,
        zone: text(variable, "COMPSHARE_ZONE")?,
        project_id: text(variable, "COMPSHARE_PROJECT_ID")?,
        base_url: text(variable, "COMPSHARE_BASE_URL")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_variable_fills_its_setting_and_blank_ones_none() {
        let found = settings(&|name| {
            Some(OsString::from(if name == "COMPSHARE_REGION" {
                " "
            } else {
                name
            }))
        })
        .unwrap();
        assert_eq!(found.public_key.as_deref(), Some("COMPSHARE_PUBLIC_KEY"));
        assert_eq!(
            found.private_key.as_ref().map(Secret::as_str),
            Some("COMPSHARE_PRIVATE_KEY")
        );
        assert_eq!(
            found.security_token.as_ref().map(Secret::as_str),
            Some("COMPSHARE_SECURITY_TOKEN")
        );
        assert_eq!(found.project_id.as_deref(), Some("COMPSHARE_PROJECT_ID"));
        assert_eq!(found.base_url.as_deref(), Some("COMPSHARE_BASE_URL"));
        assert_eq!(found.region, None);
    }

    #[cfg(unix)]
    #[test]
    fn a_variable_that_is_no_text_is_named_and_not_shown() {
        use std::os::unix::ffi::OsStringExt;
        let error = text(
            &|_| Some(OsString::from_vec(b"hush\xff".to_vec())),
            "COMPSHARE_PRIVATE_KEY",
        )
        .unwrap_err();
        assert_eq!(error.to_string(), "COMPSHARE_PRIVATE_KEY is not valid text");
    }
}
