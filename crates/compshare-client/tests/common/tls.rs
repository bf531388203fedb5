//! Certificates made at run time, and servers that show them.

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, date_time_ymd};
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection};

use super::peer::{Act, Peer};

/// A root and a server certificate that it signed.
pub(crate) struct Authority {
    pub(crate) root_pem: String,
    server: Arc<ServerConfig>,
}

impl Authority {
    pub(crate) fn new(host: &str, is_expired: bool) -> Self {
        let root_key = KeyPair::generate().unwrap();
        let mut root = CertificateParams::new(Vec::new()).unwrap();
        root.distinguished_name.push(
            DnType::CommonName,
            format!("root for {host}, expired: {is_expired}"),
        );
        root.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let root_certificate = root.self_signed(&root_key).unwrap();
        let issuer = Issuer::new(root, root_key);

        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new(vec![host.to_owned()]).unwrap();
        if is_expired {
            params.not_before = date_time_ymd(2001, 1, 1);
            params.not_after = date_time_ymd(2002, 1, 1);
        }
        let certificate = params.signed_by(&key, &issuer).unwrap();
        let private = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.serialize_der()));
        // The provider is named, as the library names it: a program may hold two.
        let server =
            ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
                .with_safe_default_protocol_versions()
                .unwrap()
                .with_no_client_auth()
                .with_single_cert(vec![certificate.der().clone()], private)
                .unwrap();
        Self {
            root_pem: root_certificate.pem(),
            server: Arc::new(server),
        }
    }

    pub(crate) fn peer(&self, scripts: Vec<Vec<Act>>) -> Peer {
        let server = Arc::clone(&self.server);
        Peer::wrapped(scripts, move |mut socket: TcpStream| {
            let mut tls = ServerConnection::new(Arc::clone(&server)).ok()?;
            tls.complete_io(&mut socket).ok()?;
            Some(Records { tls, socket })
        })
    }
}

/// Each `write` is a record of its own; `flush` sends all of them in one piece.
struct Records {
    tls: ServerConnection,
    socket: TcpStream,
}

impl Read for Records {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            match self.tls.reader().read(buffer) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                done => return done,
            }
            if self.tls.read_tls(&mut self.socket)? == 0 {
                return Ok(0);
            }
            self.tls.process_new_packets().map_err(io::Error::other)?;
        }
    }
}

impl Write for Records {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.tls.writer().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        let mut records = Vec::new();
        while self.tls.wants_write() {
            self.tls.write_tls(&mut records)?;
        }
        self.socket.write_all(&records)
    }
}
