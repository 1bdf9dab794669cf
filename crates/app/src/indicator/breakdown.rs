//! An indicator broken down: by the units below, by a dimension, by period.

use super::{
    conceal::hidden,
    link::link,
    show::{By, earlier},
    value::shown,
};
use crate::{
    App,
    ports::Exact,
    report::{Desk, Filter, Shift},
};
use serde_json::{Value as Json, json};
use yanpan_kernel::{
    id::Id,
    indicator::{Definition, Measure},
    problem::Problem,
    unit::{Scope, Unit},
};
use yanpan_packs::Pack;

/// Periods of a break-down by period.
const PERIODS: u8 = 12;

/// One row.
pub(super) struct Row {
    key: String,
    /// As shown.
    pub title: String,
    /// Value in the period.
    pub value: Exact,
    previous: Exact,
    unit: Option<Id<Unit>>,
    link: Option<Json>,
    /// Whether its base is large enough to be compared with others.
    pub comparable: bool,
}

impl Row {
    /// As pages take it.
    pub fn json(&self) -> Json {
        json!({
            "key": self.key, "title": self.title, "value": shown(&self.value), "previous": shown(&self.previous),
            "unit": self.unit, "link": self.link, "comparable": self.comparable,
        })
    }
}

/// What is broken down.
pub(super) struct Subject<'a> {
    pub app: &'a App,
    pub pack: &'a Pack,
    pub desk: &'a Desk,
    pub definition: &'a Definition,
    /// Schools below which a group's rate is not compared.
    pub least_base: usize,
}

impl Subject<'_> {
    /// The rows, and whether the total must be hidden for their sake.
    pub fn rows(&self, by: &By) -> Result<(Vec<Row>, bool), Problem> {
        let (mut rows, filters) = match by {
            By::None => return Ok((Vec::new(), false)),
            By::Period => return Ok((self.periods()?, false)),
            By::Children => self.children()?,
            By::Dimension(name) => self.values(name)?,
        };
        let mut whole = false;
        for (shift, own) in [(Shift::Own, true), (Shift::Previous, false)] {
            let mut values = self.bare(&filters, shift)?;
            if self.definition.persons {
                let hide = hidden(&values, self.desk.least());
                for (value, _) in values.iter_mut().zip(&hide).filter(|(_, hide)| **hide) {
                    *value = Exact::Suppressed;
                }
                whole |= own && hide.last() == Some(&true);
            }
            for (row, value) in rows.iter_mut().zip(values) {
                if own {
                    row.link = row.link.take().filter(|_| value != Exact::Suppressed);
                    row.value = value;
                } else {
                    row.previous = value;
                }
            }
        }
        Ok((rows, whole))
    }

    fn bare(&self, filters: &[Filter], shift: Shift) -> Result<Vec<Exact>, Problem> {
        let key = &self.definition.key;
        let known = earlier(self.desk, key, shift)?;
        let value = |filter: &Filter| {
            if known { self.desk.bare(key, &filter.clone().shifted(shift)) } else { Ok(Exact::Missing) }
        };
        filters.iter().map(value).collect()
    }

    fn row(&self, (key, title): (String, String), unit: Option<Id<Unit>>, link: Option<Json>) -> Row {
        Row { key, title, value: Exact::Missing, previous: Exact::Missing, unit, link, comparable: true }
    }

    /// The units below in the bureau's order, and the unit's own where it has anything.
    fn children(&self) -> Result<(Vec<Row>, Vec<Filter>), Problem> {
        let (desk, tree, above) = (self.desk, self.desk.tree(), self.desk.unit());
        let period = desk.period(Shift::Own)?;
        let (mut rows, mut filters) = (Vec::new(), Vec::new());
        for child in tree.children(above) {
            let Some(version) = tree.get(*child) else { continue };
            let below = tree.subtree(*child);
            let schools = below.iter().filter_map(|unit| tree.get(*unit)).filter(|unit| unit.is_school());
            // Only the rate of a group hangs on how many schools are in it.
            let group = self.definition.measure == Measure::Rate && !version.is_school();
            let link = link((self.app, desk), self.definition, (*child, &period), None);
            let mut row = self.row((child.to_string(), version.name.clone()), Some(*child), link);
            row.comparable = !group || schools.count() >= self.least_base;
            rows.push(row);
            filters.push(Filter::of(Shift::Own).under(Scope::Units(below.into_iter().collect())));
        }
        let own = Filter::of(Shift::Own).under(Scope::Units([above].into()));
        let empty = [Exact::Missing, Exact::Count(0), Exact::Ratio(0, 0)];
        if !rows.is_empty() && !empty.contains(&desk.bare(&self.definition.key, &own)?) {
            let mut row = self.row((above.to_string(), "本级".to_owned()), Some(above), None);
            row.comparable = false;
            rows.push(row);
            filters.push(own);
        }
        Ok((rows, filters))
    }

    /// The values of a dimension, in this period or the one before.
    fn values(&self, name: &str) -> Result<(Vec<Row>, Vec<Filter>), Problem> {
        let (desk, key) = (self.desk, &self.definition.key);
        let period = desk.period(Shift::Own)?;
        let mut values = desk.values(key, name, Shift::Own)?;
        if earlier(desk, key, Shift::Previous)? {
            values.extend(desk.values(key, name, Shift::Previous)?);
        }
        let of = |value: String| {
            let link = link((self.app, desk), self.definition, (desk.unit(), &period), Some((name, &value)));
            let filter = Filter::of(Shift::Own).with(name, &value);
            let title = self.title(name, &value);
            (self.row((value, title), None, link), filter)
        };
        let mut rows: Vec<(Row, Filter)> = values.into_iter().map(of).collect();
        rows.sort_by_key(|(row, _)| self.place(name, &row.key));
        Ok(rows.into_iter().unzip())
    }

    /// The periods up to this one, the earliest first.
    fn periods(&self) -> Result<Vec<Row>, Problem> {
        let (desk, key) = (self.desk, &self.definition.key);
        let mut rows: Vec<Row> = Vec::new();
        for back in (0..=PERIODS).rev() {
            let Ok(period) = desk.period(Shift::Back(back)) else { continue };
            let known = earlier(desk, key, Shift::Back(back))?;
            let value = if known { desk.figure(key, &Filter::of(Shift::Back(back)))? } else { Exact::Missing };
            let link = link((self.app, desk), self.definition, (desk.unit(), &period), None);
            let link = link.filter(|_| value != Exact::Suppressed);
            let previous = rows.last().map_or(Exact::Missing, |row| row.value.clone());
            let row = self.row((period.key().to_string(), period.label()), None, link);
            rows.push(Row { value, previous, ..row });
        }
        // The first was asked for only to stand beside the second.
        rows.drain(..rows.len().saturating_sub(PERIODS.into()));
        Ok(rows)
    }

    /// States by their titles, other values as they are.
    fn title(&self, name: &str, value: &str) -> String {
        if value.is_empty() {
            return "未填".to_owned();
        }
        let mut states = self.pack.cases.values().flat_map(|case| &case.states);
        let state = states.find(|state| name == "state" && state.key == value);
        state.map_or_else(|| value.to_owned(), |state| state.title.clone())
    }

    /// Where a value stands among the options of its field, or a state on its way; the rest comes after.
    fn place(&self, name: &str, value: &str) -> usize {
        let options =
            self.pack.forms.values().filter_map(|form| form.field(name)).find_map(|field| match &field.kind {
                yanpan_kernel::form::FieldKind::Choice { options } => options.iter().position(|option| option == value),
                _ => None,
            });
        let state = || {
            let mut cases = self.pack.cases.values().filter(|_| name == "state");
            cases.find_map(|case| case.states.iter().position(|state| state.key == value))
        };
        options.or_else(state).unwrap_or(usize::MAX)
    }
}
