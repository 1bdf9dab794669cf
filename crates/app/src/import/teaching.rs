//! Teaching as a target: who teaches what in which class. A teacher is known by sign-in name or identity number; a name alone
//! is asked about, never assumed.

use super::{
    batches::{opened_by, withdraw},
    classes::Classes,
    columns::{column, required},
    identity::hex,
    plan::{RowPlan, Sort},
    target::{Secret, Target, text},
};
use crate::{
    App, Caller,
    ports::{Batch, BatchRow, ColumnKind, KnownRow, Progress, Reading, SheetProblem, SheetTarget, Writing},
    record::record,
};
use async_trait::async_trait;
use jiff::civil::Date;
use std::collections::{BTreeSet, HashMap};
use yanpan_kernel::{
    case::Case,
    enrolment::{IdentityKind, Teaching, class_name},
    entry::Statement,
    form::Answers,
    id::Id,
    person::{Account, Person, Role},
    problem::{INTERNAL, PERSON_CONFLICT, PERSON_UNKNOWN, PERSON_UNSURE, PREVIEW_STALE, Place, Problem},
    unit::Unit,
};

/// Teaching.
pub(super) struct Teachings<'a> {
    pub app: &'a App,
    pub caller: &'a Caller,
}

/// Everyone who may be meant.
struct Staff {
    accounts: Vec<(Account, Person)>,
    schools: HashMap<Id<Account>, Vec<Id<Unit>>>,
    marked: HashMap<[u8; 32], Person>,
    known: Vec<Teaching>,
}

/// Why a row means nobody yet.
enum Unclear {
    Wrong(Problem),
    Unsure(Problem, Option<String>),
}

impl Teachings<'_> {
    fn mark(&self, values: &Answers) -> Option<[u8; 32]> {
        let number = text(values, "identity");
        let whole = !number.is_empty() && !number.contains('*');
        whole.then(|| self.app.vault.mark(&format!("{}:{number}", IdentityKind::Citizen.key())))
    }

    async fn staff(&self, reading: &dyn Reading, rows: &[&RowPlan]) -> Result<Staff, Problem> {
        let marks: Vec<[u8; 32]> = rows.iter().filter_map(|row| self.mark(&row.values())).collect();
        let mut schools: HashMap<Id<Account>, Vec<Id<Unit>>> = HashMap::new();
        for grant in reading.all_grants().await? {
            schools.entry(grant.account).or_default().push(grant.unit);
        }
        Ok(Staff {
            accounts: reading.accounts().await?,
            schools,
            marked: reading.marked(&marks).await?.into_iter().collect(),
            known: reading.teachings(&self.caller.scope()).await?.into_iter().map(|(teaching, _)| teaching).collect(),
        })
    }

    /// Whom a row means.
    fn teacher(&self, values: &Answers, staff: &Staff, place: &Place) -> Result<Id<Person>, Unclear> {
        let at = |key: &str, title: &str| Place {
            column: Some(title.to_owned()),
            field: Some(key.to_owned()),
            ..place.clone()
        };
        let (name, login) = split(&text(values, "name"), &text(values, "login"));
        let conflict =
            |key, title: &str| Unclear::Wrong(Problem::new(&PERSON_CONFLICT, &[("what", &title)]).at(at(key, title)));
        if let Some(person) = self.mark(values).and_then(|mark| staff.marked.get(&mark)) {
            return if person.name == name { Ok(person.id) } else { Err(conflict("identity", "身份证号")) };
        }
        let by_login = |login: &str| staff.accounts.iter().find(|(account, _)| account.login == login);
        if let Some((_, person)) = by_login(login.as_deref().unwrap_or(&name)) {
            let fits = login.is_none() || person.name == name;
            return if fits { Ok(person.id) } else { Err(conflict("login", "账号")) };
        }
        let school: Option<Id<Unit>> = text(values, "unit").parse().ok();
        let here = |account: &Account| {
            let units = staff.schools.get(&account.id).into_iter().flatten();
            school.is_some_and(|school| units.into_iter().any(|unit| self.caller.tree.covers(school, *unit)))
        };
        let namesakes: Vec<&(Account, Person)> =
            staff.accounts.iter().filter(|(account, person)| person.name == name && here(account)).collect();
        if namesakes.is_empty() {
            let title = school.and_then(|school| self.caller.tree.get(school)).map_or("", |version| &version.name);
            let values: [(&str, &dyn std::fmt::Display); 2] = [("unit", &title), ("value", &name)];
            return Err(Unclear::Wrong(Problem::new(&PERSON_UNKNOWN, &values).at(at("name", "教师"))));
        }
        let values: [(&str, &dyn std::fmt::Display); 2] = [("value", &name), ("count", &namesakes.len())];
        let problem = Problem::new(&PERSON_UNSURE, &values).at(at("name", "教师"));
        let only =
            namesakes.first().filter(|_| namesakes.len() == 1).map(|(account, _)| format!("{name}({})", account.login));
        Err(Unclear::Unsure(problem, only))
    }

    fn meant(&self, row: &RowPlan, staff: &Staff, classes: &Classes<'_>) -> Result<(Teaching, bool), Unclear> {
        let (values, place) = (row.values(), row.place());
        let unit = text(&values, "unit").parse();
        let unit = unit.map_err(|_| Unclear::Wrong(Problem::new(&INTERNAL, &[("reference", &"teaching-unit")])))?;
        let class = classes.find(unit, &text(&values, "class"), &place).map_err(Unclear::Wrong)?;
        let person = self.teacher(&values, staff, &place)?;
        let subject = text(&values, "subject");
        let before =
            staff.known.iter().find(|known| (known.class, known.person, &known.subject) == (class, person, &subject));
        let date = |key: &str| text(&values, key).parse::<Date>().ok();
        let began = date("valid_from").or(before.map(|known| known.valid_from));
        let teaching = Teaching {
            id: before.map_or_else(|| self.app.environment.id(), |known| known.id),
            person,
            class,
            subject,
            valid_from: began.unwrap_or_else(|| self.app.environment.today()),
            valid_to: date("valid_to").or(before.and_then(|known| known.valid_to)),
        };
        Ok((teaching, before.is_some()))
    }

    fn told(&self, teaching: &Teaching, verb: &str) -> (Statement, String) {
        let statement = Statement {
            chain: teaching.id.cast(),
            kind: "teaching".to_owned(),
            verb: verb.to_owned(),
            unit: Some(teaching.class),
            actor: self.caller.account,
            grant: self.caller.grant_over(teaching.class, self.writers()).ok().map(|grant| grant.id),
            happened_on: teaching.valid_from,
            from: None,
            to: None,
        };
        (statement, serde_json::to_string(teaching).unwrap_or_default())
    }
}

/// 「王强(wangqiang)」 is a name with the sign-in name that was asked for.
fn split(name: &str, login: &str) -> (String, Option<String>) {
    let given = Some(login.to_owned()).filter(|login| !login.is_empty());
    let inside = name.strip_suffix([')', '）']).and_then(|rest| rest.split_once(['(', '（']));
    match inside {
        Some((name, inner)) => (name.trim().to_owned(), given.or_else(|| Some(inner.trim().to_owned()))),
        None => (name.to_owned(), given),
    }
}

#[async_trait]
impl Target for Teachings<'_> {
    fn sheet(&self) -> SheetTarget {
        let columns = vec![
            required(column("unit", "学校", &["单位", "学校名称", "unit"], ColumnKind::Unit), "城关中心小学"),
            required(column("class", "班级", &["任教班级", "班别", "class"], ColumnKind::Text), "三年级(2)班"),
            required(column("subject", "学科", &["任教学科", "科目", "课程", "subject"], ColumnKind::Text), "数学"),
            required(column("name", "教师", &["任课教师", "教师姓名", "姓名", "name"], ColumnKind::Person), "王强"),
            column("login", "账号", &["教师账号", "登录名", "login"], ColumnKind::Text),
            column("identity", "身份证号", &["身份证号码", "identity"], ColumnKind::Identity),
            column("valid_from", "起始日期", &["任教日期", "开始日期", "valid_from"], ColumnKind::Date),
            column("valid_to", "结束日期", &["截止日期", "valid_to"], ColumnKind::Date),
        ];
        SheetTarget { key: "teaching".to_owned(), title: "任课".to_owned(), columns }
    }

    fn writers(&self) -> &'static [Role] {
        &[Role::Admin, Role::Head]
    }

    fn unit_column(&self) -> Option<&str> {
        Some("unit")
    }

    fn key(&self, values: &Answers) -> String {
        let who = self.mark(values).map_or_else(|| text(values, "name"), |mark| hex(&mark));
        let class = class_name(&text(values, "class"));
        format!("{}/{class}/{}/{who}/{}", text(values, "unit"), text(values, "subject"), text(values, "login"))
    }

    fn look(&self, _: &Answers, _: &Place) -> Vec<Problem> {
        Vec::new()
    }

    async fn compare(&self, reading: &dyn Reading, rows: &mut [RowPlan], _: &Progress) -> Result<(), Problem> {
        let staff = self.staff(reading, &rows.iter().collect::<Vec<_>>()).await?;
        let classes = Classes::of(&self.caller.tree);
        for row in rows.iter_mut().filter(|row| row.sort != Sort::Refused) {
            match self.meant(row, &staff, &classes) {
                Ok((teaching, true)) => {
                    row.known = Some(teaching.id.cast());
                    row.sort = if staff.known.contains(&teaching) { Sort::Same } else { Sort::Update };
                }
                Ok((_, false)) => {}
                Err(Unclear::Wrong(problem)) => row.refuse(vec![problem]),
                Err(Unclear::Unsure(problem, suggestion)) => {
                    let found = text(&row.values(), "name");
                    let key = Some("name".to_owned());
                    row.suggestions.push(SheetProblem {
                        problem: problem.clone(),
                        key,
                        found,
                        suggestion,
                        doubt: false,
                    });
                    row.refuse(vec![problem]);
                }
            }
        }
        Ok(())
    }

    async fn write(
        &self,
        writing: &dyn Writing,
        batch: &Batch,
        rows: &[&RowPlan],
        _: &[Secret],
    ) -> Result<Vec<(u32, String)>, Problem> {
        let staff = self.staff(writing, rows).await?;
        let classes = Classes::of(&self.caller.tree);
        let (mut teachings, mut told, mut known, mut made) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for row in rows {
            let meant = self.meant(row, &staff, &classes);
            let (teaching, before) = meant.map_err(|_| Problem::new(&PREVIEW_STALE, &[]))?;
            told.push(self.told(&teaching, if before { "change" } else { "assign" }));
            let case: Id<Case> = teaching.id.cast();
            known.push(KnownRow { key: row.key.to_string(), case, values: row.hash.to_string() });
            made.push(BatchRow { batch: batch.id, case, before: i64::from(before), after: 1 });
            teachings.push(teaching);
        }
        record(writing, &self.app.environment, told).await?;
        writing.put_teachings(&teachings).await?;
        writing.put_batch_rows(&made).await?;
        writing.put_known_rows(&batch.kind, &known).await?;
        Ok(Vec::new())
    }

    async fn undo(
        &self,
        writing: &dyn Writing,
        batch: &Batch,
        _: &BTreeSet<Id<Case>>,
    ) -> Result<Result<usize, Vec<Problem>>, Problem> {
        let opened: BTreeSet<Id<Teaching>> = opened_by(writing, batch).await?;
        let all = writing.teachings(&self.caller.scope()).await?;
        let gone: Vec<Teaching> =
            all.into_iter().map(|(teaching, _)| teaching).filter(|one| opened.contains(&one.id)).collect();
        let ids: Vec<Id<Teaching>> = gone.iter().map(|teaching| teaching.id).collect();
        let telling = (|one: &Teaching| one.id.cast(), |one: &Teaching| self.told(one, "undo_import"));
        withdraw(self.app, writing, batch, &gone, telling).await?;
        writing.drop_teachings(&ids).await?;
        Ok(Ok(ids.len()))
    }
}
