//! The tables of one sheet: headers found, columns bound, each body up to the next header.

use super::header::{self, Header};
use super::headings::{Likeness, Names, is_neutral};
use super::{Binding, By, Found, Hints, LEAST, SURE, Unknown, context, samples};
use crate::{Column, Kind, Sheet, Target, Value, Workbook, text};
use std::collections::BTreeSet;

/// Rows in which the first header is sought without a second thought.
const FIRST_ROWS: u32 = 10;

/// Whether a sheet's name says that it explains rather than holds.
pub(super) fn is_instruction(name: &str) -> bool {
    ["说明", "须知", "填表", "填写", "字典", "选项", "示例", "样例", "数据源", "下拉"]
        .iter()
        .any(|word| name.contains(word))
}

/// Finds the tables of a sheet.
pub(super) fn find(workbook: &Workbook, index: usize, target: &Target, hints: &Hints) -> Vec<Found> {
    let Some(sheet) = workbook.sheets.get(index) else { return Vec::new() };
    let names = Names::new(target);
    let headers = headers(sheet, &names, hints, target);
    let ends =
        headers.iter().skip(1).map(|next| title_above(sheet, next.top) - 1).chain([u32::MAX]).collect::<Vec<_>>();
    let mut above = 1;
    let mut out: Vec<Found> = Vec::new();
    for (header, end) in headers.iter().zip(ends) {
        let last =
            sheet.lines.iter().rev().map(|line| line.number).find(|number| *number <= end).unwrap_or(header.bottom);
        let body = (header.bottom + 1, last);
        let mut found = bind(sheet, header, body, (target, &names, hints));
        found.sheet = index;
        found.context = context::read(workbook, sheet, (above, header.top), body, hints);
        if let Some(before) = out.last() {
            found.context.inherit(&before.context);
        }
        stand(&mut found, sheet, target);
        above = end.saturating_add(1);
        out.push(found);
    }
    out
}

/// Lets a unit without a column stand above the table, or in rows of its own of which the first stands below the header.
fn stand(found: &mut Found, sheet: &Sheet, target: &Target) {
    let unbound = |column: &&Column| column.kind == Kind::Unit && found.binding(&column.key).is_none();
    let Some(column) = target.columns.iter().find(unbound) else { return };
    let first = sheet.line(found.body.0).filter(|line| line.only_text().is_some());
    if found.context.unit.is_none() && first.is_none() {
        return;
    }
    found.missing.retain(|key| *key != column.key);
    let (heading, key, by) = (column.title.clone(), column.key.clone(), By::Name);
    found.standing = Some(Binding { column: 0, heading, key, confidence: 1.0, by, option: None, bracket: None });
}

/// The first of the title and context lines right above a header; the header's own row if there are none.
fn title_above(sheet: &Sheet, top: u32) -> u32 {
    let above = sheet.lines.iter().rev().skip_while(|line| line.number >= top);
    let lone = |line: &&crate::Line| {
        let texts: Vec<_> = line.cells.iter().filter(|value| !value.is_blank()).collect();
        texts.len() == 1 || texts.iter().all(|value| value.text().contains([':', '：']))
    };
    above.take_while(lone).last().map_or(top, |line| line.number)
}

/// All headers of a sheet, top to bottom.
fn headers(sheet: &Sheet, names: &Names<'_>, hints: &Hints, target: &Target) -> Vec<Header> {
    let good = |header: &Header| {
        let wanted = if names.size() > 1 { 2 } else { 1 };
        header.hits >= wanted && header.score >= if names.size() > 1 { 1.0 } else { 0.9 }
    };
    let mut out: Vec<Header> = Vec::new();
    for row in 1..=FIRST_ROWS {
        let Some(header) = header::starting_at(sheet, row, names) else { continue };
        let mapped = hints.mapping.iter().chain(&hints.remembered).any(|mapping| {
            header.paths.iter().filter(|(_, path)| matches!(mapping.of(path, target), Some(Some(_)))).count() >= 2
        });
        if !good(&header) && !mapped {
            continue;
        }
        match out.last_mut() {
            None => out.push(header),
            Some(last) if !has_rows(sheet, last.bottom, header.top) => {
                if header.score > last.score + 0.2 {
                    *last = header;
                }
            }
            Some(last) if header.leaves() != last.leaves() && header.top > last.bottom => out.push(header),
            Some(_) => {}
        }
    }
    // Beside the header of a table a line that merely resembles one counts for little.
    let best = out.iter().map(|header| header.score).fold(0.0, f64::max);
    out.retain(|header| header.score * 2.0 >= best);
    let mut after = out.last().map_or(FIRST_ROWS, |header| header.bottom);
    for line in &sheet.lines {
        if line.number <= after || !may_start(line, names) {
            continue;
        }
        if let Some(header) =
            header::starting_at(sheet, line.number, names).filter(|header| good(header) && header.hits >= 2)
        {
            after = header.bottom;
            // The same single line again, as printed on every page, is no new table.
            let again = header.top == header.bottom && out.last().is_some_and(|last| last.leaves() == header.leaves());
            if !again {
                out.push(header);
            }
        }
    }
    out
}

/// Whether records stand between two rows.
fn has_rows(sheet: &Sheet, above: u32, below: u32) -> bool {
    let between = sheet.lines.iter().filter(|line| line.number > above && line.number < below);
    between.into_iter().any(|line| line.cells.iter().filter(|value| !value.is_blank()).count() >= 2)
}

/// A cheap look at a row deep in the sheet: do its first two texts stand in headers?
fn may_start(line: &crate::Line, names: &Names<'_>) -> bool {
    let mut first = line.cells.iter().filter(|value| !value.is_blank()).take(2);
    let known =
        |value: Option<&Value>| matches!(value, Some(Value::Text(text)) if text.len() <= 60 && names.knows(text));
    known(first.next()) && known(first.next())
}

/// Gives each column to the key that it looks most like, each key once.
fn bind(
    sheet: &Sheet,
    header: &Header,
    body: (u32, u32),
    (target, names, hints): (&Target, &Names<'_>, &Hints),
) -> Found {
    let fingerprint = fingerprint(&target.key, header);
    let memory = hints.remembered.iter().find(|mapping| mapping.fingerprint.as_deref() == Some(fingerprint.as_str()));
    let (mut bindings, mut settled, mut guesses) = (Vec::new(), BTreeSet::new(), Vec::new());
    let mut left_out = Vec::new();
    for (column, path) in header.paths.iter().filter(|(_, path)| !path.is_empty()) {
        let said = hints.mapping.as_ref().and_then(|mapping| mapping.of(path, target)).map(|key| (key, By::Mapping));
        match said.or_else(|| memory.and_then(|mapping| mapping.of(path, target)).map(|key| (key, By::Memory))) {
            Some((key, by)) => {
                settled.insert(*column);
                if key.is_none() {
                    left_out.push(path.join("/"));
                }
                bindings.extend(key.map(|key| binding((*column, path), key, (1.0, by), None)));
            }
            None => {
                let likes = names.like(path);
                guesses.extend(likes.into_iter().map(|like| weighed(sheet, body, (*column, path), like, target)));
            }
        }
    }
    guesses.sort_by(|a, b| b.1.score.total_cmp(&a.1.score).then(a.0.0.cmp(&b.0.0)));
    for ((column, path), like) in guesses {
        let Some(key) = target.columns.get(like.column).map(|column| &column.key) else { continue };
        let taken =
            |b: &Binding| b.column == column || (b.key == *key && (b.option.is_none() || like.option.is_none()));
        if like.score < LEAST || settled.contains(&column) || bindings.iter().any(taken) {
            continue;
        }
        let by = if like.score >= SURE { By::Name } else { By::Likeness };
        bindings.push(binding((column, path), key.clone(), (like.score.min(1.0), by), like.option));
    }
    bindings.sort_by_key(|binding| binding.column);
    let unknown = unknown(sheet, header, body, (&bindings, &settled));
    let has = |key: &str| bindings.iter().any(|binding| binding.key == key);
    let missing =
        target.columns.iter().filter(|column| column.required && !has(&column.key)).map(|column| column.key.clone());
    let of_no_meaning = |path: &[String]| path.last().is_some_and(|leaf| is_neutral(&text::fold(leaf)));
    let neutral = header.paths.iter().filter(|(_, path)| of_no_meaning(path)).map(|(column, _)| *column);
    let count = bindings.len().max(1) as f64;
    Found {
        sheet: 0,
        name: sheet.name.clone(),
        header: (header.top, header.bottom),
        body,
        columns: (1, header.paths.last().map_or(1, |(column, _)| *column)),
        unknown,
        left_out,
        neutral: neutral.collect(),
        missing: missing.collect(),
        standing: None,
        context: context::Context::default(),
        confidence: bindings.iter().map(|binding| binding.confidence).sum::<f64>() / count,
        fingerprint,
        bindings,
    }
}

type At<'h> = (u32, &'h Vec<String>);

/// A guess weighed by what stands below: values that do not fit speak against it, values that fit for it.
fn weighed<'h>(sheet: &Sheet, body: (u32, u32), at: At<'h>, mut like: Likeness, target: &Target) -> (At<'h>, Likeness) {
    if like.score < SURE
        && let Some(column) = target.columns.get(like.column)
    {
        match samples::share(column, &samples::below(sheet, body, at.0)) {
            Some(share) if share < 0.5 => like.score = 0.0,
            Some(share) if share > 0.8 => like.score += 0.1,
            _ => {}
        }
    }
    (at, like)
}

fn binding((column, path): At<'_>, key: String, (confidence, by): (f64, By), option: Option<String>) -> Binding {
    let bracket = path.iter().rev().find_map(|heading| text::split_brackets(heading).1);
    Binding { column, heading: path.join("/"), key, confidence, by, option, bracket }
}

fn unknown(
    sheet: &Sheet,
    header: &Header,
    body: (u32, u32),
    (bindings, settled): (&[Binding], &BTreeSet<u32>),
) -> Vec<Unknown> {
    let open = header.paths.iter().filter(|(column, path)| {
        let neutral = path.last().is_none_or(|leaf| is_neutral(&text::fold(leaf)));
        !neutral && !settled.contains(column) && bindings.iter().all(|binding| binding.column != *column)
    });
    open.filter_map(|(column, path)| {
        let samples = samples::below(sheet, body, *column);
        let samples: Vec<String> =
            samples.iter().take(3).map(|value| text::quote(&value.text(), 30).into_owned()).collect();
        (!samples.is_empty()).then(|| Unknown { column: *column, heading: path.join("/"), samples })
    })
    .collect()
}

/// FNV-1a over the target's key and the headings in order (Fowler, Noll, Vo; 64 bits): stable across versions and machines.
fn fingerprint(key: &str, header: &Header) -> String {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let headings = header.paths.iter().map(|(_, path)| text::fold(&path.concat()));
    for part in std::iter::once(key.to_owned()).chain(headings) {
        for byte in part.bytes().chain([0x1F]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    format!("{hash:016x}")
}
