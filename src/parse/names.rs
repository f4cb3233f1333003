//! Names and what they stand for: few are compared one with another, which needs no memory and no hash; many are hashed.

use std::borrow::Borrow;
use std::collections::HashMap;
use std::hash::Hash;

/// So many names are compared one by one.
const FEW: usize = 16;

/// A map from names that keeps the first of each.
#[derive(Clone, Debug)]
pub struct Names<K, V> {
    few: Vec<(K, V)>,
    /// All names, once there are more than a few.
    many: HashMap<K, V>,
}

impl<K, V> Default for Names<K, V> {
    fn default() -> Self {
        Self {
            few: Vec::new(),
            many: HashMap::new(),
        }
    }
}

impl<K: Borrow<str> + Hash + Eq, V> Names<K, V> {
    /// What a name stands for.
    pub fn get(&self, name: &str) -> Option<&V> {
        if self.many.is_empty() {
            let mut few = self.few.iter();
            few.find(|(known, _)| known.borrow() == name)
                .map(|(_, value)| value)
        } else {
            self.many.get(name)
        }
    }

    /// The same, to be changed.
    pub fn get_mut(&mut self, name: &str) -> Option<&mut V> {
        if self.many.is_empty() {
            let mut few = self.few.iter_mut();
            few.find(|(known, _)| known.borrow() == name)
                .map(|(_, value)| value)
        } else {
            self.many.get_mut(name)
        }
    }

    pub fn contains(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// Adds a name, unless there is one like it. Returns whether it was new.
    pub fn insert(&mut self, name: K, value: V) -> bool {
        if self.contains(name.borrow()) {
            return false;
        }
        if self.many.is_empty() && self.few.len() < FEW {
            self.few.push((name, value));
        } else {
            self.many.extend(self.few.drain(..));
            self.many.insert(name, value);
        }
        true
    }

    /// All names, in no particular order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let few = self.few.iter().map(|(name, _)| name.borrow());
        few.chain(self.many.keys().map(Borrow::borrow))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn few_and_many_are_found_alike_and_the_first_of_each_stays() {
        for count in [0, 1, FEW - 1, FEW, FEW + 1, 100] {
            let mut names = Names::default();
            let mut expected = BTreeMap::new();
            for at in 0..count {
                let name = format!("name-{}", at * 7 % (count.max(3) - 1));
                assert_eq!(
                    names.insert(name.clone(), at),
                    !expected.contains_key(&name)
                );
                expected.entry(name).or_insert(at);
            }
            for (name, at) in &expected {
                assert_eq!(names.get(name), Some(at));
            }
            assert!(!names.contains("other"));
            let mut listed: Vec<&str> = names.names().collect();
            listed.sort_unstable();
            let expected: Vec<&str> = expected.keys().map(String::as_str).collect();
            assert_eq!(listed, expected);
        }
    }
}
