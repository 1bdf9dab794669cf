//! Comparable text.

use super::*;

#[test]
fn full_width_digits_and_spaces_become_ordinary() {
    assert_eq!(half_width("２０２６　年１０月"), "2026 年10月");
    assert_eq!(fold(" 联系 电话＊："), "联系电话");
}

#[test]
fn brackets_are_parted_from_the_name() {
    assert_eq!(split_brackets("资金（万元）"), ("资金".to_owned(), Some("万元".to_owned())));
    assert_eq!(split_brackets("单位"), ("单位".to_owned(), None));
}

#[test]
fn chinese_numerals_up_to_ten_thousands_are_read() {
    for (text, number) in
        [("三", 3), ("十二", 12), ("二十", 20), ("一百零五", 105), ("两千", 2000), ("三万五千", 35_000)]
    {
        assert_eq!(chinese_number(text), Some(number), "{text}");
    }
    assert_eq!(chinese_number("若干"), None);
}
