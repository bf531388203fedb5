//! Keeps the keys, and calls actions that only read for programs that have none.
//!
//! `curl -d Action=DescribeCompShareInstance http://127.0.0.1:8080`

use std::env;
use std::error::Error;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::time::Duration;

use compshare_client::model::{Effect, Untyped, effect_of};
use compshare_client::sign::form;
use compshare_client::sync::Client;
use serde_json::{Value, json};

const MAX_REQUEST: u64 = 64 * 1024;

fn main() -> Result<(), Box<dyn Error>> {
    let client = Client::from_env()?;
    let address = env::args().nth(1);
    let listener = TcpListener::bind(address.as_deref().unwrap_or("127.0.0.1:8080"))?;
    println!("http://{}", listener.local_addr()?);

    for stream in listener.incoming() {
        if let Err(error) = serve(&client, &stream?) {
            eprintln!("{error}");
        }
    }
    Ok(())
}

fn serve(client: &Client, mut stream: &TcpStream) -> Result<(), Box<dyn Error>> {
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    let mut reader = BufReader::new(stream).take(MAX_REQUEST);
    let mut length: u64 = 0;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        match line.trim_end().split_once(": ") {
            Some((name, value)) if name.eq_ignore_ascii_case("content-length") => {
                length = value.parse()?;
            }
            None if line.trim_end().is_empty() => break,
            _ => {}
        }
    }
    let mut body = Vec::new();
    reader.take(length).read_to_end(&mut body)?;

    let (status, response) = match call(client, &body) {
        Ok(response) => ("200 OK", response),
        Err(error) => ("502 Bad Gateway", json!({ "error": error.to_string() })),
    };
    let response = response.to_string();
    let length = response.len();
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: application/json\r\n\
         Content-Length: {length}\r\nConnection: close\r\n\r\n{response}"
    )?;
    Ok(())
}

fn call(client: &Client, body: &[u8]) -> Result<Value, Box<dyn Error>> {
    let params = form::decode(body)?;
    let action = params.iter().find(|(key, _)| key == "Action");
    let (_, action) = action.ok_or("no Action")?;
    if effect_of(action) != Some(Effect::Read) {
        return Err("only actions that read are allowed".into());
    }

    let mut request = Untyped::read(action);
    for (key, value) in params.iter().filter(|(key, _)| key != "Action") {
        request = request.param(key, value);
    }
    Ok(client.send(&request)?)
}
