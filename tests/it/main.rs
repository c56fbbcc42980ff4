//! Every use case as a person would ask for it, on both databases; and the sweeps that fail when somebody forgets.

mod accounts;
mod ai;
mod assessment;
mod conventions;
mod courses;
mod dump;
mod gateway;
mod integrating;
mod jobs;
mod learning;
mod mail;
mod media;
mod operations;
mod process;
mod reviews;
mod seeding;
mod sweeps;
mod tutor;
