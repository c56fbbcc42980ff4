//! What a device is called, as far as its program says.

/// Words of a user agent and the browser they stand for. Most browsers name those they descend from as well: the more
/// particular come first.
const BROWSERS: [(&str, &str); 12] = [
    ("Edg/", "Edge"),
    ("EdgA/", "Edge"),
    ("EdgiOS/", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Vivaldi/", "Vivaldi"),
    ("FxiOS/", "Firefox"),
    ("Firefox/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chromium/", "Chromium"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
];

/// Words of a user agent and the system they stand for; the more particular come first, too.
const SYSTEMS: [(&str, &str); 8] = [
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Macintosh", "macOS"),
    ("FreeBSD", "FreeBSD"),
    ("Linux", "Linux"),
];

/// The longest name of a program that is shown.
const MAX_NAME: usize = 40;

/// `Firefox on Linux`; a program that is no browser by its own name: `curl`; what nobody can tell is `Unknown device`.
/// Programs say of themselves what they like: this is for people to recognise their own, and for nothing else.
pub fn device_name(user_agent: &str) -> String {
    let browser = find(&BROWSERS, user_agent).or_else(|| program(user_agent));
    match (browser, find(&SYSTEMS, user_agent)) {
        (Some(browser), Some(system)) => format!("{browser} on {system}"),
        (Some(name), None) | (None, Some(name)) => name.to_string(),
        (None, None) => "Unknown device".into(),
    }
}

fn find(words: &[(&str, &'static str)], user_agent: &str) -> Option<&'static str> {
    words.iter().find(|(word, _)| user_agent.contains(word)).map(|(_, name)| *name)
}

/// The first word up to its version, when it looks like a name and is not the one that all browsers begin with.
fn program(user_agent: &str) -> Option<&str> {
    let name = user_agent.split(['/', ' ']).next().unwrap_or_default();
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.len() <= MAX_NAME
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
    (is_name && name != "Mozilla").then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_programs_say_of_themselves() {
        for (user_agent, name) in [
            ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox on Linux"),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36",
                "Chrome on Windows",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0",
                "Edge on Windows",
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15",
                "Safari on macOS",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/126.0.6478.54 Mobile/15E148 Safari/604.1",
                "Chrome on iPhone",
            ),
            (
                "Mozilla/5.0 (Linux; Android 14; SM-S918B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/25.0 Chrome/121.0.0.0 Mobile Safari/537.36",
                "Samsung Internet on Android",
            ),
            ("Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36", "ChromeOS"),
            ("curl/8.5.0", "curl"),
            ("okhttp/4.12.0", "okhttp"),
            ("Lectern-App/3.1 (Android 14)", "Lectern-App on Android"),
            ("Mozilla/5.0", "Unknown device"),
            ("", "Unknown device"),
            ("<script>", "Unknown device"),
            (&"a".repeat(41), "Unknown device"),
        ] {
            assert_eq!(device_name(user_agent), name, "{user_agent}");
        }
    }
}
