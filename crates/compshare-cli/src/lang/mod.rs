//! What the program says, in each of its languages.
//!
//! [`Texts`] has a field for every text, and each language is one value of it: a text that is missing in a language does
//! not compile. Names in braces are filled in by [`fill`]; a test holds that all languages have the same ones.

mod en;
mod zh;
mod zh_errors;
mod zh_ret_codes;

use std::borrow::Cow;

use compshare_client::model::{RetClass, RetCode};
use compshare_client::transport::TransportError;
use compshare_client::{Error, printable};

/// Makes the struct of all texts, and for tests a list of them.
macro_rules! texts {
    ($($(#[$docs:meta])* $name:ident,)*) => {
        /// All texts of one language.
        pub(crate) struct Texts {
            $($(#[$docs])* pub(crate) $name: &'static str,)*
        }

        #[cfg(test)]
        impl Texts {
            fn all(&self) -> Vec<(&'static str, &'static str)> {
                vec![$((stringify!($name), self.$name),)*]
            }
        }
    };
}

texts! {
    // The frame of a help page.
    colon, about, examples, usage, commands, command_value, arguments, options, global_options, help, version, version_command,
    // Global options.
    opt_profile, opt_region, opt_zone, opt_project_id, opt_base_url, opt_timeout, opt_retries, opt_output, opt_json,
    opt_color, opt_lang, opt_verbose, opt_yes,
    // Names of values in help.
    val_name, val_region, val_zone, val_project, val_url, val_seconds, val_number, val_format, val_when, val_lang,
    val_param, val_file, val_action, val_effect, val_shell, val_folder,
    // Commands.
    call_about, call_examples, call_action, call_param, call_params, call_effect, call_dry_run,
    sign_about, sign_examples,
    config_about, config_examples, config_set_about, config_set_examples, config_list_about, config_list_examples,
    config_use_about, config_use_examples, config_delete_about, config_delete_examples, config_path_about,
    config_path_examples, config_name, config_activate, config_no_activate, config_profile_arg,
    doctor_about, doctor_examples,
    image_about, image_examples, favorites_about, favorites_examples, favorites_limit, favorites_offset,
    completion_about, completion_examples, completion_shell, man_about, man_examples, man_dir,
    // Prompts and results.
    prompt_public, prompt_private, prompt_confirm, prompt_again, confirm_call, confirm_delete, aborted,
    saved, using, deleted, written,
    // Words.
    error, warning, hint_separator, yes, no, no_rows, progress, progress_of, fewer_than_total, rows_without_id,
    word_ok, word_warning, word_failed,
    // Column titles.
    col_id, col_name, col_type, col_author, col_status, col_price, col_version, col_tags, col_profile, col_active,
    col_source, col_region, col_project, col_address, col_check, col_detail, col_advice, col_key, col_value,
    // Where keys come from.
    src_option, src_environment, src_profile, src_default, src_mixed, src_file, src_unset,
    // Wrong usage.
    use_unknown_option, use_unknown_command, use_did_you_mean, use_missing, use_needs, use_value_missing,
    use_invalid_value, use_one_of, use_conflict, use_twice, use_command_missing, use_not_text, use_unexpected, use_too_many, use_see_help, use_number,
    use_param_form, use_param_twice, use_params_file, use_params_json, use_file_too_large, use_not_utf8,
    use_line_too_long, use_keys_on_command_line, use_sign_action, use_no_terminal, use_yes_hint, use_profile_name, use_format, use_no_ids, use_action_name,
    // Settings.
    cfg_no_keys, cfg_no_keys_hint, cfg_profile_overruled, cfg_no_profile, cfg_no_place, cfg_unreadable, cfg_broken, cfg_unwritable,
    cfg_open, cfg_stdin_keys, cfg_settings,
    // Failures of calls.
    err_resume, err_write, err_internal, err_read,
    hint_network, hint_tls, hint_timeout, hint_not_found_action, hint_signature, hint_public_key, hint_iam, hint_not_found,
    hint_throttled, hint_parameter, hint_later, hint_rights, hint_redirect, hint_html, hint_zone, hint_unknown_outcome,
    // The doctor's checks.
    doc_other, doc_region, doc_zone, doc_project, doc_url, doc_program, doc_file, doc_file_none, doc_profile, doc_keys, doc_keys_mixed, doc_settings, doc_proxy, doc_proxy_none,
    doc_endpoint, doc_endpoint_ok, doc_access, doc_access_ok, doc_access_unknown, doc_clock, doc_clock_ok, doc_clock_off,
    doc_clock_unknown, doc_clock_hint, doc_skipped, doc_favorites, doc_favorites_ok, doc_favorites_missing, doc_favorites_hint, doc_mixed_hint,
    doc_region_hint,
    // What -v tells.
    log_answer, log_no_answer, log_request,
    // Image lists.
    val_image, val_source, val_group, val_text, val_tag, val_type, val_field, val_way,
    favorites_all, favorites_via, favorites_way, hint_favorites,
    list_about, list_examples, list_source, list_id, list_group, list_name, list_author, list_query, list_tag, list_type,
    list_free, list_paid, list_official, list_unofficial, list_autostart, list_no_autostart, list_sort, list_ascending,
    list_user, list_limit, list_all, list_unsupported, list_one_tag, list_ascending_alone, list_user_missing, list_more,
    list_more_groups,
    show_about, show_examples, show_image, show_source, show_nowhere,
    tags_about, tags_examples, shares_about, shares_examples, shares_image,
    progress_about, progress_examples, progress_image, progress_wait, progress_timeout, progress_interval, progress_percent,
    progress_left, progress_ready, progress_failed, progress_failed_why, progress_late, progress_late_hint,
    col_group, col_group_name, col_author_level, col_backed_by, col_is_official, col_container, col_visibility, col_charged, col_size,
    col_created, col_updated, col_published, col_instances, col_favorites, col_recommended, col_use_time, col_is_favorite,
    col_changes, col_autostart, col_gpus, col_made_on, col_ports, col_firewall, col_cover, col_qr_code, col_failure, col_owner,
    col_software, col_zone, col_zones, col_description, col_readme, col_account_id, col_account, col_category, col_tag,
    col_percent, col_time_left, col_time_total,
    // Image changes.
    val_group_or_image, val_account, val_instance, val_version, val_price, val_gpu, val_visibility, favorite_about,
    favorite_examples, unfavorite_about, unfavorite_examples, favorite_what, favorite_added, favorite_removed,
    favorite_no_group, share_about, share_examples, unshare_about, unshare_examples, share_account, share_confirm,
    share_done, unshare_done, share_invalid, use_account, create_about, create_examples, create_instance, create_name,
    create_description, create_wait, create_no_wait, create_confirm, create_begun, create_no_id, create_late_hint,
    use_no_zone, create_no_instance, copy_about, copy_examples, copy_name, copy_done, copy_no_id, publish_about,
    publish_examples, publish_version, publish_group, publish_name, publish_price, publish_confirm, publish_done,
    update_about, update_examples, update_version, update_group, update_name, update_price, update_visibility,
    update_nothing, update_done, details_version_description, details_description, details_cover, details_readme,
    details_tag, details_gpu, details_autostart, details_no_autostart, use_price, use_empty_file, use_one_stdin,
    delete_about, delete_examples, delete_confirm, delete_done, change_image, change_unconfirmed, hint_shared_image,
    hint_account, hint_version_name, hint_paid_image, hint_making_image, hint_publishable, hint_published,
}

/// A language the program speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lang {
    English,
    Chinese,
}

impl Lang {
    /// From a name as options, variables and locales have it: `zh`, `zh-CN`, `zh_CN.UTF-8`, `en`.
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        let language = name.split(['_', '-', '.', '@']).next().unwrap_or_default();
        if language.eq_ignore_ascii_case("zh") {
            Some(Self::Chinese)
        } else if language.eq_ignore_ascii_case("en") {
            Some(Self::English)
        } else {
            None
        }
    }

    pub(crate) fn texts(self) -> &'static Texts {
        match self {
            Self::English => &en::TEXTS,
            Self::Chinese => &zh::TEXTS,
        }
    }

    /// What to do about a RetCode, if that is known.
    pub(crate) fn advice(self, code: RetCode) -> Option<&'static str> {
        match self {
            Self::English => code.advice(),
            Self::Chinese => {
                let advice = zh_ret_codes::entry(code)
                    .map(|(_, advice)| advice)
                    .filter(|advice| !advice.is_empty());
                advice.or_else(|| {
                    (code.class() == RetClass::Transient).then_some(self.texts().hint_later)
                })
            }
        }
    }

    /// What the library knows of an error beyond its kind.
    pub(crate) fn detail(self, error: &Error) -> String {
        let detail = match self {
            Self::English => error.detail().map(str::to_owned),
            Self::Chinese => zh_errors::detail(error),
        };
        detail.unwrap_or_else(|| error.summary())
    }

    /// Why no answer came, in a few words.
    pub(crate) fn no_answer(self, error: &TransportError) -> Cow<'static, str> {
        match self {
            Self::English => Cow::Owned(error.to_string()),
            Self::Chinese => Cow::Borrowed(zh_errors::transport(error.kind())),
        }
    }

    /// A failed call in one line, if it is not the library's own line, which is English. `resume_at` is the offset at which
    /// a listing can go on.
    pub(crate) fn failed_call(self, error: &Error, resume_at: Option<u64>) -> Option<String> {
        match self {
            Self::English => None,
            Self::Chinese => Some(zh_errors::message(error, resume_at)),
        }
    }
}

/// `template` with each `{name}` replaced by its value, which is made printable: it may come from anywhere.
pub(crate) fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut text = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let Some((name, tail)) = after.split_once('}') else {
            text.push('{');
            rest = after;
            continue;
        };
        if let Some((_, value)) = values.iter().find(|(known, _)| *known == name) {
            text.push_str(&printable(value));
        } else {
            text.push('{');
            text.push_str(name);
            text.push('}');
        }
        rest = tail;
    }
    text.push_str(rest);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<&str> {
        let mut names: Vec<&str> = text
            .split('{')
            .skip(1)
            .filter_map(|part| part.split_once('}'))
            .map(|(name, _)| name)
            .collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    #[test]
    fn all_languages_fill_in_the_same_names() {
        for ((name, en), (_, zh)) in en::TEXTS.all().into_iter().zip(zh::TEXTS.all()) {
            assert!(!en.trim().is_empty() && !zh.trim().is_empty(), "{name}");
            assert_eq!(names(en), names(zh), "{name}");
        }
    }

    #[test]
    fn help_in_chinese_is_in_chinese() {
        for (name, zh) in zh::TEXTS.all() {
            let is_exempt = name.starts_with("val_")
                || matches!(
                    name,
                    "colon" | "col_id" | "hint_separator" | "prompt_confirm" | "err_http"
                );
            assert!(
                is_exempt || zh.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)),
                "{name}: {zh}"
            );
        }
    }

    #[test]
    fn values_are_filled_in_once_and_made_printable() {
        assert_eq!(
            fill("{a} and {b}, {c}", &[("a", "{b}"), ("b", "x\u{1b}")]),
            r"{b} and x\u{1b}, {c}"
        );
        assert_eq!(fill("open { brace", &[]), "open { brace");
    }

    #[test]
    fn languages_are_told_by_their_names() {
        for name in ["zh", "ZH", "zh-CN", "zh_TW.UTF-8", "zh_CN@x"] {
            assert_eq!(Lang::from_name(name), Some(Lang::Chinese), "{name}");
        }
        assert_eq!(Lang::from_name("en_GB"), Some(Lang::English));
        assert_eq!(Lang::from_name("C"), None);
        assert_eq!(Lang::from_name(""), None);
    }
}
