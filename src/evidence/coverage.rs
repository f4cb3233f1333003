//! How many statements have which standing: of a file, or of a whole library.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "counts of statements, each of which takes memory; what is taken away was added before"
)]

use super::standing::Standing;
use crate::number::{grouped, plural};
use std::fmt;
use std::ops::{AddAssign, SubAssign};

/// How many statements have which standing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    pub exempt: usize,
    pub corroborated: usize,
    pub single_source: usize,
    pub unquoted: usize,
    pub unsourced: usize,
    pub disputed: usize,
    pub altered: usize,
}

impl FromIterator<Standing> for Coverage {
    fn from_iter<I: IntoIterator<Item = Standing>>(standings: I) -> Self {
        let mut coverage = Self::default();
        for standing in standings {
            *match standing {
                Standing::Exempt => &mut coverage.exempt,
                Standing::Corroborated => &mut coverage.corroborated,
                Standing::SingleSource => &mut coverage.single_source,
                Standing::Unquoted => &mut coverage.unquoted,
                Standing::Unsourced => &mut coverage.unsourced,
                Standing::Disputed => &mut coverage.disputed,
                Standing::Altered => &mut coverage.altered,
            } += 1;
        }
        coverage
    }
}

impl AddAssign for Coverage {
    fn add_assign(&mut self, other: Self) {
        self.exempt += other.exempt;
        self.corroborated += other.corroborated;
        self.single_source += other.single_source;
        self.unquoted += other.unquoted;
        self.unsourced += other.unsourced;
        self.disputed += other.disputed;
        self.altered += other.altered;
    }
}

impl SubAssign for Coverage {
    fn sub_assign(&mut self, other: Self) {
        self.exempt -= other.exempt;
        self.corroborated -= other.corroborated;
        self.single_source -= other.single_source;
        self.unquoted -= other.unquoted;
        self.unsourced -= other.unsourced;
        self.disputed -= other.disputed;
        self.altered -= other.altered;
    }
}

impl Coverage {
    /// How many statements have this standing.
    pub fn of(&self, standing: Standing) -> usize {
        match standing {
            Standing::Exempt => self.exempt,
            Standing::Corroborated => self.corroborated,
            Standing::SingleSource => self.single_source,
            Standing::Unquoted => self.unquoted,
            Standing::Unsourced => self.unsourced,
            Standing::Disputed => self.disputed,
            Standing::Altered => self.altered,
        }
    }

    /// Statements that have a source.
    pub fn sourced(&self) -> usize {
        self.corroborated + self.single_source + self.unquoted + self.disputed + self.altered
    }

    /// Statements that need a source.
    pub fn total(&self) -> usize {
        self.sourced() + self.unsourced
    }
}

/// "31 of 34 statements sourced, 2 unquoted, 1 disputed, 1 altered".
impl fmt::Display for Coverage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let total = self.total();
        if total == 0 {
            return f.write_str("no statements to source");
        }
        let sourced = grouped(self.sourced() as u64);
        write!(f, "{sourced} of {} sourced", plural(total, "statement"))?;
        for (count, name) in [
            (self.unquoted, "unquoted"),
            (self.disputed, "disputed"),
            (self.altered, "altered"),
        ] {
            if count > 0 {
                write!(f, ", {} {name}", grouped(count as u64))?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_coverage_line_counts_what_needs_a_source() {
        let mut standings = vec![Standing::SingleSource; 27];
        standings.extend([Standing::Unquoted; 2]);
        standings.extend([Standing::Unsourced; 3]);
        standings.extend([Standing::Disputed, Standing::Altered, Standing::Exempt]);
        let coverage: Coverage = standings.iter().copied().collect();
        assert_eq!(
            coverage.to_string(),
            "31 of 34 statements sourced, 2 unquoted, 1 disputed, 1 altered"
        );
        assert_eq!(Coverage::default().to_string(), "no statements to source");
        let counted: usize = Standing::ALL.iter().map(|&it| coverage.of(it)).sum();
        assert_eq!(counted, standings.len());
    }

    #[test]
    fn what_is_added_can_be_taken_away() {
        let one: Coverage = Standing::ALL.into_iter().collect();
        let other: Coverage = [Standing::Altered; 3].into_iter().collect();
        let mut sum = one;
        sum += other;
        assert_eq!(sum.altered, 4);
        sum -= other;
        assert_eq!(sum, one);
    }
}
