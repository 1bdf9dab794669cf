//! Living the plan: the clock is set to each event's day and hour, and the use case is called as that person.

use super::plan::{Event, Planner, What};
use crate::demo::{COUNTY, SeededEntropy, SetClock, introductions, people, places};
use jiff::{civil::Date, tz::TimeZone};
use serde_json::json;
use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};
use yanpan_app::{
    App, Caller,
    case::{Act, Target, act},
    file::put_file,
    installation::DEMO_SETTING,
    job::tick,
    person::{put_people, standing_in},
    round::{Submission, open_round, submit},
    unit::put_units,
    write,
};
use yanpan_kernel::{
    calendar::days,
    case::Case,
    id::Id,
    period::{Period, PeriodKind},
    person::Account,
    problem::{Problem, ZERO_CONTRADICTED},
    unit::{Jurisdiction, JurisdictionKind},
};

/// Months of life.
const MONTHS: i32 = 14;

/// What came of it.
#[derive(Debug, Default)]
pub struct Lived {
    /// Acts done.
    pub acts: usize,
    /// Returns submitted.
    pub returns: usize,
    /// First refusals, which a sound plan has none of.
    pub refused: Vec<String>,
}

/// The stage: app, clock and chance of one demo.
pub struct Stage {
    /// App.
    pub app: Arc<App>,
    /// Clock.
    pub clock: Arc<SetClock>,
    /// Chance.
    pub chance: Arc<SeededEntropy>,
    /// Zone.
    pub zone: TimeZone,
    /// The last day.
    pub today: Date,
}

/// The first day of a demo that ends on a day.
#[must_use]
pub fn first_day(today: Date) -> Date {
    let mut first = today.first_of_month();
    for _ in 0..MONTHS {
        first = days::after(first, -1).unwrap_or(first).first_of_month();
    }
    first
}

/// Makes the city and lives its months; `step` is told how far along it is, in percent.
///
/// # Errors
/// When the city itself cannot be made.
pub async fn live(stage: &Stage, operator: &Caller, step: &dyn Fn(u64)) -> Result<Lived, Vec<Problem>> {
    let one = |problem: Problem| vec![problem];
    let app = &stage.app;
    let first = first_day(stage.today);
    stage.clock.set(first, 7, &stage.zone);
    let root = operator.tree.roots().first().and_then(|root| operator.tree.get(*root)).map(|root| root.code.clone());
    let from = days::after(first, -400).unwrap_or(first);
    put_units(app, operator, places(&root.unwrap_or_default(), from)).await?;
    let operator = standing_in(app, operator.account).await.map_err(one)?;
    relations(app, &operator, from).await.map_err(one)?;
    put_people(app, &operator, people(&operator)).await.map_err(one)?;
    let shown = introductions(&operator);
    write(app, move |writing| Box::pin(async move { writing.put_setting(DEMO_SETTING, &shown).await }))
        .await
        .map_err(one)?;
    let before = put_file(app, &operator, "整改前.png", include_bytes!("../before.png").to_vec()).await.map_err(one)?;
    let after = put_file(app, &operator, "整改后.png", include_bytes!("../after.png").to_vec()).await.map_err(one)?;
    let photos = (json!([before]), json!([after]));
    let events = Planner::new(&stage.chance, &operator.tree, photos, (first, stage.today)).plan();
    Life { stage, operator: operator.account, callers: HashMap::new(), cases: HashMap::new(), lived: Lived::default() }
        .through(events, first, step)
        .await
        .map_err(one)
}

/// The fire brigade and the emergency bureau have jurisdiction over the county by trade.
async fn relations(app: &Arc<App>, operator: &Caller, from: Date) -> Result<(), Problem> {
    let unit = |code: &str| operator.tree.by_code(code).map(|version| version.unit);
    let Some(county) = unit(COUNTY) else { return Ok(()) };
    let relation = |authority| Jurisdiction {
        authority,
        unit: county,
        kind: JurisdictionKind::Trade,
        valid_from: from,
        valid_to: None,
    };
    let relations: Vec<Jurisdiction> =
        ["QS-XF", "QS-YJ"].into_iter().filter_map(|code| unit(code).map(relation)).collect();
    yanpan_app::unit::put_jurisdictions(app, operator, relations).await
}

struct Life<'a> {
    stage: &'a Stage,
    operator: Id<Account>,
    callers: HashMap<String, Caller>,
    cases: HashMap<usize, Option<Id<Case>>>,
    lived: Lived,
}

impl Life<'_> {
    async fn through(mut self, events: Vec<Event>, first: Date, step: &dyn Fn(u64)) -> Result<Lived, Problem> {
        let total = days::between(first, self.stage.today).max(1);
        let mut by_day: BTreeMap<Date, Vec<Event>> = BTreeMap::new();
        for event in events {
            by_day.entry(event.on).or_default().push(event);
        }
        let mut on = first;
        while on <= self.stage.today {
            self.stage.clock.set(on, 7, &self.stage.zone);
            self.callers.clear();
            self.open_rounds(on).await?;
            for event in by_day.remove(&on).unwrap_or_default() {
                self.stage.clock.set(on, event.hour, &self.stage.zone);
                self.happen(event).await?;
            }
            if matches!(on.day(), 1 | 26) {
                self.stage.clock.set(on, 23, &self.stage.zone);
                tick(&self.stage.app, self.operator, "demo", true).await?;
            }
            step(u64::try_from(days::between(first, on) * 100 / total).unwrap_or_default());
            on = days::after(on, 1).unwrap_or(on);
        }
        self.stage.clock.set(self.stage.today, 18, &self.stage.zone);
        tick(&self.stage.app, self.operator, "demo", true).await?;
        Ok(self.lived)
    }

    async fn open_rounds(&self, on: Date) -> Result<(), Problem> {
        if on.day() != 26 && on != first_day(self.stage.today) {
            return Ok(());
        }
        let app = &self.stage.app;
        let rounds: Vec<String> = app.packs.rounds().map(|(_, round)| round.key.clone()).collect();
        for round in rounds {
            if let Ok(period) = Period::containing(PeriodKind::MonthTo25, on, &app.calendar) {
                open_round(app, self.operator, &round, &period).await?;
            }
        }
        Ok(())
    }

    async fn caller(&mut self, login: &str) -> Result<Option<Caller>, Problem> {
        if let Some(caller) = self.callers.get(login) {
            return Ok(Some(caller.clone()));
        }
        let app = &self.stage.app;
        let Some(account) = app.store.read().await?.account_by_login(login).await? else { return Ok(None) };
        let caller = standing_in(app, account.id).await?;
        self.callers.insert(login.to_owned(), caller.clone());
        Ok(Some(caller))
    }

    async fn happen(&mut self, event: Event) -> Result<(), Problem> {
        let Some(caller) = self.caller(&event.who).await? else {
            self.lived.refused.push(format!("没有账号 {}", event.who));
            return Ok(());
        };
        let app = self.stage.app.clone();
        match event.what {
            What::Act { story, kind, unit, verb, answers } => {
                let target = match self.cases.get(&story) {
                    None => Target::New { kind: kind.to_owned(), unit },
                    Some(Some(id)) => Target::Existing { id: *id, kind: None, revision: None },
                    Some(None) => return Ok(()),
                };
                let wanted = Act { verb: verb.to_owned(), answers, ..Act::default() };
                match act(&app, &caller, target, wanted).await {
                    Ok(acted) => {
                        self.cases.insert(story, Some(acted.case.id));
                        self.lived.acts += 1;
                    }
                    Err(problems) => {
                        let why = problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("；");
                        self.lived.refused.push(format!("{} {verb}: {why}", event.on));
                        self.cases.entry(story).or_insert(None);
                    }
                }
            }
            What::Return { unit, ended } => {
                let Ok(period) = Period::containing(PeriodKind::MonthTo25, ended, &app.calendar) else { return Ok(()) };
                let rounds: Vec<String> = app.packs.rounds().map(|(_, round)| round.key.clone()).collect();
                for round in rounds {
                    let zero = submit(&app, &caller, &round, (&period, unit), (Submission::Zero, None)).await;
                    let done = match zero {
                        Err(problems) if problems.iter().any(|problem| problem.is(&ZERO_CONTRADICTED)) => {
                            let report = (Submission::Report(Default::default()), None);
                            submit(&app, &caller, &round, (&period, unit), report).await.map(|_| ())
                        }
                        other => other.map(|_| ()),
                    };
                    match done {
                        Ok(()) => self.lived.returns += 1,
                        Err(problems) => {
                            let why = problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("；");
                            self.lived.refused.push(format!("{} {why}", event.on));
                        }
                    }
                }
            }
        }
        Ok(())
    }
}
