//! The items of a scale: which columns, which turned round, each bad cell reported.

use crate::cells::{Findings, IDENTITY};
use crate::results::Sheet;
use yanpan_kernel::problem::{METHOD_REFUSED, PARAMETER_INVALID, Place, Problem};
use yanpan_statistics::surveys::scales::{Responses, ScaleError};

/// Which columns are items.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct Items {
    /// 题目列,逗号分隔;不写则是除 --exclude 与序号、学号、班级等之外的所有列 / Item columns; by default all but --exclude and those that say whose row it is
    #[arg(long, value_name = "COLUMNS", value_delimiter = ',')]
    pub items: Vec<String>,
    /// 不是题目的列 / Columns that are no items
    #[arg(long, value_name = "COLUMNS", value_delimiter = ',')]
    pub exclude: Vec<String>,
    /// 反向题,按 --scale 翻转 / Reversed items, turned round on --scale
    #[arg(long, value_name = "COLUMNS", value_delimiter = ',', requires = "scale")]
    pub reverse: Vec<String>,
    /// 量表的最小与最大分,如 1,5 / Lowest and highest answer
    #[arg(long, value_name = "LOW,HIGH", value_delimiter = ',', num_args = 1)]
    pub scale: Vec<f64>,
}

impl Items {
    /// The items' names and everybody's answers to them.
    pub(super) fn read(
        &self,
        data: &Sheet,
        others: &[&Option<String>],
    ) -> Result<(Vec<String>, Responses), Vec<Problem>> {
        let table = &data.table;
        let mut findings = Findings::default();
        let other =
            |name: &String| self.exclude.contains(name) || others.iter().any(|other| other.as_ref() == Some(name));
        let names: Vec<String> = if self.items.is_empty() {
            table.header.iter().filter(|name| !other(name) && !IDENTITY.contains(&name.as_str())).cloned().collect()
        } else {
            self.items.clone()
        };
        let ends = match self.scale.as_slice() {
            [] => None,
            [low, high] if low < high => Some((*low, *high)),
            _ => {
                let values: &[(&str, &dyn std::fmt::Display)] =
                    &[("name", &"scale"), ("value", &format!("{:?}", self.scale)), ("reason", &"应为最小分,最大分")];
                return Err(vec![Problem::new(&PARAMETER_INVALID, values).at(Place::field("scale"))]);
            }
        };
        for name in self.reverse.iter().filter(|name| !names.contains(name)) {
            findings.keep(table.column(name).map(|_| ()));
        }
        let mut columns = Vec::new();
        for name in &names {
            let mut column = findings.numbers(table, name);
            for (row, value) in column.iter_mut().enumerate() {
                if let (Some(answer), Some((low, high))) = (*value, ends) {
                    if answer < low || answer > high {
                        findings.refuse(table, row, name, &format!("应在 {low} 到 {high} 之间"));
                    }
                    if self.reverse.contains(name) {
                        *value = Some(low + high - answer);
                    }
                }
            }
            columns.push(column);
        }
        findings.check()?;
        let cells =
            (0..table.rows.len()).flat_map(|row| columns.iter().map(move |column| column.get(row).copied().flatten()));
        let responses = Responses::new(names.len(), cells).map_err(|error| refuse(&error, &names, data))?;
        Ok((names, responses))
    }
}

/// A library error as a problem placed at its column.
pub(super) fn refuse(error: &ScaleError, names: &[String], data: &Sheet) -> Vec<Problem> {
    let (reason, column) = match error {
        ScaleError::ConstantItem { item } => {
            ("所有人对这道题的回答都相同,请去掉这道题".to_owned(), names.get(*item).cloned())
        }
        ScaleError::TooFewItems { items } => (format!("只有 {items} 道题,至少要两道"), None),
        ScaleError::TooFewRows { rows } => (format!("只有 {rows} 份可用的回答,至少要两份"), None),
        ScaleError::Singular => ("有的题目可由其他题目算出".to_owned(), None),
        ScaleError::Shape { .. } => ("没有题目列".to_owned(), None),
    };
    vec![Problem::new(&METHOD_REFUSED, &[("reason", &reason)]).at(Place { column, ..data.table.whole() })]
}
