//! Lookup of disks by id or name.

use compshare_client::Config;
use compshare_client::model::{DescribeCompshareDisk, Disk};

use crate::context::Context;
use crate::failure::Failure;
use crate::lang::{text, texts};
use crate::settings;

/// Returns the disks in the region of `config`, or in all regions.
pub(super) fn disks(context: &Context, config: Config) -> Result<Vec<Disk>, Failure> {
    let (client, _) = settings::connect(config, context);
    Ok(client.send(&DescribeCompshareDisk::new())?.disks)
}

/// Finds a disk by its id or, if it is unique, by its name.
pub(super) fn find<'d>(disks: &'d [Disk], wanted: &str) -> Result<&'d Disk, Failure> {
    if let Some(disk) = disks.iter().find(|disk| disk.id.as_str() == wanted) {
        return Ok(disk);
    }

    let is_named = |disk: &&Disk| disk.name.as_deref() == Some(wanted) && !disk.id.is_empty();
    let named: Vec<&Disk> = disks.iter().filter(is_named).collect();
    match named.as_slice() {
        [disk] => Ok(disk),
        [] => {
            let failure = Failure::unexpected_response(text!(disk_not_found, name = wanted));
            Err(failure.with_hint(texts().disk_not_found_hint))
        }
        several => {
            let ids: Vec<&str> = several.iter().map(|disk| disk.id.as_str()).collect();
            let ids = ids.join(texts().comma);
            let failure = Failure::unexpected_response(text!(disk_ambiguous, name = wanted, ids));
            Err(failure.with_hint(texts().instance_ambiguous_hint))
        }
    }
}

/// Returns name, id, size and type of a disk, for questions.
pub(super) fn label(disk: &Disk) -> String {
    let id = disk.id.as_str();
    let size = disk.size().map(|size| size.to_string());
    let disk_type = disk.disk_type.as_ref().map(ToString::to_string);
    let details = [Some(id.to_owned()), size, disk_type];
    let details: Vec<String> = details.into_iter().flatten().collect();

    let details = details.join(texts().comma);
    match disk.name.as_deref().filter(|name| !name.is_empty()) {
        Some(name) => text!(own_name, name, id = details),
        None => details,
    }
}
