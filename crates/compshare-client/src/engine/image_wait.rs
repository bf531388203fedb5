//! Waiting until an image is made.

use compshare_model::{
    DescribeCompShareCustomImages, GetCompShareImageCreateProgress,
    GetCompShareImageCreateProgressResponse, ImageStatus,
};

use super::sequence::Calls;
use super::wait::{WaitOptions, is_transient};
use crate::Error;

type Progress = GetCompShareImageCreateProgressResponse;

/// The outcome of waiting for an image.
#[derive(Debug, Clone, PartialEq)]
#[must_use = "the image may have failed, or not be ready yet"]
#[non_exhaustive]
pub enum ImageOutcome {
    /// It is ready.
    Ready,
    /// Creation failed.
    Failed {
        /// The service's reason, if it gave one.
        reason: Option<String>,
    },
    /// The deadline passed first. The image may still become ready.
    DeadlinePassed {
        /// The last progress response.
        last: Progress,
    },
}

impl ImageOutcome {
    /// Returns `true` if an instance can be created from the image.
    pub fn is_ready(&self) -> bool {
        matches!(self, Self::Ready)
    }
}

/// Waits until an image is made, see [`Engine::wait_for_image`](super::Engine::wait_for_image).
pub(super) async fn wait_for_image(
    calls: Calls,
    request: GetCompShareImageCreateProgress,
    options: WaitOptions,
) -> Result<ImageOutcome, Error> {
    let mut last: Option<Progress> = None;
    // Whether the status of the image can be queried.
    let mut has_status = true;
    loop {
        let query = calls.send_with(&request, &options.call_options(calls.elapsed()));
        let last_error = match query.await {
            Ok(progress) => {
                options.report(&progress);
                if progress.is_failed() {
                    let reason = progress.failed_reason;
                    return Ok(ImageOutcome::Failed { reason });
                }
                if progress.is_done() {
                    return Ok(ImageOutcome::Ready);
                }

                let is_stuck = last.is_some_and(|last| last.process == progress.process);
                last = Some(progress);
                // The first query is always made, the others only before the deadline.
                let has_time = !options.remaining(calls.elapsed()).is_zero();
                if is_stuck && has_status && has_time {
                    match status(&calls, &request, &options).await {
                        Ok(Some(outcome)) => return Ok(outcome),
                        Ok(None) => {}
                        Err(error) => has_status = is_transient(&error),
                    }
                }
                None
            }
            Err(error) if is_transient(&error) => Some(error),
            Err(error) => return Err(error),
        };

        let remaining = options.remaining(calls.elapsed());
        if remaining.is_zero() {
            return match (last, last_error) {
                (None, Some(error)) => Err(error),
                (last, _) => Ok(ImageOutcome::DeadlinePassed {
                    last: last.unwrap_or_default(),
                }),
            };
        }
        calls.wait(options.interval.min(remaining)).await;
    }
}

/// Queries the status of the image. An error does not end the wait: the progress can still be
/// queried.
async fn status(
    calls: &Calls,
    progress: &GetCompShareImageCreateProgress,
    options: &WaitOptions,
) -> Result<Option<ImageOutcome>, Error> {
    let id = progress.image_id.clone();
    let mut request = DescribeCompShareCustomImages::new().image_id(&id);
    request.region.clone_from(&progress.region);
    request.zone.clone_from(&progress.zone);
    request.project_id.clone_from(&progress.project_id);

    let query = calls.send_with(&request, &options.call_options(calls.elapsed()));
    let list = query.await?;
    let image = list.images().find(|image| image.id == id);
    Ok(image.and_then(|image| match image.status {
        Some(ImageStatus::Available | ImageStatus::Normal) => Some(ImageOutcome::Ready),
        Some(ImageStatus::Unavailable) => Some(ImageOutcome::Failed {
            reason: image.failed_reason.clone(),
        }),
        _ => None,
    }))
}
