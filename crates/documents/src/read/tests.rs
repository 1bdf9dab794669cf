//! What reading promises: visible text however the office saved it, loose numbers, no panic on hostile bytes.

use super::story::Story;
use super::*;

const HEAD: &str = "<w:document xmlns:w=\"w\"><w:body>";

fn story(body: &str) -> Story {
    let mut story = Story::default();
    story.read(&format!("{HEAD}{body}</w:body></w:document>")).unwrap();
    story
}

fn control(number: u32, content: &str) -> String {
    format!("<w:sdt><w:sdtPr><w:tag w:val=\"fig:{number}\"/></w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>")
}

fn run(text: &str) -> String {
    format!("<w:r><w:t>{text}</w:t></w:r>")
}

#[test]
fn a_control_is_read_around_runs_paragraphs_and_cells() {
    let split = control(1, &(run("91") + "<w:proofErr/>" + &run(".7%")));
    let around_paragraph = control(2, &format!("<w:p>{}</w:p>", run("3")));
    let around_cell =
        format!("<w:tbl><w:tr>{}</w:tr></w:tbl>", control(3, &format!("<w:tc><w:p>{}</w:p></w:tc>", run("&#53;"))));
    let shown = story(&format!("<w:p>{split}</w:p>{around_paragraph}{around_cell}")).shown;
    assert_eq!(shown, BTreeMap::from([(1, vec!["91.7%".into()]), (2, vec!["3".into()]), (3, vec!["5".into()])]));
}

#[test]
fn a_control_that_lost_its_tag_is_found_by_its_title() {
    let control = "<w:sdt><w:sdtPr><w:alias w:val=\"fig:4 rate\"/><w:tag w:val=\"\"/></w:sdtPr><w:sdtContent><w:r><w:t>1</w:t></w:r></w:sdtContent></w:sdt>";
    assert_eq!(story(&format!("<w:p>{control}</w:p>")).shown[&4], ["1"]);
}

#[test]
fn tracked_deletions_hidden_text_and_fallbacks_are_not_seen_but_insertions_are() {
    let deleted = "<w:del><w:r><w:delText>9</w:delText><w:t>9</w:t></w:r></w:del>";
    let hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>8</w:t></w:r><w:r><w:rPr><w:vanish w:val=\"0\"/></w:rPr><w:t>,</w:t></w:r>";
    let inserted = format!("<w:ins>{}</w:ins><mc:Fallback>{}</mc:Fallback>", run("1"), run("7"));
    let shown = story(&format!("<w:p>{}</w:p>", control(1, &format!("{deleted}{inserted}{hidden}{}", run("2"))))).shown;
    assert_eq!(shown[&1], ["1,2"]);
}

#[test]
fn numbers_outside_controls_are_loose_but_dates_and_numbering_are_not() {
    let check = |text: &str, expected: &[&str]| {
        let story = story(&format!("<w:p>{}</w:p>", run(text)));
        let found: Vec<_> = story.paragraphs.iter().flat_map(loose::numbers).map(|loose| loose.number).collect();
        assert_eq!(found, expected, "{text}");
    };
    check("2026年10月25日12时30分, 2026-10-25, 2026—2027学年度, 9月26日—10月25日", &[]);
    check("1.应报的", &[]);
    check("1.11月10日前完成。2.对超期逐处督办;(3)回头看", &[]);
    check("见附件2, 依据第6条, GB/T 9704-2012, 岐教体〔2026〕5号, A4", &[]);
    check("超期9处, 占64%, 3.2个百分点, 1,200元", &["9", "64%", "3.2", "1,200"]);
    check("近3年, 3个月, 21天, \u{FF11}\u{FF12}处", &["3", "3", "21", "12"]);
}

#[test]
fn serial_numbers_of_a_table_are_numbering() {
    let row = |cells: [&str; 2]| {
        format!("<w:tr>{}</w:tr>", cells.map(|cell| format!("<w:tc><w:p>{}</w:p></w:tc>", run(cell))).concat())
    };
    let story = story(&format!("<w:tbl>{}{}</w:tbl>", row(["序号", "数"]), row(["1", "2"])));
    let found: Vec<_> = story.paragraphs.iter().flat_map(loose::numbers).map(|loose| loose.number).collect();
    assert_eq!(found, ["2"]);
}

#[test]
fn width_spaces_and_thousands_make_no_difference() {
    assert!(same("1,234", "1234") && same("91.7%", "\u{FF19}\u{FF11}.7\u{FF05}") && same(" 3 ", "3"));
    assert!(!same("91.7%", "91.8%") && !same("1,2", "12.") && !same("-3", "3"));
}

#[test]
fn hostile_xml_is_refused() {
    for xml in [
        "<!DOCTYPE x [<!ENTITY a \"b\">]><x>&a;</x>".to_owned(),
        "<x>&unknown;</x>".to_owned(),
        "<x><y></x>".to_owned(),
        "<x>".repeat(100_000),
    ] {
        assert!(Story::default().read(&xml).is_err(), "{}", &xml[..20.min(xml.len())]);
    }
}

#[test]
fn what_is_no_docx_is_refused_with_a_reason() {
    for (bytes, words) in
        [(&b"hello"[..], "422.421"), (&[0xD0, 0xCF, 0x11, 0xE0, 0xA1][..], ".doc"), (&b"PK\x05\x06"[..], "422.421")]
    {
        let problem = docx(bytes, b"").unwrap_err();
        assert!(problem.to_string().contains(words), "{problem}");
    }
}
