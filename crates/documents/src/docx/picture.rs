//! A chart as an inline picture whose alternative text says its values.

use super::Picture;
use super::paragraph::{Shape, paragraph, words};
use super::run::{Face, Type, xml as escaped};
use crate::model::Chart;

/// The title above, the picture below it. `number` counts charts from 1; the picture's relation is `rIdPicture{number}`.
pub fn xml(chart: &Chart, picture: &Picture, number: usize) -> String {
    // 1 mm is 36,000 EMU.
    let (width, height) = (u64::from(picture.width) * 360, u64::from(picture.height) * 360);
    let extent = format!("cx=\"{width}\" cy=\"{height}\"");
    let drawing = format!(
        "<w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent {extent}/>\
         <wp:docPr id=\"{number}\" name=\"chart{number}\" descr=\"{}\"/><a:graphic>\
         <a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic>\
         <pic:nvPicPr><pic:cNvPr id=\"{number}\" name=\"chart{number}.png\"/><pic:cNvPicPr/></pic:nvPicPr>\
         <pic:blipFill><a:blip r:embed=\"rIdPicture{number}\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>\
         <pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext {extent}/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom>\
         </pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>",
        escaped(&chart.in_words())
    );
    let title = Shape { keep: true, ..Shape::centre() };
    let shape = Shape { style: "Cell", ..Shape::centre() };
    words(&title, &chart.title, Type::new(Face::Bold, 28)) + &paragraph(&shape, &drawing)
}
