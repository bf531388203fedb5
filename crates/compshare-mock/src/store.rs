//! What the gateway knows. Nothing here knows of actions or requests.

use serde_json::Value;

/// The images there are, and which of them are favourites, in order.
#[derive(Debug)]
pub(crate) struct Store {
    images: Vec<Value>,
    /// Places in `images`, so that a favourite never outgrows what was loaded.
    favorites: Vec<usize>,
}

impl Store {
    /// All of `images` are favourites at first.
    pub(crate) fn new(images: Vec<Value>) -> Self {
        Self { favorites: (0..images.len()).collect(), images }
    }

    pub(crate) fn favorites(&self) -> impl ExactSizeIterator<Item = &Value> + Clone {
        // Every place is one of `images`; the default only keeps this free of panics.
        self.favorites.iter().map(|&at| self.images.get(at).unwrap_or(&Value::Null))
    }

    /// Puts an image behind the other favourites, unless it is one. Whether there is such an image.
    pub(crate) fn add_favorite(&mut self, id: &str) -> bool {
        if self.favorites().any(|image| has_id(image, id)) {
            return true;
        }
        let found = self.images.iter().position(|image| has_id(image, id));
        self.favorites.extend(found);
        found.is_some()
    }

    pub(crate) fn remove_favorite(&mut self, id: &str) {
        let images = &self.images;
        self.favorites.retain(|&at| !images.get(at).is_some_and(|image| has_id(image, id)));
    }
}

fn has_id(image: &Value, id: &str) -> bool {
    // Some documents show `ImageId` for the same thing, so a file may have it.
    ["CompShareImageId", "ImageId"].into_iter().filter_map(|key| image.get(key)).any(|found| found == id)
}
