//! What the model promises: numbering and widths.

use super::*;

#[test]
fn headings_count_per_level_and_begin_anew_under_each_higher_one() {
    let mut numbering = Numbering::default();
    let marks: Vec<_> =
        [Level::First, Level::Second, Level::Second, Level::Third, Level::Fourth, Level::First, Level::Second]
            .map(|level| numbering.next(level))
            .to_vec();
    assert_eq!(
        marks,
        ["一、", "\u{ff08}一\u{ff09}", "\u{ff08}二\u{ff09}", "1.", "\u{ff08}1\u{ff09}", "二、", "\u{ff08}一\u{ff09}"]
    );
}

#[test]
fn chinese_numbers_are_written_as_headings_write_them() {
    assert_eq!([1, 10, 11, 20, 21, 99, 100].map(chinese).join(" "), "一 十 十一 二十 二十一 九十九 100");
}

#[test]
fn shares_fill_the_line_and_follow_the_given_widths() {
    let table = Table { header: vec!["序号".into(), "描述".into()], widths: vec![1, 3], ..Table::default() };
    assert_eq!(share(&table, &Document::default()), [250, 750]);
    let by_content =
        Table { header: vec!["序号".into(), "单位名称".into(), "级别".into()], ..Table::default() };
    assert_eq!(share(&by_content, &Document::default()).iter().sum::<u32>(), 1000);
}
