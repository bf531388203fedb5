//! `compshare config`, and the sources of settings.

mod common;

use std::fs;

use common::{Cli, PRIVATE_KEY, PUBLIC_KEY, Ran};
use compshare_mock::Quirks;
use serde_json::{Value, json};

fn document(cli: &Cli) -> Value {
    serde_json::from_str(&fs::read_to_string(cli.config_file()).unwrap()).unwrap()
}

#[test]
fn uses_a_stored_profile() {
    let cli = Cli::new();
    assert_eq!(cli.store(&[]).ok(), "Stored the profile default\n");
    assert_eq!(
        document(&cli),
        json!({"profiles": {"default": {"public_key": PUBLIC_KEY, "private_key": PRIVATE_KEY}}, "current_profile": "default"})
    );
    assert_eq!(
        cli.run_bare(&["image", "favorites", "-o", "ids", "--limit", "2"])
            .ok()
            .lines()
            .count(),
        2
    );
}

#[test]
fn stored_region_yields_to_environment_and_option() {
    let cli = Cli::new();
    cli.store(&["--region", "cn-a"]).ok();
    let region = |arguments: &[&str], variable: Option<&str>| {
        let mut command =
            cli.bare(&[&["call", "DescribeX", "--dry-run", "--json"], arguments].concat());
        command.envs(variable.map(|value| ("COMPSHARE_REGION", value)));
        Ran::of(&mut command).json()["data"]["parameters"]["Region"].clone()
    };
    assert_eq!(region(&[], None), "cn-a");
    assert_eq!(region(&[], Some("cn-b")), "cn-b");
    assert_eq!(region(&["--region", "cn-c"], Some("cn-b")), "cn-c");
}

#[test]
fn region_has_a_default_that_can_be_disabled() {
    let cli = Cli::built_in();
    cli.gateway
        .set_quirks(Quirks::default().region_required(true));
    let listings = "favorites; tags; list; list --source custom; list --source community; \
        list --source shared; list --source published"
        .split("; ");
    for listing in listings {
        let arguments: Vec<&str> = listing.split(' ').collect();
        let ran = cli.run(&[&["image"], &arguments[..], &["-vv"]].concat());
        ran.ok();
        let sent = |line: &str| ran.stderr.lines().filter(|sent| *sent == line).count();
        let requests = sent("> PublicKey = ****");
        assert!(requests > 0, "{ran:?}");
        assert_eq!(sent("> Region = cn-wlcb"), requests, "{ran:?}");
    }
    cli.run(&["doctor"]).ok();

    // `none` works in every source.
    let region = |arguments: &[&str], variable: &str| {
        let call = ["call", "DescribeX", "--dry-run", "--json"];
        let mut command = cli.command(&[&call[..], arguments].concat());
        command.env("COMPSHARE_REGION", variable);
        Ran::of(&mut command).json()["data"]["parameters"]["Region"].clone()
    };
    assert_eq!(region(&[], ""), "cn-wlcb");
    assert_eq!(region(&[], "none"), Value::Null);
    assert_eq!(region(&["--region", "none"], "cn-b"), Value::Null);
    assert_eq!(region(&["--region", ""], "cn-b"), "cn-wlcb");
    assert_eq!(region(&["-p", "Region=none"], "cn-b"), Value::Null);
    cli.store(&["--region", "none"]).ok();
    assert_eq!(region(&[], ""), Value::Null);
    let help = cli.run_bare(&["image", "list", "--help"]);
    assert!(help.ok().contains("[default: cn-wlcb]"), "{help:?}");
}

#[test]
fn stores_a_valid_base_url() {
    let cli = Cli::new();
    cli.store(&[
        "--base-url",
        "https://gateway.example.com",
        "--zone",
        "cn-a-01",
    ])
    .ok();
    assert_eq!(
        document(&cli)["profiles"]["default"]["base_url"],
        "https://gateway.example.com"
    );
    assert_eq!(document(&cli)["profiles"]["default"]["zone"], "cn-a-01");
    let before = document(&cli);
    let refused = cli.store(&["--base-url", "http://gateway.example.com"]);
    let line = refused.failed(2);
    assert!(
        line.contains("not https") && !line.contains("allow_plain_http"),
        "{line}"
    );
    assert_eq!(document(&cli), before, "nothing is stored with it");
}

#[test]
fn lists_settings_trimmed_and_without_login() {
    let cli = Cli::new();
    let options = [
        "--base-url",
        " https://gateway.example.com/a\t",
        "--zone",
        " cn-a-01 ",
        "--project-id",
        "org-1",
    ];
    cli.store(&options).ok();
    assert_eq!(
        document(&cli)["profiles"]["default"]["base_url"],
        "https://gateway.example.com/a"
    );
    assert_eq!(document(&cli)["profiles"]["default"]["zone"], "cn-a-01");
    // A hand-edited file can contain anything.
    let mut file = document(&cli);
    file["profiles"]["other"] =
        json!({"region": " cn-b ", "base_url": " https://me:hush@gateway.example.com "});
    fs::write(cli.config_file(), file.to_string()).unwrap();
    let ran = cli.run_bare(&["config", "list"]);
    let lines: Vec<Vec<&str>> = ran
        .ok()
        .lines()
        .map(|line| line.split_whitespace().collect())
        .collect();
    assert_eq!(
        lines[0],
        [
            "PROFILE", "ACTIVE", "SOURCE", "REGION", "ZONE", "PROJECT", "ADDRESS"
        ]
    );
    assert_eq!(
        lines[1],
        [
            "default",
            "yes",
            "file",
            "-",
            "cn-a-01",
            "org-1",
            "https://gateway.example.com/a"
        ]
    );
    assert_eq!(
        lines[2],
        [
            "other",
            "no",
            "file",
            "cn-b",
            "-",
            "-",
            "https://gateway.example.com"
        ]
    );
    let ran = cli.run_bare(&["config", "list", "--json"]);
    let data = json!({"Profile": "other", "Active": false, "Source": "profile", "Region": "cn-b",
        "BaseUrl": "https://gateway.example.com"});
    assert_eq!(ran.json()["data"]["profiles"][1], data);
    assert!(
        cli.run_bare(&["config", "set", "--help"])
            .ok()
            .contains("--project-id, --base-url and --lang")
    );
    // Values of the environment are trimmed too.
    let ran = Ran::of(cli.bare(&["doctor", "--json"]).env(
        "COMPSHARE_BASE_URL",
        format!(" {} ", cli.gateway.base_url()),
    ));
    assert!(
        ran.stdout
            .contains(&format!("\"{} (environment)\"", cli.gateway.base_url())),
        "{ran:?}"
    );
}

#[test]
fn selects_profile_by_option_environment_and_file() {
    let cli = Cli::new();
    cli.store(&["--name", "one", "--region", "cn-1"]).ok();
    cli.store(&["--name", "two", "--region", "cn-2", "--no-activate"])
        .ok();
    cli.store(&["--name", "three", "--region", "cn-3", "--no-activate"])
        .ok();
    let region = |arguments: &[&str], variable: Option<&str>| {
        let mut command =
            cli.bare(&[&["call", "DescribeX", "--dry-run", "--json"], arguments].concat());
        command.envs(variable.map(|value| ("COMPSHARE_PROFILE", value)));
        Ran::of(&mut command).json()["data"]["parameters"]["Region"].clone()
    };
    assert_eq!(region(&[], None), "cn-1");
    assert_eq!(region(&[], Some("two")), "cn-2");
    assert_eq!(region(&["--profile", "three"], Some("two")), "cn-3");
    assert_eq!(
        cli.run_bare(&["config", "use", "two"]).ok(),
        "Using the profile two\n"
    );
    assert_eq!(region(&[], None), "cn-2");
    let ran = cli.run_bare(&["call", "DescribeX", "--profile", "Two"]);
    assert_eq!(
        ran.failed(2),
        "error: profile Two does not exist; did you mean 'two'?"
    );
    assert!(
        cli.run_bare(&["config", "use", "four"])
            .failed(2)
            .contains("profile four does not exist")
    );
}

#[test]
fn keeps_unknown_members_of_the_file() {
    let cli = Cli::new();
    let file = cli.config_file();
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    let before = r#"{"zeta":{"n":1.10},"profiles":{"old":{"public_key":"p","private_key":"k","note":[1]}},"language":"en"}"#;
    fs::write(&file, before).unwrap();
    cli.store(&["--name", "old"]).ok();
    let after = document(&cli);
    assert_eq!(after["zeta"].to_string(), r#"{"n":1.10}"#);
    assert_eq!(after["profiles"]["old"]["note"], json!([1]));
    assert_eq!(after["profiles"]["old"]["public_key"], PUBLIC_KEY);
    assert_eq!(after["language"], "en");
}

#[test]
fn delete_asks_and_selects_another_profile() {
    let cli = Cli::new();
    cli.store(&["--name", "b"]).ok();
    cli.store(&["--name", "a", "--no-activate"]).ok();
    assert!(
        cli.run_bare(&["config", "delete", "b"])
            .failed(2)
            .contains("--yes")
    );
    assert_eq!(
        cli.run_bare(&["config", "delete", "b", "-y"]).ok(),
        "Deleted the profile b\n"
    );
    assert_eq!(document(&cli)["current_profile"], "a");
    assert_eq!(
        cli.run_bare(&["config", "delete", "a", "--yes", "--json"])
            .json()["data"]["profile"],
        "a"
    );
    assert_eq!(document(&cli)["current_profile"], "default");
}

#[test]
fn list_marks_settings_in_use_and_hides_keys() {
    let cli = Cli::new();
    cli.store(&["--name", "工作"]).ok();
    cli.store(&["--name", "b", "--no-activate"]).ok();
    let ran = cli.run_bare(&["config", "list"]);
    let (profiles, settings) = ran.ok().split_once("\n\n").unwrap();
    assert_eq!(
        profiles,
        "PROFILE  ACTIVE  SOURCE  REGION  ZONE  PROJECT  ADDRESS\n\
         b        no      file    -       -     -        -\n\
         工作     yes     file    -       -     -        -"
    );
    assert!(
        settings.starts_with("SETTING   VALUE")
            && settings.contains("keys      -")
            && settings.contains("profile 工作\n"),
        "{settings}"
    );
    let ran = cli.run_bare(&["config", "list", "-o", "csv", "--lang", "zh"]);
    let lines =
        "Profile,Active,Source,Region,Zone,ProjectId,BaseUrl\nb,no,file,,,,\n工作,yes,file,,,,\n";
    assert_eq!(ran.ok(), lines, "for programs, in any language");
    let ran = Ran::of(
        cli.bare(&["config", "list", "--json"])
            .env("COMPSHARE_PUBLIC_KEY", "x"),
    );
    let data = &ran.json()["data"];
    assert_eq!(data["credential_source"], "mixed");
    assert_eq!(
        data["credential_sources"],
        json!({"public_key_source": "environment", "private_key_source": "profile"})
    );
    // These keys are rejected.
    assert_eq!(
        data["profiles"][1],
        json!({"Profile": "工作", "Active": false, "Source": "profile"})
    );
    assert_eq!(data["current_profile"], Value::Null);
    let path = cli.run_bare(&["config", "path"]);
    assert_eq!(path.ok().trim_end(), cli.config_file().to_str().unwrap());
}

#[test]
fn config_without_subcommand_is_set() {
    let cli = Cli::new();
    let ran = Ran::with_input(&mut cli.bare(&["config", "--name", "plain"]), "pub\nkey\n");
    assert_eq!(ran.ok(), "Stored the profile plain\n");
    assert_eq!(
        cli.run_bare(&["config", "--json", "list"]).json()["data"]["current_profile"],
        "plain"
    );
    assert!(
        cli.run_bare(&["config", "--name", "x", "list"])
            .failed(2)
            .contains("the argument '--name' cannot be used with 'list'")
    );
}

#[test]
fn warns_about_a_profile_that_is_not_used() {
    let cli = Cli::new();
    cli.store(&["--name", "work"]).ok();
    let ran = cli.run(&["--profile", "work", "image", "favorites", "-o", "ids"]);
    ran.ok();
    assert_eq!(
        ran.stderr,
        "warning: keys of the environment override those of the profile work\n"
    );
}

#[test]
fn file_path_follows_the_environment() {
    let cli = Cli::new();
    let path = |name: &str, value: &str| {
        Ran::of(cli.bare(&["config", "path"]).env(name, value))
            .ok()
            .trim_end()
            .to_owned()
    };
    assert_eq!(path("XDG_CONFIG_HOME", "/x"), "/x/compshare/config.json");
    assert_eq!(path("COMPSHARE_CONFIG_FILE", "/y/z.json"), "/y/z.json");
    assert_eq!(
        path("COMPSHARE_CONFIG_FILE", "~/z.json"),
        cli.home.path().join("z.json").to_str().unwrap()
    );
}

#[test]
fn environment_suffices_without_a_home() {
    let cli = Cli::new();
    let ran = Ran::of(
        cli.command(&["image", "favorites", "-o", "ids", "--limit", "1"])
            .env_remove("HOME"),
    );
    assert_eq!(ran.ok().lines().count(), 1);
    for arguments in [&["config", "path"][..], &["call", "X", "--profile", "a"]] {
        let ran = Ran::of(cli.command(arguments).env_remove("HOME"));
        assert_eq!(ran.failed(2), "error: no home folder for the profile file");
    }
}

#[test]
fn reports_an_unreadable_file() {
    let cli = Cli::new();
    let file = cli.config_file();
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    for (content, words) in [
        (vec![b' '; (1 << 20) + 1], "1048576"),
        (b"\xff".to_vec(), "UTF-8"),
    ] {
        fs::write(&file, content).unwrap();
        for arguments in [&["config", "list"][..], &["call", "DescribeX"]] {
            let ran = cli.run(arguments);
            let line = ran.failed(2);
            assert!(line.contains("config.json cannot be read: "), "{line}");
            assert!(line.contains(words), "{line}");
        }
    }
}

#[test]
fn broken_file_is_named_not_quoted_not_overwritten() {
    let cli = Cli::new();
    let file = cli.config_file();
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    for broken in [
        "{\"hush\"",
        "[]",
        r#"{"profiles": ["hush"]}"#,
        r#"{"profiles": {"a": "hush"}}"#,
    ] {
        fs::write(&file, broken).unwrap();
        for arguments in [
            &["config", "list"][..],
            &["call", "DescribeX"],
            &["config", "use", "a"],
        ] {
            let ran = cli.run_bare(arguments);
            assert!(
                ran.failed(2).contains("config.json is not a profile file")
                    && !ran.stderr.contains("hush"),
                "{ran:?}"
            );
        }
        assert_eq!(cli.store(&[]).status, Some(2));
        assert_eq!(fs::read_to_string(&file).unwrap(), broken);
    }
}

#[test]
fn refuses_keys_from_two_sources() {
    let cli = Cli::new();
    cli.store(&["--name", "work"]).ok();
    for (variable, public, private) in [
        (
            "COMPSHARE_PUBLIC_KEY",
            "COMPSHARE_PUBLIC_KEY",
            "profile work",
        ),
        (
            "COMPSHARE_PRIVATE_KEY",
            "profile work",
            "COMPSHARE_PRIVATE_KEY",
        ),
    ] {
        for arguments in [
            &["image", "favorites"][..],
            &["call", "DescribeX", "--dry-run"],
            &["sign", "-p", "Action=X"],
        ] {
            let ran = Ran::of(cli.bare(arguments).env(variable, PRIVATE_KEY));
            let expected = format!(
                "error: the public key is from {public}, but the private key from {private}; "
            );
            assert!(ran.failed(2).starts_with(&expected), "{ran:?}");
        }
        let ran = Ran::of(cli.bare(&["config", "list"]).env(variable, PRIVATE_KEY));
        ran.ok();
        assert!(ran.stderr.contains("but the private key from"), "{ran:?}");
    }
    assert_eq!(cli.gateway.requests(), 0);
}

#[test]
fn combines_profile_settings_with_keys_of_the_environment() {
    let cli = Cli::new();
    cli.store(&[
        "--name",
        "work",
        "--region",
        "cn-sh2",
        "--zone",
        "cn-sh2-02",
    ])
    .ok();
    let call = ["call", "DescribeX", "--dry-run"];
    let ran = cli.run(&call);
    assert!(ran.ok().contains("Region=cn-sh2\n"), "{ran:?}");
    assert_eq!(ran.stderr, "", "only at a terminal, or with -v");
    let ran = cli.run(&[&call[..], &["-v"]].concat());
    let note = "note: region, zone from the profile work, keys from the environment\n";
    assert_eq!(ran.stderr, note);
    let ran = cli.run(&[&call[..], &["-v", "--region", "a", "--zone", "b"]].concat());
    assert_eq!(ran.stderr, "");

    let ran = cli.run(&["config", "list"]);
    let (profiles, settings) = ran.ok().split_once("\n\n").unwrap();
    assert!(profiles.contains("work     settings  file"), "{ran:?}");
    let words: Vec<Vec<&str>> = settings
        .lines()
        .map(|line| line.split_whitespace().collect())
        .collect();
    assert_eq!(
        words[1],
        [
            "keys",
            "-",
            "COMPSHARE_PUBLIC_KEY,",
            "COMPSHARE_PRIVATE_KEY"
        ]
    );
    assert_eq!(words[3], ["region", "cn-sh2", "profile", "work"]);
    assert_eq!(words[5], ["project", "-", "not", "set"]);
    assert_eq!(words[7], ["language", "en", "default"]);
    let list = cli
        .run(&["config", "list", "--json", "--region", "none"])
        .json();
    assert_eq!(list["data"]["profiles"][0]["Active"], false);
    let settings = &list["data"]["settings"];
    assert_eq!(
        settings["region"],
        json!({"value": "none", "source": "option"})
    );
    assert_eq!(
        settings["zone"],
        json!({"value": "cn-sh2-02", "source": "profile"})
    );
    assert_eq!(
        settings["project_id"],
        json!({"value": null, "source": "missing"})
    );
}

#[test]
fn empty_configuration_names_the_command_that_adds_a_profile() {
    let cli = Cli::new();
    let ran = cli.run_bare(&["config", "list"]);
    assert!(ran.ok().contains("region    cn-wlcb"), "{ran:?}");
    assert_eq!(
        ran.stderr,
        "no profiles; `compshare config set` creates one\n"
    );
    let ran = cli.run_bare(&["image", "favorites"]);
    assert!(
        ran.failed(2)
            .ends_with("create keys at https://console.compshare.cn/uaccount/api_manage"),
        "{ran:?}"
    );
}

#[test]
fn sets_reads_and_removes_one_setting() {
    let cli = Cli::new();
    cli.store(&["--name", "work"]).ok();
    let get = |arguments: &[&str]| cli.run_bare(&[&["config", "get"], arguments].concat());
    for (key, value, member) in [
        ("region", "cn-sh2", "region"),
        ("Zone", " cn-sh2-02", "zone"),
        ("project-id", "org-1", "project_id"),
        ("base_url", "https://gateway.example.com", "base_url"),
        ("public_key", PUBLIC_KEY, "public_key"),
    ] {
        let ran = cli.run_bare(&["config", "set", key, value]);
        assert_eq!(ran.ok(), format!("Stored {member} in the profile work\n"));
        assert_eq!(document(&cli)["profiles"]["work"][member], value.trim());
        assert_eq!(get(&[key, "--name", "work"]).ok().trim_end(), value.trim());
    }
    // Without `--name`, the value in effect: the tests set COMPSHARE_BASE_URL.
    assert_eq!(get(&["base-url"]).ok().trim_end(), cli.gateway.base_url());
    assert_eq!(get(&["region", "--region", "a"]).ok(), "a\n");
    assert_eq!(
        get(&["region", "--json"]).json()["data"],
        json!({"key": "region", "value": "cn-sh2", "source": "profile"})
    );

    let unset = ["config", "unset", "region"];
    assert_eq!(
        cli.run_bare(&unset).ok(),
        "The profile work has no region now\n"
    );
    assert_eq!(
        cli.run_bare(&[&unset[..], &["--json"]].concat()).json()["data"]["removed"],
        false
    );
    // The region of the zone, then the default.
    assert_eq!(get(&["region"]).ok(), "cn-sh2\n");
    cli.run_bare(&["config", "unset", "zone"]).ok();
    assert_eq!(get(&["region"]).ok(), "cn-wlcb\n");
    assert_eq!(
        get(&["region", "--name", "work"]).failed(2),
        "error: region is not set"
    );
    assert_eq!(
        document(&cli)["profiles"]["work"]["private_key"],
        PRIVATE_KEY
    );

    // Another profile, without keys.
    cli.run_bare(&["config", "set", "region", "cn-x", "--name", "other"])
        .ok();
    assert_eq!(
        document(&cli)["profiles"]["other"],
        json!({"region": "cn-x"})
    );
    assert_eq!(document(&cli)["current_profile"], "work");
    assert!(
        get(&["region", "--name", "nobody"])
            .failed(2)
            .contains("profile nobody does not exist")
    );
    assert!(
        get(&["region", "--profile", "nobody"])
            .failed(2)
            .contains("profile nobody does not exist")
    );
    let ran = cli.run_bare(&["config", "unset", "zone", "--name", "nobody"]);
    assert!(ran.failed(2).contains("profile nobody does not exist"));
}

#[test]
fn rejects_invalid_values() {
    let cli = Cli::new();
    cli.store(&[]).ok();
    let before = document(&cli);
    for (arguments, words) in [
        (&["region", "a b"][..], "the region contains white space"),
        (
            &["region", " "],
            "`compshare config unset region` removes it",
        ),
        (&["--zone", ""], "`compshare config unset zone` removes it"),
        (&["region"], "were not provided: <VALUE>"),
        (&["base_url", "http://gateway.example.com"], "not https"),
        (&["lang", "fr"], "zh, en"),
        (&["lang"], "were not provided: <VALUE>"),
        (
            &["lang", "zh", "--name", "work"],
            "'--name' cannot be used with 'lang'",
        ),
        (&["colour", "x"], "region, zone, project_id"),
        (
            &["private_key", PRIVATE_KEY],
            "not accepted on the command line",
        ),
        (
            &["region", "x", "--private-key", "k"],
            "not accepted on the command line",
        ),
    ] {
        let ran = cli.run_bare(&[&["config", "set"], arguments].concat());
        assert!(ran.failed(2).contains(words), "{ran:?}");
    }
    assert_eq!(document(&cli), before);
    let ran = cli.run_bare(&["config", "get", "private_key"]);
    assert_eq!(ran.failed(2), "error: the private key is not shown");
}

#[test]
fn sets_a_private_key_from_standard_input() {
    let cli = Cli::new();
    cli.store(&["--region", "cn-a"]).ok();
    let set = ["config", "set", "private_key"];
    let ran = Ran::with_input(&mut cli.bare(&set), "another\n");
    assert_eq!(ran.ok(), "Stored private_key in the profile default\n");
    assert_eq!(
        document(&cli)["profiles"]["default"]["private_key"],
        "another"
    );
    for input in ["", "\n", "hu\u{1}sh\n"] {
        let ran = Ran::with_input(&mut cli.bare(&set), input);
        ran.failed(2);
    }
    assert_eq!(
        document(&cli)["profiles"]["default"]["private_key"],
        "another"
    );
}

#[test]
fn options_change_a_profile_without_prompting() {
    let cli = Cli::new();
    cli.store(&["--name", "work"]).ok();
    cli.store(&["--name", "b", "--no-activate"]).ok();
    let ran = cli.run_bare(&["config", "set", "--region", "cn-a", "--name", "b"]);
    assert_eq!(ran.ok(), "Stored the profile b\n");
    assert_eq!(
        document(&cli)["profiles"]["b"],
        json!({"public_key": PUBLIC_KEY, "private_key": PRIVATE_KEY, "region": "cn-a"})
    );
    assert_eq!(document(&cli)["current_profile"], "work");
    cli.run_bare(&[
        "config",
        "set",
        "--zone",
        "cn-a-01",
        "--name",
        "b",
        "--activate",
    ])
    .ok();
    assert_eq!(document(&cli)["current_profile"], "b");
    // Missing keys are prompted for.
    let ran = cli.run_bare(&["config", "set", "--region", "cn-a", "--name", "c"]);
    assert!(ran.failed(2).contains("standard input"), "{ran:?}");
}

#[test]
fn stores_the_language_beside_the_profiles() {
    let cli = Cli::new();
    let saved = cli.run_bare(&["config", "set", "lang", "zh_CN"]);
    assert_eq!(saved.ok(), "Stored the language zh\n");
    assert_eq!(document(&cli), json!({"language": "zh"}));
    let language = |arguments: &[&str], variables: &[(&str, &str)]| {
        let mut command = cli.bare(&[&["config", "get", "lang"], arguments].concat());
        command.envs(variables.iter().copied());
        let ran = Ran::of(&mut command);
        (ran.ok().trim_end().to_owned(), ran.stderr)
    };
    assert_eq!(language(&[], &[("LANG", "en_US.UTF-8")]).0, "zh");
    assert_eq!(language(&[], &[("COMPSHARE_LANG", "en")]).0, "en");
    assert_eq!(
        language(&["--lang", "zh"], &[("COMPSHARE_LANG", "en")]).0,
        "zh"
    );
    assert_eq!(
        language(&["--lang", "en"], &[("COMPSHARE_LANG", "fr")]),
        ("en".to_owned(), String::new())
    );
    cli.run_bare(&["config", "unset", "lang"]).ok();
    assert_eq!(document(&cli), json!({}));
    cli.run_bare(&["config", "set", "lang", "en", "--region", "cn-a"])
        .ok();
    assert_eq!(
        document(&cli),
        json!({"language": "en", "profiles": {"default": {"region": "cn-a"}}})
    );
    cli.run_bare(&["config", "unset", "lang"]).ok();
    assert_eq!(language(&[], &[("LC_ALL", "zh_CN.UTF-8")]).0, "zh");
    assert_eq!(
        language(&[], &[("COMPSHARE_LANG", "fr"), ("LANG", "C")]),
        (
            "en".to_owned(),
            "warning: ignoring COMPSHARE_LANG=fr; expected zh or en\n".to_owned()
        )
    );
    // The option is stored like the others.
    cli.store(&["--lang", "zh"]).ok();
    assert_eq!(document(&cli)["language"], "zh");
}

#[test]
fn refuses_to_store_invalid_keys() {
    let cli = Cli::new();
    for input in ["", "only-one\n", "\n\n", "pub\nhu\u{1}sh\n"] {
        let ran = Ran::with_input(&mut cli.bare(&["config", "set"]), input);
        assert_eq!(ran.status, Some(2), "{input:?} {ran:?}");
        assert!(!ran.stderr.contains("hu"), "{ran:?}");
    }
    assert!(!cli.config_file().exists());
    assert_eq!(cli.store(&["--name", " "]).status, Some(2));
}

#[cfg(unix)]
mod modes {
    use std::os::unix::fs::PermissionsExt as _;
    use std::process::Command;

    use super::*;

    fn mode(path: &std::path::Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn file_and_folder_are_private_for_any_umask() {
        for umask in ["000", "022", "077", "277"] {
            let cli = Cli::new();
            let script = format!("umask {umask}; printf 'pub\\nkey\\n' | \"$1\" config set");
            let status = Command::new("/bin/sh")
                .args(["-c", &script, "sh", env!("CARGO_BIN_EXE_compshare")])
                .env_clear()
                .env("HOME", cli.home.path())
                .status()
                .unwrap();
            // A umask without the owner's rights may prevent creating parent folders.
            if umask == "277" && !status.success() {
                continue;
            }
            assert!(status.success(), "{umask}");
            let file = cli.config_file();
            assert_eq!(
                (mode(&file), mode(file.parent().unwrap())),
                (0o600, 0o700),
                "{umask}"
            );
            let left: Vec<_> = fs::read_dir(file.parent().unwrap()).unwrap().collect();
            assert_eq!(left.len(), 1, "nothing is left beside it");
        }
    }

    #[test]
    fn warns_about_and_mends_open_permissions() {
        let cli = Cli::new();
        cli.store(&[]).ok();
        fs::set_permissions(cli.config_file(), fs::Permissions::from_mode(0o644)).unwrap();
        let ran = cli.run_bare(&["image", "favorites", "-o", "ids"]);
        ran.ok();
        assert!(
            ran.stderr.starts_with("warning: ")
                && ran
                    .stderr
                    .contains(" is readable by other users (mode 644); "),
            "{ran:?}"
        );
        assert_eq!(ran.stderr.lines().count(), 1);
        let ran = cli.run_bare(&["image", "favorites", "--json"]);
        let warning: Value = serde_json::from_str(&ran.stderr).unwrap();
        assert!(warning["warning"]["message"].is_string());
        cli.store(&[]).ok();
        assert_eq!(mode(&cli.config_file()), 0o600);
    }

    #[test]
    fn keeps_modes_of_folders_and_symlinks() {
        let cli = Cli::new();
        let shared = cli.home.path().join("shared");
        fs::create_dir(&shared).unwrap();
        fs::set_permissions(&shared, fs::Permissions::from_mode(0o755)).unwrap();
        fs::write(shared.join("real.json"), "{}").unwrap();
        std::os::unix::fs::symlink(shared.join("real.json"), cli.home.path().join("link.json"))
            .unwrap();
        let mut command = cli.bare(&["config", "set"]);
        command.env("COMPSHARE_CONFIG_FILE", cli.home.path().join("link.json"));
        Ran::with_input(&mut command, "pub\nkey\n").ok();
        assert_eq!(mode(&shared), 0o755);
        assert!(
            fs::symlink_metadata(cli.home.path().join("link.json"))
                .unwrap()
                .is_symlink()
        );
        assert!(
            fs::read_to_string(shared.join("real.json"))
                .unwrap()
                .contains("pub")
        );
    }
}

#[test]
fn lists_profiles_with_the_selected_columns() {
    let cli = Cli::new();
    cli.store(&["--name", "work", "--region", "cn-x"]).ok();
    let list = ["config", "list", "-o", "csv", "--columns"];
    let ran = cli.run_bare(&[&list[..], &["region,profile"]].concat());
    assert_eq!(ran.ok(), "Region,Profile\ncn-x,work\n");
    let ran = cli.run_bare(&[&list[..], &["size"]].concat());
    assert!(
        ran.failed(2).contains("; valid columns: profile, active"),
        "{ran:?}"
    );
}
