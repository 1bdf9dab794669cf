//! What figures promise: exact rounding, wording of changes, formats that read back.

use super::*;

#[test]
fn formats_print_as_offices_write() {
    let check = |format: &str, exact: Exact, expected: &str| {
        let format: Format = format.parse().unwrap();
        assert_eq!(format.print(&exact).as_deref(), Some(expected), "{format}");
    };
    check("percent", Exact::ratio(100, 109), "91.7%");
    check("percent(0)", Exact::ratio(1, 200), "1%");
    check("percent(1)", Exact::ratio(5, 0), "—");
    check("integer", Exact::Missing, "—");
    check("integer", Exact::count(0), "0");
    check("decimal(1)", Exact::Number { scaled: 255, scale: 2 }, "2.6");
    check("points(1)", Exact::ratio(-32, 1000), "-3.2个百分点");
    check("change(1)", Exact::ratio(32, 1000), "提高3.2个百分点");
    check("change(1)", Exact::ratio(-4, 10_000), "持平");
    check("change(1)", Exact::Missing, "无可比数据");
    check("count_change(处)", Exact::count(12), "增加12处");
    check("count_change", Exact::count(0), "持平");
    check("money", Exact::Number { scaled: 12_500_000, scale: 2 }, "12.50万元");
    check("money_plain", Exact::count(-50), "-0.01");
    check("date", Exact::Date(jiff::civil::date(2026, 1, 5)), "2026年1月5日");
    check("short_date", Exact::Date(jiff::civil::date(2026, 10, 25)), "10月25日");
    check("days", Exact::count(21), "21天");
    check("one_of(low=较低,high=较高)", Exact::text("high"), "较高");
    check("percent", Exact::Suppressed, "*");
}

#[test]
fn a_value_that_does_not_fit_its_format_is_refused() {
    for (format, exact) in [("date", Exact::count(1)), ("percent", Exact::count(1)), ("integer", Exact::text("一"))] {
        assert_eq!(format.parse::<Format>().unwrap().print(&exact), None, "{format}");
    }
}

#[test]
fn a_format_reads_back_what_it_writes() {
    for text in ["integer", "decimal(2)", "percent(1)", "change(1)", "count_change(处)", "money", "one_of(a=甲,b=乙)"]
    {
        assert_eq!(text.parse::<Format>().unwrap().to_string(), text);
    }
    assert!("percent(x)".parse::<Format>().is_err() && "procent".parse::<Format>().is_err());
}

#[test]
fn differences_of_rates_are_exact() {
    let difference = change::difference(&Exact::ratio(100, 109), &Exact::ratio(885, 1000));
    assert_eq!(Format::Change(1).print(&difference).unwrap(), "提高3.2个百分点");
    assert_eq!(change::difference(&Exact::count(3), &Exact::Missing), Exact::Missing);
    assert_eq!(change::difference(&Exact::count(i64::MIN), &Exact::count(1)), Exact::Missing);
}
