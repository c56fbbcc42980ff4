//! What a school could teach: the shelves of the catalogue, and on each of them subjects with eight topics.

mod arts;
mod humanities;
mod living;
mod science;
mod technology;

/// A shelf that courses stand on.
pub struct Field {
    pub name: &'static str,
    pub about: &'static str,
    pub icon: &'static str,
    /// How its courses teach.
    pub method: &'static str,
    pub audiences: [&'static str; 3],
    /// What a section of its courses hands out beside videos and notes.
    pub extra: &'static str,
    /// A name and, between semicolons, eight topics that read well within a sentence.
    pub subjects: &'static [(&'static str, &'static str)],
    pub glossary: Glossary,
}

/// Terms and what they mean: no two of one glossary mean the same, so that each is a wrong answer for the others.
pub type Glossary = &'static [(&'static str, &'static str)];

/// A shelf that holds shelves.
pub struct Shelf {
    pub name: &'static str,
    pub about: &'static str,
    pub icon: &'static str,
    pub fields: [&'static Field; 3],
}

pub static SHELVES: [Shelf; 5] = [
    Shelf {
        name: "Technology",
        about: "Software, data and the machines below them.",
        icon: "chip",
        fields: [&technology::PROGRAMMING, &technology::DATA, &technology::NETWORKS],
    },
    Shelf {
        name: "Science",
        about: "How we found out, and what we found.",
        icon: "flask",
        fields: [&science::MATHEMATICS, &science::PHYSICS, &science::LIFE],
    },
    Shelf {
        name: "Arts",
        about: "Making things to look at and to listen to.",
        icon: "palette",
        fields: [&arts::DRAWING, &arts::MUSIC, &arts::PHOTOGRAPHY],
    },
    Shelf {
        name: "Humanities",
        about: "People, their words and their past.",
        icon: "book",
        fields: [&humanities::HISTORY, &humanities::LANGUAGES, &humanities::PHILOSOPHY],
    },
    Shelf {
        name: "Life and Work",
        about: "Skills for the kitchen, the office and the rest of the day.",
        icon: "sun",
        fields: [&living::COOKING, &living::BUSINESS, &living::HEALTH],
    },
];

/// All fields in the order of the shelves; a field's number is its place here.
pub fn fields() -> impl Iterator<Item = &'static Field> {
    SHELVES.iter().flat_map(|shelf| shelf.fields)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_subject_has_eight_topics_and_every_glossary_twelve_different_meanings() {
        for field in fields() {
            assert_eq!(field.subjects.len(), 8, "{}", field.name);
            for (subject, topics) in field.subjects {
                assert_eq!(topics.split("; ").count(), 8, "{subject}");
            }
            let meanings: HashSet<_> = field.glossary.iter().map(|(_, meaning)| meaning).collect();
            assert_eq!(meanings.len(), 12, "{}", field.name);
        }
    }
}
