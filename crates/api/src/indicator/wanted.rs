//! Of which unit and period indicators are asked.

use crate::Refusal;
use serde::Deserialize;
use utoipa::IntoParams;
use yanpan_app::{App, Caller, period};
use yanpan_kernel::{
    id::Id,
    period::Period,
    problem::{FORBIDDEN, Problem},
    unit::Unit,
};

/// Unit and period.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Wanted {
    /// Unit id; the caller's own when left out.
    unit: Option<String>,
    /// Period key; the present one of the packs' report when left out.
    period: Option<String>,
    /// `children`, `period`, a dimension of the indicator, or `none`.
    pub(crate) by: Option<String>,
}

impl Wanted {
    /// The unit and the period.
    pub(crate) fn ground(&self, app: &App, caller: &Caller) -> Result<(Id<Unit>, Period), Refusal> {
        let own = || caller.grants.first().map(|grant| grant.unit).ok_or_else(|| Problem::new(&FORBIDDEN, &[]));
        let unit = match &self.unit {
            Some(id) => id.parse().map_err(|_| Refusal::usage("unit 应为单位的 id"))?,
            None => own()?,
        };
        let period = match &self.period {
            Some(key) => Period::parse(key, &app.calendar).map_err(Problem::from)?,
            None => period::usual(app)?,
        };
        Ok((unit, period))
    }
}
