use async_graphql::{InputObject, Object};
use courses::Seo;

use crate::graphql::scalars::Url;

/// What search engines and those who share a link are told.
pub struct CourseSeo(pub Seo);

/// What search engines and those who share a link are told.
#[Object]
impl CourseSeo {
    /// The title. Null when the course's own serves.
    async fn title(&self) -> Option<&str> {
        self.0.title.as_deref()
    }

    /// What the course is about. Null when its own short description serves.
    async fn description(&self) -> Option<&str> {
        self.0.description.as_deref()
    }

    /// Words that it should be found by; may be empty.
    async fn keywords(&self) -> &[String] {
        &self.0.keywords
    }

    /// The address of the page that counts when several show the course. Null when there is one only.
    async fn canonical_url(&self) -> Option<Url> {
        self.0.canonical_url.clone().map(Url)
    }

    /// The address of the picture that a shared link is shown with. Null when the course's own serves.
    async fn image_url(&self) -> Option<Url> {
        self.0.image_url.clone().map(Url)
    }

    /// Are search engines asked to leave the course out?
    async fn no_index(&self) -> bool {
        self.0.no_index
    }
}

/// What search engines and those who share a link are to be told: all of it. What is left out is empty.
#[derive(Debug, InputObject)]
pub struct CourseSeoInput {
    /// At most 120 characters; without it the course's own title serves.
    pub title: Option<String>,
    /// At most 320 characters; without it the course's own short description serves.
    pub description: Option<String>,
    /// At most 20 words of at most 50 characters.
    #[graphql(default)]
    pub keywords: Vec<String>,
    /// The address of the page that counts when several show the course: `https://...`, at most 500 characters.
    pub canonical_url: Option<Url>,
    /// The address of the picture that a shared link is shown with: `https://...`, at most 500 characters.
    pub image_url: Option<Url>,
    /// Ask search engines to leave the course out?
    #[graphql(default)]
    pub no_index: bool,
}

impl From<CourseSeoInput> for Seo {
    fn from(input: CourseSeoInput) -> Self {
        Self {
            title: input.title,
            description: input.description,
            keywords: input.keywords,
            canonical_url: input.canonical_url.map(|url| url.0),
            image_url: input.image_url.map(|url| url.0),
            no_index: input.no_index,
        }
    }
}
