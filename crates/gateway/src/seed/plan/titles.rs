//! Which courses there are, by title.

use std::collections::HashSet;

use courses::slug_of;

use super::super::{
    dice::{Dice, Kind},
    fields::fields,
    prose::PROSE,
    words::{outline::Source, titles::APPROACHES},
};

/// The courses written by hand, then all others that differ, then those once more as further parts; each with its slug.
pub fn titles(seed: u64, count: usize) -> Vec<(Source, String)> {
    let mut slugs = HashSet::new();
    let composed = all_composed(seed);
    let by_hand = PROSE.iter().map(|prose| Source::Prose(prose));
    let rest = (0..).flat_map(|part| composed.iter().map(move |source| source.in_part(part)));
    by_hand
        .chain(rest)
        .take(count)
        .map(|source| {
            let slug = free_slug(&mut slugs, &source.title());
            (source, slug)
        })
        .collect()
}

/// Every subject in every approach, in an order that mixes both.
fn all_composed(seed: u64) -> Vec<Source> {
    let subjects = fields().flat_map(|field| field.subjects.iter().map(move |it| (field, it)));
    let mut all: Vec<Source> = subjects
        .flat_map(|(field, subject)| {
            APPROACHES.iter().map(move |approach| Source::Composed { field, subject, approach, part: 0 })
        })
        .collect();
    Dice::new(seed, Kind::Titles, 0).shuffle(&mut all);
    all
}

fn free_slug(taken: &mut HashSet<String>, title: &str) -> String {
    let base = slug_of(title);
    let mut slug = base.clone();
    let mut suffix = 0;
    while !taken.insert(slug.clone()) {
        suffix += 1;
        slug = format!("{base}-{suffix}");
    }
    slug
}
