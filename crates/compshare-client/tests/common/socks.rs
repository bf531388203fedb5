//! A SOCKS 5 proxy on loopback that leads every connection to one port, or misbehaves.

use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// The behavior of a proxy.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Behavior {
    /// Connects to this port, whatever it is asked for. Its messages arrive byte by byte.
    Tunnel(u16),
    /// Accepts none of the offered methods.
    NoMethod,
    /// Refuses the user name and the password.
    WrongLogin,
    /// Refuses to connect, with this code.
    Refuse(u8),
    /// Closes the connection after the greeting.
    Cut,
    /// Closes the connection inside its last message.
    CutReply,
    /// Says nothing, for a while.
    Stall,
    /// Answers in HTTP.
    Nonsense,
}

/// The requests that a proxy got.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Asked {
    /// User name and password, with a colon between.
    pub(crate) login: String,
    /// The type of the address (3 is a name), the host and the port.
    pub(crate) target: (u8, String, u16),
}

pub(crate) struct SocksProxy {
    pub(crate) port: u16,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl SocksProxy {
    pub(crate) fn new(behavior: Behavior) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let asked = Arc::default();
        let seen = Arc::clone(&asked);
        thread::spawn(move || {
            for client in listener.incoming().flatten().take(20) {
                let seen = Arc::clone(&seen);
                thread::spawn(move || serve(client, behavior, &seen));
            }
        });
        Self { port, asked }
    }

    pub(crate) fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }
}

fn serve(mut client: TcpStream, behavior: Behavior, seen: &Mutex<Vec<Asked>>) -> io::Result<()> {
    let mut asked = Asked::default();
    let [version, count] = read(&mut client)?;
    assert_eq!(version, 5);
    let mut methods = vec![0; usize::from(count)];
    client.read_exact(&mut methods)?;
    let method = if methods.contains(&2) { 2 } else { 0 };
    match behavior {
        Behavior::NoMethod => return client.write_all(&[5, 0xff]),
        Behavior::Cut => return Ok(()),
        Behavior::Stall => {
            thread::sleep(Duration::from_secs(4));
            return Ok(());
        }
        Behavior::Nonsense => return client.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n"),
        _ => drip(&mut client, &[5, method])?,
    }

    if method == 2 {
        assert_eq!(read(&mut client)?, [1]);
        let (user, password) = (read_text(&mut client)?, read_text(&mut client)?);
        asked.login = format!("{user}:{password}");
        if let Behavior::WrongLogin = behavior {
            return client.write_all(&[1, 1]);
        }
        drip(&mut client, &[1, 0])?;
    }

    let [version, command, _, kind] = read(&mut client)?;
    assert_eq!((version, command), (5, 1));
    let host = match kind {
        1 => Ipv4Addr::from(read::<4>(&mut client)?).to_string(),
        3 => read_text(&mut client)?,
        other => panic!("address of type {other}"),
    };
    asked.target = (kind, host, u16::from_be_bytes(read(&mut client)?));
    seen.lock().unwrap().push(asked);

    let target = match behavior {
        Behavior::Refuse(code) => return client.write_all(&[5, code, 0, 1, 0, 0, 0, 0, 0, 0]),
        Behavior::CutReply => return client.write_all(&[5, 0, 0]),
        Behavior::Tunnel(target) => target,
        other => panic!("{other:?} ends earlier"),
    };
    let server = TcpStream::connect((Ipv4Addr::LOCALHOST, target))?;
    drip(&mut client, &[5, 0, 0, 1, 127, 0, 0, 1, 4, 56])?;
    for (mut from, mut to) in [(client.try_clone()?, server.try_clone()?), (server, client)] {
        thread::spawn(move || {
            let _ = io::copy(&mut from, &mut to);
            let _ = to.shutdown(Shutdown::Both);
        });
    }
    Ok(())
}

fn drip(client: &mut TcpStream, message: &[u8]) -> io::Result<()> {
    client.set_nodelay(true)?;
    for byte in message {
        client.write_all(&[*byte])?;
        thread::sleep(Duration::from_millis(1));
    }
    Ok(())
}

fn read<const N: usize>(client: &mut TcpStream) -> io::Result<[u8; N]> {
    let mut bytes = [0; N];
    client.read_exact(&mut bytes)?;
    Ok(bytes)
}

/// Reads a text behind its length in one byte.
fn read_text(client: &mut TcpStream) -> io::Result<String> {
    let [length] = read(client)?;
    let mut text = vec![0; usize::from(length)];
    client.read_exact(&mut text)?;
    Ok(String::from_utf8(text).unwrap())
}
