//! Survey statistics: rates, tables, raking, scales, disclosure control and trends.
