//! Composite indicators: scaling, weights, aggregation, rank uncertainty.
