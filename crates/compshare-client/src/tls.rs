//! The TLS configuration of both transports.

use std::sync::{Arc, OnceLock};

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};

use crate::{Error, Setting, SettingFault, TlsRoots};

/// A TLS configuration, built with the first connection. A plain connection to loopback never needs
/// it.
pub(crate) struct Tls {
    roots: TlsRoots,
    config: OnceLock<Arc<ClientConfig>>,
}

impl Tls {
    /// Checks the roots, so that invalid ones are rejected before the first connection.
    pub(crate) fn new(roots: TlsRoots) -> Result<Self, Error> {
        let tls = Self {
            roots,
            config: OnceLock::new(),
        };
        // The bundled roots are known to be valid.
        if !matches!(tls.roots, TlsRoots::Bundled) {
            tls.config()?;
        }
        Ok(tls)
    }

    /// Returns the configuration; builds it on first use.
    pub(crate) fn config(&self) -> Result<Arc<ClientConfig>, Error> {
        if let Some(config) = self.config.get() {
            return Ok(Arc::clone(config));
        }
        let config = client_config(&self.roots)?;
        Ok(Arc::clone(self.config.get_or_init(|| config)))
    }
}

/// Builds a rustls configuration with ring.
///
/// The provider is explicit: rustls panics in a program that has two of them and no default.
fn client_config(roots: &TlsRoots) -> Result<Arc<ClientConfig>, Error> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| Error::config("TLS cannot be set up").with_source(error))?;

    let mut config = match roots {
        TlsRoots::Bundled => builder.with_root_certificates(bundled()),
        TlsRoots::BundledAnd(pem) => {
            let mut store = bundled();
            let refused = |fault| crate::config::refused(Setting::TlsRoots, fault);
            let certificates: Vec<_> = CertificateDer::pem_slice_iter(pem)
                .collect::<Result<_, _>>()
                .map_err(|error| refused(SettingFault::Unreadable).with_source(error))?;
            if certificates.is_empty() {
                return Err(refused(SettingFault::NoCertificate));
            }
            for certificate in certificates {
                store
                    .add(certificate)
                    .map_err(|error| refused(SettingFault::Unusable).with_source(error))?;
            }
            builder.with_root_certificates(store)
        }
        TlsRoots::BundledAndEnvironment => {
            let mut store = bundled();
            crate::config::add_environment_roots(&mut store)?;
            builder.with_root_certificates(store)
        }
        #[cfg(feature = "platform-verifier")]
        TlsRoots::Platform => {
            use rustls_platform_verifier::BuilderVerifierExt;
            builder.with_platform_verifier().map_err(|error| {
                Error::config("the system's certificate verifier cannot be used").with_source(error)
            })?
        }
    }
    .with_no_client_auth();

    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(Arc::new(config))
}

fn bundled() -> RootCertStore {
    RootCertStore {
        roots: webpki_roots::TLS_SERVER_ROOTS.to_vec(),
    }
}

/// Returns `true` if the chain of causes has a TLS alert or a rejected certificate, in contrast to
/// a lost connection.
#[cfg(any(feature = "async", feature = "sync"))]
pub(crate) fn is_refusal(error: &(dyn std::error::Error + 'static)) -> bool {
    let mut next = Some(error);
    while let Some(error) = next {
        if error.is::<rustls::Error>() {
            return true;
        }
        // `io::Error::source` skips the wrapped error itself and returns the source of that error.
        if let Some(inner) = error
            .downcast_ref::<std::io::Error>()
            .and_then(std::io::Error::get_ref)
        {
            if is_refusal(inner) {
                return true;
            }
        }
        next = error.source();
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bundled_roots_are_loaded_lazily() {
        let tls = Tls::new(TlsRoots::Bundled).unwrap();
        assert!(
            tls.config.get().is_none(),
            "the configuration is built on first use"
        );
        assert!(Arc::ptr_eq(&tls.config().unwrap(), &tls.config().unwrap()));
        assert!(bundled().len() > 50);
    }

    #[test]
    fn refuses_unreadable_roots() {
        for (pem, why) in [
            ("", "contain no certificate"),
            ("not PEM at all", "contain no certificate"),
            (
                "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
                "cannot be used",
            ),
            (
                "-----BEGIN CERTIFICATE-----\n!!!!\n-----END CERTIFICATE-----\n",
                "cannot be read",
            ),
        ] {
            let error = Tls::new(TlsRoots::BundledAnd(pem.into()))
                .map(drop)
                .unwrap_err()
                .to_string();
            assert!(error.contains(why), "{error}");
        }
    }

    #[cfg(any(feature = "async", feature = "sync"))]
    #[test]
    fn finds_refusals_behind_io_errors() {
        let refusal = rustls::Error::InvalidCertificate(rustls::CertificateError::Expired);
        let wrapped = std::io::Error::new(std::io::ErrorKind::InvalidData, refusal);
        assert!(is_refusal(&wrapped));
        assert!(is_refusal(&std::io::Error::other(wrapped)));
        assert!(!is_refusal(&std::io::Error::other("cut")));
    }
}
