//! How a page is found: by walking the sort index, by the rarest test's index, or by a scan; never by the planner's guess.
//!
//! A walk is best when matches are frequent, an index of a rare test when they are not, and neither database knows which
//! before it has looked. So it is looked first: each test is counted through its index, no further than [`RARE`]; a walk
//! goes no further than [`BUDGET`] rows; what neither settles is found by the index of the test with fewest matches, while
//! they are no more than [`BROAD`], by what else narrows the table, and at last scanned once ([`Search::beyond_budget`]).

use super::{
    test::{Demand, End, Key},
    words::Part,
};
use crate::{
    session::{Line, Session},
    sql::{Dialect, Sql},
};
use std::collections::HashSet;
use uuid::Uuid;
use yanpan_kernel::{id::Id, problem::Problem, unit::Unit};

/// Matches below which a test's index is followed.
const RARE: u32 = 10_000;

/// Matches up to which a test's index is followed when the walk has not led to the page.
const BROAD: u32 = 60_000;

/// Matches up to which a test's index is followed rather than that the table is scanned.
const WIDE: u32 = 400_000;

/// Candidates that are tried before all, when there are very many.
const PART: u32 = 20_000;

/// Index rows that a walk may look at before another way is taken.
const BUDGET: usize = 20_000;

/// How many times as many candidates as rows are wanted are looked into before all are.
const TRIED: usize = 4;

/// Lanes walked in one statement.
const MOST_LANES: usize = 100;

/// A key of the sort order: value, the unit where equals stand by it, and the number of the row, by which they stand as they came.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    pub value: String,
    pub unit: Option<Uuid>,
    pub came: i64,
}

/// What is sought: rows of these lanes that meet these demands, in this order.
pub(super) struct Search<'a> {
    pub session: &'a Session,
    pub lanes: &'a [i64],
    pub demands: &'a [Demand<'a>],
    /// Sort column; `None` sorts as they came.
    pub key: Option<Key>,
    pub descending: bool,
    pub after: Option<Place>,
    pub limit: usize,
}

/// Which way to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Plan {
    /// Nothing to test: the first rows of the walk are the page.
    Straight,
    /// Walk, within the budget.
    Walk,
    /// By the index of this demand.
    Follow(usize),
    /// No row meets one of the demands.
    Nothing,
}

impl Plan {
    /// By what so few rows meet.
    const fn by((lead, count): (usize, u32)) -> Self {
        if count == 0 { Self::Nothing } else { Self::Follow(lead) }
    }
}

/// Chooses by bounded counts.
pub(super) async fn choose(session: &Session, lanes: &[i64], demands: &[Demand<'_>]) -> Result<Plan, Problem> {
    if demands.is_empty() {
        return Ok(Plan::Straight);
    }
    Ok(fewest(session, lanes, demands, RARE).await?.map_or(Plan::Walk, Plan::by))
}

/// The test that fewest rows meet by its own index, if they are less than `most`, and how many they are at most.
async fn fewest(
    session: &Session,
    lanes: &[i64],
    demands: &[Demand<'_>],
    mut most: u32,
) -> Result<Option<(usize, u32)>, Problem> {
    // Words of values alone are dear to count where few cases have them all, and each value has an index of its own: they wait
    // until the walk has failed.
    let waits = most == RARE && !Demand::any_contains(demands);
    let mut found = None;
    for (index, demand) in demands.iter().enumerate().filter(|(_, demand)| demand.is_sought()) {
        let count = match demand {
            Demand::Words(_) if waits => continue,
            // They come in the order of their rows, at half the price of rows that lie anywhere.
            Demand::Words(candidates) => candidates.count(session, 2 * most).await?.div_ceil(2),
            // The index of a value tells the unit, too.
            Demand::OneOf(..) => {
                let scope = demands.iter().find(|demand| matches!(demand, Demand::Scope(_)) && demand.is_sought());
                let both: Vec<Demand<'_>> = std::iter::once(demand).chain(scope).cloned().collect();
                count(session, lanes, &both, most).await?
            }
            _ => count(session, lanes, std::slice::from_ref(demand), most).await?,
        };
        if count < most {
            most = count;
            found = Some((index, count));
        }
    }
    Ok(found)
}

/// Counts rows no further than `most`; the first demand leads.
pub(super) async fn count(session: &Session, lanes: &[i64], demands: &[Demand<'_>], most: u32) -> Result<u32, Problem> {
    let lead = demands.first();
    let mut sql = Sql::new("SELECT count(*) FROM (SELECT 1", vec![]);
    let all = Part { last_first: true, most: None };
    push_from(&mut sql, session, (lead, all), lead.map_or(Some("cases_lane"), Demand::index));
    push_tests(&mut sql, session.dialect, lanes, demands, (lead, false));
    sql.push(" LIMIT ").bind(i64::from(most).into()).push(") counted");
    session.one(sql).await?.map_or(Ok(0), |mut row| row.take())
}

/// Adds the table by an index, behind the candidates where they lead.
fn push_from(sql: &mut Sql, session: &Session, (lead, part): (Option<&Demand<'_>>, Part), index: Option<&str>) {
    sql.push(" FROM ");
    if let Some(Demand::Words(candidates)) = lead {
        candidates.push_table(sql, session.dialect, part);
        sql.push(" CROSS JOIN ");
    }
    sql.push("cases").push(&by(session, index));
}

/// Adds the tests of a row, of which one leads; trusting it, what contains a text is not looked into.
fn push_tests(
    sql: &mut Sql,
    dialect: Dialect,
    lanes: &[i64],
    demands: &[Demand<'_>],
    (lead, trusting): (Option<&Demand<'_>>, bool),
) {
    sql.push(" WHERE lane IN ").list(lanes.iter().map(|lane| (*lane).into()));
    for demand in demands {
        if lead.is_some_and(|lead| std::ptr::eq(lead, demand)) {
            demand.push_lead(sql, dialect);
        } else if !(trusting && matches!(demand, Demand::Contains(..))) {
            demand.push(sql, dialect);
        }
    }
}

/// SQLite is told the index, because without statistics it guesses; PostgreSQL keeps statistics of its own.
fn by(session: &Session, index: Option<&str>) -> String {
    match (session.dialect, index) {
        (Dialect::Postgres, _) => String::new(),
        (Dialect::Sqlite, Some(index)) => format!(" INDEXED BY {index}"),
        (Dialect::Sqlite, None) => " NOT INDEXED".to_owned(),
    }
}

impl Search<'_> {
    /// The places of the page, in order.
    pub async fn places(&self, plan: Plan) -> Result<Vec<Place>, Problem> {
        if self.lanes.is_empty() || self.limit == 0 {
            return Ok(Vec::new());
        }
        match plan {
            Plan::Straight => Ok(self.merged(self.walk(&[]).await?, self.limit)),
            Plan::Nothing => Ok(Vec::new()),
            Plan::Follow(lead) => self.gather(Some(lead)).await,
            Plan::Walk => match self.within_budget().await? {
                Some(places) => Ok(places),
                None => self.beyond_budget().await,
            },
        }
    }

    /// The page that a walk does not find.
    async fn beyond_budget(&self) -> Result<Vec<Place>, Problem> {
        let (session, lanes, demands) = (self.session, self.lanes, self.demands);
        match fewest(session, lanes, demands, BROAD).await? {
            Some((_, 0)) => return Ok(Vec::new()),
            Some((lead, _)) => return self.gather(Some(lead)).await,
            None => {}
        }
        if let Some(places) = self.of_part().await? {
            return Ok(places);
        }
        let lead = match Demand::shortest(demands) {
            Some(days) => Some(days),
            None => fewest(session, lanes, demands, WIDE).await?.map(|(lead, _)| lead),
        };
        self.gather(lead.or_else(|| Demand::fallback(demands))).await
    }

    /// The page from a part of very many candidates: those that came last, in a list that begins with the highest values. It is
    /// the page of all when no row that came before them has a higher value than its last; most lists are by something that
    /// rises with time.
    async fn of_part(&self) -> Result<Option<Vec<Place>>, Problem> {
        let dialect = self.session.dialect;
        let lead = self.demands.iter().find(|demand| matches!(demand, Demand::Words(_)));
        // PostgreSQL would have to look into every row between.
        let (Some(lead @ Demand::Words(candidates)), Dialect::Sqlite) = (lead, dialect) else {
            return Ok(None);
        };
        let part = Part { last_first: self.descending, most: Some(PART) };
        let places = self.first(Some(lead), self.limit, (part, false)).await?;
        let Some(last) = places.last().filter(|_| places.len() == self.limit) else { return Ok(None) };
        let Some(end) = candidates.end(self.session, part).await? else { return Ok(None) };
        let mut sql = Sql::new("SELECT 1 FROM cases", vec![]);
        sql.push(&by(self.session, Some(self.index()))).push(" WHERE lane IN ");
        sql.list(self.lanes.iter().map(|lane| (*lane).into()));
        sql.push(if self.descending { " AND words < " } else { " AND words > " }).bind(end.into());
        self.push_place(&mut sql, if self.descending { " > " } else { " < " }, last);
        self.push_after(&mut sql);
        sql.push(" LIMIT 1");
        Ok(self.session.one(sql).await?.is_none().then_some(places))
    }

    /// Whether equals stand by unit before they stand as they came.
    fn by_unit(&self) -> bool {
        self.key.is_some_and(|key| key.slot)
    }

    /// Reads rows of lane, value, unit and number.
    async fn read(&self, sql: Sql) -> Result<Vec<(i64, Place)>, Problem> {
        let place = |row: &mut Line| {
            let (lane, value, unit): (i64, String, Id<Unit>) = (row.take()?, row.take()?, row.take()?);
            Ok((lane, Place { value, unit: self.by_unit().then(|| unit.uuid()), came: row.take()? }))
        };
        self.session.each(sql, place).await
    }

    fn index(&self) -> &'static str {
        self.key.map_or("cases_lane", |key| key.index)
    }

    /// Walks each lane up to its bound; `None` when the page may go on beyond one of them.
    async fn within_budget(&self) -> Result<Option<Vec<Place>>, Problem> {
        let bounds = self.bounds().await?;
        let rows = self.walk(&bounds).await?;
        let mut open_ends: Vec<&Place> = Vec::new();
        for (lane, bound) in &bounds {
            if rows.iter().filter(|(own, _)| own == lane).count() < self.limit {
                open_ends.push(bound);
            }
        }
        let places = self.merged(rows.clone(), self.limit);
        let whole = places.len() == self.limit;
        let last = places.last();
        let settled = open_ends.iter().all(|end| whole && last.is_some_and(|last| !self.comes_after(last, end)));
        Ok(settled.then_some(places))
    }

    fn comes_after(&self, one: &Place, other: &Place) -> bool {
        if self.descending { one < other } else { one > other }
    }

    /// The row of each lane at which its share of the budget ends, for lanes that are longer than that.
    async fn bounds(&self) -> Result<Vec<(i64, Place)>, Problem> {
        let share = (BUDGET / self.lanes.len()).max(self.limit);
        let mut bounds = Vec::new();
        for lanes in self.lanes.chunks(MOST_LANES) {
            let mut sql = Sql::default();
            for (position, lane) in lanes.iter().enumerate() {
                sql.push(if position == 0 { "" } else { " UNION ALL " });
                self.branch(&mut sql, *lane, &[], None);
                sql.push(" LIMIT 1 OFFSET ").bind(i64::try_from(share).unwrap_or(i64::MAX).into()).push(") walked");
            }
            bounds.extend(self.read(sql).await?);
        }
        Ok(bounds)
    }

    async fn walk(&self, bounds: &[(i64, Place)]) -> Result<Vec<(i64, Place)>, Problem> {
        let mut rows = Vec::new();
        for lanes in self.lanes.chunks(MOST_LANES) {
            let mut sql = Sql::default();
            for (position, lane) in lanes.iter().enumerate() {
                sql.push(if position == 0 { "" } else { " UNION ALL " });
                let bound = bounds.iter().find(|(own, _)| own == lane).map(|(_, bound)| bound);
                self.branch(&mut sql, *lane, self.demands, bound);
                sql.push(" LIMIT ").bind(i64::try_from(self.limit).unwrap_or(i64::MAX).into()).push(") walked");
            }
            rows.extend(self.read(sql).await?);
        }
        Ok(rows)
    }

    /// The ordered rows of one lane; the caller adds the limit and closes the bracket.
    fn branch(&self, sql: &mut Sql, lane: i64, demands: &[Demand<'_>], bound: Option<&Place>) {
        sql.push("SELECT lane, k, unit, words FROM (SELECT lane, ").push(self.key.map_or("''", |key| key.column));
        sql.push(" AS k, unit, words FROM cases").push(&by(self.session, Some(self.index())));
        sql.push(" WHERE lane = ").bind(lane.into());
        self.push_ends(sql, bound);
        demands.iter().for_each(|demand| demand.push_beside(sql, self.session.dialect, self.key));
        self.order(sql);
    }

    /// Adds the two ends between which a walk goes: at each a place, or the value beyond which no row meets the tests of the
    /// sort column. Never both, because SQLite seeks by whichever it sees first.
    fn push_ends(&self, sql: &mut Sql, bound: Option<&Place>) {
        let (first, last) = if self.descending { (End::High, End::Low) } else { (End::Low, End::High) };
        match &self.after {
            Some(_) => self.push_after(sql),
            None => self.push_end(sql, first),
        }
        match bound {
            Some(bound) => self.push_place(sql, if self.descending { " >= " } else { " <= " }, bound),
            None => self.push_end(sql, last),
        }
    }

    fn push_end(&self, sql: &mut Sql, end: End) {
        let Some(key) = self.key else { return };
        let compare = match end {
            End::Low => " >= ",
            End::High => " <= ",
        };
        for value in self.demands.iter().filter_map(|demand| demand.end(key, end)) {
            sql.push(" AND ").push(key.column).push(compare).bind(value.into());
        }
    }

    fn push_after(&self, sql: &mut Sql) {
        if let Some(after) = &self.after {
            self.push_place(sql, if self.descending { " < " } else { " > " }, after);
        }
    }

    fn push_place(&self, sql: &mut Sql, compare: &str, place: &Place) {
        match self.key {
            Some(key) => {
                sql.push(" AND (").push(key.column).push(if key.slot { ", unit, came)" } else { ", came)" });
                let unit = place.unit.map(Into::into);
                sql.push(compare)
                    .list([place.value.as_str().into()].into_iter().chain(unit).chain([place.came.into()]));
            }
            None => {
                sql.push(" AND came").push(compare).bind(place.came.into());
            }
        }
    }

    fn order(&self, sql: &mut Sql) {
        let down = if self.descending { " DESC" } else { "" };
        sql.push(" ORDER BY ");
        if let Some(key) = self.key {
            sql.push(key.column).push(down).push(", ");
        }
        if self.by_unit() {
            sql.push("unit").push(down).push(", ");
        }
        sql.push("came").push(down);
    }

    /// All matches by one demand (or the table), then the first of them in order.
    async fn gather(&self, lead: Option<usize>) -> Result<Vec<Place>, Problem> {
        let lead = lead.and_then(|lead| self.demands.get(lead));
        let all = Part { last_first: self.descending, most: None };
        if let Some(lead @ Demand::Words(_)) = lead
            && Demand::any_contains(self.demands)
        {
            // What may contain a text nearly always does, and to look into all is the dearest part.
            let most = TRIED * self.limit;
            let tried = self.first(Some(lead), most, (all, true)).await?;
            let whole = tried.len() < most;
            let mut found = self.that_contain(tried).await?;
            if whole || found.len() >= self.limit {
                found.truncate(self.limit);
                return Ok(found);
            }
        }
        self.first(lead, self.limit, (all, false)).await
    }

    /// The first of all matches among a part of the candidates, trusting them or not.
    async fn first(
        &self,
        lead: Option<&Demand<'_>>,
        most: usize,
        (part, trusting): (Part, bool),
    ) -> Result<Vec<Place>, Problem> {
        let dialect = self.session.dialect;
        let down = if self.descending { " DESC" } else { "" };
        let mut sql = Sql::default();
        // PostgreSQL would walk the sort index once more.
        let apart = if dialect == Dialect::Sqlite { "NOT MATERIALIZED" } else { "MATERIALIZED" };
        sql.push("WITH matching AS ").push(apart).push(" (SELECT lane, ");
        sql.push(self.key.map_or("''", |key| key.column)).push(" AS k, unit, cases.words");
        push_from(&mut sql, self.session, (lead, part), lead.and_then(Demand::index));
        push_tests(&mut sql, dialect, self.lanes, self.demands, (lead, trusting));
        self.push_after(&mut sql);
        sql.push(") SELECT lane, k, unit, words FROM matching ORDER BY k").push(down);
        if self.by_unit() {
            sql.push(", unit").push(down);
        }
        sql.push(", words").push(down).push(" LIMIT ");
        sql.bind(i64::try_from(most).unwrap_or(i64::MAX).into());
        Ok(self.merged(self.read(sql).await?, most))
    }

    /// Those of some places whose rows contain what they are to contain.
    async fn that_contain(&self, mut places: Vec<Place>) -> Result<Vec<Place>, Problem> {
        let mut sql = Sql::new("SELECT words FROM cases WHERE words IN ", vec![]);
        sql.list(places.iter().map(|place| place.came.into()));
        let contains = self.demands.iter().filter(|demand| matches!(demand, Demand::Contains(..)));
        contains.for_each(|demand| demand.push(&mut sql, self.session.dialect));
        let found: HashSet<i64> = self.session.each(sql, |row| row.take()).await?.into_iter().collect();
        places.retain(|place| found.contains(&place.came));
        Ok(places)
    }

    fn merged(&self, rows: Vec<(i64, Place)>, most: usize) -> Vec<Place> {
        let mut places: Vec<Place> = rows.into_iter().map(|(_, place)| place).collect();
        places.sort_unstable();
        if self.descending {
            places.reverse();
        }
        places.truncate(most);
        places
    }
}
