use super::super::{dice::Dice, words::outline::Source};

#[derive(Clone, Copy)]
pub struct Price {
    /// In minor units.
    pub amount: i64,
    pub discounted: Option<i64>,
    pub currency: &'static str,
}

const PRICES: [i64; 8] = [1_500, 1_900, 2_500, 2_900, 3_900, 4_900, 6_900, 9_900];

pub fn price(dice: &mut Dice, source: &Source) -> Price {
    let amount = match source {
        Source::Prose(prose) => prose.price,
        Source::Composed { .. } if dice.percent(25) => 0,
        Source::Composed { .. } => dice.pick(&PRICES),
    };
    let currency = match dice.between(0, 99) {
        _ if matches!(source, Source::Prose(_)) => "USD",
        0..70 => "USD",
        70..85 => "EUR",
        85..95 => "GBP",
        // No minor unit: 2900 are 2,900 yen.
        _ => "JPY",
    };
    let discounted = (amount > 0 && dice.percent(25)).then(|| amount * dice.between(5, 8) / 10);
    Price { amount, discounted, currency }
}
