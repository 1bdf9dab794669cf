//! Citizen identity numbers: GB 11643-1999, check digit by ISO 7064 MOD 11-2.

use crate::text;
use jiff::civil::Date;

const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS: &str = "10X98765432";

/// What is wrong with an identity number: a Chinese reason and, when it can be known, the right number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invalid {
    /// Reason, for a message.
    pub reason: &'static str,
    /// The number meant, if that is certain (15 digits brought to 18).
    pub instead: Option<String>,
}

/// Checks a number and gives it in its normal writing: 18 characters, `X` in capitals, masks kept.
///
/// # Errors
/// Wrong length or characters, impossible birth date, or wrong check digit.
pub fn check(input: &str) -> Result<String, Invalid> {
    let half = text::half_width(input);
    let number: String = text::squeeze(&half).trim_start_matches(['\'', '`']).to_uppercase();
    let invalid = |reason| Invalid { reason, instead: None };
    if number.contains('*') {
        let right = number.len() == 18 && number.chars().all(|c| c.is_ascii_digit() || matches!(c, '*' | 'X'));
        return if right { Ok(number) } else { Err(invalid("隐去号码应仍有 18 位")) };
    }
    if !number.chars().enumerate().all(|(at, c)| c.is_ascii_digit() || (c == 'X' && at == 17)) {
        return Err(invalid("有不该有的字符"));
    }
    match number.len() {
        18 => {}
        15 => return Err(Invalid { reason: "是 15 位的旧号码", instead: upgrade(&number) }),
        _ => return Err(invalid("应有 18 位")),
    }
    if birth_date(&number).is_none() {
        return Err(invalid("出生日期不存在"));
    }
    let first = number.get(..17).unwrap_or_default();
    if check_digit(first) != number.chars().last() {
        return Err(invalid("校验位不符，请核对各位数字"));
    }
    Ok(number)
}

/// The birth date in an 18-digit number.
#[must_use]
pub fn birth_date(number: &str) -> Option<Date> {
    let part = |from: usize, to: usize| number.get(from..to)?.parse::<i16>().ok();
    let (month, day) = (i8::try_from(part(10, 12)?).ok()?, i8::try_from(part(12, 14)?).ok()?);
    Date::new(part(6, 10)?, month, day).ok().filter(|date| (1900..=2150).contains(&date.year()))
}

/// The check digit of the first 17 digits.
#[must_use]
pub fn check_digit(first: &str) -> Option<char> {
    if first.len() != 17 {
        return None;
    }
    let digits: Option<Vec<u32>> = first.chars().map(|c| c.to_digit(10)).collect();
    let sum: u32 = digits?.iter().zip(WEIGHTS).map(|(digit, weight)| digit * weight).sum();
    CHECKS.chars().nth((sum % 11) as usize)
}

/// A number of the first generation with its century and check digit.
fn upgrade(number: &str) -> Option<String> {
    let first = format!("{}19{}", number.get(..6)?, number.get(6..)?);
    let full = format!("{first}{}", check_digit(&first)?);
    birth_date(&full).map(|_| full)
}

#[cfg(test)]
mod tests {
    //! Identity numbers; those here are made up.
    use super::*;

    #[test]
    fn a_right_number_passes_in_any_writing() {
        assert_eq!(check("11010519491231002x"), Ok("11010519491231002X".to_owned()));
        assert_eq!(check(" １１０１０５ 19491231 002X "), Ok("11010519491231002X".to_owned()));
        assert_eq!(check("110***********002X"), Ok("110***********002X".to_owned()));
    }

    #[test]
    fn a_wrong_number_is_named() {
        for (number, reason) in [
            ("110105194912310021", "校验位不符，请核对各位数字"),
            ("110105194913310025", "出生日期不存在"),
            ("1101051949123", "应有 18 位"),
            ("11010519491231O02X", "有不该有的字符"),
        ] {
            assert_eq!(check(number).unwrap_err().reason, reason, "{number}");
        }
        assert_eq!(check("110105491231002").unwrap_err().instead, Some("11010519491231002X".to_owned()));
    }
}
