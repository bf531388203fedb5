//! The account's own images: how far their making is, and with whom they are shared.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::{find, has_id, set, text};
use crate::catalog::image_id;
use crate::mix::Mix;

/// Where the making of an image stops that is to fail.
const FAILS_AT: u32 = 50;
/// What new images say of their time, for no clock is read: 2026-01-01T00:00:00Z, and a minute later for each image.
const SINCE: u64 = 1_767_225_600;

#[derive(Debug)]
pub(crate) struct Account {
    images: Vec<Value>,
    making: BTreeMap<String, Making>,
    /// Numbers and names, by image.
    shares: BTreeMap<String, Vec<Value>>,
    /// Percent a poll.
    step: u32,
    made: u64,
    mix: Mix,
}

/// An image that is being made, or whose making failed.
#[derive(Debug, Clone, Default)]
struct Making {
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
            making: BTreeMap::new(),
            shares,
            step: 25,
            made: 0,
            mix: Mix::new(20),
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

    /// Whether an image of this instance is being made.
    pub(crate) fn is_making_of(&self, instance: &str) -> bool {
        self.making.iter().any(|(id, making)| {
            making.instance == instance
                && self
                    .find(id)
                    .is_some_and(|image| text(image, "Status") == "Making")
        })
    }

    /// Begins an image with these members besides those that every image has; its id.
    pub(crate) fn begin(
        &mut self,
        members: Map<String, Value>,
        instance: &str,
        fails: bool,
    ) -> String {
        let id = self.new_id();
        self.made = self.made.saturating_add(1);
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
            "CreateTime": SINCE.saturating_add(self.made.saturating_mul(60)),
            "FailedReason": "",
            "AutoStart": false,
        });
        if let Value::Object(own) = &mut image {
            own.extend(members);
            // A copy brings these from its source.
            own.insert("CompShareImageId".to_owned(), id.clone().into());
            own.insert("Status".to_owned(), "Making".into());
        }
        self.images.push(image);
        self.making.insert(
            id.clone(),
            Making {
                instance: instance.to_owned(),
                percent: 0,
                fails,
            },
        );
        id
    }

    /// An id, or a group's, that no image of the account has.
    pub(crate) fn new_id(&mut self) -> String {
        loop {
            let id = self.mix.image_id();
            if self.find(&id).is_none() {
                return id;
            }
        }
    }

    pub(crate) fn new_group_id(&mut self) -> String {
        self.mix.word(12)
    }

    /// Takes an image that is being made one step further. Returns its progress in percent, or `None` if there is no such
    /// image.
    pub(crate) fn poll(&mut self, id: &str) -> Option<u32> {
        let image = self.images.iter_mut().find(|image| has_id(image, id))?;
        match text(image, "Status") {
            "Making" => {}
            "UnAvailable" => {
                let making = self.making.get(id);
                return Some(making.map_or(FAILS_AT, |making| making.percent));
            }
            _ => return Some(100),
        }

        let making = self.making.entry(id.to_owned()).or_default();
        let (end, status, reason) = if making.fails {
            let reason = "the disk of the instance could not be read";
            (FAILS_AT, "UnAvailable", reason)
        } else {
            (100, "Available", "")
        };
        making.percent = making.percent.saturating_add(self.step).min(end);
        if making.percent == end {
            set(image, "Status", status);
            set(image, "FailedReason", reason);
        }
        Some(making.percent)
    }

    pub(crate) fn update(&mut self, id: &str, change: impl FnOnce(&mut Value)) {
        if let Some(image) = self.images.iter_mut().find(|image| has_id(image, id)) {
            change(image);
        }
    }

    pub(crate) fn remove(&mut self, id: &str) {
        self.images.retain(|image| !has_id(image, id));
        self.making.remove(id);
        self.shares.remove(id);
    }

    /// Whom an image is shared with: elements of `AccountSet`.
    pub(crate) fn shares(&self, id: &str) -> &[Value] {
        self.shares.get(id).map_or(&[], Vec::as_slice)
    }

    /// Shares an image with an account, unless it is.
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
