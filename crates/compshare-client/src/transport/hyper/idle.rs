//! The idle timeout: expires if no byte moves, but not for a slow peer.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use hyper::rt::{Read, ReadBufCursor, Write};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};

use super::now;
use crate::transport::{TimeLimit, TransportError, TransportErrorKind};

/// The time of the last byte on a connection.
#[derive(Debug, Clone)]
pub(super) struct Activity {
    start: Instant,
    /// Milliseconds from `start` to the last byte.
    last: Arc<AtomicU64>,
}

impl Activity {
    pub(super) fn new() -> Self {
        Self {
            start: now(),
            last: Arc::default(),
        }
    }

    fn touch(&self) {
        let millis = u64::try_from(self.start.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.last.store(millis, Ordering::Relaxed);
    }

    fn last(&self) -> Instant {
        self.start + Duration::from_millis(self.last.load(Ordering::Relaxed))
    }

    /// Runs `work` until it completes, or until no byte has moved for `idle`.
    pub(super) async fn watched<T>(
        &self,
        idle: Duration,
        work: impl Future<Output = T>,
    ) -> Result<T, TransportError> {
        let mut work = std::pin::pin!(work);
        self.touch();
        loop {
            let deadline = self.last() + idle;
            match tokio::time::timeout_at(deadline.into(), work.as_mut()).await {
                Ok(done) => return Ok(done),
                Err(_) if self.last() + idle <= deadline => {
                    let limit = TimeLimit::Idle(idle);
                    return Err(TransportError::new(TransportErrorKind::Timeout, limit));
                }
                Err(_) => {}
            }
        }
    }
}

/// A plain or encrypted connection.
pub(super) trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

/// A connection that updates [`Activity`] with every read and write.
///
/// It has no vectored writes, so hyper copies the small body of a request behind its head.
pub(super) struct Watched {
    inner: TokioIo<Box<dyn Stream>>,
    activity: Activity,
}

impl Watched {
    pub(super) fn new(stream: Box<dyn Stream>, activity: Activity) -> Self {
        Self {
            inner: TokioIo::new(stream),
            activity,
        }
    }
}

impl Read for Watched {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        let result = Pin::new(&mut self.inner).poll_read(cx, buf);
        if result.is_ready() {
            self.activity.touch();
        }
        result
    }
}

impl Write for Watched {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        let result = Pin::new(&mut self.inner).poll_write(cx, buf);
        if result.is_ready() {
            self.activity.touch();
        }
        result
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_shutdown(cx)
    }
}
