//! The account's custom images, with the progress of their creation and their share accounts.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::{find, has_id, set, text};
use crate::catalog::image_id;
use crate::split_mix::SplitMix64;

/// The progress at which a failing creation stops, in percent.
const FAILURE_PERCENT: u32 = 50;
/// The base of `CreateTime`, 2026-01-01T00:00:00Z. Each new image is a minute younger: the store
/// reads no clock.
const BASE_TIME: u64 = 1_767_225_600;

#[derive(Debug)]
pub(crate) struct Account {
    images: Vec<Value>,
    /// Creations by image id.
    creations: BTreeMap<String, Creation>,
    /// Elements of `AccountSet` by image id.
    shares: BTreeMap<String, Vec<Value>>,
    /// Percent per progress request.
    step: u32,
    created_count: u64,
    random: SplitMix64,
}

/// The creation of an image, running or finished.
#[derive(Debug, Clone, Default)]
struct Creation {
    instance: String,
    percent: u32,
    fails: bool,
}

impl Account {
    pub(crate) fn new(mut images: Vec<Value>) -> Self {
        let mut shares = BTreeMap::new();
        for image in &mut images {
            let accounts = image
                .as_object_mut()
                .and_then(|members| members.remove("AccountSet"));
            if let (Some(Value::Array(accounts)), Some(id)) = (accounts, image_id(image)) {
                shares.insert(id.to_owned(), accounts);
            }
        }
        Self {
            images,
            creations: BTreeMap::new(),
            shares,
            step: 25,
            created_count: 0,
            random: SplitMix64::new(20),
        }
    }

    pub(crate) fn set_step(&mut self, percent: u32) {
        self.step = percent;
    }

    pub(crate) fn images(&self) -> &[Value] {
        &self.images
    }

    pub(crate) fn find(&self, id: &str) -> Option<&Value> {
        find(&self.images, id)
    }

    pub(crate) fn has_name(&self, name: &str) -> bool {
        self.images.iter().any(|image| text(image, "Name") == name)
    }

    /// Returns `true` if an image of this instance is being created.
    pub(crate) fn is_creating_from(&self, instance: &str) -> bool {
        self.creations.iter().any(|(id, creation)| {
            creation.instance == instance
                && self
                    .find(id)
                    .is_some_and(|image| text(image, "Status") == "Making")
        })
    }

    /// Starts the creation of an image with these members in addition to the default ones.
    ///
    /// Returns its id.
    pub(crate) fn start_creation(
        &mut self,
        members: Map<String, Value>,
        instance: &str,
        fails: bool,
    ) -> String {
        let id = self.new_id();
        self.created_count = self.created_count.saturating_add(1);

        let mut image = json!({
            "CompShareImageId": id,
            "Author": "mock-account",
            "AuthInfo": 0,
            "Status": "Making",
            "ImageType": "Custom",
            "ImageOwnerAlias": "Community",
            "IsOfficial": false,
            "Visibility": 0,
            "Description": "",
            "Tags": [],
            "Price": 0,
            "ImageCharge": false,
            "Size": 20480,
            "CreateTime": BASE_TIME.saturating_add(self.created_count.saturating_mul(60)),
            "FailedReason": "",
            "AutoStart": false,
        });
        if let Value::Object(own) = &mut image {
            own.extend(members);
            // A copy has these members of its source.
            own.insert("CompShareImageId".to_owned(), id.clone().into());
            own.insert("Status".to_owned(), "Making".into());
        }

        self.images.push(image);
        self.creations.insert(
            id.clone(),
            Creation {
                instance: instance.to_owned(),
                percent: 0,
                fails,
            },
        );
        id
    }

    /// Returns an image id that is unused in the account.
    pub(crate) fn new_id(&mut self) -> String {
        loop {
            let id = self.random.image_id();
            if self.find(&id).is_none() {
                return id;
            }
        }
    }

    pub(crate) fn new_group_id(&mut self) -> String {
        self.random.word(12)
    }

    /// Advances the creation of an image by one step.
    ///
    /// Returns its progress in percent, or `None` if the image does not exist.
    pub(crate) fn advance(&mut self, id: &str) -> Option<u32> {
        let image = self.images.iter_mut().find(|image| has_id(image, id))?;
        match text(image, "Status") {
            "Making" => {}
            "UnAvailable" => {
                let creation = self.creations.get(id);
                return Some(creation.map_or(FAILURE_PERCENT, |creation| creation.percent));
            }
            _ => return Some(100),
        }

        let creation = self.creations.entry(id.to_owned()).or_default();
        let (end, status, reason) = if creation.fails {
            let reason = "the disk of the instance could not be read";
            (FAILURE_PERCENT, "UnAvailable", reason)
        } else {
            (100, "Available", "")
        };

        creation.percent = creation.percent.saturating_add(self.step).min(end);
        if creation.percent == end {
            set(image, "Status", status);
            set(image, "FailedReason", reason);
        }
        Some(creation.percent)
    }

    pub(crate) fn update(&mut self, id: &str, change: impl FnOnce(&mut Value)) {
        if let Some(image) = self.images.iter_mut().find(|image| has_id(image, id)) {
            change(image);
        }
    }

    pub(crate) fn remove(&mut self, id: &str) {
        self.images.retain(|image| !has_id(image, id));
        self.creations.remove(id);
        self.shares.remove(id);
    }

    /// Returns the accounts that an image is shared with, as elements of `AccountSet`.
    pub(crate) fn shares(&self, id: &str) -> &[Value] {
        self.shares.get(id).map_or(&[], Vec::as_slice)
    }

    /// Shares an image with an account; does nothing if it is shared already.
    pub(crate) fn share(&mut self, id: &str, account: u64, name: &str) {
        let accounts = self.shares.entry(id.to_owned()).or_default();
        if !accounts.iter().any(|known| is_account(known, account)) {
            accounts.push(json!({"AccountId": account, "AccountName": name}));
        }
    }

    pub(crate) fn unshare(&mut self, id: &str, account: u64) {
        if let Some(accounts) = self.shares.get_mut(id) {
            accounts.retain(|known| !is_account(known, account));
        }
    }
}

fn is_account(known: &Value, account: u64) -> bool {
    let id = known.get("AccountId");
    let number = id
        .and_then(Value::as_u64)
        .or_else(|| id?.as_str()?.parse().ok());
    number == Some(account)
}
