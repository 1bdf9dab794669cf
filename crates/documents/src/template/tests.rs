//! What templates promise: figures where they are asked for, data never markup, every problem with its place.

use super::*;
use crate::figure::{Exact, Format, Parameters};
use crate::model::{Block, Inline, plain};
use crate::source::{Column, Listing, Row};
use yanpan_kernel::problem::{FIGURE_UNKNOWN, TEMPLATE_EXHAUSTED};

/// Knows `n` (3; before 5), `rate`, `none` and the listing `rows`.
struct Known;

impl Source for Known {
    fn measure(&self, key: &str, parameters: &Parameters) -> Result<Exact, Problem> {
        match (key, parameters.is_empty()) {
            ("n", true) => Ok(Exact::count(3)),
            ("n", false) => Ok(Exact::count(5)),
            ("rate", true) => Ok(Exact::ratio(917, 1000)),
            ("rate", false) => Ok(Exact::ratio(885, 1000)),
            ("none", _) => Ok(Exact::Missing),
            _ => Err(Problem::new(&FIGURE_UNKNOWN, &[("key", &key)])),
        }
    }

    fn list(&self, key: &str, _: &Parameters) -> Result<Listing, Problem> {
        let column = |key: &str, title: &str, format| Column { key: key.into(), title: title.into(), format };
        let row = |key: &str, name: &str, n| Row { key: key.into(), cells: vec![Exact::text(name), Exact::count(n)] };
        match key {
            "rows" => Ok(Listing {
                columns: vec![column("name", "名称", Format::Text), column("n", "数", Format::Integer)],
                rows: vec![row("a", "# 甲|乙\n@title 坏", 1), row("b", "三楼2号", 2)],
            }),
            _ => Err(Problem::new(&FIGURE_UNKNOWN, &[("key", &key)])),
        }
    }
}

fn build(text: &str) -> (Document, Vec<Problem>) {
    Template::parse("t.md", text).unwrap().build(&Context { previous: "上月".into(), ..Context::default() }, &Known)
}

fn text(template: &str) -> String {
    let (document, problems) = build(&format!("@title 题\n{template}"));
    assert_eq!(problems, []);
    let lines = document.blocks.iter().map(|block| match block {
        Block::Paragraph(paragraph) => plain(&paragraph.text, &document),
        Block::Heading(heading) => format!("{}/{}", plain(&heading.text, &document), plain(&heading.run_in, &document)),
        Block::List(list) => list.items.iter().map(|item| plain(item, &document)).collect::<Vec<_>>().join("/"),
        Block::Table(table) => {
            let rows = table
                .rows
                .iter()
                .map(|row| row.iter().map(|cell| plain(&cell.text, &document)).collect::<Vec<_>>().join("|"));
            rows.collect::<Vec<_>>().join("/")
        }
        other => format!("{other:?}"),
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn figures_changes_and_conditions_print_as_sentences() {
    assert_eq!(
        text(r#"共{{ fig("n") }}处,{{ change("n", measure="处") }};率{{ fig("rate") }},{{ change("rate") }}。"#),
        "共3处\u{FF0C}比上月减少2处\u{FF1B}率91.7%\u{FF0C}比上月提高3.2个百分点。"
    );
    assert_eq!(text("{% if value(\"n\") > 2 %}\n多\n{% else %}\n少\n{% endif %}\n"), "多");
    assert_eq!(text(r#"{{ fig("none") }}{{ change("none") }}{{ value("none", default=7) }}"#), "—上月无可比数据7");
}

#[test]
fn words_of_the_data_are_never_markup() {
    assert_eq!(text("{% for row in list(\"rows\") %}\n{{ row.name }}\n\n{% endfor %}"), "# 甲|乙 @title 坏\n三楼2号");
    assert_eq!(
        text(
            "| 名 | 数 |\n|---|---|\n{% for row in list(\"rows\") %}\n| {{ row.name }} | {{ row.fig(\"n\") }} |\n{% endfor %}"
        ),
        "# 甲|乙 @title 坏|1/三楼2号|2"
    );
}

#[test]
fn a_listing_becomes_a_table_whose_numbers_are_figures_with_row_and_column() {
    let (document, problems) = build("@title 题\n{{ table(\"rows\") }}");
    assert_eq!(problems, []);
    let cells: Vec<_> =
        document.figures.iter().filter_map(|figure| figure.cell.clone()).map(|c| (c.row, c.column)).collect();
    assert_eq!(cells, [("a", "n"), ("b", "name"), ("b", "n")].map(|(r, c)| (r.to_owned(), c.to_owned())));
    let Block::Table(table) = &document.blocks[0] else { panic!("no table") };
    assert_eq!(table.rows[0][0].text, [Inline::Text("1".into())], "serial numbers are numbering, not figures");
}

#[test]
fn every_problem_comes_with_its_line_and_column() {
    let (_, problems) = build(
        "@title 题\n好{{ fig(\"坏\") }}\n{% if true %}\n  {{ fig(\"n\", format=\"什么\") }}{{ list(\"没有\") }}\n{% endif %}\n@wrong x\n| a | b |\n| 1 |\n",
    );
    let places: Vec<_> =
        problems.iter().map(|p| (p.code, p.place.line.unwrap(), p.place.column.clone().unwrap())).collect();
    let expected =
        [("422.405", 2, "5"), ("422.403", 4, "6"), ("422.405", 4, "33"), ("422.402", 6, "1"), ("422.407", 8, "1")];
    assert_eq!(places, expected.map(|(code, line, column)| (code, line, column.to_owned())));
}

#[test]
fn a_syntax_error_is_placed_in_the_authors_text() {
    let problems = Template::parse("t.md", "@title 题\n\n{{ fig(\"n\") }}{{ 1 + }}\n").unwrap_err();
    assert_eq!(problems[0].place.line, Some(3));
    assert!(problems[0].to_string().starts_with("t.md:3:"), "{}", problems[0]);
}

#[test]
fn a_template_that_runs_on_is_stopped() {
    let (_, problems) =
        build("@title 题\n{% for a in range(9999) %}{% for b in range(9999) %}{{ a }}{% endfor %}{% endfor %}");
    assert!(problems[0].is(&TEMPLATE_EXHAUSTED), "{}", problems[0]);
}

#[test]
fn calls_are_known_without_running_also_in_branches_not_taken() {
    let template = Template::parse(
        "t.md",
        "{% if false %}{{ fig('a') }}{% endif %}\n{{ table(\"b\") }}{# fig('c') #}{{ row.fig('d') }}",
    )
    .unwrap();
    let calls: Vec<_> =
        template.calls().iter().map(|call| (call.function, call.key.as_str(), call.line, call.column)).collect();
    assert_eq!(calls, [("fig", "a", 1, 18), ("table", "b", 2, 4)]);
}

#[test]
fn half_width_punctuation_between_chinese_becomes_full_width() {
    assert_eq!(
        text("甲,乙(丙:丁);12:30、1,000 (a,b)"),
        "甲\u{FF0C}乙\u{FF08}丙\u{FF1A}丁\u{FF09}\u{FF1B}12:30、1,000 (a,b)"
    );
}

#[test]
fn a_heading_runs_into_its_text_at_the_stop_or_at_the_comma_before_a_figure() {
    assert_eq!(text("## 报送。应报{{ fig(\"n\") }}个。"), "报送。/应报3个。");
    assert_eq!(text("## 从类别看,消防{{ fig(\"n\") }}处。"), "从类别看\u{FF0C}/消防3处。");
    assert_eq!(text("# 总体情况"), "总体情况/");
}

#[test]
fn a_document_without_title_is_incomplete() {
    assert_eq!(build("文字").1[0].code, "422.408");
}

#[test]
fn a_long_title_goes_to_a_new_line_only_at_a_space_between_words() {
    let lines = |title: &str| {
        let (document, problems) = build(&format!("@title {title}\n文"));
        assert!(problems.is_empty(), "{problems:?}");
        assert!(!document.title.contains("育 "), "{}", document.title);
        document.title_lines().into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(
        lines("青石县教育体育局关于2026年11月 校园安全形势的研判报告"),
        ["青石县教育体育局关于2026年11月", "校园安全形势的研判报告"]
    );
    assert_eq!(lines("青石县 校园安全形势 研判报告"), ["青石县校园安全形势研判报告"], "it fits in one line");
    assert_eq!(lines("关于 ABC 学校的报告"), ["关于 ABC 学校的报告"], "a space beside Latin letters is a space");
}
