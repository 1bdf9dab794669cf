//! The command line: one file per noun.

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
use std::{ffi::OsString, process::ExitCode};
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

/// Runs the program on these words.
#[must_use]
pub fn run(words: impl IntoIterator<Item = OsString>) -> ExitCode {
    let line = match Line::try_parse_from(words) {
        Ok(line) => line,
        Err(error) => {
            let help = !error.use_stderr();
            let _ = error.print();
            return if help { ExitCode::SUCCESS } else { ExitCode::from(2) };
        }
    };
    let json = line.json;
    let command = match line.command {
        Command::Method(method) => return yanpan_methods::main(method, json),
        other => other,
    };
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
        Command::Init(args) => installation::init(args).await,
        Command::Serve(args) => serve::run(args).await,
        Command::Pack(command) => pack::run(command),
        Command::Import(args) => import::import(args).await,
        Command::Undo(args) => import::undo(args).await,
        Command::Export(args) => export::run(args).await,
        Command::Case(command) => case::run(command).await,
        Command::Round(command) => case::round(command).await,
        Command::Report(command) => report::run(command).await,
        Command::Backup(args) => installation::backup(args).await,
        Command::Restore(args) => installation::restore(args).await,
        Command::Verify(args) => installation::verify(args).await,
        Command::Doctor(args) => installation::doctor(args).await,
        Command::Method(_) => Outcome::default(),
    }
}
