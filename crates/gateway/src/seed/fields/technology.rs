use super::Field;

pub const PROGRAMMING: Field = Field {
    name: "Programming",
    about: "Languages, tools and habits for writing software that lasts.",
    icon: "code",
    method: "Every section ends in code that you write and run yourself; the solutions come with the notes.",
    audiences: [
        "People who have written a script or two and want to understand what they did",
        "Developers who come from another language",
        "Students who need more practice than their lectures leave time for",
    ],
    extra: "exercises.zip",
    subjects: &[
        (
            "Python",
            "values and names; lists and dictionaries; functions; files and text; classes; errors and how to meet them; testing; packages",
        ),
        (
            "Web APIs",
            "requests and responses; resources and their names; status codes; authentication; pagination; versioning; rate limits; documentation that stays true",
        ),
        (
            "SQL",
            "tables and keys; selecting and filtering; joins; grouping; subqueries; indexes; transactions; reading a query plan",
        ),
        (
            "TypeScript",
            "types for values you know; unions and narrowing; functions and generics; modules; the strict flags; typing other people's code; errors as values; a typed front end",
        ),
        (
            "Software Testing",
            "what a test is for; unit tests; test data; fakes and their price; testing over HTTP; property-based tests; flaky tests; tests as documentation",
        ),
        (
            "Git and Code Review",
            "commits as sentences; branches; merging and rebasing; undoing things; reading a diff; giving feedback; pull requests; history as a tool",
        ),
        (
            "Functional Programming",
            "pure functions; immutability; map, filter and fold; recursion; algebraic data types; composition; effects at the edge; laziness",
        ),
        (
            "Command Line Tools",
            "the shell and its words; pipes; regular expressions; processes; permissions; scripts; remote machines; small tools of your own",
        ),
    ],
    glossary: &[
        ("recursion", "a function that calls itself on a smaller piece of the problem"),
        ("race condition", "a fault whose appearance depends on which of two things happens first"),
        ("invariant", "a statement about the data that is true before and after every step"),
        ("refactoring", "changing how code is written without changing what it does"),
        ("compiler", "a program that translates source code before it is run"),
        ("garbage collection", "finding memory that nothing refers to any more and freeing it"),
        ("idempotence", "the property that doing something twice has the effect of doing it once"),
        ("deadlock", "two tasks that each wait for what the other one holds"),
        ("interface", "the part of a module that others may rely on"),
        ("memoisation", "remembering the results of calls so that they need not be computed again"),
        ("regression", "something that used to work and no longer does"),
        ("stack trace", "the list of calls that were under way when something went wrong"),
    ],
};

pub const DATA: Field = Field {
    name: "Data and AI",
    about: "From a messy spreadsheet to models that know their limits.",
    icon: "chart",
    method: "All examples use public data sets that you can download, change and break; every figure can be reproduced from the notebooks.",
    audiences: [
        "Analysts who want to trust their own numbers",
        "Programmers who have been asked to add something intelligent",
        "Researchers with more data than statistics",
    ],
    extra: "notebook.zip",
    subjects: &[
        (
            "Data Analysis",
            "asking a question; getting data; cleaning; summaries; pictures of data; comparing groups; telling the story; checking yourself",
        ),
        (
            "Machine Learning",
            "learning from examples; linear models; decision trees; validation; overfitting; features; ensembles; models in production",
        ),
        (
            "Deep Learning",
            "neurons and layers; gradient descent; convolution; sequences; attention; transfer learning; training that converges; measuring what was learned",
        ),
        (
            "Data Visualisation",
            "what the eye compares well; bars and dots; time series; maps; colour; uncertainty; annotation; dashboards people read",
        ),
        (
            "Natural Language Processing",
            "tokens; counting words; embeddings; classification; sequence labelling; language models; evaluation; bias in text",
        ),
        (
            "Statistics with R",
            "vectors and data frames; distributions; sampling; confidence intervals; tests; regression; simulation; reports",
        ),
        (
            "Data Engineering",
            "sources and sinks; schemas; batch jobs; streams; orchestration; data quality; warehouses; cost",
        ),
        (
            "Responsible AI",
            "what can go wrong; data with a history; fairness and its measures; explanations; privacy; human oversight; documentation; regulation",
        ),
    ],
    glossary: &[
        ("overfitting", "learning the noise of the examples instead of what they have in common"),
        ("median", "the value in the middle when all values are sorted"),
        ("outlier", "an observation far away from all the others"),
        ("feature", "a measurable property that a model is given as input"),
        ("training set", "the examples that a model learns from"),
        ("correlation", "two quantities that move together, whatever the reason"),
        ("confounder", "a third thing that drives both the cause and the effect one looks at"),
        ("precision", "the share of the alarms that were justified"),
        ("recall", "the share of the real cases that were found"),
        ("normalisation", "bringing quantities of different size to a common scale"),
        ("embedding", "a list of numbers that places a word near words of similar meaning"),
        ("cross-validation", "testing a model several times, each time on data it was not trained on"),
    ],
};

pub const NETWORKS: Field = Field {
    name: "Networks and Security",
    about: "How machines talk, and how to keep those conversations private.",
    icon: "shield",
    method: "You build a small laboratory of virtual machines in the first week and attack, defend and repair it until the last.",
    audiences: [
        "Administrators who inherited a network",
        "Developers who want to sleep while their service is online",
        "Curious people who like to know what happens behind a click",
    ],
    extra: "lab.zip",
    subjects: &[
        (
            "Network Administration",
            "cables and frames; addresses and subnets; switching; routing; names; address translation; monitoring; finding faults",
        ),
        (
            "Cryptography",
            "secrets and codes; symmetric ciphers; hashes; public keys; signatures; certificates; key exchange; what breaks in practice",
        ),
        (
            "Web Security",
            "the browser's rules; injection; cross-site scripting; request forgery; sessions; access control; dependencies; reporting a hole",
        ),
        (
            "Cloud Infrastructure",
            "machines on demand; images and containers; networks in software; storage; identity; infrastructure as code; cost; leaving again",
        ),
        (
            "Linux Servers",
            "installing; users and permissions; services; logs; storage; firewalls; backups; upgrades without fear",
        ),
        (
            "Incident Response",
            "preparing; noticing; deciding how bad it is; containing; collecting evidence; cleaning up; telling people; learning from it",
        ),
        (
            "Kubernetes",
            "containers; pods; deployments; services; configuration and secrets; storage; health and limits; upgrades",
        ),
        (
            "Privacy Engineering",
            "what personal data is; collecting less; consent; pseudonyms; retention; erasure; anonymous statistics; audits",
        ),
    ],
    glossary: &[
        ("packet", "a small piece of data that travels through a network on its own"),
        ("firewall", "a filter that decides which connections may pass"),
        ("router", "a device that forwards packets from one network towards another"),
        ("latency", "the time between a question and the first bit of its answer"),
        ("bandwidth", "the amount of data that a line can carry per second"),
        ("phishing", "tricking people into giving away their secrets by pretending to be someone else"),
        ("hash function", "a short fingerprint of data that can't be turned back into it"),
        ("certificate authority", "an organisation that vouches for which key belongs to which name"),
        ("least privilege", "the rule that everybody gets the rights they need and no others"),
        ("two-factor authentication", "proving who one is by something known and something owned"),
        ("zero-day", "a hole that is used before its maker knows of it"),
        ("salt", "random bytes that make equal passwords have different fingerprints"),
    ],
};
