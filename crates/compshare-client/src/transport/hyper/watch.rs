//! Notices when a peer falls silent, without cutting one that is only slow.

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
use crate::transport::{TransportError, TransportErrorKind};

/// When something last moved on a connection.
#[derive(Debug, Clone)]
pub(super) struct Progress {
    start: Instant,
    /// Milliseconds from `start` to the last byte.
    last: Arc<AtomicU64>,
}

impl Progress {
    pub(super) fn new() -> Self {
        Self {
            start: now(),
            last: Arc::default(),
        }
    }

    fn note(&self) {
        let millis = u64::try_from(self.start.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.last.store(millis, Ordering::Relaxed);
    }

    fn last(&self) -> Instant {
        self.start + Duration::from_millis(self.last.load(Ordering::Relaxed))
    }

    /// Runs `work`, and gives up when nothing has moved for `idle`.
    pub(super) async fn watched<T>(
        &self,
        idle: Duration,
        work: impl Future<Output = T>,
    ) -> Result<T, TransportError> {
        let mut work = std::pin::pin!(work);
        self.note();
        loop {
            let deadline = self.last() + idle;
            match tokio::time::timeout_at(deadline.into(), work.as_mut()).await {
                Ok(done) => return Ok(done),
                Err(elapsed) if self.last() + idle <= deadline => {
                    return Err(TransportError::new(TransportErrorKind::Timeout, elapsed));
                }
                Err(_) => {}
            }
        }
    }
}

/// A plain or encrypted connection.
pub(super) trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

/// A connection that tells [`Progress`] about every byte that moves.
pub(super) struct Watched {
    inner: TokioIo<Box<dyn Stream>>,
    progress: Progress,
}

impl Watched {
    pub(super) fn new(stream: Box<dyn Stream>, progress: Progress) -> Self {
        Self {
            inner: TokioIo::new(stream),
            progress,
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
            self.progress.note();
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
            self.progress.note();
        }
        result
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_shutdown(cx)
    }

    fn is_write_vectored(&self) -> bool {
        self.inner.is_write_vectored()
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let result = Pin::new(&mut self.inner).poll_write_vectored(cx, bufs);
        if result.is_ready() {
            self.progress.note();
        }
        result
    }
}
