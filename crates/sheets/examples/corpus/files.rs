//! The same table in other files: delimiters, encodings, renamed extensions.

use super::book::{Case, HEADER, Page, goods, text_case, xlsx};

/// The cases.
pub fn cases() -> Result<Vec<Case>, Box<dyn std::error::Error>> {
    let text = format!("2026年10月台账\n{HEADER}\n{}\n9|一小|10.40|楼道|\"灯,不亮\"|一般|整改中|\n", goods(1, 3))
        .replace('#', "");
    let comma = text.replace('|', ",");
    let utf16 = |text: &str, little: bool| -> Vec<u8> {
        let units = text.encode_utf16().flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() });
        let mark = if little { [0xFF, 0xFE] } else { [0xFE, 0xFF] };
        mark.into_iter().chain(units).collect()
    };
    let bad = [(6, "found_on")];
    let of = |name: &str, bytes: Vec<u8>| text_case(name, bytes, 3, &bad);
    let renamed = xlsx(&[Page::new("台账", format!("{HEADER}\n{}", goods(1, 3)))])?;
    let mut out = vec![
        of("CSV_UTF8", comma.clone().into_bytes()),
        of("CSV_UTF8_BOM_CRLF", format!("\u{FEFF}{}", comma.replace('\n', "\r\n")).into_bytes()),
        of("CSV_GB18030", encoding_rs::GB18030.encode(&comma).0.into_owned()),
        of("CSV_UTF16LE", utf16(&comma, true)),
        of("CSV_分号", text.replace('|', ";").into_bytes()),
        Case { extension: "tsv", ..of("TSV_UTF16BE", utf16(&text.replace('|', "\t"), false)) },
        Case { extension: "et", ..text_case("ET其实是XLSX", renamed.clone(), 3, &[]) },
        Case { extension: "xls", ..text_case("XLS其实是XLSX", renamed, 3, &[]) },
    ];
    let quoted = "单位,排查时间,隐患描述\r\n一小,2026-10-08,\"第一行\r\n第二行\"\r\n\r\n一小,不详,\"说\"\"好\"\"\"\r\n";
    out.push(text_case("CSV_格内换行", quoted.as_bytes().to_vec(), 1, &[(4, "found_on")]));
    Ok(out)
}
