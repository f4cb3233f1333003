//! Scale, ticks, rows, clusters, density: pure values.
