//! 知识点得分率: how much of a knowledge point's marks a group won.

use crate::exams::ScoreMatrix;

/// One knowledge point.
#[derive(Debug, Clone, PartialEq)]
pub struct Knowledge {
    /// Name.
    pub name: String,
    /// Items that test it.
    pub items: usize,
    /// Full mark of those items.
    pub full: f64,
    /// Pupils counted: those who sat the paper and were shown every item.
    pub pupils: usize,
    /// Mean ÷ full mark; `None` over nobody.
    pub rate: Option<f64>,
    /// Half the 95 % interval of the rate by the pupils' SD; `None` under two pupils.
    pub half_width: Option<f64>,
    /// 样本不足: under two items, one item's luck is no mastery.
    pub too_few: bool,
}

/// Rates of each knowledge point, in order of first appearance, over the rows in `included`; items without a name are left out.
#[must_use]
pub fn knowledge(matrix: &ScoreMatrix, names: &[Option<String>], included: &[bool]) -> Vec<Knowledge> {
    let mut order: Vec<&String> = Vec::new();
    for name in names.iter().flatten() {
        if !order.contains(&name) {
            order.push(name);
        }
    }
    let complete = matrix.complete_rows();
    let counted: Vec<bool> = complete.iter().zip(included).map(|(complete, included)| *complete && *included).collect();
    order.into_iter().map(|name| one(matrix, names, name, &counted)).collect()
}

fn one(matrix: &ScoreMatrix, names: &[Option<String>], name: &str, counted: &[bool]) -> Knowledge {
    let chosen =
        || names.iter().enumerate().filter(|(_, other)| other.as_deref() == Some(name)).map(|(index, _)| index);
    let full: f64 = chosen().filter_map(|index| matrix.full.get(index)).sum();
    let mut totals = vec![0_i64; counted.len()];
    for column in chosen().filter_map(|index| matrix.cells.get(index)) {
        totals.iter_mut().zip(column).for_each(|(total, cell)| *total += i64::from((*cell).max(0)));
    }
    let unit = matrix.scale() * full;
    let parts: Vec<f64> =
        totals.iter().zip(counted).filter(|(_, counted)| **counted).map(|(total, _)| *total as f64 / unit).collect();
    let n = parts.len() as f64;
    let rate = (!parts.is_empty() && full > 0.0).then(|| parts.iter().sum::<f64>() / n);
    let half_width = rate.filter(|_| n > 1.0).map(|rate| {
        let variance = parts.iter().map(|part| (part - rate).powi(2)).sum::<f64>() / (n - 1.0);
        1.959_963_984_540_054 * (variance / n).sqrt()
    });
    let items = chosen().count();
    Knowledge { name: name.to_owned(), items, full, pupils: parts.len(), rate, half_width, too_few: items < 2 }
}
