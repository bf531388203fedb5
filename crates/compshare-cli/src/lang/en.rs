//! English.

use super::Texts;

pub(super) static TEXTS: Texts = Texts {
    colon: ": ",
    about: "The CompShare GPU cloud on the command line.",
    examples: "\
Examples:
  compshare config set                        store a key pair
  compshare doctor                            see whether everything is in place
  compshare image favorites                   list the favourite images
  compshare call DescribeCompShareInstance    call any action of the API

Settings come from options, then from the environment (COMPSHARE_PUBLIC_KEY,
COMPSHARE_PRIVATE_KEY, COMPSHARE_SECURITY_TOKEN, COMPSHARE_REGION, COMPSHARE_ZONE,
COMPSHARE_PROJECT_ID, COMPSHARE_BASE_URL), then from the profile.

Exit status: 0 all is well, 1 the service refused or answered what cannot be
used, 2 wrong usage or settings, 3 network or time-out, 130 interrupted.",
    usage: "Usage: ",
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
    opt_zone: "Zone, such as cn-wlcb-01 [environment: COMPSHARE_ZONE]",
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

What the image actions do is known. Others called Describe..., Get..., List... and
Check... are taken for reads and may be tried again; the rest for writes.
--effect says otherwise.",
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
public key on the first line, the private key on the second. --region, --zone,
--project-id and --base-url are stored with them.",
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
  compshare image favorites
  compshare image list --source community --query qwen
  compshare image show compshareImage-1pl06yxr5lvm",
    favorites_about: "List the favourite images",
    favorites_examples: "\
Examples:
  compshare image favorites --region cn-wlcb
  compshare image favorites --output ids | head
  compshare image favorites --limit 20 --output csv > favorites.csv
  compshare image favorites --via community --json

A favourite is a group of versions; its row shows the version to use.",
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
    rows_without_id: "rows without an identifier, left out: {count}",
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
    col_region: "REGION",
    col_project: "PROJECT",
    col_address: "ADDRESS",
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
    use_needs: "{name} needs {other}",
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
    use_file_too_large: "more than {max} bytes",
    use_not_utf8: "it is not UTF-8",
    use_line_too_long: "a line is longer than {max} bytes",
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
    cfg_settings: "{cause}",

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
    hint_parameter: "check the parameter that the message names, --region, --zone and --project-id",
    hint_later: "try again later",
    hint_rights: "ask the account's owner for the right",
    hint_redirect: "check the base URL; redirects are not followed, since the request is signed",
    hint_html: "check the base URL and whether a proxy or login page answers",
    hint_zone: "--zone, COMPSHARE_ZONE or `compshare config set --zone` sets one",
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
    doc_favorites_hint: "`compshare image favorites` finds them in the community all the same",
    doc_mixed_hint: "take care that both belong together",
    doc_region_hint: "CompShare's documentation asks for one everywhere: --region, COMPSHARE_REGION or `compshare config set --region`",

    log_answer: "{action}: attempt {attempt}: HTTP {status}, {bytes} bytes in {time} s",
    log_no_answer: "{action}: attempt {attempt}: {cause} after {time} s",
    log_request: "request",

    // Image lists.
    val_image: "IMAGE",
    val_source: "SOURCE",
    val_group: "GROUP",
    val_text: "TEXT",
    val_tag: "TAG",
    val_type: "TYPE",
    val_field: "FIELD",
    val_way: "WAY",

    favorites_all: "All of them (the default)",
    favorites_via: "By which way: documented (DescribeFavoriteImages), community (its groups that say IsFavorite), or auto: the first if the service has it, else the second [default: auto]",
    favorites_way: "listed by {action} ({way})",
    hint_favorites: "the service does not offer it; `compshare image favorites --via community` finds the favourites in the community",

    list_about: "List images: the platform's, the community's, one's own and others",
    list_examples: "\
Examples:
  compshare image list
  compshare image list --source community --query qwen --free --sort FavoritesCount
  compshare image list --source community --tag ComfyUI --all --output csv
  compshare image list --source custom --all --output ids

Filters by source:
  custom, shared               --id
  platform                     --id, --name, --author, --type and one --tag
  community, published, user   all but --type; --user is for user only

Images of community, published and user come in groups of versions: table, csv
and ids give a row for each version, json and jsonl the groups, and --limit and
--offset count groups.",
    list_source: "Whose images: platform, custom (own), community, shared (with the account), published (by the account), user (of one user) [default: platform]",
    list_id: "The image of this id",
    list_group: "The images of this group of versions",
    list_name: "Images of this name, or with it in their names",
    list_author: "Images of this author",
    list_query: "Images with this text in their names or their authors' names",
    list_tag: "Images with this tag; may be given again, or several with commas: then with all of them",
    list_type: "Platform images of this type: System, App, Game or Other",
    list_free: "Images that cost nothing",
    list_paid: "Images that cost something",
    list_official: "The platform's own images",
    list_unofficial: "Images that are not the platform's own",
    list_autostart: "Images whose programs start with the instance",
    list_no_autostart: "Images whose programs do not start with the instance",
    list_sort: "Sort by PubTime, Favor, FavoritesCount, CreatedCount, ImageUseTime or Price, the largest first",
    list_ascending: "Sort with the smallest first",
    list_user: "The user for --source user: the number of their organization",
    list_limit: "At most so many images in all [default: 20]",
    list_all: "All images",
    list_unsupported: "images of the source {source} cannot be chosen by {options}",
    list_one_tag: "platform images can be chosen by one tag only",
    list_ascending_alone: "--ascending needs --sort: it turns the order of that field around",
    list_user_missing: "--source user needs --user",
    list_more_groups: "{count} of {total} groups; --offset {next} shows more, --all shows all",
    list_more: "{count} of {total}; --offset {next} shows more, --all shows all",

    show_about: "Show all of one image",
    show_examples: "\
Examples:
  compshare image show compshareImage-1pl06yxr5lvm
  compshare image show compshareImage-1pl06yxr5lvm --source custom --output json

Without --source, platform, custom, community, shared and published images are
looked through in this order. It is told where the image was found.",
    show_image: "The image's id",
    show_source: "Where to look: platform, custom, community, shared or published [default: everywhere]",
    show_nowhere: "there is no image {id} (looked in: {sources})",

    tags_about: "List the tags by which images can be found",
    tags_examples: "\
Examples:
  compshare image tags
  compshare image tags --output ids",

    shares_about: "List the accounts that an image is shared with",
    shares_examples: "\
Examples:
  compshare image shares compshareImage-1pl06yxr5lvm
  compshare image shares compshareImage-1pl06yxr5lvm --output ids",
    shares_image: "The image's id; it is one of the account's own",

    progress_about: "Show how far the making of an image is",
    progress_examples: "\
Examples:
  compshare image progress compshareImage-1pl06yxr5lvm --zone cn-wlcb-01
  compshare image progress compshareImage-1pl06yxr5lvm --zone cn-wlcb-01 --wait

With --wait, the exit status is 0 if the image is ready, 1 if making it failed,
3 if it is not ready in time.",
    progress_image: "The image's id",
    progress_wait: "Wait until it is ready or has failed",
    progress_timeout: "How long to wait [default: 1800]",
    progress_interval: "How long to wait between two questions [default: 5]",
    progress_percent: "{image}: {percent} %",
    progress_left: "{image}: {percent} %, {seconds} s left",
    progress_ready: "{image} is ready",
    progress_failed: "making {image} failed",
    progress_failed_why: "making {image} failed: {reason}",
    progress_late: "{image} is not ready after {seconds} s",
    progress_late_hint: "it is still being made: wait again with a larger --wait-timeout",

    col_group: "GROUP",
    col_group_name: "GROUP NAME",
    col_author_level: "AUTHOR IS",
    col_backed_by: "BACKED BY",
    col_is_official: "FROM OFFICIAL",
    col_container: "CONTAINER",
    col_visibility: "VISIBILITY",
    col_charged: "CHARGED",
    col_size: "SIZE/MB",
    col_created: "CREATED",
    col_updated: "UPDATED",
    col_published: "PUBLISHED",
    col_instances: "INSTANCES",
    col_favorites: "FAVORITES",
    col_recommended: "RECOMMENDED",
    col_use_time: "USE TIME",
    col_is_favorite: "MY FAVORITE",
    col_changes: "CHANGES",
    col_autostart: "AUTOSTART",
    col_gpus: "FOR GPUS",
    col_made_on: "MADE ON",
    col_ports: "PORTS",
    col_firewall: "OPEN PORTS",
    col_cover: "COVER",
    col_qr_code: "QR CODE",
    col_failure: "FAILURE",
    col_owner: "OWNER",
    col_software: "SOFTWARE",
    col_zone: "ZONE",
    col_zones: "ZONES",
    col_description: "DESCRIPTION",
    col_readme: "README",
    col_account_id: "ACCOUNT ID",
    col_account: "ACCOUNT",
    col_category: "CATEGORY",
    col_tag: "TAG",
    col_percent: "DONE/%",
    col_time_left: "LEFT/S",
    col_time_total: "TOTAL/S",

    // Image changes.
    val_group_or_image: "GROUP-OR-IMAGE",
    val_account: "ACCOUNT",
    val_instance: "INSTANCE",
    val_version: "VERSION",
    val_price: "YUAN",
    val_gpu: "GPU",
    val_visibility: "0|1",

    favorite_about: "Add community images to the favourites",
    favorite_examples: "\
Examples:
  compshare image favorite qYl0zvqlo03V
  compshare image favorite compshareImage-1pl06yxr5lvm compshareImage-2qm17zys6mwn

All are looked up before the first is changed. What is a favourite already stays
one.",
    unfavorite_about: "Take community images off the favourites",
    unfavorite_examples: "\
Examples:
  compshare image unfavorite qYl0zvqlo03V
  compshare image unfavorite compshareImage-1pl06yxr5lvm",
    favorite_what: "A group of versions, or an image of one (compshareImage-...)",
    favorite_added: "Added the group {group} to the favourites, by {action}",
    favorite_removed: "Took the group {group} off the favourites, by {action}",
    favorite_no_group: "the community has no group with the image {image}",

    share_about: "Share an image of the account with others",
    share_examples: "\
Examples:
  compshare image share compshareImage-1pl06yxr5lvm 50123456
  compshare image share compshareImage-1pl06yxr5lvm 50123456 50123457 --output json

More than 10 accounts are sent in batches of 10. If accounts do not exist, the
others have the image, and the exit status is 1.",
    unshare_about: "Share an image no longer",
    unshare_examples: "\
Examples:
  compshare image unshare compshareImage-1pl06yxr5lvm 50123456
  compshare image unshare compshareImage-1pl06yxr5lvm 50123456 50123457 --yes",
    share_account: "The number of an account",
    share_confirm: "Take the image {image} from {accounts}?",
    share_done: "Shared the image {image} with {accounts}",
    unshare_done: "The image {image} is no longer shared with {accounts}",
    share_invalid: "these accounts do not exist: {accounts}",
    use_account: "the number of an account is expected, such as 50123456",

    create_about: "Make an image of an instance",
    create_examples: "\
Examples:
  compshare image create --instance uhost-1pl07y4wkaaq --name nightly --zone cn-wlcb-01
  compshare image create --instance uhost-1pl07y4wkaaq --name nightly --yes --wait

Where no zone is set, the service is asked for the instance's. A container must
be running meanwhile. The exit status is 0 once the making has begun, or with
--wait once the image is ready; 1 if it failed, 3 if it is not ready in time.",
    create_instance: "The instance",
    create_name: "The image's name; each image of the account has another",
    create_description: "A short description",
    create_wait: "Wait until the image is ready (the default at a terminal)",
    create_no_wait: "Do not wait until the image is ready",
    create_confirm: "Make the image {name} of the instance {instance}?",
    create_begun: "Making the image {image} ({name})",
    create_no_id: "the image {name} is being made, but the service did not say its id: look before you send it again",
    create_late_hint: "it is still being made: `compshare image progress {image}{place} --wait` goes on waiting",
    use_no_zone: "an image is made in a zone, and none is set",
    create_no_instance: "there is no instance {instance} of which the service tells the zone",

    copy_about: "Copy an image of the account",
    copy_examples: "\
Examples:
  compshare image copy compshareImage-1pl06yxr5lvm
  compshare image copy compshareImage-1pl06yxr5lvm --name second",
    copy_name: "The copy's name [default: the service's choice]",
    copy_done: "Copying the image {image} to {copy}",
    copy_no_id: "the image {image} is being copied, but the service did not say the copy's id: look before you send it again",

    publish_about: "Publish an image of the account to the community",
    publish_examples: "\
Examples:
  compshare image publish compshareImage-1pl06yxr5lvm --version v1.0 --name ComfyUI --tag AIGC,ComfyUI
  compshare image publish compshareImage-1pl06yxr5lvm --version v1.1 --group qYl0zvqlo03V --yes
  compshare image publish compshareImage-1pl06yxr5lvm --version v1.0 --price 0.5 --readme README.md --cover cover.png

Only images of containers can be published, and only when they are ready. They
are reviewed before others see them.",
    publish_version: "The version's name, such as v1.0",
    publish_group: "The group that it is a new version of [default: a new group]",
    publish_name: "The image's name in the community",
    publish_price: "Price in yuan per hour, with at most two decimals [default: 0, which is free]",
    publish_confirm: "Publish the image {image} as version {version} for {price} yuan per hour?",
    publish_done: "Published the image {image} as version {version}; it is reviewed before others see it",

    update_about: "Change what is said of an image, or who sees it",
    update_examples: "\
Examples:
  compshare image update compshareImage-1pl06yxr5lvm --description nightly
  compshare image update compshareImage-1pl06yxr5lvm --readme - < README.md
  compshare image update compshareImage-1pl06yxr5lvm --visibility 0    take it off the community

What is left out stays as it is. Of a version that is published, little beyond
description and readme can be changed.",
    update_version: "The version's name",
    update_group: "The group of versions",
    update_name: "The image's name",
    update_price: "Price in yuan per hour, with at most two decimals",
    update_visibility: "Who sees it: 0 its owner, 1 everybody",
    update_nothing: "there is nothing to change",
    update_done: "Changed the image {image}",

    details_version_description: "What is new in the version",
    details_description: "A short description",
    details_cover: "A picture, at most 2 MiB; - reads standard input",
    details_readme: "A text in UTF-8, at most 1 MiB; - reads standard input",
    details_tag: "A tag; may be given again, or several with commas",
    details_gpu: "A GPU type that it is meant for; may be given again, or several with commas",
    details_autostart: "Its programs start with the instance",
    details_no_autostart: "Its programs do not start with the instance",
    use_price: "a price is expected, such as 0.5: not negative, with at most two decimals",
    use_empty_file: "{path} is empty",
    use_one_stdin: "standard input is one file only",

    delete_about: "Delete an image of the account for good",
    delete_examples: "\
Examples:
  compshare image delete compshareImage-1pl06yxr5lvm --zone cn-wlcb-01
  compshare image delete compshareImage-1pl06yxr5lvm --zone cn-wlcb-01 --yes

One that is published must be taken off the community first, by
`compshare image update IMAGE --visibility 0`.",
    delete_confirm: "Delete the image {image} for good?",
    delete_done: "Deleted the image {image}",

    change_image: "The image's id",
    change_unconfirmed: "not known to be done: {names}",
    hint_shared_image: "others share this image with the account: only its owner can share it",
    hint_account: "check the number of the account that the image is shared with",
    hint_version_name: "choose another --version: the group has this one",
    hint_paid_image: "the instance runs an image that is paid for: only its publisher can make an image of it",
    hint_making_image: "one image of an instance is made at a time: wait until it is ready",
    hint_publishable: "only images of containers can be published, and only when they are ready",
    hint_published: "take it off the community first: `compshare image update IMAGE --visibility 0`",
};
