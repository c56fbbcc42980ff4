/// Which of many are taken, when a quota of them is to be spread evenly over all.
pub struct Spread {
    quota: usize,
    of: usize,
    seen: usize,
}

impl Spread {
    pub fn new(quota: usize, of: usize) -> Self {
        Self { quota: quota.min(of), of, seen: 0 }
    }

    pub fn takes_next(&mut self) -> bool {
        let before = self.seen * self.quota / self.of.max(1);
        self.seen += 1;
        self.seen * self.quota / self.of.max(1) > before
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spread_takes_exactly_its_quota() {
        for (quota, of, taken) in [(0, 7, 0), (3, 10, 3), (10, 10, 10), (12, 10, 10), (1, 0, 0)] {
            let mut spread = Spread::new(quota, of);
            let count = (0..of).filter(|_| spread.takes_next()).count();
            assert_eq!(count, taken);
        }
    }
}
