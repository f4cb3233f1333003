//! Numbers as people read them.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "a number has few digits, and `at` is one of them"
)]

/// With a comma before every three digits: `999`, `1,000`, `12,345,678`.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut words = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            words.push(',');
        }
        words.push(digit);
    }
    words
}

/// A count of things: `1 event`, `2 events`, `12,345 events`.
pub fn plural(count: usize, noun: &str) -> String {
    let ending = if count == 1 { "" } else { "s" };
    format!("{} {noun}{ending}", grouped(count as u64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_stand_in_threes() {
        let words: Vec<String> = [0, 999, 1000, 12_345, 1_234_567].map(grouped).into();
        assert_eq!(words, ["0", "999", "1,000", "12,345", "1,234,567"]);
    }

    #[test]
    fn one_is_not_many() {
        assert_eq!(plural(0, "event"), "0 events");
        assert_eq!(plural(1, "event"), "1 event");
        assert_eq!(plural(1200, "event"), "1,200 events");
    }
}
