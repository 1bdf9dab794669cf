//! What does not parse is said at its place in words that tell what to write.

use super::*;
use proptest::prelude::*;

#[test]
fn a_slip_is_named_at_its_line_and_column() {
    let check = |text: &str, line: u32, column: u32, part: &str| {
        let faults = parse(text).unwrap_err();
        let fault = faults.first().unwrap();
        assert_eq!((fault.line, fault.column), (line, column), "{text}: {fault}");
        assert!(fault.message.contains(part), "{text}: {fault}");
    };
    check("", 1, 1, "这里应为一个值，现在是表达式的结尾");
    check("case.level = '重大'", 1, 12, "判断相等要写 ==");
    check("case.level == “重大”", 1, 15, "「“」请改成半角的 '");
    check("role(\u{ff08}'a')", 1, 6, "请改成半角的 (");
    check("级别 == '重大'", 1, 1, "名称只能用英文字母");
    check("a and b", 1, 3, "「并且」要写 &&");
    check("a &&\n  (b ||", 2, 8, "表达式的结尾");
    check("'重大' == a b", 1, 11, "「b」放在这里不成句");
    check("a & b", 1, 3, "「并且」要写 &&");
    check("case.level == '重大", 1, 15, "文字没有结束");
    check("1 < n < 3", 1, 7, "比较不能连写");
    check("size(1, 2)", 1, 1, "「size」要 1 个参数，现在是 2 个");
    check("now.days(x)", 1, 1, "应写成 days(…)");
    check("has(1)", 1, 1, "has(…) 里应为一个名称");
    check("a.exists(1, b)", 1, 1, "列表.exists(x, 条件)");
    check("a.matches('(')", 1, 11, "正则式写错了");
    check("a.matches(b)", 1, 11, "正则式应直接写成文字");
    check("{'a': 1}", 1, 1, "不能写记录");
    check("1e5", 1, 1, "科学记数法");
    check("99999999999999999999", 1, 1, "整数太大");
    check("a.", 1, 3, "「.」后面应为名称");
    check("f(1,", 1, 5, "这里应为一个值");
    check("if", 1, 1, "保留字");
    check("'\\d'", 1, 2, "正则式请写 r'…'");
}

#[test]
fn what_is_hostile_is_refused_and_not_obeyed() {
    let deep = "(".repeat(1999) + &")".repeat(1999);
    let members = format!("a{}", ".b".repeat(1500));
    let indexed = format!("a{}", "[0]".repeat(1000));
    let alternating = "-!".repeat(1900) + "a";
    let lists = "[".repeat(1999);
    let conditions = "a ? 1 : ".repeat(400) + "1";
    for text in [deep, members, indexed, alternating, lists, conditions] {
        assert!(parse(&text).unwrap_err().first().unwrap().message.contains("嵌套过深"), "{text:.20}");
    }
    assert!(parse(&" ".repeat(4001)).unwrap_err().first().unwrap().message.contains("过长"));
    assert!(parse(&format!("{}1", "1+".repeat(1900))).is_ok());
    assert!(parse("a.matches('((((a{99}){99}){99}){99}){99}')").is_err());
}

#[test]
fn a_term_becomes_a_small_tree_for_browsers() {
    let tree = serde_json::to_string(&parse("x.level in ['a'] && !has(y)").unwrap()).unwrap();
    assert_eq!(
        tree,
        r#"{"and":[{"compare":{"comparison":"in","left":{"member":{"of":{"name":"x"},"name":"level"}},"right":{"list":[{"literal":"a"}]}}},{"not":{"has":{"name":"y"}}}]}"#
    );
}

proptest! {
    #[test]
    fn no_text_panics(text in "\\PC{0,60}") {
        let _ = parse(&text);
    }

    #[test]
    fn no_row_of_tokens_panics(words in prop::collection::vec(prop::sample::select(vec![
        "a", "1", "0.5", "'重'", "(", ")", "[", "]", "&&", "||", "!", "-", "+", "==", "in", "?", ":", ".", ",", "has(", "null",
        ".exists(x,", ".matches(", "r'a'", "size(", "min(", "\n", "“", "//", "\\", "'", "true",
    ]), 0..40)) {
        let _ = parse(&words.concat());
        let _ = parse(&words.join(" "));
    }
}
