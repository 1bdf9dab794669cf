//! Merged ranges: the value of the first cell goes down its column; headers spread sideways later, where that is right.

use crate::{Line, Span, Value};

/// Cells filled in a sheet at most: ranges that overlap again and again are an attack.
const FILLED: usize = 4_000_000;

/// Sorts the ranges by their first row, fills every merged range downwards in its first column, over the rows that exist, and marks rows that hold nothing else.
pub(in crate::read) fn fill(lines: &mut [Line], merges: &mut [Span]) {
    merges.sort_unstable_by_key(|span| (span.top, span.left));
    let mut left = FILLED;
    for span in merges.iter().filter(|span| span.bottom > span.top) {
        let from = lines.partition_point(|line| line.number < span.top);
        let Some(first) = lines.get(from).filter(|line| line.number == span.top) else { continue };
        let value = first.cell(span.left).clone();
        if value == Value::Empty {
            continue;
        }
        for line in lines.iter_mut().skip(from + 1).take_while(|line| line.number <= span.bottom).take(left) {
            left -= 1;
            let at = span.left as usize - 1;
            if line.cells.len() <= at {
                line.cells.resize(at + 1, Value::Empty);
            }
            if let Some(slot) = line.cells.get_mut(at).filter(|slot| slot.is_blank()) {
                *slot = value.clone();
                line.copied.push(span.left);
            }
        }
    }
    for line in lines.iter_mut().filter(|line| !line.copied.is_empty()) {
        line.continued = line.cells.iter().filter(|value| !value.is_blank()).count() == line.copied.len();
    }
}

#[cfg(test)]
mod tests {
    //! Merges.
    use super::*;

    fn line(number: u32, texts: &[&str]) -> Line {
        let cells = texts.iter().map(|t| if t.is_empty() { Value::Empty } else { Value::Text((*t).into()) }).collect();
        Line { number, cells, ..Line::default() }
    }

    #[test]
    fn a_merged_value_goes_down_and_a_row_of_copies_is_marked() {
        let mut lines = vec![line(1, &["一小", "甲"]), line(2, &["", "乙"]), line(3, &["", ""])];
        fill(&mut lines, &mut [Span { top: 1, left: 1, bottom: 3, right: 1 }]);
        assert_eq!(lines[1].cell(1).text(), "一小");
        assert!(!lines[1].continued && lines[2].continued);
    }

    #[test]
    fn a_merge_of_the_whole_sheet_costs_nothing() {
        let mut lines = vec![line(1, &["标题"]), line(9, &["尾"])];
        fill(&mut lines, &mut [Span { top: 1, left: 1, bottom: 1_048_576, right: 16_384 }]);
        assert_eq!((lines.len(), lines[1].cell(1).text().into_owned()), (2, "尾".to_owned()));
    }
}
