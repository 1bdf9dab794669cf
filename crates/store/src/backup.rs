//! Copies of the whole database: SQLite by `VACUUM INTO`, PostgreSQL by `pg_dump`, and the way back.

use crate::{
    fault::unavailable,
    opened::{Source, sqlite_options},
};
use sea_orm::sqlx::{self, ConnectOptions, Connection};
use std::{
    path::{Path, PathBuf},
    process::Command,
};
use yanpan_kernel::problem::{FILE_UNREADABLE, PRECONDITION, Problem};

/// Name of the copy of a SQLite database in a backup folder.
const SQLITE_COPY: &str = "yanpan.db";

/// Name of the copy of a PostgreSQL schema in a backup folder, in pg_dump's custom format.
const POSTGRES_COPY: &str = "yanpan.pgdump";

fn unreadable(file: &Path, reason: &dyn std::fmt::Display) -> Problem {
    Problem::new(&FILE_UNREADABLE, &[("file", &file.display()), ("reason", reason)])
}

/// Writes a consistent copy into an empty folder, which is made where it is missing.
pub(crate) async fn write(source: &Source, into: &Path) -> Result<(), Problem> {
    std::fs::create_dir_all(into).map_err(|error| unreadable(into, &error))?;
    let mut content = std::fs::read_dir(into).map_err(|error| unreadable(into, &error))?;
    if content.next().is_some() {
        return Err(unreadable(into, &"备份要写入空文件夹"));
    }
    match source {
        Source::Sqlite(path) => copy_sqlite(path, &into.join(SQLITE_COPY)).await,
        Source::Postgres { url, schema } => {
            let mut command = postgres_command("pg_dump", url)?;
            command.args(["--format=custom", "--no-owner", "--no-privileges", "--schema", schema, "--file"]);
            command.arg(into.join(POSTGRES_COPY));
            run(command).await
        }
    }
}

/// Copies a SQLite file beside itself before it is migrated; an earlier copy of the same version is kept.
pub(crate) async fn before_migration(path: &Path, version: usize) -> Result<(), Problem> {
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".before-migration-{version}"));
    let copy = PathBuf::from(name);
    if copy.exists() { Ok(()) } else { copy_sqlite(path, &copy).await }
}

async fn copy_sqlite(path: &Path, to: &Path) -> Result<(), Problem> {
    let Some(target) = to.to_str() else { return Err(unreadable(to, &"路径不是 UTF-8 文字")) };
    let mut connection = sqlite_options(path).connect().await.map_err(|error| unavailable(&error))?;
    let copied = sqlx::query("VACUUM INTO $1").bind(target).execute(&mut connection).await;
    copied.map_err(|error| unreadable(to, &error))?;
    connection.close().await.map_err(|error| unavailable(&error))?;
    let written = std::fs::File::open(to).and_then(|file| file.sync_all());
    written.map_err(|error| unreadable(to, &error))
}

/// Puts a backup folder's SQLite database at `path`, where there must be none, after checking it.
///
/// # Errors
/// `FILE_UNREADABLE` when the copy is missing or damaged, or something is at `path` already.
pub async fn restore_sqlite(from: &Path, path: &Path) -> Result<(), Problem> {
    let copy = from.join(SQLITE_COPY);
    if path.exists() {
        return Err(unreadable(path, &"已有数据库，恢复不会覆盖它"));
    }
    if !copy.is_file() {
        return Err(unreadable(&copy, &"备份文件夹里没有数据库"));
    }
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(&copy).read_only(true).immutable(true);
    let mut connection = options.connect().await.map_err(|error| unreadable(&copy, &error))?;
    let verdict: Result<String, _> = sqlx::query_scalar("PRAGMA integrity_check(1)").fetch_one(&mut connection).await;
    match verdict {
        Ok(verdict) if verdict == "ok" => {}
        Ok(verdict) => return Err(unreadable(&copy, &verdict)),
        Err(error) => return Err(unreadable(&copy, &error)),
    }
    connection.close().await.map_err(|error| unreadable(&copy, &error))?;
    copy_sqlite(&copy, path).await
}

/// Puts a backup folder's PostgreSQL schema into a database that does not have it.
///
/// # Errors
/// `FILE_UNREADABLE` when the copy is missing or the tool refuses, `PRECONDITION` when the tool is missing.
pub async fn restore_postgres(from: &Path, url: &str) -> Result<(), Problem> {
    let copy = from.join(POSTGRES_COPY);
    if !copy.is_file() {
        return Err(unreadable(&copy, &"备份文件夹里没有数据库"));
    }
    let mut command = postgres_command("pg_restore", url)?;
    command.args(["--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error"]).arg(&copy);
    run(command).await
}

/// A PostgreSQL tool with its address; the password goes by the environment, which other users cannot list.
fn postgres_command(tool: &str, url: &str) -> Result<Command, Problem> {
    let (address, password) = without_password(url);
    let mut command = Command::new(find(tool)?);
    command.arg("--no-password").arg("--dbname").arg(address);
    if let Some(password) = password {
        command.env("PGPASSWORD", password);
    }
    Ok(command)
}

fn without_password(url: &str) -> (String, Option<String>) {
    let Some((scheme, rest)) = url.split_once("://") else { return (url.to_owned(), None) };
    let authority = rest.split(['/', '?']).next().unwrap_or_default();
    let Some((user, password)) = authority.rsplit_once('@').and_then(|(login, _)| login.split_once(':')) else {
        return (url.to_owned(), None);
    };
    let rest = rest.replacen(&format!("{user}:{password}@"), &format!("{user}@"), 1);
    (format!("{scheme}://{rest}"), Some(unescaped(password)))
}

/// Percent-decoding of RFC 3986 §2.1.
fn unescaped(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let pair = tail.get(..2).and_then(|pair| std::str::from_utf8(pair).ok());
        match pair.and_then(|pair| u8::from_str_radix(pair, 16).ok()).filter(|_| *first == b'%') {
            Some(byte) => {
                bytes.push(byte);
                rest = tail.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The newest installed tool: Debian keeps them apart by version.
fn find(tool: &str) -> Result<PathBuf, Problem> {
    let installed = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut versions: Vec<(u32, PathBuf)> = installed
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin").join(tool))))
        .filter(|(_, path)| path.is_file())
        .collect();
    versions.sort();
    if let Some((_, path)) = versions.pop() {
        return Ok(path);
    }
    match Command::new(tool).arg("--version").output() {
        Ok(_) => Ok(PathBuf::from(tool)),
        Err(_) => {
            let what = format!("安装 PostgreSQL 客户端工具(postgresql-client),备份和恢复要用 {tool}");
            Err(Problem::new(&PRECONDITION, &[("what", &what)]))
        }
    }
}

async fn run(mut command: Command) -> Result<(), Problem> {
    let tool = PathBuf::from(command.get_program());
    let output = tokio::task::spawn_blocking(move || command.output()).await;
    let output = output.map_err(|error| unavailable(&error))?.map_err(|error| unreadable(&tool, &error))?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    tracing::error!(tool = %tool.display(), %said, "the tool refused");
    Err(unreadable(&tool, &said.lines().next().unwrap_or("没有说明原因")))
}
