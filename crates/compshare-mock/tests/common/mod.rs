//! Requests over a plain socket, independent of any HTTP client.

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use compshare_sign::{Credentials, Params};
use serde_json::Value;

/// Signs `params`, sends them on a new connection, and returns the head and body of the response.
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

/// Like [`send`], with any head up to `Host` and any body.
pub(crate) fn send_raw(base_url: &str, head: &str, body: &str) -> io::Result<(String, Vec<u8>)> {
    let host = base_url.strip_prefix("http://").unwrap();
    let mut stream = TcpStream::connect(host)?;
    stream.set_read_timeout(Some(Duration::from_secs(30)))?;
    write!(
        stream,
        "{head}\r\nHost: {host}\r\nConnection: close\r\n\r\n{body}"
    )?;
    let mut response = Vec::new();
    stream.read_to_end(&mut response)?;
    let end = response.windows(4).position(|four| four == b"\r\n\r\n");
    let Some(end) = end else {
        return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "no response"));
    };
    Ok((
        String::from_utf8(response[..end].to_vec()).unwrap(),
        response[end + 4..].to_vec(),
    ))
}

/// Like [`send`], for a response with HTTP 200 and JSON.
pub(crate) fn call(base_url: &str, credentials: &Credentials, params: &[(&str, &str)]) -> Value {
    let (head, body) = send(base_url, credentials, params).unwrap();
    assert!(head.starts_with("HTTP/1.1 200 "), "{head}");
    serde_json::from_slice(&body).unwrap()
}
