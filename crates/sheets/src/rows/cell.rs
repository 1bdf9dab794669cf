//! One value checked against one column.

use super::choice::{self, Chosen};
use super::finding::Weight;
use super::value::{Cell, Named};
use super::{date, identity, is_nothing, number, phone};
use crate::layout::Anchor;
use crate::names::{Match, Resolver};
use crate::{Column, Kind, Value, text};
use std::borrow::Cow;
use std::fmt::Display;
use yanpan_kernel::problem::{
    CELL_DATE_AMBIGUOUS, CELL_DIGITS_LOST, CELL_FORMULA, CELL_NOT_A_CHOICE, CELL_NOT_A_DATE, CELL_NOT_A_NUMBER,
    CELL_NOT_A_PHONE, CELL_NOT_AN_IDENTITY, CELL_NOT_WHOLE, CELL_NOT_YES_OR_NO, CELL_TOO_LONG, CELL_TOO_PRECISE,
    CELL_YEAR_UNKNOWN, Problem, UNIT_UNKNOWN, UNIT_UNSURE,
};

/// Characters in a cell beyond which it is a mistake; Excel allows 32,767.
const LONGEST: usize = 10_000;

/// What checking a cell depends on besides the cell.
#[derive(Clone, Copy)]
pub(super) struct Surroundings<'a> {
    pub resolver: Option<&'a dyn Resolver>,
    pub anchor: Option<Anchor>,
    pub from_1904: bool,
    /// What the heading says in brackets.
    pub bracket: Option<&'a str>,
}

/// What came of a cell.
#[derive(Debug, Clone, Default)]
pub(super) struct Outcome {
    pub cell: Option<Cell>,
    pub remark: Option<String>,
    pub fault: Option<Box<Fault>>,
}

/// What is wrong with a cell, not yet placed.
#[derive(Debug, Clone)]
pub(super) struct Fault {
    pub problem: Problem,
    pub weight: Weight,
    pub suggestion: Option<String>,
}

impl Outcome {
    fn of(cell: Cell) -> Self {
        Self { cell: Some(cell), ..Self::default() }
    }

    fn wrong(problem: Problem, suggestion: Option<String>) -> Self {
        Self { fault: Some(Box::new(Fault { problem, weight: Weight::Wrong, suggestion })), ..Self::default() }
    }
}

/// Checks a value that is not blank, not 「同上」.
pub(super) fn check(column: &Column, value: &Value, around: Surroundings<'_>) -> Outcome {
    if let Value::Error(error) = value {
        let shown = if error.is_empty() { "尚未计算" } else { error };
        return Outcome::wrong(Problem::new(&CELL_FORMULA, &[("value", &shown)]), None);
    }
    match (&column.kind, value) {
        (Kind::Date, Value::Serial(serial)) => return serial_date(*serial, value, around),
        (Kind::Date, Value::Number(number)) => {
            return dated(date::parse_number(*number, around.from_1904, around.anchor), value);
        }
        (Kind::IdentityNumber | Kind::Text | Kind::LongText, Value::Number(number)) if number.abs() >= 1e15 => {
            return Outcome::wrong(Problem::new(&CELL_DIGITS_LOST, &[]), None);
        }
        _ => {}
    }
    let typed = value.text();
    let shown = text::trim(&typed);
    if is_nothing(shown) || (shown == "无" && !takes_any_text(&column.kind) && column.kind != Kind::YesNo) {
        return Outcome::default();
    }
    if shown.len() > LONGEST && shown.chars().count() > LONGEST {
        let count = shown.chars().count();
        return Outcome::wrong(Problem::new(&CELL_TOO_LONG, &[("count", &count), ("limit", &LONGEST)]), None);
    }
    match &column.kind {
        Kind::Text => Outcome::of(Cell::Text(prose(shown, false).into_owned())),
        Kind::LongText => Outcome::of(Cell::Text(prose(shown, true).into_owned())),
        Kind::Picture => Outcome { remark: Some(shown.to_owned()), ..Outcome::default() },
        Kind::Integer => match number::integer(shown) {
            Ok(number) => Outcome::of(Cell::Integer(number)),
            Err(wrong) => numeric(shown, wrong, 0),
        },
        Kind::Decimal { unit, scale } => {
            let known = ["元", "千元", "万元", "亿元", "%"];
            let heading = around.bracket.filter(|bracket| *bracket == unit || known.contains(bracket));
            match number::decimal(shown, number::Wanted { unit, scale: *scale, heading }) {
                Ok(number) => Outcome::of(Cell::Decimal(number)),
                Err(wrong) => numeric(shown, wrong, *scale),
            }
        }
        Kind::Date => dated(date::parse_text(shown, around.anchor), value),
        Kind::Choice { options } => chosen(options, shown),
        Kind::YesNo => match choice::yes_or_no(shown).or_else(|| choice::yes_or_no(&text::split_brackets(shown).0)) {
            Some(answer) => Outcome::of(Cell::YesNo(answer)),
            None => Outcome::wrong(about(&CELL_NOT_YES_OR_NO, shown, &[]), None),
        },
        Kind::Unit => unit(shown, around.resolver),
        Kind::Person => Outcome::of(Cell::Person(Named { text: person(shown), id: None })),
        Kind::Phone => match phone::check(shown) {
            Some(number) => Outcome::of(Cell::Phone(number)),
            None => Outcome::wrong(about(&CELL_NOT_A_PHONE, shown, &[]), None),
        },
        Kind::IdentityNumber => match identity::check(shown) {
            Ok(number) => Outcome::of(Cell::Identity(number)),
            Err(invalid) => {
                Outcome::wrong(about(&CELL_NOT_AN_IDENTITY, shown, &[("reason", &invalid.reason)]), invalid.instead)
            }
        },
    }
}

fn takes_any_text(kind: &Kind) -> bool {
    matches!(kind, Kind::Text | Kind::LongText)
}

/// A problem that quotes the value.
fn about(kind: &'static yanpan_kernel::problem::Kind, value: &str, others: &[(&str, &dyn Display)]) -> Problem {
    let quoted = text::quote(value, 40);
    let mut values: Vec<(&str, &dyn Display)> = vec![("value", &quoted)];
    values.extend_from_slice(others);
    Problem::new(kind, &values)
}

fn serial_date(serial: f64, value: &Value, around: Surroundings<'_>) -> Outcome {
    match date::from_serial(serial, around.from_1904) {
        Some(date) => Outcome::of(Cell::Date(date)),
        None => Outcome::wrong(about(&CELL_NOT_A_DATE, &value.text(), &[]), None),
    }
}

fn dated(read: Result<date::Read, date::Wrong>, value: &Value) -> Outcome {
    let typed = value.text();
    let shown = text::trim(&typed);
    let either = |first, second| {
        let others: [(&str, &dyn Display); 2] = [("first", &first), ("second", &second)];
        about(&CELL_DATE_AMBIGUOUS, shown, &others)
    };
    match read {
        Ok(date::Read { date, other: None }) => Outcome::of(Cell::Date(date)),
        Ok(date::Read { date, other: Some(other) }) => {
            let fault =
                Fault { problem: either(date, other), weight: Weight::Doubt, suggestion: Some(other.to_string()) };
            Outcome { cell: Some(Cell::Date(date)), remark: None, fault: Some(Box::new(fault)) }
        }
        Err(date::Wrong::NotADate(meant)) => {
            Outcome::wrong(about(&CELL_NOT_A_DATE, shown, &[]), meant.map(|date| date.to_string()))
        }
        Err(date::Wrong::NoYear) => Outcome::wrong(about(&CELL_YEAR_UNKNOWN, shown, &[]), None),
        Err(date::Wrong::Either(first, second)) => Outcome::wrong(either(first, second), Some(first.to_string())),
    }
}

fn numeric(shown: &str, wrong: number::Wrong, scale: u8) -> Outcome {
    match wrong {
        number::Wrong::NotANumber(meant) => Outcome::wrong(about(&CELL_NOT_A_NUMBER, shown, &[]), meant),
        number::Wrong::NotWhole(meant) => Outcome::wrong(about(&CELL_NOT_WHOLE, shown, &[]), meant),
        number::Wrong::TooPrecise(rounded) => {
            Outcome::wrong(about(&CELL_TOO_PRECISE, shown, &[("scale", &scale)]), Some(rounded))
        }
    }
}

fn chosen(options: &[crate::Choice], shown: &str) -> Outcome {
    match choice::choose(options, shown) {
        Chosen::Is(value, remark) => Outcome { cell: Some(Cell::Choice(value)), remark, fault: None },
        Chosen::No(near) => {
            let titles: Vec<&str> = options.iter().take(12).map(|option| option.title.as_str()).collect();
            Outcome::wrong(about(&CELL_NOT_A_CHOICE, shown, &[("options", &titles.join("、"))]), near)
        }
    }
}

fn unit(shown: &str, resolver: Option<&dyn Resolver>) -> Outcome {
    let name = person(shown);
    let Some(resolver) = resolver else { return Outcome::of(Cell::Unit(Named { text: name, id: None })) };
    match resolver.unit(&name) {
        Match::Exact(id) | Match::Alias(id) => Outcome::of(Cell::Unit(Named { text: name, id: Some(id) })),
        Match::Near(candidates) => {
            let names: Vec<&str> = candidates.iter().take(5).map(|candidate| candidate.name.as_str()).collect();
            let only = candidates.first().filter(|_| candidates.len() == 1).map(|candidate| candidate.name.clone());
            Outcome::wrong(about(&UNIT_UNSURE, shown, &[("candidates", &names.join("、"))]), only)
        }
        Match::None => Outcome::wrong(about(&UNIT_UNKNOWN, shown, &[]), None),
    }
}

/// A name without the spaces that align two characters with three; Latin names keep theirs.
fn person(shown: &str) -> String {
    let half = text::half_width(shown);
    if half.chars().any(|c| c.is_ascii_alphabetic()) { half.into_owned() } else { text::squeeze(&half).into_owned() }
}

/// Prose as typed, with ordinary digits and letters, without Excel's escapes; on one line unless `long`.
fn prose(shown: &str, long: bool) -> Cow<'_, str> {
    let strange =
        |c: char| matches!(c, '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '\r') || (c == '\n' && !long) || c == '\0';
    if !shown.chars().any(strange) && !shown.contains("_x000") {
        return Cow::Borrowed(shown);
    }
    let plain = shown.replace("_x000D_", "").replace("_x000d_", "").replace("\r\n", "\n").replace('\r', "\n");
    let letter = |c: char| match c {
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '\n' if !long => ' ',
        '\0' => ' ',
        other => other,
    };
    Cow::Owned(text::trim(&plain.chars().map(letter).collect::<String>()).to_owned())
}
