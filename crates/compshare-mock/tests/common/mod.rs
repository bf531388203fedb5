//! Requests over a plain socket, so that no HTTP client stands between a test and the wire.

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use compshare_sign::{Credentials, Params};
use serde_json::Value;

/// Signs `params` and sends them to `base_url` on a new connection; what comes back, head and body, until it is closed.
pub(crate) fn send(
    base_url: &str,
    credentials: &Credentials,
    params: &[(&str, &str)],
) -> io::Result<(String, Vec<u8>)> {
    let body = credentials
        .sign(Params::from_pairs(params.iter().copied()).unwrap())
        .to_form();
    let head = "POST / HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded";
    send_raw(
        base_url,
        &format!("{head}\r\nContent-Length: {}", body.len()),
        &body,
    )
}

/// As [`send`], with `head` up to `Host` and any body.
pub(crate) fn send_raw(base_url: &str, head: &str, body: &str) -> io::Result<(String, Vec<u8>)> {
    let host = base_url.strip_prefix("http://").unwrap();
    let mut stream = TcpStream::connect(host)?;
    stream.set_read_timeout(Some(Duration::from_secs(30)))?;
    write!(
        stream,
        "{head}\r\nHost: {host}\r\nConnection: close\r\n\r\n{body}"
    )?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n");
    let Some(end) = end else {
        return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "no answer"));
    };
    Ok((
        String::from_utf8(answer[..end].to_vec()).unwrap(),
        answer[end + 4..].to_vec(),
    ))
}

/// As [`send`], for answers that are HTTP 200 and JSON.
pub(crate) fn call(base_url: &str, credentials: &Credentials, params: &[(&str, &str)]) -> Value {
    let (head, body) = send(base_url, credentials, params).unwrap();
    assert!(head.starts_with("HTTP/1.1 200 "), "{head}");
    serde_json::from_slice(&body).unwrap()
}
