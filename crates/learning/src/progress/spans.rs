use kernel::{Error, Result};
use sea_orm::prelude::Json;
use serde::{Deserialize, Serialize};

/// A set of whole numbers, kept as the spans that it consists of: ascending, and no two of them touch. Whatever is added, in
/// whatever order and however often, the same set is written the same.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Spans(Vec<(i64, i64)>);

impl Spans {
    /// Adds all from `from` on, before `to`.
    pub fn add(&mut self, from: i64, to: i64) {
        if from >= to {
            return;
        }
        let first = self.0.partition_point(|span| span.1 < from);
        let end = self.0.partition_point(|span| span.0 <= to);
        let touched = &self.0[first..end];
        let from = touched.first().map_or(from, |span| span.0.min(from));
        let to = touched.last().map_or(to, |span| span.1.max(to));
        self.0.splice(first..end, [(from, to)]);
    }

    /// How many numbers there are.
    pub fn size(&self) -> i64 {
        self.0.iter().map(|(from, to)| to - from).sum()
    }

    /// How many there are from `from` on, before `to`.
    pub fn size_within(&self, from: i64, to: i64) -> i64 {
        self.0.iter().map(|span| (span.1.min(to) - span.0.max(from)).max(0)).sum()
    }

    pub fn contains(&self, number: i64) -> bool {
        let at = self.0.partition_point(|span| span.1 <= number);
        self.0.get(at).is_some_and(|span| span.0 <= number)
    }

    pub fn iter(&self) -> impl Iterator<Item = (i64, i64)> {
        self.0.iter().copied()
    }

    /// Of how many pieces it consists.
    pub fn pieces(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// From what a column holds.
    pub fn read(column: &Json) -> Result<Self> {
        serde_json::from_value(column.clone()).map_err(|error| Error::Internal(format!("no spans: {error}")))
    }

    pub fn column(&self) -> Result<Json> {
        serde_json::to_value(self).map_err(|error| Error::Internal(format!("spans can't be written: {error}")))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn it_is_the_set_of_what_was_added(added in proptest::collection::vec((0i64..60, 0i64..12), 0..40)) {
            let (mut spans, mut set) = (Spans::default(), BTreeSet::new());
            for (from, length) in &added {
                spans.add(*from, from + length);
                set.extend(*from..from + length);
            }
            prop_assert_eq!(spans.size() as usize, set.len());
            for number in 0..80 {
                prop_assert_eq!(spans.contains(number), set.contains(&number));
            }
            prop_assert_eq!(spans.size_within(10, 30) as usize, set.range(10..30).count());
            prop_assert!(spans.0.windows(2).all(|two| two[0].1 < two[1].0));
            let mut backwards = Spans::default();
            for (from, length) in added.iter().rev() {
                backwards.add(*from, from + length);
            }
            prop_assert_eq!(&backwards, &spans);
            prop_assert_eq!(Spans::read(&spans.column().unwrap()).unwrap(), spans);
        }
    }
}
