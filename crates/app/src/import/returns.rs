//! The returns of a round as a target: a row is what one unit reports for one period, in the columns of the round's form.

use super::{
    columns::{column, form_columns, required},
    plan::{RowPlan, Sort},
    target::{Secret, Target, at_column, text},
};
use crate::{
    App, Caller,
    ports::{Batch, ColumnKind, Obligation, Progress, Reading, SheetTarget, Writing},
    round::{Note, Told, near, read_answers, received, tell},
};
use async_trait::async_trait;
use std::collections::BTreeMap;
use yanpan_kernel::{
    form::{Answers, Form},
    id::Id,
    period::Period,
    person::Role,
    problem::{NOT_FOUND, PERIOD_INVALID, PREVIEW_STALE, Place, Problem},
    round::{Definition, Standing},
    unit::Unit,
};

const UNIT: &str = "unit";
const UNIT_TITLE: &str = "单位";
const PERIOD: &str = "period";
const PERIOD_TITLE: &str = "期次";
/// Periods that a row may name by their labels, up to the present one.
const LABELLED: usize = 60;

/// The returns of one round.
pub(super) struct Returns<'a> {
    app: &'a App,
    caller: &'a Caller,
    definition: &'a Definition,
    form: &'a Form,
    /// The period whose due time is nearest.
    current: Option<Period>,
    /// What a row may name by its label.
    labelled: Vec<Period>,
}

impl<'a> Returns<'a> {
    /// The returns of a round that has a form.
    pub fn of(app: &'a App, caller: &'a Caller, key: &str) -> Option<Self> {
        let (pack, definition) = app.packs.rounds().find(|(_, definition)| definition.key == key)?;
        let form = pack.forms.get(definition.form.as_ref()?)?;
        let near = near(app, definition);
        let last = near.iter().copied().max_by_key(Period::first);
        let labelled = last.map(|last| last.run_up(LABELLED, &app.calendar)).unwrap_or_default();
        Some(Self { app, caller, definition, form, current: near.first().copied(), labelled })
    }

    /// What the row answers, without the columns that say whose and when.
    fn answers(values: &Answers) -> Answers {
        let own = |key: &String| key != UNIT && key != PERIOD;
        values.iter().filter(|(key, _)| own(key)).map(|(key, value)| (key.clone(), value.clone())).collect()
    }

    /// The period that a row names by its key or its label; the one whose due time is nearest where it names none.
    fn period(&self, values: &Answers) -> Result<Period, Problem> {
        let said = text(values, PERIOD);
        let named = || Period::parse(&said, &self.app.calendar).ok();
        let labelled = || self.labelled.iter().copied().find(|period| period.label() == said);
        let found = if said.is_empty() { self.current } else { named().or_else(labelled) };
        let reason = format!("「{said}」不是{}的期次", self.definition.title);
        found.ok_or_else(|| Problem::new(&PERIOD_INVALID, &[("reason", &reason)]))
    }

    fn at(&self, place: &Place, problem: Problem) -> Problem {
        let title = |key: &str| match key {
            UNIT => Some(UNIT_TITLE.to_owned()),
            PERIOD => Some(PERIOD_TITLE.to_owned()),
            key => self.form.field(key).map(|field| field.title.clone()),
        };
        at_column(place, problem, title)
    }

    /// What the rows' units owe, by period and unit.
    async fn owed(&self, reading: &dyn Reading, rows: &[Answers]) -> Result<BTreeMap<Key, Obligation>, Problem> {
        let periods: BTreeMap<String, Period> = rows
            .iter()
            .filter_map(|values| self.period(values).ok())
            .map(|period| (period.key().to_string(), period))
            .collect();
        let mut owed = BTreeMap::new();
        for key in periods.into_keys() {
            let found = reading.obligations(&self.definition.key, &key, &self.caller.scope()).await?;
            owed.extend(found.into_iter().map(|one| ((key.clone(), one.unit), one)));
        }
        Ok(owed)
    }

    /// The obligation that a row fulfils, as it will be.
    fn meant(&self, values: &Answers, owed: &BTreeMap<Key, Obligation>) -> Result<Step, Problem> {
        let named = |key: &str, problem: Problem| problem.at(Place::field(key));
        let period = self.period(values).map_err(|problem| named(PERIOD, problem))?;
        let what = format!("{}{}的这项填报", text_of(values, self.caller), period.label());
        let missing = || named(UNIT, Problem::new(&NOT_FOUND, &[("what", &what)]));
        let unit: Id<Unit> = text(values, UNIT).parse().map_err(|_| missing())?;
        let before = owed.get(&(period.key().to_string(), unit)).cloned().ok_or_else(missing)?;
        let answers = self.form.read(&Self::answers(values)).0;
        let now = self.app.environment.now_ms();
        let step = received(before.clone(), Standing::Reported, answers, now);
        let (after, verb) = step.map_err(|problem| named(UNIT, problem))?;
        Ok(Step { period, before, after, verb })
    }
}

type Key = (String, Id<Unit>);

struct Step {
    period: Period,
    before: Obligation,
    after: Obligation,
    verb: &'static str,
}

fn text_of(values: &Answers, caller: &Caller) -> String {
    let unit = text(values, UNIT).parse().ok().and_then(|unit| caller.tree.get(unit));
    unit.map(|version| version.name.clone()).unwrap_or_default()
}

#[async_trait]
impl Target for Returns<'_> {
    fn sheet(&self) -> SheetTarget {
        let mut columns = vec![
            required(
                column(UNIT, UNIT_TITLE, &["学校", "学校名称", "单位名称", "填报单位", "幼儿园"], ColumnKind::Unit),
                "城关中心小学",
            ),
            column(PERIOD, PERIOD_TITLE, &["月份", "报送期", "填报期", "期间", "时间"], ColumnKind::Text),
        ];
        columns.extend(form_columns(self.form));
        SheetTarget { key: self.definition.key.clone(), title: self.definition.title.clone(), columns }
    }

    fn writers(&self) -> &'static [Role] {
        &[Role::Head, Role::SafetyOfficer]
    }

    fn unit_column(&self) -> Option<&str> {
        Some(UNIT)
    }

    fn key(&self, values: &Answers) -> String {
        let period = self.period(values).map(|period| period.key().to_string()).unwrap_or_default();
        format!("{}/{period}", text(values, UNIT))
    }

    fn look(&self, values: &Answers, place: &Place) -> Vec<Problem> {
        let found = read_answers(Some(self.form), &Self::answers(values)).err().unwrap_or_default();
        found.into_iter().map(|problem| self.at(place, problem)).collect()
    }

    async fn compare(&self, reading: &dyn Reading, rows: &mut [RowPlan], _: &Progress) -> Result<(), Problem> {
        let values: Vec<Answers> = rows.iter().map(RowPlan::values).collect();
        let owed = self.owed(reading, &values).await?;
        for (row, values) in rows.iter_mut().zip(values).filter(|(row, _)| row.sort == Sort::New) {
            match self.meant(&values, &owed) {
                Ok(step) if step.before.answers == step.after.answers && step.verb == "correct" => {
                    row.sort = Sort::Same
                }
                Ok(step) if step.verb == "correct" => {
                    row.sort = Sort::Update;
                    let now = |key: &String| step.before.answers.get(key).cloned().unwrap_or_default();
                    let changes = step.after.answers.iter().filter(|(key, value)| now(key) != **value);
                    row.changes = changes.map(|(key, value)| (key.clone(), [now(key), value.clone()])).collect();
                }
                Ok(_) => {}
                Err(problem) => {
                    let problem = self.at(&row.place(), problem);
                    row.refuse(vec![problem]);
                }
            }
        }
        Ok(())
    }

    async fn write(
        &self,
        writing: &dyn Writing,
        _: &Batch,
        rows: &[&RowPlan],
        _: &[Secret],
    ) -> Result<Vec<(u32, String)>, Problem> {
        let values: Vec<Answers> = rows.iter().map(|row| row.values()).collect();
        let owed = self.owed(writing, &values).await?;
        let mut periods: BTreeMap<String, (Period, Vec<Told>)> = BTreeMap::new();
        for values in &values {
            let step = self.meant(values, &owed).map_err(|_| Problem::new(&PREVIEW_STALE, &[]))?;
            let grant = self.caller.grant_over(step.after.unit, self.writers())?.id;
            let told = Told {
                before: Some(step.before.standing),
                obligation: step.after,
                verb: step.verb,
                actor: self.caller.account,
                grant: Some(grant),
                on: self.app.environment.today(),
                note: Note::default(),
            };
            let slot = periods.entry(step.period.key().to_string()).or_insert_with(|| (step.period, Vec::new()));
            slot.1.push(told);
        }
        for (period, steps) in periods.into_values() {
            tell(writing, self.app, &period, steps).await?;
        }
        Ok(Vec::new())
    }
}
