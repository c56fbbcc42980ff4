/// Divides `total` in proportion to the weights, none getting more than `most`. What does not fit is lost.
pub fn shares(total: usize, weights: &[usize], most: usize) -> Vec<usize> {
    let mut shares = vec![0; weights.len()];
    let mut left = total;
    loop {
        let open: Vec<usize> = (0..weights.len()).filter(|at| weights[*at] > 0 && shares[*at] < most).collect();
        let sum: usize = open.iter().map(|at| weights[*at]).sum();
        if left == 0 || sum == 0 {
            return shares;
        }
        let round = left;
        // What rounding leaves over goes to the first, one each.
        let least = usize::from(open.iter().all(|at| round * weights[*at] < sum));
        for at in open {
            let share = (round * weights[at] / sum).max(least);
            let share = share.min(most - shares[at]).min(left);
            shares[at] += share;
            left -= share;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_add_up_and_respect_the_limit() {
        assert_eq!(shares(10, &[1, 1], 100), [5, 5]);
        assert_eq!(shares(10, &[9, 1], 6), [6, 4]);
        assert_eq!(shares(10, &[9, 0, 1], 3), [3, 0, 3]);
        assert_eq!(shares(3, &[], 3), [0; 0]);
        assert_eq!(shares(5, &[1, 1, 1, 1], 3), [2, 1, 1, 1]);
        assert_eq!(shares(1_001, &[3, 2, 1], 1_000).iter().sum::<usize>(), 1_001);
    }
}
