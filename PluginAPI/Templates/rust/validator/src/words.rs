//! Finding words in a text that may still go on.

use jackfield::Error;
use std::ops::Range;

/// Words to look for; upper and lower case of A to Z are the same.
pub struct Words {
    /// The longest first.
    words: Vec<String>,
}

/// What was found in a text, and up to where it is decided.
pub struct Scan {
    /// In bytes, from left to right; none overlap.
    pub found: Vec<Range<usize>>,
    /// Bytes that more text cannot change, on a character boundary.
    pub settled: usize,
}

impl Words {
    pub fn new(mut words: Vec<String>) -> Result<Words, Error> {
        if words.iter().any(String::is_empty) {
            return Err(Error::invalid_argument("config.words has an empty word"));
        }
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        Ok(Words { words })
    }

    /// From the left, the longest word that begins at each place. Without `is_last` only places are decided behind
    /// which there is text enough for the longest word, so the verdict does not depend on how a stream is cut.
    pub fn scan(&self, text: &str, is_last: bool) -> Scan {
        let bytes = text.as_bytes();
        let longest = self.words.first().map_or(0, String::len);
        let needed = if is_last { 1 } else { longest };
        let mut scan = Scan { found: Vec::new(), settled: bytes.len() };
        if longest == 0 {
            return scan;
        }
        let mut at = 0;
        while at + needed <= bytes.len() {
            match self.words.iter().find(|word| begins_with(&bytes[at..], word.as_bytes())) {
                Some(word) => {
                    scan.found.push(at..at + word.len());
                    at += word.len();
                }
                None => at += 1,
            }
        }
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        scan.settled = at;
        scan
    }
}

fn begins_with(text: &[u8], word: &[u8]) -> bool {
    text.len() >= word.len() && text[..word.len()].eq_ignore_ascii_case(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(words: &[&str]) -> Words {
        Words::new(words.iter().map(|&word| word.to_owned()).collect()).unwrap()
    }

    #[test]
    fn the_longest_word_wins() {
        assert_eq!(words(&["pass", "password"]).scan("my PassWord", true).found, [3..11]);
    }

    #[test]
    fn the_verdict_does_not_depend_on_how_a_stream_is_cut() {
        let words = words(&["aba", "ab", "über"]);
        let text = "ababa Über über xaba";
        let whole = words.scan(text, true).found;
        for cut in (0..text.len()).filter(|&cut| text.is_char_boundary(cut)) {
            let first = words.scan(&text[..cut], false);
            let rest = words.scan(&text[first.settled..], true);
            let shifted = rest.found.iter().map(|place| place.start + first.settled..place.end + first.settled);
            assert_eq!(first.found.iter().cloned().chain(shifted).collect::<Vec<_>>(), whole, "cut at {}", cut);
        }
    }

    #[test]
    fn without_words_everything_is_settled() {
        assert_eq!(words(&[]).scan("text", false).settled, 4);
    }

    #[test]
    fn nothing_is_settled_within_a_character() {
        assert_eq!(words(&["abc"]).scan("é€x", false).settled, 2);
    }
}
