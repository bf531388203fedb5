//! The gateway itself: requests in, answers out, no socket.

use std::cell::Cell;
use std::collections::VecDeque;
use std::collections::hash_map::RandomState;
use std::fmt;
use std::hash::BuildHasher;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use compshare_sign::Credentials;
use serde_json::{Map, Value};

use crate::actions::{self, Call};
use crate::answer::{REQUEST_ID, Refusal};
use crate::request::Request;
use crate::spelling::spell;
use crate::store::{Scope, Store};
use crate::{Answer, Catalog, Fault, Quirks};

/// How many action names are remembered, and how long each may be.
const LOG_LEN: usize = 1024;
const LOG_NAME_CHARS: usize = 128;

/// A gateway without a socket: verifies signatures, holds images, carries out actions and faults.
///
/// It reads no clock and waits for nothing, so it also serves under a scripted transport. Clones share one state, and all
/// methods can be called from several threads at once.
///
/// | what is wrong | RetCode |
/// |---|---|
/// | the body is no form, or no JSON object | 230 |
/// | `Signature` is missing · wrong | 170 · 171 |
/// | `PublicKey` is missing or unknown | 172 |
/// | `Action` is missing · unknown | 160 · 161 |
/// | a parameter is missing, or both of `AddAccounts` and `RemoveAccounts` | 210 |
/// | a number is none or out of range (`Limit` 0, a negative price), a boolean is none, a sort key is unknown, or there are more than 10 accounts or 3 tags | 220 |
/// | `ImageType` is unknown, or the id is no platform image's | 230 |
/// | the name of an own image is taken | 230 |
/// | the image or the group does not exist, or is not the caller's to change | 8039 |
/// | the image to publish is no `Available` container image, or the one to copy not `Available` | 8017 |
/// | an image that others share is to be shared on | 8350 |
/// | the image is published: it can be neither deleted nor published again | 8436 |
/// | an image of the instance is being made | 8964 |
/// | the group has a version of that name | 8968 |
/// | the instance runs a paid image | 226644 |
///
/// The codes and their order of precedence follow
/// [UCloud's list of common codes](https://docs.ucloud.cn/api/summary/public) as far as it goes; 210, 220, 230 and those
/// from 8000 on are reported by third parties.
///
/// # Choices of this mock
///
/// No source says these; a client should not rely on them.
///
/// - `Limit` 0 is refused. A favourite is added at the end of the list. Adding or removing twice succeeds.
/// - A favourite group's first `Available` version, or else its first, is the favourite that
///   `DescribeFavoriteImages` lists; a group with any favourite among its versions has `IsFavorite`, in all three lists
///   of the community; taking the group off takes all of them off. `FavoritesCount` of a group follows.
/// - The community is listed in the order of the [`Catalog`], unless `SortCondition.Field` is there; then from the
///   greatest down, unless `SortCondition.ASC` is true. `Offset`, `Limit` and `TotalCount` count groups. A group is
///   listed, whole, if one of its versions is what the filters ask for; by `CompShareImageId`, with that version alone.
///   `Name` and `FuzzySearch` ignore letter case there, and `Name` heeds it for platform images.
/// - Authors have numbers from 1001 on, the caller is 1000 (see [`organization_id`](Self::organization_id)); an account
///   with a number below 1000 does not exist and comes back in `InvalidAccounts`.
/// - Making an image takes a step with each look at its progress (see
///   [`set_progress_step`](Self::set_progress_step)), and never moves by itself. The name of the instance says how it
///   goes: with `fail` in `UHostId` it stops at 50 % and the image ends `UnAvailable`; with `vm` in it, it is a VM image;
///   with `paid` in it, RetCode 226644. A copy is made in the same way.
/// - A published image keeps its id and stays `Reviewing`. `UpdateCompShareImage` with `Visibility` 0 takes it
///   offline, with 1 puts it under review again; only offline can it be deleted.
/// - `DescribeCompShareCustomImages` and `DescribeCompShareSharingImages` by an unknown id give 8039.
/// - `DescribeCompShareSupportZone` lists the zones of all regions. Instances can be listed and renamed; they have no
///   lifecycle.
///
/// ```
/// use compshare_mock::Gateway;
/// use compshare_sign::{Credentials, Params};
///
/// let credentials = Credentials::new("my_public_key", "my_private_key")?;
/// let gateway = Gateway::new(credentials.clone(), compshare_mock::favorites());
///
/// let params = Params::from_pairs([("Action", "DescribeFavoriteImages"), ("Limit", "3")])?;
/// let body = credentials.sign(params).to_form();
/// let answer = gateway.answer("POST", "application/x-www-form-urlencoded", body.as_bytes());
/// assert_eq!(answer.json().unwrap()["ImageSet"].as_array().unwrap().len(), 3);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Gateway(Arc<Mutex<State>>);

struct State {
    credentials: Credentials,
    store: Store,
    quirks: Quirks,
    faults: VecDeque<Fault>,
    /// The number of pages given since the quirks were set, for [`Quirks::short_pages`].
    pages: Cell<u64>,
    requests: u64,
    actions: VecDeque<String>,
    /// Makes request ids that differ between gateways and between requests.
    ids: [RandomState; 2],
}

/// What becomes of a request once faults had their say.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Outcome {
    /// An answer, to be given so much later.
    Answer {
        /// The answer.
        answer: Answer,
        /// How long to hold it back.
        delay: Duration,
    },
    /// The connection is to be closed without an answer.
    Cut,
}

impl Gateway {
    /// A gateway that believes `credentials` alone, and knows `images`, all of them favourites at first. The community
    /// is their groups, and there is nothing else.
    pub fn new(credentials: Credentials, images: Vec<Value>) -> Self {
        Self::with_catalog(credentials, Catalog::empty().favorites(images))
    }

    /// A gateway that believes `credentials` alone, and holds what `catalog` says.
    pub fn with_catalog(credentials: Credentials, catalog: Catalog) -> Self {
        Self(Arc::new(Mutex::new(State {
            credentials,
            store: Store::new(catalog),
            quirks: Quirks::default(),
            faults: VecDeque::new(),
            pages: Cell::new(0),
            requests: 0,
            actions: VecDeque::new(),
            ids: [RandomState::new(), RandomState::new()],
        })))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sets the departures from the documented behaviour. A cycle of [`short_pages`](Quirks::short_pages) begins anew.
    pub fn set_quirks(&self, quirks: Quirks) {
        let mut state = self.state();
        state.quirks = quirks;
        state.pages.set(0);
    }

    /// Adds to the end of the script that [`exchange`](Self::exchange) follows.
    pub fn push_faults(&self, faults: impl IntoIterator<Item = Fault>) {
        // Collected before locking: the iterator may use this gateway.
        let faults: Vec<Fault> = faults.into_iter().collect();
        self.state().faults.extend(faults);
    }

    /// How far each `GetCompShareImageCreateProgress` takes an image that is being made, in percent: 25 at first. With 0
    /// no image is ever done.
    pub fn set_progress_step(&self, percent: u32) {
        self.state().store.account.set_step(percent);
    }

    /// The favourites, in order.
    pub fn favorites(&self) -> Vec<Value> {
        let state = self.state();
        let favorites = state.store.community.favorites().into_iter();
        favorites.map(|version| version.row.clone()).collect()
    }

    /// The ids of the groups with a favourite, in the order of [`community`](Self::community); a group without an id
    /// is left out.
    pub fn favorite_groups(&self) -> Vec<String> {
        let state = self.state();
        let groups = state.store.community.groups(Scope::All).into_iter();
        groups
            .filter(|group| group.is_favorite())
            .filter_map(|group| group.id().map(str::to_owned))
            .collect()
    }

    /// The groups of the community as they stand, those of the account among them that are online, in the order in
    /// which they are listed.
    pub fn community(&self) -> Vec<Value> {
        self.state().groups(Scope::All)
    }

    /// The groups that the account published, as they stand.
    pub fn self_community(&self) -> Vec<Value> {
        self.state().groups(Scope::Own)
    }

    /// The platform images.
    pub fn platform_images(&self) -> Vec<Value> {
        self.state().store.platform.clone()
    }

    /// The account's own images, as they stand.
    pub fn custom_images(&self) -> Vec<Value> {
        self.state().store.account.images().to_vec()
    }

    /// The images that others share with the account.
    pub fn shared_images(&self) -> Vec<Value> {
        self.state().store.shared.clone()
    }

    /// The accounts that an own image is shared with: elements of an `AccountSet`.
    pub fn share_accounts(&self, image: &str) -> Vec<Value> {
        self.state().store.account.shares(image).to_vec()
    }

    /// The number by which `DescribeUserCommunityImages` knows an author of the community (`TargetTopOrganizationId`).
    /// Authors are numbered from 1001 on, in the order in which they first appear; 1000 is the caller.
    pub fn organization_id(&self, author: &str) -> Option<u64> {
        self.state().store.community.number_of(author)
    }

    /// How many requests came, answered or not.
    pub fn requests(&self) -> u64 {
        self.state().requests
    }

    /// Which actions were asked for, oldest first, whatever became of the requests: the last 1024 of those that named
    /// one, each cut to 128 characters.
    pub fn actions(&self) -> Vec<String> {
        self.state().actions.iter().cloned().collect()
    }

    /// Answers a request as the real gateway would; the script of faults is left alone.
    ///
    /// `body` is the body of a `POST`, or the query string of a `GET`; other methods get HTTP 405. `content_type` is the
    /// header's value: `application/json` is read as JSON, anything else as a form.
    pub fn answer(&self, method: &str, content_type: &str, body: &[u8]) -> Answer {
        let mut state = self.state();
        let request = state.receive(method, content_type, body);
        let answer = state.decide(request);
        state.with_request_id(answer)
    }

    /// As [`answer`](Self::answer), but follows the script of faults.
    pub fn exchange(&self, method: &str, content_type: &str, body: &[u8]) -> Outcome {
        let mut state = self.state();
        let request = state.receive(method, content_type, body);
        let mut delay = Duration::ZERO;
        let answer = match state.faults.pop_front().unwrap_or(Fault::Pass) {
            Fault::Pass => state.decide(request),
            Fault::Delay(time) => {
                delay = time;
                state.decide(request)
            }
            Fault::Oversize(bytes) => {
                let mut answer = state.decide(request);
                // White space behind a JSON text is part of it: too large, yet readable.
                answer.body.resize(bytes.max(answer.body.len()), b' ');
                answer
            }
            Fault::RetCode { code, message } => {
                let action = request.as_ref().map_or("", Request::action);
                state.envelope(action, Err(Refusal::new(code, message)))
            }
            Fault::Status {
                status,
                headers,
                body,
            } => Answer {
                status,
                headers,
                body: body.into(),
            },
            Fault::Malformed(body) => Answer::of_json(body),
            Fault::Raw(answer) => return Outcome::Answer { answer, delay },
            Fault::Cut => return Outcome::Cut,
            Fault::CutAfter => {
                state.decide(request);
                return Outcome::Cut;
            }
        };
        Outcome::Answer {
            answer: state.with_request_id(answer),
            delay,
        }
    }
}

impl State {
    fn groups(&self, scope: Scope) -> Vec<Value> {
        let groups = self.store.community.groups(scope).into_iter();
        groups.map(|group| group.row(group.versions())).collect()
    }

    /// Counts and reads a request.
    fn receive(
        &mut self,
        method: &str,
        content_type: &str,
        body: &[u8],
    ) -> Result<Request, NotRead> {
        self.requests = self.requests.wrapping_add(1);
        let request = match method {
            "POST" => Request::read(content_type, body).map_err(NotRead::Refused)?,
            // A query string is a form, whatever the header says of a body that is not there.
            "GET" => Request::read("", body).map_err(NotRead::Refused)?,
            _ => return Err(NotRead::Method),
        };
        if !request.action().is_empty() {
            self.actions
                .push_back(request.action().chars().take(LOG_NAME_CHARS).collect());
            if self.actions.len() > LOG_LEN {
                self.actions.pop_front();
            }
        }
        Ok(request)
    }

    fn decide(&mut self, request: Result<Request, NotRead>) -> Answer {
        match request {
            Ok(request) => {
                let result = self.perform(&request);
                self.envelope(request.action(), result)
            }
            Err(NotRead::Refused(refusal)) => self.envelope("", Err(refusal)),
            Err(NotRead::Method) => Answer::new(405, "").with_header("Allow", "GET, POST"),
        }
    }

    fn perform(&mut self, request: &Request) -> Result<Map<String, Value>, Refusal> {
        request.verify(&self.credentials)?;
        let mut fields = actions::perform(&mut Call {
            request,
            store: &mut self.store,
            quirks: &self.quirks,
            pages: &self.pages,
        })?;
        spell(&mut fields, &self.quirks);
        Ok(fields)
    }

    /// The answer to `action`: the envelope around an action's fields, or around a refusal.
    fn envelope(&self, action: &str, result: Result<Map<String, Value>, Refusal>) -> Answer {
        let (code, mut body) = match result {
            Ok(fields) => (0, fields),
            Err(Refusal { code, message }) => (
                code,
                Map::from_iter([("Message".to_owned(), message.into())]),
            ),
        };

        if let Some(name) = &self.quirks.response_action {
            body.insert("Action".to_owned(), name.as_str().into());
        } else if !action.is_empty() {
            // A request without `Action` has no name to answer with. Some actions bring another's name.
            body.entry("Action")
                .or_insert_with(|| format!("{action}Response").into());
        }
        let code = if self.quirks.text_ret_code {
            code.to_string().into()
        } else {
            code.into()
        };
        body.insert("RetCode".to_owned(), code);
        if self.quirks.request_uuid_in_body {
            body.insert("request_uuid".to_owned(), self.request_id().into());
        }
        Answer::of_json(Value::Object(body).to_string())
    }

    /// Names the request in the answer, unless a fault brought a name of its own.
    fn with_request_id(&self, answer: Answer) -> Answer {
        if answer.header(REQUEST_ID).is_some() {
            answer
        } else {
            answer.with_header(REQUEST_ID, self.request_id())
        }
    }

    /// The id of the last request, in the form of a UUID.
    fn request_id(&self) -> String {
        let [high, low] = self
            .ids
            .each_ref()
            .map(|state| state.hash_one(self.requests));
        format!(
            "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
            high >> 32,
            (high >> 16) & 0xffff,
            high & 0xffff,
            low >> 48,
            low & 0xffff_ffff_ffff
        )
    }
}

impl fmt::Debug for Gateway {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.state();
        f.debug_struct("Gateway")
            .field("credentials", &state.credentials)
            .field("favorites", &state.store.community.favorites().len())
            .field("quirks", &state.quirks)
            .field("faults", &state.faults)
            .field("requests", &state.requests)
            .finish_non_exhaustive()
    }
}

/// Why there is no request to carry out.
enum NotRead {
    Method,
    Refused(Refusal),
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use compshare_sign::{Params, json};
    use serde_json::json;

    use super::*;
    use crate::{ListKey, Total};

    const FORM: &str = "application/x-www-form-urlencoded";

    fn credentials() -> Credentials {
        Credentials::new("pub", "key").unwrap()
    }

    fn gateway() -> Gateway {
        let images =
            (0..5).map(|n| json!({"CompShareImageId": format!("i{n}"), "Size": n, "Price": 0.5, "P": [{"Port": n}]}));
        Gateway::new(credentials(), images.collect())
    }

    fn form(params: &[(&str, &str)]) -> String {
        credentials()
            .sign(Params::from_pairs(params.iter().copied()).unwrap())
            .to_form()
    }

    fn post(gateway: &Gateway, body: &str) -> Value {
        let answer = gateway.answer("POST", FORM, body.as_bytes());
        assert_eq!(answer.status, 200);
        assert_eq!(answer.header("content-type"), Some("application/json"));
        answer.json().unwrap()
    }

    fn call(gateway: &Gateway, action: &str, params: &[(&str, &str)]) -> Value {
        let mut all = vec![("Action", action)];
        all.extend(params);
        post(gateway, &form(&all))
    }

    fn list(gateway: &Gateway, params: &[(&str, &str)]) -> Value {
        call(gateway, "DescribeFavoriteImages", params)
    }

    fn ids(page: &Value) -> Vec<&str> {
        page["ImageSet"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| row["CompShareImageId"].as_str().unwrap())
            .collect()
    }

    fn with(quirks: Quirks) -> Gateway {
        let gateway = gateway();
        gateway.set_quirks(quirks);
        gateway
    }

    #[test]
    fn a_listing_has_the_documented_fields_and_no_others() {
        let page = list(&gateway(), &[("Region", "cn-wlcb")]);
        let keys: BTreeSet<_> = page
            .as_object()
            .unwrap()
            .keys()
            .map(String::as_str)
            .collect();
        assert_eq!(keys, BTreeSet::from(["Action", "ImageSet", "RetCode"]));
        assert_eq!(page["Action"], "DescribeFavoriteImagesResponse");
        assert_eq!(page["RetCode"], 0);
        assert_eq!(ids(&page), ["i0", "i1", "i2", "i3", "i4"]);
    }

    #[test]
    fn each_refusal_has_its_ret_code_and_text() {
        let good = form(&[("Action", "DescribeFavoriteImages")]);
        let stranger = Credentials::new("stranger", "key")
            .unwrap()
            .sign(Params::new())
            .to_form();
        for (body, code, message) in [
            (
                "a=%",
                230,
                "Params [body] not available: not a form body: a % is not followed by two hex digits, at byte 2",
            ),
            ("", 170, "Missing Signature"),
            (
                "Action=DescribeFavoriteImages&PublicKey=pub",
                170,
                "Missing Signature",
            ),
            (&format!("{good}&Limit=1"), 171, "Signature VerifyAC Error"),
            (
                &format!("{good}&Action=DescribeFavoriteImages"),
                171,
                "Signature VerifyAC Error",
            ),
            (&stranger, 172, "User does not exist"),
            (&form(&[]), 160, "Missing Action"),
            (&form(&[("Action", "Test")]), 161, "Action [Test] not found"),
            (
                &form(&[("Action", "describefavoriteimages")]),
                161,
                "Action [describefavoriteimages] not found",
            ),
            (
                &form(&[("Action", "AddFavoriteImage")]),
                210,
                "Missing params [CompShareImageId]",
            ),
            (
                &form(&[("Action", "RemoveFavoriteImage")]),
                210,
                "Missing params [CompShareImageId]",
            ),
            (
                &form(&[("Action", "AddFavoriteImage"), ("CompShareImageId", "x")]),
                8039,
                "Resource not exist [x]",
            ),
            (
                &form(&[("Action", "DescribeFavoriteImages"), ("Offset", "-1")]),
                220,
                "Params [Offset] out of range",
            ),
            (
                &form(&[("Action", "DescribeFavoriteImages"), ("Limit", "ten")]),
                220,
                "Params [Limit] out of range",
            ),
            (
                &form(&[("Action", "DescribeFavoriteImages"), ("Limit", "0")]),
                220,
                "Params [Limit] out of range",
            ),
        ] {
            let answer = post(&gateway(), body);
            assert_eq!(
                (&answer["RetCode"], &answer["Message"]),
                (&json!(code), &json!(message)),
                "{body}"
            );
        }
        // A wrong signature is told before an unknown action is.
        let answer = post(&gateway(), "Action=Test&PublicKey=pub&Signature=00");
        assert_eq!(
            (&answer["RetCode"], &answer["Action"]),
            (&json!(171), &json!("TestResponse"))
        );
        assert_eq!(post(&gateway(), "").get("Action"), None);
    }

    #[test]
    fn json_bodies_and_query_strings_are_read_as_forms_are() {
        let gateway = gateway();
        let Value::Object(params) =
            json!({"Action": "DescribeFavoriteImages", "Limit": 2, "Offset": "1", "X": ["a"]})
        else {
            unreachable!()
        };
        let signed = json::sign(&credentials(), &params).unwrap();
        for content_type in ["application/json", "Application/JSON; charset=utf-8"] {
            let answer = gateway.answer("POST", content_type, signed.body().as_bytes());
            assert_eq!(ids(&answer.json().unwrap()), ["i1", "i2"]);
        }
        let forged = signed.body().replace("\"a\"", "\"b\"");
        let answer = gateway.answer("POST", "application/json", forged.as_bytes());
        assert_eq!(answer.json().unwrap()["RetCode"], 171);
        for body in ["[]", "{", ""] {
            assert_eq!(
                gateway
                    .answer("POST", "application/json", body.as_bytes())
                    .json()
                    .unwrap()["RetCode"],
                230
            );
        }
        let query = form(&[("Action", "DescribeFavoriteImages"), ("Limit", "1")]);
        let answer = gateway.answer("GET", "application/json", query.as_bytes());
        assert_eq!(ids(&answer.json().unwrap()), ["i0"]);
        assert_eq!(gateway.answer("PUT", FORM, query.as_bytes()).status, 405);
    }

    #[test]
    fn temporary_credentials_need_their_token() {
        let temporary = credentials().with_security_token("token").unwrap();
        let gateway = Gateway::new(temporary.clone(), Vec::new());
        let params = Params::from_pairs([("Action", "DescribeFavoriteImages")]).unwrap();
        assert_eq!(
            post(&gateway, &temporary.sign(params.clone()).to_form())["RetCode"],
            0
        );
        assert_eq!(
            post(&gateway, &credentials().sign(params).to_form())["RetCode"],
            171
        );
    }

    #[test]
    fn favorites_are_taken_off_and_put_back_any_number_of_times() {
        let gateway = gateway();
        for _ in 0..2 {
            let answer = call(
                &gateway,
                "RemoveFavoriteImage",
                &[("CompShareImageId", "i1")],
            );
            assert_eq!(
                answer,
                json!({"Action": "RemoveFavoriteImageResponse", "RetCode": 0})
            );
            assert_eq!(ids(&list(&gateway, &[])), ["i0", "i2", "i3", "i4"]);
        }
        for _ in 0..2 {
            let answer = call(&gateway, "AddFavoriteImage", &[("CompShareImageId", "i1")]);
            assert_eq!(
                answer,
                json!({"Action": "AddFavoriteImageResponse", "RetCode": 0})
            );
            assert_eq!(ids(&list(&gateway, &[])), ["i0", "i2", "i3", "i4", "i1"]);
        }
        assert_eq!(gateway.favorites().len(), 5);
        assert_eq!(
            call(
                &gateway,
                "RemoveFavoriteImage",
                &[("CompShareImageId", "unknown")]
            )["RetCode"],
            0
        );
    }

    #[test]
    fn pages_are_cut_by_offset_limit_and_cap() {
        let gateway = gateway();
        assert_eq!(
            ids(&list(&gateway, &[("Offset", "3"), ("Limit", "9")])),
            ["i3", "i4"]
        );
        assert_eq!(ids(&list(&gateway, &[("Offset", "5")])), [""; 0]);
        let many = Gateway::new(credentials(), vec![json!({"CompShareImageId": "x"}); 300]);
        assert_eq!(ids(&list(&many, &[])).len(), 20);
        assert_eq!(ids(&list(&many, &[("Limit", "200")])).len(), 100);
        many.set_quirks(Quirks::default().page_cap(250));
        assert_eq!(ids(&list(&many, &[("Limit", "1000")])).len(), 250);
    }

    #[test]
    fn quirks_of_paging() {
        let at_two = [("Offset", "2"), ("Limit", "2")];
        assert_eq!(
            ids(&list(&with(Quirks::default().page_cap(1)), &at_two)),
            ["i2"]
        );
        assert_eq!(
            ids(&list(&with(Quirks::default().ignore_offset(true)), &at_two)),
            ["i0", "i1"]
        );
        assert_eq!(
            ids(&list(&with(Quirks::default().repeat_rows(true)), &at_two)),
            ["i1", "i2"]
        );
        let clamped = with(Quirks::default().clamp_offset(true));
        assert_eq!(
            ids(&list(&clamped, &[("Offset", "80"), ("Limit", "2")])),
            ["i4"]
        );
        let strict = with(Quirks::default().limit_refused_above(2));
        assert_eq!(list(&strict, &[("Limit", "3")])["RetCode"], 220);
        assert_eq!(ids(&list(&strict, &at_two)), ["i2", "i3"]);
        let short = with(Quirks::default().short_pages(vec![3, 0, 1]));
        let sizes: Vec<_> = (0..6)
            .map(|_| ids(&list(&short, &[("Limit", "4")])).len())
            .collect();
        assert_eq!(sizes, [3, 0, 1, 3, 0, 1]);
    }

    #[test]
    fn quirks_of_totals_and_spelling() {
        for (total, expected) in [
            (Total::Absent, Value::Null),
            (Total::True, json!(5)),
            (Total::PageLocal, json!(2)),
            (Total::Zero, json!(0)),
            (Total::Fixed(77), json!(77)),
            (Total::Text, json!("5")),
        ] {
            let page = list(&with(Quirks::default().total(total)), &[("Limit", "2")]);
            assert_eq!(page["TotalCount"], expected, "{total:?}");
            assert_eq!(page.get("TotalCount").is_none(), total == Total::Absent);
        }
        for key in [
            ListKey::ImageSet,
            ListKey::CompshareImageGroup,
            ListKey::ImageSetGroup,
        ] {
            let page = list(&with(Quirks::default().list_key(key)), &[]);
            assert_eq!(page[key.as_str()].as_array().unwrap().len(), 5);
            assert_eq!(page.as_object().unwrap().len(), 3);
        }
        let nulls = with(Quirks::default().null_empty_list(true));
        assert_eq!(list(&nulls, &[("Offset", "9")])["ImageSet"], Value::Null);
        assert_eq!(ids(&list(&nulls, &[])).len(), 5);
        let text = with(Quirks::default().text_ret_code(true).numbers_as_text(true));
        let page = list(&text, &[]);
        assert_eq!(page["RetCode"], "0");
        assert_eq!(
            page["ImageSet"][3],
            json!({"CompShareImageId": "i3", "Size": "3", "Price": 0.5, "P": [{"Port": "3"}]})
        );
        assert_eq!(post(&text, "")["RetCode"], "170");
        assert_eq!(text.favorites()[3]["Size"], 3, "only what is sent changes");
    }

    #[test]
    fn favorite_actions_can_be_missing_as_reported() {
        let gateway = with(Quirks::default().production_as_reported(true));
        for action in [
            "DescribeFavoriteImages",
            "AddFavoriteImage",
            "RemoveFavoriteImage",
        ] {
            let answer = call(&gateway, action, &[("CompShareImageId", "i1")]);
            assert_eq!(answer["RetCode"], 161);
            assert_eq!(answer["Message"], format!("Action [{action}] not found"));
        }
        assert_eq!(gateway.favorites().len(), 5);
    }

    fn answered(outcome: Outcome) -> (Answer, Duration) {
        match outcome {
            Outcome::Answer { answer, delay } => (answer, delay),
            Outcome::Cut => panic!("cut"),
        }
    }

    #[test]
    fn faults_are_used_up_one_by_one_before_anything_is_looked_at() {
        let gateway = gateway();
        let retry = vec![("Retry-After".to_owned(), "7".to_owned())];
        gateway.push_faults(Fault::ret_code(153, "slow down").times(2));
        gateway.push_faults([
            Fault::Status {
                status: 503,
                headers: retry,
                body: "<html>".into(),
            },
            Fault::Delay(Duration::from_secs(3)),
            Fault::Malformed("{\"RetCode\":".into()),
            Fault::Oversize(10_000),
            Fault::Raw(Answer::new(204, "")),
            Fault::Pass,
        ]);
        let body = form(&[("Action", "DescribeFavoriteImages"), ("Limit", "1")]);
        let next = |body: &str| answered(gateway.exchange("POST", FORM, body.as_bytes()));

        let expected = json!({"Action": "DescribeFavoriteImagesResponse", "RetCode": 153, "Message": "slow down"});
        assert_eq!(next(&body).0.json().unwrap(), expected);
        assert_eq!(next("not=signed").0.json().unwrap()["RetCode"], 153);
        let (answer, _) = next(&body);
        assert_eq!(
            (answer.status, answer.header("retry-after"), &*answer.body),
            (503, Some("7"), &b"<html>"[..])
        );
        assert!(answer.header(REQUEST_ID).is_some());
        let (answer, delay) = next(&body);
        assert_eq!(
            (ids(&answer.json().unwrap()).len(), delay),
            (1, Duration::from_secs(3))
        );
        let (answer, delay) = next(&body);
        assert_eq!((answer.json(), delay), (None, Duration::ZERO));
        let (answer, _) = next(&body);
        assert_eq!(
            (answer.body.len(), ids(&answer.json().unwrap()).len()),
            (10_000, 1)
        );
        assert_eq!(next(&body).0, Answer::new(204, ""));
        for _ in 0..2 {
            assert_eq!(ids(&next(&body).0.json().unwrap()), ["i0"]);
        }
        assert_eq!(gateway.requests(), 9);
    }

    #[test]
    fn a_cut_comes_before_or_after_the_action() {
        let gateway = gateway();
        let remove = form(&[
            ("Action", "RemoveFavoriteImage"),
            ("CompShareImageId", "i0"),
        ]);
        for (fault, left) in [(Fault::Cut, 5), (Fault::CutAfter, 4)] {
            gateway.push_faults([fault]);
            assert_eq!(
                gateway.exchange("POST", FORM, remove.as_bytes()),
                Outcome::Cut
            );
            assert_eq!(gateway.favorites().len(), left);
        }
        assert_eq!(gateway.actions(), ["RemoveFavoriteImage"; 2]);
    }

    #[test]
    fn every_answer_has_a_request_id_of_its_own() {
        let (one, other) = (gateway(), gateway());
        let ids: BTreeSet<String> = (0..100)
            .flat_map(|_| [&one, &other].map(|gateway| gateway.answer("POST", FORM, b"")))
            .map(|answer| answer.header("x-ucloud-request-uuid").unwrap().to_owned())
            .collect();
        assert_eq!(ids.len(), 200);
        assert!(
            ids.iter()
                .all(|id| id.len() == 36 && id.split('-').count() == 5)
        );
    }

    #[test]
    fn the_log_is_bounded_and_debug_shows_no_key() {
        let gateway = gateway();
        let long = "A".repeat(500);
        for action in std::iter::repeat_n(long.as_str(), 1500).chain(["Last"]) {
            gateway.answer("POST", FORM, format!("Action={action}").as_bytes());
        }
        let actions = gateway.actions();
        assert_eq!(
            (actions.len(), actions[0].len(), actions[1023].as_str()),
            (1024, 128, "Last")
        );
        assert_eq!(gateway.requests(), 1501);
        let secret = Gateway::new(Credentials::new("pub", "s3cret").unwrap(), Vec::new());
        assert!(!format!("{secret:?}").contains("s3cret"));
    }
}
