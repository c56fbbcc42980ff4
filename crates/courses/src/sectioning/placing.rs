//! Where the things of a course stand, whatever they are: in a section, or with the course as a whole. The contexts that
//! keep them say what stands where and bring it about; what has to come of a change is reckoned here.

use std::collections::BTreeMap;

use kernel::SectionId;

/// Under each section, and under none for the course as a whole, the things in their order.
pub type Placement<I> = BTreeMap<Option<SectionId>, Vec<I>>;

/// Do both hold each thing once, and the same ones?
pub fn holds_the_same<I: Ord + Copy>(one: &Placement<I>, other: &Placement<I>) -> bool {
    let all = |placement: &Placement<I>| {
        let mut all: Vec<I> = placement.values().flatten().copied().collect();
        all.sort_unstable();
        all
    };
    let (one, other) = (all(one), all(other));
    one == other && one.windows(2).all(|pair| pair[0] != pair[1])
}

/// The lists of `wanted` that are not so at present: what a change has to write.
pub fn moved<'a, I: PartialEq>(
    at_present: &Placement<I>,
    wanted: &'a Placement<I>,
) -> impl Iterator<Item = (Option<SectionId>, &'a [I])> {
    let differs = move |section: &Option<SectionId>, things: &Vec<I>| {
        let there = at_present.get(section).map(Vec::as_slice).unwrap_or_default();
        there != things.as_slice()
    };
    let lists: Vec<_> = wanted.iter().filter(|(section, things)| differs(section, things)).collect();
    lists.into_iter().map(|(section, things)| (*section, things.as_slice()))
}

#[cfg(test)]
mod tests {
    use sea_orm::prelude::Uuid;

    use super::*;

    fn placement(lists: &[(u128, &[i32])]) -> Placement<i32> {
        let section = |number: u128| (number > 0).then(|| SectionId(Uuid::from_u128(number)));
        lists.iter().map(|(number, things)| (section(*number), things.to_vec())).collect()
    }

    #[test]
    fn the_same_things_each_once() {
        let now = placement(&[(0, &[1]), (1, &[2, 3])]);
        assert!(holds_the_same(&now, &placement(&[(2, &[3, 1]), (1, &[2])])));
        for other in [placement(&[(1, &[2, 3])]), placement(&[(1, &[1, 2, 3, 3])]), placement(&[(1, &[1, 2, 4])])] {
            assert!(!holds_the_same(&now, &other));
        }
        assert!(!holds_the_same(&placement(&[(1, &[1, 1])]), &placement(&[(1, &[1, 1])])));
    }

    #[test]
    fn only_lists_that_differ_are_written() {
        let now = placement(&[(0, &[1]), (1, &[2, 3]), (2, &[4])]);
        let wanted = placement(&[(0, &[1]), (1, &[3, 2]), (2, &[4]), (3, &[])]);
        let lists: Vec<_> = moved(&now, &wanted).map(|(_, things)| things.to_vec()).collect();
        assert_eq!(lists, [vec![3, 2]]);
    }
}
