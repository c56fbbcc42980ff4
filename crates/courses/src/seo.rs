//! What search engines and those who share a link are told of a course.

use kernel::{Check, is_line, is_name};
use sea_orm::prelude::Json;
use serde_json::json;
use url::Url;

use crate::rules::{
    COURSE_SEO_ADDRESS_INVALID, COURSE_SEO_DESCRIPTION_TOO_LONG, COURSE_SEO_KEYWORDS_INVALID,
    COURSE_SEO_TITLE_TOO_LONG, COURSE_TITLE_UNREADABLE,
};

/// All of it; what is empty the course's own title, description and picture stand for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Seo {
    pub title: Option<String>,
    pub description: Option<String>,
    pub keywords: Vec<String>,
    pub canonical_url: Option<String>,
    pub image_url: Option<String>,
    /// Search engines are asked to leave the course out.
    pub no_index: bool,
}

impl Seo {
    /// Reads what a row keeps. What is no such thing is left out: the column was free once.
    pub fn read(json: &Json) -> Self {
        let text = |field: &str| json[field].as_str().filter(|text| !text.is_empty()).map(String::from);
        let keywords = json["keywords"].as_array().into_iter().flatten();
        Self {
            title: text("title"),
            description: text("description"),
            keywords: keywords.filter_map(|word| word.as_str().map(String::from)).collect(),
            canonical_url: text("canonicalUrl"),
            image_url: text("imageUrl"),
            no_index: json["noIndex"].as_bool().unwrap_or(false),
        }
    }

    /// As rows keep it: without what is empty.
    pub(crate) fn to_json(&self) -> Json {
        let texts = [
            ("title", &self.title),
            ("description", &self.description),
            ("canonicalUrl", &self.canonical_url),
            ("imageUrl", &self.image_url),
        ];
        let texts = texts.into_iter().filter_map(|(field, text)| Some((field, json!(text.as_ref()?))));
        let words = (!self.keywords.is_empty()).then(|| ("keywords", json!(self.keywords)));
        let no_index = self.no_index.then_some(("noIndex", json!(true)));
        texts.chain(words).chain(no_index).map(|(field, value)| (field.to_string(), value)).collect()
    }

    pub(crate) fn check(&mut self, check: &mut Check) {
        for text in [&mut self.title, &mut self.description, &mut self.canonical_url, &mut self.image_url] {
            *text = text.take().map(|text| text.trim().to_string()).filter(|text| !text.is_empty());
        }
        for word in &mut self.keywords {
            *word = word.trim().to_string();
        }
        let at_most = |text: &Option<String>, most: usize| text.iter().all(|text| text.chars().count() <= most);
        let words = |words: &[String]| words.iter().all(|word| is_name(word) && word.chars().count() <= 50);
        let mut require = |holds, rule: kernel::Rule, field| {
            check.require(holds, kernel::Problem { field: vec!["seo".into(), field], ..rule.at("seo") });
        };
        require(at_most(&self.title, 120), COURSE_SEO_TITLE_TOO_LONG, "title".into());
        require(at_most(&self.description, 320), COURSE_SEO_DESCRIPTION_TOO_LONG, "description".into());
        require(self.title.as_deref().is_none_or(is_line), COURSE_TITLE_UNREADABLE, "title".into());
        let good = self.keywords.len() <= 20 && words(&self.keywords);
        require(good, COURSE_SEO_KEYWORDS_INVALID, "keywords".into());
        require(
            self.canonical_url.as_deref().is_none_or(is_address),
            COURSE_SEO_ADDRESS_INVALID,
            "canonicalUrl".into(),
        );
        require(self.image_url.as_deref().is_none_or(is_address), COURSE_SEO_ADDRESS_INVALID, "imageUrl".into());
    }
}

/// Of a page or a picture that everybody can open: no script, no file, no name and password in it.
pub(crate) fn is_address(text: &str) -> bool {
    let address = Url::parse(text).ok().filter(|url| ["http", "https"].contains(&url.scheme()) && url.has_host());
    text.len() <= 500 && address.is_some_and(|url| url.username().is_empty() && url.password().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_those_of_pages() {
        assert!(is_address("https://example.org/rust?x=1") && is_address("http://localhost:8080/"));
        for bad in
            ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "/rust", "https://", "https://a:b@c.org"]
        {
            assert!(!is_address(bad), "{bad}");
        }
        assert!(!is_address(&format!("https://example.org/{}", "x".repeat(500))));
    }

    #[test]
    fn what_is_kept_is_read_again_and_rubbish_is_nothing() {
        let seo = Seo { title: Some("x".into()), keywords: vec!["a".into()], no_index: true, ..Seo::default() };
        assert_eq!(Seo::read(&seo.to_json()), seo);
        assert_eq!(Seo::default().to_json(), json!({}));
        for rubbish in [json!({"title": 7, "keywords": "x", "noIndex": "y"}), json!([]), json!(null)] {
            assert_eq!(Seo::read(&rubbish), Seo::default());
        }
    }
}
