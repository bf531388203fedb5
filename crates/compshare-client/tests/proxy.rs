//! A tunnel through an HTTP proxy, through both clients.

#![allow(clippy::disallowed_methods, reason = "tests measure and wait")]
#![cfg(any(feature = "async", feature = "sync"))]

mod common;

use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use common::peer::{Peer, answer};
use common::tls::Authority;
use common::{clients, config};
use compshare_client::model::DescribeFavoriteImages;
use compshare_client::{ConfigBuilder, ErrorKind, ProxyChoice, Sent, TlsRoots};

const EMPTY_LIST: &str = r#"{"Action":"DescribeFavoriteImagesResponse","RetCode":0,"ImageSet":[]}"#;

/// A proxy that leads every tunnel to one port, or refuses all of them with a status line.
struct Proxy {
    port: u16,
    heads: Arc<Mutex<Vec<String>>>,
}

impl Proxy {
    fn new(target: u16, refusal: Option<&'static str>) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let heads = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&heads);
        thread::spawn(move || {
            for client in listener.incoming().flatten().take(20) {
                let mut client: TcpStream = client;
                let head = read_head(&mut client);
                seen.lock().unwrap().push(head);
                if let Some(refusal) = refusal {
                    let _ = write!(client, "HTTP/1.1 {refusal}\r\nContent-Length: 0\r\n\r\n");
                    let _ = client.shutdown(Shutdown::Both);
                    continue;
                }
                let server = TcpStream::connect((Ipv4Addr::LOCALHOST, target)).unwrap();
                client
                    .write_all(b"HTTP/1.1 200 Connection established\r\n\r\n")
                    .unwrap();
                for (mut from, mut to) in [
                    (client.try_clone().unwrap(), server.try_clone().unwrap()),
                    (server, client),
                ] {
                    thread::spawn(move || {
                        let _ = io::copy(&mut from, &mut to);
                        let _ = to.shutdown(Shutdown::Both);
                    });
                }
            }
        });
        Self { port, heads }
    }

    fn heads(&self) -> Vec<String> {
        self.heads.lock().unwrap().clone()
    }
}

fn read_head(stream: &mut TcpStream) -> String {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") && stream.read(&mut byte).unwrap_or(0) == 1 {
        head.push(byte[0]);
    }
    String::from_utf8(head).unwrap()
}

fn through(proxy: &Proxy, root_pem: &str) -> ConfigBuilder {
    config("https://gateway.example")
        .tls_roots(TlsRoots::BundledAnd(root_pem.into()))
        .proxy(ProxyChoice::Url(format!(
            "http://me:hush%20pass@127.0.0.1:{}",
            proxy.port
        )))
}

#[test]
fn opens_a_tunnel_and_reuses_it() {
    let authority = Authority::new("gateway.example", false);
    for index in 0..clients(&config("http://127.0.0.1:1").build().unwrap()).len() {
        let peer: Peer = authority.peer(vec![vec![answer("200 OK", EMPTY_LIST)]]);
        let proxy = Proxy::new(peer.port(), None);
        let client =
            clients(&through(&proxy, &authority.root_pem).build().unwrap()).swap_remove(index);
        for _ in 0..3 {
            client.send(&DescribeFavoriteImages::new()).unwrap();
        }
        assert_eq!(peer.connections(), 1, "{}", client.name());
        let heads = proxy.heads();
        assert_eq!(heads.len(), 1, "{}", client.name());
        assert!(
            heads[0].starts_with("CONNECT gateway.example:443 HTTP/1.1\r\n"),
            "{}",
            heads[0]
        );
        // me:hush pass
        assert!(
            heads[0].contains("\r\nProxy-Authorization: Basic bWU6aHVzaCBwYXNz\r\n"),
            "{}",
            heads[0]
        );
        // The proxy never sees the request, and the service never sees the proxy's credentials.
        assert!(!heads[0].contains("Signature"));
        assert!(!peer.requests()[0].to_ascii_lowercase().contains("proxy-"));
    }
}

#[test]
fn refused_tunnel_is_unsent_and_hides_the_login() {
    for refusal in ["407 Proxy Authentication Required", "502 Bad Gateway"] {
        let proxy = Proxy::new(9, Some(refusal));
        for client in clients(
            &through(&proxy, &Authority::new("gateway.example", false).root_pem)
                .build()
                .unwrap(),
        ) {
            let error = client.send(&DescribeFavoriteImages::new()).unwrap_err();
            assert_eq!(
                (error.kind(), error.was_sent()),
                (ErrorKind::Connect, Sent::No),
                "{}: {error}",
                client.name()
            );
            let shown = format!("{error} {error:?}");
            assert!(
                !shown.contains("hush") && !shown.contains("bWU6"),
                "{shown}"
            );
        }
    }
}
