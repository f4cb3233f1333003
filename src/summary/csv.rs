//! To come.
use super::content::Summary;
pub fn table(_: &Summary) -> String {
    String::new()
}
