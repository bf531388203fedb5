//! English.

use super::Texts;

pub(super) static TEXTS: Texts = Texts {
    about: "The CompShare GPU cloud on the command line.",
    examples: "\
Examples:
  compshare config set                        store a key pair
  compshare doctor                            see whether everything is in place
  compshare image favorites                   list the favourite images
  compshare call DescribeCompShareInstance    call any action of the API

Settings come from options, then from the environment (COMPSHARE_PUBLIC_KEY,
COMPSHARE_PRIVATE_KEY, COMPSHARE_SECURITY_TOKEN, COMPSHARE_REGION,
COMPSHARE_PROJECT_ID, COMPSHARE_BASE_URL), then from the profile.

Exit status: 0 all is well, 1 the service refused or answered what cannot be
used, 2 wrong usage or settings, 3 network or time-out, 130 interrupted.",
    usage: "Usage:",
    commands: "Commands",
    command_value: "COMMAND",
    arguments: "Arguments",
    options: "Options",
    global_options: "Options of every command",
    help: "Print help",
    version: "Print the version",
    version_command: "Print the version",

    opt_profile: "Profile with the keys [environment: COMPSHARE_PROFILE]",
    opt_region: "Region, such as cn-wlcb [environment: COMPSHARE_REGION]",
    opt_zone: "Zone, such as cn-wlcb-01",
    opt_project_id: "Project; sub-accounts must name one [environment: COMPSHARE_PROJECT_ID]",
    opt_base_url: "Where requests go [environment: COMPSHARE_BASE_URL]",
    opt_timeout: "Seconds for the whole command, all requests and waits together; 0 for no limit below a day [default: 90 for each call]",
    opt_retries: "How often a failed read is tried again, 0 to 20 [default: 2]",
    opt_output: "table, json, jsonl, csv or ids",
    opt_json: "Short for --output json",
    opt_color: "Colours: auto, always or never",
    opt_lang: "Language: zh or en [environment: COMPSHARE_LANG]",
    opt_verbose: "Tell about each request on stderr; -vv shows it and its answer, without keys and signature",
    opt_yes: "Do not ask",

    val_name: "NAME",
    val_region: "REGION",
    val_zone: "ZONE",
    val_project: "ID",
    val_url: "URL",
    val_seconds: "SECONDS",
    val_number: "N",
    val_format: "FORMAT",
    val_when: "WHEN",
    val_lang: "LANG",
    val_param: "KEY=VALUE",
    val_file: "FILE",
    val_action: "ACTION",
    val_effect: "EFFECT",
    val_shell: "SHELL",
    val_folder: "FOLDER",

    call_about: "Call any action of the API",
    call_examples: "\
Examples:
  compshare call DescribeCompShareInstance -p Limit=10
  compshare call DescribeCommunityImages -p Tag.0=LLM --output table
  compshare call UpdateCompShareImage --params update.json
  compshare call TerminateCompShareInstance -p UHostId=uhost-1 --dry-run

Actions called Describe..., Get..., List... and Check... are taken for reads and
may be tried again; all others for writes. --effect says otherwise.",
    call_action: "The action, spelled as in the documentation of the API",
    call_param: "A parameter; may be given again. Lists are Key.0=..., objects Key.Sub=...",
    call_params: "A JSON object with parameters; - reads standard input. -p wins over it",
    call_effect: "What the action does: read or write [default: by its name]",
    call_dry_run: "Print the request and do not send it; the signature is masked",

    sign_about: "Show how parameters are signed, for when the service answers 171",
    sign_examples: "\
Examples:
  compshare sign -p Action=DescribeFavoriteImages -p Region=cn-wlcb

Prints the text that is signed, without the private key that is appended to it,
and the signature. Only what is given is signed, and the public key. Whoever has
the signature can send the request: do not pass it on.",

    config_about: "Keep key pairs in profiles",
    config_examples: "\
Examples:
  compshare config set
  compshare config set --name work < keys.txt
  compshare config list

The file is the one of CompShare's own command line; without a command, this is
`config set`.",
    config_set_about: "Store a key pair in a profile",
    config_set_examples: "\
Examples:
  compshare config set
  compshare config set --name work --no-activate
  printf '%s\\n' \"$PUBLIC\" \"$PRIVATE\" | compshare config set --name ci

The keys are asked for, or read from standard input if it is no terminal: the
public key on the first line, the private key on the second. --region, --zone
and --project-id are stored with them.",
    config_list_about: "List the profiles",
    config_list_examples: "\
Examples:
  compshare config list
  compshare config list --output json",
    config_use_about: "Make a profile the one that is used",
    config_use_examples: "\
Examples:
  compshare config use work",
    config_delete_about: "Delete a profile",
    config_delete_examples: "\
Examples:
  compshare config delete work
  compshare config delete work --yes",
    config_path_about: "Print where the file is",
    config_path_examples: "\
Examples:
  compshare config path",
    config_name: "Name of the profile [default: --profile, else default]",
    config_activate: "Use this profile from now on (the default)",
    config_no_activate: "Do not use this profile from now on",
    config_profile_arg: "Name of the profile",

    doctor_about: "Check settings, connection and keys",
    doctor_examples: "\
Examples:
  compshare doctor
  compshare doctor --profile work --output json

Sends two requests that change nothing. The exit status is that of the first
check that failed.",

    image_about: "Work with images",
    image_examples: "\
Examples:
  compshare image favorites",
    favorites_about: "List the favourite images",
    favorites_examples: "\
Examples:
  compshare image favorites --region cn-wlcb
  compshare image favorites --output ids | head
  compshare image favorites --limit 20 --output csv > favorites.csv",
    favorites_limit: "At most so many images in all [default: all]",
    favorites_offset: "Skip so many images [default: 0]",

    completion_about: "Print completions for a shell",
    completion_examples: "\
Examples:
  compshare completion bash > ~/.local/share/bash-completion/completions/compshare
  compshare completion zsh > ~/.zfunc/_compshare
  compshare completion fish > ~/.config/fish/completions/compshare.fish",
    completion_shell: "bash, zsh, fish, elvish or powershell",
    man_about: "Print the manual page, or write one for every command",
    man_examples: "\
Examples:
  compshare man | man -l -
  compshare man --dir ~/.local/share/man/man1",
    man_dir: "Write all pages into this folder",

    prompt_public: "Public key: ",
    prompt_private: "Private key (not shown): ",
    prompt_confirm: "{question} [y/N] ",
    prompt_again: "Please answer y or n.",
    confirm_call: "Send {action}, which may not be undone?",
    confirm_delete: "Delete the profile {name}?",
    aborted: "nothing was done",
    saved: "Stored the profile {name}",
    using: "Using the profile {name}",
    deleted: "Deleted the profile {name}",
    written: "Wrote {count} pages to {path}",

    error: "error",
    warning: "warning",
    hint_separator: "; ",
    yes: "yes",
    no: "no",
    no_rows: "Nothing found.",
    progress: "{count} rows so far",
    progress_of: "{count} rows of {total} so far",
    fewer_than_total: "the service named a total of {total}, but gave {count} rows",
    rows_without_id: "{count} rows have no identifier and were left out",
    word_ok: "ok",
    word_warning: "warning",
    word_failed: "failed",

    col_id: "ID",
    col_name: "NAME",
    col_type: "TYPE",
    col_author: "AUTHOR",
    col_status: "STATUS",
    col_price: "PRICE/H",
    col_version: "VERSION",
    col_tags: "TAGS",
    col_profile: "PROFILE",
    col_active: "ACTIVE",
    col_source: "SOURCE",
    col_check: "CHECK",
    col_detail: "DETAIL",
    col_advice: "WHAT TO DO",
    col_key: "FIELD",
    col_value: "VALUE",

    src_option: "option",
    src_environment: "environment",
    src_profile: "profile",
    src_default: "default",
    src_mixed: "profile and environment",
    src_file: "file",
    src_unset: "not set",

    use_unknown_option: "there is no option {name} here",
    use_unknown_command: "there is no command {name} here",
    use_did_you_mean: "did you mean {name}?",
    use_missing: "{name} is missing",
    use_value_missing: "{name} needs a value",
    use_invalid_value: "{value} is no value for {name}",
    use_one_of: "it is one of {values}",
    use_conflict: "{name} and {other} exclude each other",
    use_twice: "{name} is given twice",
    use_command_missing: "a command is missing",
    use_not_text: "an argument is not valid UTF-8",
    use_unexpected: "the arguments cannot be understood",
    use_too_many: "{value} is one argument too many",
    use_see_help: "--help shows what can be given",
    use_number: "a whole number from {min} to {max} is expected",
    use_param_form: "a parameter is written KEY=VALUE",
    use_param_twice: "the parameter {name} is given twice",
    use_params_file: "{path} cannot be read: {cause}",
    use_params_json: "{path} is not a JSON object: {cause}",
    use_keys_on_command_line: "keys are not taken from the command line, where others can see them",
    use_sign_action: "the parameter Action is missing",
    use_no_terminal: "this has to be confirmed, and there is no terminal to ask at",
    use_yes_hint: "--yes confirms it",
    use_profile_name: "the name of a profile must not be empty or have control characters",
    use_format: "this output format does not fit here",
    use_no_ids: "the answer has no list with identifiers",
    use_action_name: "an action is named by letters and digits alone",

    cfg_no_keys: "no keys: {which} is not set",
    cfg_no_keys_hint: "run `compshare config set`, or set COMPSHARE_PUBLIC_KEY and COMPSHARE_PRIVATE_KEY",
    cfg_profile_overruled: "the keys of the environment win over those of the profile {name}",
    cfg_no_profile: "there is no profile {name}",
    cfg_no_place: "there is no home folder to keep a profile in",
    cfg_unreadable: "{path} cannot be read: {cause}",
    cfg_broken: "{path} is not a profile file: {cause}",
    cfg_unwritable: "{path} cannot be written: {cause}",
    cfg_open: "others can read {path} (mode {mode}); chmod 600 ends that",
    cfg_stdin_keys: "standard input should have the public key on its first line and the private key on its second",
    cfg_key_refused: "{cause}",
    cfg_settings: "{cause}",

    err_request: "the request cannot be made",
    err_connect: "no connection could be made",
    err_tls: "the TLS handshake failed",
    err_timeout: "no complete answer came in time",
    err_interrupted: "the connection broke before the answer was whole",
    err_too_large: "the answer is larger than allowed",
    err_protocol: "the answer is not valid HTTP",
    err_redirect: "the service answered with a redirect",
    err_status: "the service answered with an error status",
    err_body: "the answer is not what the API answers",
    err_service: "the service refused",
    err_paging: "the listing cannot go on",
    err_request_id: "request id {id}",
    err_http: "HTTP {status}",
    err_attempts: "{count} attempts",
    err_resume: "can go on at --offset {offset}",
    err_write: "the output cannot be written: {cause}",
    err_internal: "internal error at {place}; please report it",
    err_read: "standard input cannot be read: {cause}",

    hint_network: "check the network, the base URL and the proxy; `compshare doctor` looks at all of them",
    hint_tls: "check the clock, the base URL, and whether a proxy re-signs TLS traffic",
    hint_timeout: "try again, or allow more time with --timeout",
    hint_not_found_action: "check the spelling of the action; the service may not offer it, whatever its documentation says",
    hint_signature: "check the private key: complete, and the one of this public key; `compshare sign` shows what is signed",
    hint_public_key: "check the public key: complete, still there, and of this service; `compshare config set` stores another",
    hint_iam: "name the project with --project-id; else ask the account's owner for the right",
    hint_not_found: "check the identifier, --region and --zone",
    hint_throttled: "wait a little and send fewer requests",
    hint_parameter: "check the parameter that the message names, --region and --project-id",
    hint_later: "try again later",
    hint_rights: "ask the account's owner for the right",
    hint_redirect: "check the base URL; redirects are not followed, since the request is signed",
    hint_unknown_outcome: "it may have taken effect: look before you send it again",

    doc_other: "settings",
    doc_region: "region",
    doc_zone: "zone",
    doc_project: "project",
    doc_url: "address",
    doc_program: "program",
    doc_file: "profile file",
    doc_file_none: "{path} is not there",
    doc_profile: "profile",
    doc_keys: "keys",
    doc_keys_mixed: "public key from {public}, private key from {private}",
    doc_settings: "{value} ({source})",
    doc_proxy: "proxy",
    doc_proxy_none: "none",
    doc_endpoint: "endpoint",
    doc_endpoint_ok: "{url} answers within {time} s",
    doc_access: "access",
    doc_access_ok: "the keys are accepted",
    doc_access_unknown: "the service answered neither yes nor no",
    doc_clock: "clock",
    doc_clock_ok: "differs from the service's by {seconds} s",
    doc_clock_off: "differs from the service's by {seconds} s",
    doc_clock_unknown: "the service tells no time",
    doc_clock_hint: "set the clock: signatures have no time in them, but certificates do",
    doc_skipped: "not looked at",
    doc_favorites: "favorites",
    doc_favorites_ok: "DescribeFavoriteImages answers",
    doc_favorites_missing: "DescribeFavoriteImages is not offered (RetCode 161)",
    doc_favorites_hint: "`compshare call DescribeCommunityImages` tells favourites by IsFavorite",
    doc_mixed_hint: "take care that both belong together",
    doc_region_hint: "most actions want one: --region, COMPSHARE_REGION or `compshare config set --region`",

    log_answer: "{action}: attempt {attempt}: HTTP {status}, {bytes} bytes in {time} s",
    log_no_answer: "{action}: attempt {attempt}: {cause} after {time} s",
    log_request: "request",
};
