mod activity;
mod analytics;
mod completing;
mod crashing;
mod following;
mod histories;
mod playback;
pub mod school;
mod standing;
