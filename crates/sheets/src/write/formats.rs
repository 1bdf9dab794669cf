//! Cell formats of printed ledgers; only what Excel, WPS and LibreOffice all draw alike.

use crate::{Column, Kind};
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder};

/// The formats of one workbook.
pub(super) struct Formats {
    pub title: Format,
    pub context: Format,
    pub right: Format,
    pub header: Format,
    pub required: Format,
    pub example: Format,
    pub number: Format,
    pub total: Format,
    pub prose: Format,
}

/// The format of a column's cells, and the same for text that looks like a formula.
pub(super) struct OfColumn {
    pub plain: Format,
    pub quoted: Format,
}

impl Formats {
    /// Song type for the table, heavier for title and header, thin borders.
    pub fn new() -> Self {
        let base = || Format::new().set_font_name("宋体").set_font_size(10).set_align(FormatAlign::VerticalCenter);
        let boxed = || base().set_border(FormatBorder::Thin);
        let header =
            || boxed().set_bold().set_text_wrap().set_align(FormatAlign::Center).set_background_color("#E7EDF5");
        let title = base().set_font_name("黑体").set_font_size(16).set_align(FormatAlign::Center);
        Self {
            title,
            context: base(),
            right: base().set_align(FormatAlign::Right),
            header: header(),
            required: header().set_font_color("#C00000"),
            example: boxed().set_font_color("#7F7F7F").set_text_wrap(),
            number: boxed().set_align(FormatAlign::Center),
            total: boxed().set_bold().set_align(FormatAlign::Center),
            prose: base().set_text_wrap().set_align(FormatAlign::Top),
        }
    }

    /// Formats of a column's cells.
    pub fn of(column: &Column) -> OfColumn {
        let plain = cells(column);
        OfColumn { quoted: plain.clone().set_quote_prefix(), plain }
    }
}

fn cells(column: &Column) -> Format {
    let base = Format::new().set_font_name("宋体").set_font_size(10).set_border(FormatBorder::Thin);
    let base = base.set_align(FormatAlign::VerticalCenter);
    match &column.kind {
        Kind::Text | Kind::LongText | Kind::Unit => base.set_text_wrap(),
        Kind::Date => base.set_num_format("yyyy-mm-dd").set_align(FormatAlign::Center),
        Kind::Phone | Kind::IdentityNumber => base.set_num_format("@").set_align(FormatAlign::Center),
        Kind::Integer => base.set_num_format("0").set_align(FormatAlign::Right),
        Kind::Decimal { scale: 0, .. } => base.set_num_format("0").set_align(FormatAlign::Right),
        Kind::Decimal { scale, .. } => {
            base.set_num_format(format!("0.{}", "0".repeat(usize::from(*scale)))).set_align(FormatAlign::Right)
        }
        Kind::Choice { .. } | Kind::YesNo | Kind::Person | Kind::Picture => {
            base.set_text_wrap().set_align(FormatAlign::Center)
        }
    }
}
