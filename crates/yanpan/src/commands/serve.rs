//! `yanpan serve`: the HTTP interface and the scheduled jobs.

use super::{beside, session::caller};
use crate::{
    outcome::Outcome,
    wiring::{Installation, Opening, environment, open, pages},
};
use clap::Args as ClapArgs;
use std::{
    path::{Path, PathBuf},
    time::Duration,
};
use yanpan_app::{installation::LOCAL_OPERATOR, job::tick};
use yanpan_kernel::problem::{Problem, USAGE};

/// Words of `serve`.
#[derive(Debug, ClapArgs)]
pub struct Args {
    /// 数据目录 / Data folder
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
    /// 监听地址 / Address
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8420")]
    listen: String,
    /// PostgreSQL 连接串 / PostgreSQL
    #[arg(long, value_name = "URL")]
    database_url: Option<String>,
}

/// Opens an installation and serves it.
pub async fn run(args: Args) -> Outcome {
    at(&args.data, &args.listen, args.database_url).await
}

/// Opens the installation in a folder and serves it at an address.
pub async fn at(data: &Path, listen: &str, database_url: Option<String>) -> Outcome {
    let opening = Opening { exclusive: true, database_url, ..Opening::default() };
    match open(data, &opening, environment()).await {
        Ok(installation) => serve_app(&installation, listen).await,
        Err(problems) => problems.into(),
    }
}

/// Serves until told to stop.
async fn serve_app(installation: &Installation, listen: &str) -> Outcome {
    let jobs =
        tokio::spawn(jobs(installation.app.clone(), caller(installation, LOCAL_OPERATOR).await.map(|c| c.account)));
    let orders = match beside::listen(&installation.data) {
        Ok(listener) => Some(tokio::spawn(beside::run(listener, installation.clone()))),
        Err(error) => {
            tracing::warn!(%error, "commands that write cannot be taken beside the server");
            None
        }
    };
    let served = async {
        let listener = tokio::net::TcpListener::bind(listen).await?;
        eprintln!("正在监听 http://{}", listener.local_addr()?);
        let router = yanpan_api::router(installation.app.clone());
        let router = match pages() {
            Some(pages) => yanpan_api::add_pages(router, pages),
            None => router,
        };
        yanpan_api::serve(listener, router, stop()).await
    };
    let outcome = served.await;
    jobs.abort();
    if let Some(orders) = orders {
        orders.abort();
        beside::unlink(&installation.data);
    }
    match outcome {
        Ok(()) => Outcome::default(),
        Err(error) => {
            let reason = format!("无法在 {listen} 提供服务：{error}");
            Outcome::refused(vec![Problem::new(&USAGE, &[("reason", &reason)])])
        }
    }
}

/// Ends on Ctrl-C or SIGTERM.
async fn stop() {
    use tokio::signal::unix::{SignalKind, signal};
    match signal(SignalKind::terminate()) {
        Ok(mut terminate) => {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminate.recv() => {}
            }
        }
        Err(_) => {
            let _ = tokio::signal::ctrl_c().await;
        }
    }
}

/// A tick every ten seconds; once in an hour the daily part, which does nothing twice.
async fn jobs(
    app: std::sync::Arc<yanpan_app::App>,
    operator: Result<yanpan_kernel::id::Id<yanpan_kernel::person::Account>, Problem>,
) {
    let Ok(operator) = operator else { return };
    let holder = format!("node-{}", std::process::id());
    let mut every = tokio::time::interval(Duration::from_secs(10));
    let mut count = 0u64;
    loop {
        every.tick().await;
        if let Err(problem) = tick(&app, operator, &holder, count.is_multiple_of(360)).await {
            tracing::warn!(%problem, "tick");
        }
        count += 1;
    }
}
