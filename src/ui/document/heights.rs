//! How high each leaf of a document is, or each paragraph of a copy: estimated at first, exact once it has been laid out.

/// Heights of leaves and where each begins. One addition per leaf after a change; no layout.
#[derive(Clone, Debug, Default)]
pub(in crate::ui) struct Heights {
    heights_px: Vec<f32>,
    measured: Vec<bool>,
    /// Where each leaf begins, and at the end where the last one ends. In `f64`, because a long document
    /// has more points than `f32` can tell apart.
    tops_px: Vec<f64>,
    /// The first entry of `tops_px` that may be wrong.
    stale_from: usize,
}

impl Heights {
    /// Leaves of these heights, none of them measured.
    pub(in crate::ui) fn estimated(heights_px: Vec<f32>) -> Self {
        let count = heights_px.len();
        Self {
            heights_px,
            measured: vec![false; count],
            tops_px: vec![0.0; count + 1],
            stale_from: 0,
        }
    }

    pub(in crate::ui) fn len(&self) -> usize {
        self.heights_px.len()
    }

    /// Sets what was measured.
    pub(in crate::ui) fn measure(&mut self, leaf: usize, height_px: f32) {
        let Some(height) = self.heights_px.get_mut(leaf) else {
            return;
        };
        if let Some(measured) = self.measured.get_mut(leaf) {
            *measured = true;
        }
        if *height != height_px {
            *height = height_px;
            self.stale_from = self.stale_from.min(leaf);
        }
    }

    #[cfg(test)]
    pub(in crate::ui) fn measured_count(&self) -> usize {
        self.measured.iter().filter(|&&measured| measured).count()
    }

    #[cfg(test)]
    pub(in crate::ui) fn is_measured(&self, leaf: usize) -> bool {
        self.measured.get(leaf).copied().unwrap_or_default()
    }

    /// Where a leaf begins, from the top of the document. A leaf beyond the last begins where the last ends.
    pub(in crate::ui) fn top_px(&mut self, leaf: usize) -> f64 {
        self.refresh();
        let leaf = leaf.min(self.len());
        self.tops_px.get(leaf).copied().unwrap_or_default()
    }

    pub(in crate::ui) fn total_px(&mut self) -> f64 {
        self.top_px(self.len())
    }

    /// The leaf at this distance from the top; the first or last one when there is none.
    pub(in crate::ui) fn leaf_at(&mut self, y_px: f64) -> usize {
        self.refresh();
        self.tops_px
            .partition_point(|&top| top <= y_px)
            .saturating_sub(1)
            .min(self.len().saturating_sub(1))
    }

    fn refresh(&mut self) {
        if self.stale_from >= self.len() {
            return;
        }
        let mut top = self
            .tops_px
            .get(self.stale_from)
            .copied()
            .unwrap_or_default();
        let heights = self.heights_px.iter().skip(self.stale_from);
        for (height, next) in heights.zip(self.tops_px.iter_mut().skip(self.stale_from + 1)) {
            top += f64::from(*height);
            *next = top;
        }
        self.stale_from = self.len();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_measured_leaf_moves_only_those_below_it() {
        let mut heights = Heights::estimated(vec![10.0; 5]);
        assert_eq!(heights.total_px(), 50.0);
        heights.measure(2, 30.0);
        let tops: Vec<f64> = (0..=5).map(|leaf| heights.top_px(leaf)).collect();
        assert_eq!(tops, [0.0, 10.0, 20.0, 50.0, 60.0, 70.0]);
        assert_eq!(heights.measured_count(), 1);
    }

    #[test]
    fn the_leaf_at_a_height_is_the_one_that_covers_it() {
        let mut heights = Heights::estimated(vec![10.0, 0.0, 20.0]);
        for (y, leaf) in [
            (-5.0, 0),
            (0.0, 0),
            (9.9, 0),
            (10.0, 2),
            (29.0, 2),
            (99.0, 2),
        ] {
            assert_eq!(heights.leaf_at(y), leaf, "at {y}");
        }
    }

    #[test]
    fn no_leaves_have_no_height() {
        let mut heights = Heights::default();
        assert_eq!(heights.total_px(), 0.0);
        assert_eq!(heights.leaf_at(3.0), 0);
        heights.measure(0, 5.0);
        assert_eq!(heights.total_px(), 0.0);
    }
}
