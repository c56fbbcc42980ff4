//! What is written is read again as it was, and what others write is read as they meant it.

use proptest::{collection::vec, prelude::*};

use super::*;
use crate::question::{Choice, Content, PartialCredit, samples};

proptest! {
    #[test]
    fn gift_is_read_as_it_was_written(questions in vec(samples::question(), 1..6)) {
        let text = write(Format::Gift, &questions).unwrap();
        prop_assert_eq!(read(Format::Gift, &text), Ok(questions), "{}", text);
    }

    #[test]
    fn a_table_is_read_as_it_was_written(questions in vec(samples::question(), 1..6)) {
        let text = write(Format::Csv, &questions).unwrap();
        prop_assert_eq!(read(Format::Csv, &text), Ok(questions), "{}", text);
        prop_assert!(text.lines().all(|line| !line.starts_with(['=', '+', '-', '@'])) || text.contains('\n'));
    }

    #[test]
    fn aiken_is_read_as_it_was_written_or_not_written(questions in vec(samples::question(), 1..4)) {
        if let Ok(text) = write(Format::Aiken, &questions) {
            let plain = questions.into_iter().map(|mut question| {
                // What Aiken has no form for.
                (question.points, question.explanation) = (100, String::new());
                if let Content::MultipleChoice(choice) = &mut question.content {
                    choice.credit = PartialCredit::AllOrNothing;
                    choice.options.iter_mut().for_each(|option| option.feedback.clear());
                }
                question
            });
            prop_assert_eq!(read(Format::Aiken, &text), Ok(plain.collect()), "{}", text);
        }
    }

    #[test]
    fn nothing_that_is_read_ends_in_a_panic(text in "[a-zA-Z =~#{}\\\\:%\n./<>&;\"'\\-0-9\\[\\]]{0,200}") {
        for format in [Format::Gift, Format::Aiken, Format::Csv, Format::Qti] {
            let _ = read(format, &text);
        }
    }
}

fn the(format: Format, text: &str) -> Question {
    let questions = read(format, text).unwrap();
    assert_eq!(questions.len(), 1, "{questions:?}");
    questions.into_iter().next().unwrap()
}

fn options(content: &Content) -> Vec<(&str, bool, &str)> {
    let Content::MultipleChoice(Choice { options, .. }) = content else { panic!("{content:?}") };
    options.iter().map(|option| (option.text.as_str(), option.is_right, option.feedback.as_str())).collect()
}

fn errors(format: Format, text: &str) -> Vec<(usize, LineCode)> {
    read(format, text).unwrap_err().into_iter().map(|error| (error.line, error.code)).collect()
}

#[test]
fn gift_of_moodles_manual() {
    let one =
        the(Format::Gift, "// a comment\n::Q1:: [html]Who's buried in Grant's tomb?{=Grant ~no one#Look. ~Napoleon}");
    assert_eq!(one.text, "Who's buried in Grant's tomb?");
    let Err(found) = read(Format::Gift, "Two?{=a =b ~c}") else { panic!("one is to be ticked") };
    assert_eq!(found[0].code, LineCode::Invalid);
    let several = the(Format::Gift, "Which?{\n~%50%a\n~%50%b\n~%-100%c#No.\n####Because.\n}");
    assert_eq!(options(&several.content), [("a", true, ""), ("b", true, ""), ("c", false, "No.")]);
    assert_eq!((several.content.credit(), several.explanation.as_str()), (PartialCredit::PerPart, "Because."));
    let missing = the(Format::Gift, "Rome is the capital of {~Spain =Italy} since 1871.");
    assert_eq!(missing.text, "Rome is the capital of _____ since 1871.");
    let range = the(Format::Gift, "Pi?{#3.141..3.142}");
    assert_eq!(format!("{:?}", range.content), "Numeric(Numeric { value: 3.1415, tolerance: 0.0005 })");
    assert_eq!(the(Format::Gift, "Sun rises in the east.{T}").content, Content::TrueFalse(true));
    assert_eq!(the(Format::Gift, "It is flat.{FALSE#Wrong.#Right.}").content, Content::TrueFalse(false));
    let found = errors(Format::Gift, "Good?{=a ~b}\n\nNo braces\n\nOpen{=a\n\n\nHalf?{~%50%a =b}\n\nTwo {=a}{=b}");
    use LineCode::{Malformed, Unsupported};
    assert_eq!(found, [(3, Malformed), (5, Malformed), (8, Unsupported), (10, Unsupported)]);
}

#[test]
fn aiken_as_it_is_written() {
    let text = "What is\nthis?\nA. One\nB) Two\nANSWER: B\n\nThat?\nA. x\nB. y\nANSWER: A";
    let questions = read(Format::Aiken, text).unwrap();
    assert_eq!((questions.len(), questions[0].text.as_str()), (2, "What is\nthis?"));
    assert_eq!(options(&questions[0].content), [("One", false, ""), ("Two", true, "")]);
    use LineCode::{Invalid, Malformed};
    assert_eq!(
        errors(Format::Aiken, "Q?\nA. x\nANSWER: C\n\nR?\nA. x\nANSWER: A\n\nS?"),
        [(3, Malformed), (5, Invalid), (9, Malformed)]
    );
}

#[test]
fn tables_as_people_make_them() {
    let text = "Text,Type,Answer,Option 1,option-2,OPTION_3\n\"A, or B?\",single_choice,3,A,,B\n2+2?,numeric,4,,,\n";
    let questions = read(Format::Csv, text).unwrap();
    assert_eq!(options(&questions[0].content), [("A", false, ""), ("B", true, "")]);
    use LineCode::{Invalid, Malformed, Unsupported};
    let text = "type,text,answer,points,option_1\npuzzle,x,,,\ntrue_false,x,maybe,,\nnumeric,x,1,zero,\n\nsingle_choice,x,1,,a\nessay,,,,";
    let found = [(2, Unsupported), (3, Malformed), (4, Malformed), (6, Invalid), (7, Invalid)];
    assert_eq!(errors(Format::Csv, text), found);
    assert_eq!(errors(Format::Csv, "question\nx"), [(1, Malformed)]);
}

#[test]
fn no_cell_is_a_formula() {
    let mut question = the(Format::Gift, "x{=a}");
    question.text = "=HYPERLINK(\"http://evil\")".into();
    let text = write(Format::Csv, std::slice::from_ref(&question)).unwrap();
    assert!(text.contains("\"'=HYPERLINK"), "{text}");
    assert_eq!(the(Format::Csv, &text).text, question.text);
}

#[test]
fn what_is_too_large_is_not_read() {
    let many = "Q?\nA. x\nB. y\nANSWER: A\n".repeat(501);
    assert_eq!(errors(Format::Aiken, &many), [(2001, LineCode::TooLarge)]);
    assert_eq!(errors(Format::Gift, &"a".repeat(500_001)), [(1, LineCode::TooLarge)]);
}

#[test]
fn qti_is_read_as_it_was_written() {
    let gift = "// [lectern points:2.5]\nOne?{=a#yes ~b}\n\n// [lectern multiple credit:per_part]\nMany?{~%50%a ~%50%b & <c> ~%-50%d####Why.}\n\n\
        True?{T}\n\n// [lectern case_sensitive]\nWord?{=pH =PH}\n\nWrite.{}\n\n// [lectern max_characters:99]\nLess.{}\n\nHow many?{#4:0.5}\n\n\
        Match{=a -> x =b -> x =c -> y = -> z}\n\n// [lectern type:ordering credit:per_part]\nSort{=1 -> z =2 -> a =3 -> m}\n\n\
        // [lectern type:fill_in credit:per_part]\nIt is \\{\\{1\\}\\} and \\{\\{b\\}\\}.{=1 -> x =1 -> y =b -> z}\n\n\
        // [lectern type:fill_in]\nIt is \\{\\{1\\}\\}.{=1 -> x}\n\n// [lectern reviewed]\nAnything?{=this}";
    let questions = read(Format::Gift, gift).unwrap();
    assert_eq!(questions.len(), 12);
    let text = write(Format::Qti, &questions).unwrap();
    assert_eq!(read(Format::Qti, &text), Ok(questions.clone()), "{text}");
    for question in questions {
        let text = write(Format::Qti, std::slice::from_ref(&question)).unwrap();
        assert_eq!(read(Format::Qti, &text), Ok(vec![question]), "{text}");
    }
}

#[test]
fn qti_of_others_and_what_is_dangerous_in_it() {
    let item =
        "<assessmentItem xmlns=\"http://www.imsglobal.org/xsd/imsqti_v2p2\" identifier=\"choice\" title=\"Unattended\">
  <responseDeclaration identifier=\"RESPONSE\" cardinality=\"single\" baseType=\"identifier\">
    <correctResponse><value>ChoiceA</value></correctResponse>
  </responseDeclaration>
  <itemBody>
    <p>Look at the text in the picture.</p>
    <choiceInteraction responseIdentifier=\"RESPONSE\" shuffle=\"false\" maxChoices=\"1\">
      <prompt>What does it say?</prompt>
      <simpleChoice identifier=\"ChoiceA\">You must stay with your luggage &amp; wait.</simpleChoice>
      <simpleChoice identifier=\"ChoiceB\">Do not let <b>someone else</b> look after it.</simpleChoice>
    </choiceInteraction>
  </itemBody>
</assessmentItem>";
    let one = the(Format::Qti, item);
    assert_eq!(one.text, "Look at the text in the picture.\nWhat does it say?");
    let choices =
        [("You must stay with your luggage & wait.", true, ""), ("Do not let someone else look after it.", false, "")];
    assert_eq!(options(&one.content), choices);
    use LineCode::{Malformed, Unsupported};
    let bomb = format!("<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]>\n{item}");
    assert_eq!(errors(Format::Qti, &bomb), [(1, Malformed)]);
    let outside = format!("<!DOCTYPE x SYSTEM \"file:///etc/passwd\">\n{item}");
    assert_eq!(errors(Format::Qti, &outside), [(1, Malformed)]);
    assert_eq!(errors(Format::Qti, &item.replace("&amp;", "&own;")), [(9, Malformed)]);
    assert_eq!(errors(Format::Qti, &item.replace("choiceInteraction", "hotspotInteraction")), [(7, Unsupported)]);
    assert_eq!(errors(Format::Qti, &"<a>".repeat(1_000)), [(1, Malformed)]);
    let elsewhere = "<assessmentTest>\n<assessmentItemRef href=\"../../etc/passwd\"/></assessmentTest>";
    assert_eq!(errors(Format::Qti, elsewhere), [(2, Unsupported)]);
    assert_eq!(errors(Format::Qti, "<a><b></a>"), [(1, Malformed)]);
}
