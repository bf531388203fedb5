//! The blocking transport: HTTP/1.1 over ureq, without a runtime.

use std::error::Error as StdError;
use std::fmt;
use std::io::{self, Read};
use std::sync::Arc;

use bytes::Bytes;
use http::Response;
use rustls::pki_types::ServerName;
use rustls::{ClientConnection, StreamOwned};
use ureq::config::Config as AgentConfig;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::time::{Duration as UreqDuration, Instant as UreqInstant};
use ureq::unversioned::transport::{
    Buffers, ConnectProxyConnector, ConnectionDetails, Connector, Either, LazyBuffers, NextTimeout,
    SocksConnector, TcpConnector, Transport as UreqStream, TransportAdapter,
};
use ureq::{Agent, Timeout};

use super::{
    HttpRequest, HttpResponse, INITIAL_BODY_CAPACITY, Limits, TimeLimit, TransportError,
    TransportErrorKind, bare_host, check_head,
};
use crate::config::{HttpOptions, Proxy, ProxyProtocol};
use crate::tls;
use crate::{Config, Error, Setting, SettingFault};

/// The size of the write buffer, and of the read buffer beyond a head.
const BUFFER: usize = 8 << 10;

/// HTTP/1.1 over ureq, with TLS by rustls and without a runtime.
///
/// Connections are reused, and shared by clones. Inside a runtime, `send` blocks its thread.
///
/// ```
/// use compshare_client::transport::UreqTransport;
/// use compshare_client::{Config, sync};
///
/// let config = Config::builder().keys("my_public_key", "my_private_key").build()?;
/// let transport = UreqTransport::new(&config);
/// let client = sync::Client::with_transport(config, transport);
/// # Ok::<(), compshare_client::Error>(())
/// ```
#[derive(Clone)]
pub struct UreqTransport {
    agent: Agent,
    options: Arc<HttpOptions>,
}

impl UreqTransport {
    /// Creates a transport with the proxy, TLS roots and timeouts of `config`.
    pub fn new(config: &Config) -> Self {
        let options = &config.http;
        let agent_config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .proxy(options.ureq_proxy.clone())
            .max_response_header_size(options.max_head)
            .timeout_connect(Some(options.connect_timeout))
            .timeout_per_read(Some(options.idle_timeout))
            .timeout_per_write(Some(options.idle_timeout))
            // Each connection has both buffers, 128 KiB each by default. A head must fit into one.
            .input_buffer_size(options.max_head.saturating_add(BUFFER))
            .output_buffer_size(BUFFER)
            .max_idle_connections(64)
            .max_idle_connections_per_host(64)
            .build();

        let connector =
            ().chain(SocksLayer::default())
                .chain(ConnectProxyConnector::default())
                .chain(TcpConnector::default())
                .chain(TlsLayer(Arc::clone(options)));

        Self {
            agent: Agent::with_parts(agent_config, ConnectPhase(connector), NoopResolver),
            options: Arc::clone(options),
        }
    }

    /// Converts an error of ureq.
    fn failed(&self, error: ureq::Error, limits: &Limits) -> TransportError {
        let kind = kind_of(&error);
        if let Some(timer) = timer_of(&error) {
            return TransportError::new(kind, self.time_limit(kind, timer, limits));
        }
        // ureq's error has no source, so the inner error replaces it in the chain.
        match error {
            ureq::Error::Io(error) => TransportError::new(kind, error),
            ureq::Error::Other(error) => TransportError::new(kind, error),
            error => TransportError::new(kind, error),
        }
    }

    /// Returns the expired limit of a timer.
    fn time_limit(&self, kind: TransportErrorKind, timer: Timeout, limits: &Limits) -> TimeLimit {
        match (timer, kind) {
            (Timeout::PerRead | Timeout::PerWrite, _) => TimeLimit::Idle(self.options.idle_timeout),
            (_, TransportErrorKind::ConnectTimeout) => {
                TimeLimit::Connect(self.options.connect_timeout.min(limits.timeout))
            }
            _ => TimeLimit::Attempt(limits.timeout),
        }
    }
}

impl crate::sync::Transport for UreqTransport {
    fn send(&self, request: HttpRequest, limits: &Limits) -> Result<HttpResponse, TransportError> {
        let (head, body) = request.into_parts();
        let request = http::Request::from_parts(head, &body[..]);
        let request = self
            .agent
            .configure_request(request)
            .timeout_global(Some(limits.timeout))
            .build();

        let response = self
            .agent
            .run(request)
            .map_err(|error| self.failed(error, limits))?;
        let (head, mut body) = response.into_parts();
        check_head(&head.headers, limits.max_body)?;

        let max = u64::try_from(limits.max_body).unwrap_or(u64::MAX);
        // Reads one byte beyond the limit, to detect a body that is too large. The capacity does
        // not depend on `Content-Length`, which may be wrong.
        let mut bytes = Vec::with_capacity(INITIAL_BODY_CAPACITY);
        body.as_reader()
            .take(max.saturating_add(1))
            .read_to_end(&mut bytes)
            .map_err(|error| self.failed(ureq::Error::Io(error), limits))?;
        if bytes.len() > limits.max_body {
            return Err(TransportErrorKind::TooLarge.into());
        }
        Ok(Response::from_parts(head, Bytes::from(bytes)))
    }
}

impl fmt::Debug for UreqTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UreqTransport").finish_non_exhaustive()
    }
}

/// Converts a proxy for ureq.
pub(crate) fn ureq_proxy(proxy: &Proxy) -> Result<ureq::Proxy, Error> {
    let protocol = match proxy.protocol {
        ProxyProtocol::Http => ureq::ProxyProtocol::Http,
        ProxyProtocol::Socks5 => ureq::ProxyProtocol::Socks5h,
    };
    let mut builder = ureq::Proxy::builder(protocol)
        .host(proxy.host())
        .port(proxy.port());
    if let Some((user, password)) = &proxy.login {
        builder = builder.username(user).password(password);
    }
    builder.build().map_err(|error| {
        crate::config::refused(Setting::Proxy, SettingFault::Unusable).with_source(error)
    })
}

/// Classifies an error of ureq.
fn kind_of(error: &ureq::Error) -> TransportErrorKind {
    match error {
        ureq::Error::Other(inner) => match inner.downcast_ref::<NotConnected>() {
            Some(NotConnected(cause)) => kind_of_not_connected(cause),
            None => TransportErrorKind::Interrupted,
        },
        ureq::Error::Timeout(_) => TransportErrorKind::Timeout,
        ureq::Error::LargeResponseHeader(..) => TransportErrorKind::TooLarge,
        // The type of this error is not exported, so only its text distinguishes it.
        ureq::Error::Protocol(error) if error.to_string().contains("too many headers") => {
            TransportErrorKind::TooLarge
        }
        ureq::Error::Protocol(_) | ureq::Error::Http(_) => TransportErrorKind::Protocol,
        ureq::Error::BadUri(_) | ureq::Error::RequireHttpsOnly(_) => {
            TransportErrorKind::Unsupported
        }
        // Any error of reading or writing is an io::Error, including a timeout under TLS.
        ureq::Error::Io(error) => kind_of_io(error),
        _ => TransportErrorKind::Interrupted,
    }
}

/// Returns the expired timer of ureq, if any.
fn timer_of(error: &ureq::Error) -> Option<Timeout> {
    match error {
        ureq::Error::Timeout(timer) => Some(*timer),
        ureq::Error::Io(error) => timer_of_io(error),
        ureq::Error::Other(inner) => timer_of(&inner.downcast_ref::<NotConnected>()?.0),
        _ => None,
    }
}

fn timer_of_io(error: &io::Error) -> Option<Timeout> {
    timer_of(error.get_ref()?.downcast_ref()?)
}

fn kind_of_io(error: &io::Error) -> TransportErrorKind {
    match error
        .get_ref()
        .and_then(|inner| inner.downcast_ref::<ureq::Error>())
    {
        Some(ureq::Error::Timeout(_)) => TransportErrorKind::Timeout,
        Some(ureq::Error::Protocol(_)) => TransportErrorKind::Protocol,
        _ if error.kind() == io::ErrorKind::TimedOut => TransportErrorKind::Timeout,
        _ => TransportErrorKind::Interrupted,
    }
}

fn kind_of_not_connected(error: &ureq::Error) -> TransportErrorKind {
    match error {
        ureq::Error::Timeout(_) => TransportErrorKind::ConnectTimeout,
        ureq::Error::Tls(_) => TransportErrorKind::Tls,
        ureq::Error::Io(error) if tls::is_refusal(error) => TransportErrorKind::Tls,
        ureq::Error::Io(error) if kind_of_io(error) == TransportErrorKind::Timeout => {
            TransportErrorKind::ConnectTimeout
        }
        _ => TransportErrorKind::Connect,
    }
}

/// Connects, with the name look-up under the same time limit, and wraps errors in [`NotConnected`].
///
/// ureq's own errors do not distinguish a failed connect from a lost connection.
#[derive(Debug)]
struct ConnectPhase<T>(T);

#[derive(Debug)]
struct NotConnected(ureq::Error);

impl NotConnected {
    fn mark(error: ureq::Error) -> ureq::Error {
        match error {
            // A tunnel has a connection of its own, whose error is wrapped already.
            ureq::Error::Other(inner) if inner.is::<Self>() => ureq::Error::Other(inner),
            error => ureq::Error::Other(Box::new(Self(error))),
        }
    }
}

impl fmt::Display for NotConnected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            // The source has the details.
            ureq::Error::Io(_) => f.write_str("connecting failed"),
            error => fmt::Display::fmt(error, f),
        }
    }
}

impl StdError for NotConnected {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        // ureq's error has no source, so its inner error is returned.
        match &self.0 {
            ureq::Error::Io(error) => Some(error),
            _ => None,
        }
    }
}

impl<C: Connector> Connector for ConnectPhase<C> {
    type Out = C::Out;

    fn connect(
        &self,
        details: &ConnectionDetails<'_>,
        chained: Option<()>,
    ) -> Result<Option<C::Out>, ureq::Error> {
        let resolver = DefaultResolver::default();
        // A proxy looks up the target's name. Its own name is looked up with the tunnel.
        let addrs = if details.addrs.is_empty() && details.config.proxy().is_none() {
            resolver
                .resolve(details.uri, details.config, details.timeout)
                .map_err(NotConnected::mark)?
        } else {
            details.addrs.clone()
        };

        let details = ConnectionDetails {
            addrs,
            resolver: &resolver,
            now: (details.current_time)(),
            timeout: remaining(details),
            uri: details.uri,
            config: details.config,
            request_level: details.request_level,
            current_time: Arc::clone(&details.current_time),
            run_connector: Arc::clone(&details.run_connector),
            register_shutdown: Arc::clone(&details.register_shutdown),
        };

        self.0
            .connect(&details, chained)
            .map_err(NotConnected::mark)
    }
}

/// Connects through a SOCKS proxy, and marks the errors of its handshake with "SOCKS error".
#[derive(Debug, Default)]
struct SocksLayer(SocksConnector);

impl<In: UreqStream> Connector<In> for SocksLayer {
    type Out = <SocksConnector as Connector<In>>::Out;

    fn connect(
        &self,
        details: &ConnectionDetails<'_>,
        chained: Option<In>,
    ) -> Result<Option<Self::Out>, ureq::Error> {
        self.0.connect(details, chained).map_err(|error| {
            let text = match &error {
                ureq::Error::Io(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
                    "SOCKS error: the proxy closed the connection".to_owned()
                }
                // All others are about the connection to the proxy.
                ureq::Error::Io(error)
                    if timer_of_io(error).is_none()
                        && matches!(
                            error.kind(),
                            io::ErrorKind::Other
                                | io::ErrorKind::InvalidData
                                | io::ErrorKind::InvalidInput
                                | io::ErrorKind::PermissionDenied
                        ) =>
                {
                    format!("SOCKS error: {error}")
                }
                _ => return error,
            };
            ureq::Error::Io(io::Error::other(text))
        })
    }
}

/// Skips name look-up: ureq would resolve before every request, even with a reusable connection.
#[derive(Debug)]
struct NoopResolver;

impl Resolver for NoopResolver {
    fn resolve(
        &self,
        _: &http::Uri,
        _: &AgentConfig,
        _: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        Ok(self.empty())
    }
}

/// Adds TLS to a connection, with the configuration that both transports share.
struct TlsLayer(Arc<HttpOptions>);

impl fmt::Debug for TlsLayer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TlsLayer").finish_non_exhaustive()
    }
}

impl<In: UreqStream> Connector<In> for TlsLayer {
    type Out = Either<In, TlsStream>;

    fn connect(
        &self,
        details: &ConnectionDetails<'_>,
        chained: Option<In>,
    ) -> Result<Option<Self::Out>, ureq::Error> {
        let Some(stream) = chained else {
            return Ok(None);
        };
        if !details.needs_tls() || stream.is_tls() {
            return Ok(Some(Either::A(stream)));
        }

        let host = bare_host(details.uri.host().unwrap_or_default());
        let name = ServerName::try_from(host.to_owned())
            .map_err(|_| ureq::Error::Tls("the host is not a valid name"))?;
        let mut connection =
            ClientConnection::new(self.0.tls.config().map_err(io::Error::other)?, name)
                .map_err(|error| io::Error::new(io::ErrorKind::InvalidInput, error))?;
        let mut socket = TransportAdapter::new(stream.boxed(), details.current_time.clone());
        socket.set_timeout(remaining(details));
        connection.complete_io(&mut socket)?;

        let buffers = LazyBuffers::new(
            details.config.input_buffer_size(),
            details.config.output_buffer_size(),
        );
        Ok(Some(Either::B(TlsStream {
            buffers,
            stream: StreamOwned::new(connection, socket),
        })))
    }
}

/// Returns the remaining time for connecting, after name look-up, socket and tunnel.
fn remaining(details: &ConnectionDetails<'_>) -> NextTimeout {
    let mut timeout = details.timeout;
    if let (UreqDuration::Exact(after), UreqInstant::Exact(start), UreqInstant::Exact(now)) =
        (timeout.after, details.now, (details.current_time)())
    {
        timeout.after =
            UreqDuration::Exact(after.saturating_sub(now.saturating_duration_since(start)));
    }
    if timeout.reason == Timeout::Global {
        timeout.reason = Timeout::Connect;
    }
    timeout
}

struct TlsStream {
    buffers: LazyBuffers,
    stream: StreamOwned<ClientConnection, TransportAdapter>,
}

impl fmt::Debug for TlsStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TlsStream").finish_non_exhaustive()
    }
}

impl UreqStream for TlsStream {
    fn buffers(&mut self) -> &mut dyn Buffers {
        &mut self.buffers
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), ureq::Error> {
        use io::Write as _;
        self.stream.get_mut().set_timeout(timeout);
        let output = self.buffers.output().get(..amount).unwrap_or_default();
        self.stream.write_all(output)?;
        Ok(())
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, ureq::Error> {
        self.stream.get_mut().set_timeout(timeout);
        let amount = self.stream.read(self.buffers.input_append_buf())?;
        self.buffers.input_appended(amount);
        Ok(amount > 0)
    }

    /// Returns `true` if the connection is open and no layer has unread bytes. Unread bytes would
    /// become part of the next response.
    fn is_open(&mut self) -> bool {
        let StreamOwned { conn, sock } = &mut self.stream;
        let is_clear = conn
            .process_new_packets()
            .is_ok_and(|state| state.plaintext_bytes_to_read() == 0 && !state.peer_has_closed());
        let socket = sock.get_mut();
        is_clear && socket.buffers().input().is_empty() && socket.is_open()
    }

    fn is_tls(&self) -> bool {
        true
    }
}
