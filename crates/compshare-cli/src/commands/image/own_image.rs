//! Images of the account, as described in prompts.

use compshare_client::model::{DescribeCompShareImageShareAccounts, Image, ImageId};
use compshare_client::sync::Client;

use super::list::ImageSource;
use super::show;
use crate::context::Context;
use crate::failure::Failure;
use crate::lang::{text, texts};
use crate::output::human;
use crate::settings::{self, Settings};

/// An image of the account, looked up for a prompt.
pub(super) struct OwnImage {
    image: Image,
    /// The number of accounts it is shared with.
    shares: Option<usize>,
}

impl OwnImage {
    /// Looks up an image of the account; `None` if it is not found. Errors of the service are
    /// ignored, since the name is optional in a prompt.
    pub(super) fn find(context: &Context, id: &str) -> Result<Option<Self>, Failure> {
        let config = Settings::read(context).check();
        let config = config.map_err(|error| Failure::from_config_error(&error))?;
        let (client, _) = settings::connect(config, context);

        let found = match show::find(&client, ImageSource::Custom, &ImageId::from(id)) {
            Err(error) if error.ret_code().is_none() => return Err(error.into()),
            found => found.ok().flatten(),
        };
        Ok(found.map(|found| Self {
            shares: shares(&client, id),
            image: found.image,
        }))
    }

    /// Returns name and id, if the image has a name.
    pub(super) fn name(&self) -> Option<String> {
        let (id, name) = (&self.image.id, &self.image.name);
        (!name.is_empty()).then(|| text!(own_name, name, id))
    }

    /// Returns name, id, size, creation time and shares, if the image has a name.
    pub(super) fn details(&self) -> Option<String> {
        let Image { id, name, .. } = &self.image;
        let size = self.image.size.filter(|size| *size > 0);
        let size = size.and_then(|size| human::size(&size.to_string()));
        let time = self.image.create_time;
        let time = time.and_then(|time| human::local_time(&human::utc(time.as_secs())));
        let shares = self
            .shares
            .filter(|count| *count > 0)
            .map(|count| match count {
                1 => texts().own_share.to_owned(),
                _ => text!(own_shares, count),
            });

        let details = [
            Some(id.to_string()),
            size,
            time.map(|time| text!(own_created, time)),
            shares,
        ];
        let details: Vec<String> = details.into_iter().flatten().collect();
        let id = details.join(texts().comma);
        (!name.is_empty()).then(|| text!(own_name, name, id))
    }
}

fn shares(client: &Client, id: &str) -> Option<usize> {
    let accounts = client
        .send(&DescribeCompShareImageShareAccounts::new(id))
        .ok()?;
    Some(accounts.account_set.len())
}
