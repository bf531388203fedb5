//! Help, versions, completions and manual pages.

mod common;

use common::{Cli, Ran};

#[test]
fn prints_a_summary_without_arguments() {
    let cli = Cli::new();
    let ran = cli.run_bare(&[]);
    assert!(
        ran.ok()
            .starts_with("The CompShare GPU cloud on the command line\n\nUsage: compshare "),
        "{ran:?}"
    );
    assert!(ran.stdout.lines().count() < 24, "{ran:?}");
    assert_eq!(cli.run_bare(&["-h"]).ok(), ran.stdout);
    assert!(
        cli.run_bare(&["--lang", "zh", "--help"])
            .ok()
            .contains("\n用法：compshare [选项] <命令>\n\n命令：\n")
    );
    assert_eq!(
        cli.run_bare(&["--version"]).ok(),
        concat!("compshare ", env!("CARGO_PKG_VERSION"), "\n")
    );
    assert_eq!(
        cli.run_bare(&["version"]).ok(),
        concat!(env!("CARGO_PKG_VERSION"), "\n")
    );
}

#[test]
fn short_and_long_help_differ() {
    let cli = Cli::new();
    let short = cli.run_bare(&["image", "list", "-h"]);
    assert!(short.ok().contains("--source <SOURCE>"), "{short:?}");
    assert!(
        !short.stdout.contains("--profile") && !short.stdout.contains("Examples:"),
        "{short:?}"
    );
    assert!(
        short.stdout.ends_with(
            "\n'compshare image list --help' shows examples and the options of every command.\n"
        ),
        "{short:?}"
    );

    let long = cli.run_bare(&["image", "list", "--help"]);
    for part in [
        "--source <SOURCE>",
        "--profile <NAME>",
        "\nExamples:\n  compshare image list\n",
    ] {
        assert!(long.ok().contains(part), "{part}: {long:?}");
    }
    for arguments in [
        &["help", "image", "list"][..],
        &["help", "image", "ls"],
        &["image", "help", "list"],
        &["--region", "x", "help", "image", "list"],
    ] {
        assert_eq!(cli.run_bare(arguments).ok(), long.stdout, "{arguments:?}");
    }
    assert_eq!(
        cli.run_bare(&["help"]).ok(),
        cli.run_bare(&["--help"]).stdout
    );
    assert!(
        cli.run_bare(&["help", "imag"])
            .failed(2)
            .contains("unknown command 'imag'; did you mean 'image'?")
    );
}

#[test]
fn commands_have_the_usual_aliases() {
    let cli = Cli::new();
    for (typed, name) in [
        (&["image", "ls"][..], "image list"),
        (&["image", "get"], "image show"),
        (&["image", "describe"], "image show"),
        (&["image", "rm"], "image delete"),
        (&["image", "favourites"], "image favorites"),
        (&["image", "favourite"], "image favorite"),
        (&["image", "unfavourite"], "image unfavorite"),
        (&["config", "ls"], "config list"),
        (&["zone", "ls"], "zone list"),
        (&["zones"], "zones"),
        (&["regions"], "zones"),
        (&["favorites"], "favorites"),
        (&["favourites"], "favorites"),
        (&["config", "rm"], "config delete"),
        (&["disk", "ls"], "disk list"),
        (&["storage", "disk", "rm"], "storage disk delete"),
        (&["instances", "ls"], "instance list"),
        (&["instance", "describe"], "instance show"),
    ] {
        let ran = cli.run_bare(&[typed, &["-h"]].concat());
        let usage = format!("\nUsage: compshare {name}");
        assert!(ran.ok().contains(&usage), "{typed:?}: {ran:?}");
    }
}

/// Returns the paths of all commands with a help page.
fn pages(cli: &Cli, path: &[String]) -> Vec<Vec<String>> {
    let mut all = vec![path.to_vec()];
    let mut arguments: Vec<&str> = path.iter().map(String::as_str).collect();
    arguments.push("--help");
    let help = cli.run_bare(&arguments);
    if let Some((_, list)) = help.ok().split_once("\nCommands:\n") {
        for line in list.lines().take_while(|line| !line.is_empty()) {
            if let Some(name) = line
                .strip_prefix("  ")
                .filter(|line| !line.starts_with(' '))
            {
                let name = name.split(' ').next().unwrap();
                all.extend(pages(cli, &[path, &[name.to_owned()]].concat()));
            }
        }
    }
    all
}

#[test]
fn help_fits_80_cells_in_each_language() {
    let cli = Cli::new();
    let pages = pages(&cli, &[]);
    assert!(pages.len() > 25, "{pages:?}");
    for path in pages {
        for lang in ["en", "zh"] {
            let mut arguments: Vec<&str> = path.iter().map(String::as_str).collect();
            arguments.extend(["--help", "--lang", lang]);
            let ran = cli.run_bare(&arguments);
            for line in ran.ok().lines() {
                let width = unicode_width::UnicodeWidthStr::width(line);
                assert!(width <= 80, "{arguments:?}: {line}");
                let is_chinese = lang == "zh" && !line.starts_with("  ");
                assert!(!is_chinese || !line.ends_with(':'), "{arguments:?}: {line}");
            }
        }
    }
}

#[test]
fn selects_language_by_option_variable_file_or_locale() {
    let cli = Cli::new();
    let is_chinese = |arguments: &[&str], variables: &[(&str, &str)]| {
        let mut command = cli.bare(&[arguments, &["--help"]].concat());
        command.envs(variables.iter().copied());
        Ran::of(&mut command).ok().contains("用法")
    };
    assert!(!is_chinese(&[], &[]));
    assert!(is_chinese(&[], &[("LANG", "zh_CN.UTF-8")]));
    assert!(!is_chinese(
        &[],
        &[("LC_ALL", "C"), ("LANG", "zh_CN.UTF-8")]
    ));
    assert!(is_chinese(
        &[],
        &[("LC_MESSAGES", "zh_CN.UTF-8"), ("LANG", "C")]
    ));
    assert!(!is_chinese(
        &[],
        &[("COMPSHARE_LANG", "en"), ("LANG", "zh_CN.UTF-8")]
    ));
    assert!(is_chinese(&["--lang", "zh"], &[("COMPSHARE_LANG", "en")]));
    std::fs::create_dir_all(cli.config_file().parent().unwrap()).unwrap();
    std::fs::write(cli.config_file(), r#"{"language": "zh"}"#).unwrap();
    assert!(is_chinese(&[], &[("LANG", "en_GB.UTF-8")]));
}

#[cfg(unix)]
#[test]
fn help_fits_the_terminal() {
    let cli = Cli::new();
    for columns in [44, 60, 100, 200] {
        for lang in ["en", "zh"] {
            let program = cli.bare(&["image", "list", "-h", "--lang", lang]);
            let (page, status) = common::pty::end(common::pty::terminal_with(&program, columns));
            assert_eq!(status, 0, "{page}");
            let widths = page.lines().map(unicode_width::UnicodeWidthStr::width);
            let widest = widths.max().unwrap();
            let limit = usize::try_from(columns).unwrap().min(100);
            assert!(widest <= limit && widest > limit - 12, "{columns}: {page}");
        }
    }
}

#[test]
fn completions_contain_every_command() {
    let cli = Cli::new();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let ran = cli.run_bare(&["completion", shell]);
        assert!(ran.ok().contains("favorites"), "{shell}");
        for hidden in ["private-key", "public-key", "__PROFILES__"] {
            assert!(!ran.stdout.contains(hidden), "{shell}: {hidden}");
        }
        if ["bash", "zsh", "fish"].contains(&shell) {
            for value in ["FavoritesCount", "config list --output ids"] {
                assert!(ran.stdout.contains(value), "{shell}: {value}");
            }
        }
    }
    assert!(
        cli.run_bare(&["completion", "ksh"])
            .failed(2)
            .contains("zsh")
    );
}

#[test]
fn manual_pages_have_their_sections_in_each_language() {
    let cli = Cli::new();
    let folder = cli.home.path().join("man");
    for (lang, sections) in [
        (
            "en",
            [
                "NAME",
                "SYNOPSIS",
                "DESCRIPTION",
                "OPTIONS",
                "\"OPTIONS OF EVERY COMMAND\"",
                "\"EXIT STATUS\"",
                "ENVIRONMENT",
                "FILES",
                "EXAMPLES",
                "\"SEE ALSO\"",
            ],
        ),
        (
            "zh",
            [
                "名称",
                "用法",
                "描述",
                "选项",
                "通用选项",
                "退出码",
                "环境变量",
                "文件",
                "示例",
                "参见",
            ],
        ),
    ] {
        cli.run_bare(&["--lang", lang, "man", "--dir", folder.to_str().unwrap()])
            .ok();
        let page = std::fs::read_to_string(folder.join("compshare-image-list.1")).unwrap();
        let found: Vec<&str> = page
            .lines()
            .filter_map(|line| line.strip_prefix(".SH "))
            .collect();
        assert_eq!(found, sections, "{page}");
        let usage = if lang == "zh" { "选项" } else { "OPTIONS" };
        for part in [
            ".TH COMPSHARE-IMAGE-LIST 1 \"\" \"compshare ",
            &format!("\\fBcompshare image list\\fR [{usage}]\n"),
            ".nf\ncompshare image list\n",
            "compshare\\-image(1)",
        ] {
            assert!(page.contains(part), "{part}: {page}");
        }
    }
    for page in ["compshare.1", "compshare-config-set.1"] {
        assert!(folder.join(page).is_file(), "{page}");
    }
    assert!(!folder.join("compshare-version.1").exists());
    let page = cli.run_bare(&["man"]);
    assert!(page.ok().contains("compshare\\-image(1), "), "{page:?}");
}

/// Runs a script in a shell with the program in `PATH`; `None` if the shell is not installed.
#[cfg(unix)]
fn shell(cli: &Cli, shell: &str, script: &str) -> Option<String> {
    let program = std::path::Path::new(env!("CARGO_BIN_EXE_compshare"));
    let path = format!("{}:/usr/bin:/bin", program.parent().unwrap().display());
    let is_there = std::process::Command::new(shell).arg("--version").output();
    is_there.ok()?;
    let mut command = std::process::Command::new(shell);
    command
        .args(["-c", script])
        .current_dir(cli.home.path())
        .env_clear()
        .env("HOME", cli.home.path())
        .env("PATH", path);
    Some(Ran::of(&mut command).ok().to_owned())
}

/// Words before the cursor, an expected completion and an unexpected one.
#[cfg(unix)]
const COMPLETIONS: [(&[&str], &[&str], &[&str]); 11] = [
    (
        &["image", "list", "--sort", ""],
        &["PubTime", "Price"],
        &["a.txt"],
    ),
    (&["image", "list", "--region", ""], &[], &["a.txt"]),
    (&["--profile", ""], &["work", "默认"], &["a.txt"]),
    (&["config", "use", "w"], &["work"], &["a.txt"]),
    (
        &["config", "get", "zone", "--name", ""],
        &["work"],
        &["a.txt"],
    ),
    (&["config", "set", "reg"], &["region"], &["a.txt"]),
    (
        &["call", "DescribeF"],
        &["DescribeFavoriteImages"],
        &["a.txt"],
    ),
    (&["call", "X", "--params", ""], &["a.txt"], &[]),
    (&["image", "publish", "x", "--readme", ""], &["a.txt"], &[]),
    (
        &["config", "set", "--p"],
        &["--profile"],
        &["--private-key", "--public-key"],
    ),
    (&["v"], &[], &["version", "a.txt"]),
];

#[cfg(unix)]
fn completed(name: &str, script: impl Fn(&[&str]) -> String) {
    let cli = Cli::new();
    cli.store(&["--name", "work"]).ok();
    cli.store(&["--name", "默认"]).ok();
    std::fs::write(cli.home.path().join("a.txt"), "").unwrap();
    let completion = cli.run_bare(&["completion", name]);
    std::fs::write(cli.home.path().join("completion"), completion.ok()).unwrap();
    for (words, offered, others) in COMPLETIONS {
        let Some(found) = shell(&cli, name, &script(words)) else {
            return;
        };
        let found: Vec<&str> = found
            .lines()
            .filter_map(|line| line.split('\t').next())
            .collect();
        for word in offered {
            assert!(found.contains(word), "{name} {words:?}: {found:?}");
        }
        for word in others {
            assert!(!found.contains(word), "{name} {words:?}: {found:?}");
        }
    }
}

#[cfg(unix)]
#[test]
fn bash_completion_offers_commands_and_values() {
    completed("bash", |words| {
        let words: Vec<String> = words.iter().map(|word| format!("'{word}'")).collect();
        format!(
            "source ./completion; COMP_WORDS=(compshare {}); COMP_CWORD={}; \
             compopt() {{ :; }}; _compshare compshare \"${{COMP_WORDS[-1]}}\" \"${{COMP_WORDS[-2]}}\"; \
             printf '%s\\n' \"${{COMPREPLY[@]}}\"",
            words.join(" "),
            words.len()
        )
    });
}

#[cfg(unix)]
#[test]
fn fish_completion_offers_commands_and_values() {
    completed("fish", |words| {
        format!(
            "source ./completion; complete -C 'compshare {}'",
            words.join(" ")
        )
    });
}

/// zsh completes at a terminal only, so this checks the syntax.
#[cfg(unix)]
#[test]
fn zsh_completion_is_a_script() {
    let cli = Cli::new();
    let script = cli.run_bare(&["completion", "zsh"]);
    std::fs::write(cli.home.path().join("completion"), script.ok()).unwrap();
    if let Some(output) = shell(&cli, "zsh", "zsh -n ./completion") {
        assert_eq!(output, "");
    }
    assert!(script.stdout.contains(
        r"'--profile=[Profile with the keys \[environment\: COMPSHARE_PROFILE\]]:NAME:_compshare_profiles'"
    ));
}
