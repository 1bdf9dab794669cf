//! Telephone numbers: mobile, fixed with area code, short ones; masked ones are kept.

use crate::text;

/// The number in its normal writing, several joined by `、`; nothing when it is none.
pub(crate) fn check(input: &str) -> Option<String> {
    let half = text::half_width(input);
    let parts = half.split(['、', '/', ';', ',', '\n', ';']).map(text::squeeze).filter(|part| !part.is_empty());
    let numbers: Option<Vec<String>> = parts.map(|part| one(&part)).collect();
    let numbers = numbers?;
    (!numbers.is_empty()).then(|| numbers.join("、"))
}

fn one(part: &str) -> Option<String> {
    let (number, _) = text::split_brackets(part);
    let number = if number.is_empty() { part.replace(['(', ')'], "-") } else { number };
    let number = number.trim_start_matches("+86").trim_start_matches("86-").trim_matches('-');
    if !number.chars().all(|c| c.is_ascii_digit() || matches!(c, '*' | '-')) {
        return None;
    }
    let digits: String = number.chars().filter(|c| *c != '-').collect();
    let mobile =
        digits.len() == 11 && digits.starts_with('1') && !digits.starts_with("10") && !digits.starts_with("12");
    let fixed = digits.starts_with('0') && (10..=16).contains(&digits.len());
    let local = (7..=8).contains(&digits.len()) && digits.starts_with(|c: char| matches!(c, '2'..='8' | '*'));
    let network = (5..=6).contains(&digits.len()) && !digits.starts_with('0') && !digits.contains('*');
    let short = network || matches!(digits.as_str(), "110" | "119" | "120" | "122");
    let mobile_text = if mobile { digits.clone() } else { number.to_owned() };
    (mobile || fixed || local || short).then_some(mobile_text)
}

#[cfg(test)]
mod tests {
    //! Telephone numbers.
    use super::*;

    #[test]
    fn usual_numbers_pass_and_others_do_not() {
        for (input, output) in [
            ("138 0013 8000", "13800138000"),
            ("138****0950", "138****0950"),
            ("010-62345678", "010-62345678"),
            ("１３８００１３８０００", "13800138000"),
            ("13800138000/62345678", "13800138000、62345678"),
        ] {
            assert_eq!(check(input).as_deref(), Some(output), "{input}");
        }
        for input in ["1380013800", "张老师", "138001380001", "12800138000", "123"] {
            assert_eq!(check(input), None, "{input}");
        }
    }
}
