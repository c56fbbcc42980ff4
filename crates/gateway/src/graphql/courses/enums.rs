use async_graphql::Enum;

/// How much a course asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "courses::DifficultyLevel")]
pub enum DifficultyLevel {
    /// No knowledge needed.
    Beginner,
    /// Builds on the basics.
    Intermediate,
    /// For those who know the field.
    Advanced,
    /// Has something for everybody.
    AllLevels,
}

/// How learners complete what is in a course.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "courses::CompletionPolicy")]
pub enum CompletionPolicy {
    /// Recordings are completed by watching nine tenths of them; what has no duration by `completeItem`.
    Automatic,
    /// Everything is completed by `completeItem`.
    Manual,
}

/// Where a course stands: draft, then published and unpublished as often as one likes, at last archived.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "courses::CourseStatus")]
pub enum CourseStatus {
    /// Being written; only its authors see it.
    Draft,
    /// Everybody sees it.
    Published,
    /// Taken out of the catalogue for now; who is enrolled goes on reading it.
    Unpublished,
    /// Taken out of the catalogue for good; who is enrolled goes on reading it.
    Archived,
}

/// What somebody on the staff of a course does there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "courses::StaffRole")]
pub enum CourseStaffRole {
    /// Teaches it beside its owner; may change everything but who works on it, whose it is and what it costs.
    Instructor,
    /// Writes it; may change what instructors may.
    Editor,
    /// Helps those who learn there; sees everything of it and changes nothing.
    Assistant,
}

/// What courses can be ordered by. Ties are broken by the id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "courses::CourseOrder")]
pub enum CourseSortField {
    /// How well it answers the search: words in the title count most, then those in tags, then those in the short
    /// description and the name of who teaches, then those in the description; the more popular of equals first. Without
    /// a search, as `POPULARITY`.
    Relevance,
    /// How many learners it has, then how well it is rated.
    Popularity,
    /// How well it is rated: by the mean as if ten more people had given three and a half stars, so that one enthusiast
    /// does not count for more than a hundred who are content. `ratingAverage` is the plain mean.
    Rating,
    /// When it was created.
    Newest,
    /// What it costs without discounts, in minor units, without regard to the currency. Discounts come and go with time, which
    /// would move courses from page to page; `minPrice` and `maxPrice` go by what a course costs at present.
    Price,
    /// Its title.
    Title,
}

/// Which end comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "courses::SortDirection")]
pub enum SortDirection {
    /// The least, oldest or first of the alphabet.
    #[graphql(name = "ASC")]
    Ascending,
    /// The greatest, newest or last of the alphabet.
    #[graphql(name = "DESC")]
    Descending,
}
