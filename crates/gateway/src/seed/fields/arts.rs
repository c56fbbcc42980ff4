use super::Field;

pub const DRAWING: Field = Field {
    name: "Drawing and Painting",
    about: "Seeing first, then the hand.",
    icon: "pencil",
    method: "You watch a drawing grow in real time, try it yourself with a list of cheap materials, and compare; a critique of typical attempts closes every section.",
    audiences: [
        "People who say that they can't draw",
        "Designers who want to think with a pencil",
        "Painters who feel that something in their pictures is not right yet",
    ],
    extra: "reference.jpg",
    subjects: &[
        (
            "Figure Drawing",
            "gesture; proportion; balance; the rib cage and pelvis; hands; heads; drapery; drawing from memory",
        ),
        (
            "Watercolour",
            "paper and brushes; washes; wet in wet; edges; mixing greens; skies; glazing; a finished landscape",
        ),
        ("Oil Painting", "materials; a limited palette; underpainting; values; edges; still life; skin tones; varnish"),
        (
            "Perspective",
            "the picture plane; one vanishing point; two vanishing points; boxes; circles in space; shadows; reflections; people in a room",
        ),
        (
            "Urban Sketching",
            "a small kit; choosing a view; quick shapes; people who move; trees; buildings; adding colour; a sketchbook habit",
        ),
        (
            "Colour Theory",
            "hue, value and chroma; mixing; warm and cool; contrast; harmony; colour of light; colour of shadow; palettes from life",
        ),
        (
            "Printmaking",
            "relief and intaglio; designing in black and white; cutting lino; inking; registration; several colours; monotype; editions",
        ),
        (
            "Calligraphy",
            "pen and ink; strokes; italic capitals; italic small letters; spacing; layout; flourishes; a finished page",
        ),
    ],
    glossary: &[
        ("value", "how light or dark a colour is"),
        ("hue", "what makes a colour red, green or blue"),
        ("vanishing point", "the point towards which parallel lines run in a picture"),
        ("negative space", "the shape of what is between the things"),
        ("foreshortening", "the shortening of what points towards the viewer"),
        ("composition", "how the parts of a picture are arranged"),
        ("complementary colours", "two colours opposite each other on the wheel"),
        ("hatching", "shading with parallel lines"),
        ("glaze", "a thin transparent layer over dry paint"),
        ("gesture drawing", "a quick sketch that catches the movement of a pose"),
        ("horizon line", "the height of the viewer's eyes in the picture"),
        ("medium", "the material that a picture is made with"),
    ],
};

pub const MUSIC: Field = Field {
    name: "Music",
    about: "Playing, listening, and understanding what you hear.",
    icon: "note",
    method: "Nothing is named before it has been heard: each section starts with recordings to sing, clap or play along with.",
    audiences: [
        "Self-taught players who want to know what they are doing",
        "Singers who would like to read what they sing",
        "Listeners who want to hear more",
    ],
    extra: "listening.mp3",
    subjects: &[
        (
            "Jazz Piano",
            "seventh chords; shells and guide tones; the two-five-one; swing; walking bass; voicings; improvising on a blues; comping",
        ),
        (
            "Acoustic Guitar",
            "holding the guitar; first chords; strumming; changing chords in time; fingerpicking; barre chords; playing melodies; songs from start to end",
        ),
        ("Choral Singing", "breath; vowels; blend; reading rhythm; intervals; tuning; languages; performing together"),
        (
            "Songwriting",
            "ideas and titles; rhyme; verse and chorus; melody; harmony; rhythm of words; bridges; finishing",
        ),
        ("Music Production", "listening rooms; recording; editing; equalising; compression; space; balance; mastering"),
        (
            "Classical Violin",
            "posture; the bow; open strings; first position; intonation; vibrato; shifting; a first concerto",
        ),
        ("Orchestration", "strings; woodwinds; brass; percussion; doubling; balance; colour; scoring a short piece"),
        (
            "Rhythm and Percussion",
            "pulse; subdivision; rests; syncopation; compound time; polyrhythm; hand drums; playing in a group",
        ),
    ],
    glossary: &[
        ("interval", "the distance between two notes"),
        ("chord", "three or more notes that sound together"),
        ("octave", "the distance between a note and the next one of the same name"),
        ("tempo", "how fast the beat goes"),
        ("cadence", "a turn of harmony that closes a phrase"),
        ("syncopation", "accents where the beat does not expect them"),
        ("timbre", "what makes two instruments sound different on one note"),
        ("modulation", "moving from one key to another"),
        ("arpeggio", "the notes of a chord played one after another"),
        ("dynamics", "how loud and soft the music is"),
        ("counterpoint", "independent melodies that fit together"),
        ("metre", "how beats are grouped into strong and weak"),
    ],
};

pub const PHOTOGRAPHY: Field = Field {
    name: "Photography and Film",
    about: "Light, time, and what to leave out of the frame.",
    icon: "camera",
    method: "One assignment a week, with any camera you have, a telephone included; we look at good pictures and at useful failures.",
    audiences: [
        "Owners of a good camera that stays on automatic",
        "People who tell stories for a living",
        "Anybody who wants to look more closely",
    ],
    extra: "contact-sheet.jpg",
    subjects: &[
        (
            "Portrait Photography",
            "meeting people; window light; lenses and faces; posing; expressions; backgrounds; groups; editing with care",
        ),
        (
            "Landscape Photography",
            "weather; the tripod; composition; filters; sea and water; mountains; night; printing",
        ),
        ("Documentary Film", "finding a subject; research; trust; interviews; observing; structure; sound; ethics"),
        ("Video Editing", "sorting footage; the cut; pace; sound bridges; colour; titles; music; exporting"),
        ("Street Photography", "seeing; being seen; light and shade; layers; gestures; patience; the law; a series"),
        ("Screenwriting", "ideas; characters; conflict; scenes; dialogue; structure; rewriting; the short film"),
        (
            "Film History",
            "the first images; silent comedy; the studio years; neorealism; new waves; animation; world cinema; the digital turn",
        ),
        (
            "Photo Editing",
            "raw files; exposure; contrast; colour; local corrections; black and white; sharpening; an archive that lasts",
        ),
    ],
    glossary: &[
        ("aperture", "the opening of the lens through which light falls"),
        ("exposure", "the amount of light that reaches the sensor"),
        ("depth of field", "the range of distances that look sharp"),
        ("shutter speed", "how long light is let in"),
        ("focal length", "what decides how wide or narrow the view of a lens is"),
        ("white balance", "the correction that makes white things look white"),
        ("montage", "making meaning by the order of shots"),
        ("jump cut", "a cut between two nearly equal views"),
        ("noise", "grain that appears in pictures taken with little light"),
        ("storyboard", "a film drawn as a row of pictures before it is shot"),
        ("backlight", "light that comes from behind the subject"),
        ("histogram", "a diagram of how many dark and light points a picture has"),
    ],
};
