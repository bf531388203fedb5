//! Help, versions, completions and manual pages, in each language.

mod common;

use common::{Cli, Ran};

#[test]
fn without_arguments_there_is_help() {
    let cli = Cli::new();
    let ran = cli.run_bare(&[]);
    assert!(
        ran.ok()
            .starts_with("The CompShare GPU cloud on the command line.\n\nUsage: compshare "),
        "{ran:?}"
    );
    assert_eq!(cli.run_bare(&["--help"]).ok(), ran.stdout);
    assert!(
        cli.run_bare(&["--lang", "zh", "--help"])
            .ok()
            .contains("\n用法：compshare ")
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
fn the_language_is_the_option_s_the_variable_s_the_file_s_or_the_locale_s() {
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

#[test]
fn completions_and_manual_pages_come_from_the_same_definition() {
    let cli = Cli::new();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let ran = cli.run_bare(&["completion", shell]);
        assert!(ran.ok().contains("favorites"), "{shell}");
    }
    assert!(
        cli.run_bare(&["completion", "ksh"])
            .failed(2)
            .contains("zsh")
    );
    assert!(cli.run_bare(&["man"]).ok().contains(".TH compshare 1"));
    let folder = cli.home.path().join("man");
    cli.run_bare(&["man", "--dir", folder.to_str().unwrap()])
        .ok();
    for page in [
        "compshare.1",
        "compshare-image-favorites.1",
        "compshare-config-set.1",
    ] {
        assert!(
            std::fs::read_to_string(folder.join(page))
                .unwrap()
                .contains("compshare"),
            "{page}"
        );
    }
}

#[cfg(unix)]
#[test]
fn the_bash_completion_is_a_script() {
    let cli = Cli::new();
    let script = cli.run_bare(&["completion", "bash"]);
    let mut bash = std::process::Command::new("bash");
    if bash.arg("--version").output().is_err() {
        return;
    }
    let ran = Ran::with_input(std::process::Command::new("bash").arg("-n"), script.ok());
    assert_eq!((ran.status, ran.stderr.as_str()), (Some(0), ""));
}
