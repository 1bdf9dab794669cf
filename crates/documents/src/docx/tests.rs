//! What the DOCX writer promises.
