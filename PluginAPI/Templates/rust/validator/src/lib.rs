//! @ID@: finds the words of a list and redacts them.

use jackfield::agent::Severity;
use jackfield::validator::{Action, Finding, Rewrite, Settled, Subject, Verdict};
use jackfield::{Error, Plugin, Setup, Validator};

mod words;
use words::{Scan, Words};

struct WordList {
    words: Words,
    action: Action,
    replacement: String,
}

impl Plugin for WordList {
    fn create(setup: &Setup) -> Result<Self, Error> {
        let action = match setup.config.text("action", "redact")?.as_str() {
            "redact" => Action::Redact,
            "flag" => Action::Flag,
            "block" => Action::Block,
            _ => return Err(Error::invalid_argument("config.action is none of redact, flag, block")),
        };
        Ok(WordList {
            words: Words::new(setup.config.texts("words", &["confidential"])?)?,
            action,
            replacement: setup.config.text("replacement", "[redacted]")?,
        })
    }
}

impl Validator for WordList {
    fn check(&self, subject: Subject) -> Result<Verdict, Error> {
        let mut verdict = Verdict::allow();
        for (index, segment) in subject.segments.iter().enumerate() {
            let Scan { found, settled } = self.words.scan(&segment.text, subject.is_last);
            verdict.settled.push(Settled { bytes: settled as u64 });
            if found.is_empty() {
                continue;
            }
            verdict.action = self.action;
            if self.action == Action::Redact {
                let text = self.redacted(&segment.text[..settled], &found);
                verdict.rewrites.push(Rewrite { segment: index as u32, text });
            }
            verdict.findings.extend(found.iter().map(|place| Finding {
                action: self.action,
                severity: Severity::Warning,
                segment: index as u32,
                start: place.start as u32,
                length: place.len() as u32,
                rule: "@SNAKE@.word".into(),
                message: "A word of the configured list.".into(),
            }));
        }
        Ok(verdict)
    }
}

impl WordList {
    fn redacted(&self, text: &str, found: &[std::ops::Range<usize>]) -> String {
        let mut result = String::new();
        let mut from = 0;
        for place in found {
            result += &text[from..place.start];
            result += &self.replacement;
            from = place.end;
        }
        result + &text[from..]
    }
}

jackfield::plugin! { id: "@ID@", validator: WordList }

#[cfg(test)]
mod tests {
    use super::*;
    use jackfield::testing::Host;
    use jackfield::validator::{Direction, Segment};

    fn subject(text: &str, is_last: bool) -> Subject {
        let segments = vec![Segment { role: "user".into(), text: text.into() }];
        Subject { direction: Direction::Input, is_last, segments }
    }

    #[test]
    fn a_word_is_redacted_and_reported_where_it_stands() {
        let validator = Host::new(jackfield_plugin_v1()).start().unwrap();
        let verdict = validator.check(&subject("a Confidential matter", true)).unwrap();
        assert_eq!(verdict.action, Action::Redact);
        assert_eq!(verdict.rewrites[0].text, "a [redacted] matter");
        assert_eq!((verdict.findings[0].start, verdict.findings[0].length), (2, 12));
        assert_eq!(verdict.settled[0].bytes, 21);
    }

    #[test]
    fn an_innocent_text_is_let_through() {
        let validator = Host::new(jackfield_plugin_v1()).start().unwrap();
        let verdict = validator.check(&subject("nothing of the kind", true)).unwrap();
        assert_eq!((verdict.action, verdict.findings.len()), (Action::Allow, 0));
    }

    #[test]
    fn the_configured_action_is_taken() {
        let host = Host::new(jackfield_plugin_v1()).config(r#"{"words": ["foo"], "action": "block"}"#);
        let verdict = host.start().unwrap().check(&subject("food", true)).unwrap();
        assert_eq!((verdict.action, verdict.rewrites.len()), (Action::Block, 0));
    }

    #[test]
    fn a_word_that_is_cut_in_two_is_held_back() {
        let validator = Host::new(jackfield_plugin_v1()).start().unwrap();
        let verdict = validator.check(&subject("it is confid", false)).unwrap();
        assert!(verdict.findings.is_empty());
        assert!(verdict.settled[0].bytes <= 6);
    }
}
