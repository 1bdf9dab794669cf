//! Many traits at once, as in life.

use super::book::{Case, HEADER, Page, case, good, goods, sheet};
use rust_xlsxwriter::XlsxError;

/// The cases.
pub fn cases() -> Result<Vec<Case>, XlsxError> {
    let head = "金色童年幼儿园２０２６年１０月隐患排查整改台账\n填报单位（盖章）：金色童年幼儿园||||填报时间：2026年11月3日\n\
                序号|学校（幼儿园）|排查情况||||整改情况||责任人|联系电话|备注\n||时间|部位|存在问题|等级|整改状态|完成时间|||";
    let body = "#1|金色童年幼儿园|10.8|操场|滑梯螺丝松动|一般|已整改（见图）|10.9|李 敏|138****0950|\n\
                #2|同上|#10.12|厨房|煤气罐未固定|重大|整改中||〃|１３８００１３８０００|已报教管中心\n\
                #3|〃|10月13日|〃|插座老化2处|一 般|已整改|10月14日前|王强|/|无\n\
                #4|金童|2026.10.15|午睡室|窗户限位器缺3个|一般|已整改|2026年10月32日|王强|62345678|\n\
                小计||||4处\n#5|天乐园|10.20|大门|门禁失灵|一般|整改中||王强|123|\n\
                #6||||||||||\n合计||||5处\n\n填报人：李敏|||审核人：郑伟||||主要负责人：孙立";
    let page = Page::new("10月台账", format!("{head}\n{body}"))
        .merged(1, 1, 1, 11)
        .merged(3, 1, 4, 1)
        .merged(3, 2, 4, 2)
        .merged(3, 3, 3, 6)
        .merged(3, 7, 3, 8)
        .merged(3, 9, 4, 9)
        .merged(3, 10, 4, 10)
        .merged(3, 11, 4, 11);
    let notes = Page::new("填表说明", "填表说明\n单位写全称,日期写年月日");
    let bad = [(8, "done_on"), (10, "unit"), (10, "phone")];
    let many: String =
        (0..30).map(|at| if at % 10 == 9 { bad_row(at) } else { good(at) }).collect::<Vec<_>>().join("\n");
    let all_bad: Vec<String> = (1..=3).map(bad_row).collect();
    Ok(vec![
        case("一个幼儿园的真样子", &[notes, page], 3, &bad)?,
        sheet("三十行错三行", format!("{HEADER}\n{many}"), 27, &[(11, "level"), (21, "level"), (31, "level")])?,
        sheet("全错", format!("{HEADER}\n{}", all_bad.join("\n")), 0, &[(2, "level"), (3, "level"), (4, "level")])?,
        case(
            "两张表各有错",
            &[
                Page::new("一", format!("{HEADER}\n{}\n{}", good(1), bad_row(2))),
                Page::new("二", format!("说明文字\n{HEADER}\n{}\n{}", bad_row(3), goods(4, 2))),
            ],
            3,
            &[(3, "level"), (3, "level")],
        )?,
    ])
}

fn bad_row(number: usize) -> String {
    good(number).replace("|一般|", "|很大|")
}
