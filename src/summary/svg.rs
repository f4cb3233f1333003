//! To come.
use super::content::Summary;
pub fn figure(_: &Summary) -> String {
    String::new()
}
