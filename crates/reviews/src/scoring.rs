//! How helpful a review is, as a number that rows are ordered by.

/// The 97.5th percentile of the normal distribution, and its square.
const Z: f64 = 1.96;
const Z_SQUARED: f64 = 3.8416;

/// In millionths: the lower end of Wilson's 95 percent confidence interval for the share of people who find the review
/// helpful, when `helpful` did and `unhelpful` did not. So 40 of 50 stand above 2 of 2, of whom one knows little; without
/// votes it is 0.
///
/// With n = helpful + unhelpful: (helpful + z²/2 - z * sqrt(helpful * unhelpful / n + z²/4)) / (n + z²).
pub fn helpful_score(helpful: i32, unhelpful: i32) -> i32 {
    let (helpful, unhelpful) = (f64::from(helpful), f64::from(unhelpful));
    let n = helpful + unhelpful;
    if n == 0.0 {
        return 0;
    }
    let spread = Z * (helpful * unhelpful / n + Z_SQUARED / 4.0).sqrt();
    let lower = (helpful + Z_SQUARED / 2.0 - spread) / (n + Z_SQUARED);
    (lower * 1_000_000.0).round() as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By hand, from the textbook's form of the formula.
    #[test]
    fn the_lower_end_of_wilsons_interval() {
        let known = [
            ((0, 0), 0),
            ((0, 3), 0),
            ((1, 0), 206_543),
            ((2, 0), 342_372),
            ((1, 1), 94_529),
            ((10, 0), 722_460),
            ((40, 10), 669_626),
            ((8, 2), 490_157),
        ];
        for ((helpful, unhelpful), score) in known {
            assert_eq!(helpful_score(helpful, unhelpful), score, "{helpful} of {}", helpful + unhelpful);
        }
    }

    #[test]
    fn more_help_stands_higher_and_more_votes_know_more() {
        assert!(helpful_score(40, 10) > helpful_score(2, 0));
        assert!(helpful_score(10, 0) > helpful_score(10, 1));
        assert!(helpful_score(80, 20) > helpful_score(8, 2));
        assert!(helpful_score(i32::MAX, 0) <= 1_000_000 && helpful_score(0, i32::MAX) == 0);
    }
}
