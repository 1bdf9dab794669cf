//! What figures stand on: an entry number, the tree of a day, and how small a cell of persons may be shown.

use crate::{App, ports::Reading};
use jiff::civil::Date;
use std::sync::Arc;
use yanpan_kernel::{problem::Problem, unit::Tree};

/// Fewer persons than this are hidden, unless the site says otherwise.
const LEAST: i64 = 10;

/// No site may show fewer.
pub const LEAST_OF_ALL: i64 = 5;

/// The setting in which a site says otherwise.
pub const SMALL_CELLS: &str = "small-cells";

/// What figures stand on.
#[derive(Debug, Clone)]
pub struct Ground {
    /// Entry number up to which facts are known.
    pub as_of: i64,
    /// The tree that names the units.
    pub tree: Arc<Tree>,
    /// Fewest persons that a cell may show.
    pub least: i64,
}

impl Ground {
    /// What is known at an entry, or now, on the tree of a day; a tree that begins later is shown as it began.
    ///
    /// # Errors
    /// `STORE_UNAVAILABLE`.
    pub async fn of(app: &App, as_of: Option<i64>, on: Date) -> Result<Self, Problem> {
        let reading = app.store.read().await?;
        let as_of = match as_of {
            Some(entry) => entry,
            None => reading.last_entry().await?,
        };
        let versions = reading.unit_versions().await?;
        let begins = versions.iter().map(|version| version.valid_from).min().unwrap_or(on);
        let tree = Arc::new(Tree::on(on.max(begins), &versions, &reading.jurisdictions().await?));
        Ok(Self { as_of, tree, least: least(reading.as_ref()).await? })
    }
}

/// Fewest persons that a cell may show on this site.
///
/// # Errors
/// `STORE_UNAVAILABLE`.
pub async fn least(reading: &dyn Reading) -> Result<i64, Problem> {
    let said = reading.setting(SMALL_CELLS).await?.and_then(|said| said.parse::<i64>().ok());
    Ok(said.unwrap_or(LEAST).max(LEAST_OF_ALL))
}
