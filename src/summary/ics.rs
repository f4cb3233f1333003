//! To come.
use super::content::Summary;
pub fn calendar(_: &Summary) -> Result<String, String> {
    Ok(String::new())
}
