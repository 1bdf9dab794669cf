//! Pictures inside cells as WPS keeps them: `DISPIMG` formulas and a `cellimages.xml` that Excel does not know.

use super::book::{Case, PIXEL, Page, case, xlsx};
use std::io::{Cursor, Read, Write};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

const IMAGES: &str = r#"<etc:cellImages xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:etc="http://www.wps.cn/officeDocument/2017/etCustomData"><etc:cellImage><xdr:pic><xdr:nvPicPr><xdr:cNvPr id="2" name="ID_A1B2C3"/><xdr:cNvPicPr/></xdr:nvPicPr><xdr:blipFill><a:blip r:embed="rId1"/></xdr:blipFill></xdr:pic></etc:cellImage></etc:cellImages>"#;
const RELATIONS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="media/image1.png"/></Relationships>"#;

/// The package with parts added.
fn with_parts(bytes: &[u8], parts: &[(&str, &[u8])]) -> Result<Vec<u8>, Box<dyn std::error::Error>> {
    let mut old = ZipArchive::new(Cursor::new(bytes))?;
    let mut new = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..old.len() {
        new.raw_copy_file(old.by_index(at)?)?;
    }
    for (path, content) in parts {
        new.start_file(*path, SimpleFileOptions::default())?;
        new.write_all(content)?;
    }
    Ok(new.finish()?.into_inner())
}

/// The package with the text of one part changed.
pub fn with_text(
    bytes: &[u8],
    path: &str,
    change: impl Fn(String) -> String,
) -> Result<Vec<u8>, Box<dyn std::error::Error>> {
    let mut old = ZipArchive::new(Cursor::new(bytes))?;
    let mut new = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..old.len() {
        let mut entry = old.by_index(at)?;
        let name = entry.name()?.into_owned();
        if name == path {
            let mut text = String::new();
            entry.read_to_string(&mut text)?;
            new.start_file(name, SimpleFileOptions::default())?;
            new.write_all(change(text).as_bytes())?;
        } else {
            new.raw_copy_file(entry)?;
        }
    }
    Ok(new.finish()?.into_inner())
}

/// The cases.
pub fn cases() -> Result<Vec<Case>, Box<dyn std::error::Error>> {
    let image = "=_xlfn.DISPIMG(\"ID_A1B2C3\",1)→=DISPIMG(\"ID_A1B2C3\",1)";
    let text = format!("单位|排查时间|隐患描述|整改前照片\n一小|2026-10-08|甲|{image}\n一小|2026-10-40|乙|{image}");
    let parts: [(&str, &[u8]); 3] = [
        ("xl/cellimages.xml", IMAGES.as_bytes()),
        ("xl/_rels/cellimages.xml.rels", RELATIONS.as_bytes()),
        ("xl/media/image1.png", &PIXEL),
    ];
    let mut wps = case("WPS嵌入图片", &[Page::new("台账", text)], 1, &[(3, "found_on")])?;
    wps.bytes = with_parts(&wps.bytes, &parts)?;
    wps.pictures = vec![(2, 1), (3, 1)];
    let dated = xlsx(&[Page::new("台账", "单位|排查时间|隐患描述\n一小|@44841|甲")])?;
    let mut from_1904 =
        case("从1904年起算", &[], 1, &[]).or_else(|_| case("从1904年起算", &[Page::new("a", "")], 1, &[]))?;
    from_1904.bytes =
        with_text(&dated, "xl/workbook.xml", |text| text.replace("<workbookPr ", "<workbookPr date1904=\"1\" "))?;
    Ok(vec![wps, from_1904])
}
