//! The account's instances, with their lifecycle.

use std::collections::VecDeque;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde_json::{Value, json};

use super::{set, text};
use crate::split_mix::SplitMix64;
use crate::{Quirks, StateQuirk};

/// The time from the stop of a `Postpay` instance to its deletion, in seconds.
const RELEASE_SECONDS: u64 = 7 * 86_400;

/// Fields of an instance that third parties report.
const UNDOCUMENTED: [&str; 7] = [
    "FileBrowserPassword",
    "IngressHost",
    "IsSpot",
    "Ports",
    "Region",
    "SchedulerStopTime",
    "SrcInstanceConfig",
];

#[derive(Debug)]
pub(crate) struct Instances {
    pub(crate) list: Vec<Instance>,
    /// The number of times that each transitional state is listed.
    pub(crate) looks: u32,
    pub(crate) random: SplitMix64,
}

/// An instance and its position in the lifecycle.
#[derive(Debug, Default)]
pub(crate) struct Instance {
    /// The row of `UHostSet`.
    pub(crate) row: Value,
    /// The states that follow the current one.
    upcoming: VecDeque<&'static str>,
    previous_state: String,
    /// Listings in the current state.
    looks: u32,
    /// Listings in all states.
    seen: u64,
    /// Listings that still omit the instance.
    hidden: u64,
    /// `SshLoginCommand` while running.
    login_command: String,
    /// `InstancePrice` while running, if it is known.
    price: Option<Value>,
}

impl Instances {
    pub(crate) fn new(rows: Vec<Value>) -> Self {
        let list = rows.into_iter().map(|row| Instance {
            row,
            ..Instance::default()
        });
        Self {
            list: list.collect(),
            looks: 1,
            random: SplitMix64::new(30),
        }
    }

    pub(crate) fn find(&self, id: &str) -> Option<&Instance> {
        self.list.iter().find(|instance| instance.id() == id)
    }

    pub(crate) fn find_mut(&mut self, id: &str) -> Option<&mut Instance> {
        self.list.iter_mut().find(|instance| instance.id() == id)
    }

    pub(crate) fn remove(&mut self, id: &str) {
        self.list.retain(|instance| instance.id() != id);
    }

    /// Moves the instance to the first of `states`; listings move it to the others.
    pub(crate) fn start_transition(&mut self, id: &str, states: &[&'static str], now: u64) {
        let looks = self.looks;
        if let Some(instance) = self.find_mut(id) {
            instance.upcoming = states.iter().copied().collect();
            instance.enter_next(now);
            while looks == 0 && instance.enter_next(now) {}
        }
    }

    /// Records that a page has listed the instance, and moves it on.
    pub(crate) fn advance(&mut self, id: &str, quirks: &Quirks, now: u64) {
        let looks = self.looks;
        if let Some(instance) = self.find_mut(id) {
            instance.seen += 1;
            instance.looks = instance.looks.saturating_add(1);
            if instance.looks >= looks && !quirks.stuck_states {
                instance.enter_next(now);
            }
        }
    }

    /// Adds a new instance whose first `hidden` listings omit it.
    pub(crate) fn add(&mut self, row: Value, login_command: String, hidden: u64) {
        self.list.push(Instance {
            row,
            // Each listing counts down before it filters.
            hidden: hidden.saturating_add(1),
            login_command,
            ..Instance::default()
        });
    }

    /// Returns the instances that a listing includes, and counts down the hidden ones.
    pub(crate) fn visible(&mut self) -> Vec<&Instance> {
        for instance in &mut self.list {
            instance.hidden = instance.hidden.saturating_sub(1);
        }
        let visible = self.list.iter().filter(|instance| instance.hidden == 0);
        visible.collect()
    }

    /// Stops the running instances whose planned time has passed. Returns their rows.
    pub(crate) fn stop_planned(&mut self, now: u64) -> Vec<Value> {
        let mut stopped = Vec::new();
        for instance in &mut self.list {
            let time = instance.number("SchedulerStopTime");
            if time > 0 && time <= now && instance.state() == "Running" {
                stopped.push(instance.row.clone());
                instance.enter("Stopped", now);
            }
        }
        stopped
    }
}

impl Instance {
    pub(crate) fn id(&self) -> &str {
        self.text("UHostId")
    }

    pub(crate) fn state(&self) -> &str {
        self.text("State")
    }

    pub(crate) fn text(&self, key: &str) -> &str {
        text(&self.row, key)
    }

    pub(crate) fn number(&self, key: &str) -> u64 {
        number(&self.row, key)
    }

    pub(crate) fn is_pod(&self) -> bool {
        self.id().starts_with("cpod-")
    }

    pub(crate) fn is_spot(&self) -> bool {
        self.row.get("IsSpot").is_some_and(|spot| *spot == true)
    }

    /// Returns `true` while an operation is in progress.
    pub(crate) fn is_busy(&self) -> bool {
        !self.upcoming.is_empty()
    }

    pub(crate) fn set(&mut self, key: &str, value: impl Into<Value>) {
        set(&mut self.row, key, value);
    }

    /// Sets the price of a running instance, which is 0 while a `Postpay` one is stopped.
    pub(crate) fn set_price(&mut self, price: Value) {
        if self.state() != "Running" {
            self.price = Some(price.clone());
        }
        if self.state() == "Running" || self.text("ChargeType") != "Postpay" {
            self.set("InstancePrice", price);
        }
    }

    /// Starts without a GPU: the row has the small size, and its own one as `SrcInstanceConfig`.
    pub(crate) fn set_without_gpu(&mut self, cpu: u64, memory: u64) {
        let config = json!({
            "Gpu": self.number("GPU"),
            "Cpu": self.number("CPU"),
            "Memory": self.number("Memory"),
        });
        self.set("SrcInstanceConfig", config);
        self.set_size(0, cpu, memory);
    }

    pub(crate) fn set_size(&mut self, gpu: u64, cpu: u64, memory: u64) {
        self.set("GPU", gpu);
        self.set("CPU", cpu);
        self.set("Memory", memory);
    }

    /// Enters the next state; returns `false` if there is none.
    fn enter_next(&mut self, now: u64) -> bool {
        let next = self.upcoming.pop_front();
        if let Some(state) = next {
            self.enter(state, now);
        }
        next.is_some()
    }

    fn enter(&mut self, state: &str, now: u64) {
        self.previous_state = self.state().to_owned();
        self.looks = 0;
        let is_postpay = self.text("ChargeType") == "Postpay";

        if state == "Running" {
            if self.login_command.is_empty() {
                let host = if self.is_pod() {
                    format!("{}.podtcp.compshare.cn", self.id())
                } else {
                    "127.0.0.1".to_owned()
                };
                self.login_command = format!("ssh -p 23 root@{host}");
            }
            self.set("SshLoginCommand", self.login_command.clone());
            self.set("StartTime", now);
            if self.row.get("SrcInstanceConfig").is_some() {
                self.price = self.price.take().or_else(|| self.remove("InstancePrice"));
                let price = if self.number("CPU") > 2 { 0.5 } else { 0.13 };
                self.set("InstancePrice", price);
            } else if let Some(price) = self.price.take() {
                self.set("InstancePrice", price);
            }
        } else if self.state() == "Running" {
            self.login_command = self.text("SshLoginCommand").to_owned();
            self.set("SshLoginCommand", "");
        }

        if state == "Stopped" {
            self.set("StopTime", now);
            self.set("SchedulerStopTime", 0);
            if let Some(config) = self.remove("SrcInstanceConfig") {
                let size = |key| number(&config, key);
                self.set_size(size("Gpu"), size("Cpu"), size("Memory"));
            }
            self.price = self.price.take().or_else(|| self.remove("InstancePrice"));
            if is_postpay {
                self.set("ReleaseTime", now.saturating_add(RELEASE_SECONDS));
                self.set("InstancePrice", 0.0);
            } else if let Some(price) = self.price.clone() {
                self.set("InstancePrice", price);
            }
        } else {
            self.remove("ReleaseTime");
        }
        self.set("State", state);
    }

    fn remove(&mut self, key: &str) -> Option<Value> {
        self.row.as_object_mut()?.remove(key)
    }

    /// Returns the row as a listing sends it.
    pub(crate) fn listed_row(&self, quirks: &Quirks, by_id: bool) -> Value {
        let mut row = self.row.clone();
        let is_transitional = self.is_busy();
        let state = match quirks.state {
            Some(StateQuirk::Blank) if self.seen % 2 == 1 => "",
            Some(StateQuirk::Stale) if self.seen % 2 == 1 => &self.previous_state,
            Some(StateQuirk::LowerCase) => &self.state().to_lowercase(),
            Some(StateQuirk::Undocumented) if is_transitional => "Pending",
            _ if quirks.install_word && self.state() == "Initializing" => "Install",
            _ => self.state(),
        };
        if row.get("State").is_some() {
            set(&mut row, "State", state);
        }

        if let Some(members) = row.as_object_mut() {
            if quirks.prices_by_id_only && !by_id {
                for key in ["InstancePrice", "DiskPrice", "CompShareImagePrice"] {
                    members.remove(key);
                }
            }
            if quirks.instance_fields_documented {
                members.retain(|key, _| !UNDOCUMENTED.contains(&&**key));
            }
            if quirks.stop_scheduler_time_key {
                if let Some(time) = members.remove("SchedulerStopTime") {
                    members.insert("StopSchedulerTime".to_owned(), time);
                }
            }
            if quirks.remark_dropped {
                members.remove("Remark");
            }
        }
        if quirks.passwords_as_plain_text {
            for key in ["Password", "FileBrowserPassword"] {
                let password = BASE64.decode(text(&row, key)).ok();
                if let Some(password) = password.and_then(|bytes| String::from_utf8(bytes).ok()) {
                    if !password.is_empty() {
                        set(&mut row, key, password);
                    }
                }
            }
        }
        row
    }
}

/// Returns a member as a number, or 0 if the member is missing or not a number.
pub(crate) fn number(row: &Value, key: &str) -> u64 {
    row.get(key).and_then(Value::as_u64).unwrap_or_default()
}
