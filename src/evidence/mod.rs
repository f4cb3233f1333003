//! Quote and copy in, verdict out.
