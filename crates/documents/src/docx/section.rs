//! Sections: page size, margins, grid and page numbers.

/// A4 upright or lying.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Page {
    /// Upright.
    Portrait,
    /// Lying; the margins turn with the page.
    Landscape,
}

/// Right-hand or left-hand page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Odd pages: number at the right, one character in.
    Odd,
    /// Even pages: number at the left, one character in.
    Even,
}

impl Page {
    /// Width of the text area.
    pub fn width(self) -> u32 {
        match self {
            Self::Portrait => 8844,
            Self::Landscape => 12_756,
        }
    }

    /// `w:sectPr`. The footer lies so that the dash of the page number is 7 mm below the text area.
    pub fn properties(self) -> String {
        let (size, margins) = match self {
            Self::Portrait => {
                ("w:w=\"11906\" w:h=\"16838\"", "w:top=\"2098\" w:right=\"1474\" w:bottom=\"1984\" w:left=\"1588\"")
            }
            Self::Landscape => (
                "w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"",
                "w:top=\"1588\" w:right=\"1984\" w:bottom=\"1474\" w:left=\"2098\"",
            ),
        };
        let footer = if self == Self::Portrait { 1446 } else { 936 };
        format!(
            "<w:sectPr><w:footerReference w:type=\"default\" r:id=\"rId5\"/><w:footerReference w:type=\"even\" r:id=\"rId6\"/>\
             <w:type w:val=\"nextPage\"/><w:pgSz {size}/><w:pgMar {margins} w:header=\"851\" w:footer=\"{footer}\" w:gutter=\"0\"/>\
             <w:cols w:space=\"0\"/><w:docGrid w:type=\"linesAndChars\" w:linePitch=\"579\" w:charSpace=\"-848\"/></w:sectPr>"
        )
    }

    /// The end of this section inside the text: a paragraph too low to be seen, so that a full page gets no empty one after it.
    pub fn end(self) -> String {
        format!(
            "<w:p><w:pPr><w:snapToGrid w:val=\"0\"/><w:spacing w:before=\"0\" w:after=\"0\" w:line=\"20\" w:lineRule=\"exact\"/>\
             <w:rPr><w:sz w:val=\"2\"/></w:rPr>{}</w:pPr></w:p>",
            self.properties()
        )
    }
}
