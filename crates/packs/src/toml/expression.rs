//! An expression in a file: its faults are placed where the file has them, whatever quotes and escapes stand between.

use super::item::Item;
use super::origin::origins;
use ::toml::de::DeValue;
use yanpan_kernel::problem::{PACK_EXPRESSION, Place, Problem};
use yanpan_rules::{Expression, Fault, Type, Vocabulary};

/// An expression that knows where it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlacedExpression {
    /// The expression.
    pub expression: Expression,
    written: Written,
}

impl PlacedExpression {
    pub(super) fn read(item: &Item<'_>) -> Option<Self> {
        let DeValue::String(source) = item.value else { return None };
        let written = Written::of(item, source);
        match Expression::parse(source) {
            Ok(expression) => Some(Self { expression, written }),
            Err(faults) => {
                for fault in faults {
                    item.reader.report_placed(item.span.0, written.problem(&fault));
                }
                None
            }
        }
    }

    /// Where the expression begins.
    #[must_use]
    pub fn place(&self) -> Place {
        self.written.place(1, 1)
    }

    /// Everything in it that the vocabulary does not allow, placed in the file; `wanted` is the type of its value.
    #[must_use]
    pub fn check_as(&self, vocabulary: &Vocabulary, wanted: &Type) -> Vec<Problem> {
        self.expression.check_as(vocabulary, wanted).iter().map(|fault| self.written.problem(fault)).collect()
    }

    /// The problem of a fault that checking the expression found, placed in the file.
    #[must_use]
    pub fn problem(&self, fault: &Fault) -> Problem {
        self.written.problem(fault)
    }
}

/// Runs of characters that follow one another in the file as they do in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Written {
    file: String,
    path: String,
    /// Index of the first character of each line of the text.
    lines: Vec<usize>,
    /// Index of the first character of a run, and its line and column in the file.
    runs: Vec<(usize, u32, u32)>,
}

impl Written {
    fn of(item: &Item<'_>, source: &str) -> Self {
        let reader = item.reader;
        let raw = reader.text.get(item.span.0..item.span.1).unwrap_or_default();
        let mut runs: Vec<(usize, u32, u32)> = Vec::new();
        let mut expected = None;
        for (index, origin) in origins(raw).into_iter().enumerate() {
            let (line, column) = reader.position(item.span.0 + origin);
            if expected != Some((line, column)) {
                runs.push((index, line, column));
            }
            expected = Some((line, column + 1));
        }
        let after = source.chars().enumerate().filter(|(_, letter)| *letter == '\n').map(|(index, _)| index + 1);
        let lines = std::iter::once(0).chain(after).collect();
        Self { file: reader.file.to_owned(), path: item.path.clone(), lines, runs }
    }

    fn place(&self, line: u32, column: u32) -> Place {
        let count = |number: u32| usize::try_from(number.saturating_sub(1)).unwrap_or(usize::MAX);
        let start = self.lines.get(count(line)).copied().unwrap_or_default();
        let index = start.saturating_add(count(column));
        let run = self.runs.partition_point(|(first, ..)| *first <= index).saturating_sub(1);
        let (first, line, column) = self.runs.get(run).copied().unwrap_or((0, 1, 1));
        let along = u32::try_from(index.saturating_sub(first)).unwrap_or_default();
        Place::line(self.file.as_str(), line, column.saturating_add(along))
    }

    fn problem(&self, fault: &Fault) -> Problem {
        Problem::new(&PACK_EXPRESSION, &[("key", &self.path), ("reason", &fault.message)])
            .at(self.place(fault.line, fault.column))
    }
}
