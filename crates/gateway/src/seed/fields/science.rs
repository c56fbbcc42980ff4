use super::Field;

pub const MATHEMATICS: Field = Field {
    name: "Mathematics",
    about: "Patterns, proofs and the pleasure of being certain.",
    icon: "sigma",
    method: "Proofs are shown twice: first as a story with pictures, then as they would stand in a textbook. Exercises come in three grades.",
    audiences: [
        "Students who were told the formula but not the reason",
        "Engineers who want their mathematics back",
        "People who enjoy puzzles and would like bigger ones",
    ],
    extra: "problems.zip",
    subjects: &[
        (
            "Linear Algebra",
            "vectors; linear combinations; matrices; systems of equations; determinants; eigenvalues; inner products; applications to data",
        ),
        (
            "Calculus",
            "functions and limits; derivatives; the rules of differentiation; extrema; integrals; the fundamental theorem; series; differential equations",
        ),
        (
            "Probability",
            "counting; events; conditional probability; Bayes' theorem; random variables; expectation; the normal distribution; random walks",
        ),
        (
            "Number Theory",
            "divisibility; primes; the Euclidean algorithm; congruences; Fermat's little theorem; quadratic residues; continued fractions; numbers and secrets",
        ),
        (
            "Geometry",
            "points and lines; triangles; circles; similarity; transformations; coordinates; solids; curved space",
        ),
        (
            "Graph Theory",
            "vertices and edges; paths; trees; planar graphs; colouring; matchings; flows; graphs in the wild",
        ),
        (
            "Mathematical Logic",
            "statements; truth tables; quantifiers; proofs; sets; infinity; computability; incompleteness",
        ),
        (
            "Game Theory",
            "games and payoffs; dominant strategies; equilibrium; mixed strategies; repeated games; auctions; voting; bargaining",
        ),
    ],
    glossary: &[
        ("prime number", "a whole number above one that only one and itself divide"),
        ("theorem", "a statement that has been proved"),
        ("axiom", "a statement that is accepted without proof"),
        ("derivative", "the rate at which a function changes at a point"),
        ("integral", "the area under a curve, with a sign"),
        ("vector", "a quantity with a size and a direction"),
        ("matrix", "a rectangular table of numbers that describes a linear map"),
        ("bijection", "a pairing in which everything on either side has exactly one partner"),
        ("counterexample", "one case that shows a general statement to be false"),
        ("induction", "proving a first case and that each case leads to the next"),
        ("limit", "the value that a sequence comes as close to as one likes"),
        ("symmetry", "a change that leaves the thing looking the same"),
    ],
};

pub const PHYSICS: Field = Field {
    name: "Physics and Astronomy",
    about: "From falling apples to the afterglow of the beginning.",
    icon: "atom",
    method: "Each idea is introduced by an experiment, many of which you can repeat at home; school algebra is enough, and calculus is explained when it helps.",
    audiences: [
        "Anybody who looks up at night and wonders",
        "Pupils and students who want the intuition behind the formulas",
        "Teachers in search of good demonstrations",
    ],
    extra: "figures.png",
    subjects: &[
        ("Classical Mechanics", "motion; forces; energy; momentum; rotation; oscillation; gravity; chaos"),
        (
            "Electromagnetism",
            "charge; fields; circuits; magnets; induction; Maxwell's equations; light as a wave; antennas",
        ),
        (
            "Quantum Physics",
            "black bodies; photons; the double slit; wave functions; uncertainty; spin; entanglement; quantum technology",
        ),
        (
            "Thermodynamics",
            "temperature; heat and work; the first law; engines; entropy; the second law; phase changes; life and heat",
        ),
        (
            "Stargazing",
            "finding your way in the sky; the Moon; planets; binoculars; double stars; clusters and nebulae; galaxies; keeping an observing log",
        ),
        (
            "Cosmology",
            "the size of things; the expanding universe; the first three minutes; the microwave background; dark matter; dark energy; the first stars; open questions",
        ),
        (
            "Special Relativity",
            "moving observers; the speed of light; simultaneity; clocks; lengths; spacetime diagrams; energy and mass; paradoxes resolved",
        ),
        (
            "Climate Physics",
            "sunlight; the greenhouse effect; the atmosphere; oceans; feedbacks; models; the record of the past; what comes next",
        ),
    ],
    glossary: &[
        ("velocity", "how fast something moves, and in which direction"),
        ("acceleration", "the rate at which velocity changes"),
        ("entropy", "a measure of in how many ways a state can come about"),
        ("photon", "the smallest portion of light"),
        ("inertia", "the tendency of things to go on moving as they do"),
        ("wavelength", "the distance from one crest to the next"),
        ("light-year", "the distance that light travels in a year"),
        ("half-life", "the time after which half of the atoms have decayed"),
        ("resonance", "strong swinging when the push comes at the natural rhythm"),
        ("redshift", "the stretching of light from things that move away"),
        ("conductor", "a material in which charge moves easily"),
        ("isotope", "an atom of the same element with another number of neutrons"),
    ],
};

pub const LIFE: Field = Field {
    name: "Life Sciences",
    about: "Cells, bodies, forests, and how they came to be.",
    icon: "leaf",
    method: "Short lectures alternate with observation tasks: a window sill, a pond and a cheap magnifying glass are all the equipment you need.",
    audiences: [
        "Hikers, gardeners and bird watchers who want to know more",
        "Students preparing for an examination in biology",
        "People who read the science pages first",
    ],
    extra: "plates.png",
    subjects: &[
        (
            "Genetics",
            "cells and chromosomes; Mendel's peas; DNA; genes at work; mutation; inheritance in families; populations; editing genes",
        ),
        (
            "Evolution",
            "variation; selection; adaptation; species; the fossil record; deep time; cooperation; human origins",
        ),
        (
            "Ecology",
            "habitats; food webs; populations; competition; cycles of matter; succession; islands; restoration",
        ),
        (
            "Human Physiology",
            "cells and tissues; blood and heart; breathing; digestion; nerves; muscles; hormones; defence",
        ),
        (
            "Botany",
            "roots and shoots; leaves; photosynthesis; flowers; seeds; plant families; plants and people; a herbarium of your own",
        ),
        ("Neuroscience", "neurons; synapses; senses; movement; memory; sleep; emotion; the aware brain"),
        (
            "Microbiology",
            "the invisible majority; bacteria; viruses; fungi; growth; microbes in the soil; microbes in us; epidemics",
        ),
        (
            "Birdwatching",
            "looking and listening; size and shape; songs; garden birds; water birds; migration; nests; counting for science",
        ),
    ],
    glossary: &[
        ("mitochondrion", "the part of the cell that releases energy from food"),
        ("enzyme", "a protein that speeds up a chemical reaction"),
        ("allele", "one of several forms of a gene"),
        ("photosynthesis", "making sugar from light, water and carbon dioxide"),
        ("symbiosis", "two kinds of organisms living closely together"),
        ("habitat", "the kind of place in which a species lives"),
        ("predator", "an animal that lives on other animals"),
        ("mutation", "a lasting change in the text of the DNA"),
        ("osmosis", "water moving through a membrane towards the saltier side"),
        ("homeostasis", "keeping the inside steady while the outside changes"),
        ("keystone species", "a species on which many others depend"),
        ("neuron", "a cell that passes on electrical signals"),
    ],
};
