//! One lane of one strip: marks with their labels in rows, or, where there is no room, neighbors with one label.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "numbers of marks, from the least to the greatest"
)]

use super::Mark;
use super::drawing::{Drawing, Ink, TextStyle};
use super::mark::{self, MIN_BAR, POINT_RADIUS, TAIL};
use super::widths::{Face, fitted, text_width};
use crate::date::Form;
use crate::timeline::{Edge, MarkShape};

pub const LABEL_SIZE: f32 = 7.2;

/// Height of a row of marks with labels.
pub const ROW_HEIGHT: f32 = 12.5;

/// Height of a row in which neighbors share labels: ticks above, labels below.
pub const CLUSTER_HEIGHT: f32 = 19.0;

/// Free space between a mark and its label, and between a label and the next mark.
const LABEL_GAP: f32 = 3.5;
const HALO: f32 = 6.0;

/// Between a number and its title.
const NUMBER_GAP: f32 = 3.0;

/// How much is said beside a mark.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Detail {
    /// Number and as much of the title as this many points hold.
    Titles(f32),
    Numbers,
    /// Neighbors share a label.
    Clusters,
}

/// A mark on the strip.
#[derive(Clone, Debug)]
pub struct Item<'a> {
    pub mark: &'a Mark,
    /// The body: left and right end.
    pub x0: f32,
    pub x1: f32,
    pub shape: MarkShape,
    pub is_point: bool,
    /// It goes on beyond the strip, left and right.
    pub goes_on: (bool, bool),
}

impl<'a> Item<'a> {
    /// Places a mark on a strip of this width; `x` turns time into a position.
    pub fn place(mark: &'a Mark, width: f32, x: &dyn Fn(i64) -> f32) -> Self {
        let look = mark.look;
        let start = mark.start_ms.map(x);
        let end = mark.end_ms.map(x);
        let (from, to) = match (start, end, look.form) {
            // What is known of a bound that has no other side is one moment.
            (Some(at), None, Form::After) | (None, Some(at), Form::Before) => (at, at),
            (Some(from), Some(to), _) => (from, to),
            (Some(from), None, Form::OpenEnd) => (from, width.max(from + TAIL)),
            (Some(from), None, _) => (from, from + TAIL),
            (None, Some(to), Form::OpenStart) => ((0.0_f32).min(to - TAIL), to),
            (None, Some(to), _) => (to - TAIL, to),
            (None, None, _) => (0.0, 0.0),
        };
        let goes_on = (from < -0.5, to > width + 0.5);
        let x0 = from.clamp(0.0, width);
        let x1 = to.clamp(0.0, width);
        let is_narrow = x1 - x0 < MIN_BAR;
        let shape = look.shape(is_narrow);
        let is_point = is_narrow || matches!(look.form, Form::Before | Form::After);
        if is_point {
            // A point stands in the middle of what it means.
            let middle = f32::midpoint(x0, x1).clamp(POINT_RADIUS, width - POINT_RADIUS);
            let arrow = |edge: Edge| if edge == Edge::Beyond { 4.5 } else { 0.0 };
            return Self {
                mark,
                x0: (middle - POINT_RADIUS - arrow(shape.left)).max(0.0),
                x1: (middle + POINT_RADIUS + arrow(shape.right)).min(width),
                shape,
                is_point,
                goes_on: (false, false),
            };
        }
        Self {
            mark,
            x0,
            x1,
            shape,
            is_point,
            goes_on,
        }
    }

    fn number(&self) -> String {
        let doubt = if self.shape.uncertain { "?" } else { "" };
        format!("{}{doubt}", self.mark.number)
    }

    fn draw(&self, drawing: &mut Drawing, y: f32) {
        if self.is_point {
            let arrow = |edge: Edge| if edge == Edge::Beyond { 4.5 } else { 0.0 };
            let x = f32::midpoint(
                self.x0 + arrow(self.shape.left),
                self.x1 - arrow(self.shape.right),
            );
            mark::point(drawing, x, y, self.shape);
        } else {
            mark::bar(drawing, self.x0, self.x1, y, self.shape, self.goes_on);
        }
    }
}

/// A lane, laid out but not drawn yet.
#[derive(Clone, Debug)]
pub enum Plan<'a> {
    Rows(Vec<Placed<'a>>, usize),
    Clusters(Vec<Group<'a>>),
}

/// A mark with its label and its row.
#[derive(Clone, Debug)]
pub struct Placed<'a> {
    item: Item<'a>,
    row: usize,
    label_x: f32,
    number: String,
    number_width: f32,
    title: String,
}

/// Neighbors with one label.
#[derive(Clone, Debug)]
pub struct Group<'a> {
    items: Vec<Item<'a>>,
    x0: f32,
    x1: f32,
    label: String,
    label_x: f32,
    label_width: f32,
}

impl Plan<'_> {
    pub fn height(&self) -> f32 {
        match self {
            Self::Rows(_, rows) => *rows as f32 * ROW_HEIGHT,
            Self::Clusters(_) => CLUSTER_HEIGHT,
        }
    }
}

pub fn plan<'a>(items: &[Item<'a>], detail: Detail, width: f32) -> Plan<'a> {
    match detail {
        Detail::Titles(title_width) => rows(items, title_width, width),
        Detail::Numbers => rows(items, 0.0, width),
        Detail::Clusters => Plan::Clusters(clusters(items, width)),
    }
}

/// First fit of mark, label and halo: by the left end of all that belongs to a mark, into the first row that is free there.
fn rows<'a>(items: &[Item<'a>], title_width: f32, width: f32) -> Plan<'a> {
    let mut placed: Vec<(f32, f32, Placed<'a>)> = items
        .iter()
        .map(|item| labeled(item, title_width, width))
        .collect();
    placed.sort_by(|a, b| {
        a.0.total_cmp(&b.0)
            .then(a.2.item.mark.number.cmp(&b.2.item.mark.number))
    });
    let mut row_ends: Vec<f32> = Vec::new();
    let mut done = Vec::with_capacity(placed.len());
    for (left, right, mut placed) in placed {
        let free = row_ends.iter().position(|&end| end + HALO <= left);
        placed.row = free.unwrap_or(row_ends.len());
        match row_ends.get_mut(placed.row) {
            Some(end) => *end = right,
            None => row_ends.push(right),
        }
        done.push(placed);
    }
    Plan::Rows(done, row_ends.len().max(1))
}

/// The label beside its mark, inside it where it is wide enough, and no longer than there is room. With the ends of both.
fn labeled<'a>(item: &Item<'a>, title_width: f32, width: f32) -> (f32, f32, Placed<'a>) {
    let number = item.number();
    let number_width = text_width(&number, LABEL_SIZE, Face::Semibold);
    let title_of = |room: f32| {
        let room = room.min(title_width) - number_width - NUMBER_GAP;
        let title = fitted(&item.mark.title, LABEL_SIZE, Face::Regular, room);
        let title_width = text_width(&title, LABEL_SIZE, Face::Regular);
        let gap = if title.is_empty() { 0.0 } else { NUMBER_GAP };
        (title, number_width + gap + title_width)
    };
    let room_inside = if item.is_point {
        0.0
    } else {
        item.x1 - item.x0 - 2.0 * LABEL_GAP
    };
    let room_right = width - item.x1 - LABEL_GAP;
    let room_left = item.x0 - LABEL_GAP;
    let (_, wanted) = title_of(f32::INFINITY);
    let is_inside = |room: f32| room <= room_inside;
    let (title, label_width, label_x) = if is_inside(wanted) {
        let (title, label_width) = title_of(f32::INFINITY);
        (title, label_width, item.x0 + LABEL_GAP)
    } else if wanted <= room_right {
        let (title, label_width) = title_of(f32::INFINITY);
        (title, label_width, item.x1 + LABEL_GAP)
    } else if wanted <= room_left {
        let (title, label_width) = title_of(f32::INFINITY);
        (title, label_width, item.x0 - LABEL_GAP - label_width)
    } else {
        let room = room_inside.max(room_right).max(room_left);
        let (title, label_width) = title_of(room);
        let x = if room == room_inside {
            item.x0 + LABEL_GAP
        } else if room == room_right {
            item.x1 + LABEL_GAP
        } else {
            item.x0 - LABEL_GAP - label_width
        };
        (title, label_width, x)
    };
    let left = item.x0.min(label_x);
    let right = item.x1.max(label_x + label_width);
    let placed = Placed {
        item: item.clone(),
        row: 0,
        label_x,
        number,
        number_width,
        title,
    };
    (left, right, placed)
}

fn clusters<'a>(items: &[Item<'a>], width: f32) -> Vec<Group<'a>> {
    let mut sorted: Vec<&Item<'a>> = items.iter().collect();
    sorted.sort_by(|a, b| {
        a.x0.total_cmp(&b.x0)
            .then(a.mark.number.cmp(&b.mark.number))
    });
    let mut groups: Vec<Group<'a>> = Vec::new();
    for item in sorted {
        let mut group = Group::of(vec![item.clone()], width);
        while let Some(last) = groups.pop() {
            if last.right() + HALO <= group.left() {
                groups.push(last);
                break;
            }
            let mut items = last.items;
            items.append(&mut group.items);
            group = Group::of(items, width);
        }
        groups.push(group);
    }
    groups
}

impl<'a> Group<'a> {
    fn of(items: Vec<Item<'a>>, width: f32) -> Self {
        let x0 = items
            .iter()
            .map(|item| item.x0)
            .fold(f32::INFINITY, f32::min);
        let x1 = items.iter().map(|item| item.x1).fold(0.0, f32::max);
        let label = Self::label(&items);
        let label_width = text_width(&label, LABEL_SIZE, Face::Semibold);
        let label_x = x0.min(width - label_width).max(0.0);
        Self {
            items,
            x0,
            x1,
            label,
            label_x,
            label_width,
        }
    }

    /// "17", "17–34", or, when others stand between, "17–34 (9)".
    fn label(items: &[Item<'_>]) -> String {
        let numbers = || items.iter().map(|item| item.mark.number);
        let (Some(first), Some(last)) = (numbers().min(), numbers().max()) else {
            return String::new();
        };
        let count = items.len();
        if first == last {
            return items.first().map(Item::number).unwrap_or_default();
        }
        if (last - first) as usize + 1 == count {
            format!("{first}–{last}")
        } else {
            format!("{first}–{last} ({count})")
        }
    }

    fn left(&self) -> f32 {
        self.x0.min(self.label_x)
    }

    fn right(&self) -> f32 {
        self.x1.max(self.label_x + self.label_width)
    }
}

/// Ticks of one group nearer than this are one.
const MIN_TICK_GAP: f32 = 0.8;

pub fn draw(drawing: &mut Drawing, plan: &Plan<'_>, top: f32) {
    let style = |bold: bool, ink: Ink| TextStyle {
        size: LABEL_SIZE,
        bold,
        ink,
    };
    match plan {
        Plan::Rows(placed, _) => {
            for placed in placed {
                let y = top + (placed.row as f32 + 0.5) * ROW_HEIGHT;
                placed.item.draw(drawing, y);
                let baseline = y + LABEL_SIZE * 0.36;
                let number_at = (placed.label_x, baseline);
                let number = placed.number.as_str();
                drawing.text(
                    number_at,
                    placed.number_width,
                    number,
                    style(true, Ink::Text),
                );
                let title_at = (placed.label_x + placed.number_width + NUMBER_GAP, baseline);
                let title_width = text_width(&placed.title, LABEL_SIZE, Face::Regular);
                drawing.text(
                    title_at,
                    title_width,
                    placed.title.as_str(),
                    style(false, Ink::Text),
                );
            }
        }
        Plan::Clusters(groups) => {
            for group in groups {
                let mut last = f32::NEG_INFINITY;
                for item in &group.items {
                    let x = f32::midpoint(item.x0, item.x1);
                    if item.is_point && x - last >= MIN_TICK_GAP {
                        drawing.line((x, top + 1.0), (x, top + 7.5), Ink::Mark, 0.6);
                        last = x;
                    } else if !item.is_point && item.x1 - last >= MIN_TICK_GAP {
                        drawing.line((item.x0, top + 4.2), (item.x1, top + 4.2), Ink::Mark, 1.2);
                        last = item.x1;
                    }
                }
                let at = (group.label_x, top + CLUSTER_HEIGHT - 4.0);
                let label = group.label.as_str();
                drawing.text(at, group.label_width, label, style(true, Ink::Text));
            }
        }
    }
}
