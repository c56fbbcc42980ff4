//! What people say about courses. `{}` stands for the title of a section.

use super::super::dice::Dice;

struct Opinions {
    titles: [&'static str; 8],
    openings: [&'static str; 8],
    details: [&'static str; 6],
    endings: [&'static str; 6],
}

pub struct Opinion {
    pub title: &'static str,
    pub comment: String,
}

pub fn opinion(dice: &mut Dice, stars: u8, section: &str) -> Opinion {
    let opinions = match stars {
        5 => &DELIGHTED,
        4 => &PLEASED,
        3 => &TORN,
        _ => &DISAPPOINTED,
    };
    let mut sentences = vec![dice.pick(&opinions.openings).to_string()];
    if dice.percent(70) {
        sentences.push(dice.pick(&opinions.details).replace("{}", section));
    }
    if dice.percent(60) {
        sentences.push(dice.pick(&opinions.endings).to_string());
    }
    Opinion { title: dice.pick(&opinions.titles), comment: sentences.join(" ") }
}

static DELIGHTED: Opinions = Opinions {
    titles: [
        "Exactly what I was looking for",
        "The best explanation I have found",
        "Clear, patient and funny",
        "Worth every minute",
        "I finally understand it",
        "A model of how to teach",
        "Could not stop",
        "Changed how I look at the subject",
    ],
    openings: [
        "I had tried two books before and given up both times; this course got me through.",
        "The instructor never hurries and never talks down to you.",
        "Every question that came up while I watched was answered a minute later.",
        "I took this with my daughter and we both learned a lot.",
        "Short lessons, good examples, and exercises that are neither trivial nor cruel.",
        "You can tell that somebody thought hard about the order of things.",
        "I am on my second pass, simply because I enjoy it.",
        "Excellent from the first lesson to the last.",
    ],
    details: [
        "The section \"{}\" alone was worth it.",
        "My favourite part was \"{}\".",
        "I had misunderstood \"{}\" for years.",
        "The notes for \"{}\" are pinned above my desk.",
        "After \"{}\" everything fell into place.",
        "The exercises in \"{}\" are brilliant.",
    ],
    endings: [
        "Thank you!",
        "More of this, please.",
        "I have already recommended it to three colleagues.",
        "I hope there will be a sequel.",
        "Do the exercises, they matter.",
        "Highly recommended.",
    ],
};

static PLEASED: Opinions = Opinions {
    titles: [
        "Very good",
        "Solid course with small flaws",
        "Learned a lot",
        "Recommended",
        "Good pace, good material",
        "Nearly perfect",
        "Well structured",
        "Helpful and honest",
    ],
    openings: [
        "A well made course that keeps what it promises.",
        "Good explanations, and the notes are excellent.",
        "I learned more than I had expected.",
        "Clear structure, though the sound could be better in places.",
        "The examples are well chosen.",
        "I liked it a lot, with small reservations.",
        "Exactly the right level for me.",
        "Good value, and the instructor answers questions.",
    ],
    details: [
        "\"{}\" could have been longer.",
        "I had to watch \"{}\" twice.",
        "The quiz after \"{}\" was harder than the lessons.",
        "\"{}\" was the highlight for me.",
        "In \"{}\" I would have liked one more example.",
        "The step up to \"{}\" is a little steep.",
    ],
    endings: [
        "All in all a good use of my evenings.",
        "Would take another course by this instructor.",
        "Subtitles would make it perfect.",
        "Recommended if you have some time for the exercises.",
        "Four stars with pleasure.",
        "I will come back to it.",
    ],
};

static TORN: Opinions = Opinions {
    titles: [
        "Mixed feelings",
        "Decent, but uneven",
        "Not quite what I expected",
        "Good start, weaker end",
        "All right",
        "Fine for an overview",
        "Some good parts",
        "It depends on what you want",
    ],
    openings: [
        "Some lessons are excellent, others feel unfinished.",
        "The content is fine, but the pace did not suit me.",
        "Useful as an overview, less so if you want to go deeper.",
        "I knew about half of this already.",
        "Good ideas, but the videos need editing.",
        "Not bad, yet I expected more practice.",
        "I am glad that I took it, but would not take it again.",
        "The instructor clearly knows the subject; the explanations are not always clear.",
    ],
    details: [
        "\"{}\" is rushed.",
        "I got lost in \"{}\" and did not find the way back.",
        "\"{}\" was good, the sections around it less so.",
        "The notes to \"{}\" do not match the videos.",
        "Only \"{}\" went beyond what one finds for free.",
        "\"{}\" repeats what was said before.",
    ],
    endings: [
        "Three stars.",
        "It may suit others better.",
        "An update would help.",
        "Wait for a discount.",
        "I hope that the second edition fixes this.",
        "Fine, but no more.",
    ],
};

static DISAPPOINTED: Opinions = Opinions {
    titles: [
        "Disappointing",
        "Not for me",
        "Expected more",
        "Hard to follow",
        "Needs work",
        "Gave up half-way",
        "The description promises too much",
        "Too superficial",
    ],
    openings: [
        "I could not follow after the first hour.",
        "Much of this is read from the slides.",
        "The sound is so low that I had to use headphones at full volume.",
        "Too many words for too little content.",
        "The level jumps from trivial to impossible.",
        "This is advertised for everybody and is not.",
        "I asked two questions and never got an answer.",
        "Several of the files would not open.",
    ],
    details: [
        "In \"{}\" whole steps are missing.",
        "\"{}\" is where I stopped.",
        "The quiz after \"{}\" asks for things that were never explained.",
        "\"{}\" has at least two mistakes.",
        "I watched \"{}\" three times and still can't do it.",
        "\"{}\" should be split into four lessons.",
    ],
    endings: [
        "A pity, because the subject deserves better.",
        "I would not recommend it.",
        "Please record it again.",
        "I want my evenings back.",
        "Perhaps good for others.",
        "Look elsewhere first.",
    ],
};
