//! Writes the invented county's report as DOCX, PDF and HTML into a folder (`cargo run --example report -- OUT`), or says what was
//! edited in one that came back (`cargo run --example report -- OUT BACK.docx`).

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "the fixture is a test's")]

#[path = "../tests/fixture/mod.rs"]
mod fixture;

use fixture::{County, KEY, TEMPLATE, context, provenance};
use std::path::PathBuf;
use std::time::Instant;
use yanpan_documents::fonts::Fonts;
use yanpan_documents::template::Template;
use yanpan_documents::{chart, docx, html, pdf, read};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let out = PathBuf::from(std::env::args().nth(1).ok_or("usage: report OUT")?);
    std::fs::create_dir_all(&out)?;
    if let Some(back) = std::env::args().nth(2) {
        let opened = read::docx(&std::fs::read(back)?, KEY)?;
        println!("signed: {}, {:#?}", opened.signature_valid, opened.compare());
        return Ok(());
    }
    let fonts = Fonts::usual(None)?;
    let substitutions: Vec<String> = fonts.substitutions().iter().map(ToString::to_string).collect();
    let provenance = provenance();
    let sealing = docx::Sealing { provenance: &provenance, key: KEY, substitutions: &substitutions };
    for _ in 0..3 {
        let start = Instant::now();
        let template = Template::parse("monthly.md", TEMPLATE).map_err(|problems| format!("{problems:?}"))?;
        let (document, problems) = template.build(&context(), &County::default());
        let built = start.elapsed();
        let printed = pdf::write(&document, &provenance, &fonts)?;
        let paper = start.elapsed();
        let bytes = docx::write(&document, &sealing, &chart::png(&document, &fonts)?)?;
        println!("{problems:?}: built {built:?}, PDF {paper:?}, DOCX {:?}, {} pages", start.elapsed(), printed.pages);
        std::fs::write(out.join("report.pdf"), printed.bytes)?;
        std::fs::write(out.join("report.docx"), bytes)?;
        std::fs::write(out.join("report.html"), html::write(&document, &provenance))?;
    }
    Ok(())
}
