//! Group means by plausible values.

use super::super::items::Source;
use super::super::output::{Sheet, json, number, text};
use super::Analysis;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use yanpan_kernel::problem::Problem;
use yanpan_statistics::exams::Error;
use yanpan_statistics::exams::irt::{Draws, GroupMean, Groups, plausible_values};

/// Words about groups.
#[derive(Debug, Clone, clap::Args)]
pub struct Grouping {
    /// 按此列(如学校)比较群体均值,用似真值 / Column of the groups to compare by plausible values
    #[arg(long)]
    pub group: Option<String>,
    /// 每人似真值个数 / Plausible values per pupil
    #[arg(long, default_value_t = 10)]
    pub draws: usize,
    /// 随机种子 / Seed
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// 群体均值输出(CSV)/ Group means
    #[arg(long)]
    pub group_means: Option<PathBuf>,
    /// 似真值输出(CSV)/ Plausible values
    #[arg(long)]
    pub plausible_values: Option<PathBuf>,
}

/// Groups in order of first appearance.
pub struct Grouped {
    names: Vec<String>,
    of_row: Vec<Option<usize>>,
}

/// Tables ready to write.
pub struct Means {
    sheet: Sheet,
    values: Sheet,
    values_path: Option<PathBuf>,
    /// The means as JSON.
    pub json: Value,
}

/// Reads the group column; `None` when none was asked for.
///
/// # Errors
/// The column is missing.
pub fn read(args: &Grouping, source: &Source) -> Result<Option<Grouped>, Vec<Problem>> {
    let Some(name) = &args.group else { return Ok(None) };
    let table = source.table().map_err(|problem| vec![problem])?;
    let column = table.column(name).map_err(|problem| vec![problem])?;
    let mut names: Vec<String> = Vec::new();
    let mut of_row = Vec::new();
    for cells in &table.rows {
        let group = cells.get(column).filter(|text| !text.is_empty() && *text != "NA");
        of_row.push(group.map(|group| {
            names.iter().position(|name| name == group).unwrap_or_else(|| {
                names.push(group.clone());
                names.len() - 1
            })
        }));
    }
    Ok(Some(Grouped { names, of_row }))
}

impl Grouped {
    /// Draws and combines.
    ///
    /// # Errors
    /// As [`plausible_values`].
    pub fn run(&self, args: &Grouping, analysis: &Analysis) -> Result<Means, Error> {
        let groups = Groups { of_row: &self.of_row, count: self.names.len() };
        let draws = Draws { count: args.draws, seed: args.seed };
        let Analysis { responses, fit, settings, .. } = analysis;
        let drawn = plausible_values(responses, fit, &settings.nodes, groups, draws)?;
        let mut sheet = Sheet::new(&["group", "n", "mean", "se", "se_measurement", "sd", "mean_eap"]);
        for (name, group) in self.names.iter().zip(&drawn.groups) {
            let figures = [group.mean, group.error, group.measurement, group.sd, group.mean_eap];
            let first = [text(name), group.pupils.to_string()];
            sheet.row(first.into_iter().chain(figures.map(number)));
        }
        let names: Vec<String> =
            std::iter::once("row".to_owned()).chain((1..=args.draws).map(|draw| format!("pv{draw}"))).collect();
        let mut values = Sheet::new(&names);
        for (row, drawn) in (1_usize..).zip(&drawn.values) {
            let mut cells: Vec<String> = drawn.iter().map(|value| number(*value)).collect();
            cells.resize(args.draws, String::new());
            values.row(std::iter::once(row.to_string()).chain(cells));
        }
        let one = |(name, group): (&String, &GroupMean)| json!({"group": name, "n": group.pupils, "mean": json(group.mean), "se": json(group.error)});
        let json = json!({"draws": args.draws, "seed": args.seed, "variance_within": json(drawn.within),
            "groups": self.names.iter().zip(&drawn.groups).map(one).collect::<Vec<_>>()});
        Ok(Means { sheet, values, values_path: args.plausible_values.clone(), json })
    }
}

impl Means {
    /// Writes the means to `path` and the values where asked.
    ///
    /// # Errors
    /// A file cannot be written.
    pub fn write(&self, path: Option<&Path>) -> Result<(), Vec<Problem>> {
        self.sheet.write(path, false)?;
        self.values.write(self.values_path.as_deref(), false)
    }
}
