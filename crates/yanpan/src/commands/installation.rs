//! `yanpan init | backup | restore | verify | doctor`.

use super::session::Session;
use crate::{
    outcome::Outcome,
    wiring::{DataFolder, Opening, copy_beside, environment, open},
};
use clap::Args;
use std::path::{Path, PathBuf};
use yanpan_app::{installation as installations, retention};
use yanpan_kernel::problem::{DUPLICATE, FILE_UNREADABLE, Problem};
use yanpan_store::{restore_postgres, restore_sqlite};

/// Words of `init`.
#[derive(Debug, Args)]
pub struct InitArgs {
    /// 数据目录 / Data folder
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
    /// PostgreSQL 连接串 / PostgreSQL instead of the embedded database
    #[arg(long, value_name = "URL")]
    database_url: Option<String>,
    /// 最上级单位的编码 / Code of the root unit
    #[arg(long, default_value = "ROOT")]
    code: String,
    /// 最上级单位的名称 / Name of the root unit
    #[arg(long, default_value = "教育体育局")]
    name: String,
}

/// A data folder alone.
#[derive(Debug, Args)]
pub struct DataArgs {
    #[command(flatten)]
    session: Session,
}

/// Words of `doctor`.
#[derive(Debug, Args)]
pub struct DoctorArgs {
    #[command(flatten)]
    session: Session,
    /// 由记录重做事实表 / Make the facts again from the entries
    #[arg(long)]
    rebuild_facts: bool,
}

/// Words of `setting`.
#[derive(Debug, Args)]
pub struct SettingArgs {
    #[command(flatten)]
    session: Session,
    /// 人数少于此数的格子不显示,不低于5 / Fewest persons that a cell shows, 5 or more
    #[arg(long, value_name = "N")]
    small_cells: i64,
}

/// Words of `backup`.
#[derive(Debug, Args)]
pub struct BackupArgs {
    #[command(flatten)]
    session: Session,
    /// 备份到(空目录)/ Into this empty folder
    #[arg(long, value_name = "DIR")]
    to: PathBuf,
}

/// Words of `restore`.
#[derive(Debug, Args)]
pub struct RestoreArgs {
    /// 新的数据目录 / New data folder
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
    /// 备份所在目录 / Folder of the backup
    #[arg(long, value_name = "DIR")]
    from: PathBuf,
    /// PostgreSQL 连接串 / PostgreSQL to restore into
    #[arg(long, value_name = "URL")]
    database_url: Option<String>,
}

impl DoctorArgs {
    /// The session, when facts are made again.
    pub fn writing(&mut self) -> Option<&mut Session> {
        self.rebuild_facts.then_some(&mut self.session)
    }
}

impl SettingArgs {
    /// The session.
    pub const fn writing(&mut self) -> &mut Session {
        &mut self.session
    }
}

/// Makes an installation.
pub async fn init(args: InitArgs) -> Outcome {
    let opening = Opening { database_url: args.database_url, create: true, exclusive: true, relaxed: false };
    let made = async {
        let installation = open(&args.data, &opening, environment()).await?;
        installations::init(&installation.app, &args.code, &args.name).await.map_err(|problem| vec![problem])
    };
    match made.await {
        Err(problems) => problems.into(),
        Ok(made) => {
            let mut outcome = Outcome::default();
            outcome.put("login", made.login.as_str()).put("password", made.password.as_str()).put("root", made.root);
            outcome
                .say(format!("安装完成。平台管理员账号 {}，一次性密码 {}(首次登录须修改)", made.login, made.password));
            outcome
        }
    }
}

/// Verifies all chains.
pub async fn verify(args: DataArgs) -> Outcome {
    let found = async {
        let (installation, _) = args.session.read().await?;
        installations::verify(&installation.app).await.map_err(|problem| vec![problem])
    };
    match found.await {
        Err(problems) => problems.into(),
        Ok(found) => {
            let mut outcome = Outcome { failed: !found.faults.is_empty(), ..Outcome::default() };
            outcome.say(format!(
                "{}条记录，{}条链，{}个封存；未封存{}条；{}处不符",
                found.entries,
                found.chains,
                found.seals,
                found.unsealed,
                found.faults.len()
            ));
            for erased in &found.erased {
                outcome.say(erased.clone());
            }
            for fault in &found.faults {
                outcome.say(format!("第{}条：{}", fault.entry, fault.reason));
            }
            if let Ok(serde_json::Value::Object(object)) = serde_json::to_value(&found) {
                outcome.object = object;
            }
            outcome
        }
    }
}

/// Examines an installation, and makes its facts again when asked.
pub async fn doctor(args: DoctorArgs) -> Outcome {
    let examined = async {
        let one = |problem: Problem| vec![problem];
        let (installation, caller) =
            if args.rebuild_facts { args.session.write().await? } else { args.session.read().await? };
        let app = &installation.app;
        let mut outcome = Outcome::default();
        let last = app.store.read().await.map_err(one)?.last_entry().await.map_err(one)?;
        let packs: Vec<String> = app.packs.present().map(|pack| format!("{} {}", pack.key, pack.version)).collect();
        outcome.put("entries", last).put("units", caller.tree.all().len()).put("packs", packs.clone());
        outcome.say(format!("记录{last}条，单位{}个，业务包：{}", caller.tree.all().len(), packs.join("、")));
        let due = retention::due(app).await.map_err(one)?;
        for due in &due {
            let fields: Vec<&str> = due.fields.iter().map(String::as_str).collect();
            let (days, cases, fields) = (due.days, due.cases, fields.join("、"));
            outcome.say(format!(
                "待核对保存期：{}办结满{days}天的{cases}件({fields}),每日任务将清除其中的个人信息",
                due.title
            ));
        }
        outcome.put("retention_due", serde_json::json!(due));
        if args.rebuild_facts {
            let facts = installations::rebuild_facts(app).await.map_err(one)?;
            outcome.put("facts", facts).say(format!("重做事实{facts}条"));
        }
        Ok::<_, Vec<Problem>>(outcome)
    };
    examined.await.unwrap_or_else(Outcome::refused)
}

/// Changes a setting of the site.
pub async fn setting(args: SettingArgs) -> Outcome {
    let done = async {
        let one = |problem: Problem| vec![problem];
        let (installation, caller) = args.session.write().await?;
        installations::set_small_cells(&installation.app, &caller, args.small_cells).await.map_err(one)
    };
    match done.await {
        Err(problems) => problems.into(),
        Ok(()) => {
            let mut outcome = Outcome::default();
            outcome.put("small_cells", args.small_cells).say(format!("少于{}人的格子不显示", args.small_cells));
            outcome
        }
    }
}

/// Backs up database, files and keys.
pub async fn backup(args: BackupArgs) -> Outcome {
    let done = async {
        let one = |problem: Problem| vec![problem];
        let (installation, _) = args.session.read().await?;
        DataFolder::at(&installation.data).back_up_to(installation.app.store.as_ref(), &args.to).await.map_err(one)
    };
    match done.await {
        Err(problems) => problems.into(),
        Ok(()) => {
            let mut outcome = Outcome::default();
            outcome.put("backup", args.to.display().to_string()).say(format!("已备份到 {}", args.to.display()));
            outcome
        }
    }
}

/// Restores a backup into a new folder.
pub async fn restore(args: RestoreArgs) -> Outcome {
    let done = async {
        let one = |problem: Problem| vec![problem];
        if args.data.join("key").exists() {
            return Err(one(Problem::new(&DUPLICATE, &[("what", &"数据目录"), ("value", &args.data.display())])));
        }
        std::fs::create_dir_all(&args.data).map_err(|error| one(unreadable(&args.data, &error)))?;
        match &args.database_url {
            Some(url) => {
                restore_postgres(&args.from, url).await.map_err(one)?;
                std::fs::write(args.data.join("database-url"), url)
                    .map_err(|error| one(unreadable(&args.data, &error)))?;
            }
            None => restore_sqlite(&args.from, &args.data.join("yanpan.sqlite")).await.map_err(one)?,
        }
        copy_beside(&args.from, &args.data).map_err(one)
    };
    match done.await {
        Err(problems) => problems.into(),
        Ok(()) => {
            let mut outcome = Outcome::default();
            outcome.put("data", args.data.display().to_string()).say(format!("已恢复到 {}", args.data.display()));
            outcome
        }
    }
}

fn unreadable(path: &Path, error: &std::io::Error) -> Problem {
    Problem::new(&FILE_UNREADABLE, &[("file", &path.display()), ("reason", error)])
}
