//! The parts around the text: content types, relations, properties, styles, settings, fonts, footers.

use super::Sealing;
use super::run::{Face, Type, xml};
use super::section::Side;
use crate::model::Document;
use std::fmt::Write as _;

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// Relations of the package.
pub const ROOT_RELATIONS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships \
    xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
    <Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/>\
    <Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/>\
    <Relationship Id=\"rId3\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties\" Target=\"docProps/app.xml\"/>\
    </Relationships>";

/// The program that wrote the document.
pub const APP: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Properties \
    xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\"><Application>Yanpan</Application></Properties>";

/// Odd and even pages differ; punctuation is not squeezed, so that 28 characters stay 28.
pub const SETTINGS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:settings \
    xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:zoom w:percent=\"100\"/><w:evenAndOddHeaders/>\
    <w:drawingGridVerticalSpacing w:val=\"579\"/><w:characterSpacingControl w:val=\"doNotCompress\"/>\
    <w:compat><w:balanceSingleByteDoubleByteWidth/><w:useFELayout/><w:compatSetting w:name=\"compatibilityMode\" \
    w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat></w:settings>";

/// The text at 3号, titles, cells, footers. Lines stand by an exact height of 579 twips and characters by their tracking, not by
/// snapping: LibreOffice would give two cells of the grid to a glyph wider than one.
pub const STYLES: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:styles \
    xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:docDefaults><w:rPrDefault><w:rPr>\
    <w:rFonts w:ascii=\"仿宋_GB2312\" w:eastAsia=\"仿宋_GB2312\" w:hAnsi=\"仿宋_GB2312\" w:cs=\"仿宋_GB2312\"/>\
    <w:sz w:val=\"32\"/><w:szCs w:val=\"32\"/><w:lang w:val=\"en-US\" w:eastAsia=\"zh-CN\"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>\
    <w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/><w:qFormat/><w:pPr><w:widowControl w:val=\"0\"/>\
    <w:overflowPunct w:val=\"0\"/><w:autoSpaceDE w:val=\"0\"/><w:autoSpaceDN w:val=\"0\"/><w:snapToGrid w:val=\"0\"/>\
    <w:spacing w:before=\"0\" w:after=\"0\" w:line=\"579\" w:lineRule=\"exact\"/><w:jc w:val=\"both\"/></w:pPr>\
    <w:rPr><w:sz w:val=\"32\"/><w:szCs w:val=\"32\"/></w:rPr></w:style>\
    <w:style w:type=\"paragraph\" w:styleId=\"Title\"><w:name w:val=\"Title\"/><w:basedOn w:val=\"Normal\"/><w:qFormat/>\
    <w:pPr><w:keepNext/><w:jc w:val=\"center\"/></w:pPr><w:rPr><w:sz w:val=\"44\"/><w:szCs w:val=\"44\"/></w:rPr></w:style>\
    <w:style w:type=\"paragraph\" w:customStyle=\"1\" w:styleId=\"Cell\"><w:name w:val=\"Cell\"/><w:basedOn w:val=\"Normal\"/>\
    <w:pPr><w:snapToGrid w:val=\"0\"/><w:spacing w:line=\"240\" w:lineRule=\"auto\"/></w:pPr>\
    <w:rPr><w:sz w:val=\"24\"/><w:szCs w:val=\"24\"/></w:rPr></w:style>\
    <w:style w:type=\"paragraph\" w:customStyle=\"1\" w:styleId=\"SmallCell\"><w:name w:val=\"SmallCell\"/><w:basedOn w:val=\"Cell\"/>\
    <w:rPr><w:sz w:val=\"21\"/><w:szCs w:val=\"21\"/></w:rPr></w:style>\
    <w:style w:type=\"paragraph\" w:styleId=\"Footer\"><w:name w:val=\"footer\"/><w:basedOn w:val=\"Normal\"/>\
    <w:pPr><w:snapToGrid w:val=\"0\"/><w:spacing w:line=\"280\" w:lineRule=\"exact\"/></w:pPr></w:style>\
    <w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\"><w:name w:val=\"Normal Table\"/><w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/>\
    </w:tblPr></w:style><w:style w:type=\"table\" w:customStyle=\"1\" w:styleId=\"Grid\"><w:name w:val=\"Grid\"/><w:basedOn w:val=\"TableNormal\"/>\
    <w:tblPr><w:tblBorders><w:top w:val=\"single\" w:sz=\"6\" w:space=\"0\" w:color=\"000000\"/>\
    <w:left w:val=\"single\" w:sz=\"6\" w:space=\"0\" w:color=\"000000\"/><w:bottom w:val=\"single\" w:sz=\"6\" w:space=\"0\" w:color=\"000000\"/>\
    <w:right w:val=\"single\" w:sz=\"6\" w:space=\"0\" w:color=\"000000\"/><w:insideH w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/>\
    <w:insideV w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/></w:tblBorders></w:tblPr></w:style></w:styles>";

/// `[Content_Types].xml`.
pub fn content_types(pictures: usize) -> String {
    const WORD_PART: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";
    let mut out = format!(
        "{HEAD}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>"
    );
    if pictures > 0 {
        out.push_str("<Default Extension=\"png\" ContentType=\"image/png\"/>");
    }
    let parts =
        [("document", "document.main"), ("styles", "styles"), ("settings", "settings"), ("fontTable", "fontTable")];
    for (name, kind) in parts.into_iter().chain([("footer1", "footer"), ("footer2", "footer")]) {
        let _ = write!(out, "<Override PartName=\"/word/{name}.xml\" ContentType=\"{WORD_PART}.{kind}+xml\"/>");
    }
    out.push_str(
        "<Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>\
         <Override PartName=\"/docProps/app.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.extended-properties+xml\"/>\
         <Override PartName=\"/customXml/itemProps1.xml\" \
         ContentType=\"application/vnd.openxmlformats-officedocument.customXmlProperties+xml\"/></Types>",
    );
    out
}

/// Relations of the text.
pub fn relations(pictures: usize) -> String {
    let mut out =
        format!("{HEAD}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">");
    let mut relation = |id: &str, kind: &str, target: &str| {
        let _ = write!(out, "<Relationship Id=\"{id}\" Type=\"{OFFICE}/{kind}\" Target=\"{target}\"/>");
    };
    relation("rId1", "styles", "styles.xml");
    relation("rId2", "settings", "settings.xml");
    relation("rId3", "fontTable", "fontTable.xml");
    relation("rId4", "customXml", "../customXml/item1.xml");
    relation("rId5", "footer", "footer1.xml");
    relation("rId6", "footer", "footer2.xml");
    for number in 1..=pictures {
        relation(&format!("rIdPicture{number}"), "image", &format!("media/chart{number}.png"));
    }
    out.push_str("</Relationships>");
    out
}

/// Title, author, time and substituted fonts.
pub fn core(document: &Document, sealing: &Sealing<'_>) -> String {
    let provenance = sealing.provenance;
    let substitutions = sealing.substitutions.join("\u{FF1B}");
    let author = document.signature.as_ref().map_or(provenance.made_by.as_str(), |signature| &signature.name);
    format!(
        "{HEAD}<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{}</dc:title><dc:creator>{}</dc:creator>\
         <dc:description>{}</dc:description><dcterms:created xsi:type=\"dcterms:W3CDTF\">{}</dcterms:created></cp:coreProperties>",
        xml(&document.title),
        xml(author),
        xml(&substitutions),
        provenance.made_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
    )
}

/// The five types with a family by which a reader without them finds a likeness.
pub fn font_table() -> String {
    let mut out = format!("{HEAD}<w:fonts xmlns:w=\"{WORD}\">");
    let faces = [
        (Face::Text, "FangSong", "modern"),
        (Face::Kai, "KaiTi", "modern"),
        (Face::Bold, "SimHei", "swiss"),
        (Face::Song, "SimSun", "roman"),
        (Face::Title, "SimSun", "roman"),
    ];
    for (face, other, family) in faces {
        let _ = write!(
            out,
            "<w:font w:name=\"{}\"><w:altName w:val=\"{other}\"/><w:charset w:val=\"86\"/><w:family w:val=\"{family}\"/></w:font>",
            face.name()
        );
    }
    out.push_str("</w:fonts>");
    out
}

/// 「— 1 —」 in 4号宋体, at the outer side one character in.
pub fn footer(side: Side) -> String {
    let (align, indent) = match side {
        Side::Odd => ("right", "w:rightChars=\"100\" w:right=\"280\""),
        Side::Even => ("left", "w:leftChars=\"100\" w:left=\"280\""),
    };
    let style = Type::new(Face::Song, 28).properties();
    format!(
        "{HEAD}<w:ftr xmlns:w=\"{WORD}\"><w:p><w:pPr><w:pStyle w:val=\"Footer\"/><w:ind {indent}/><w:jc w:val=\"{align}\"/></w:pPr>\
         <w:r>{style}<w:t xml:space=\"preserve\">— </w:t></w:r><w:fldSimple w:instr=\" PAGE \"><w:r>{style}<w:t>1</w:t></w:r></w:fldSimple>\
         <w:r>{style}<w:t xml:space=\"preserve\"> —</w:t></w:r></w:p></w:ftr>"
    )
}
