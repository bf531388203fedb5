//! The platform's images of all types; the service lists each type separately.

use std::collections::VecDeque;
use std::fmt;

use compshare_model::{
    DescribeCompShareImages, Image, ImageType, PagedAction, RetCode, Rows, SeenIds, Window,
};

use super::item_range::{ItemRange, len_u64};
use super::{OffsetPaginator, Page, PageResult, Paginator, Prefetch, sealed};
use crate::Error;
use crate::engine::{CallOptions, Engine, Exchange};

/// The types of platform images: two are documented, two are known from the platform's own
/// command-line tool.
const TYPES: [ImageType; 4] = [
    ImageType::System,
    ImageType::App,
    ImageType::Game,
    ImageType::Other,
];

/// All platform images: a chain of listings, one for each type, since one `Offset` does not run
/// over several types.
///
/// No image is returned twice, also if the service ignores the type. An undocumented type that the
/// service rejects is left out, see [`refused`](Self::refused). A request with an `ImageType` or an
/// image's id is one listing.
///
/// After an error, [`Error::resume_at`] counts within [`current`](Self::current).
pub struct PlatformPaginator {
    current: Link,
    next: VecDeque<Link>,
    is_over: bool,
    seen: SeenIds,
    range: ItemRange,
    /// The types whose listing is complete, with their numbers of images.
    counted: Vec<(ImageType, u64)>,
    /// Number of images of the current type so far.
    count: u64,
    refused: Vec<ImageType>,
    /// Number of requests for the types before the current one.
    requests: u64,
}

/// The listing of one type; of a narrower request, without a type.
struct Link {
    image_type: Option<ImageType>,
    pages: OffsetPaginator<DescribeCompShareImages>,
}

impl PlatformPaginator {
    pub(in crate::engine) fn new(engine: &Engine, request: DescribeCompShareImages) -> Self {
        let link = |image_type, request| Link {
            image_type,
            pages: OffsetPaginator::new(engine.clone(), request),
        };
        let is_narrow = request.image_type.is_some() || request.image_id.is_some();
        if is_narrow {
            return Self::of_chain(link(None, request), VecDeque::new(), 0);
        }

        let [first, others @ ..] = TYPES.map(|image_type| {
            let window = Window::new(0, request.limit);
            let request = request.with_window(window).image_type(image_type.clone());
            link(Some(image_type), request)
        });
        Self::of_chain(first, others.into(), request.offset.unwrap_or_default())
    }

    fn of_chain(current: Link, next: VecDeque<Link>, skip: u64) -> Self {
        Self {
            current,
            next,
            is_over: false,
            seen: SeenIds::default(),
            range: ItemRange::new(skip, None),
            counted: Vec::new(),
            count: 0,
            refused: Vec::new(),
            requests: 0,
        }
    }

    /// Returns the type that is being listed.
    pub fn current(&self) -> Option<&ImageType> {
        self.current.image_type.as_ref()
    }

    /// Returns the types whose listing is complete, with their numbers of images.
    pub fn counted(&self) -> &[(ImageType, u64)] {
        &self.counted
    }

    /// Returns the types that the service refused to list.
    pub fn refused(&self) -> &[ImageType] {
        &self.refused
    }

    /// Counts the current type, and continues with the next one.
    fn finish_type(&mut self) {
        let image_type = self.current.image_type.clone();
        self.counted
            .extend(image_type.map(|image_type| (image_type, self.count)));
        self.next_type();
    }

    fn next_type(&mut self) {
        self.count = 0;
        match self.next.pop_front() {
            Some(next) => {
                self.requests += self.current.pages.requests();
                self.current = next;
            }
            None => self.is_over = true,
        }
    }

    /// Returns `true` if the service rejected the type and it may be omitted.
    fn is_refused(&self, error: &Error) -> bool {
        let is_refusal = matches!(
            error.ret_code(),
            Some(RetCode::PARAMETER_NOT_AVAILABLE | RetCode::PARAMETER_OUT_OF_RANGE)
        );
        let is_undocumented = matches!(self.current(), Some(ImageType::Game | ImageType::Other));
        is_refusal && is_undocumented && !self.current.pages.has_begun()
    }
}

impl sealed::Sealed for PlatformPaginator {}

impl Paginator for PlatformPaginator {
    type Item = Image;

    fn next_page(&mut self) -> Option<Result<u64, Error>> {
        if self.is_over || self.range.is_over() {
            return None;
        }
        self.current.pages.next_page()
    }

    fn next_prefetch(&self, steps: u32, prefetch: Prefetch) -> Option<u64> {
        self.current.pages.next_prefetch(steps, prefetch)
    }

    fn request(&self, offset: u64, options: &CallOptions) -> Result<Exchange<Rows<Image>>, Error> {
        self.current.pages.request(offset, options)
    }

    fn accept(&mut self, result: PageResult<Image>) -> Result<Option<Page<Image>>, Error> {
        match result.as_ref() {
            Err(error) if self.is_refused(error) => {
                self.current.pages.count_failure(error);
                self.refused.extend(self.current.image_type.clone());
                self.next_type();
                return Ok(None);
            }
            _ => {}
        }
        let Some(mut page) = self.current.pages.accept(result)? else {
            self.finish_type();
            return Ok(None);
        };

        let has_other_type = page
            .items
            .iter()
            .any(|image| image.image_type.is_some() && image.image_type.as_ref() != self.current());
        page.items
            .retain_mut(|image| DescribeCompShareImages::dedup(image, &mut self.seen));
        if page.items.is_empty() && has_other_type && !self.counted.is_empty() {
            // Images of another type, and all of them known: the service ignores the type.
            self.next.clear();
            self.finish_type();
            return Ok(None);
        }

        self.count += len_u64(page.items.len());
        self.range.apply(&mut page.items);
        page.total = self.total();
        Ok(Some(page))
    }

    fn max_items(mut self, items: u64) -> Self {
        self.range.limit(items);
        for link in std::iter::once(&mut self.current).chain(&mut self.next) {
            link.pages.limit_page_size(items);
        }
        self
    }

    /// Within the current type.
    fn offset(&self) -> u64 {
        self.current.pages.offset()
    }

    fn requests(&self) -> u64 {
        self.requests + self.current.pages.requests()
    }

    /// Of all types, and known as soon as the last of them is listed: its own total, or its number
    /// of images if that is larger, and the numbers of images of the others.
    fn total(&self) -> Option<u64> {
        if self.current.image_type.is_none() {
            return self.current.pages.total();
        }
        let last = if self.is_over {
            0
        } else {
            let total = self.current.pages.total();
            total.unwrap_or_default().max(self.count)
        };
        let counts = self.counted.iter().map(|(_, count)| *count);
        let total = counts.fold(last, u64::saturating_add);
        self.next.is_empty().then_some(total)
    }
}

impl fmt::Debug for PlatformPaginator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PlatformPaginator")
            .field("current", &self.current.image_type)
            .field("counted", &self.counted)
            .field("refused", &self.refused)
            .finish_non_exhaustive()
    }
}
