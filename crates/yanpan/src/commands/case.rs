//! `yanpan case …` and `yanpan round …`: cases and returns from the command line.

use super::session::{Session, period, unit};
use crate::outcome::Outcome;
use clap::{Args, Subcommand};
use serde_json::{Value as Json, json};
use yanpan_app::{
    Caller,
    case::{Act, Target, act},
    ports::{Column, Query},
    round::{Submission, submit},
};
use yanpan_kernel::{
    form::{Answers, FieldKind, Form},
    problem::{NOT_FOUND, Problem, USAGE},
};

/// Words of `case`.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// 列出事项 / List cases
    List(ListArgs),
    /// 看一件事项 / Show one case with its entries
    Show(ShowArgs),
    /// 办理 / Act on a case, or open a new one
    Act(ActArgs),
}

/// Words of `case list`.
#[derive(Debug, Args)]
pub struct ListArgs {
    #[command(flatten)]
    session: Session,
    /// 事项种类 / Kind
    kind: String,
    /// 最多几行 / Most rows
    #[arg(long, default_value_t = 50)]
    limit: u32,
}

/// Words of `case show`.
#[derive(Debug, Args)]
pub struct ShowArgs {
    #[command(flatten)]
    session: Session,
    /// 事项种类 / Kind
    kind: String,
    /// 编号 / Number
    number: String,
}

/// Words of `case act`.
#[derive(Debug, Args)]
pub struct ActArgs {
    #[command(flatten)]
    session: Session,
    /// 事项种类 / Kind
    kind: String,
    /// 做什么 / Verb
    verb: String,
    /// 编号;新登记时不写 / Number; none for a new case
    #[arg(long)]
    number: Option<String>,
    /// 新登记的单位编码 / Unit of a new case
    #[arg(long)]
    unit: Option<String>,
    /// 填写的内容 字段=值 / Answers, FIELD=VALUE
    #[arg(long = "set", value_name = "FIELD=VALUE")]
    set: Vec<String>,
}

/// Words of `round`.
#[derive(Debug, Subcommand)]
pub enum RoundCommand {
    /// 报送 / Submit a return
    Submit(SubmitArgs),
}

/// Words of `round submit`.
#[derive(Debug, Args)]
pub struct SubmitArgs {
    #[command(flatten)]
    session: Session,
    /// 任务 / Round
    round: String,
    /// 期间 / Period
    #[arg(long)]
    period: String,
    /// 单位编码 / Unit
    #[arg(long)]
    unit: String,
    /// 零报告 / A signed zero
    #[arg(long)]
    zero: bool,
}

impl Command {
    /// The session of a command that writes.
    pub fn writing(&mut self) -> Option<&mut Session> {
        match self {
            Self::Act(args) => Some(&mut args.session),
            Self::List(_) | Self::Show(_) => None,
        }
    }
}

impl RoundCommand {
    /// The session of a command that writes.
    pub fn writing(&mut self) -> &mut Session {
        let Self::Submit(args) = self;
        &mut args.session
    }
}

/// Runs `case`.
pub async fn run(command: Command) -> Outcome {
    let done = match command {
        Command::List(args) => list(args).await,
        Command::Show(args) => show(args).await,
        Command::Act(args) => one_act(args).await,
    };
    done.unwrap_or_else(Outcome::refused)
}

async fn list(args: ListArgs) -> Result<Outcome, Vec<Problem>> {
    let one = |problem: Problem| vec![problem];
    let (installation, caller) = args.session.read().await?;
    let query = Query {
        kind: args.kind,
        filters: Vec::new(),
        sort: Column::Number,
        descending: false,
        actor: None,
        after: None,
        limit: args.limit,
    };
    let reading = installation.app.store.read().await.map_err(one)?;
    let rows = reading.case_page(&query, &caller.scope()).await.map_err(one)?;
    let mut outcome = Outcome::default();
    let mut shown = Vec::new();
    for row in rows {
        let title = state_title(&installation.app, &row.case.kind, &row.case.version, &row.case.state);
        let unit = caller.tree.get(row.case.unit).map_or("", |version| version.name.as_str());
        outcome.say(format!("{}\t{unit}\t{title}\t{}", row.case.number, row.case.opened_on));
        shown.push(json!({
            "number": row.case.number, "unit": unit, "state": row.case.state, "title": title,
            "opened_on": row.case.opened_on, "due_on": row.due_on, "revision": row.case.revision,
        }));
    }
    outcome.put("cases", shown);
    Ok(outcome)
}

fn state_title(app: &yanpan_app::App, kind: &str, version: &str, state: &str) -> String {
    let found = app.packs.case(kind, version).and_then(|(_, definition)| definition.state(state));
    found.map_or_else(|| state.to_owned(), |state| state.title.clone())
}

async fn show(args: ShowArgs) -> Result<Outcome, Vec<Problem>> {
    let one = |problem: Problem| vec![problem];
    let (installation, caller) = args.session.read().await?;
    let reading = installation.app.store.read().await.map_err(one)?;
    let found = reading.case_by_number(&args.kind, &args.number, &caller.scope()).await.map_err(one)?;
    let case = found.ok_or_else(|| one(Problem::new(&NOT_FOUND, &[("what", &args.number)])))?.case;
    let entries = reading.chain(case.id.cast()).await.map_err(one)?;
    let mut outcome = Outcome::default();
    outcome.say(format!("{} {}", case.number, state_title(&installation.app, &case.kind, &case.version, &case.state)));
    let told: Vec<Json> = entries
        .iter()
        .map(|told| {
            let said = &told.entry.statement;
            json!({ "sequence": told.entry.sequence, "verb": said.verb, "on": said.happened_on, "to": said.to })
        })
        .collect();
    for entry in &told {
        outcome.say(format!("  {} {} {}", entry["sequence"], entry["on"], entry["verb"]));
    }
    outcome.put("number", case.number.as_str()).put("state", case.state.as_str()).put("revision", case.revision);
    outcome.put("answers", json!(case.answers)).put("entries", told);
    Ok(outcome)
}

async fn one_act(args: ActArgs) -> Result<Outcome, Vec<Problem>> {
    let one = |problem: Problem| vec![problem];
    let (installation, caller) = args.session.write().await?;
    let app = &installation.app;
    let missing = || one(Problem::new(&NOT_FOUND, &[("what", &format!("事项「{}」", args.kind))]));
    let pack = app.packs.of_case(&args.kind).ok_or_else(missing)?;
    let form =
        pack.cases.get(&args.kind).and_then(|definition| pack.forms.get(&definition.form)).ok_or_else(missing)?;
    let answers = answers(form, &args.set).map_err(one)?;
    let target = target(&args, app, &caller).await.map_err(one)?;
    let wanted = Act { verb: args.verb, answers, ..Act::default() };
    let acted = act(app, &caller, target, wanted).await?;
    let mut outcome = Outcome::default();
    let title = state_title(app, &acted.case.kind, &acted.case.version, &acted.case.state);
    outcome.say(format!("{} 现在是「{title}」", acted.case.number));
    outcome.put("number", acted.case.number.as_str()).put("state", acted.case.state.as_str());
    outcome.put("revision", acted.case.revision);
    Ok(outcome)
}

async fn target(args: &ActArgs, app: &yanpan_app::App, caller: &Caller) -> Result<Target, Problem> {
    match (&args.number, &args.unit) {
        (Some(number), _) => {
            let found = app.store.read().await?.case_by_number(&args.kind, number, &caller.scope()).await?;
            let row = found.ok_or_else(|| Problem::new(&NOT_FOUND, &[("what", number)]))?;
            Ok(Target::Existing { id: row.case.id, kind: None, revision: None })
        }
        (None, Some(code)) => Ok(Target::New { kind: args.kind.clone(), unit: unit(caller, code)? }),
        (None, None) => Err(Problem::new(&USAGE, &[("reason", &"须写 --number(已有事项)或 --unit(新登记)")])),
    }
}

/// `FIELD=VALUE` words as answers; numbers and yes/no are read as the field wants them.
fn answers(form: &Form, words: &[String]) -> Result<Answers, Problem> {
    let mut answers = Answers::new();
    for word in words {
        let bad = || Problem::new(&USAGE, &[("reason", &format!("「{word}」应写作 字段=值"))]);
        let (key, value) = word.split_once('=').ok_or_else(bad)?;
        let json = match form.field(key).map(|field| &field.kind) {
            Some(FieldKind::YesNo) => Json::from(matches!(value, "是" | "true" | "1")),
            Some(FieldKind::Files { .. }) => serde_json::from_str(value).map_err(|_| bad())?,
            _ => Json::from(value),
        };
        answers.insert(key.to_owned(), json);
    }
    Ok(answers)
}

/// Runs `round`.
pub async fn round(command: RoundCommand) -> Outcome {
    let RoundCommand::Submit(args) = command;
    let done = async {
        let one = |problem: Problem| vec![problem];
        let (installation, caller) = args.session.write().await?;
        let unit = unit(&caller, &args.unit).map_err(one)?;
        let period = period(&installation, &args.period).map_err(one)?;
        let submission = if args.zero { Submission::Zero } else { Submission::Report(Answers::new()) };
        submit(&installation.app, &caller, &args.round, (&period, unit), (submission, None)).await
    };
    match done.await {
        Err(problems) => problems.into(),
        Ok(obligation) => {
            let standing = obligation.standing;
            let mut outcome = Outcome::default();
            outcome.put("standing", standing.key()).say(format!("现在是「{}」", standing.title()));
            outcome
        }
    }
}
