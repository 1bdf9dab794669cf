//! `yanpan import KIND FILE` and `yanpan undo BATCH`.

use super::session::{Session, unit};
use crate::{outcome::Outcome, wiring::Installation};
use clap::Args;
use serde_json::{Value as Json, json};
use std::{collections::BTreeMap, path::PathBuf};
use yanpan_app::{
    Caller,
    import::{Plan, Sort, commit, file_hash, ledger_target_of, plan, undo as undo_batch, unit_names_of},
    person::{NewPerson, one_time_password, put_people},
    ports::{ColumnKind, SheetColumn, SheetHints, SheetReading, SheetTarget},
    unit::{NewVersion, put_units},
};
use yanpan_kernel::{
    form::Answers,
    id::Id,
    person::Role,
    problem::{FILE_UNREADABLE, PEOPLE_INVALID, Place, Problem, UNIT_UNKNOWN, USAGE},
    unit::KINDS,
};

/// Words of `import`.
#[derive(Debug, Args)]
pub struct ImportArgs {
    #[command(flatten)]
    session: Session,
    /// units、people,或业务包的台账 / units, people, or a pack's ledger
    kind: String,
    /// 文件 / File
    file: PathBuf,
    /// 没有单位列时的单位编码 / Unit where the ledger names none
    #[arg(long, value_name = "CODE")]
    unit: Option<String>,
    /// 列对应关系 / Mapping of headings, TOML
    #[arg(long, value_name = "TOML")]
    mapping: Option<PathBuf>,
    /// 只看不写 / Look only
    #[arg(long)]
    dry_run: bool,
    /// 有任何问题就整批不收 / All or nothing
    #[arg(long)]
    all_or_nothing: bool,
    /// 疑似重复的也收 / Take suspected duplicates too
    #[arg(long)]
    suspects: bool,
    /// 退回的行写到 / Rejects as a workbook
    #[arg(long, value_name = "XLSX")]
    rejects: Option<PathBuf>,
}

/// Words of `undo`.
#[derive(Debug, Args)]
pub struct UndoArgs {
    #[command(flatten)]
    session: Session,
    /// 批次 / Batch
    batch: String,
    /// 已有人办理的也撤销(逐条写编号的 id)/ Confirmed cases
    #[arg(long, value_name = "CASE", value_delimiter = ',')]
    confirm: Vec<String>,
}

impl ImportArgs {
    /// The session, and the paths that it names, unless it only looks.
    pub fn writing(&mut self) -> Option<(&mut Session, Vec<&mut PathBuf>)> {
        let mut paths = vec![&mut self.file];
        paths.extend(self.mapping.as_mut());
        paths.extend(self.rejects.as_mut());
        (!self.dry_run).then_some((&mut self.session, paths))
    }
}

impl UndoArgs {
    /// The session.
    pub const fn writing(&mut self) -> &mut Session {
        &mut self.session
    }
}

/// Runs `import`.
pub async fn import(args: ImportArgs) -> Outcome {
    let done = async {
        let bytes = read(&args.file)?;
        let opened = if args.dry_run { args.session.read().await? } else { args.session.write().await? };
        match args.kind.as_str() {
            "units" => units(&opened, &args, &bytes).await,
            "people" => people(&opened, &args, &bytes).await,
            _ => ledger(&opened, &args, bytes).await,
        }
    };
    done.await.unwrap_or_else(Outcome::refused)
}

fn read(path: &PathBuf) -> Result<Vec<u8>, Vec<Problem>> {
    std::fs::read(path)
        .map_err(|error| vec![Problem::new(&FILE_UNREADABLE, &[("file", &path.display()), ("reason", &error)])])
}

fn hints(args: &ImportArgs) -> Result<SheetHints, Vec<Problem>> {
    let mapping = match &args.mapping {
        Some(path) => Some(String::from_utf8_lossy(&read(path)?).into_owned()),
        None => None,
    };
    Ok(SheetHints { mapping, ..SheetHints::default() })
}

async fn ledger(
    (installation, caller): &(Installation, Caller),
    args: &ImportArgs,
    bytes: Vec<u8>,
) -> Result<Outcome, Vec<Problem>> {
    let one = |problem: Problem| vec![problem];
    let app = &installation.app;
    let name = args.file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let unit = args.unit.as_deref().map(|code| unit(caller, code)).transpose().map_err(one)?;
    let hints = hints(args)?;
    let planned = plan(app, caller, (&args.kind, unit), (bytes.clone(), &name), hints.clone()).await.map_err(one)?;
    let mut outcome = summary(&planned);
    let refused = planned.count(Sort::Refused);
    if let (Some(path), true) = (&args.rejects, refused > 0) {
        let target = ledger_target_of(app, caller, &args.kind).map_err(one)?;
        let mut hints = hints;
        hints.units = unit_names_of(app, caller).await.map_err(one)?;
        let wrong: Vec<(Place, Vec<Problem>)> = planned
            .rows
            .iter()
            .filter(|row| row.sort == Sort::Refused)
            .map(|row| (row.place.clone(), row.problems.clone()))
            .collect();
        let workbook = app.sheets.rejects(&bytes, &name, (&target, &hints), &wrong).map_err(one)?;
        std::fs::write(path, workbook)
            .map_err(|error| one(Problem::new(&FILE_UNREADABLE, &[("file", &path.display()), ("reason", &error)])))?;
        outcome.put("rejects", path.display().to_string()).say(format!("退回的行:{}", path.display()));
    }
    let stop = !planned.problems.is_empty() || (args.all_or_nothing && refused > 0);
    outcome.problems = planned.all_problems();
    if args.dry_run || stop {
        if stop {
            outcome.put("accepted", 0);
        }
        return Ok(outcome);
    }
    let done = commit(app, caller, (&args.kind, &name, &file_hash(&bytes)), planned, args.suspects).await?;
    outcome.put("batch", done.batch.id.to_string());
    outcome.say(format!("批次 {}(可用 yanpan undo 撤销)", done.batch.id));
    Ok(outcome)
}

fn summary(plan: &Plan) -> Outcome {
    let mut outcome = Outcome::default();
    let count = |sort| plan.count(sort);
    let accepted = count(Sort::New) + count(Sort::Update) + count(Sort::Same);
    outcome.put("rows", plan.rows.len()).put("accepted", accepted).put("rejected", count(Sort::Refused));
    outcome.put("new", count(Sort::New)).put("updated", count(Sort::Update)).put("unchanged", count(Sort::Same));
    outcome.put("suspect", count(Sort::Suspect)).put("notes", json!(plan.notes)).put("mapping", json!(plan.mapping));
    let suggestions: Vec<Json> = plan.rows.iter().flat_map(|row| &row.suggestions).map(|found| json!(found)).collect();
    outcome.put("suggestions", suggestions);
    outcome.say(format!(
        "共{}行:新增{},更新{},未变{},疑似重复{},有问题{}",
        plan.rows.len(),
        count(Sort::New),
        count(Sort::Update),
        count(Sort::Same),
        count(Sort::Suspect),
        count(Sort::Refused)
    ));
    for note in &plan.notes {
        outcome.say(note.clone());
    }
    outcome
}

/// Undoes a batch.
pub async fn undo(args: UndoArgs) -> Outcome {
    let done = async {
        let (installation, caller) = args.session.write().await?;
        let bad = |text: &String| vec![Problem::new(&USAGE, &[("reason", &format!("「{text}」不是批次或事项的 id"))])];
        let batch: Id<_> = args.batch.parse().map_err(|_| bad(&args.batch))?;
        let mut confirmed = std::collections::BTreeSet::new();
        for text in &args.confirm {
            confirmed.insert(text.parse().map_err(|_| bad(text))?);
        }
        undo_batch(&installation.app, &caller, batch, confirmed).await
    };
    match done.await {
        Err(problems) => problems.into(),
        Ok(count) => {
            let mut outcome = Outcome::default();
            outcome.put("withdrawn", count).say(format!("已撤销,{count}件事项转为已撤销"));
            outcome
        }
    }
}

fn column(key: &str, title: &str, synonyms: &[&str], kind: ColumnKind, required: bool) -> SheetColumn {
    let synonyms = synonyms.iter().map(|word| (*word).to_owned()).collect();
    SheetColumn { key: key.to_owned(), title: title.to_owned(), synonyms, kind, required }
}

/// The columns of `units`: `code,name,kind,parent,valid_from,valid_to` and the attributes that figures use.
#[must_use]
pub fn unit_columns() -> SheetTarget {
    let text = |key: &str, title: &str, words: &[&str]| column(key, title, words, ColumnKind::Text, false);
    let kinds = KINDS.iter().map(|(key, title)| ((*key).to_owned(), vec![(*title).to_owned()])).collect();
    SheetTarget {
        key: "units".to_owned(),
        title: "单位".to_owned(),
        columns: vec![
            column("code", "编码", &["code", "单位编码", "代码"], ColumnKind::Text, true),
            column("name", "名称", &["name", "单位名称", "学校名称"], ColumnKind::Text, true),
            column("kind", "类别", &["kind", "单位类别"], ColumnKind::Choice(kinds), true),
            text("parent", "上级编码", &["parent", "上级单位编码", "上级"]),
            column("valid_from", "启用日期", &["valid_from"], ColumnKind::Date, true),
            column("valid_to", "停用日期", &["valid_to"], ColumnKind::Date, false),
            text("ownership", "公民办", &["ownership", "办学性质"]),
            text("setting", "城乡", &["setting"]),
            text("stage", "学段", &["stage"]),
            text("aliases", "别名", &["aliases", "简称"]),
        ],
    }
}

fn people_columns() -> SheetTarget {
    let roles = Role::ALL.iter().map(|role| (role.key().to_owned(), vec![role.title().to_owned()])).collect();
    SheetTarget {
        key: "people".to_owned(),
        title: "人员".to_owned(),
        columns: vec![
            column("name", "姓名", &["name"], ColumnKind::Text, true),
            column("login", "账号", &["login", "登录名"], ColumnKind::Text, true),
            column("post", "职务", &["post"], ColumnKind::Text, false),
            column("role", "角色", &["role"], ColumnKind::Choice(roles), true),
            column("unit", "单位编码", &["unit", "单位"], ColumnKind::Text, true),
        ],
    }
}

fn text(values: &Answers, key: &str) -> String {
    values.get(key).and_then(Json::as_str).unwrap_or_default().to_owned()
}

fn table(
    app: &yanpan_app::App,
    target: &SheetTarget,
    args: &ImportArgs,
    bytes: &[u8],
) -> Result<SheetReading, Vec<Problem>> {
    let name = args.file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let read = app.sheets.read(bytes, &name, target, &hints(args)?).map_err(|problem| vec![problem])?;
    let wrong = read.rows.iter().flat_map(|row| &row.problems).filter(|found| !found.doubt);
    let problems: Vec<Problem> =
        read.problems.iter().cloned().chain(wrong.map(|found| found.problem.clone())).collect();
    if problems.is_empty() { Ok(read) } else { Err(problems) }
}

async fn units(
    (installation, caller): &(Installation, Caller),
    args: &ImportArgs,
    bytes: &[u8],
) -> Result<Outcome, Vec<Problem>> {
    let read = table(&installation.app, &unit_columns(), args, bytes)?;
    let total = read.rows.len();
    let versions = read.rows.into_iter().map(|row| {
        let values = row.values;
        let given = |key: &str| Some(text(&values, key)).filter(|text| !text.is_empty());
        let date = |key: &str| values.get(key).and_then(|value| value.as_str()?.parse().ok());
        let attribute = |key: &str| Some((key.to_owned(), given(key)?));
        NewVersion {
            code: text(&values, "code"),
            name: text(&values, "name"),
            kind: text(&values, "kind"),
            parent: given("parent"),
            valid_from: date("valid_from").unwrap_or_default(),
            valid_to: date("valid_to"),
            attributes: ["ownership", "setting", "stage"].into_iter().filter_map(attribute).collect(),
            aliases: given("aliases")
                .map(|text| text.split(['、', ',', ';', ' ']).map(str::to_owned).collect())
                .unwrap_or_default(),
            place: row.place,
        }
    });
    let accepted = if args.dry_run { total } else { put_units(&installation.app, caller, versions.collect()).await? };
    Ok(counted(total, accepted))
}

fn counted(rows: usize, accepted: usize) -> Outcome {
    let mut outcome = Outcome::default();
    outcome.put("rows", rows).put("accepted", accepted).put("rejected", 0);
    outcome.say(format!("共{rows}行,写入{accepted}条"));
    outcome
}

async fn people(
    (installation, caller): &(Installation, Caller),
    args: &ImportArgs,
    bytes: &[u8],
) -> Result<Outcome, Vec<Problem>> {
    let read = table(&installation.app, &people_columns(), args, bytes)?;
    let total = read.rows.len();
    let mut wrong = Vec::new();
    let mut by_login: BTreeMap<String, NewPerson> = BTreeMap::new();
    for row in read.rows {
        let (login, code) = (text(&row.values, "login"), text(&row.values, "unit"));
        let unit = caller.tree.by_code(&code).map(|version| version.unit);
        let (Some(role), Some(unit)) = (Role::parse(&text(&row.values, "role")), unit) else {
            wrong.push(Problem::new(&UNIT_UNKNOWN, &[("value", &code)]).at(row.place));
            continue;
        };
        let name = text(&row.values, "name");
        let person = by_login.entry(login.clone()).or_insert_with(|| NewPerson {
            name: name.clone(),
            post: text(&row.values, "post"),
            login,
            password: one_time_password(&installation.app.environment),
            must_change: true,
            grants: Vec::new(),
        });
        if person.name == name {
            person.grants.push((role, unit));
        } else {
            let reason = format!("账号「{}」在表中属于两个人", person.login);
            wrong.push(Problem::new(&PEOPLE_INVALID, &[("reason", &reason)]).at(row.place));
        }
    }
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let passwords: Vec<Json> =
        by_login.values().map(|person| json!({ "login": person.login, "password": person.password })).collect();
    if !args.dry_run {
        put_people(&installation.app, caller, by_login.into_values().collect())
            .await
            .map_err(|problem| vec![problem])?;
    }
    let mut outcome = counted(total, total);
    for person in &passwords {
        outcome.say(format!("账号 {} 一次性密码 {}", person["login"], person["password"]));
    }
    outcome.put("passwords", passwords);
    Ok(outcome)
}
