//! `compshare image list`: images of every source, with the filters of CompShare's own command
//! line.

use clap::parser::ValueSource;
use clap::{Arg, ArgAction, ArgMatches, Command};
use compshare_client::engine::{CommunityAction, Paginator};
use compshare_client::model::{
    Action as _, DescribeCommunityImages, DescribeCompShareCustomImages, DescribeCompShareImages,
    DescribeCompShareSharingImages, DescribeSelfCommunityImages, DescribeUserCommunityImages,
    Image, ImageGroup, ImageList, PagedAction, SortCondition, Window,
};
use compshare_client::sync::{Client, Pages};
use serde::Serialize;
use serde_json::{Map, Value};

use super::columns;
use crate::cli::args::{
    self, choice, examples, filled, flag, flag_pair, number, option, owned, word, words,
};
use crate::cli::subcommand::Subcommand;
use crate::commands::listing::{self, Listing, PageArgs};
use crate::context::Context;
use crate::failure::Failure;
use crate::lang::{text, texts};
use crate::output::Columns;
use crate::settings;

pub(super) const COMMAND: Subcommand = Subcommand::new("list", define, run);

/// The default of `--limit`, as in CompShare's own command line.
const DEFAULT_LIMIT: u64 = 20;

/// The names of the filter options.
const FILTERS: [&str; 16] = [
    "id",
    "group",
    "name",
    "author",
    "query",
    "tag",
    "type",
    "sort",
    "free",
    "paid",
    "official",
    "unofficial",
    "autostart",
    "no-autostart",
    "ascending",
    "user",
];

/// The documented sort fields.
const SORT_FIELDS: &[&str] = &[
    "PubTime",
    "Favor",
    "FavoritesCount",
    "CreatedCount",
    "ImageUseTime",
    "Price",
];

/// The types of platform images.
const TYPES: &[&str] = &["System", "App", "Game", "Other"];

/// A source of images.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ImageSource {
    Platform,
    Custom,
    Community,
    Shared,
    Published,
    User,
}

const SOURCES: &[(&str, ImageSource)] = &[
    ("platform", ImageSource::Platform),
    ("custom", ImageSource::Custom),
    ("community", ImageSource::Community),
    ("shared", ImageSource::Shared),
    ("published", ImageSource::Published),
    ("user", ImageSource::User),
];

/// The sources searched for an id, in this order.
pub(super) const SEARCHABLE: &[(&str, ImageSource)] = SOURCES.split_at(5).0;

impl ImageSource {
    pub(super) fn name(self) -> &'static str {
        let found = SOURCES.iter().find(|(_, source)| *source == self);
        found.map_or("", |(name, _)| name)
    }

    /// Returns `true` if the API documents the filter for this source.
    fn supports_filter(self, filter: &str) -> bool {
        match self {
            Self::Platform => ["id", "name", "author", "tag", "type"].contains(&filter),
            Self::Custom | Self::Shared => filter == "id",
            Self::Community | Self::Published => !["type", "user"].contains(&filter),
            Self::User => filter != "type",
        }
    }
}

/// Creates `--source` with these values.
pub(super) fn source(words: &'static [(&'static str, ImageSource)], help: &'static str) -> Arg {
    choice(option("source", "SOURCE", help), words)
}

fn define(command: Command) -> Command {
    let commands = [
        "compshare image list",
        "compshare image list --source community --query qwen --sort FavoritesCount",
        "compshare image list --source community --tag ComfyUI --all --output csv",
        "compshare image list --source custom --all --output ids",
        "compshare image list --columns name,version,price,id",
    ];

    let text = |name, value, help| filled(option(name, value, help));

    let texts = texts();
    command
        .about(texts.list_about)
        .after_help(examples(&commands, texts.list_note))
        .arg(source(SOURCES, texts.list_source))
        .arg(text("id", "IMAGE", texts.list_id))
        .arg(text("group", "GROUP", texts.list_group))
        .arg(text("name", "TEXT", texts.list_name))
        .arg(text("author", "TEXT", texts.list_author))
        .arg(text("query", "TEXT", texts.list_query))
        .arg(text("tag", "TAG", texts.list_tag).action(ArgAction::Append))
        .arg(word(option("type", "TYPE", texts.list_type), TYPES))
        .arg(flag("free", texts.list_free).conflicts_with("paid"))
        .arg(flag("paid", texts.list_paid))
        .arg(flag("official", texts.list_official).conflicts_with("unofficial"))
        .arg(flag("unofficial", texts.list_unofficial))
        .arg(flag("autostart", texts.list_autostart).conflicts_with("no-autostart"))
        .arg(flag("no-autostart", texts.list_no_autostart))
        .arg(word(option("sort", "FIELD", texts.list_sort), SORT_FIELDS))
        .arg(flag("ascending", texts.list_ascending))
        .arg(number(option("user", "N", texts.list_user), u64::MAX))
        .args(PageArgs::options(texts.list_limit, texts.list_all))
        .arg(args::columns())
}

/// Sets the filters of a community listing, which have the same names in all requests.
macro_rules! filtered {
    ($action:ident, $matches:ident) => {{
        let mut request = $action::new().tags(words($matches, "tag"));
        request.image_id = owned($matches, "id").map(Into::into);
        request.group_id = owned($matches, "group").map(Into::into);
        request.name = owned($matches, "name");
        request.author = owned($matches, "author");
        request.fuzzy_search = owned($matches, "query");
        request.is_free = flag_pair($matches, "free", "paid");
        request.is_official = flag_pair($matches, "official", "unofficial");
        request.if_auto_start = flag_pair($matches, "autostart", "no-autostart");
        request.sort_condition = owned($matches, "sort")
            .map(|field| SortCondition::new(field).asc($matches.get_flag("ascending")));
        request
    }};
}

fn run(context: &Context, matches: &ArgMatches) -> Result<(), Failure> {
    let source = matches.get_one("source").copied();
    let source = source.unwrap_or(ImageSource::Platform);
    check_filters(matches, source)?;
    let images = Images {
        matches,
        client: &settings::client(context)?,
        source,
        listing: Listing::new(context, PageArgs::read(matches, Some(DEFAULT_LIMIT))),
    };

    let id = owned(matches, "id").map(Into::into);
    match source {
        ImageSource::Platform => {
            let mut request = DescribeCompShareImages::new();
            request.image_id = id;
            request.name = owned(matches, "name");
            request.author = owned(matches, "author");
            request.tag = words(matches, "tag").into_iter().next();
            request.image_type = owned(matches, "type").map(Into::into);
            images.platform(request)
        }
        ImageSource::Custom => {
            let mut request = DescribeCompShareCustomImages::new();
            request.image_id = id;
            images.flat(&request)
        }
        ImageSource::Shared => {
            let mut request = DescribeCompShareSharingImages::new();
            request.image_id = id;
            images.flat(&request)
        }
        ImageSource::Community => {
            let request = filtered!(DescribeCommunityImages, matches);
            images.groups(&request)
        }
        ImageSource::Published => {
            let request = filtered!(DescribeSelfCommunityImages, matches);
            images.groups(&request)
        }
        ImageSource::User => {
            let mut request = filtered!(DescribeUserCommunityImages, matches);
            request.target_top_organization_id = matches.get_one("user").copied();
            images.groups(&request)
        }
    }
}

/// Rejects filters that the source does not support.
fn check_filters(matches: &ArgMatches, source: ImageSource) -> Result<(), Failure> {
    let is_given = |name: &str| matches.value_source(name) == Some(ValueSource::CommandLine);
    if is_given("ascending") && !is_given("sort") {
        return Err(requires("--ascending", "--sort <FIELD>"));
    }
    let mut filters = FILTERS.into_iter().filter(|name| is_given(name));
    if let Some(name) = filters.find(|name| !source.supports_filter(name)) {
        let sources = SOURCES
            .iter()
            .filter(|(_, source)| source.supports_filter(name));
        let sources: Vec<&str> = sources.map(|(name, _)| *name).collect();
        let (option, sources) = (format!("--{name}"), alternatives(&sources));
        return Err(Failure::usage(text!(list_unsupported, option, sources)));
    }

    let tags = words(matches, "tag");
    if is_given("tag") && tags.is_empty() {
        return Err(Failure::usage(text!(use_value_missing, name = "--tag")));
    }
    if source == ImageSource::Platform && tags.len() > 1 {
        return Err(Failure::usage(texts().list_one_tag));
    }
    if source == ImageSource::User && !is_given("user") {
        return Err(requires("--source user", "--user <N>"));
    }
    Ok(())
}

fn requires(name: &str, other: &str) -> Failure {
    Failure::usage(text!(use_needs, name, other))
}

/// Joins alternatives: `community, published or user`.
fn alternatives(names: &[&str]) -> String {
    let texts = texts();
    match names.split_last() {
        Some((last, [])) => (*last).to_owned(),
        Some((last, others)) => [&others.join(texts.comma), texts.or, last].concat(),
        None => String::new(),
    }
}

/// A listing of one source.
struct Images<'a> {
    matches: &'a ArgMatches,
    client: &'a Client,
    source: ImageSource,
    listing: Listing<'a>,
}

impl Images<'_> {
    fn platform(mut self, request: DescribeCompShareImages) -> Result<(), Failure> {
        let page = self.listing.page;
        let pages = self.client.images().platform(request.offset(page.offset));
        self.listing.has_parts = true;

        self.write(
            DescribeCompShareImages::NAME,
            page.limited_without_total(pages),
            columns::images(),
            |images| images,
            |paginator, meta| {
                let refused = paginator.refused().iter().map(|kind| kind.as_str().into());
                let refused: Vec<Value> = refused.collect();
                if !refused.is_empty() {
                    meta.insert("types_refused".to_owned(), refused.into());
                }
            },
        )
    }

    fn flat<A: PagedAction<Item = Image>>(self, request: &A) -> Result<(), Failure> {
        let page = self.listing.page;
        let request = request.with_window(Window::new(page.offset, None));
        let pages = page.limited(self.client.pages(request));
        self.write(
            A::NAME,
            pages,
            columns::images(),
            |images| images,
            |_, _| {},
        )
    }

    /// Lists groups in JSON, and their versions in other formats.
    fn groups<A: CommunityAction>(mut self, request: &A) -> Result<(), Failure> {
        self.listing.has_groups = true;
        let page = self.listing.page;
        let request = request.with_window(Window::new(page.offset, None));
        let pages = page.limited(self.client.images().community(request));
        if self.listing.context.is_json() {
            let columns = columns::grouped();
            self.write(A::NAME, pages, columns, |groups| groups, |_, _| {})
        } else {
            self.write(A::NAME, pages, columns::grouped(), versions, |_, _| {})
        }
    }

    fn write<P: Paginator, T: Serialize>(
        &self,
        action: &str,
        mut pages: Pages<P>,
        columns: Columns<T>,
        rows: impl Fn(Vec<P::Item>) -> Vec<T>,
        more_meta: impl FnOnce(&P, &mut Map<String, Value>),
    ) -> Result<(), Failure> {
        let columns = listing::selected(self.listing.context, self.matches, columns)?;

        self.listing.write(&mut pages, &columns, rows, |paginator| {
            let mut meta = Map::new();
            meta.insert("action".to_owned(), action.into());
            meta.insert("source".to_owned(), self.source.name().into());
            more_meta(paginator, &mut meta);
            meta
        })
    }
}

/// Returns the versions of groups, with the fields that they inherit.
fn versions(groups: Vec<ImageGroup>) -> Vec<Image> {
    let mut list = ImageList::default();
    list.groups = groups;
    list.into_images()
}
