//! Units as a target: one row per version, checked over the whole tree.

use super::{
    columns::{column, required},
    plan::{RowPlan, Sort},
    target::{Secret, Target, text},
};
use crate::{
    App, Caller,
    ports::{Batch, ColumnKind, Progress, Reading, SheetTarget, Writing},
    unit::{NewVersion, plan_units, store_units},
};
use async_trait::async_trait;
use std::collections::{BTreeMap, BTreeSet};
use yanpan_kernel::{
    form::Answers,
    id::Id,
    person::Role,
    problem::{PREVIEW_STALE, Place, Problem},
    unit::{KINDS, Unit, Version},
};

/// Attributes that figures use: key, heading, other headings.
const ATTRIBUTES: [(&str, &str, &[&str]); 3] = [
    ("ownership", "公民办", &["ownership", "办学性质"]),
    ("setting", "城乡", &["setting"]),
    ("stage", "学段", &["stage"]),
];

/// Units.
pub(super) struct Units<'a> {
    pub app: &'a App,
    pub caller: &'a Caller,
}

/// The columns: `code,name,kind,parent,valid_from,valid_to`, the attributes that figures use, other names.
#[must_use]
pub fn unit_columns() -> SheetTarget {
    let kinds = KINDS.iter().map(|(key, title)| ((*title).to_owned(), vec![(*key).to_owned()])).collect();
    let attributes = ATTRIBUTES.map(|(key, title, words)| column(key, title, words, ColumnKind::Text));
    let mut columns = vec![
        required(
            column("code", "编码", &["code", "单位编码", "代码", "学校代码", "学校标识码"], ColumnKind::Text),
            "3301010001",
        ),
        required(
            column("name", "名称", &["name", "单位名称", "学校名称", "单位", "学校"], ColumnKind::Text),
            "城关中心小学",
        ),
        required(column("kind", "类别", &["kind", "单位类别", "学校类别"], ColumnKind::Choice(kinds)), "小学"),
        column("parent", "上级编码", &["parent", "上级单位编码", "上级"], ColumnKind::Text),
        column("valid_from", "启用日期", &["valid_from"], ColumnKind::Date),
        column("valid_to", "停用日期", &["valid_to"], ColumnKind::Date),
    ];
    columns.extend(attributes);
    columns.push(column("aliases", "别名", &["aliases", "简称"], ColumnKind::Text));
    SheetTarget { key: "units".to_owned(), title: "单位".to_owned(), columns }
}

impl Units<'_> {
    /// A row as a version. Without a first day it is the version of today, or a unit that begins today.
    fn version(&self, row: &RowPlan, known: &[Version]) -> NewVersion {
        let values = row.values();
        let given = |key: &str| Some(text(&values, key)).filter(|text| !text.is_empty());
        let date = |key: &str| given(key).and_then(|date| date.parse().ok());
        let code = text(&values, "code");
        let today = self.app.environment.today();
        let present = known.iter().find(|version| version.code == code && version.holds(today));
        let kind = text(&values, "kind");
        let key = KINDS.iter().find(|(_, title)| *title == kind).map_or(kind.as_str(), |(key, _)| key);
        let attribute = |(key, ..): (&str, &str, &[&str])| Some((key.to_owned(), given(key)?));
        NewVersion {
            place: row.place(),
            code,
            name: text(&values, "name"),
            kind: key.to_owned(),
            parent: given("parent"),
            valid_from: date("valid_from").or(present.map(|version| version.valid_from)).unwrap_or(today),
            valid_to: date("valid_to"),
            attributes: ATTRIBUTES.into_iter().filter_map(attribute).collect(),
            aliases: given("aliases")
                .map(|all| all.split(['、', ',', '，', ';', '；', ' ']).map(str::to_owned).collect())
                .unwrap_or_default(),
        }
    }
}

#[async_trait]
impl Target for Units<'_> {
    fn sheet(&self) -> SheetTarget {
        unit_columns()
    }

    fn writers(&self) -> &'static [Role] {
        &[Role::Admin]
    }

    fn unit_column(&self) -> Option<&str> {
        None
    }

    fn key(&self, values: &Answers) -> String {
        format!("{}@{}", text(values, "code"), text(values, "valid_from"))
    }

    fn look(&self, _: &Answers, _: &Place) -> Vec<Problem> {
        Vec::new()
    }

    async fn compare(&self, reading: &dyn Reading, rows: &mut [RowPlan], _: &Progress) -> Result<(), Problem> {
        let known = reading.unit_versions().await?;
        let mut aliases: BTreeMap<Id<Unit>, BTreeSet<String>> = BTreeMap::new();
        for (unit, alias) in reading.unit_aliases().await? {
            aliases.entry(unit).or_default().insert(alias);
        }
        // A row that falls may take others with it, so the tree is planned again until nothing more falls.
        loop {
            let good: Vec<NewVersion> =
                rows.iter().filter(|row| row.sort != Sort::Refused).map(|row| self.version(row, &known)).collect();
            let (_, problems) = plan_units(&self.app.environment, &known, &good);
            if problems.is_empty() {
                break;
            }
            for row in rows.iter_mut() {
                let place = row.place();
                let own: Vec<Problem> = problems.iter().filter(|problem| *problem.place == place).cloned().collect();
                if !own.is_empty() {
                    row.refuse(own);
                }
            }
        }
        for row in rows.iter_mut().filter(|row| row.sort == Sort::New) {
            let new = self.version(row, &known);
            let same_day = |version: &&Version| version.code == new.code && version.valid_from == new.valid_from;
            if let Some(before) = known.iter().find(same_day) {
                let parent = before.parent.and_then(|parent| known.iter().find(|version| version.unit == parent));
                let told = (
                    &before.name,
                    &before.kind,
                    parent.map(|parent| &parent.code),
                    before.valid_to,
                    &before.attributes,
                );
                let own = aliases.get(&before.unit).cloned().unwrap_or_default();
                let equal = told == (&new.name, &new.kind, new.parent.as_ref(), new.valid_to, &new.attributes)
                    && new.aliases.iter().all(|alias| alias.trim().is_empty() || own.contains(alias.trim()));
                row.sort = if equal { Sort::Same } else { Sort::Update };
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
        let known = writing.unit_versions().await?;
        let grant = self.caller.grant_of(&[Role::Admin])?.id;
        let versions: Vec<NewVersion> = rows.iter().map(|row| self.version(row, &known)).collect();
        let (changed, problems) = plan_units(&self.app.environment, &known, &versions);
        if !problems.is_empty() {
            return Err(Problem::new(&PREVIEW_STALE, &[]));
        }
        store_units(writing, &self.app.environment, (self.caller.account, Some(grant)), (&changed, &versions)).await?;
        Ok(Vec::new())
    }
}
