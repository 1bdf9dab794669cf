//! The file being read: its text, its lines, and the problems found so far.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fmt::Display;
use yanpan_kernel::problem::{Kind, Place, Problem};

/// Problems kept of one file; after so many the first ones have to be mended anyway.
const MOST: usize = 500;

pub(super) struct Reader<'a> {
    pub file: &'a str,
    pub text: &'a str,
    /// First byte of each line.
    lines: Vec<usize>,
    found: RefCell<Found>,
}

#[derive(Default)]
struct Found {
    problems: Vec<(usize, Problem)>,
    /// Lines that are not TOML: what was made of them is no ground for further complaints.
    broken: BTreeSet<u32>,
}

impl<'a> Reader<'a> {
    pub fn new(file: &'a str, text: &'a str) -> Self {
        let after = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(index, _)| index + 1);
        let lines = std::iter::once(0).chain(after).collect();
        Self { file, text, lines, found: RefCell::default() }
    }

    /// Line and column in characters, both from 1, of a byte.
    pub fn position(&self, byte: usize) -> (u32, u32) {
        let line = self.lines.partition_point(|start| *start <= byte);
        let start = self.lines.get(line.saturating_sub(1)).copied().unwrap_or_default();
        let column =
            self.text.get(start..byte).map_or(0, |before| before.trim_start_matches('\u{feff}').chars().count());
        let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        (number(line), number(column).saturating_add(1))
    }

    pub fn place(&self, byte: usize) -> Place {
        let (line, column) = self.position(byte);
        Place::line(self.file, line, column)
    }

    /// Reports a problem at a byte, unless its line is no TOML.
    pub fn report(&self, byte: usize, kind: &'static Kind, values: &[(&str, &dyn Display)]) {
        let (line, column) = self.position(byte);
        self.keep(byte, Problem::new(kind, values).at(Place::line(self.file, line, column)), line);
    }

    /// Reports that a line is no TOML.
    pub fn report_syntax(&self, byte: usize, kind: &'static Kind, values: &[(&str, &dyn Display)]) {
        self.report(byte, kind, values);
        self.found.borrow_mut().broken.insert(self.position(byte).0);
    }

    /// Reports a problem that is already placed in this file.
    pub fn report_placed(&self, byte: usize, problem: Problem) {
        let line = problem.place.line.unwrap_or_default();
        self.keep(byte, problem, line);
    }

    /// Reports a problem at a place of this file.
    pub fn report_at(&self, place: &Place, kind: &'static Kind, values: &[(&str, &dyn Display)]) {
        let line = place.line.unwrap_or(1);
        let start = self.lines.get(usize::try_from(line).unwrap_or_default().saturating_sub(1)).copied();
        let column: usize = place.column.as_deref().and_then(|column| column.parse().ok()).unwrap_or_default();
        self.keep(start.unwrap_or_default() + column, Problem::new(kind, values).at(place.clone()), line);
    }

    fn keep(&self, byte: usize, problem: Problem, line: u32) {
        let mut found = self.found.borrow_mut();
        if found.problems.len() < MOST && !found.broken.contains(&line) {
            found.problems.push((byte, problem));
        }
    }

    /// The problems in the order of the file.
    pub fn into_problems(self) -> Vec<Problem> {
        let mut problems = self.found.into_inner().problems;
        problems.sort_by_key(|(byte, _)| *byte);
        problems.into_iter().map(|(_, problem)| problem).collect()
    }
}
