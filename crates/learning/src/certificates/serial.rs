//! Serial numbers: random, so that nobody can go through them, and such that people can type them.

/// Neither `I`, `L`, `O` nor `U`: no letter can be taken for a digit.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Five bits each: 115 random ones.
const RANDOM: usize = 23;
/// What certificates had that were issued before serials ended with a check character.
const OLD: usize = 16;
const GROUP: usize = 4;

/// A serial of these bits: 23 characters of them and one that tells typing errors, in groups of four.
pub fn serial_of(bits: u128) -> String {
    let mut symbols: Vec<u8> = (0..RANDOM).map(|at| (bits >> (at * 5)) as u8 & 31).collect();
    symbols.push(check(&symbols));
    grouped(&symbols.iter().map(|symbol| char::from(ALPHABET[usize::from(*symbol)])).collect::<Vec<_>>())
}

/// A serial as it is stored, from however somebody has typed it; `None` when it can't be one.
pub fn read_serial(typed: &str) -> Option<String> {
    // Nothing of this length is a serial; nobody has to look through a novel.
    if typed.len() > 100 {
        return None;
    }
    let is_between = |c: &char| c.is_whitespace() || matches!(c, '-' | '\u{2010}'..='\u{2015}');
    let symbols: Vec<u8> = typed.chars().filter(|c| !is_between(c)).map(symbol).collect::<Option<_>>()?;
    let is_well_formed = match symbols.len() {
        OLD => true,
        length => length == RANDOM + 1 && check(&symbols[..RANDOM]) == symbols[RANDOM],
    };
    let letters = symbols.iter().map(|symbol| char::from(ALPHABET[usize::from(*symbol)])).collect::<Vec<_>>();
    is_well_formed.then(|| grouped(&letters))
}

fn symbol(typed: char) -> Option<u8> {
    let letter = match typed.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        letter => letter,
    };
    let at = ALPHABET.iter().position(|known| char::from(*known) == letter)?;
    u8::try_from(at).ok()
}

fn grouped(letters: &[char]) -> String {
    letters.chunks(GROUP).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

/// The value at a generator of the field of 32 elements of the polynomial that the symbols are: one wrong symbol and two
/// that changed places always come to another.
fn check(symbols: &[u8]) -> u8 {
    symbols.iter().fold(0, |sum, symbol| times_generator(sum ^ symbol))
}

/// In the field whose modulus is x^5 + x^2 + 1.
fn times_generator(element: u8) -> u8 {
    let doubled = element << 1;
    if doubled & 32 == 0 { doubled } else { (doubled ^ 0b10_0101) & 31 }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_made_is_read_however_it_is_typed(bits: u128) {
            let serial = serial_of(bits);
            prop_assert_eq!(serial.len(), 29);
            let lower = serial.to_lowercase().replace('-', "  ").replace('0', "o").replace('1', "l");
            for typed in [serial.clone(), serial.replace('-', ""), lower, serial.replace('-', " \u{2013} ")] {
                prop_assert_eq!(read_serial(&typed), Some(serial.clone()));
            }
        }

        #[test]
        fn one_wrong_character_and_two_that_changed_places_are_no_serial(bits: u128, at in 0..24usize, to in 0..24usize, by in 1..32u8) {
            let serial: Vec<char> = serial_of(bits).chars().filter(|c| *c != '-').collect();
            let mut wrong = serial.clone();
            let was = symbol(wrong[at]).unwrap();
            wrong[at] = char::from(ALPHABET[usize::from((was + by) % 32)]);
            prop_assert_eq!(read_serial(&wrong.iter().collect::<String>()), None);
            let mut swapped = serial.clone();
            swapped.swap(at, to);
            let is_same = swapped == serial;
            prop_assert_eq!(read_serial(&swapped.iter().collect::<String>()).is_some(), is_same);
        }
    }

    #[test]
    fn what_can_be_no_serial_is_none() {
        for typed in ["", "0", "ABCD-EFGH", "UUUU-UUUU-UUUU-UUUU", "é", &"0".repeat(101)] {
            assert_eq!(read_serial(typed), None, "{typed}");
        }
        assert_eq!(read_serial("abcd efgh jkmn pqrs").as_deref(), Some("ABCD-EFGH-JKMN-PQRS"), "as older ones were");
    }

    #[test]
    fn every_random_bit_is_in_it() {
        let serials: std::collections::BTreeSet<_> = (0..115).map(|bit| serial_of(1 << bit)).collect();
        assert_eq!(serials.len(), 115);
        assert!(!serials.contains(&serial_of(0)));
    }
}
