//! What a client has found out about its service, so that it need not ask again.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};

use super::FavoritesVia;

/// Shared by the clones of a client. Each fact stands alone, so none needs an order with others.
#[derive(Debug, Clone, Default)]
pub(crate) struct Known(Arc<Facts>);

#[derive(Debug, Default)]
struct Facts {
    listing: AtomicU8,
    writing: AtomicU8,
    readmes_stay: AtomicBool,
}

impl Known {
    /// How favourites can be listed.
    pub(super) fn listing(&self) -> Option<FavoritesVia> {
        read(&self.0.listing)
    }

    pub(super) fn set_listing(&self, via: FavoritesVia) {
        write(&self.0.listing, via);
    }

    /// How favourites can be changed.
    pub(super) fn writing(&self) -> Option<FavoritesVia> {
        read(&self.0.writing)
    }

    pub(super) fn set_writing(&self, via: FavoritesVia) {
        write(&self.0.writing, via);
    }

    /// Whether the service refuses to leave readmes out.
    pub(super) fn readmes_stay(&self) -> bool {
        self.0.readmes_stay.load(Ordering::Relaxed)
    }

    pub(super) fn set_readmes_stay(&self) {
        self.0.readmes_stay.store(true, Ordering::Relaxed);
    }
}

fn read(fact: &AtomicU8) -> Option<FavoritesVia> {
    match fact.load(Ordering::Relaxed) {
        1 => Some(FavoritesVia::Documented),
        2 => Some(FavoritesVia::Community),
        _ => None,
    }
}

fn write(fact: &AtomicU8, via: FavoritesVia) {
    let number = match via {
        FavoritesVia::Documented => 1,
        FavoritesVia::Community => 2,
    };
    fact.store(number, Ordering::Relaxed);
}
