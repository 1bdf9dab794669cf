//! Outbreak detection: one series, many series, places and their evaluation.
