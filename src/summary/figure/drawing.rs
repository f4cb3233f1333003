//! Lines, boxes and words with places: what every form of output can draw.

use serde::Serialize;

/// Colors by what they mean; each form of output has its own palette for them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ink {
    Text,
    Quiet,
    Line,
    Grid,
    Mark,
    MarkSoft,
    Warn,
    WarnSoft,
    Paper,
}

/// Which ends of a box fade out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fade {
    Left,
    Right,
    Both,
}

/// One thing to draw. Lengths are points; y grows downwards; a text's y is its baseline.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "k", rename_all = "kebab-case")]
pub enum Shape {
    Line {
        x1: f32,
        y1: f32,
        x2: f32,
        y2: f32,
        ink: Ink,
        width: f32,
        dashed: bool,
    },
    Box {
        x: f32,
        y: f32,
        w: f32,
        h: f32,
        radius: f32,
        fill: Option<Ink>,
        stroke: Option<Ink>,
        dashed: bool,
        fade: Option<Fade>,
    },
    Circle {
        x: f32,
        y: f32,
        r: f32,
        fill: Option<Ink>,
        stroke: Option<Ink>,
    },
    Polygon {
        points: Vec<(f32, f32)>,
        fill: Option<Ink>,
        stroke: Option<Ink>,
    },
    Text {
        x: f32,
        y: f32,
        /// What was reserved for it; it is never wider.
        w: f32,
        text: String,
        size: f32,
        bold: bool,
        ink: Ink,
    },
}

/// Shapes on a sheet of their own.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Drawing {
    pub width: f32,
    pub height: f32,
    pub shapes: Vec<Shape>,
}

/// Hundredths of a point are finer than any printer, and short to write.
pub fn rounded(length: f32) -> f32 {
    (length * 100.0).round() / 100.0
}

impl Drawing {
    pub fn line(&mut self, from: (f32, f32), to: (f32, f32), ink: Ink, width: f32) {
        self.shapes.push(Shape::Line {
            x1: rounded(from.0),
            y1: rounded(from.1),
            x2: rounded(to.0),
            y2: rounded(to.1),
            ink,
            width,
            dashed: false,
        });
    }

    pub fn text(&mut self, at: (f32, f32), w: f32, text: impl Into<String>, style: TextStyle) {
        let text = text.into();
        if text.is_empty() {
            return;
        }
        self.shapes.push(Shape::Text {
            x: rounded(at.0),
            y: rounded(at.1),
            w: rounded(w),
            text,
            size: style.size,
            bold: style.bold,
            ink: style.ink,
        });
    }

    pub fn circle(&mut self, at: (f32, f32), r: f32, fill: Option<Ink>, stroke: Option<Ink>) {
        self.shapes.push(Shape::Circle {
            x: rounded(at.0),
            y: rounded(at.1),
            r,
            fill,
            stroke,
        });
    }

    pub fn polygon(&mut self, points: &[(f32, f32)], fill: Option<Ink>, stroke: Option<Ink>) {
        let points = points
            .iter()
            .map(|&(x, y)| (rounded(x), rounded(y)))
            .collect();
        self.shapes.push(Shape::Polygon {
            points,
            fill,
            stroke,
        });
    }

    /// Where its words stand: left, top, right, bottom.
    pub fn text_boxes(&self) -> impl Iterator<Item = (&str, [f32; 4])> {
        self.shapes.iter().filter_map(|shape| match shape {
            Shape::Text {
                x,
                y,
                w,
                text,
                size,
                ..
            } => {
                // From the top of capitals to a little below the baseline.
                Some((text.as_str(), [*x, y - size * 0.72, x + w, y + size * 0.2]))
            }
            _ => None,
        })
    }
}

#[derive(Clone, Copy, Debug)]
pub struct TextStyle {
    pub size: f32,
    pub bold: bool,
    pub ink: Ink,
}
