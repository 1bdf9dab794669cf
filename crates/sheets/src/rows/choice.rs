//! Closed lists and yes or no: exact words, their synonyms, remarks in brackets, near misses.

use crate::{Choice, Column, Kind, text};

/// What a text says of a closed list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Chosen {
    /// The stored value, and a remark beside it.
    Is(String, Option<String>),
    /// None of them; perhaps this title.
    No(Option<String>),
}

/// Finds the option that a text names.
pub(crate) fn choose(options: &[Choice], input: &str) -> Chosen {
    if let Some(option) = named(options, &text::fold(input)) {
        return Chosen::Is(option.value.clone(), None);
    }
    let (outside, inside) = text::split_brackets(input);
    if let Some(option) = named(options, &text::fold(&outside)) {
        return Chosen::Is(option.value.clone(), inside.filter(|remark| !remark.is_empty()));
    }
    // 「已整改,见图」 and 「☑一般」: the word first, the remark after a mark.
    let bare = outside.trim_start_matches(['√', '☑', '✓', '✔', '■', '●']);
    let (head, tail) = bare.split_once([',', ',', ';', ';', ':', ':', ' ']).unwrap_or((bare, ""));
    if let Some(option) = named(options, &text::fold(head)) {
        return Chosen::Is(option.value.clone(), (!tail.is_empty()).then(|| text::trim(tail).to_owned()));
    }
    Chosen::No(nearest(options, &text::fold(&outside)))
}

fn words(option: &Choice) -> impl Iterator<Item = &String> {
    [&option.title, &option.value].into_iter().chain(&option.synonyms)
}

fn named<'o>(options: &'o [Choice], folded: &str) -> Option<&'o Choice> {
    (!folded.is_empty()).then(|| options.iter().find(|option| words(option).any(|word| text::fold(word) == folded)))?
}

/// The only option that contains the text, is contained in it, or is one letter off.
fn nearest(options: &[Choice], folded: &str) -> Option<String> {
    let near = |option: &&Choice| {
        words(option).map(|word| text::fold(word)).any(|word| {
            let long = word.chars().count() >= 2 && folded.chars().count() >= 2;
            long && (folded.contains(&word) || word.contains(folded) || crate::names::distance(&word, folded) <= 1)
        })
    };
    let mut hits = options.iter().filter(near);
    match (hits.next(), hits.next()) {
        (Some(only), None) => Some(only.title.clone()),
        _ => None,
    }
}

/// Whether a text could be a value of this choice column.
pub(crate) fn like(column: &Column, input: &str) -> bool {
    match &column.kind {
        Kind::Choice { options } => !matches!(choose(options, input), Chosen::No(None)),
        _ => false,
    }
}

/// 是 or 否 in their usual writings.
pub(crate) fn yes_or_no(input: &str) -> Option<bool> {
    match text::fold(input).as_str() {
        "是" | "有" | "√" | "✓" | "✔" | "☑" | "y" | "yes" | "1" | "已" | "对" | "true" | "是的" | "v" | "■" => {
            Some(true)
        }
        "否" | "无" | "×" | "✗" | "✕" | "✘" | "x" | "n" | "no" | "0" | "未" | "错" | "false" | "不是" | "没有"
        | "□" | "☐" => Some(false),
        _ => None,
    }
}
