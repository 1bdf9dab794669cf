//! A detector's error as a placed problem in the words of the person who can mend it.

use super::counts::Grid;
use yanpan_kernel::problem::{METHOD_REFUSED, PARAMETER_INVALID, Place, Problem, VALUE_OUT_OF_RANGE};
use yanpan_statistics::detection::DetectionError;

/// The problem of a unit's series.
pub(super) fn of(error: &DetectionError, grid: &Grid, unit: &str) -> Problem {
    let row = |row: &usize| Place { row: u32::try_from(row + 2).ok(), column: Some(unit.to_owned()), ..grid.place() };
    let refused = |reason: String| Problem::new(&METHOD_REFUSED, &[("reason", &reason)]);
    match error {
        DetectionError::NotACount { row: at, value } => {
            Problem::new(&VALUE_OUT_OF_RANGE, &[("value", value), ("reason", &"应为不小于 0 的整数")]).at(row(at))
        }
        DetectionError::RangeOutside { from, to, length } => {
            refused(format!("监测范围 {from}–{to} 超出序列(共 {length} 点)")).at(grid.place())
        }
        DetectionError::TooShort { first, asked } => {
            refused(format!("序列太短:最早能判断的是第 {first} 点,而要求(或序列止于)第 {asked} 点")).at(grid.place())
        }
        DetectionError::Parameter { name, reason } => {
            Problem::new(&PARAMETER_INVALID, &[("name", name), ("value", &"…"), ("reason", &chinese(reason))])
                .at(Place::field(*name))
        }
        DetectionError::ReferenceMissing { row: at } => {
            refused("有的参照时间点不在序列里:请减少年数 b,或把监测范围推后".to_owned()).at(row(at))
        }
        DetectionError::TooManyPeriods { periods } => {
            refused(format!("季节水平数 noPeriods = {periods} 太多:参照窗口之间分不出这么多段")).at(grid.place())
        }
        DetectionError::ReferenceStops { row: at, reason } => {
            refused(format!("R 在此处报错停止:{}", chinese(reason))).at(row(at))
        }
        DetectionError::Shape { what, expected, found } => {
            refused(format!("{what} 的个数应为 {expected},实为 {found}")).at(grid.place())
        }
    }
}

/// Reasons in Chinese.
fn chinese(reason: &str) -> &str {
    match reason {
        "at least 3 points" => "至少 3 点",
        "a finite number, 0 or more" => "应为不小于 0 的有限数",
        "between 0 and 1" => "应在 0 与 1 之间",
        "from 0 to below 1" => "应不小于 0 且小于 1",
        "at least 1 year" => "至少 1 年",
        "cases 0 or more" => "病例数应不小于 0",
        "k and h are finite numbers" => "k 和 h 应为有限数",
        "0 or more" => "应不小于 0",
        "no reference value with b = 0 and no actY or w = 0" => "b = 0 时须 actY 为 true 且 w 至少为 1,否则没有参照值",
        "C3 with exactly one monitored point" => "C3 恰好只监测一个点(number of items to replace…)",
        "the regression has no valid baseline" => "回归没有可用的基线",
        "a missing count in the baseline" => "基线里有缺报",
        "dates with freq other than 12, 52 or 365" => "按日期比对时 freq 只能是 12、52 或 365",
        "only one season level in the baseline" => "基线里只有一个季节水平:请减小 noPeriods 或 pastWeeksNotIncluded",
        "the seasonal regression has no finite fit" => "季节回归没有有限解",
        "a missing count (RKI)" => "参照值或当日有缺报(RKI)",
        "a missing count (scan)" => "扫描不接受缺报",
        "a missing count (GLR)" => "监测范围里有缺报(GLR)",
        "the regression has no degree of freedom left" => "回归没有剩余自由度:请加大 b 或 w",
        "finite numbers, 0 or more" => "应为不小于 0 的有限数",
        "needed by the negative-binomial scan" => "负二项扫描需要它",
        "from 1 to the number of rows" => "应在 1 与行数之间",
        "each zone names at least one place, all within the table" => "每个区域至少一个地点,且都在表内",
        "a finite number" => "应为有限数",
        "above 0" => "应大于 0",
        "a finite number above 0" => "应为大于 0 的有限数",
        "above 0, at most 1" => "应大于 0 且不大于 1",
        "epi is for increases of Poisson counts" => "epi 只用于泊松计数的上升",
        "at least 1" => "至少为 1",
        "must be a positive whole number" => "应为正整数",
        other => other,
    }
}
