//! What the classical command adds for a school: 一分三率, bands, quartiles, knowledge points, all or by group.

use super::super::items::{Loaded, Source};
use super::super::output::{Sheet, json, number, text};
use serde_json::{Value, json};
use std::path::PathBuf;
use yanpan_kernel::problem::{PARAMETER_INVALID, Place, Problem};
use yanpan_statistics::exams::rates::{
    Knowledge, Proportion, Rates, Thresholds, above_mean_rate, bands, knowledge, rates,
};
use yanpan_statistics::exams::standard::{QuantileType, quantile};

/// Words about rates and groups.
#[derive(Debug, Clone, clap::Args)]
pub struct Rating {
    /// 优秀线,占满分的比例 / Excellent from this part of the full mark
    #[arg(long, default_value_t = 0.85)]
    excellent: f64,
    /// 及格线 / Pass from this part
    #[arg(long, default_value_t = 0.6)]
    pass: f64,
    /// 低分线 / Low below this part
    #[arg(long, default_value_t = 0.4)]
    low: f64,
    /// 分数段宽度 / Width of the score bands, in points
    #[arg(long, default_value_t = 10.0)]
    band: f64,
    /// 按此列(如班级)分组 / Column of the groups
    #[arg(long)]
    group: Option<String>,
    /// 分组指标输出(CSV)/ Figures by group
    #[arg(long)]
    groups: Option<PathBuf>,
    /// 知识点得分率输出(CSV)/ Rates by knowledge point
    #[arg(long)]
    knowledge: Option<PathBuf>,
}

/// A group of rows; the first holds everyone.
struct Group {
    name: String,
    rows: Vec<bool>,
}

impl Rating {
    /// The group column.
    #[must_use]
    pub fn group(&self) -> Option<&str> {
        self.group.as_deref()
    }

    /// Whether the cut-offs lie in order between 0 and 1 and the bands have a width.
    ///
    /// # Errors
    /// Every option out of range.
    pub fn check(&self) -> Result<(), Vec<Problem>> {
        let order = "应有 0 ≤ 低分线 ≤ 及格线 ≤ 优秀线 ≤ 1";
        let rising = 0.0 <= self.low && self.low <= self.pass && self.pass <= self.excellent && self.excellent <= 1.0;
        let checks = [
            (rising, "excellent/pass/low", format!("{}/{}/{}", self.excellent, self.pass, self.low), order),
            (self.band > 0.0 && self.band.is_finite(), "band", self.band.to_string(), "应大于 0"),
        ];
        let wrong = |(holds, name, value, reason): &(bool, &str, String, &str)| {
            let values: &[(&str, &dyn std::fmt::Display)] = &[("name", name), ("value", value), ("reason", reason)];
            (!holds).then(|| Problem::new(&PARAMETER_INVALID, values).at(Place::field(*name)))
        };
        let problems: Vec<Problem> = checks.iter().filter_map(wrong).collect();
        if problems.is_empty() { Ok(()) } else { Err(problems) }
    }

    /// The options in force, for the summary.
    #[must_use]
    pub fn parameters(&self) -> Value {
        json!({"excellent": self.excellent, "pass": self.pass, "low": self.low, "band": self.band, "group": self.group})
    }

    fn thresholds(&self) -> Thresholds {
        Thresholds { excellent: self.excellent, pass: self.pass, low: self.low }
    }

    /// Rates, bands and quartiles of everyone, as JSON.
    pub fn overall(&self, totals: &[f64], full: f64) -> Vec<(&'static str, Value)> {
        let found = rates(totals, full, self.thresholds());
        let mut sorted = totals.to_vec();
        sorted.sort_by(f64::total_cmp);
        let at = |p: f64| json(quantile(&sorted, p, QuantileType::Seven));
        let bands: Vec<Value> = bands(totals, full, self.band)
            .iter()
            .map(|band| json!({"from": json(band.from), "to": json(band.to), "count": band.count, "cumulative": band.cumulative}))
            .collect();
        vec![
            ("excellent_rate", proportion(&found.excellent)),
            ("pass_rate", proportion(&found.pass)),
            ("low_rate", proportion(&found.low)),
            ("quartiles", json!([at(0.25), at(0.5), at(0.75)])),
            ("bands", Value::Array(bands)),
        ]
    }

    /// Writes the tables by group and by knowledge point where asked.
    ///
    /// # Errors
    /// A missing group column, a file that cannot be written.
    pub fn write(&self, source: &Source, loaded: &Loaded) -> Result<(), Vec<Problem>> {
        let groups = self.read_groups(source, loaded.matrix.pupils()).map_err(|problem| vec![problem])?;
        if let Some(path) = &self.groups {
            self.group_sheet(&groups, loaded).write(Some(path), false)?;
        }
        if let Some(path) = &self.knowledge {
            knowledge_sheet(&groups, loaded).write(Some(path), false)?;
        }
        Ok(())
    }

    fn read_groups(&self, source: &Source, pupils: usize) -> Result<Vec<Group>, Problem> {
        let mut groups = vec![Group { name: "全体".to_owned(), rows: vec![true; pupils] }];
        let Some(name) = &self.group else { return Ok(groups) };
        let table = source.table()?;
        let column = table.column(name)?;
        for (row, cells) in table.rows.iter().enumerate() {
            let name = cells.get(column).map_or("", String::as_str);
            if name.is_empty() {
                continue;
            }
            let known = groups.iter().skip(1).position(|group| group.name == name);
            let index = known.map_or_else(
                || {
                    groups.push(Group { name: name.to_owned(), rows: vec![false; pupils] });
                    groups.len() - 1
                },
                |index| index + 1,
            );
            if let Some(flag) = groups.get_mut(index).and_then(|group| group.rows.get_mut(row)) {
                *flag = true;
            }
        }
        Ok(groups)
    }

    fn group_sheet(&self, groups: &[Group], loaded: &Loaded) -> Sheet {
        let columns = ["group", "n", "mean", "above_mean_rate", "excellent", "excellent_low", "excellent_high"];
        let more = ["pass", "pass_low", "pass_high", "low", "low_low", "low_high", "q25", "q50", "q75"];
        let mut sheet = Sheet::new(&[&columns[..], &more[..]].concat());
        let complete = loaded.matrix.complete_rows();
        let full: f64 = loaded.matrix.full.iter().sum();
        let mut reference = None;
        for group in groups {
            let totals = totals(loaded, &group.rows, &complete);
            let found = rates(&totals, full, self.thresholds());
            let reference = *reference.get_or_insert(found.mean);
            let above = found.mean.zip(reference).and_then(|(mean, reference)| above_mean_rate(mean, reference));
            let mut sorted = totals;
            sorted.sort_by(f64::total_cmp);
            let quartiles = [0.25, 0.5, 0.75].map(|p| number(quantile(&sorted, p, QuantileType::Seven)));
            let first = [text(&group.name), found.n.to_string(), number(found.mean), number(above)];
            sheet.row(first.into_iter().chain(rate_cells(&found)).chain(quartiles));
        }
        sheet
    }
}

fn rate_cells(found: &Rates) -> Vec<String> {
    [found.excellent, found.pass, found.low]
        .iter()
        .flat_map(|one| {
            let interval = one.interval();
            [number(one.rate()), number(interval.map(|pair| pair.0)), number(interval.map(|pair| pair.1))]
        })
        .collect()
}

fn totals(loaded: &Loaded, rows: &[bool], complete: &[bool]) -> Vec<f64> {
    let mut sums = vec![0_i64; rows.len()];
    for column in &loaded.matrix.cells {
        sums.iter_mut().zip(column).for_each(|(sum, cell)| *sum += i64::from((*cell).max(0)));
    }
    let counted = rows.iter().zip(complete).map(|(row, complete)| *row && *complete);
    sums.iter()
        .zip(counted)
        .filter(|(_, counted)| *counted)
        .map(|(sum, _)| *sum as f64 / loaded.matrix.scale())
        .collect()
}

fn knowledge_sheet(groups: &[Group], loaded: &Loaded) -> Sheet {
    let columns = ["group", "knowledge", "items", "full", "n", "rate", "low", "high", "difference", "note"];
    let mut sheet = Sheet::new(&columns);
    let names: Vec<Option<String>> = loaded.listed.iter().map(|line| line.knowledge.clone()).collect();
    let everyone = groups.first().map_or_else(Vec::new, |group| knowledge(&loaded.matrix, &names, &group.rows));
    for group in groups {
        for (one, all) in knowledge(&loaded.matrix, &names, &group.rows).iter().zip(&everyone) {
            sheet.row(knowledge_cells(&group.name, one, all));
        }
    }
    sheet
}

fn knowledge_cells(group: &str, one: &Knowledge, all: &Knowledge) -> Vec<String> {
    let bound = |sign: f64| one.rate.zip(one.half_width).map(|(rate, half)| (rate + sign * half).clamp(0.0, 1.0));
    vec![
        text(group),
        text(&one.name),
        one.items.to_string(),
        number(one.full),
        one.pupils.to_string(),
        number(one.rate),
        number(bound(-1.0)),
        number(bound(1.0)),
        number(one.rate.zip(all.rate).map(|(rate, all)| rate - all)),
        if one.too_few { "样本不足".to_owned() } else { String::new() },
    ]
}

fn proportion(one: &Proportion) -> Value {
    let interval = one.interval().map_or(Value::Null, |(low, high)| json!([json(low), json(high)]));
    json!({"count": one.count, "of": one.of, "rate": json(one.rate()), "ci95": interval})
}
