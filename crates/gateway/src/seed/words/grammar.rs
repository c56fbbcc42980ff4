/// With a capital first letter.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// The pattern with the subject in its place.
pub fn named(pattern: &str, subject: &str) -> String {
    pattern.replace("{}", subject)
}

/// The name of a subject as it stands within a sentence.
pub fn within(subject: &str) -> String {
    let is_name = |word: &str| PROPER.contains(&word) || word.chars().skip(1).any(|letter| letter.is_uppercase());
    let words = subject.split(' ').map(|word| if is_name(word) { word.to_string() } else { word.to_lowercase() });
    words.collect::<Vec<_>>().join(" ")
}

/// Words that keep their capital.
static PROPER: [&str; 23] = [
    "Arabic",
    "Buddhist",
    "Chinese",
    "French",
    "German",
    "Git",
    "Indian",
    "Italian",
    "Japanese",
    "Kubernetes",
    "Latin",
    "Linux",
    "Mandarin",
    "Mexican",
    "Ottoman",
    "Portuguese",
    "Python",
    "R",
    "Road",
    "Roman",
    "Silk",
    "Spanish",
    "Stoicism",
];
