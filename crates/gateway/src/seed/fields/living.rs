use super::Field;

pub const COOKING: Field = Field {
    name: "Cooking and Food",
    about: "Technique first; recipes follow by themselves.",
    icon: "pot",
    method: "Each section teaches one technique and three dishes that need it, with weights in grams and pictures of every stage, the failed ones too.",
    audiences: [
        "People who follow recipes and wonder why they work",
        "Students in their first kitchen",
        "Good home cooks who are bored with their repertoire",
    ],
    extra: "recipe-card.jpg",
    subjects: &[
        ("Bread Baking", "flour and water; kneading; fermentation; shaping; scoring; the oven; rye; sweet doughs"),
        ("Italian Cooking", "the pantry; soffritto; fresh pasta; sauces; risotto; vegetables; meat and fish; desserts"),
        ("Indian Cooking", "whole spices; tempering; lentils; rice; vegetables; breads; pickles; a thali"),
        (
            "Vegetarian Cooking",
            "taste and balance; beans; grains; roasting; greens; eggs and cheese; one-pot meals; a menu",
        ),
        ("Pastry", "short crust; custards; choux; meringue; puff pastry; tarts; chocolate; plating"),
        (
            "Knife Skills",
            "choosing a knife; grip and stance; sharpening; onions; herbs; roots; fish; butchering a chicken",
        ),
        ("Coffee", "beans; roasting; grinding; water; filter; espresso; milk; tasting"),
        ("Mexican Cooking", "maize; tortillas; salsas; beans; chillies; moles; street food; a feast"),
    ],
    glossary: &[
        ("umami", "the savoury taste of broth, ripe cheese and mushrooms"),
        ("emulsion", "fat and water held together as fine drops"),
        ("Maillard reaction", "the browning that gives crusts their flavour"),
        ("blanching", "cooking briefly in boiling water, then cooling at once"),
        ("gluten", "the elastic net that forms when wheat flour meets water"),
        ("reduction", "boiling a liquid down until it is thick and strong"),
        ("brine", "salted water in which food is kept"),
        ("braising", "browning first, then cooking slowly in a little liquid"),
        ("deglazing", "loosening what sticks to the pan with a liquid"),
        ("folding", "mixing so gently that the air stays in"),
        ("proofing", "letting dough rise before it is baked"),
        ("mise en place", "having everything cut and measured before one starts"),
    ],
};

pub const BUSINESS: Field = Field {
    name: "Business and Money",
    about: "Work that pays, numbers that add up, people who stay.",
    icon: "briefcase",
    method: "Real cases with real figures, including the ones that ended badly; templates and spreadsheets are yours to keep.",
    audiences: [
        "Founders before and after the first customer",
        "Specialists who have just been given a team",
        "People who want to understand their own money",
    ],
    extra: "templates.zip",
    subjects: &[
        (
            "Personal Finance",
            "where the money goes; budgets; debt; emergencies; saving; investing; insurance; retirement",
        ),
        ("Project Management", "goals; stakeholders; scope; estimates; planning; risk; meetings; closing well"),
        ("Marketing", "customers; positioning; research; the offer; channels; writing copy; measuring; brand"),
        (
            "Accounting",
            "double entry; the balance sheet; income; cash flow; depreciation; inventory; ratios; closing the year",
        ),
        (
            "Negotiation",
            "interests; preparation; the first offer; listening; creating options; hard bargainers; agreements; after the deal",
        ),
        (
            "Starting a Company",
            "problems worth solving; talking to customers; the first version; pricing; founders; money; law; the first hire",
        ),
        (
            "Leadership",
            "from expert to lead; trust; delegating; feedback; decisions; conflict; change; looking after yourself",
        ),
        ("Public Speaking", "fear; the audience; one message; stories; structure; voice; slides; questions"),
    ],
    glossary: &[
        ("cash flow", "the money that comes in and goes out over a time"),
        ("asset", "something of value that one owns"),
        ("liability", "something that one owes"),
        ("compound interest", "interest that itself earns interest"),
        ("opportunity cost", "the value of the best thing one gives up"),
        ("margin", "what is left of the price after the costs"),
        ("stakeholder", "anybody who is affected by what a project does"),
        ("inflation", "the general rise of prices"),
        ("diversification", "spreading money so that not all can be lost at once"),
        ("break-even point", "the quantity at which income just covers the costs"),
        ("equity", "the owners' share in a company"),
        ("milestone", "a point in a plan by which something is finished"),
    ],
};

pub const HEALTH: Field = Field {
    name: "Health and Movement",
    about: "Bodies that work, minds that rest.",
    icon: "heart",
    method: "Short follow-along sessions, each with an easier and a harder version, and the evidence behind them explained without promises.",
    audiences: [
        "People who sit too much",
        "Beginners who were put off by hard training",
        "Trainers and carers who want sound explanations",
    ],
    extra: "session.mp3",
    subjects: &[
        ("Yoga", "breath; standing poses; balance; sun salutations; hips; backbends; twists; rest"),
        (
            "Running",
            "starting again; shoes and surfaces; easy pace; technique; strength; intervals; a first race; staying healthy",
        ),
        (
            "Meditation",
            "sitting; breath; wandering mind; body scan; difficult feelings; kindness; walking; a daily habit",
        ),
        (
            "Nutrition",
            "energy; carbohydrates; fats; protein; vitamins and minerals; fibre; labels; eating well on little money",
        ),
        (
            "Strength Training",
            "the basic movements; squats; hinges; pushing; pulling; programmes; recovery; ageing strong",
        ),
        ("First Aid", "safety; calling for help; resuscitation; bleeding; burns; fractures; poisoning; children"),
        ("Sleep", "why we sleep; rhythms; light; the bedroom; insomnia; shift work; naps; dreams"),
        (
            "Posture and Back Care",
            "the spine; sitting; standing; lifting; mobility; core strength; pain; a working day that moves",
        ),
    ],
    glossary: &[
        ("aerobic exercise", "steady effort during which one can still talk"),
        ("protein", "the nutrient that muscles are built from"),
        ("range of motion", "how far a joint can move"),
        ("circadian rhythm", "the inner clock of about a day"),
        ("warm-up", "light movement that prepares for effort"),
        ("dehydration", "a lack of water in the body"),
        ("placebo", "a treatment without active ingredient"),
        ("resting heart rate", "how often the heart beats when one does nothing"),
        ("progressive overload", "asking a little more of the body each week"),
        ("diaphragm", "the main muscle of breathing"),
        ("tendon", "the cord that ties a muscle to a bone"),
        ("recovery position", "lying on the side so that the airway stays free"),
    ],
};
