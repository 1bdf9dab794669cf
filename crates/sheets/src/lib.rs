//! Workbooks as people keep them: bytes in, rows and problems out; rows in, bytes out.
//!
//! Nothing here knows a pack, a database or a clock. The way in has four steps, each a pure function:
//! [`read::workbook`] (bytes → sheets), [`layout::find`] (sheets → tables and their columns),
//! [`rows::read`] (tables → checked rows) and, for what failed, [`rejects::workbook`] (their own workbook back).
//! The way out is [`write`](mod@write). What is sought is described by a [`Target`].

pub mod csv;
mod edit;
pub mod layout;
mod limits;
pub mod names;
pub mod read;
pub mod rejects;
pub mod rows;
mod target;
pub mod text;
mod workbook;
pub mod write;
mod xml;

pub use limits::{Limits, Watch};
pub use target::{Choice, Column, Kind, Target};
pub use workbook::{Format, Line, Picture, PictureKind, Sheet, Span, Value, Workbook, column_letters};
