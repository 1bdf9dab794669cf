//! What commands share: opening the data folder and finding who acts.

use crate::wiring::{Installation, Opening, environment, open};
use clap::Args;
use std::path::PathBuf;
use yanpan_app::{Caller, installation::LOCAL_OPERATOR, person::standing_in};
use yanpan_kernel::{
    id::Id,
    period::Period,
    problem::{NOT_FOUND, PERIOD_INVALID, Problem, UNIT_UNKNOWN},
    unit::Unit,
};

/// Data folder and actor.
#[derive(Debug, Args, Clone)]
pub struct Session {
    /// 数据目录 / Data folder
    #[arg(long, value_name = "DIR")]
    pub data: PathBuf,
    /// 以哪个账号的名义 / Account in whose name it is done
    #[arg(long = "as", value_name = "ACCOUNT", default_value = LOCAL_OPERATOR)]
    pub actor: String,
    /// The server's own installation, where it runs the command for somebody.
    #[arg(skip)]
    pub held: Option<Installation>,
}

impl Session {
    /// Opens the folder for writing, and the caller.
    pub async fn write(&self) -> Result<(Installation, Caller), Vec<Problem>> {
        self.open(true).await
    }

    /// Opens the folder for reading, beside a running server if there is one.
    pub async fn read(&self) -> Result<(Installation, Caller), Vec<Problem>> {
        self.open(false).await
    }

    async fn open(&self, exclusive: bool) -> Result<(Installation, Caller), Vec<Problem>> {
        let installation = match &self.held {
            Some(held) => held.clone(),
            None => open(&self.data, &Opening { exclusive, ..Opening::default() }, environment()).await?,
        };
        let caller = caller(&installation, &self.actor).await.map_err(|problem| vec![problem])?;
        Ok((installation, caller))
    }
}

/// The caller of a sign-in name.
pub async fn caller(installation: &Installation, login: &str) -> Result<Caller, Problem> {
    let found = installation.app.store.read().await?.account_by_login(login).await?;
    let account = found.ok_or_else(|| Problem::new(&NOT_FOUND, &[("what", &format!("账号「{login}」"))]))?;
    standing_in(&installation.app, account.id).await
}

/// A unit by its code.
pub fn unit(caller: &Caller, code: &str) -> Result<Id<Unit>, Problem> {
    let found = caller.tree.by_code(code).map(|version| version.unit);
    found.ok_or_else(|| Problem::new(&UNIT_UNKNOWN, &[("value", &code)]))
}

/// A period by its key.
pub fn period(installation: &Installation, key: &str) -> Result<Period, Problem> {
    Period::parse(key, &installation.app.calendar).map_err(|error| Problem::new(&PERIOD_INVALID, &[("reason", &error)]))
}
