//! What an export says, in each of its forms. Takes values and gives text or bytes; never touches the disk.

pub mod json;
