//! From words to an id, the way GitHub makes heading ids: readers already link to those.

/// Lower-cased letters, digits, `-` and `_`; white space becomes `-`, everything else goes.
///
/// `"The call, 18 March"` becomes `the-call-18-march`. May be empty.
pub fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for character in text.trim().chars() {
        if character.is_ascii_alphanumeric() {
            slug.push(character.to_ascii_lowercase());
        } else if character.is_alphanumeric() || character == '_' || character == '-' {
            slug.extend(character.to_lowercase());
        } else if character.is_whitespace() {
            slug.push('-');
        }
    }
    slug
}

#[cfg(test)]
mod tests {
    use super::slug;

    #[test]
    fn slugs_are_those_of_github() {
        for (text, expected) in [
            ("The call, 18 March", "the-call-18-march"),
            ("  Größe & Maß ", "größe--maß"),
            ("Звонок", "звонок"),
            ("snake_case-and `code`", "snake_case-and-code"),
            ("…", ""),
        ] {
            assert_eq!(slug(text), expected, "{text}");
        }
    }
}
