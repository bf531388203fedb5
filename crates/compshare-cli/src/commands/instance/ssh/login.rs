//! The login command of an instance, and the arguments of `ssh`.

use std::net::Ipv6Addr;

/// A login command: `ssh -p 24329 root@host`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Login {
    user: String,
    host: String,
    port: Option<u16>,
}

impl Login {
    /// Parses the words of `SshLoginCommand`. Accepts `ssh`, `-p` with a port, and `user@host`
    /// only: other options of `ssh`, such as `-o ProxyCommand=…`, run programs.
    pub(super) fn parse(command: &str) -> Option<Self> {
        let mut words = command.split_ascii_whitespace();
        if words.next()? != "ssh" {
            return None;
        }

        let (mut port, mut destination) = (None, None);
        while let Some(word) = words.next() {
            let previous = match word.strip_prefix("-p") {
                Some("") => port.replace(words.next()?),
                Some(digits) => port.replace(digits),
                None => destination.replace(word),
            };
            if previous.is_some() {
                return None;
            }
        }

        let (user, host) = destination?.split_once('@')?;
        let port = match port {
            Some(digits) => Some(parse_port(digits)?),
            None => None,
        };
        let is_valid = is_name(user, "._-") && (is_name(host, ".-") || is_ipv6(host));
        is_valid.then(|| Self {
            user: user.to_owned(),
            host: host.to_owned(),
            port,
        })
    }

    /// Returns `user@host`.
    pub(super) fn destination(&self) -> String {
        format!("{}@{}", self.user, self.host)
    }

    /// Returns the host and the port, which is 22 by default.
    pub(super) fn address(&self) -> (&str, u16) {
        (&self.host, self.port.unwrap_or(22))
    }

    /// Returns the arguments of `ssh`: `options`, port, destination, remote command.
    pub(super) fn arguments(&self, mut options: Vec<String>, remote: &[String]) -> Vec<String> {
        if let Some(port) = self.port {
            options.extend(["-p".to_owned(), port.to_string()]);
        }
        options.push(self.destination());

        // `ssh` also parses options after the destination.
        if !remote.is_empty() {
            options.extend(["--".to_owned(), remote_command(remote)]);
        }
        options
    }
}

/// Returns the command line for the remote shell. A single argument is a command line already; of
/// several, each is quoted as one word.
fn remote_command(words: &[String]) -> String {
    match words {
        [line] => line.clone(),
        _ => quote_all(words),
    }
}

/// Quotes words for a POSIX shell, and joins them.
pub(super) fn quote_all(words: &[String]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| quote(word)).collect();
    quoted.join(" ")
}

fn quote(word: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "@%+=:,./_-".contains(c);
    if !word.is_empty() && word.chars().all(is_plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}

fn parse_port(digits: &str) -> Option<u16> {
    let is_number = digits.bytes().all(|byte| byte.is_ascii_digit());
    let port = digits.parse().ok().filter(|_| is_number);
    port.filter(|port| *port > 0)
}

/// Returns `true` for ASCII letters, digits and `marks`, without a dash at the beginning.
fn is_name(text: &str, marks: &str) -> bool {
    let is_valid = |c: char| c.is_ascii_alphanumeric() || marks.contains(c);
    !text.is_empty() && !text.starts_with('-') && text.chars().all(is_valid)
}

fn is_ipv6(host: &str) -> bool {
    host.parse::<Ipv6Addr>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(words: &[&str]) -> Vec<String> {
        words.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn login_parses_known_commands() {
        for (command, arguments) in [
            ("ssh root@1.2.3.4", &["root@1.2.3.4"][..]),
            (" ssh  -p 23 root@h ", &["-p", "23", "root@h"]),
            (
                "ssh -p24329 root@cpod-1.podtcp.compshare.cn",
                &["-p", "24329", "root@cpod-1.podtcp.compshare.cn"],
            ),
            ("ssh ubuntu@h -p 22", &["-p", "22", "ubuntu@h"]),
            ("ssh root@2001:db8::1", &["root@2001:db8::1"]),
        ] {
            let login = Login::parse(command).unwrap();
            assert_eq!(login.arguments(Vec::new(), &[]), arguments, "{command}");
        }
    }

    #[test]
    fn login_rejects_other_commands() {
        for command in [
            "",
            "ssh",
            "ssh root",
            "ssh @h",
            "ssh root@",
            "ssh -p root@h",
            "ssh -p 0 root@h",
            "ssh -p 65536 root@h",
            "ssh -p +22 root@h",
            "ssh -p 22 -p 23 root@h",
            "ssh root@h reboot",
            "ssh root@h; reboot",
            "ssh root@$(id)",
            "ssh root@h`id`",
            "ssh -oProxyCommand=id root@h",
            "ssh -o ProxyCommand=id root@h",
            "ssh -l root h",
            "ssh -root@h",
            "ssh root@-oProxyCommand=id",
            "ssh root@ssh://h",
            "ssh a@b@h",
            "sshpass -p x ssh root@h",
            "./ssh root@h",
            "SSH root@h",
        ] {
            assert_eq!(Login::parse(command), None, "{command}");
        }
    }

    #[test]
    fn remote_command_keeps_words() {
        let login = Login::parse("ssh root@h").unwrap();
        let last = |remote: &[&str]| login.arguments(Vec::new(), &words(remote)).pop().unwrap();
        assert_eq!(last(&["cd /data && ls"]), "cd /data && ls");
        assert_eq!(
            last(&["ls", "-l", "/my data", "", "it's"]),
            r"ls -l '/my data' '' 'it'\''s'"
        );
        assert_eq!(
            login.arguments(words(&["-o", "x"]), &words(&["-v"])),
            ["-o", "x", "root@h", "--", "-v"]
        );
    }
}
