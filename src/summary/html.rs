//! To come.
use super::choice::Template;
use super::content::Summary;
pub fn page(_: &Summary, _: Template) -> String {
    String::new()
}
