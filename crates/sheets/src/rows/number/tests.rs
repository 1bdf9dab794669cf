//! Numbers with units, marks and words.

use super::*;

const WAN: Wanted<'static> = Wanted { unit: "万元", scale: 4, heading: None };

#[test]
fn amounts_are_brought_to_the_unit_of_the_column_exactly() {
    for (text, amount) in [
        ("0.03万", "0.0300"),
        ("0.03万元", "0.0300"),
        ("300元", "0.0300"),
        ("３００元", "0.0300"),
        ("1,200元", "0.1200"),
        ("￥3", "3.0000"),
        ("3", "3.0000"),
        ("三万", "3.0000"),
        ("-0.5", "-0.5000"),
        ("0.0000", "0.0000"),
    ] {
        assert_eq!(decimal(text, WAN).map(|number| number.to_string()), Ok(amount.to_owned()), "{text}");
    }
    let heading = Wanted { heading: Some("元"), ..WAN };
    assert_eq!(decimal("300", heading).map(|number| number.to_string()), Ok("0.0300".to_owned()));
}

#[test]
fn too_many_digits_suggest_the_rounded_number() {
    let wanted = Wanted { unit: "万元", scale: 2, heading: None };
    assert_eq!(decimal("0.035", wanted), Err(Wrong::TooPrecise("0.04".into())));
    assert_eq!(decimal("若干", wanted), Err(Wrong::NotANumber(None)));
    assert_eq!(decimal("99999999999999999999", wanted), Err(Wrong::NotANumber(None)));
}

#[test]
fn counts_take_a_counting_word_or_chinese_numerals() {
    for (text, count) in
        [("32处", 32), ("３２", 32), ("三处", 3), ("12.0", 12), ("1,024", 1024), ("2万", 20_000), ("十二名", 12)]
    {
        assert_eq!(integer(text), Ok(count), "{text}");
    }
    assert_eq!(integer("1.5"), Err(Wrong::NotWhole(None)));
    assert_eq!(integer("3楼东侧"), Err(Wrong::NotANumber(Some("3".into()))));
}

#[test]
fn floating_noise_is_not_shown() {
    for (number, text) in [(0.1 + 0.2, "0.3"), (3.0, "3"), (10.8, "10.8"), (13_800_138_000.0, "13800138000")] {
        assert_eq!(plain(number), text);
    }
}
