//! The SELECT of an indicator or listing: one statement, known dates, known views, each problem at its word.

use super::draft::Draft;
use crate::toml::{Placed, Table};
use yanpan_kernel::problem::{Place, Problem};

/// Dates that a SELECT may name.
const DATES: [&str; 4] = ["first", "last", "previous_last", "next_last"];

/// Reads `sql`; the views that it names are looked up once all are known.
pub fn read(draft: &mut Draft, table: &Table<'_>) -> String {
    let mut problems = Vec::new();
    let mut views = Vec::new();
    let field = table.field("sql", "一个 SELECT", |item| {
        let text = item.text()?;
        let place = |at: usize| item.place_within(text.get(..at).map_or(0, |before| before.chars().count()));
        let words = words(&text);
        problems.extend(statement(&text, &words, &place));
        for (at, view) in sources(&words) {
            views.push(Placed { value: view.to_owned(), place: place(at) });
        }
        Some(text)
    });
    let text = field.required_or(String::new());
    draft.problems.extend(problems);
    draft.views.extend(views);
    text
}

fn statement(text: &str, words: &[(usize, &str)], place: &dyn Fn(usize) -> Place) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut refuse = |at: usize, value: &str, reason: &str| {
        problems.push(super::draft::refusal("sql", value, reason, &place(at)));
    };
    let (at, first) = words.first().copied().unwrap_or((0, ""));
    if !["SELECT", "WITH"].contains(&first.to_uppercase().as_str()) {
        refuse(at, first, "只能是一个 SELECT");
    }
    if let Some((at, _)) = words.iter().find(|(_, word)| *word == ";") {
        refuse(*at, ";", "只能是一个语句，不写分号");
    }
    for (at, word) in words {
        let Some(name) = word.strip_prefix('$') else { continue };
        if !DATES.contains(&name) {
            refuse(*at, word, &format!("可用的日期:${}", DATES.join("、$")));
        }
    }
    if text.matches('\'').count() % 2 == 1 {
        refuse(0, first, "引号没有成对");
    }
    problems
}

/// Names after FROM and JOIN that are no expressions of the statement's own (`WITH x AS`).
fn sources<'a>(words: &[(usize, &'a str)]) -> Vec<(usize, &'a str)> {
    let own: Vec<&str> = words
        .windows(3)
        .filter_map(|three| match three {
            [(_, name), (_, word), (_, "(")] if word.eq_ignore_ascii_case("AS") => Some(*name),
            _ => None,
        })
        .collect();
    let mut sources = Vec::new();
    let mut inside_call = Vec::new();
    let mut before = "";
    for pair in words.windows(2) {
        let [(_, word), (at, next)] = pair else { continue };
        match *word {
            // `extract(year FROM x)` names no view.
            "(" => inside_call.push(["extract", "trim", "substring"].contains(&before.to_lowercase().as_str())),
            ")" => drop(inside_call.pop()),
            _ => {}
        }
        let source = word.eq_ignore_ascii_case("FROM") || word.eq_ignore_ascii_case("JOIN");
        let name = next.starts_with(|first: char| first.is_alphabetic() || first == '_');
        if source && name && !own.contains(next) && inside_call.last() != Some(&true) {
            sources.push((*at, *next));
        }
        before = word;
    }
    sources
}

/// Words, `$names` and single signs with the byte where each begins; texts in quotes and comments are passed over.
fn words(text: &str) -> Vec<(usize, &str)> {
    let mut words = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let first = rest.chars().next().unwrap_or(' ');
        let word = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '$' | '.');
        let length = if first == '\'' {
            rest.get(1..).and_then(|inner| inner.find('\'')).map_or(rest.len(), |end| end + 2)
        } else if rest.starts_with("--") {
            rest.find('\n').unwrap_or(rest.len())
        } else if word(first) {
            let length = rest.find(|letter| !word(letter)).unwrap_or(rest.len());
            words.extend(rest.get(..length).map(|found| (at, found)));
            length
        } else {
            if !first.is_whitespace() {
                words.extend(rest.get(..first.len_utf8()).map(|found| (at, found)));
            }
            first.len_utf8()
        };
        at += length;
    }
    words
}
