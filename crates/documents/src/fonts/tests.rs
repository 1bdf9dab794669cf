//! What font finding promises.

use super::*;

#[test]
fn without_fonts_the_problem_names_the_package() {
    let Err(problem) = Fonts::find(None, &[]) else { panic!("found fonts nowhere") };
    assert!(problem.is(&FONT_MISSING) && problem.message.contains("fonts-noto-cjk"), "{problem}");
}

#[test]
fn the_pinned_fonts_serve_every_role_and_say_what_they_replace() {
    let fonts = Fonts::usual(None).unwrap();
    assert_eq!(fonts.substitutions().len(), 5);
    assert_eq!(fonts.substitutions().last().unwrap().to_string(), "宋体→Noto Serif CJK SC");
    assert_eq!(fonts.uncovered("阿依努尔·㮾梨\u{10FFFD}"), ['\u{10FFFD}']);
}
