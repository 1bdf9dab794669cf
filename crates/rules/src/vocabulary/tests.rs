//! Which word was meant, and which type fits which.

use super::*;

#[test]
fn the_nearest_word_is_found_within_a_third_of_its_letters() {
    let check = |word: &str, expected: Option<&str>| {
        assert_eq!(nearest(word, ["level", "rectify_by", "unit", "now", "重大", "一般", "x"]), expected, "{word}");
    };
    check("levle", Some("level"));
    check("nwo", Some("now"));
    check("Level", Some("level"));
    check("rectifyby", Some("rectify_by"));
    check("重大隐", Some("重大"));
    check("owner", None);
    check("y", None);
    check("", None);
}

#[test]
fn whole_numbers_fit_where_numbers_are_wanted_and_not_the_other_way() {
    let check = |one: Type, wanted: Type, expected: bool| assert_eq!(one.fits(&wanted), expected, "{one} {wanted}");
    check(Type::Int, Type::Number, true);
    check(Type::Number, Type::Int, false);
    check(Type::choice(["一般"]), Type::Text, true);
    check(Type::list(Type::Int), Type::list(Type::Number), true);
    check(Type::Date, Type::Text, false);
    check(Type::Any, Type::Date, true);
}
