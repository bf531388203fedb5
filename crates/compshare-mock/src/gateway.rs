//! The gateway without a socket: verifies requests, runs actions and faults, builds responses.

use std::cell::Cell;
use std::collections::VecDeque;
use std::collections::hash_map::RandomState;
use std::fmt;
use std::hash::BuildHasher;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use compshare_sign::Credentials;
use serde_json::{Map, Value};

use crate::actions::{self, Call};
use crate::render::render;
use crate::request::Request;
use crate::response::{ApiError, REQUEST_ID};
use crate::store::{Scope, Store, number};
use crate::{Catalog, Fault, Quirks, Response};

/// Maximum number of action names in the log.
const LOG_LEN: usize = 1024;
/// Maximum length of an action name in the log, in characters.
const LOG_NAME_CHARS: usize = 128;

/// A gateway without a socket: verifies signatures, stores images and instances, runs actions and
/// faults.
///
/// It does no I/O, so it also works behind a scripted transport. It reads the system's clock for the
/// times of instances, unless [`set_time`](Self::set_time) sets another time. Clones share their
/// state, and all methods can be called from several threads at once.
///
/// | error | RetCode |
/// |---|---|
/// | the body is not a form, or not a JSON object | 230 |
/// | `Signature` is missing · wrong | 170 · 171 |
/// | `PublicKey` is missing or unknown | 172 |
/// | `Action` is missing · unknown | 160 · 161 |
/// | a parameter is missing, or both `AddAccounts` and `RemoveAccounts` are | 210 |
/// | a number is malformed or out of range (`Limit` 0, a negative price), a boolean is malformed, a sort key is unknown, or there are more than 10 accounts or 3 tags | 220 |
/// | `ImageType` is unknown, or the id is not that of a platform image | 230 |
/// | another custom image of the account has that name | 230 |
/// | the image or the group does not exist, or the caller may not change it | 8039 |
/// | the image to publish is not an `Available` container image, or the one to copy is not `Available` | 8017 |
/// | an image shared by another account cannot be shared again | 8350 |
/// | a published image can be neither deleted nor published again | 8436 |
/// | an image of the instance is being created | 8964 |
/// | the group has a version of that name | 8968 |
/// | the instance runs a paid image | 226644 |
/// | the instance is busy with an operation | 226609 |
/// | the instance is not stopped: resize, reinstall, delete, detach a disk | 8010 |
/// | the instance is in another state: start, stop, reboot, planned stop · password | 8905 · 8903 |
/// | GPUs are sold out | 226604 |
/// | the size is not on sale in the zone | 8333 |
/// | the system disk is smaller than the image | 8315 |
/// | the image does not support the GPU · the zone does not support the type of image | 226603 · 226637 |
/// | the password is weak | 8314 |
/// | the instance cannot start without GPU · another one runs without GPU | 8442 · 8445 |
/// | the size of a disk is not allowed · is not larger · the disk is attached | 8067 · 8107 · 8436 |
/// | the account: arrears · low balance · not verified · unpaid order · quota (see [`Quirks`]) | 226601 · 520 · 226606 · 8917 · 226608 |
///
/// The codes and their order of precedence follow
/// [UCloud's list of common codes](https://docs.ucloud.cn/api/summary/public) where it has them.
/// 210, 220, 230 and those from 8000 on are reported by third parties.
///
/// # Choices of this mock
///
/// No source documents the following; a client should not rely on it.
///
/// - `Limit` 0 is an error. New favorites are appended to the list. Adding or removing a favorite
///   twice succeeds.
/// - The favorite of a group is its first `Available` version, or else its first version:
///   `DescribeFavoriteImages` lists that one. A group with a favorite version has `IsFavorite` in
///   all three community lists. Removing the group removes all its favorites. `FavoritesCount` of
///   the group is updated.
/// - The community is listed in the order of the [`Catalog`]. With `SortCondition.Field` it is
///   sorted in descending order, or in ascending order if `SortCondition.ASC` is true.
/// - `Offset`, `Limit` and `TotalCount` count groups. A group is listed with all its versions if
///   one of them matches the filters; with `CompShareImageId`, it has that version only.
/// - `Name` and `FuzzySearch` are case-insensitive in the community. `Name` is case-sensitive for
///   platform images.
/// - Authors have account numbers from 1001 on, the caller has 1000 (see
///   [`organization_id`](Self::organization_id)). Accounts below 1000 do not exist and are returned
///   in `InvalidAccounts`.
/// - Each progress request advances the creation of an image by one step (see
///   [`set_progress_step`](Self::set_progress_step)); time alone does not. `UHostId` selects the
///   outcome. If it contains `fail`, the creation stops at 50 % and the image becomes
///   `UnAvailable`. With `vm`, the result is a VM image. With `paid`, the request fails with
///   RetCode 226644. Copies are created in the same way.
/// - A published image keeps its id and stays `Reviewing`. `UpdateCompShareImage` with `Visibility`
///   0 takes it offline, with 1 submits it for review again. It can be deleted only while offline.
/// - `DescribeCompShareCustomImages` and `DescribeCompShareSharingImages` return 8039 for an
///   unknown id.
/// - `DescribeCompShareSupportZone` lists the zones of all regions.
/// - Each `DescribeCompShareInstance` request moves the listed instances to their next state (see
///   [`set_state_listings`](Self::set_state_listings)); time alone does not, except for a planned
///   stop. A reinstalled instance is stopped afterwards.
/// - Creating and starting an instance takes GPUs from the stock, stopping returns them. The stock
///   is unlimited where the catalog has no number.
/// - Prices are the hourly price of the GPUs times fixed factors; 100 GB of the system disk are
///   free. The price before discount is the price divided by 0.95.
/// - Container zones do not accept `ChargeType` `Dynamic`.
///
/// As reported, and unlike the documents: starting ignores `WithoutGpu`, the planned stop is
/// `SchedulerStopTime` and requires `ProjectId`, spot instances are listed as `Postpay`,
/// `GetCompShareInstanceMonitor` requires a JSON body, types with `InstanceType=spot` are an empty
/// list, and the model repository has parameters in lower case.
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
/// let response = gateway.respond("POST", "application/x-www-form-urlencoded", body.as_bytes());
/// assert_eq!(response.json().unwrap()["ImageSet"].as_array().unwrap().len(), 3);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Gateway(Arc<Mutex<State>>);

struct State {
    credentials: Credentials,
    store: Store,
    quirks: Quirks,
    faults: VecDeque<Fault>,
    /// Faults for one action each, in order.
    action_faults: Vec<(String, Fault)>,
    /// Pages sent since the quirks were set, for [`Quirks::short_pages`].
    pages: Cell<u64>,
    requests: u64,
    actions: VecDeque<String>,
    /// The time in Unix seconds, if it is set.
    time: Option<u64>,
    /// Seeds of the request ids, which differ between gateways and between requests.
    id_seeds: [RandomState; 2],
}

/// The outcome of a request after the script of faults.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Outcome {
    /// A response, to be sent after a delay.
    Response {
        /// The response.
        response: Response,
        /// The delay before the response; zero unless a fault sets it.
        delay: Duration,
    },
    /// A response, to be cut off: the connection is closed after the first bytes of its body.
    Truncated {
        /// The complete response.
        response: Response,
        /// The number of bytes to send.
        bytes: usize,
    },
    /// Close the connection without a response.
    Disconnect,
}

impl Gateway {
    /// Creates a gateway that accepts only `credentials` and contains only `images`.
    ///
    /// All of them are favorites at first. The community consists of their groups.
    pub fn new(credentials: Credentials, images: Vec<Value>) -> Self {
        Self::with_catalog(credentials, Catalog::empty().favorites(images))
    }

    /// Creates a gateway that accepts only `credentials`, with the contents of `catalog`.
    pub fn with_catalog(credentials: Credentials, catalog: Catalog) -> Self {
        Self(Arc::new(Mutex::new(State {
            credentials,
            store: Store::new(catalog),
            quirks: Quirks::default(),
            faults: VecDeque::new(),
            action_faults: Vec::new(),
            pages: Cell::new(0),
            requests: 0,
            actions: VecDeque::new(),
            time: None,
            id_seeds: [RandomState::new(), RandomState::new()],
        })))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sets the deviations from the documented behavior, and restarts the cycle of
    /// [`short_pages`](Quirks::short_pages).
    pub fn set_quirks(&self, quirks: Quirks) {
        let mut state = self.state();
        state.quirks = quirks;
        state.pages.set(0);
    }

    /// Appends faults to the script that [`exchange`](Self::exchange) follows.
    pub fn push_faults(&self, faults: impl IntoIterator<Item = Fault>) {
        // Collected before locking: the iterator may use this gateway.
        let faults: Vec<Fault> = faults.into_iter().collect();
        self.state().faults.extend(faults);
    }

    /// Appends a fault for the next request of `action`, which precedes the script of
    /// [`push_faults`](Self::push_faults).
    pub fn push_fault_for(&self, action: impl Into<String>, fault: Fault) {
        self.state().action_faults.push((action.into(), fault));
    }

    /// Sets the step of image creation in percent, by default 25.
    ///
    /// Each `GetCompShareImageCreateProgress` request advances the image by one step. With 0, the
    /// creation never completes.
    pub fn set_progress_step(&self, percent: u32) {
        self.state().store.account.set_step(percent);
    }

    /// Sets how often each transitional state of an instance, such as `Starting`, is listed; by
    /// default once.
    ///
    /// `DescribeCompShareInstance` moves the listed instances to their next state; time alone does
    /// not. With 0, operations complete at once.
    pub fn set_state_listings(&self, count: u32) {
        self.state().store.instances.looks = count;
    }

    /// Sets the number of GPUs in stock in a zone, in both pools. Creating and starting instances
    /// takes GPUs; stopping returns them.
    pub fn set_stock(&self, zone: &str, gpu_type: &str, gpus: u64) {
        let mut state = self.state();
        let zone = state.store.zone(zone);
        let zone_id = zone.map(|zone| number(zone, "ZoneId")).unwrap_or_default();
        for pool in ["Exclusive", "Spot"] {
            let market = &mut state.store.market;
            market.set_stock(pool, &zone_id.to_string(), gpu_type, gpus);
        }
    }

    /// Sets the time in Unix seconds, which is the system's by default. It does not advance.
    pub fn set_time(&self, seconds: u64) {
        self.state().time = Some(seconds);
    }

    /// Returns the account's instances, as rows of a `UHostSet`, without moving their states.
    pub fn instances(&self) -> Vec<Value> {
        let state = self.state();
        let instances = state.store.instances.list.iter();
        instances.map(|instance| instance.row.clone()).collect()
    }

    /// Sets a field of an instance, such as `State`. Does nothing if the instance does not exist.
    pub fn set_instance_field(&self, id: &str, key: &str, value: impl Into<Value>) {
        if let Some(instance) = self.state().store.instances.find_mut(id) {
            instance.set(key, value);
        }
    }

    /// Returns the account's data disks, as rows of `DescribeCompshareDisk`.
    pub fn disks(&self) -> Vec<Value> {
        self.state().store.disks.clone()
    }

    /// Returns the favorites in listed order.
    pub fn favorites(&self) -> Vec<Value> {
        let state = self.state();
        let favorites = state.store.community.favorites().into_iter();
        favorites.map(|version| version.row.clone()).collect()
    }

    /// Returns the ids of the groups with a favorite, in the order of
    /// [`community`](Self::community).
    ///
    /// Groups without an id are skipped.
    pub fn favorite_groups(&self) -> Vec<String> {
        let state = self.state();
        let groups = state.store.community.groups(Scope::All).into_iter();
        groups
            .filter(|group| group.is_favorite())
            .filter_map(|group| group.id().map(str::to_owned))
            .collect()
    }

    /// Returns the current groups of the community in listed order, including the account's own
    /// groups that are online.
    pub fn community(&self) -> Vec<Value> {
        self.state().groups(Scope::All)
    }

    /// Returns the current groups that the account has published.
    pub fn self_community(&self) -> Vec<Value> {
        self.state().groups(Scope::Own)
    }

    /// Returns the platform images.
    pub fn platform_images(&self) -> Vec<Value> {
        self.state().store.platform.clone()
    }

    /// Returns the current custom images of the account.
    pub fn custom_images(&self) -> Vec<Value> {
        self.state().store.account.images().to_vec()
    }

    /// Returns the images that other accounts share with this one.
    pub fn shared_images(&self) -> Vec<Value> {
        self.state().store.shared.clone()
    }

    /// Returns the accounts that a custom image is shared with, as elements of an `AccountSet`.
    pub fn share_accounts(&self, image: &str) -> Vec<Value> {
        self.state().store.account.shares(image).to_vec()
    }

    /// Returns the account number of a community author, for `TargetTopOrganizationId` of
    /// `DescribeUserCommunityImages`.
    ///
    /// Authors are numbered from 1001 in the order of their first appearance; the caller is 1000.
    pub fn organization_id(&self, author: &str) -> Option<u64> {
        self.state().store.community.number_of(author)
    }

    /// Returns the number of requests received, including those without a response.
    pub fn requests(&self) -> u64 {
        self.state().requests
    }

    /// Returns the names of the requested actions, oldest first, including those of failed
    /// requests.
    ///
    /// The log holds the last 1024 names, each truncated to 128 characters.
    pub fn actions(&self) -> Vec<String> {
        self.state().actions.iter().cloned().collect()
    }

    /// Returns the response to a request, without using up a fault.
    ///
    /// `body` is the body of a `POST`, or the query string of a `GET`; other methods get HTTP 405.
    /// `content_type` is the value of the header: `application/json` is parsed as JSON, anything
    /// else as a form.
    pub fn respond(&self, method: &str, content_type: &str, body: &[u8]) -> Response {
        let mut state = self.state();
        let request = state.receive(method, content_type, body);
        let response = state.respond(&request);
        state.with_request_id(response)
    }

    /// Handles a request like [`respond`](Self::respond), but follows the script of faults.
    pub fn exchange(&self, method: &str, content_type: &str, body: &[u8]) -> Outcome {
        let mut state = self.state();
        let request = state.receive(method, content_type, body);

        let action = request.as_ref().map_or("", Request::action).to_owned();
        let mut fault = state.next_fault(&action);
        if let Fault::After(inner) = fault {
            fault = *inner;
            if !fault.runs_action() {
                state.respond(&request);
            }
        }

        let mut delay = Duration::ZERO;
        let response = match fault {
            // `After` another `After` is not different from one.
            Fault::Pass | Fault::After(_) => state.respond(&request),
            Fault::Delay(time) => {
                delay = time;
                state.respond(&request)
            }
            Fault::Oversize(bytes) => {
                let mut response = state.respond(&request);
                // Trailing white space is valid JSON: the body is too large, yet well formed.
                response.body.resize(bytes.max(response.body.len()), b' ');
                response
            }
            Fault::RetCode { code, message } => {
                state.envelope(&action, Err(ApiError::new(code, message)))
            }
            Fault::Status {
                status,
                headers,
                body,
            } => Response {
                status,
                headers,
                body: body.into(),
            },
            Fault::Malformed(body) => Response::from_json(body),
            Fault::Raw(response) => return Outcome::Response { response, delay },
            Fault::Disconnect => return Outcome::Disconnect,
            Fault::DisconnectAfter => {
                state.respond(&request);
                return Outcome::Disconnect;
            }
            Fault::Truncate(bytes) => {
                let response = state.respond(&request);
                let response = state.with_request_id(response);
                return Outcome::Truncated { response, bytes };
            }
        };

        Outcome::Response {
            response: state.with_request_id(response),
            delay,
        }
    }
}

impl State {
    fn groups(&self, scope: Scope) -> Vec<Value> {
        let groups = self.store.community.groups(scope).into_iter();
        groups.map(|group| group.row(group.versions())).collect()
    }

    /// Counts, parses and logs a request.
    fn receive(
        &mut self,
        method: &str,
        content_type: &str,
        body: &[u8],
    ) -> Result<Request, ReadError> {
        self.requests = self.requests.wrapping_add(1);
        let request = match method {
            "POST" => Request::read(content_type, body).map_err(ReadError::Api)?,
            // A query string is always a form: `Content-Type` describes the body, which GET lacks.
            "GET" => Request::read("", body).map_err(ReadError::Api)?,
            _ => return Err(ReadError::Method),
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

    /// Removes the next fault for a request of `action`.
    fn next_fault(&mut self, action: &str) -> Fault {
        let mut faults = self.action_faults.iter();
        let fault = match faults.position(|(known, _)| known == action) {
            Some(index) => Some(self.action_faults.remove(index).1),
            None => self.faults.pop_front(),
        };
        fault.unwrap_or(Fault::Pass)
    }

    fn respond(&mut self, request: &Result<Request, ReadError>) -> Response {
        match request {
            Ok(request) => {
                let result = self.perform(request);
                self.envelope(request.action(), result)
            }
            Err(ReadError::Api(error)) => self.envelope("", Err(error.clone())),
            Err(ReadError::Method) => Response::new(405, "").with_header("Allow", "GET, POST"),
        }
    }

    fn perform(&mut self, request: &Request) -> Result<Map<String, Value>, ApiError> {
        request.verify(&self.credentials)?;
        let now = self.time.unwrap_or_else(system_time);
        let mut fields = actions::perform(&mut Call {
            request,
            store: &mut self.store,
            quirks: &self.quirks,
            pages: &self.pages,
            now,
        })?;
        render(&mut fields, &self.quirks);
        Ok(fields)
    }

    /// Builds the response to `action` from its fields or its error.
    fn envelope(&self, action: &str, result: Result<Map<String, Value>, ApiError>) -> Response {
        let (code, mut body) = match result {
            Ok(fields) => (0, fields),
            Err(ApiError { code, message }) => (
                code,
                Map::from_iter([("Message".to_owned(), message.into())]),
            ),
        };

        if let Some(name) = &self.quirks.response_action {
            body.insert("Action".to_owned(), name.as_str().into());
        } else if !action.is_empty() {
            // Without `Action` in the request there is no name. Some actions set another one.
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
        Response::from_json(Value::Object(body).to_string())
    }

    /// Adds the request id, unless a fault has set one.
    fn with_request_id(&self, response: Response) -> Response {
        if response.header(REQUEST_ID).is_some() {
            response
        } else {
            response.with_header(REQUEST_ID, self.request_id())
        }
    }

    /// Returns the id of the last request, formatted as a UUID.
    fn request_id(&self) -> String {
        let [high, low] = self
            .id_seeds
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

/// Returns the time of the system's clock in Unix seconds.
#[allow(
    clippy::disallowed_methods,
    reason = "the service has a clock; tests set another time"
)]
fn system_time() -> u64 {
    let time = SystemTime::now().duration_since(UNIX_EPOCH);
    time.unwrap_or_default().as_secs()
}

/// An error in a request before its action is looked up.
enum ReadError {
    Method,
    Api(ApiError),
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
        let response = gateway.respond("POST", FORM, body.as_bytes());
        assert_eq!(response.status, 200);
        assert_eq!(response.header("content-type"), Some("application/json"));
        response.json().unwrap()
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
    fn listing_has_only_documented_fields() {
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
    fn errors_have_their_ret_code_and_message() {
        let good = form(&[("Action", "DescribeFavoriteImages")]);
        let stranger = Credentials::new("stranger", "key")
            .unwrap()
            .sign(Params::new())
            .to_form();
        for (body, code, message) in [
            (
                "a=%",
                230,
                "Params [body] not available: invalid form body at byte 2: expected two hex digits after '%'",
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
            let response = post(&gateway(), body);
            assert_eq!(
                (&response["RetCode"], &response["Message"]),
                (&json!(code), &json!(message)),
                "{body}"
            );
        }
        // The signature is checked before the action.
        let response = post(&gateway(), "Action=Test&PublicKey=pub&Signature=00");
        assert_eq!(
            (&response["RetCode"], &response["Action"]),
            (&json!(171), &json!("TestResponse"))
        );
        assert_eq!(post(&gateway(), "").get("Action"), None);
    }

    #[test]
    fn json_bodies_and_query_strings_are_equivalent_to_forms() {
        let gateway = gateway();
        let Value::Object(params) =
            json!({"Action": "DescribeFavoriteImages", "Limit": 2, "Offset": "1", "X": ["a"]})
        else {
            unreachable!()
        };
        let signed = json::sign(&credentials(), &params).unwrap();
        for content_type in ["application/json", "Application/JSON; charset=utf-8"] {
            let response = gateway.respond("POST", content_type, signed.body().as_bytes());
            assert_eq!(ids(&response.json().unwrap()), ["i1", "i2"]);
        }
        let forged = signed.body().replace("\"a\"", "\"b\"");
        let response = gateway.respond("POST", "application/json", forged.as_bytes());
        assert_eq!(response.json().unwrap()["RetCode"], 171);
        for body in ["[]", "{", ""] {
            assert_eq!(
                gateway
                    .respond("POST", "application/json", body.as_bytes())
                    .json()
                    .unwrap()["RetCode"],
                230
            );
        }
        let query = form(&[("Action", "DescribeFavoriteImages"), ("Limit", "1")]);
        let response = gateway.respond("GET", "application/json", query.as_bytes());
        assert_eq!(ids(&response.json().unwrap()), ["i0"]);
        assert_eq!(gateway.respond("PUT", FORM, query.as_bytes()).status, 405);
    }

    #[test]
    fn temporary_credentials_require_their_token() {
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
    fn adding_and_removing_favorites_is_idempotent() {
        let gateway = gateway();
        for _ in 0..2 {
            let response = call(
                &gateway,
                "RemoveFavoriteImage",
                &[("CompShareImageId", "i1")],
            );
            assert_eq!(
                response,
                json!({"Action": "RemoveFavoriteImageResponse", "RetCode": 0})
            );
            assert_eq!(ids(&list(&gateway, &[])), ["i0", "i2", "i3", "i4"]);
        }
        for _ in 0..2 {
            let response = call(&gateway, "AddFavoriteImage", &[("CompShareImageId", "i1")]);
            assert_eq!(
                response,
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
    fn offset_limit_and_cap_select_the_page() {
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
    fn paging_quirks_change_the_page() {
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
    fn representation_quirks_change_totals_keys_and_types() {
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
        assert_eq!(text.favorites()[3]["Size"], 3, "the store is unchanged");
    }

    #[test]
    fn production_as_reported_removes_favorite_actions() {
        let gateway = with(Quirks::default().production_as_reported(true));
        for action in [
            "DescribeFavoriteImages",
            "AddFavoriteImage",
            "RemoveFavoriteImage",
        ] {
            let response = call(&gateway, action, &[("CompShareImageId", "i1")]);
            assert_eq!(response["RetCode"], 161);
            assert_eq!(response["Message"], format!("Action [{action}] not found"));
        }
        assert_eq!(gateway.favorites().len(), 5);
    }

    fn response_and_delay(outcome: Outcome) -> (Response, Duration) {
        match outcome {
            Outcome::Response { response, delay } => (response, delay),
            Outcome::Truncated { .. } | Outcome::Disconnect => panic!("disconnected"),
        }
    }

    #[test]
    fn each_request_uses_up_one_fault() {
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
            Fault::Raw(Response::new(204, "")),
            Fault::Pass,
        ]);
        let body = form(&[("Action", "DescribeFavoriteImages"), ("Limit", "1")]);
        let next = |body: &str| response_and_delay(gateway.exchange("POST", FORM, body.as_bytes()));

        let expected = json!({"Action": "DescribeFavoriteImagesResponse", "RetCode": 153, "Message": "slow down"});
        assert_eq!(next(&body).0.json().unwrap(), expected);
        assert_eq!(next("not=signed").0.json().unwrap()["RetCode"], 153);
        let (response, _) = next(&body);
        assert_eq!(
            (
                response.status,
                response.header("retry-after"),
                &*response.body
            ),
            (503, Some("7"), &b"<html>"[..])
        );
        assert!(response.header(REQUEST_ID).is_some());
        let (response, delay) = next(&body);
        assert_eq!(
            (ids(&response.json().unwrap()).len(), delay),
            (1, Duration::from_secs(3))
        );
        let (response, delay) = next(&body);
        assert_eq!((response.json(), delay), (None, Duration::ZERO));
        let (response, _) = next(&body);
        assert_eq!(
            (response.body.len(), ids(&response.json().unwrap()).len()),
            (10_000, 1)
        );
        assert_eq!(next(&body).0, Response::new(204, ""));
        for _ in 0..2 {
            assert_eq!(ids(&next(&body).0.json().unwrap()), ["i0"]);
        }
        assert_eq!(gateway.requests(), 9);
    }

    #[test]
    fn disconnect_faults_precede_or_follow_the_action() {
        let gateway = gateway();
        let remove = form(&[
            ("Action", "RemoveFavoriteImage"),
            ("CompShareImageId", "i0"),
        ]);
        for (fault, left) in [(Fault::Disconnect, 5), (Fault::DisconnectAfter, 4)] {
            gateway.push_faults([fault]);
            assert_eq!(
                gateway.exchange("POST", FORM, remove.as_bytes()),
                Outcome::Disconnect
            );
            assert_eq!(gateway.favorites().len(), left);
        }
        assert_eq!(gateway.actions(), ["RemoveFavoriteImage"; 2]);
    }

    #[test]
    fn request_ids_are_unique() {
        let (one, other) = (gateway(), gateway());
        let ids: BTreeSet<String> = (0..100)
            .flat_map(|_| [&one, &other].map(|gateway| gateway.respond("POST", FORM, b"")))
            .map(|response| response.header("x-ucloud-request-uuid").unwrap().to_owned())
            .collect();
        assert_eq!(ids.len(), 200);
        assert!(
            ids.iter()
                .all(|id| id.len() == 36 && id.split('-').count() == 5)
        );
    }

    #[test]
    fn log_is_bounded_and_debug_redacts_keys() {
        let gateway = gateway();
        let long = "A".repeat(500);
        for action in std::iter::repeat_n(long.as_str(), 1500).chain(["Last"]) {
            gateway.respond("POST", FORM, format!("Action={action}").as_bytes());
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
