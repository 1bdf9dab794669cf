//! A target that looks like a hazard ledger; the library itself knows no such thing.

use yanpan_sheets::{Choice, Column, Kind, Target};

/// A ledger of things found, with every kind of column.
pub fn ledger() -> Target {
    let level = Kind::Choice {
        options: vec![
            Choice::new("general", "一般", &["一般隐患", "一般事故隐患"]),
            Choice::new("major", "重大", &["重大隐患", "重大事故隐患"]),
        ],
    };
    let state = Kind::Choice {
        options: vec![
            Choice::new("open", "整改中", &["未整改", "正在整改", "未完成"]),
            Choice::new("done", "已整改", &["整改完成", "已完成"]),
            Choice::new("closed", "已销号", &["销号"]),
        ],
    };
    let columns = vec![
        Column::new("number", "隐患编号", Kind::Text).also(&["编号"]),
        Column::new("unit", "单位", Kind::Unit)
            .also(&["学校", "学校名称", "学校(幼儿园)", "单位名称", "排查单位"])
            .required()
            .example("城关第一小学"),
        Column::new("found_on", "排查时间", Kind::Date)
            .also(&["排查日期", "发现时间", "检查时间"])
            .required()
            .example("2026-10-08"),
        Column::new("found_by", "排查人", Kind::Person).also(&["检查人"]),
        Column::new("place", "部位", Kind::Text).also(&["隐患部位", "隐患地点", "地点"]).example("教学楼二层"),
        Column::new("text", "隐患描述", Kind::LongText)
            .also(&["问题描述", "隐患内容", "存在问题"])
            .required()
            .example("应急照明灯不亮2盏"),
        Column::new("category", "隐患类别", Kind::Text).also(&["类别", "隐患类型"]),
        Column::new("level", "级别", level).also(&["隐患等级", "等级", "隐患级别"]).example("一般"),
        Column::new("measure", "整改措施", Kind::LongText),
        Column::new("funds", "资金", Kind::Decimal { unit: "万元".into(), scale: 4 }).also(&["整改资金"]),
        Column::new("people", "涉及人数", Kind::Integer),
        Column::new("owner", "责任人", Kind::Person).also(&["整改责任人"]),
        Column::new("phone", "责任人电话", Kind::Phone).also(&["联系电话", "电话"]),
        Column::new("due_on", "时限", Kind::Date).also(&["整改时限", "整改期限"]),
        Column::new("at_once", "是否立行立改", Kind::YesNo).also(&["立行立改"]),
        Column::new("state", "整改情况", state).also(&["整改状态", "状态"]),
        Column::new("done_on", "完成时间", Kind::Date).also(&["完成日期"]),
        Column::new("identity", "身份证号", Kind::IdentityNumber).also(&["身份证号码"]),
        Column::new("before", "整改前照片", Kind::Picture),
        Column::new("after", "整改后照片", Kind::Picture),
        Column::new("note", "备注", Kind::LongText),
    ];
    Target { key: "ledger".into(), title: "隐患台账".into(), columns }
}
