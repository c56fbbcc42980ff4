use crate::{
    exchange::points_text,
    question::{Choice, Content, FillIn, Matching, Numeric, Ordering, PartialCredit, Question, gaps_in},
};

const NAMESPACE: &str = "http://www.imsglobal.org/xsd/imsqti_v2p1";
const RULES: &str = "http://www.imsglobal.org/question/qti_v2p1/rptemplates";

/// One question is a document of its own; several stand in one element, from which other programs take them one by one.
pub fn write(questions: &[Question]) -> Result<String, Vec<(usize, String)>> {
    let head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    let (mut items, mut refused) = (vec![], vec![]);
    for (place, question) in questions.iter().enumerate() {
        match item(place + 1, question) {
            Ok(item) => items.push(item),
            Err(why) => refused.push((place, why.to_string())),
        }
    }
    match (refused.is_empty(), items.as_slice()) {
        (false, _) => Err(refused),
        (true, [one]) => Ok(format!("{head}{one}")),
        (true, items) => {
            Ok(format!("{head}<assessmentItems xmlns=\"{NAMESPACE}\">\n{}</assessmentItems>\n", items.concat()))
        }
    }
}

/// What an item is made of.
#[derive(Default)]
struct Parts {
    label: &'static str,
    version: &'static str,
    declarations: String,
    body: String,
    processing: String,
}

fn item(number: usize, question: &Question) -> Result<String, &'static str> {
    let spaces = |text: &str| {
        text.split('\n')
            .any(|line| line != line.split([' ', '\t']).filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" "))
    };
    if spaces(&question.text) {
        return Err("In XML several blanks are one: the text would not stay the same.");
    }
    let parts = parts(question)?;
    let label = if parts.label.is_empty() { String::new() } else { format!(" label=\"{}\"", parts.label) };
    let title = escaped(&question.text.chars().take(60).collect::<String>().replace('\n', " "));
    let feedback = match question.explanation.as_str() {
        "" => String::new(),
        text => format!(
            "  <modalFeedback outcomeIdentifier=\"FEEDBACK\" identifier=\"explanation\" showHide=\"show\">{}</modalFeedback>\n",
            lines(text)
        ),
    };
    let max = points_text(question.points);
    Ok(format!(
        "<assessmentItem xmlns=\"{NAMESPACE}\" identifier=\"question-{number}\" title=\"{title}\"{label} adaptive=\"false\" \
         timeDependent=\"false\" toolName=\"lectern\" toolVersion=\"{version}\">\n{declarations}  \
         <outcomeDeclaration identifier=\"SCORE\" cardinality=\"single\" baseType=\"float\"/>\n  \
         <outcomeDeclaration identifier=\"MAXSCORE\" cardinality=\"single\" baseType=\"float\"><defaultValue>\
         <value>{max}</value></defaultValue></outcomeDeclaration>\n  <itemBody>\n{body}  </itemBody>\n{processing}{feedback}\
         </assessmentItem>\n",
        version = if parts.version.is_empty() { "1" } else { parts.version },
        declarations = parts.declarations,
        body = parts.body,
        processing = parts.processing,
    ))
}

fn parts(question: &Question) -> Result<Parts, &'static str> {
    let text = lines(&question.text);
    let asked = |interaction: String| format!("    <p>{text}</p>\n    {interaction}\n");
    Ok(match &question.content {
        Content::MultipleChoice(choice) => of_choice(choice, asked),
        Content::TrueFalse(value) => {
            let declarations = declared("RESPONSE", "single", "identifier", &[value.to_string()], "");
            let choices = ["true", "false"].map(|it| format!("<simpleChoice identifier=\"{it}\">{it}</simpleChoice>"));
            let body = asked(format!(
                "<choiceInteraction responseIdentifier=\"RESPONSE\" shuffle=\"false\" maxChoices=\"1\">{}</choiceInteraction>",
                choices.concat()
            ));
            Parts { label: "true_false", declarations, body, processing: template("match_correct"), ..Parts::default() }
        }
        Content::ShortAnswer(short) => {
            let mapping = mapping(&short.accepted, short.is_case_sensitive);
            let correct: Vec<String> = short.accepted.first().cloned().into_iter().collect();
            let declarations = declared("RESPONSE", "single", "string", &correct, &mapping);
            let body =
                format!("    <p>{text}</p>\n    <p><textEntryInteraction responseIdentifier=\"RESPONSE\"/></p>\n");
            let label = if short.is_reviewed { "reviewed" } else { "" };
            Parts { label, declarations, body, processing: template("map_response"), ..Parts::default() }
        }
        Content::Essay(essay) => {
            let length = essay.max_characters.map_or(String::new(), |most| format!(" expectedLength=\"{most}\""));
            let body = asked(format!("<extendedTextInteraction responseIdentifier=\"RESPONSE\"{length}/>"));
            Parts { declarations: declared("RESPONSE", "single", "string", &[], ""), body, ..Parts::default() }
        }
        Content::Numeric(numeric) => of_number(numeric, &text),
        Content::Matching(matching) => of_matching(matching, asked),
        Content::Ordering(ordering) => of_order(ordering, asked),
        Content::FillIn(fill_in) => of_gaps(fill_in, &question.text)?,
    })
}

fn of_choice(choice: &Choice, asked: impl Fn(String) -> String) -> Parts {
    let name = |place: usize| format!("option-{}", place + 1);
    let (cardinality, most) = if choice.is_multiple { ("multiple", "0") } else { ("single", "1") };
    let places = choice.options.iter().enumerate();
    let right: Vec<String> =
        places.clone().filter(|(_, option)| option.is_right).map(|(place, _)| name(place)).collect();
    let options = places.map(|(place, option)| {
        let name = name(place);
        let feedback = match option.feedback.as_str() {
            "" => String::new(),
            text => format!(
                "<feedbackInline outcomeIdentifier=\"FEEDBACK\" identifier=\"{name}\" showHide=\"show\">{}</feedbackInline>",
                lines(text)
            ),
        };
        format!("\n      <simpleChoice identifier=\"{name}\">{}{feedback}</simpleChoice>", lines(&option.text))
    });
    let body = asked(format!(
        "<choiceInteraction responseIdentifier=\"RESPONSE\" shuffle=\"false\" maxChoices=\"{most}\">{}\n    </choiceInteraction>",
        options.collect::<String>()
    ));
    let mapping = shares(choice.credit, &right);
    let declarations = declared("RESPONSE", cardinality, "identifier", &right, &mapping);
    Parts { declarations, body, processing: rule(choice.credit), ..Parts::default() }
}

fn of_number(numeric: &Numeric, text: &str) -> Parts {
    let declarations = declared("RESPONSE", "single", "float", &[numeric.value.to_string()], "");
    let body = format!("    <p>{text}</p>\n    <p><textEntryInteraction responseIdentifier=\"RESPONSE\"/></p>\n");
    let tolerance = numeric.tolerance;
    let processing = format!(
        "  <responseProcessing><responseCondition><responseIf><equal toleranceMode=\"absolute\" tolerance=\"{tolerance} \
         {tolerance}\"><variable identifier=\"RESPONSE\"/><correct identifier=\"RESPONSE\"/></equal><setOutcomeValue \
         identifier=\"SCORE\"><variable identifier=\"MAXSCORE\"/></setOutcomeValue></responseIf></responseCondition>\
         </responseProcessing>\n"
    );
    Parts { declarations, body, processing, ..Parts::default() }
}

fn of_matching(matching: &Matching, asked: impl Fn(String) -> String) -> Parts {
    let (prompt, choice) =
        (|place: usize| format!("prompt-{}", place + 1), |place: usize| format!("choice-{}", place + 1));
    let prompts = matching.prompts.iter().enumerate();
    let right: Vec<String> =
        prompts.clone().map(|(place, it)| format!("{} {}", prompt(place), choice(it.choice))).collect();
    let associable = |name: String, text: &str, most: usize| {
        let text = lines(text);
        format!(
            "\n      <simpleAssociableChoice identifier=\"{name}\" matchMax=\"{most}\">{text}</simpleAssociableChoice>"
        )
    };
    let prompts: String = prompts.map(|(place, it)| associable(prompt(place), &it.text, 1)).collect();
    let choices = matching.choices.iter().enumerate().map(|(place, it)| associable(choice(place), &it.text, 0));
    let body = asked(format!(
        "<matchInteraction responseIdentifier=\"RESPONSE\" shuffle=\"true\" maxAssociations=\"0\"><simpleMatchSet>{prompts}\
         </simpleMatchSet><simpleMatchSet>{}</simpleMatchSet></matchInteraction>",
        choices.collect::<String>()
    ));
    let mapping = shares(matching.credit, &right);
    let declarations = declared("RESPONSE", "multiple", "directedPair", &right, &mapping);
    Parts { declarations, body, processing: rule(matching.credit), ..Parts::default() }
}

fn of_order(ordering: &Ordering, asked: impl Fn(String) -> String) -> Parts {
    let name = |place: usize| format!("item-{}", place + 1);
    let right: Vec<String> = (0..ordering.items.len()).map(name).collect();
    // Shown in the order of their texts: that of the document gives nothing away.
    let mut items: Vec<_> = ordering.items.iter().enumerate().collect();
    items.sort_by(|(_, one), (_, other)| one.text.cmp(&other.text));
    let items = items.into_iter().map(|(place, item)| {
        format!("\n      <simpleChoice identifier=\"{}\">{}</simpleChoice>", name(place), lines(&item.text))
    });
    let body = asked(format!(
        "<orderInteraction responseIdentifier=\"RESPONSE\" shuffle=\"true\">{}</orderInteraction>",
        items.collect::<String>()
    ));
    let mapping = shares(ordering.credit, &right);
    let declarations = declared("RESPONSE", "ordered", "identifier", &right, &mapping);
    Parts { declarations, body, processing: rule(ordering.credit), ..Parts::default() }
}

fn of_gaps(fill_in: &FillIn, text: &str) -> Result<Parts, &'static str> {
    let mut body = lines(text);
    for name in gaps_in(text) {
        let gap = format!("{{{{{name}}}}}");
        body = body.replace(&gap, &format!("<textEntryInteraction responseIdentifier=\"{name}\"/>"));
    }
    let declarations = fill_in.gaps.iter().map(|gap| {
        let correct: Vec<String> = gap.accepted.first().cloned().into_iter().collect();
        declared(&gap.name, "single", "string", &correct, &mapping(&gap.accepted, fill_in.is_case_sensitive))
    });
    let version = if fill_in.credit == PartialCredit::PerPart { "per_part" } else { "" };
    let (declarations, body) = (declarations.collect(), format!("    <p>{body}</p>\n"));
    Ok(Parts { label: "fill_in", version, declarations, body, processing: template("map_response") })
}

fn declared(name: &str, cardinality: &str, base: &str, correct: &[String], mapping: &str) -> String {
    let values: String = correct.iter().map(|value| format!("<value>{}</value>", lines(value))).collect();
    let correct = if values.is_empty() { values } else { format!("<correctResponse>{values}</correctResponse>") };
    format!(
        "  <responseDeclaration identifier=\"{name}\" cardinality=\"{cardinality}\" baseType=\"{base}\">{correct}{mapping}\
         </responseDeclaration>\n"
    )
}

fn mapping(accepted: &[String], is_case_sensitive: bool) -> String {
    let entry = |text: &String| {
        let text = escaped(text).replace('\n', "&#10;").replace('\t', "&#9;");
        format!("<mapEntry mapKey=\"{text}\" mappedValue=\"1\" caseSensitive=\"{is_case_sensitive}\"/>")
    };
    let entries: String = accepted.iter().map(entry).collect();
    if entries.is_empty() { entries } else { format!("<mapping defaultValue=\"0\">{entries}</mapping>") }
}

/// A mapping where parts count.
fn shares(credit: PartialCredit, right: &[String]) -> String {
    if credit == PartialCredit::AllOrNothing {
        return String::new();
    }
    let entries = right.iter().map(|key| format!("<mapEntry mapKey=\"{key}\" mappedValue=\"1\"/>")).collect::<String>();
    format!("<mapping lowerBound=\"0\" defaultValue=\"-1\">{entries}</mapping>")
}

fn rule(credit: PartialCredit) -> String {
    template(if credit == PartialCredit::PerPart { "map_response" } else { "match_correct" })
}

fn template(name: &str) -> String {
    format!("  <responseProcessing template=\"{RULES}/{name}\"/>\n")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A text whose lines are kept.
fn lines(text: &str) -> String {
    escaped(text).replace('\n', "<br/>")
}
