//! Runs of the document as text to lay out, and the way back: from a letter on the screen to a byte of the file.

use super::leaf::Style;
use super::places::{Places, keys_of_citation};
use crate::model::{Briefing, FileId, LinkTarget, Run, RunRole, RunStyle};
use crate::span::Span;
use crate::state::State;
use crate::ui::theme::{Face, Palette, page, size, space};
use egui::text::{LayoutJob, TextFormat};
use egui::{Align, Color32, Galley, Pos2, Rect, Stroke, pos2};
use std::borrow::Cow;
use std::ops::Range;

impl Style {
    /// The size of its letters; `scale` is what the reader has asked for.
    pub(super) fn size_px(self, scale: f32) -> f32 {
        scale * self.usual_size_px()
    }

    fn usual_size_px(self) -> f32 {
        match self {
            Self::Title => page::TITLE_PX,
            Self::Subtitle => page::SUBTITLE_PX,
            Self::Byline => size::UI_PX,
            Self::Summary => page::SUMMARY_PX,
            Self::Heading(level, _) => size::HEADINGS_PX
                .get(usize::from(level).saturating_sub(1))
                .copied()
                .unwrap_or(size::BODY_PX),
            Self::Body => size::BODY_PX,
            Self::Small | Self::TableCell | Self::Caption => page::SMALL_PX,
            Self::Code => size::CODE_PX,
            Self::Label | Self::Alert(_) => size::UI_PX,
            Self::TableHead => size::UI_PX,
        }
    }

    /// Distance of lines; whole points, so that rows fall on whole pixels.
    pub(super) fn line_px(self, scale: f32) -> f32 {
        let factor = match self {
            Self::Title | Self::Subtitle | Self::Heading(..) => page::HEADING_LINE_HEIGHT,
            Self::Small | Self::Caption | Self::TableCell | Self::TableHead => {
                page::SMALL_LINE_HEIGHT
            }
            _ => size::LINE_HEIGHT,
        };
        (self.size_px(scale) * factor).round()
    }

    fn face(self, style: RunStyle) -> Face {
        if style.code {
            return Face::Mono;
        }
        match self {
            Self::Title | Self::Heading(..) => Face::serif(true, style.italic),
            Self::Subtitle => Face::serif(style.bold, !style.italic),
            Self::Byline => Face::Sans,
            Self::Label | Self::TableHead | Self::Alert(_) => Face::SansSemibold,
            Self::Code => Face::Mono,
            Self::Summary | Self::Body | Self::Small | Self::Caption | Self::TableCell => {
                Face::serif(style.bold, style.italic)
            }
        }
    }

    fn color(self, colors: &Palette) -> Color32 {
        match self {
            Self::Subtitle | Self::Byline | Self::Label | Self::Caption | Self::TableHead => {
                colors.text_weak
            }
            Self::Alert(alert) => super::draw::alert_color(alert, colors),
            _ => colors.text,
        }
    }
}

/// One stretch of the text that comes from one run.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    /// Letters of the text.
    pub(super) chars: Range<usize>,
    /// The same in bytes of the text.
    bytes: Range<usize>,
    /// The words in the file.
    pub(super) span: Span,
    /// Text and file agree byte for byte (from the start of the span on).
    exact: bool,
    ascii: bool,
    /// A small mark at the top of the line, not a word of the text.
    is_superior: bool,
    pub(super) role: PieceRole,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum PieceRole {
    Text,
    Link(LinkTarget),
    Citation,
    Note(u32),
}

/// The text of one leaf or table cell.
#[derive(Clone, Debug, Default)]
pub(super) struct Prose {
    pub(super) job: LayoutJob,
    /// In the order of the text; together they cover it but for spaces before marks.
    pub(super) pieces: Vec<Piece>,
    /// It holds letters that run from right to left: places of single letters are then not to be trusted
    /// (egui has no bidirectional layout), and the leaf is one target.
    pub(super) right_to_left: bool,
    /// The letters that the search has found.
    pub(super) found: Vec<Range<usize>>,
    chars: usize,
}

/// What is needed to make text of runs.
#[derive(Clone, Copy)]
pub(super) struct Setting<'a> {
    pub(super) state: &'a State,
    pub(super) file: FileId,
    pub(super) briefing: &'a Briefing,
    pub(super) places: &'a Places,
    pub(super) colors: &'a Palette,
    /// How much larger than usual the text is set.
    pub(super) scale: f32,
}

impl Prose {
    pub(super) fn new(runs: &[Run], style: Style, setting: Setting<'_>) -> Self {
        let mut prose = Self::default();
        for (at, run) in runs.iter().enumerate() {
            match &run.role {
                RunRole::Text => {
                    let next = runs.get(at + 1);
                    let before_mark = next.is_some_and(|next| is_superior(next, style, setting));
                    // Where a comment stood between two spaces, one is enough.
                    let before_space = !run.style.code
                        && style != Style::Code
                        && next.is_some_and(|next| {
                            matches!(next.role, RunRole::Text) && next.text.starts_with(' ')
                        });
                    let text = if before_mark || before_space {
                        run.text.trim_end_matches(' ')
                    } else {
                        &run.text
                    };
                    let format = format(style, run.style, style.color(setting.colors), setting);
                    prose.push(text, run, PieceRole::Text, format);
                }
                RunRole::Break => {
                    let format = format(style, run.style, style.color(setting.colors), setting);
                    prose.push("\n", run, PieceRole::Text, format);
                }
                RunRole::Link(target) => {
                    let format = format(style, run.style, setting.colors.accent, setting);
                    prose.push(&run.text, run, PieceRole::Link(target.clone()), format);
                }
                RunRole::Image { .. } => {
                    let italic = RunStyle {
                        italic: true,
                        ..run.style
                    };
                    let format = format(style, italic, setting.colors.text_weak, setting);
                    prose.push(&run.text, run, PieceRole::Text, format);
                }
                RunRole::FootnoteReference { number } => {
                    let format = superior(style, setting);
                    prose.separate_marks(&format);
                    prose.push(&number.to_string(), run, PieceRole::Note(*number), format);
                }
                RunRole::Citation => {
                    let text = citation_label(run, style, setting);
                    let format = if is_superior(run, style, setting) {
                        let format = superior(style, setting);
                        prose.separate_marks(&format);
                        format
                    } else {
                        format(style, run.style, setting.colors.accent, setting)
                    };
                    prose.push(&text, run, PieceRole::Citation, format);
                }
            }
        }
        prose.right_to_left = prose.job.text.chars().any(is_right_to_left);
        prose
    }

    fn push(&mut self, text: &str, run: &Run, role: PieceRole, format: TextFormat) {
        if text.is_empty() {
            return;
        }
        let start = self.job.text.len();
        // Only marks stand at the top of the line.
        let is_superior = format.valign == Align::TOP;
        self.job.append(text, 0.0, format);
        let chars = text.chars().count();
        self.pieces.push(Piece {
            chars: self.chars..self.chars + chars,
            bytes: start..start + text.len(),
            span: run.span,
            exact: run.text.len() == run.span.len() && role_is_words(&role),
            ascii: chars == text.len(),
            is_superior,
            role,
        });
        self.chars += chars;
    }

    /// Two marks that touch would read as one number.
    fn separate_marks(&mut self, format: &TextFormat) {
        let touches = self.pieces.last().is_some_and(|last| {
            last.chars.end == self.chars
                && matches!(last.role, PieceRole::Citation | PieceRole::Note(_))
        });
        if touches {
            // One at which no line breaks: a mark belongs to the word before it.
            self.job.append("\u{a0}", 0.0, format.clone());
            self.chars += 1;
        }
    }

    /// The piece that holds a letter.
    pub(super) fn piece_at(&self, char: usize) -> Option<&Piece> {
        let at = self.pieces.partition_point(|piece| piece.chars.end <= char);
        self.pieces
            .get(at)
            .filter(|piece| piece.chars.contains(&char))
    }

    /// The text with spaces in the place of its superior marks, which are no words of it.
    pub(super) fn words_alone(&self) -> Cow<'_, str> {
        let mut words = Cow::Borrowed(self.job.text.as_str());
        for piece in self.pieces.iter().filter(|piece| piece.is_superior) {
            let blank = " ".repeat(piece.bytes.len());
            words.to_mut().replace_range(piece.bytes.clone(), &blank);
        }
        words
    }

    /// The words that one piece shows.
    pub(super) fn words_of(&self, piece: &Piece) -> &str {
        self.job.text.get(piece.bytes.clone()).unwrap_or_default()
    }

    /// The byte of the file that a letter stands for.
    pub(super) fn byte_at(&self, char: usize) -> Option<u32> {
        let piece = self.piece_at(char)?;
        Some(piece.byte_of(char - piece.chars.start, &self.job.text))
    }

    /// The bytes of the file between two letters.
    pub(super) fn span_of(&self, chars: Range<usize>) -> Span {
        let first = self
            .pieces
            .partition_point(|piece| piece.chars.end <= chars.start);
        self.pieces
            .iter()
            .skip(first)
            .take_while(|piece| piece.chars.start < chars.end)
            .map(|piece| piece.span)
            .reduce(Span::union)
            .unwrap_or_default()
    }

    /// The letters that show a stretch of the file, as few ranges as can be.
    pub(super) fn chars_of(&self, span: Span) -> Vec<Range<usize>> {
        let mut found: Vec<Range<usize>> = Vec::new();
        let first = self
            .pieces
            .partition_point(|piece| piece.span.end <= span.start);
        // Pieces stand in the order of the file; a table's cell or a note keeps that too.
        for piece in self.pieces.iter().skip(first) {
            if piece.span.start >= span.end {
                break;
            }
            let from = piece.chars_before(span.start, &self.job.text);
            let to = piece.chars_before(span.end, &self.job.text);
            let range = piece.chars.start + from..piece.chars.start + to;
            match found.last_mut() {
                Some(last) if last.end >= range.start => last.end = last.end.max(range.end),
                _ if range.is_empty() => {}
                _ => found.push(range),
            }
        }
        found
    }
}

impl Piece {
    fn byte_of(&self, char: usize, text: &str) -> u32 {
        if !self.exact {
            return self.span.start;
        }
        let bytes = if self.ascii {
            char
        } else {
            let words = text.get(self.bytes.clone()).unwrap_or_default();
            words
                .char_indices()
                .nth(char)
                .map_or(words.len(), |(at, _)| at)
        };
        Span::at(self.span.start as usize + bytes).start
    }

    /// How many letters of the piece lie before a byte of the file.
    fn chars_before(&self, byte: u32, text: &str) -> usize {
        if byte <= self.span.start {
            return 0;
        }
        if byte >= self.span.end || !self.exact {
            return self.chars.len();
        }
        let bytes = (byte - self.span.start) as usize;
        if self.ascii {
            return bytes.min(self.chars.len());
        }
        let words = text.get(self.bytes.clone()).unwrap_or_default();
        words
            .char_indices()
            .take_while(|&(at, _)| at < bytes)
            .count()
    }
}

fn role_is_words(role: &PieceRole) -> bool {
    matches!(role, PieceRole::Text | PieceRole::Link(_))
}

fn format(style: Style, run: RunStyle, color: Color32, setting: Setting<'_>) -> TextFormat {
    let inline_code = run.code && style != Style::Code;
    let size_px = if inline_code {
        style.size_px(setting.scale) * page::CODE_EM
    } else {
        style.size_px(setting.scale)
    };
    let mut format = TextFormat {
        font_id: style.face(run).at(size_px),
        color,
        line_height: Some(style.line_px(setting.scale)),
        valign: Align::Center,
        ..TextFormat::default()
    };
    if inline_code {
        format.background = setting.colors.lane;
    }
    if run.struck {
        format.strikethrough = Stroke::new(space::HAIRLINE_PX, color);
    }
    format
}

/// Small figures at the top of the line.
fn superior(style: Style, setting: Setting<'_>) -> TextFormat {
    let Setting { colors, scale, .. } = setting;
    TextFormat {
        font_id: Face::SansMedium.at((style.size_px(scale) * page::SUPERIOR_EM).round()),
        color: colors.accent,
        line_height: Some(style.line_px(scale) * page::SUPERIOR_LINE),
        valign: Align::TOP,
        ..TextFormat::default()
    }
}

/// How a citation is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum CitationForm {
    /// The letters of its sources, small and raised.
    Letters,
    /// A bare `@key` is part of its sentence and becomes a name.
    Name,
    /// In notes the evidence itself is what is read: names, and where in them.
    InFull,
}

fn citation_form(words: &str, style: Style) -> CitationForm {
    if words.starts_with('@') {
        CitationForm::Name
    } else if style == Style::Small {
        CitationForm::InFull
    } else {
        CitationForm::Letters
    }
}

/// The citation as the author wrote it.
fn citation_words<'a>(run: &'a Run, setting: Setting<'a>) -> &'a str {
    let words = setting.briefing.words(run.span);
    if words.is_empty() { &run.text } else { words }
}

/// Whether a run is shown as a superior mark: a footnote's reference or a bracketed citation.
fn is_superior(run: &Run, style: Style, setting: Setting<'_>) -> bool {
    match run.role {
        RunRole::FootnoteReference { .. } => true,
        RunRole::Citation => {
            citation_form(citation_words(run, setting), style) == CitationForm::Letters
        }
        _ => false,
    }
}

/// The index of the source that a key of a citation names. CiTO's `relation:key` names the key.
pub(super) fn source_of_citation_key(key: &str, places: &Places) -> Option<u32> {
    places.source_of_key(key).or_else(|| {
        let (_, last) = key.split_once(':')?;
        places.source_of_key(last)
    })
}

/// What stands for a citation.
fn citation_label(run: &Run, style: Style, setting: Setting<'_>) -> String {
    let words = citation_words(run, setting);
    let keys = keys_of_citation(words);
    if keys.is_empty() {
        return words.to_owned();
    }
    let source = |key: &str| source_of_citation_key(key, setting.places);
    let name = |key: &str| -> String {
        source(key)
            .and_then(|at| setting.briefing.sources.get(at as usize))
            .map_or_else(|| key.to_owned(), |source| source.name().to_owned())
    };
    let letters = |key: &str| -> String {
        source(key)
            .and_then(|at| setting.places.letters_of(at))
            .unwrap_or_else(|| key.to_owned())
    };
    match citation_form(words, style) {
        CitationForm::Letters => {
            let letters: Vec<String> = keys.iter().map(|key| letters(key)).collect();
            // They stay together, and with their word.
            letters.join("\u{a0}")
        }
        CitationForm::Name => {
            let names: Vec<String> = keys.iter().map(|key| name(key)).collect();
            names.join(", ")
        }
        CitationForm::InFull => {
            let inner = words.trim_start_matches('[').trim_end_matches(']');
            let mut text = String::new();
            let mut rest = inner;
            for key in keys {
                // The keys come in the order of the words.
                let Some((before, after)) = rest.split_once(&format!("@{key}")) else {
                    continue;
                };
                text.push_str(before);
                text.push_str(&name(key));
                rest = after;
            }
            text.push_str(rest);
            text
        }
    }
}

/// Letters of Hebrew, Arabic, Syriac, Thaana, N'Ko and their like (the blocks that Unicode reserves for them).
fn is_right_to_left(found: char) -> bool {
    matches!(u32::from(found), 0x0590..=0x08FF | 0xFB1D..=0xFDFF | 0xFE70..=0xFEFF | 0x10800..=0x10FFF | 0x1E800..=0x1EFFF)
}

/// Where the rows of laid-out text begin, to find letters without walking through all of them.
pub(super) struct Rows<'a> {
    galley: &'a Galley,
    /// The first letter of each row, and at the end how many letters there are.
    starts: Vec<usize>,
}

impl<'a> Rows<'a> {
    pub(super) fn new(galley: &'a Galley) -> Self {
        let mut starts = Vec::with_capacity(galley.rows.len() + 1);
        let mut start = 0;
        for row in &galley.rows {
            starts.push(start);
            start += row.char_count_including_newline().0;
        }
        starts.push(start);
        Self { galley, starts }
    }

    /// The letters of the rows between two heights.
    pub(super) fn chars_between(&self, top_px: f32, bottom_px: f32) -> Range<usize> {
        let rows = &self.galley.rows;
        let first = rows.partition_point(|row| row.max_y() < top_px);
        let after = rows
            .partition_point(|row| row.min_y() <= bottom_px)
            .max(first);
        let at = |row: usize| self.starts.get(row).copied().unwrap_or_default();
        at(first)..at(after)
    }

    /// The letter at a place; up to `slop_px` beside it, a letter is still met.
    pub(super) fn char_at(&self, place: Pos2, slop_px: f32) -> Option<usize> {
        let at = self
            .galley
            .rows
            .partition_point(|row| row.max_y() < place.y);
        let row = self.galley.rows.get(at)?;
        if place.y < row.min_y() {
            return None;
        }
        let x = place.x - row.pos.x;
        let start = *self.starts.get(at)?;
        let inside = |glyph: &egui::epaint::text::Glyph| x < glyph.pos.x + glyph.advance_width;
        let column = row.glyphs.partition_point(|glyph| !inside(glyph));
        let first_px = row.glyphs.first().map_or(0.0, |glyph| glyph.pos.x);
        if x < first_px - slop_px {
            return None;
        }
        if column < row.glyphs.len() {
            return Some(start + column);
        }
        let end_px = row
            .glyphs
            .last()
            .map(|glyph| glyph.pos.x + glyph.advance_width)?;
        (x < end_px + slop_px).then(|| start + column - 1)
    }

    /// The boxes of a range of letters, one a row, and the height of each row's baseline; spaces at a row's end
    /// are left out. Only rows that touch `visible` are walked.
    pub(super) fn boxes(&self, chars: Range<usize>, visible: &Range<usize>) -> Vec<(Rect, f32)> {
        let from = chars.start.max(visible.start);
        let to = chars.end.min(visible.end);
        let first = self
            .starts
            .partition_point(|&start| start <= from)
            .saturating_sub(1);
        let mut boxes = Vec::new();
        for (row, &start) in self.galley.rows.iter().zip(&self.starts).skip(first) {
            if start >= to {
                break;
            }
            let glyphs = row.glyphs.as_slice();
            let begin = from.saturating_sub(start).min(glyphs.len());
            let end = (to - start).min(glyphs.len());
            let within = glyphs.get(begin..end).unwrap_or_default();
            let Some(length) = within
                .iter()
                .rposition(|glyph| !glyph.chr.is_whitespace())
                .map(|last| last + 1)
            else {
                continue;
            };
            let (Some(left), Some(right)) = (within.first(), within.get(length - 1)) else {
                continue;
            };
            let rect = Rect::from_min_max(
                pos2(row.pos.x + left.pos.x, row.min_y()),
                pos2(row.pos.x + right.pos.x + right.advance_width, row.max_y()),
            );
            boxes.push((rect, row.pos.y + left.pos.y));
        }
        boxes
    }
}
