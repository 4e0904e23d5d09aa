//! @ID@: how long the machine has been running.

use jackfield::agent::{Answer, Capability, Description, Event, Finding, Invocation, Severity};
use jackfield::{Agent, Call, Error, Plugin, Setup};

mod uptime;
use uptime::{days, Uptime};

/// Where the kernel tells how long it has been running (proc(5)).
const SOURCE: &str = "/proc/uptime";

struct UptimeAgent {
    warn_after_days: f64,
}

impl Plugin for UptimeAgent {
    fn create(setup: &Setup) -> Result<Self, Error> {
        Ok(UptimeAgent { warn_after_days: setup.config.number("warn_after_days", 30.0)? })
    }
}

impl Agent for UptimeAgent {
    fn describe(&self) -> Description {
        let texts = |texts: &[&str]| texts.iter().map(|&text| text.to_owned()).collect();
        Description {
            summary: "Says how long this machine has been running.".into(),
            capabilities: vec![Capability {
                id: "uptime".into(),
                description: "How long this machine has been running since it was started.".into(),
                keywords: texts(&["@NAME@", "uptime", "how long running", "since the last restart"]),
                examples: texts(&["How long has this machine been up?"]),
            }],
        }
    }

    fn invoke(&self, _invocation: Invocation, call: &Call<'_, Event>) -> Result<Answer, Error> {
        let text = std::fs::read_to_string(SOURCE)
            .map_err(|error| Error::unavailable(format!("cannot read {}: {}", SOURCE, error)))?;
        let uptime = Uptime::parse(&text)
            .ok_or_else(|| Error::unavailable(format!("{} does not begin with a number of seconds", SOURCE)))?;

        let is_due = uptime.days as f64 >= self.warn_after_days;
        let severity = if is_due { Severity::Warning } else { Severity::Info };
        let title = format!("The machine has been running for {}.", days(uptime.days as f64));
        let mut finding = Finding::new("@SNAKE@.uptime", severity, title.as_str());
        finding.value = Some(uptime.days as f64);
        finding.threshold = Some(self.warn_after_days);
        finding.unit = Some("d".into());
        finding.source = Some(SOURCE.into());
        call.emit(finding)?;

        let advice = format!(" It is due for a restart: the limit is {}.", days(self.warn_after_days));
        call.emit(Event::text(if is_due { title + &advice } else { title }))?;
        Ok(Answer::default())
    }
}

jackfield::plugin! { id: "@ID@", agent: UptimeAgent }

#[cfg(test)]
mod tests {
    use super::*;
    use jackfield::testing::Host;

    #[test]
    fn it_reports_the_uptime_as_a_finding_and_in_words() {
        let agent = Host::new(jackfield_plugin_v1()).start().unwrap();
        let outcome = agent.invoke(&Invocation { input: "uptime?".into(), ..Invocation::default() });
        assert!(outcome.end.is_ok(), "{:?}", outcome.end);
        let finding = match &outcome.events[0] {
            Event::Finding(finding) => finding,
            other => panic!("expected a finding, found {:?}", other),
        };
        assert_eq!(finding.id, "@SNAKE@.uptime");
        assert_eq!(finding.unit.as_deref(), Some("d"));
        assert!(matches!(&outcome.events[1], Event::Text(text) if text.text.starts_with(&finding.title)));
    }

    #[test]
    fn from_the_configured_day_on_it_warns() {
        let agent = Host::new(jackfield_plugin_v1()).config(r#"{"warn_after_days": 0}"#).start().unwrap();
        let outcome = agent.invoke(&Invocation::default());
        assert!(matches!(&outcome.events[0], Event::Finding(finding) if finding.severity == Severity::Warning));
        assert!(matches!(&outcome.events[1], Event::Text(text) if text.text.ends_with("the limit is 0 days.")));
    }

    #[test]
    fn it_says_what_it_can_do() {
        let agent = Host::new(jackfield_plugin_v1()).start().unwrap();
        assert_eq!(agent.describe().unwrap().capabilities[0].id, "uptime");
    }
}
