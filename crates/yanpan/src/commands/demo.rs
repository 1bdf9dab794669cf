//! `yanpan demo`: a fictional city with a year of data, its monthly report, and the server.

use super::{serve, session::caller};
use crate::{
    demo::{ACCOUNTS, COUNTY, PASSWORD, SeededEntropy, SetClock, Stage, live},
    outcome::Outcome,
    wiring::{Installation, Opening, environment, open},
};
use clap::Args as ClapArgs;
use indicatif::{ProgressBar, ProgressStyle};
use jiff::civil::Date;
use std::{path::PathBuf, sync::Arc};
use yanpan_app::{
    installation::{LOCAL_OPERATOR, init},
    ports::Environment,
    report,
};
use yanpan_kernel::{
    period::{Period, PeriodKind},
    problem::{DUPLICATE, FILE_UNREADABLE, PERIOD_INVALID, Problem},
};

/// Words of `demo`.
#[derive(Debug, ClapArgs)]
pub struct Args {
    /// 数据目录 / Data folder
    #[arg(long, value_name = "DIR", default_value = "yanpan-demo")]
    data: PathBuf,
    /// 监听地址 / Address
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8420")]
    listen: String,
    /// 只造数据,不启动服务 / Make the data and stop
    #[arg(long)]
    no_serve: bool,
    /// 演示的「今天」/ The last day of the data
    #[arg(long, value_name = "DATE")]
    today: Option<Date>,
    /// 随机种子 / Seed
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// 月报写到 / Folder of the monthly report
    #[arg(long, value_name = "DIR", default_value = "out")]
    out: PathBuf,
}

/// Makes the demo city, writes its monthly report and serves it.
pub async fn run(args: Args) -> Outcome {
    match make(&args).await {
        Err(problems) => problems.into(),
        Ok((installation, outcome)) if args.no_serve => {
            drop(installation);
            outcome
        }
        Ok((installation, outcome)) => {
            drop(installation);
            for line in &outcome.lines {
                println!("{line}");
            }
            serve_alone(&args).await
        }
    }
}

/// Serves in a process of its own, where the system lets one take this one's place: making a year of data leaves memory behind.
async fn serve_alone(args: &Args) -> Outcome {
    #[cfg(unix)]
    if let Ok(program) = std::env::current_exe() {
        use std::os::unix::process::CommandExt;
        let mut command = std::process::Command::new(program);
        // It comes back only when it has failed; then this process serves.
        let _ = command.arg("serve").arg("--data").arg(&args.data).args(["--listen", &args.listen]).exec();
    }
    serve::at(&args.data, &args.listen, None).await
}

async fn make(args: &Args) -> Result<(Installation, Outcome), Vec<Problem>> {
    let one = |problem: Problem| vec![problem];
    let real = environment();
    let today = args.today.unwrap_or_else(|| real.today());
    if args.data.join("key").exists() {
        if args.no_serve {
            return Err(one(Problem::new(&DUPLICATE, &[("what", &"数据目录"), ("value", &args.data.display())])));
        }
        let opening = Opening { exclusive: true, ..Opening::default() };
        let installation = open(&args.data, &opening, real).await?;
        return Ok((installation, welcome(args)));
    }
    let chance = Arc::new(SeededEntropy::new(args.seed));
    let clock = Arc::new(SetClock::at(today, &real.zone));
    let made = Environment { clock: clock.clone(), entropy: chance.clone(), zone: real.zone.clone() };
    let opening = Opening { create: true, exclusive: true, relaxed: true, ..Opening::default() };
    let installation = open(&args.data, &opening, made).await?;
    let app = installation.app.clone();
    init(&app, "DEMO", "云石市教育局").await.map_err(one)?;
    let operator = caller(&installation, LOCAL_OPERATOR).await.map_err(one)?;
    let stage = Stage { app: app.clone(), clock, chance, zone: real.zone, today };
    let bar = ProgressBar::new(100);
    if let Ok(style) = ProgressStyle::with_template("造演示城市 {bar:40} {pos}% {elapsed}") {
        bar.set_style(style);
    }
    let lived = live(&stage, &operator, &|percent| bar.set_position(percent)).await?;
    bar.finish();
    let mut outcome = welcome(args);
    outcome.put("acts", lived.acts).put("returns", lived.returns).put("refused", lived.refused.len());
    for refused in lived.refused.iter().take(5) {
        eprintln!("演示中被拒绝：{refused}");
    }
    let files = monthly(args, &installation, today).await?;
    outcome.say(format!("研判报告：{}", files.join("、")));
    outcome.put("files", files);
    Ok((installation, outcome))
}

fn welcome(args: &Args) -> Outcome {
    let mut outcome = Outcome::default();
    outcome.say(format!("地址 http://{}(演示数据，单位和人物均为虚构)", args.listen));
    for (login, name, post, role, _) in ACCOUNTS {
        outcome.say(format!("  账号 {login:6} {name} {post}({})", role.title()));
    }
    outcome.say(format!("  密码 {PASSWORD}"));
    outcome
}

/// The report of the last month that ended on a 25th.
async fn monthly(args: &Args, installation: &Installation, today: Date) -> Result<Vec<String>, Vec<Problem>> {
    let one = |problem: Problem| vec![problem];
    let app = &installation.app;
    let invalid = |error| one(Problem::new(&PERIOD_INVALID, &[("reason", &error)]));
    let period = Period::containing(PeriodKind::MonthTo25, today, &app.calendar).map_err(invalid)?;
    let period = period.previous(&app.calendar).map_err(invalid)?;
    let lin = caller(installation, "lin").await.map_err(one)?;
    let Some(unit) = lin.tree.by_code(COUNTY).map(|version| version.unit) else { return Ok(Vec::new()) };
    let formats = ["docx", "pdf", "html"].map(str::to_owned).to_vec();
    let built = report::build(app, &lin, "monthly", (unit, period), formats).await?;
    std::fs::create_dir_all(&args.out).map_err(|error| one(unreadable(&args.out, &error)))?;
    let mut files = Vec::new();
    for (format, bytes) in &built.made.files {
        let path = args.out.join(format!("{}.{format}", built.name));
        std::fs::write(&path, bytes).map_err(|error| one(unreadable(&path, &error)))?;
        files.push(path.display().to_string());
    }
    Ok(files)
}

fn unreadable(path: &std::path::Path, error: &std::io::Error) -> Problem {
    Problem::new(&FILE_UNREADABLE, &[("file", &path.display()), ("reason", error)])
}
