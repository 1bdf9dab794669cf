//! Headers: where they stand, how many lines they have, what surrounds them.

use super::book::{Case, HEADER, Page, case, goods, sheet, text_case};
use rust_xlsxwriter::XlsxError;

const TITLE: &str = "城关教管中心2026年10月隐患排查台账";

/// The cases.
pub fn cases() -> Result<Vec<Case>, XlsxError> {
    let rows = goods(1, 3);
    let context = "填报单位(盖章):城关教管中心||||填报时间:2026年11月4日";
    let two = "序号|单位|隐患情况||||整改情况|\n||排查时间|部位|隐患描述|级别|整改状态|完成时间";
    let three = "序号|单位|隐患台账|||||\n||排查||内容||整改|\n||排查时间|部位|隐患描述|级别|整改状态|完成时间";
    let english_spaces = "序 号|单　位|排查\\n时间|部 位（地点）|隐患描述*|级别：|整改情况|完成时间";
    let reversed =
        "完成时间|整改情况|级别|隐患描述|部位|排查时间|单位\n|整改中|一般|灯不亮|楼道|2026-10-08|城关第一小学";
    let usual = "编号|学校名称|检查时间|地点|存在问题|隐患等级|整改状态|完成日期\nA1|城关第一小学|2026-10-08|楼道|灯不亮|一般|已整改|2026-10-09";
    let merged_header = |page: Page| page.merged(1, 1, 2, 1).merged(1, 2, 2, 2).merged(1, 3, 1, 6).merged(1, 7, 1, 8);
    let mut out = units_elsewhere()?;
    out.extend([
        sheet("表头在第一行", format!("{HEADER}\n{rows}"), 3, &[])?,
        case("上有标题", &[Page::new("台账", format!("{TITLE}\n{HEADER}\n{rows}")).merged(1, 1, 1, 8)], 3, &[])?,
        sheet("上有标题和填报行", format!("{TITLE}\n{context}\n{HEADER}\n{rows}"), 3, &[])?,
        sheet("表头在第十行", format!("{TITLE}\n\n\n\n\n\n\n\n{context}\n{HEADER}\n{rows}"), 3, &[])?,
        case("两行合并表头", &[merged_header(Page::new("台账", format!("{two}\n{rows}")))], 3, &[])?,
        sheet("两行表头合并已丢", format!("{two}\n{rows}"), 3, &[])?,
        case(
            "三行合并表头",
            &[Page::new("台账", format!("{three}\n{rows}"))
                .merged(1, 1, 3, 1)
                .merged(1, 2, 3, 2)
                .merged(1, 3, 1, 8)
                .merged(2, 3, 2, 4)
                .merged(2, 5, 2, 6)
                .merged(2, 7, 2, 8)],
            3,
            &[],
        )?,
        sheet("列序颠倒", reversed, 1, &[])?,
        sheet("别的列名", usual, 1, &[])?,
        sheet("列名有空格换行全角", format!("{english_spaces}\n{rows}"), 3, &[])?,
        sheet("一张表里两个表", format!("{HEADER}\n{rows}\n合计|3\n\n第二部分\n{HEADER}\n{}", goods(5, 2)), 5, &[])?,
        sheet("两个表列序不同", format!("{HEADER}\n{rows}\n\n{reversed}"), 4, &[])?,
        case(
            "两张工作表",
            &[
                Page::new("九月", format!("{HEADER}\n{rows}")),
                Page::new("十月", format!("{TITLE}\n{HEADER}\n{}", goods(5, 2))),
            ],
            5,
            &[],
        )?,
        case(
            "带说明页",
            &[
                Page::new("填写说明", "填写说明\n1.单位写全称\n2.排查时间写年月日\n单位|必填"),
                Page::new("台账", format!("{HEADER}\n{rows}")),
            ],
            3,
            &[],
        )?,
        case(
            "带隐藏页",
            &[
                Page::new("台账", format!("{HEADER}\n{rows}")),
                Page { hidden: true, ..Page::new("旧", format!("{HEADER}\n{rows}")) },
            ],
            3,
            &[],
        )?,
        sheet("表头下有栏次", format!("{HEADER}\n#1|#2|#3|#4|#5|#6|#7|#8\n{rows}"), 3, &[])?,
        sheet("每页重复表头", format!("{HEADER}\n{rows}\n{HEADER}\n{}", goods(5, 2)), 5, &[])?,
        sheet("每页重复标题和表头", format!("{TITLE}\n{HEADER}\n{rows}\n{TITLE}\n{HEADER}\n{}", goods(5, 2)), 5, &[])?,
    ]);
    Ok(out)
}

/// The unit has no column: it stands above the table, or in rows of its own.
fn units_elsewhere() -> Result<Vec<Case>, XlsxError> {
    let own = "序号|排查时间|部位|隐患描述|级别|整改情况";
    let own_rows = "#1|2026-10-08|楼道|灯不亮|一般|整改中\n#2|2026-10-09|操场|单杠松动|一般|整改中";
    let above = "填报单位:城关第一小学||||填报时间:2026年11月4日";
    let (first, second) = ("一、城关第一小学", "二、城关第二小学:");
    let sections = format!("{TITLE}\n{own}\n{first}\n{own_rows}\n{second}\n{own_rows}\n合计|4");
    let mended = "#1|2026-10-40|楼道|灯不亮|一般|整改中";
    let sections_wrong = format!("{TITLE}\n{own}\n{first}\n{own_rows}\n{second}\n{own_rows}\n{mended}");
    Ok(vec![
        sheet("单位写在表上方", format!("{TITLE}\n{above}\n{own}\n{own_rows}"), 2, &[])?,
        sheet("单位写在小标题行", &*sections, 4, &[])?,
        case("单位写在合并的小标题行", &[Page::new("台账", &*sections).merged(3, 1, 3, 6).merged(6, 1, 6, 6)], 4, &[])?,
        sheet("小标题行下有错", &*sections_wrong, 4, &[(9, "found_on")])?,
        text_case(
            "小标题行的文本表",
            sections_wrong.replace('#', "").replace('|', ",").into_bytes(),
            4,
            &[(9, "found_on")],
        ),
    ])
}
