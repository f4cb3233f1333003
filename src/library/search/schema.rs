//! What the index keeps of each unit.

#![expect(
    clippy::indexing_slicing,
    reason = "languages are numbered by the table of languages"
)]

use super::units::Unit;
use super::words::WordTokenizer;
use tantivy::Index;
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::tokenizer::{Language, Stemmer, TextAnalyzer, TokenizerManager};
use tantivy::{TantivyDocument, Term};

/// Grows when an index of before cannot be read any more, or would answer otherwise.
pub const INDEX_VERSION: u32 = 1;

const WORDS: &str = "words";

/// The languages whose words are also found in other forms, by their BCP 47 subtags.
const LANGUAGES: [(&str, Language); 18] = [
    ("ar", Language::Arabic),
    ("da", Language::Danish),
    ("nl", Language::Dutch),
    ("en", Language::English),
    ("fi", Language::Finnish),
    ("fr", Language::French),
    ("de", Language::German),
    ("el", Language::Greek),
    ("hu", Language::Hungarian),
    ("it", Language::Italian),
    ("no", Language::Norwegian),
    ("pt", Language::Portuguese),
    ("ro", Language::Romanian),
    ("ru", Language::Russian),
    ("es", Language::Spanish),
    ("sv", Language::Swedish),
    ("ta", Language::Tamil),
    ("tr", Language::Turkish),
];

/// Which of the languages with other forms a briefing is in; without a `lang` it is taken for English. `None` for a language
/// whose forms nobody has taught the index.
pub fn language_of(lang: Option<&str>) -> Option<usize> {
    let lang = lang.unwrap_or("en").to_ascii_lowercase();
    let primary = match lang.split(['-', '_']).next().unwrap_or_default() {
        "nb" | "nn" => "no",
        primary => primary,
    };
    LANGUAGES.iter().position(|(tag, _)| *tag == primary)
}

/// The common form of a word in one of the languages.
pub struct Stems {
    analyzer: TextAnalyzer,
}

impl Stems {
    pub fn new(language: usize) -> Self {
        let (_, language) = LANGUAGES[language];
        let analyzer = TextAnalyzer::builder(WordTokenizer::default())
            .filter(Stemmer::new(language))
            .build();
        Self { analyzer }
    }

    /// `word` is folded already.
    pub fn stem(&mut self, word: &str) -> String {
        let mut stream = self.analyzer.token_stream(word);
        if stream.advance() {
            stream.token().text.clone()
        } else {
            word.to_owned()
        }
    }
}

/// The fields of the index.
#[derive(Clone, Debug)]
pub struct Fields {
    pub schema: Schema,
    /// Which file a unit is of: a hash of its path.
    pub file: Field,
    /// Which reading of that file; only where the unit is the briefing as such.
    pub reading: Field,
    /// Kind, and place among its kind.
    pub what: Field,
    /// Where it stands in the file.
    pub span: Field,
    pub words: Field,
    pub title: Field,
    pub who: Field,
    pub lane: Field,
    pub tag: Field,
    pub source: Field,
    pub status: Field,
    stems: [Field; LANGUAGES.len()],
}

impl Fields {
    pub fn new() -> Self {
        let mut schema = Schema::builder();
        let mut number = |name: &str, is_indexed: bool| {
            if is_indexed {
                schema.add_u64_field(name, FAST | INDEXED)
            } else {
                schema.add_u64_field(name, FAST)
            }
        };
        let file = number("file", true);
        let reading = number("reading", false);
        let what = number("what", false);
        let span = number("span", false);
        let mut text = |name: &str, tokenizer: &str, option: IndexRecordOption, norms: bool| {
            let indexing = TextFieldIndexing::default()
                .set_tokenizer(tokenizer)
                .set_index_option(option)
                .set_fieldnorms(norms);
            schema.add_text_field(name, TextOptions::default().set_indexing_options(indexing))
        };
        let positions = IndexRecordOption::WithFreqsAndPositions;
        Self {
            words: text(WORDS, WORDS, positions, true),
            title: text("title", WORDS, IndexRecordOption::Basic, true),
            who: text("who", WORDS, positions, false),
            lane: text("lane", WORDS, positions, false),
            tag: text("tag", WORDS, positions, false),
            source: text("source", WORDS, positions, false),
            status: text("status", WORDS, positions, false),
            stems: LANGUAGES.map(|(tag, _)| {
                let name = stems_name(tag);
                text(&name, &name, IndexRecordOption::WithFreqs, true)
            }),
            schema: schema.build(),
            file,
            reading,
            what,
            span,
        }
    }

    /// The field with the common forms of words in a language.
    pub fn stems(&self, language: usize) -> Field {
        self.stems[language]
    }

    /// What stands for all units of a file.
    pub fn file_term(&self, path_hash: u64) -> Term {
        Term::from_field_u64(self.file, path_hash)
    }

    /// A unit as the index takes it.
    pub fn document(
        &self,
        unit: &Unit<'_>,
        path_hash: u64,
        reading: u64,
        language: Option<usize>,
    ) -> TantivyDocument {
        let mut document = TantivyDocument::default();
        document.add_u64(self.file, path_hash);
        document.add_u64(self.reading, reading);
        document.add_u64(self.what, u64::from(unit.at) << 8 | unit.kind as u64);
        document.add_u64(
            self.span,
            u64::from(unit.span.start) << 32 | u64::from(unit.span.end),
        );
        let stems = language.map(|language| self.stems(language));
        let mut add_words = |words: &str| {
            document.add_text(self.words, words);
            if let Some(stems) = stems {
                document.add_text(stems, words);
            }
        };
        if !unit.title.is_empty() {
            add_words(unit.title);
        }
        for text in &unit.text {
            add_words(text);
        }
        if !unit.title.is_empty() {
            document.add_text(self.title, unit.title);
        }
        let many = [
            (self.who, &unit.who),
            (self.tag, &unit.tags),
            (self.source, &unit.sources),
        ];
        for (field, values) in many {
            for value in values {
                document.add_text(field, value);
            }
        }
        for (field, value) in [(self.lane, unit.lane), (self.status, unit.status)] {
            if let Some(value) = value {
                document.add_text(field, value);
            }
        }
        document
    }
}

/// Teaches an index how text is cut. Must be done each time that one is opened.
pub fn register_tokenizers(index: &Index) {
    let tokenizers: &TokenizerManager = index.tokenizers();
    tokenizers.register(WORDS, WordTokenizer::default());
    for (tag, language) in LANGUAGES {
        let analyzer = TextAnalyzer::builder(WordTokenizer::default())
            .filter(Stemmer::new(language))
            .build();
        tokenizers.register(&stems_name(tag), analyzer);
    }
}

fn stems_name(tag: &str) -> String {
    format!("stems_{tag}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_told_by_their_first_subtag() {
        let tag = |lang| language_of(lang).map(|at| LANGUAGES[at].0);
        assert_eq!(tag(None), Some("en"));
        assert_eq!(tag(Some("de-AT")), Some("de"));
        assert_eq!(tag(Some("NB")), Some("no"));
        assert_eq!(tag(Some("uk")), None);
        assert_eq!(
            Stems::new(3).stem("negotiations"),
            Stems::new(3).stem("negotiated")
        );
    }
}
