//! What authors send, and what is wrong with it.

use kernel::{CategoryId, Check, CourseId, is_name};

use crate::{CompletionPolicy, CourseRow, DifficultyLevel, pricing::Price, rules::*, seo::Seo, slugs::check_slug};

/// A course to be.
#[derive(Clone, Debug, Default)]
pub struct NewCourse {
    pub title: String,
    /// Made from the title when none is given.
    pub slug: Option<String>,
    pub change: CourseChange,
}

/// What to change; `None` leaves a field as it is, and for what can be cleared `Some(None)` clears it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CourseChange {
    pub title: Option<String>,
    pub short_description: Option<String>,
    pub description: Option<String>,
    pub category: Option<Option<CategoryId>>,
    pub price: Option<Price>,
    pub difficulty: Option<DifficultyLevel>,
    pub completion_policy: Option<CompletionPolicy>,
    pub language: Option<String>,
    pub tags: Option<Vec<String>>,
    pub prerequisites: Option<Vec<String>>,
    pub learning_outcomes: Option<Vec<String>>,
    pub target_audience: Option<Vec<String>>,
    pub seo: Option<Seo>,
    /// In percent.
    pub review_min_progress: Option<i32>,
}

/// What came of an edit: on a stale version the current state goes back to the author.
pub enum Edited {
    Done(CourseRow),
    Stale(CourseRow),
}

/// Which course, and the version the author saw.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    pub course: CourseId,
    pub expected_version: Option<i32>,
}

impl NewCourse {
    pub(crate) fn check(&mut self) -> kernel::Result<()> {
        let mut check = Check::new();
        self.title = trimmed(&self.title);
        check_title(&mut check, &self.title);
        if let Some(slug) = &self.slug {
            check_slug(&mut check, slug);
        }
        self.change.check_rest(&mut check);
        check.done()
    }
}

impl CourseChange {
    /// Does it ask for nothing?
    pub(crate) fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    pub(crate) fn check(&mut self) -> kernel::Result<()> {
        let mut check = Check::new();
        if let Some(title) = &mut self.title {
            *title = trimmed(title);
            check_title(&mut check, title);
        }
        self.check_rest(&mut check);
        check.done()
    }

    fn check_rest(&mut self, check: &mut Check) {
        if let Some(text) = &self.short_description {
            check.require(text.chars().count() <= 500, COURSE_SHORT_DESCRIPTION_TOO_LONG.at("shortDescription"));
        }
        if let Some(language) = &self.language {
            check.require(is_language(language), COURSE_LANGUAGE_INVALID.at("language"));
        }
        if let Some(price) = &self.price {
            price.check(check, "price");
        }
        if let Some(percent) = self.review_min_progress {
            check.require((0..=100).contains(&percent), COURSE_REVIEW_PROGRESS_INVALID.at("reviewMinProgress"));
        }
        if let Some(tags) = &mut self.tags {
            check_tags(check, tags);
        }
        if let Some(seo) = &mut self.seo {
            seo.check(check);
        }
        let lists = [
            (&self.prerequisites, "prerequisites"),
            (&self.learning_outcomes, "learningOutcomes"),
            (&self.target_audience, "targetAudience"),
        ];
        for (lines, field) in lists {
            let good = lines.iter().flatten().all(|line| line.chars().count() <= 500)
                && lines.as_ref().is_none_or(|lines| lines.len() <= 50);
            check.require(good, COURSE_TOO_MANY_POINTS.at(field));
        }
    }
}

/// A title for a course to be, trimmed.
pub(crate) fn check_new_title(title: &str) -> kernel::Result<String> {
    let (mut check, title) = (Check::new(), trimmed(title));
    check_title(&mut check, &title);
    check.done()?;
    Ok(title)
}

fn check_title(check: &mut Check, title: &str) {
    check.require(!title.is_empty(), COURSE_TITLE_REQUIRED.at("title"));
    check.require(title.is_empty() || is_name(title), COURSE_TITLE_UNREADABLE.at("title"));
    check.require(title.chars().count() <= 255, COURSE_TITLE_TOO_LONG.at("title"));
}

/// Tags are compared in lower case and kept once.
fn check_tags(check: &mut Check, tags: &mut Vec<String>) {
    for tag in tags.iter_mut() {
        *tag = trimmed(tag).to_lowercase();
    }
    tags.sort();
    tags.dedup();
    check.require(tags.len() <= 20, COURSE_TOO_MANY_TAGS.at("tags"));
    let is_tag = |tag: &String| is_name(tag) && tag.chars().count() <= 50;
    check.require(tags.iter().all(is_tag), COURSE_TAG_INVALID.at("tags"));
}

/// The shape of a BCP 47 tag: a language of two or three letters, then parts of two to eight letters or digits.
fn is_language(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let language = parts.next().unwrap_or_default();
    tag.len() <= 10
        && (2..=3).contains(&language.len())
        && language.bytes().all(|byte| byte.is_ascii_lowercase())
        && parts.all(|part| (2..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

fn trimmed(text: &str) -> String {
    text.trim().to_string()
}
