//! Rows that are no records, rows that lean on others, pictures and comments.

use super::book::{Case, HEADER, Page, case, good, goods, sheet};
use rust_xlsxwriter::XlsxError;

/// The cases.
pub fn cases() -> Result<Vec<Case>, XlsxError> {
    let same =
        "1|城关第一小学|2026-10-08|操场|甲|一般|整改中|\n2|同上|〃|同上|乙|〃|同上|\n3|〃|10月40日|〃|丙|一般|整改中|";
    let down = "1|城关第一小学|2026-10-08|操场|甲|一般|整改中|\n2|||楼道|乙|一般|整改中|\n3||第三天|食堂|丙|一般|整改中|\n4|城关第二小学|2026-10-09|食堂|丁|一般|整改中|";
    let totals = format!("{HEADER}\n{}\n小计||||2处\n{}\n合 计||||4处\n||||共4条", goods(1, 2), goods(3, 2));
    let blanks = format!("{HEADER}\n{}\n\n#2||||||\n#3|/||||||\n{}\n\n\n", good(1), good(4));
    let footers = format!(
        "{HEADER}\n{}\n\n填报人:李敏|||审核人:郑伟||主要负责人:孙立\n注:本表一式两份\n填表日期:2026年11月4日",
        goods(1, 2)
    );
    let example = format!("{HEADER}\n示例|某某小学|2026-01-01|楼道|灯不亮|一般|整改中|\n{}", goods(1, 2));
    let none = format!("{HEADER}\n本月无新增隐患||||||");
    let photos = "单位|排查时间|隐患描述|整改前照片|整改后照片\n一小|2026-10-08|甲||\n一小|2026-10-09|乙||\n一小|2026-10-40|丙||";
    let (over, inside) = (vec![(2, 4), (2, 5), (4, 4)], vec![(3, 4), (4, 5)]);
    let mut out = vec![
        sheet("同上和〃", format!("{HEADER}\n{same}"), 2, &[(4, "found_on")])?,
        sheet("同上无上", format!("{HEADER}\n1|同上|2026-10-08|操场|甲|一般|整改中|\n{}", good(2)), 1, &[(2, "unit")])?,
        case(
            "单位和日期竖向合并",
            &[Page::new("台账", format!("{HEADER}\n{down}")).merged(2, 2, 4, 2).merged(2, 3, 3, 3)],
            3,
            &[(4, "found_on")],
        )?,
        case(
            "一条占两行全合并",
            &[(1..=8).fold(Page::new("台账", format!("{HEADER}\n{}\n\n{}", good(1), good(2))), |page, at| {
                page.merged(2, at, 3, at)
            })],
            2,
            &[],
        )?,
        sheet("合计和小计", totals, 4, &[])?,
        sheet("空行和只有序号的行", blanks, 2, &[(5, "unit"), (5, "found_on"), (5, "text")])?,
        sheet("表尾签字和注", footers, 2, &[])?,
        sheet("示例行", example, 2, &[])?,
        sheet("无新增的声明", none, 0, &[])?,
        case(
            "筛选隐藏的行",
            &[Page { hidden_rows: vec![3], ..Page::new("台账", format!("{HEADER}\n{}", goods(1, 3))) }],
            3,
            &[],
        )?,
        case(
            "批注",
            &[Page {
                notes: vec![(2, 4, "靠东墙"), (3, 3, "待核")],
                ..Page::new("台账", format!("{HEADER}\n{}\n#2|一小|不详|||||", good(1)))
            }],
            1,
            &[(3, "found_on"), (3, "text")],
        )?,
    ];
    let mut pictured =
        case("照片浮在格上和嵌在格里", &[Page { over, inside, ..Page::new("台账", photos) }], 2, &[(4, "found_on")])?;
    pictured.pictures = vec![(2, 2), (3, 1), (4, 2)];
    out.push(pictured);
    Ok(out)
}
