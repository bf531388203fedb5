//! Capabilities of the service that earlier calls of a client discovered.

use std::sync::{Arc, Mutex, PoisonError};

use super::FavoritesSource;

/// The discovered capabilities of a service. Shared by the clones of a client.
#[derive(Debug, Clone, Default)]
pub(super) struct ServiceCapabilities(Arc<Mutex<Known>>);

#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Known {
    /// The actions that list favorites.
    pub(super) listing: Option<FavoritesSource>,
    /// The actions that change favorites.
    pub(super) writing: Option<FavoritesSource>,
    /// Whether the service accepts the parameter `ExcludeReadme`.
    pub(super) excludes_readme: Option<bool>,
}

impl ServiceCapabilities {
    pub(super) fn get(&self) -> Known {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn learn(&self, change: impl FnOnce(&mut Known)) {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner));
    }
}
