//! The words that say how a source bears on a statement.

use crate::model::Relation;

/// Words an author may use, with the relation each means. The relations' own names come first.
const WORDS: &[(&str, Relation)] = &[
    ("supports", Relation::Supports),
    ("says", Relation::Says),
    ("confirms", Relation::Confirms),
    ("differs", Relation::Differs),
    ("contradicts", Relation::Contradicts),
    ("mentions", Relation::Mentions),
    ("silent", Relation::Silent),
    ("updates", Relation::Updates),
    ("because", Relation::Because),
    ("assumes", Relation::Assumes),
    ("disputes", Relation::Contradicts),
    ("denies", Relation::Contradicts),
    ("contra", Relation::Contradicts),
    ("but see", Relation::Contradicts),
    ("see", Relation::Mentions),
    ("see also", Relation::Mentions),
    ("cf", Relation::Mentions),
];

/// CiTO's properties (the Citation Typing Ontology) that are not among the words above.
const CITO: &[(&str, Relation)] = &[
    ("citesasevidence", Relation::Supports),
    ("obtainssupportfrom", Relation::Supports),
    ("includesquotationfrom", Relation::Says),
    ("agreeswith", Relation::Confirms),
    ("qualifies", Relation::Differs),
    ("disagreeswith", Relation::Contradicts),
    ("refutes", Relation::Contradicts),
    ("citesforinformation", Relation::Mentions),
    ("discusses", Relation::Mentions),
    ("corrects", Relation::Updates),
];

/// The relation that a word or two name, in any case.
pub fn relation(words: &str) -> Option<Relation> {
    let words = words.trim().trim_end_matches(['.', ':']);
    let find = |table: &[(&str, Relation)]| {
        let found = table
            .iter()
            .find(|(word, _)| word.eq_ignore_ascii_case(words));
        found.map(|&(_, relation)| relation)
    };
    find(WORDS).or_else(|| find(CITO))
}

/// Splits `disputes:key` as CiTO has it, unless the whole is a key itself.
pub fn relation_or_cito<'k>(
    key: &'k str,
    resolve: &dyn Fn(&str) -> Option<u32>,
) -> (Option<Relation>, &'k str) {
    if let Some((word, rest)) = key.split_once(':')
        && !rest.is_empty()
        && let Some(relation) = relation(word)
        && resolve(key).is_none()
    {
        return (Some(relation), rest);
    }
    (None, key)
}

/// The known word most like `word`, when one is.
pub fn nearest(word: &str) -> Option<&'static str> {
    crate::parse::nearest(&word.to_lowercase(), WORDS.iter().map(|&(word, _)| word))
}

/// The relations' names, for a hint.
pub fn known() -> String {
    Relation::ALL.map(Relation::as_str).join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_relation_is_called_by_its_name() {
        for known in Relation::ALL {
            assert_eq!(relation(known.as_str()), Some(known));
        }
        assert_eq!(relation("But see"), Some(Relation::Contradicts));
        assert_eq!(relation("Cf."), Some(Relation::Mentions));
        assert_eq!(relation("claims"), None);
        assert_eq!(nearest("contradict"), Some("contradicts"));
    }
}
