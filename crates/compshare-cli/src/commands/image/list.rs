//! `compshare image list`: images of every source, filtered as CompShare's own command line does it.

use clap::parser::ValueSource;
use clap::{Arg, ArgAction, ArgMatches, Command};
use compshare_client::Error;
use compshare_client::engine::{OffsetPaginator, Paginator, PlatformPaginator};
use compshare_client::model::{
    Action as _, DescribeCommunityImages, DescribeCompShareCustomImages, DescribeCompShareImages,
    DescribeCompShareSharingImages, DescribeSelfCommunityImages, DescribeUserCommunityImages,
    Grouped, Image, ImageGroup, ImageList, PagedAction, RetCode, SortCondition, Window,
};
use compshare_client::sync::{Client, Pages};
use serde_json::{Map, Value};

use super::change::{filled, text};
use super::columns;
use super::details::words;
use super::listing::{self, Part, Source};
use crate::Context;
use crate::cli;
use crate::failure::Failure;
use crate::lang::{Texts, fill};
use crate::settings;

/// How many images are listed unless the user says otherwise, as by CompShare's own command line.
const DEFAULT_LIMIT: u64 = 20;

/// Filters that take a text.
const TEXTS: [&str; 8] = [
    "id", "group", "name", "author", "query", "tag", "type", "sort",
];
/// Filters that are given or not.
const FLAGS: [&str; 7] = [
    "free",
    "paid",
    "official",
    "unofficial",
    "autostart",
    "no-autostart",
    "ascending",
];

/// Whose images are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    Platform,
    Custom,
    Community,
    Shared,
    Published,
    User,
}

impl Origin {
    /// All names, as `--source` takes them.
    const NAMES: [&'static str; 6] = [
        "platform",
        "custom",
        "community",
        "shared",
        "published",
        "user",
    ];

    pub(super) fn from_name(name: &str) -> Option<Self> {
        Some(match name.to_ascii_lowercase().as_str() {
            "platform" => Self::Platform,
            "custom" => Self::Custom,
            "community" => Self::Community,
            "shared" => Self::Shared,
            "published" => Self::Published,
            "user" => Self::User,
            _ => return None,
        })
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Platform => "platform",
            Self::Custom => "custom",
            Self::Community => "community",
            Self::Shared => "shared",
            Self::Published => "published",
            Self::User => "user",
        }
    }

    /// Whether the service lists them by that filter, by its documents.
    fn takes(self, filter: &str) -> bool {
        match self {
            Self::Platform => ["id", "name", "author", "tag", "type"].contains(&filter),
            Self::Custom | Self::Shared => filter == "id",
            Self::Community | Self::Published => !["type", "user"].contains(&filter),
            Self::User => filter != "type",
        }
    }
}

/// `--source`, of which `names` can be given.
pub(super) fn source(names: &[&'static str], help: &'static str, texts: &'static Texts) -> Arg {
    cli::choice(
        Arg::new("source")
            .long("source")
            .value_name(texts.val_source)
            .ignore_case(true)
            .help(help),
        names,
    )
}

pub(super) fn definition(texts: &'static Texts) -> Command {
    let text = |name: &'static str, value: &'static str, help: &'static str| {
        filled(Arg::new(name).long(name).value_name(value).help(help))
    };
    let flag = |name: &'static str, other: Option<&'static str>, help: &'static str| {
        let flag = Arg::new(name)
            .long(name)
            .action(ArgAction::SetTrue)
            .help(help);
        if let Some(other) = other {
            flag.conflicts_with(other)
        } else {
            flag
        }
    };
    Command::new("list")
        .about(texts.list_about)
        .after_help(texts.list_examples)
        .arg(source(&Origin::NAMES, texts.list_source, texts))
        .arg(text("id", texts.val_image, texts.list_id))
        .arg(text("group", texts.val_group, texts.list_group))
        .arg(text("name", texts.val_text, texts.list_name))
        .arg(text("author", texts.val_text, texts.list_author))
        .arg(text("query", texts.val_text, texts.list_query))
        .arg(text("tag", texts.val_tag, texts.list_tag).action(ArgAction::Append))
        .arg(text("type", texts.val_type, texts.list_type))
        .arg(flag("free", Some("paid"), texts.list_free))
        .arg(flag("paid", None, texts.list_paid))
        .arg(flag("official", Some("unofficial"), texts.list_official))
        .arg(flag("unofficial", None, texts.list_unofficial))
        .arg(flag(
            "autostart",
            Some("no-autostart"),
            texts.list_autostart,
        ))
        .arg(flag("no-autostart", None, texts.list_no_autostart))
        .arg(text("sort", texts.val_field, texts.list_sort))
        .arg(flag("ascending", None, texts.list_ascending))
        .arg(cli::number(
            Arg::new("user")
                .long("user")
                .value_name(texts.val_number)
                .help(texts.list_user),
            u64::MAX,
            texts,
        ))
        .args(Part::options(texts.list_limit, texts.list_all, texts))
}

pub(super) fn run(context: &Context, matches: &ArgMatches) -> Result<(), Failure> {
    let origin = text(matches, "source")
        .and_then(Origin::from_name)
        .unwrap_or(Origin::Platform);
    let filters = Filters::read(matches, origin, context.texts())?;
    let part = Part::read(matches, Some(DEFAULT_LIMIT));
    let client = settings::client(context)?;
    let listing = Listing {
        context,
        client: &client,
        origin,
        part,
    };
    match origin {
        Origin::Platform => listing.platform(filters),
        Origin::Custom => {
            let mut request = DescribeCompShareCustomImages::new();
            request.comp_share_image_id = filters.id.map(Into::into);
            listing.flat(&request)
        }
        Origin::Shared => {
            let mut request = DescribeCompShareSharingImages::new();
            request.comp_share_image_id = filters.id.map(Into::into);
            listing.flat(&request)
        }
        Origin::Community => listing.groups(&DescribeCommunityImages::filtered(filters)),
        Origin::Published => listing.groups(&DescribeSelfCommunityImages::filtered(filters)),
        Origin::User => {
            let user = filters.user;
            let mut request = DescribeUserCommunityImages::filtered(filters);
            request.target_top_organization_id = user;
            listing.groups(&request)
        }
    }
}

/// What the images are chosen by.
struct Filters {
    id: Option<String>,
    group: Option<String>,
    name: Option<String>,
    author: Option<String>,
    query: Option<String>,
    tags: Vec<String>,
    image_type: Option<String>,
    is_free: Option<bool>,
    is_official: Option<bool>,
    auto_start: Option<bool>,
    sort: Option<SortCondition>,
    user: Option<u64>,
}

impl Filters {
    /// The filters that were given, if they are some by which those images can be chosen.
    fn read(matches: &ArgMatches, origin: Origin, texts: &Texts) -> Result<Self, Failure> {
        let is_given = |name: &str| matches.value_source(name) == Some(ValueSource::CommandLine);
        if is_given("ascending") && !is_given("sort") {
            return Err(Failure::usage(texts.list_ascending_alone));
        }
        let strange: Vec<String> = TEXTS
            .into_iter()
            .chain(FLAGS)
            .chain(["user"])
            .filter(|name| is_given(name) && !origin.takes(name))
            .map(|name| format!("--{name}"))
            .collect();
        if !strange.is_empty() {
            let values = [("source", origin.name()), ("options", &strange.join(", "))];
            return Err(Failure::usage_with_hint(
                fill(texts.list_unsupported, &values),
                texts.use_see_help,
            ));
        }
        let text = |name: &str| text(matches, name).map(str::to_owned);
        let choice = |yes: &str, no: &str| match (matches.get_flag(yes), matches.get_flag(no)) {
            (true, _) => Some(true),
            (_, true) => Some(false),
            _ => None,
        };
        let tags = words(matches, "tag");
        if is_given("tag") && tags.is_empty() {
            return Err(Failure::usage(fill(
                texts.use_value_missing,
                &[("name", "--tag")],
            )));
        }
        if origin == Origin::Platform && tags.len() > 1 {
            return Err(Failure::usage(texts.list_one_tag));
        }
        let user = matches.get_one::<u64>("user").copied();
        if origin == Origin::User && user.is_none() {
            return Err(Failure::usage(texts.list_user_missing));
        }
        Ok(Self {
            id: text("id"),
            group: text("group"),
            name: text("name"),
            author: text("author"),
            query: text("query"),
            tags,
            image_type: text("type"),
            is_free: choice("free", "paid"),
            is_official: choice("official", "unofficial"),
            auto_start: choice("autostart", "no-autostart"),
            sort: text("sort")
                .map(|field| SortCondition::new(field).asc(matches.get_flag("ascending"))),
            user,
        })
    }
}

/// A listing of the community: all of them have the same filters.
trait CommunityList: PagedAction<Response = ImageList> {
    fn filtered(filters: Filters) -> Self;

    fn without_readmes(self) -> Self;
}

macro_rules! community_lists {
    ($($action:ident,)*) => {$(
        impl CommunityList for $action {
            fn filtered(filters: Filters) -> Self {
                let mut request = Self::new().tags(filters.tags);
                request.comp_share_image_id = filters.id.map(Into::into);
                request.group_id = filters.group.map(Into::into);
                request.name = filters.name;
                request.author = filters.author;
                request.fuzzy_search = filters.query;
                request.is_free = filters.is_free;
                request.is_official = filters.is_official;
                request.if_auto_start = filters.auto_start;
                request.sort_condition = filters.sort;
                request
            }

            fn without_readmes(self) -> Self {
                self.exclude_readme(true)
            }
        }
    )*};
}

community_lists! {
    DescribeCommunityImages,
    DescribeSelfCommunityImages,
    DescribeUserCommunityImages,
}

/// What is listed, and how.
struct Listing<'a> {
    context: &'a Context,
    client: &'a Client,
    origin: Origin,
    part: Part,
}

impl Listing<'_> {
    fn platform(&self, filters: Filters) -> Result<(), Failure> {
        let mut request = DescribeCompShareImages::new().offset(self.part.offset);
        request.comp_share_image_id = filters.id.map(Into::into);
        request.name = filters.name;
        request.author = filters.author;
        request.tag = filters.tags.into_iter().next();
        request.image_type = filters.image_type.map(Into::into);
        let pages = self.limited(self.client.platform_images(request));
        let mut source = Platform {
            pages,
            offset: self.part.offset,
        };
        let columns = columns::images(self.context.texts());
        listing::write(
            self.context,
            &mut source,
            self.part,
            &columns,
            |images| images,
            |source| {
                let mut meta = self.meta(DescribeCompShareImages::NAME);
                let refused: Vec<Value> = source
                    .pages
                    .paginator()
                    .refused()
                    .iter()
                    .map(|kind| kind.as_str().into())
                    .collect();
                if !refused.is_empty() {
                    meta.insert("types_refused".to_owned(), refused.into());
                }
                meta
            },
        )
    }

    fn flat<A>(&self, request: &A) -> Result<(), Failure>
    where
        A: PagedAction<Item = Image>,
    {
        let request = request.with_window(Window::new(self.part.offset, None));
        let mut pages = self.limited(self.client.pages(request));
        let columns = columns::images(self.context.texts());
        listing::write(
            self.context,
            &mut pages,
            self.part,
            &columns,
            |images| images,
            |_| self.meta(A::NAME),
        )
    }

    /// Groups as the service sends them for programs that read JSON, and else their versions.
    fn groups<A: CommunityList>(&self, request: &A) -> Result<(), Failure> {
        let request = request.with_window(Window::new(self.part.offset, None));
        let pages = |request: A| self.limited(self.client.pages(Grouped::new(request)));
        let mut source = Groups {
            pages: pages(request.clone().without_readmes()),
            whole: Some(pages(request)),
            refused: 0,
        };
        let (context, texts) = (self.context, self.context.texts());
        let meta = |_: &Groups<A>| self.meta(A::NAME);
        if context.is_json() {
            listing::write(
                context,
                &mut source,
                self.part,
                &columns::groups(texts),
                |groups| groups,
                meta,
            )
        } else {
            listing::write(
                context,
                &mut source,
                self.part,
                &columns::versions(texts),
                versions,
                meta,
            )
        }
    }

    fn limited<P: Paginator>(&self, pages: Pages<P>) -> Pages<P> {
        match self.part.limit {
            Some(limit) => pages.max_items(limit),
            None => pages,
        }
    }

    fn meta(&self, action: &str) -> Map<String, Value> {
        let mut meta = Map::new();
        meta.insert("action".to_owned(), action.into());
        meta.insert("source".to_owned(), self.origin.name().into());
        meta
    }
}

/// The versions of groups, each with what it has from its group.
fn versions(groups: Vec<ImageGroup>) -> Vec<Image> {
    let mut list = ImageList::default();
    list.groups = groups;
    list.into_images()
}

/// Platform images of all types, whose errors count within one type.
struct Platform {
    pages: Pages<PlatformPaginator>,
    offset: u64,
}

impl Source for Platform {
    type Item = Image;

    fn next_page(&mut self) -> Option<Result<Vec<Image>, Error>> {
        self.pages.next_page()
    }

    fn requests(&self) -> u64 {
        self.pages.requests()
    }

    fn total(&self) -> Option<u64> {
        self.pages.total()
    }

    fn failure(&self, error: Error, next: u64) -> Failure {
        if next > self.offset || error.resume_at().is_some() {
            Failure::listing(error, next)
        } else {
            error.into()
        }
    }
}

/// Groups without their readmes, if the service can leave them out: no document has the parameter.
struct Groups<A: CommunityList> {
    pages: Pages<OffsetPaginator<Grouped<A>>>,
    /// The same with readmes, as long as the service has not answered.
    whole: Option<Pages<OffsetPaginator<Grouped<A>>>>,
    /// Requests that were refused.
    refused: u64,
}

impl<A: CommunityList> Source for Groups<A> {
    type Item = ImageGroup;

    fn counts_groups(&self) -> bool {
        true
    }

    fn next_page(&mut self) -> Option<Result<Vec<ImageGroup>, Error>> {
        let page = self.pages.next_page()?;
        match (page, self.whole.take()) {
            (Err(error), Some(whole))
                if error.ret_code() == Some(RetCode::PARAMETER_NOT_AVAILABLE) =>
            {
                self.refused = self.pages.requests();
                self.pages = whole;
                self.pages.next_page()
            }
            (page, _) => Some(page),
        }
    }

    fn requests(&self) -> u64 {
        self.refused + self.pages.requests()
    }

    fn total(&self) -> Option<u64> {
        self.pages.total()
    }
}
