use courses::{course_category, slug_of};
use kernel::CategoryId;
use sea_orm::Set;

use super::{
    super::{
        dice::{Dice, Kind, OPENED},
        fields::{SHELVES, Shelf},
    },
    Dated,
};

/// The shelves and, behind them, the fields that stand on them.
pub fn categories(seed: u64) -> impl Iterator<Item = Dated<course_category::ActiveModel>> {
    let shelves = SHELVES.iter().enumerate().map(move |(order, shelf)| {
        let words = (shelf.name, shelf.about, shelf.icon);
        category(seed, words, None, order)
    });
    let fields = SHELVES.iter().flat_map(move |shelf: &Shelf| {
        let parent = id(seed, shelf.name);
        shelf.fields.iter().enumerate().map(move |(order, field)| {
            let words = (field.name, field.about, field.icon);
            category(seed, words, Some(parent), order)
        })
    });
    shelves.chain(fields).map(|row| (OPENED, row))
}

fn category(
    seed: u64,
    (name, about, icon): (&str, &str, &str),
    parent: Option<CategoryId>,
    order: usize,
) -> course_category::ActiveModel {
    course_category::ActiveModel {
        id: Set(id(seed, name)),
        name: Set(name.into()),
        slug: Set(slug_of(name)),
        description: Set(about.into()),
        parent_id: Set(parent),
        icon: Set(icon.into()),
        order: Set(order as i32),
        is_active: Set(true),
        ..Default::default()
    }
}

/// A shelf or field is known by its name.
pub fn id(seed: u64, name: &str) -> CategoryId {
    let names = SHELVES.iter().map(|shelf| shelf.name);
    let fields = SHELVES.iter().flat_map(|shelf| shelf.fields);
    let place = names.chain(fields.map(|field| field.name)).position(|it| it == name);
    Dice::new(seed, Kind::Category, place.unwrap_or_default()).id(OPENED)
}
