//! Exam analysis: the classical table, item response models and linking.
