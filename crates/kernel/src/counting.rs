//! How many statements a piece of work sends to the database, for those who run the server.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering::Relaxed},
};

tokio::task_local! {
    // Not a global: each piece of work has its own, and what runs beside it another.
    static SENT: Arc<AtomicU64>;
}

/// Does the work and counts what it sends, as long as it does not go on in another task.
pub async fn counting<T>(sent: Arc<AtomicU64>, work: impl Future<Output = T>) -> T {
    SENT.scope(sent, work).await
}

/// One more statement of whatever runs here: for who attaches a metric callback of their own to a pool.
pub fn count_statement() {
    // An error means that nobody counts.
    let _ = SENT.try_with(|sent| sent.fetch_add(1, Relaxed));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn each_work_counts_its_own() {
        let [one, other] = [(); 2].map(|()| Arc::new(AtomicU64::new(0)));
        let twice = async {
            count_statement();
            tokio::task::yield_now().await;
            count_statement();
        };
        tokio::join!(counting(one.clone(), twice), counting(other.clone(), async { count_statement() }));
        count_statement();
        assert_eq!((one.load(Relaxed), other.load(Relaxed)), (2, 1));
    }
}
