//! The platform's images of every type, of which the service pages each for itself.

use std::collections::VecDeque;
use std::fmt;

use compshare_model::{
    Action, DescribeCompShareImages, Image, ImageList, ImageType, Key, PagedAction, RetCode, Rows,
    Window,
};

use super::pager::Seen;
use super::portion::{Portion, length};
use super::walk::Walk;
use super::{Page, Pager, Reply};
use crate::Error;

/// The types of platform images: two that are documented, and two that the platform's own command-line tool asks for.
const TYPES: [ImageType; 4] = [
    ImageType::System,
    ImageType::App,
    ImageType::Game,
    ImageType::Other,
];

/// All platform images: type by type, since one `Offset` does not run over several of them.
///
/// No image is given twice, also by a service that ignores the type. A type that no document names and that the service
/// refuses is left out, see [`refused`](Self::refused). A request with an `ImageType` or an image's id is walked as it is.
///
/// Of an error, [`Error::resume_at`] counts within [`current`](Self::current).
pub struct PlatformWalk {
    request: DescribeCompShareImages,
    max_pages: u64,
    /// The types that are still to be walked.
    types: VecDeque<ImageType>,
    /// The type that is walked; none if the request was for something narrower.
    current: Option<ImageType>,
    pager: Pager<DescribeCompShareImages>,
    seen: Seen,
    portion: Portion,
    /// Types that were walked to their ends, with their numbers of images.
    counted: Vec<(ImageType, u64)>,
    /// How many images of the current type there were so far.
    count: u64,
    refused: Vec<ImageType>,
    /// Of the types before the current one.
    requests: u64,
    finished: bool,
}

impl PlatformWalk {
    pub(super) fn new(request: DescribeCompShareImages, max_pages: u64) -> Self {
        let is_narrow = request.image_type.is_some() || request.comp_share_image_id.is_some();
        let mut types = if is_narrow {
            VecDeque::new()
        } else {
            VecDeque::from(TYPES)
        };
        let current = types.pop_front();
        Self {
            pager: Pager::new(request_of(&request, current.as_ref()), max_pages),
            // A narrower request has its offset itself.
            portion: Portion::new(
                if is_narrow {
                    0
                } else {
                    request.offset.unwrap_or_default()
                },
                None,
            ),
            request,
            max_pages,
            types,
            current,
            seen: Seen::default(),
            counted: Vec::new(),
            count: 0,
            refused: Vec::new(),
            requests: 0,
            finished: false,
        }
    }

    /// The type that is walked at present.
    pub fn current(&self) -> Option<&ImageType> {
        self.current.as_ref()
    }

    /// The types that were walked to their ends, with how many images each has.
    pub fn counted(&self) -> &[(ImageType, u64)] {
        &self.counted
    }

    /// The types that the service refused to list.
    pub fn refused(&self) -> &[ImageType] {
        &self.refused
    }

    /// Goes on to the next type, if there is one.
    fn turn(&mut self) {
        self.count = 0;
        let Some(next) = self.types.pop_front() else {
            self.finished = true;
            return;
        };
        self.requests += self.pager.requests();
        self.pager = Pager::new(request_of(&self.request, Some(&next)), self.max_pages);
        self.current = Some(next);
    }

    /// The current type is at its end.
    fn finish_type(&mut self) {
        self.counted
            .extend(self.current.clone().map(|current| (current, self.count)));
        self.turn();
    }

    /// Whether an image says that it is of another type than the one that is walked.
    fn is_of_another_type(&self, image: &Image) -> bool {
        image.image_type.is_some() && image.image_type != self.current
    }
}

/// The request for the images of one type, from their start; or the request itself.
fn request_of(
    request: &DescribeCompShareImages,
    image_type: Option<&ImageType>,
) -> DescribeCompShareImages {
    match image_type {
        Some(image_type) => request
            .with_window(Window::new(0, request.limit))
            .image_type(image_type.clone()),
        None => request.clone(),
    }
}

impl Walk for PlatformWalk {
    type Action = DescribeCompShareImages;
    type Row = Image;
    type Item = Image;

    fn rows(response: ImageList) -> Rows<Image> {
        response.into()
    }

    fn request(&mut self) -> Option<Result<DescribeCompShareImages, Error>> {
        if self.finished || self.portion.is_over() {
            return None;
        }
        self.pager.request()
    }

    fn ahead(&self, steps: u32, eager: bool) -> Option<(u64, DescribeCompShareImages)> {
        self.pager.ahead(steps, eager)
    }

    fn accept(&mut self, reply: Reply<Rows<Image>>) -> Result<Option<Page<Image>>, Error> {
        let Some(mut page) = self.pager.accept_rows(reply)? else {
            self.finish_type();
            return Ok(None);
        };
        let has_others = page
            .items
            .iter()
            .any(|image| self.is_of_another_type(image));
        page.items
            .retain(|image| image.id.is_empty() || self.seen.is_new(Key::Own(image.id.as_str())));
        // Of another type, and all of it known: the service does not tell types apart.
        if page.items.is_empty() && has_others && !self.counted.is_empty() {
            self.types.clear();
            self.finish_type();
            return Ok(None);
        }
        self.count += length(page.items.len());
        self.portion.take(&mut page.items);
        page.total = self.total();
        Ok(Some(page))
    }

    fn fail(&mut self, error: Error) -> Option<Error> {
        let is_refused = matches!(
            error.ret_code(),
            Some(RetCode::PARAMETER_NOT_AVAILABLE | RetCode::PARAMETER_OUT_OF_RANGE)
        );
        let is_undocumented = matches!(self.current, Some(ImageType::Game | ImageType::Other));
        if is_refused && is_undocumented && self.pager.offset() == 0 {
            self.pager.count_failure(&error);
            self.refused.extend(self.current.clone());
            self.turn();
            return None;
        }
        self.portion.limit(0);
        Some(self.pager.fail(error))
    }

    fn max_items(mut self, items: u64) -> Self {
        self.portion.limit(items);
        let most = self
            .request
            .limit
            .unwrap_or(DescribeCompShareImages::MAX_LIMIT);
        self.request.limit = Some(
            u32::try_from(items)
                .unwrap_or(u32::MAX)
                .clamp(1, most.max(1)),
        );
        self.pager = Pager::new(
            request_of(&self.request, self.current.as_ref()),
            self.max_pages,
        );
        self
    }

    /// Within the current type.
    fn offset(&self) -> u64 {
        self.pager.offset()
    }

    fn requests(&self) -> u64 {
        self.requests + self.pager.requests()
    }

    /// Of all types: known once the last of them has been asked for. Types that were walked count what they had; for the
    /// last one the service's own total is taken, unless more have come.
    fn total(&self) -> Option<u64> {
        if self.current.is_none() {
            return self.pager.total();
        }
        let walked = self
            .counted
            .iter()
            .fold(0u64, |sum, (_, count)| sum.saturating_add(*count));
        let last = if self.finished {
            0
        } else {
            self.pager.total().unwrap_or_default().max(self.count)
        };
        self.types.is_empty().then_some(walked.saturating_add(last))
    }
}

impl fmt::Debug for PlatformWalk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PlatformWalk")
            .field("action", &DescribeCompShareImages::NAME)
            .field("current", &self.current)
            .field("counted", &self.counted)
            .field("refused", &self.refused)
            .finish_non_exhaustive()
    }
}
