use super::Field;

pub const HISTORY: Field = Field {
    name: "History",
    about: "What happened, how we know, and why we still argue about it.",
    icon: "column",
    method: "Every section rests on two or three original sources in translation, which you read before you hear what historians make of them.",
    audiences: [
        "Travellers who want to see more than ruins",
        "Readers of historical novels",
        "Students who look for the thread between the dates",
    ],
    extra: "map.jpg",
    subjects: &[
        (
            "Roman History",
            "village to republic; the citizen army; Carthage; the end of the republic; Augustus; daily life; the provinces; the long ending",
        ),
        (
            "Medieval History",
            "after the empire; monasteries; knights and peasants; towns; universities; the plague; faith and dissent; the edge of a new world",
        ),
        (
            "Silk Road History",
            "deserts and oases; caravans; Han and Rome; monks and manuscripts; Samarkand; the Mongol peace; the sea routes; memory",
        ),
        (
            "Industrial History",
            "before steam; coal and cotton; the factory; railways; the city; workers' movements; empire; the world it made",
        ),
        (
            "Twentieth-Century History",
            "1914; revolutions; the crisis years; the world at war; the cold war; decolonisation; 1989; the networked world",
        ),
        (
            "Egyptology",
            "the Nile; the first kings; pyramids; gods; writing; the New Kingdom; everyday people; rediscovery",
        ),
        ("Ottoman History", "the frontier; Constantinople; law; the court; merchants; the provinces; reform; the end"),
        (
            "Oral History",
            "why people remember; preparing; the interview; listening; transcription; memory and truth; ethics; publishing",
        ),
    ],
    glossary: &[
        ("primary source", "a document or object from the time one studies"),
        ("chronology", "the order in which things happened"),
        ("archive", "a place where records are kept"),
        ("feudalism", "land given in return for service and loyalty"),
        ("republic", "a state without a monarch, ruled by those who represent its citizens"),
        ("nomads", "people who move with their herds"),
        ("propaganda", "information spread in order to steer opinion"),
        ("colonialism", "the rule over distant lands for the benefit of the rulers"),
        ("renaissance", "a rebirth of interest in the learning of antiquity"),
        ("guild", "an association of craftsmen that controls their trade"),
        ("treaty", "a written agreement between states"),
        ("historiography", "the study of how history has been written"),
    ],
};

pub const LANGUAGES: Field = Field {
    name: "Languages",
    about: "Speaking from the first day, reading from the second.",
    icon: "speech",
    method: "Dialogues come first, at natural speed and then slowly; grammar is explained only when you have already heard it. Fifteen minutes a day are enough.",
    audiences: [
        "Travellers who do not want to point at the menu",
        "People with family or friends who speak the language",
        "Former pupils who want another try",
    ],
    extra: "dialogue.mp3",
    subjects: &[
        (
            "Spanish",
            "greetings; the family; in the market; past and present; directions; wishes and the subjunctive; telephone calls; telling a story",
        ),
        (
            "French",
            "first encounters; in the café; numbers and prices; the past; at work; opinions; letters; an evening among friends",
        ),
        (
            "Japanese",
            "hiragana; introducing yourself; particles; counting things; katakana; polite and plain; first kanji; a day in Kyoto",
        ),
        ("German", "sounds and spelling; articles; cases; verbs at the end; travelling; the flat; work; news"),
        (
            "Arabic",
            "the letters; sounds; greetings; roots and patterns; the family; in the souk; verbs; reading headlines",
        ),
        (
            "Mandarin Chinese",
            "tones; pinyin; first characters; measure words; time; eating out; complements; conversations",
        ),
        (
            "Portuguese",
            "sounds; meeting people; food; two verbs for to be; the city; the past; music and lyrics; plans",
        ),
        (
            "Latin",
            "pronunciation; nouns and cases; verbs; reading inscriptions; participles; Caesar; poetry; Latin in your language",
        ),
    ],
    glossary: &[
        ("cognate", "a word that shares its origin with a word of another language"),
        ("tense", "the form of a verb that places it in time"),
        ("subjunctive", "the mood of wishes and doubts"),
        ("false friend", "a word that looks familiar and means something else"),
        ("dialect", "the form of a language that is spoken in one region"),
        ("idiom", "a phrase whose meaning is not that of its words"),
        ("syllable", "a part of a word with one vowel sound"),
        ("conjugation", "the table of the forms of a verb"),
        ("gender", "a class of nouns that decides the form of other words"),
        ("loanword", "a word taken over from another language"),
        ("intonation", "the melody of a sentence"),
        ("preposition", "a small word that says where, when or how"),
    ],
};

pub const PHILOSOPHY: Field = Field {
    name: "Philosophy and Writing",
    about: "Thinking clearly, and putting it on the page.",
    icon: "quill",
    method: "You read little and slowly, write a page per section, and get a checklist with which you can judge your own draft as an editor would.",
    audiences: [
        "People who want to argue better and quarrel less",
        "Writers stuck in the middle of something",
        "Students of any subject who have to hand in essays",
    ],
    extra: "reading-list.zip",
    subjects: &[
        ("Ethics", "right and wrong; consequences; duties; virtues; fairness; animals; the future; hard cases"),
        (
            "Critical Thinking",
            "arguments; hidden assumptions; evidence; fallacies; statistics; sources; changing your mind; arguing well",
        ),
        (
            "Creative Writing",
            "noticing; the first page; point of view; characters; dialogue; setting; revision; reading aloud",
        ),
        (
            "Stoicism",
            "Zeno's porch; what is in our power; the passions; Seneca's letters; Epictetus; Marcus Aurelius; practice; objections",
        ),
        (
            "Academic Writing",
            "the question; reading with a pencil; outlines; paragraphs; evidence and citation; introductions; editing; feedback",
        ),
        (
            "Buddhist Philosophy",
            "the historical setting; suffering and its end; no-self; dependent arising; ethics; emptiness; meditation; meetings with the West",
        ),
        ("Poetry", "lines; images; sound; metre; forms; free verse; translation; a small collection"),
        (
            "Political Philosophy",
            "why obey; contracts; liberty; equality; property; democracy; justice between nations; civil disobedience",
        ),
    ],
    glossary: &[
        ("premise", "a statement from which a conclusion is drawn"),
        ("fallacy", "an argument that looks good and is not"),
        ("metaphor", "speaking of one thing as if it were another"),
        ("empiricism", "the view that knowledge comes from experience"),
        ("rationalism", "the view that some knowledge comes from reason alone"),
        ("utilitarianism", "the view that the best act is the one with the best consequences for all"),
        ("narrator", "the voice that tells a story"),
        ("thesis", "the claim that an essay defends"),
        ("paradox", "a chain of good steps that ends in a contradiction"),
        ("analogy", "an argument from one case to a similar one"),
        ("dialectic", "coming closer to the truth by question and answer"),
        ("enjambment", "a sentence that runs over the end of the line"),
    ],
};
