//! Where the things of a course stand, whatever they are: in a section, or with the course as a whole. The contexts that
//! keep them say what stands where and bring it about; what has to come of a change is reckoned here.

use std::collections::{BTreeMap, BTreeSet};

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

/// What comes of putting things back where they once stood: those that the course still has. What came since stays in its
/// section, behind them, as long as the section is one of `sections`; otherwise it comes to the course as a whole.
pub fn put_back<I: Ord + Copy>(
    at_present: &Placement<I>,
    then: &Placement<I>,
    sections: &BTreeSet<SectionId>,
) -> Placement<I> {
    let there: BTreeSet<I> = at_present.values().flatten().copied().collect();
    let known: BTreeSet<I> = then.values().flatten().copied().collect();
    let kept = |things: &Vec<I>| things.iter().copied().filter(|thing| there.contains(thing)).collect();
    let mut placement: Placement<I> = then.iter().map(|(section, things)| (*section, kept(things))).collect();
    for (section, things) in at_present {
        let home = section.filter(|section| sections.contains(section));
        let new = things.iter().copied().filter(|thing| !known.contains(thing));
        placement.entry(home).or_default().extend(new);
    }
    placement
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

    #[test]
    fn what_is_still_there_goes_back_and_what_came_since_is_kept() {
        let then = placement(&[(0, &[1]), (1, &[2, 3, 9]), (2, &[4])]);
        let now = placement(&[(0, &[4, 6]), (1, &[3, 5]), (3, &[2, 7, 1])]);
        let living = [1, 2].map(|number| SectionId(Uuid::from_u128(number))).into();
        let wanted = placement(&[(0, &[1, 6, 7]), (1, &[2, 3, 5]), (2, &[4])]);
        assert_eq!(put_back(&now, &then, &living), wanted);
    }
}
