//! The rules that people can break.

crate::rules! {
    JOB_NOT_DEAD: "Only a dead job can be put back in the queue.";
    JOB_QUEUED_ALREADY: "A job for the same thing waits or runs already.";
}
