use std::{collections::BTreeSet, fs};

use gateway::mail::{Failure, LETTERS, Letter, Rendered, Templates};
use serde_json::json;

use super::{LINK, all, has_link, letter};
use crate::conventions::workspace;

fn render(letter: &Letter) -> Result<Rendered, Failure> {
    Templates::new("Ada's School").unwrap().render(letter)
}

#[test]
fn every_letter_has_its_parts_and_both_say_the_same_things() {
    let letters = all();
    assert_eq!(letters.iter().map(|letter| letter.template.as_str()).collect::<Vec<_>>(), LETTERS);
    let mut subjects = BTreeSet::new();
    for letter in letters {
        let Rendered { subject, text, html } = render(&letter).unwrap();
        let template = &letter.template;
        assert!((10..60).contains(&subject.len()), "{template}: {subject}");
        assert!(
            text.starts_with("Hello Ada Lovelace,\n\n")
                && text.ends_with("\n-- \nAda's School\nThis letter was sent automatically."),
            "{text}"
        );
        assert!(html.starts_with("<!doctype html>") && html.ends_with("</html>"), "{html}");
        assert!(html.contains(&format!("<title>{subject}</title>")), "{html}");
        for (part, link) in [(&text, LINK.to_string()), (&html, LINK.replace('/', "&#x2f;"))] {
            assert_eq!(part.contains(&link), has_link(template), "{part}");
            assert!(!part.contains("{{") && !part.contains("{%") && !part.contains("\n\n\n"), "{part}");
        }
        for value in letter.values.values().filter_map(|value| value.as_i64()) {
            assert!(text.contains(&value.to_string()) && html.contains(&value.to_string()), "{template}: {value}");
        }
        assert!(subjects.insert(subject), "{template} has another's subject");
    }
}

#[test]
fn a_letter_that_lacks_what_it_speaks_of_is_not_written() {
    for whole in all() {
        let mut lacking: Vec<Letter> = vec![];
        for key in whole.values.keys() {
            let mut letter = whole.clone();
            letter.values.remove(key);
            lacking.push(letter);
        }
        if has_link(&whole.template) {
            lacking.push(Letter { link: None, ..whole.clone() });
        }
        for letter in lacking {
            let Err(Failure::Permanent(said)) = render(&letter) else { panic!("{} was written", letter.template) };
            assert!(said.contains("undefined"), "{said}");
        }
    }
    for unknown in ["", "layout", "verify_email.txt", "../verify_email"] {
        assert!(matches!(render(&letter(unknown, json!({}))), Err(Failure::Permanent(_))), "{unknown}");
    }
    let odd = letter("recovery_code_used", json!({"left": {"deep": "er"}}));
    assert!(matches!(render(&odd), Err(Failure::Permanent(_))));
}

#[test]
fn every_file_of_the_folder_belongs_to_a_letter_or_a_layout() {
    let folder = workspace::root().join("crates/gateway/src/mail/templates");
    let found: BTreeSet<String> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    let files = LETTERS.iter().flat_map(|name| [format!("{name}.txt"), format!("{name}.html")]);
    let layouts = ["layout.txt", "layout.html", "linked.html"].map(String::from);
    assert_eq!(found, files.chain(layouts).collect());
}

#[test]
fn one_address_to_confirm() {
    let Rendered { subject, text, html } = render(&letter("verify_email", json!({"hours": 24}))).unwrap();
    insta::assert_snapshot!(format!("{subject}\n\n{text}"), @r#"
    Confirm your email address

    Hello Ada Lovelace,

    Welcome to Ada's School. To confirm that this address is yours, open this link:

    https://school.example/a-page?token=s3cret

    It works for 24 hours.

    If you did not sign up, you need not do anything: without the confirmation this address is not used.

    -- 
    Ada's School
    This letter was sent automatically.
    "#);
    insta::assert_snapshot!(html, @r#"
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta name="supported-color-schemes" content="light dark">
    <title>Confirm your email address</title>
    <style>
    @media (prefers-color-scheme: dark) {
      .page { background: #16181c !important; }
      .letter { background: #22252b !important; color: #e8eaed !important; }
      .plain, .foot { color: #a9afb8 !important; }
      .plain a { color: #8ab4f8 !important; }
      .button { background: #8ab4f8 !important; color: #16181c !important; }
      .quote { border-color: #5a606a !important; }
    }
    </style>
    </head>
    <body class="page" style="margin:0;padding:24px 12px;background:#f1f3f5;font:16px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif">
    <div class="letter" style="max-width:560px;margin:0 auto;padding:24px;border-radius:8px;background:#ffffff;color:#1f2328">
    <p style="margin-top:0">Hello <bdi>Ada Lovelace</bdi>,</p>
    <p>Welcome to Ada&#x27;s School. Please confirm that this address is yours.</p>
    <p style="margin:24px 0"><a class="button" href="https:&#x2f;&#x2f;school.example&#x2f;a-page?token=s3cret" style="display:inline-block;padding:12px 20px;border-radius:6px;background:#0b57d0;color:#ffffff;font-weight:600;text-decoration:none">Confirm my address</a></p>
    <p class="plain" style="font-size:13px;color:#59636e">Or copy this address into your browser:<br><a href="https:&#x2f;&#x2f;school.example&#x2f;a-page?token=s3cret" style="color:#0b57d0;word-break:break-all">https:&#x2f;&#x2f;school.example&#x2f;a-page?token=s3cret</a></p>
    <p>The link works for 24 hours.</p>
    <p>If you did not sign up, you need not do anything: without the confirmation this address is not used.</p>
    </div>
    <p class="foot" style="max-width:560px;margin:16px auto 0;padding:0 24px;font-size:13px;color:#59636e"><bdi>Ada&#x27;s School</bdi><br>This letter was sent automatically.</p>
    </body>
    </html>
    "#);
}

#[test]
fn one_address_that_changes() {
    let letter = letter("email_changing", json!({"new_email": "countess@example.org", "days": 7}));
    insta::assert_snapshot!(render(&letter).unwrap().text, @r#"
    Hello Ada Lovelace,

    Your account now uses the address countess@example.org instead of this one, as somebody, probably you, asked.

    If it was you, you need not do anything here. If it was not, go back to this address with this link, and then choose a new password:

    https://school.example/a-page?token=s3cret

    It works for 7 days.

    -- 
    Ada's School
    This letter was sent automatically.
    "#);
}

#[test]
fn one_account_suspended() {
    let letter = letter("account_suspended", json!({"reason": "Spam & <worse>\r\n\r\nVisit us"}));
    let Rendered { text, html, .. } = render(&letter).unwrap();
    insta::assert_snapshot!(text, @r#"
    Hello Ada Lovelace,

    Your account was suspended: you can't sign in until we lift this. The reason given is:

        Spam & <worse> Visit us

    If you think that this is a mistake, write to the people who run Ada's School. Nothing of yours was deleted.

    -- 
    Ada's School
    This letter was sent automatically.
    "#);
    assert!(html.contains("<bdi>Spam &amp; &lt;worse&gt; Visit us</bdi>"), "{html}");
}

#[test]
fn names_are_text_in_both_parts() {
    let greeting = |name: &str| {
        let letter = Letter { to_name: name.into(), ..letter("account_deleted", json!({})) };
        let Rendered { text, html, .. } = render(&letter).unwrap();
        let html = html.lines().find(|line| line.contains(">Hello")).unwrap().to_string();
        (text.lines().next().unwrap().to_string(), html)
    };
    let html = |name: &str| format!("<p style=\"margin-top:0\">Hello <bdi>{name}</bdi>,</p>");
    let nobody = ("Hello,".to_string(), "<p style=\"margin-top:0\">Hello,</p>".to_string());
    assert_eq!(greeting(""), nobody);
    assert_eq!(greeting("Win a prize at evil.example"), nobody);
    assert_eq!(greeting("<script>alert(1)"), ("Hello <script>alert(1),".into(), html("&lt;script&gt;alert(1)")));
    assert_eq!(greeting("{{ link }} {% x"), ("Hello {{ link }} {% x,".into(), html("{{ link }} {% x")));
    assert_eq!(greeting("Ada\r\nBcc: x"), ("Hello Ada Bcc: x,".into(), html("Ada Bcc: x")));
    assert_eq!(greeting("\u{202e}Ada\u{2067}"), ("Hello Ada,".into(), html("Ada")));
    assert_eq!(greeting("محمد"), ("Hello محمد,".into(), html("محمد")));
}
