//! What a problem promises: unique stable codes, placed messages.

use super::*;

#[test]
fn every_code_and_slug_is_used_once() {
    let mut codes: Vec<_> = CATALOGUE.iter().map(|kind| kind.code).collect();
    let mut slugs: Vec<_> = CATALOGUE.iter().map(|kind| kind.slug).collect();
    let count = codes.len();
    codes.sort_unstable();
    codes.dedup();
    slugs.sort_unstable();
    slugs.dedup();
    assert_eq!((codes.len(), slugs.len()), (count, count));
}

#[test]
fn every_code_begins_with_an_http_status() {
    for kind in CATALOGUE {
        let status: u16 = kind.code.split('.').next().unwrap().parse().unwrap();
        assert!((400..=599).contains(&status), "{}", kind.code);
    }
}

#[test]
fn a_message_names_its_place_and_its_value() {
    let problem = Problem::new(&NOT_A_NUMBER, &[("value", &"三")]).at(Place::cell("台账", 4, "序号"));
    assert_eq!(problem.to_string(), "工作表「台账」 第4行 「序号」列:「三」不是数字 [422.303]");
}
