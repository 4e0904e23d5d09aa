//! @ID@: sends alerts to a webhook.

use jackfield::agent::Severity;
use jackfield::notifier::{Alert, Receipt};
use jackfield::services::HttpRequest;
use jackfield::upstream::error_of;
use jackfield::{Call, Error, Json, NoEvent, Notifier, Plugin, Setup};

/// Bytes of an answer that are read.
const ANSWER_LIMIT: usize = 64 << 10;

struct Webhook {
    url: String,
    token_secret: String,
}

impl Plugin for Webhook {
    fn create(setup: &Setup) -> Result<Self, Error> {
        Ok(Webhook {
            url: setup.config.text("url", "http://127.0.0.1:9000/hook")?,
            token_secret: setup.config.text("token_secret", "")?,
        })
    }
}

impl Notifier for Webhook {
    fn notify(&self, alert: Alert, call: &Call<'_, NoEvent>) -> Result<Receipt, Error> {
        self.send("notify", &alert, call)
    }

    fn resolve(&self, alert: Alert, call: &Call<'_, NoEvent>) -> Result<Receipt, Error> {
        self.send("resolve", &alert, call)
    }
}

impl Webhook {
    fn send(&self, event: &str, alert: &Alert, call: &Call<'_, NoEvent>) -> Result<Receipt, Error> {
        let mut request = HttpRequest::post_json(self.url.as_str(), &body(event, alert));
        if !self.token_secret.is_empty() {
            // The host puts the secret in its place: it never comes here.
            request = request.header("authorization", format!("Bearer ${{secret:{}}}", self.token_secret));
        }
        let response = call.http(&request)?;
        if !response.head.is_success() {
            return Err(error_of(&response));
        }
        // It was told: an answer that cannot be read takes nothing from that.
        let answer = response.text(ANSWER_LIMIT).unwrap_or_default();
        Ok(Receipt { reference: reference(&answer) })
    }
}

fn body(event: &str, alert: &Alert) -> Json {
    let severity = match alert.severity {
        Severity::Ok => "ok",
        Severity::Info => "info",
        Severity::Warning => "warning",
        Severity::Critical => "critical",
    };
    let ended = if alert.ended == 0 { None } else { Some(alert.ended) };
    Json::object([
        ("event", Json::from(event)),
        ("id", alert.id.as_str().into()),
        ("rule", alert.rule.as_str().into()),
        ("severity", severity.into()),
        ("title", alert.title.as_str().into()),
        ("detail", alert.detail.as_deref().into()),
        ("source", alert.source.as_str().into()),
        ("started", alert.started.into()),
        ("ended", ended.into()),
        ("reference", alert.reference.as_deref().into()),
        ("labels", Json::object(alert.labels.iter().map(|(name, value)| (name.as_str(), value.as_str().into())))),
    ])
}

/// What the channel calls the message, if it says so.
fn reference(answer: &str) -> Option<String> {
    let json = Json::parse(answer).ok()?;
    let text = |name: &str| json.get(name).and_then(Json::as_str).map(str::to_owned);
    text("reference").or_else(|| text("id"))
}

jackfield::plugin! { id: "@ID@", notifier: Webhook, services: [required http, optional log] }

#[cfg(test)]
mod tests {
    use super::*;
    use jackfield::testing::{Host, HttpAnswer};
    use jackfield::Code;

    fn alert() -> Alert {
        Alert {
            severity: Severity::Warning,
            started: 5,
            ended: 0,
            id: "a1".into(),
            rule: "disk.full".into(),
            title: "The disk is full.".into(),
            detail: None,
            source: "here".into(),
            reference: None,
            labels: vec![("disk".into(), "sda".into())],
        }
    }

    fn host(status: u32, body: &str) -> Host {
        Host::new(jackfield_plugin_v1()).http(HttpAnswer::new("POST", "http://127.0.0.1:9000/hook", status, body))
    }

    #[test]
    fn an_alert_is_sent_as_one_object() {
        let notifier = host(200, r#"{"reference":"m1"}"#).start().unwrap();
        assert_eq!(notifier.notify(&alert()).unwrap().reference.as_deref(), Some("m1"));
        assert_eq!(
            String::from_utf8(notifier.requests()[0].body.clone()).unwrap(),
            concat!(
                r#"{"event":"notify","id":"a1","rule":"disk.full","severity":"warning","title":"The disk is full.","#,
                r#""detail":null,"source":"here","started":5,"ended":null,"reference":null,"labels":{"disk":"sda"}}"#
            )
        );
    }

    #[test]
    fn a_channel_that_says_nothing_gives_no_reference() {
        assert_eq!(host(204, "").start().unwrap().resolve(&alert()).unwrap(), Receipt { reference: None });
    }

    #[test]
    fn a_server_that_cannot_now_is_asked_again_later() {
        let error = host(503, "down").start().unwrap().notify(&alert()).unwrap_err();
        assert_eq!(
            (error.code, error.retry, error.message.as_str()),
            (Code::Unavailable, true, "the server answered 503: down")
        );
    }

    #[test]
    fn a_request_that_is_wrong_is_not_repeated() {
        let error = host(400, "").start().unwrap().notify(&alert()).unwrap_err();
        assert_eq!((error.code, error.retry), (Code::InvalidArgument, false));
    }
}
