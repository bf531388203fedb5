//! One file per action.

mod describe_favorite_images;

pub use describe_favorite_images::{DescribeFavoriteImages, DescribeFavoriteImagesResponse};
