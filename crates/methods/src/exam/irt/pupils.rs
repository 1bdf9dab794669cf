//! The table of scores, one line per data row.

use super::super::output::{Sheet, number};
use super::Analysis;

/// `row,eap,eap_se,map,map_se,wle,wle_se`; empty for a pupil without any response.
pub fn table(analysis: &Analysis) -> Sheet {
    let mut sheet = Sheet::new(&["row", "eap", "eap_se", "map", "map_se", "wle", "wle_se"]);
    for (row, pattern) in (1_usize..).zip(&analysis.responses.pattern_of) {
        let score = pattern.and_then(|pattern| analysis.scores.get(pattern as usize));
        let estimates =
            [score.map(|score| score.eap), score.and_then(|score| score.map), score.and_then(|score| score.wle)];
        let cells = estimates.into_iter().flat_map(|estimate| {
            [number(estimate.map(|estimate| estimate.theta)), number(estimate.map(|estimate| estimate.error))]
        });
        sheet.row(std::iter::once(row.to_string()).chain(cells));
    }
    sheet
}
