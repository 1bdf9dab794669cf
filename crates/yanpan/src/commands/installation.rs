//! `yanpan init | backup | restore | verify | doctor`.

use super::session::Session;
use crate::{
    outcome::Outcome,
    wiring::{Opening, environment, open},
};
use clap::Args;
use std::path::{Path, PathBuf};
use yanpan_app::installation as installations;
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
                .say(format!("安装完成。平台管理员账号 {},一次性密码 {}(首次登录须修改)", made.login, made.password));
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
                "{}条记录,{}条链,{}个封存;未封存{}条;{}处不符",
                found.entries,
                found.chains,
                found.seals,
                found.unsealed,
                found.faults.len()
            ));
            for fault in &found.faults {
                outcome.say(format!("第{}条:{}", fault.entry, fault.reason));
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
        outcome.say(format!("记录{last}条,单位{}个,业务包:{}", caller.tree.all().len(), packs.join("、")));
        if args.rebuild_facts {
            let facts = installations::rebuild_facts(app).await.map_err(one)?;
            outcome.put("facts", facts).say(format!("重做事实{facts}条"));
        }
        Ok::<_, Vec<Problem>>(outcome)
    };
    examined.await.unwrap_or_else(Outcome::refused)
}

/// Backs up database, files and keys.
pub async fn backup(args: BackupArgs) -> Outcome {
    let done = async {
        let one = |problem: Problem| vec![problem];
        let (installation, _) = args.session.read().await?;
        let empty = std::fs::read_dir(&args.to).map(|mut entries| entries.next().is_none()).unwrap_or(true);
        if !empty {
            return Err(one(Problem::new(&DUPLICATE, &[("what", &"目录"), ("value", &args.to.display())])));
        }
        std::fs::create_dir_all(&args.to).map_err(|error| one(unreadable(&args.to, &error)))?;
        installation.app.store.backup(&args.to).await.map_err(one)?;
        copy_beside(&installation.data, &args.to).map_err(one)
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

/// Copies what lies beside the database: key, files, facts, packs and fonts.
fn copy_beside(from: &Path, to: &Path) -> Result<(), Problem> {
    for name in ["key", "files", "facts", "packs", "fonts"] {
        let source = from.join(name);
        if source.exists() {
            copy(&source, &to.join(name)).map_err(|error| unreadable(&source, &error))?;
        }
    }
    Ok(())
}

fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    if !from.is_dir() {
        return std::fs::copy(from, to).map(|_| ());
    }
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        copy(&entry.path(), &to.join(entry.file_name()))?;
    }
    Ok(())
}
