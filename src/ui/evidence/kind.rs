//! What kind of thing a source is, at a glance; and the words behind a grade.

use crate::model::Source;
use crate::ui::icons::Icon;

/// The icon of a source, and the words for it.
///
/// The genre decides before Hayagriva's entry type: a speech may be filed as a video, a post, or a miscellany.
pub(super) fn icon_of(source: &Source) -> (Icon, &'static str) {
    let genre = source
        .details
        .genre
        .as_deref()
        .unwrap_or_default()
        .to_lowercase();
    let spoken = ["speech", "address", "remarks", "interview", "briefing"];
    if spoken.iter().any(|word| genre.contains(word)) {
        return (Icon::Speech, "Spoken words");
    }
    match source.entry_type.to_lowercase().as_str() {
        "article" | "newspaper" | "periodical" | "proceedings" | "blog" => {
            (Icon::Article, "Article")
        }
        "book" | "chapter" | "entry" | "anthos" | "anthology" | "reference" => (Icon::Book, "Book"),
        "post" | "thread" => (Icon::Post, "Post"),
        "web" | "repository" => (Icon::Web, "Web page"),
        "video" | "scene" | "artwork" | "exhibition" => (Icon::Video, "Pictures or video"),
        "audio" | "performance" | "conference" => (Icon::Speech, "Spoken words"),
        "case" | "legislation" | "patent" => (Icon::Law, "Legal document"),
        "" if source.copy.is_none() && source.address().is_some() => (Icon::Web, "Web page"),
        _ => (Icon::Document, "Document"),
    }
}

/// What a letter of the NATO Admiralty system says of a source.
pub(super) fn reliability_words(letter: char) -> Option<&'static str> {
    Some(match letter.to_ascii_uppercase() {
        'A' => "completely reliable",
        'B' => "usually reliable",
        'C' => "fairly reliable",
        'D' => "not usually reliable",
        'E' => "unreliable",
        'F' => "reliability cannot be judged",
        _ => return None,
    })
}

/// What a digit of the NATO Admiralty system says of a piece of information.
fn credibility_words(digit: char) -> Option<&'static str> {
    Some(match digit {
        '1' => "confirmed by other sources",
        '2' => "probably true",
        '3' => "possibly true",
        '4' => "doubtful",
        '5' => "improbable",
        '6' => "truth cannot be judged",
        _ => return None,
    })
}

/// A grade such as `B2` in words; `None` for what is no such grade.
pub(super) fn grade_words(grade: &str) -> Option<String> {
    let mut signs = grade.trim().chars();
    let source = reliability_words(signs.next()?)?;
    let Some(digit) = signs.next() else {
        return Some(format!("Source: {source}"));
    };
    if signs.next().is_some() {
        return None;
    }
    Some(format!(
        "Source: {source}. Information: {}.",
        credibility_words(digit)?
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grades_are_told_in_the_words_of_the_admiralty_system() {
        for (grade, words) in [
            (
                "B2",
                Some("Source: usually reliable. Information: probably true."),
            ),
            ("a", Some("Source: completely reliable")),
            ("B9", None),
            ("B22", None),
            ("", None),
        ] {
            assert_eq!(grade_words(grade).as_deref(), words, "{grade}");
        }
    }

    #[test]
    fn the_genre_decides_before_the_type() {
        let source = |entry_type: &str, genre: Option<&str>| Source {
            entry_type: entry_type.into(),
            details: crate::model::SourceDetails {
                genre: genre.map(Into::into),
                ..Default::default()
            }
            .into(),
            ..Source::default()
        };
        assert_eq!(icon_of(&source("Post", None)).0, Icon::Post);
        assert_eq!(icon_of(&source("Video", Some("Remarks"))).0, Icon::Speech);
        assert_eq!(icon_of(&source("", None)).0, Icon::Document);
    }
}
