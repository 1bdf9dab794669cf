//! Rules of the module beyond the golden cases.
