//! Backing up into the data folder itself, under the moment's name.

use crate::{App, Caller, ports::Backup};
use yanpan_kernel::problem::Problem;

/// Makes a backup named after the moment, for 平台管理员.
///
/// # Errors
/// `FORBIDDEN`, `FILE_UNREADABLE`, `STORE_UNAVAILABLE`.
pub async fn back_up(app: &App, caller: &Caller) -> Result<Backup, Problem> {
    caller.as_administrator()?;
    let now = app.environment.clock.now().to_zoned_datetime(app.environment.zone.clone());
    app.site.back_up(app.store.as_ref(), &now.strftime("%Y%m%d-%H%M%S").to_string()).await
}
