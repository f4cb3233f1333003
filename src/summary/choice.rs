//! What the person who exports may choose.

/// The forms that a summary can take.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    #[default]
    Pdf,
    Html,
    Markdown,
    Csv,
    Json,
    Ics,
    Svg,
    Png,
    Typst,
}

impl Form {
    pub const ALL: [Self; 9] = [
        Self::Pdf,
        Self::Html,
        Self::Markdown,
        Self::Csv,
        Self::Json,
        Self::Ics,
        Self::Svg,
        Self::Png,
        Self::Typst,
    ];

    /// Its name on the command line, and the ending of its files.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Html => "html",
            Self::Markdown => "md",
            Self::Csv => "csv",
            Self::Json => "json",
            Self::Ics => "ics",
            Self::Svg => "svg",
            Self::Png => "png",
            Self::Typst => "typ",
        }
    }

    /// What to call it in the window.
    pub fn label(self) -> &'static str {
        match self {
            Self::Pdf => "PDF",
            Self::Html => "Web page",
            Self::Markdown => "Markdown",
            Self::Csv => "Spreadsheet (CSV)",
            Self::Json => "JSON",
            Self::Ics => "Calendar",
            Self::Svg => "Timeline (SVG)",
            Self::Png => "Timeline (PNG)",
            Self::Typst => "Typst source",
        }
    }

    /// What one gets, in one sentence.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Pdf => "Pages to hand over: tagged, with outline and links",
            Self::Html => "One file for any browser, without scripts",
            Self::Markdown => "Text for editors, wikis and mail",
            Self::Csv => "One event a row, for spreadsheets",
            Self::Json => "The whole model, with every problem",
            Self::Ics => "One entry an event, for calendars",
            Self::Svg => "The figure alone, as vectors",
            Self::Png => "The figure alone, as a picture",
            Self::Typst => "The pages' source with its data, for a style of your own",
        }
    }

    /// The form with this name or ending.
    pub fn from_ending(ending: &str) -> Option<Self> {
        let ending = ending.to_ascii_lowercase();
        let alias = match ending.as_str() {
            "htm" => "html",
            "markdown" => "md",
            other => other,
        };
        Self::ALL.into_iter().find(|form| form.ending() == alias)
    }

    /// Whether typst makes it, so that a build without the feature `pdf` cannot.
    pub fn needs_typesetting(self) -> bool {
        matches!(self, Self::Pdf | Self::Png)
    }
}

/// How much the pages say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Template {
    /// Abstract, figure, chronology.
    Brief,
    /// All of it, with the evidence.
    #[default]
    Full,
}

impl Template {
    pub const ALL: [Self; 2] = [Self::Brief, Self::Full];

    pub fn name(self) -> &'static str {
        match self {
            Self::Brief => "brief",
            Self::Full => "full",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Paper {
    #[default]
    A4,
    UsLetter,
}

impl Paper {
    pub const ALL: [Self; 2] = [Self::A4, Self::UsLetter];

    /// As typst and the command line call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::A4 => "a4",
            Self::UsLetter => "us-letter",
        }
    }

    pub fn label(self) -> &'static str {
        match self {
            Self::A4 => "A4",
            Self::UsLetter => "US Letter",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }

    pub fn width_pt(self) -> f32 {
        match self {
            Self::A4 => 595.28,
            Self::UsLetter => 612.0,
        }
    }
}

/// Free space left and right of the text; the templates have the same number.
pub const SIDE_MARGIN_PT: f32 = 62.0;

/// What a PDF promises.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standard {
    /// PDF/UA-1: screen readers can read all of it.
    #[default]
    Ua1,
    /// PDF/A-2a, for archives, and PDF/UA-1.
    A2a,
    /// PDF/A-3a, for archives, and PDF/UA-1.
    A3a,
    /// Tagged, without a promise.
    Plain,
}

impl Standard {
    pub const ALL: [Self; 4] = [Self::Ua1, Self::A2a, Self::A3a, Self::Plain];

    pub fn name(self) -> &'static str {
        match self {
            Self::Ua1 => "ua-1",
            Self::A2a => "a-2a",
            Self::A3a => "a-3a",
            Self::Plain => "plain",
        }
    }

    pub fn label(self) -> &'static str {
        match self {
            Self::Ua1 => "Accessible (PDF/UA-1)",
            Self::A2a => "Archive (PDF/A-2a)",
            Self::A3a => "Archive (PDF/A-3a)",
            Self::Plain => "Plain",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }
}

/// All of it together.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Options {
    pub template: Template,
    pub paper: Paper,
    pub standard: Standard,
    /// Name of a citation style, as [`super::citation::style_names`] lists them.
    pub style: String,
    /// In the place of the briefing's own title.
    pub title: Option<String>,
    /// The document's date in seconds since 1970, where it is set from outside (`SOURCE_DATE_EPOCH`).
    pub date_s: Option<i64>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            template: Template::default(),
            paper: Paper::default(),
            standard: Standard::default(),
            style: super::citation::DEFAULT_STYLE.to_owned(),
            title: None,
            date_s: None,
        }
    }
}

/// How many pages it will about be, for those who must be told before it starts.
pub fn page_estimate(events: usize) -> usize {
    /// Measured on chronologies with a line or two of summary an event.
    const EVENTS_A_PAGE: usize = 20;
    events.div_ceil(EVENTS_A_PAGE).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_back_to_what_they_name() {
        for form in Form::ALL {
            assert_eq!(Form::from_ending(&form.ending().to_uppercase()), Some(form));
        }
        assert_eq!(Form::from_ending("htm"), Some(Form::Html));
        assert_eq!(Form::from_ending("docx"), None);
        for template in Template::ALL {
            assert_eq!(Template::from_name(template.name()), Some(template));
        }
        for paper in Paper::ALL {
            assert_eq!(Paper::from_name(paper.name()), Some(paper));
        }
        for standard in Standard::ALL {
            assert_eq!(Standard::from_name(standard.name()), Some(standard));
        }
    }
}
