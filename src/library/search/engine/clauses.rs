//! From a query to the clauses that the index answers.

use super::View;
use crate::library::search::query::{Condition, Pattern, Query as Asked, WordField};
use crate::library::search::schema::Stems;
use std::ops::Bound;
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, InvertedIndexRangeQuery, Occur, PhrasePrefixQuery,
    PhraseQuery, Query, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{SegmentReader, Term};

/// A word in a title weighs so much more.
const TITLE_BOOST: f32 = 2.5;

/// The beginning of a word at the end of a phrase is looked for by trying each word that begins so at each place where the rest
/// of the phrase stands. So many trials are made while somebody types.
pub(super) const PHRASE_TRIALS: u64 = 500_000;

impl View {
    /// Passes over the beginning of a word at the end of a phrase that is still being typed, when it could become too many
    /// words at too many places: `"the c`. More is found then, nothing less, until a further letter says more.
    pub(super) fn without_vague_endings(
        &self,
        asked: &Asked,
        most_trials: u64,
    ) -> tantivy::Result<Asked> {
        let mut asked = asked.clone();
        for term in &mut asked.terms {
            let (field, pattern) = match &mut term.condition {
                Condition::Anywhere(pattern) => (self.fields.words, pattern),
                Condition::Field(field, pattern) => (self.field(*field), pattern),
                _ => continue,
            };
            // A phrase that is not in quotation marks may have a star, and that is meant as it is written.
            if pattern.is_prefix
                && pattern.is_exact
                && !term.negated
                && pattern.words.len() > 1
                && self.phrase_trials(field, pattern)? > most_trials
            {
                pattern.words.pop();
                pattern.is_prefix = false;
            }
        }
        Ok(asked)
    }

    /// How many words at how many places have to be tried for a phrase that ends in the beginning of a word.
    fn phrase_trials(&self, field: Field, pattern: &Pattern) -> tantivy::Result<u64> {
        let Some((beginning, words)) = pattern.words.split_last() else {
            return Ok(0);
        };
        let mut trials = 0;
        for segment in self.searcher.segment_readers() {
            let index = segment.inverted_index(field)?;
            let mut places = u64::MAX;
            for word in words {
                let count = index.doc_freq(&Term::from_field_text(field, word))?;
                places = places.min(u64::from(count));
            }
            trials += places * u64::from(count_beginning(segment, field, beginning)?);
        }
        Ok(trials)
    }

    /// Words one after another in one field, as they are written.
    fn words_in(&self, field: Field, pattern: &Pattern) -> tantivy::Result<Box<dyn Query>> {
        let mut terms: Vec<Term> = pattern
            .words
            .iter()
            .map(|word| Term::from_field_text(field, word))
            .collect();
        Ok(match (pattern.words.as_slice(), pattern.is_prefix) {
            ([word], true) => prefix(field, word),
            ([_], false) => match terms.pop() {
                Some(term) => Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)),
                None => Box::new(AllQuery),
            },
            ([.., beginning], true) => {
                // tantivy would else pass over all but the first fifty, and hits would be lost.
                let mut most = 1;
                for segment in self.searcher.segment_readers() {
                    most = most.max(count_beginning(segment, field, beginning)?);
                }
                let mut query = PhrasePrefixQuery::new(terms);
                query.set_max_expansions(most);
                Box::new(query)
            }
            (_, _) => Box::new(PhraseQuery::new(terms)),
        })
    }

    /// The part of a query that the index answers.
    pub(super) fn words_of(&self, asked: &Asked) -> tantivy::Result<BooleanQuery> {
        let mut clauses: Vec<(Occur, Box<dyn Query>)> = Vec::new();
        for term in &asked.terms {
            let occur = if term.negated {
                Occur::MustNot
            } else {
                Occur::Must
            };
            match &term.condition {
                Condition::Anywhere(pattern) => {
                    clauses.push((occur, self.anywhere(pattern)?));
                }
                Condition::Field(field, pattern) => {
                    clauses.push((occur, self.words_in(self.field(*field), pattern)?));
                }
                _ => {}
            }
        }
        if !clauses.iter().any(|(occur, _)| *occur == Occur::Must) {
            clauses.push((Occur::Must, Box::new(AllQuery)));
        }
        Ok(BooleanQuery::new(clauses))
    }

    fn field(&self, field: WordField) -> Field {
        match field {
            WordField::Who => self.fields.who,
            WordField::Lane => self.fields.lane,
            WordField::Tag => self.fields.tag,
            WordField::Source => self.fields.source,
            WordField::Status => self.fields.status,
        }
    }

    fn anywhere(&self, pattern: &Pattern) -> tantivy::Result<Box<dyn Query>> {
        let [word] = pattern.words.as_slice() else {
            return self.words_in(self.fields.words, pattern);
        };
        let term = |field: Field| -> Box<dyn Query> {
            let term = Term::from_field_text(field, word);
            Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))
        };
        let mut ways = vec![(Occur::Should, term(self.fields.words))];
        if pattern.is_prefix {
            // A single letter says nothing in prose, but begins names and titles.
            let is_letter = word.chars().count() == 1 && word.is_ascii();
            if is_letter {
                ways.push((Occur::Should, prefix(self.fields.who, word)));
            } else {
                ways.push((Occur::Should, prefix(self.fields.words, word)));
            }
            let in_title = BoostQuery::new(prefix(self.fields.title, word), TITLE_BOOST);
            ways.push((Occur::Should, Box::new(in_title)));
        } else {
            if !pattern.is_exact {
                for &language in &self.languages {
                    let stem = Stems::new(language).stem(word);
                    let term = Term::from_field_text(self.fields.stems(language), &stem);
                    let query = TermQuery::new(term, IndexRecordOption::WithFreqs);
                    ways.push((Occur::Should, Box::new(query)));
                }
            }
            let in_title = BoostQuery::new(term(self.fields.title), TITLE_BOOST);
            ways.push((Occur::Should, Box::new(in_title)));
        }
        Ok(Box::new(BooleanQuery::new(ways)))
    }
}

/// How many words of a field begin so.
fn count_beginning(segment: &SegmentReader, field: Field, word: &str) -> tantivy::Result<u32> {
    let index = segment.inverted_index(field)?;
    let words = index.terms().range().ge(word);
    let mut words = words
        .le(last_beginning(word))
        .without_keys()
        .into_stream()?;
    let mut count = 0;
    while words.advance() {
        count += 1;
    }
    Ok(count)
}

/// What stands behind all words that begin so. UTF-8 has no byte 0xff, but terms of a text field must be text; the highest
/// character does as well.
fn last_beginning(word: &str) -> String {
    format!("{word}{}", char::MAX)
}

/// Words that begin so.
fn prefix(field: Field, word: &str) -> Box<dyn Query> {
    let start = Term::from_field_text(field, word);
    let end = Term::from_field_text(field, &last_beginning(word));
    Box::new(InvertedIndexRangeQuery::new(
        Bound::Included(start),
        Bound::Included(end),
    ))
}
