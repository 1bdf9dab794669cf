//! The command line: one file per noun.

mod beside;
mod case;
mod demo;
mod export;
mod import;
mod installation;
mod pack;
mod report;
mod serve;
mod session;

use crate::outcome::Outcome;
use clap::{Parser, Subcommand};
use session::Session;
use std::{ffi::OsString, path::PathBuf, process::ExitCode};
use yanpan_methods::Method;

/// 研判:校园安全与教育质量的采集、研判、处置、报告 / Collect, assess, act, report
#[derive(Debug, Parser)]
#[command(name = "yanpan", version, propagate_version = true)]
struct Line {
    /// 只输出一个 JSON 对象 / One JSON object on stdout
    #[arg(long, global = true)]
    json: bool,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// 虚构城市演示 / A fictional city with a year of data
    Demo(demo::Args),
    /// 新建安装 / Make an installation
    Init(installation::InitArgs),
    /// 启动服务 / Serve
    Serve(serve::Args),
    /// 业务包 / Packs
    #[command(subcommand)]
    Pack(pack::Command),
    /// 导入台账、单位、人员 / Import a ledger, units or people
    Import(import::ImportArgs),
    /// 撤销一批导入 / Undo an import batch
    Undo(import::UndoArgs),
    /// 导出 / Export
    Export(export::ExportArgs),
    /// 事项办理 / Cases
    #[command(subcommand)]
    Case(case::Command),
    /// 填报任务 / Rounds
    #[command(subcommand)]
    Round(case::RoundCommand),
    /// 报告 / Reports
    #[command(subcommand)]
    Report(report::Command),
    /// 站点设置 / Settings of the site
    Setting(installation::SettingArgs),
    /// 备份 / Back up
    Backup(installation::BackupArgs),
    /// 恢复 / Restore
    Restore(installation::RestoreArgs),
    /// 校验记录链 / Verify all chains
    Verify(installation::DataArgs),
    /// 体检 / Examine an installation
    Doctor(installation::DoctorArgs),
    #[command(flatten)]
    Method(Method),
}

impl Command {
    /// The session of a command that writes, and the paths that it names.
    fn writing(&mut self) -> Option<(&mut Session, Vec<&mut PathBuf>)> {
        let alone = |session| Some((session, Vec::new()));
        match self {
            Self::Import(args) => args.writing(),
            Self::Undo(args) => alone(args.writing()),
            Self::Case(command) => command.writing().and_then(alone),
            Self::Round(command) => alone(command.writing()),
            Self::Report(command) => command.writing(),
            Self::Setting(args) => alone(args.writing()),
            Self::Doctor(args) => args.writing().and_then(alone),
            _ => None,
        }
    }
}

/// Runs the program on these words.
#[must_use]
pub fn run(words: impl IntoIterator<Item = OsString>) -> ExitCode {
    let words: Vec<OsString> = words.into_iter().collect();
    let line = match Line::try_parse_from(&words) {
        Ok(line) => line,
        Err(error) => {
            let help = !error.use_stderr();
            let _ = error.print();
            return if help { ExitCode::SUCCESS } else { ExitCode::from(2) };
        }
    };
    let json = line.json;
    let mut command = match line.command {
        Command::Method(method) => return yanpan_methods::main(method, json),
        other => other,
    };
    if let Some(said) = command.writing().and_then(|(session, _)| beside::ask(&session.data, &words)) {
        return match said {
            Ok(said) => said.print(json),
            Err(problem) => Outcome::refused(vec![problem]).finish(json),
        };
    }
    let filter = tracing_subscriber::EnvFilter::try_from_env("YANPAN_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn,yanpan=info"));
    let _ = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).try_init();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::from(1);
        }
    };
    runtime.block_on(act(command)).finish(json)
}

async fn act(command: Command) -> Outcome {
    match command {
        Command::Demo(args) => demo::run(args).await,
        Command::Serve(args) => serve::run(args).await,
        other => work(other).await,
    }
}

/// Runs a command that ends by itself.
async fn work(command: Command) -> Outcome {
    match command {
        Command::Init(args) => installation::init(args).await,
        Command::Pack(command) => pack::run(command),
        Command::Import(args) => import::import(args).await,
        Command::Undo(args) => import::undo(args).await,
        Command::Export(args) => export::run(args).await,
        Command::Case(command) => case::run(command).await,
        Command::Round(command) => case::round(command).await,
        Command::Report(command) => report::run(command).await,
        Command::Setting(args) => installation::setting(args).await,
        Command::Backup(args) => installation::backup(args).await,
        Command::Restore(args) => installation::restore(args).await,
        Command::Verify(args) => installation::verify(args).await,
        Command::Doctor(args) => installation::doctor(args).await,
        Command::Demo(_) | Command::Serve(_) | Command::Method(_) => Outcome::default(),
    }
}
