//! Pack files are read to the end, and every problem is said at its place.

use super::*;
use jiff::civil::date;
use proptest::prelude::*;
use std::collections::BTreeMap;
use yanpan_kernel::calendar::Offset;
use yanpan_kernel::problem::PACK_EXPRESSION;
use yanpan_rules::{Type, Value, Vocabulary};

fn problems<T>(text: &str, reading: impl FnOnce(&Table<'_>) -> T) -> Vec<String> {
    read("pack.toml", text, reading).1.iter().map(ToString::to_string).collect()
}

#[test]
fn every_type_is_read() {
    let text = r#"
title = "隐患"
count = 0x10
ratio = 0.1
on = true
from = 2026-09-01
until = "2026-10-31"
tags = ["a", "b"]
tag = "c"
remind = "-3wd"
level = "high"
who = "role('inspector')"
then = { outcome = "正常返校", days = 14, until = 2026-10-01 }
[case.b]
[case.a]
[[step]]
to = "closed"
[[step]]
to = "open"
"#;
    let (_, found) = read("pack.toml", text, |root| {
        assert_eq!(root.text("title").required().as_deref(), Some("隐患"));
        assert_eq!(root.integer_in("count", 1..=20).required(), Some(16));
        assert_eq!(root.number("ratio").required().map(|number| number.to_string()).as_deref(), Some("0.1"));
        assert_eq!(root.boolean("on").required(), Some(true));
        assert_eq!(root.date("from").required(), Some(date(2026, 9, 1)));
        assert_eq!(root.date("until").required(), Some(date(2026, 10, 31)));
        assert_eq!(root.texts("tags").required(), Some(vec!["a".to_owned(), "b".to_owned()]));
        assert_eq!(root.texts("tag").required(), Some(vec!["c".to_owned()]));
        assert_eq!(root.parsed::<Offset>("remind").required().map(Offset::days), Some(-3));
        assert_eq!(root.choice("level", &[("low", 1), ("high", 2)]).required(), Some(2));
        assert!(root.expression("who").required().is_some());
        assert_eq!(root.text("absent").optional(), None);
        assert_eq!(root.integer("absent_too").or(3), 3);
        let then = root.values("then").required_or(BTreeMap::new());
        assert_eq!(then.get("until"), Some(&Value::Date(date(2026, 10, 1))));
        let cases: Vec<String> = root.named_tables("case").into_iter().map(|(name, _)| name.value).collect();
        assert_eq!(cases, ["b", "a"]);
        let steps: Vec<_> = root.tables("step").iter().filter_map(|step| step.text("to").required_placed()).collect();
        assert_eq!(steps.iter().map(|to| to.place.line).collect::<Vec<_>>(), [Some(17), Some(19)]);
    });
    assert_eq!(found, []);
}

#[test]
fn every_problem_of_a_broken_file_is_named_at_its_place() {
    let text = "titel = \"隐患\"\ncount = \"三\"\nmany = 99\nlevel = \"hihg\"\nfrom = \"2026-02-30\"\nremind = \"3天前\"\nblank = \"  \"\ntags = [\"a\", 3]\nwho = \"role('a') = 1\"\n[case.hazard]\nform = 3\nextra = 1\n";
    let found = problems(text, |root| {
        root.text("title").required();
        root.integer("count").required();
        root.integer_in("many", 1..=20).required();
        root.choice("level", &[("low", 1), ("high", 2)]).required();
        root.date("from").required();
        root.parsed::<Offset>("remind").required();
        root.text("blank").optional();
        root.texts("tags").required();
        root.expression("who").required();
        for (_, case) in root.named_tables("case") {
            case.text("form").required();
            case.text("title").required();
        }
    });
    let expected = [
        "pack.toml:1:1:缺少「title」(文字) [422.105]",
        "pack.toml:1:1:不认识「titel」，是不是想写「title」？ [422.106]",
        "pack.toml:2:9:「count」应为整数，现在是文字「三」 [422.107]",
        "pack.toml:3:8:「many」的值「99」不合要求：应在 1—20 之间 [422.110]",
        "pack.toml:4:9:「level」的值「hihg」不合要求：应为 low、high 之一，是不是想写「high」？ [422.110]",
        "pack.toml:5:8:「from」的值「2026-02-30」不合要求：日期应写成 2026-10-31 [422.110]",
        "pack.toml:6:10:「remind」的值「3天前」不合要求：「3天前」不是时间偏移；应写成 -3wd(三个工作日前)、+7d(七天后)、0d(当天) [422.110]",
        "pack.toml:7:9:「blank」的值「  」不合要求：不能为空 [422.110]",
        "pack.toml:8:14:「tags[1]」应为文字，现在是整数 3 [422.107]",
        "pack.toml:9:18:表达式「who」：判断相等要写 == [422.109]",
        "pack.toml:10:1:缺少「case.hazard.title」(文字) [422.105]",
        "pack.toml:11:8:「case.hazard.form」应为文字，现在是整数 3 [422.107]",
        "pack.toml:12:1:不认识「case.hazard.extra」 [422.106]",
    ];
    assert_eq!(found, expected, "{found:#?}");
}

#[test]
fn what_is_no_toml_is_said_in_chinese_and_once() {
    let check = |text: &str, expected: &str| {
        let found = problems(text, |root| {
            root.integer("a").optional();
            root.ignore_rest();
        });
        assert_eq!(found, [expected], "{text}");
    };
    check("a = 1\na = 2", "pack.toml:2:1:TOML 写法不对：重复：同一个键或表写了两次 [422.104]");
    check("a = “x”", "pack.toml:1:5:TOML 写法不对：文字要放在半角引号里，如 \"重大\" [422.104]");
    check("键 = 1", "pack.toml:1:1:TOML 写法不对：键只能用英文字母、数字、下划线和连字符 [422.104]");
    check("b = [1, 2", "pack.toml:1:10:TOML 写法不对：列表没有结束，缺少「]」 [422.104]");
    check("\u{feff}a = 07", "pack.toml:1:5:TOML 写法不对：数字前面不要补 0 [422.104]");
    check(&"#".repeat(LONGEST + 1), "pack.toml:1:1:「pack.toml」的值「…」不合要求：文件超过 1 MiB [422.110]");
}

#[test]
fn a_fault_of_an_expression_is_placed_through_quotes_and_escapes() {
    let check = |toml: &str, line: u32, column: &str| {
        let (_, found) = read("pack.toml", toml, |root| {
            if let Some(placed) = root.expression("who").required() {
                let vocabulary = Vocabulary::new().with("level", Type::Text);
                let problems = placed.check_as(&vocabulary, &Type::Bool);
                let problem = problems.first().unwrap();
                assert!(problem.is(&PACK_EXPRESSION));
                assert_eq!((problem.place.line, problem.place.column.as_deref()), (Some(line), Some(column)), "{toml}");
                return;
            }
            panic!("{toml} was not read");
        });
        assert_eq!(found, [], "{toml}");
    };
    check("who = \"level == '重大' && levle == ''\"", 1, "25");
    check("who = 'level == \"重大\" && levle == 1'", 1, "25");
    check("who = \"level == \\\"\\u91cd\\\" && levle == 1\"", 1, "31");
    check("# x\nwho = \"\"\"\nlevel == '重大' &&\n  levle == 1\"\"\"", 4, "3");
    check("who = \"\"\"level == '重大' \\\n   && levle == 1\"\"\"", 2, "7");
    check("who = '''\r\nlevel == '重大' &&\r\n levle == 1'''", 3, "2");
}

#[test]
fn a_name_that_comes_twice_is_told_with_the_line_of_the_first() {
    let found = problems("[[row]]\nid = \"a\"\n[[row]]\nid = \"a\"\n", |root| {
        let ids: Vec<_> = root.tables("row").iter().filter_map(|row| row.text("id").required_placed()).collect();
        root.unique(&ids);
    });
    assert_eq!(found, ["pack.toml:4:6:「a」重复，第一次在第2行 [422.108]"]);
}

proptest! {
    #[test]
    fn no_text_panics(words in prop::collection::vec(prop::sample::select(vec![
        "who", "a", ".", "=", " ", "\n", "\"", "'", "\"\"\"", "'''", "\\", "\\u12", "重", "[", "]", "[[", "]]", "{", "}", ",", "1", "2026-01-01",
        "true", "#", "\r\n", "role(", "&&", "\u{feff}",
    ]), 0..40)) {
        let text = words.concat();
        for text in [text.clone(), format!("who = \"{text}\""), format!("who = '''{text}'''"), format!("who = \"\"\"{text}\"\"\"")] {
            let (_, found) = read("pack.toml", &text, |root| {
                if let Some(placed) = root.expression("who").optional() {
                    for fault in placed.expression.check(&Vocabulary::new()) {
                        let _ = placed.problem(&fault);
                    }
                }
                root.value("a").optional();
                root.items().len()
            });
            prop_assert!(found.iter().all(|problem| problem.place.line.is_some()));
        }
    }
}
