//! Certificates made at run time, and servers that show them.

use std::net::TcpStream;
use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, date_time_ymd};
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

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
        root.distinguished_name.push(DnType::CommonName, format!("root for {host}, expired: {is_expired}"));
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
        let server = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], private)
            .unwrap();
        Self { root_pem: root_certificate.pem(), server: Arc::new(server) }
    }

    pub(crate) fn peer(&self, scripts: Vec<Vec<Act>>) -> Peer {
        let server = Arc::clone(&self.server);
        Peer::wrapped(scripts, move |mut stream: TcpStream| {
            let mut connection = ServerConnection::new(Arc::clone(&server)).ok()?;
            connection.complete_io(&mut stream).ok()?;
            Some(StreamOwned::new(connection, stream))
        })
    }
}
