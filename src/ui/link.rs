//! Addresses as users meet them.

/// Whether the program opens such an address at all (after the user has seen it).
pub fn may_be_opened(address: &str) -> bool {
    let scheme = address.split(':').next().unwrap_or_default();
    ["http", "https", "mailto"]
        .iter()
        .any(|known| scheme.eq_ignore_ascii_case(known))
        && address.contains(':')
        && !address.contains(char::is_control)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_and_mail_addresses_may_be_opened() {
        for good in ["https://a.b/c", "HTTP://a", "mailto:a@b"] {
            assert!(may_be_opened(good), "{good}");
        }
        for bad in [
            "javascript:alert(1)",
            "file:///etc",
            "https",
            "data:x",
            "https://a\u{7}b",
            "",
        ] {
            assert!(!may_be_opened(bad), "{bad}");
        }
    }
}
