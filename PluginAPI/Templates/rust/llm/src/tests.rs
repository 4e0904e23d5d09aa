use super::*;
use jackfield::llm::{Message, Stop, Text};
use jackfield::testing::{Host, HttpAnswer, Outcome};
use jackfield::Code;

const STREAM: &[&str] = &[
    "data: {\"id\":\"c1\",\"model\":\"small\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hel\"}}]}\n\nda",
    "ta: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"lo.\"},\"finish_reason\":\"stop\"}]}\n\n",
    "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":2,\"total_tokens\":11}}\n\n",
    "data: [DONE]\n\n",
];

fn host(answer: HttpAnswer) -> Host {
    Host::new(jackfield_plugin_v1()).http(answer)
}

fn stream(pieces: &[&str]) -> HttpAnswer {
    HttpAnswer::new("POST", "*/chat/completions", 200, "").in_pieces(pieces)
}

fn ask(host: Host) -> Outcome<Event, CompletionResult> {
    host.start().unwrap().complete(&CompletionRequest::new("small", vec![Message::text("user", "Hello?")]))
}

fn text(events: &[Event]) -> String {
    let pieces = events.iter().filter_map(|event| match event {
        Event::Text(Text { text, .. }) => Some(text.as_str()),
        _ => None,
    });
    pieces.collect()
}

#[test]
fn an_answer_comes_in_pieces_with_its_stop_and_its_usage() {
    let outcome = ask(host(stream(STREAM)));
    assert_eq!(outcome.end.unwrap().model.as_deref(), Some("small"));
    assert_eq!(text(&outcome.events), "Hello.");
    assert!(outcome.events.contains(&Event::Stop(Stop { choice: 0, reason: "stop".into() })));
    assert!(matches!(outcome.events.last(), Some(Event::Usage(usage)) if usage.total_tokens == 11 && usage.flags == 0));
}

#[test]
fn a_slow_reader_gets_the_same_events() {
    assert_eq!(ask(host(stream(STREAM)).hesitating()), ask(host(stream(STREAM))));
}

#[test]
fn when_nobody_wants_more_the_call_is_cancelled() {
    let outcome = ask(host(stream(STREAM)).losing_interest_after(1));
    assert_eq!((outcome.events.len(), outcome.end.unwrap_err().code), (1, Code::Cancelled));
}

#[test]
fn a_stream_that_breaks_off_is_an_error_and_not_an_answer() {
    let error = ask(host(stream(&STREAM[..1]))).end.unwrap_err();
    assert_eq!((error.code, error.retry), (Code::Unavailable, false));
}

#[test]
fn one_of_two_answers_that_does_not_end_is_an_error() {
    let line = |choice: u32, rest: &str| format!("data: {{\"choices\":[{{\"index\":{},{}}}]}}\n\n", choice, rest);
    let both = [
        line(0, r#""delta":{"content":"a"},"finish_reason":"stop""#),
        line(1, r#""delta":{"content":"b"}"#),
        "data: [DONE]\n\n".to_owned(),
    ];
    let ask = |pieces: &[&str]| {
        let mut request = CompletionRequest::new("small", Vec::new());
        request.options.choices = Some(2);
        host(stream(pieces)).start().unwrap().complete(&request)
    };
    assert_eq!(ask(&[&both[0], &both[1]]).end.unwrap_err().code, Code::Unavailable);
    let whole = ask(&[&both[0], &both[1], &both[2]]);
    assert!(whole.end.is_ok());
    assert!(whole.events.contains(&Event::Stop(Stop { choice: 1, reason: "stop".into() })));
}

#[test]
fn an_error_of_the_server_is_told_in_its_own_words() {
    let answer = HttpAnswer::new("POST", "*", 429, r#"{"error":{"message":"slow down"}}"#).header("retry-after", "3");
    let error = ask(host(answer)).end.unwrap_err();
    assert_eq!((error.code, error.retry), (Code::RateLimited, true));
    assert_eq!(error.retry_after, Some(std::time::Duration::from_secs(3)));
    assert!(error.message.ends_with("slow down"));
}

#[test]
fn the_key_is_left_to_the_host() {
    let host = host(stream(STREAM)).config(r#"{"base_url": "http://127.0.0.1:1/v1/", "api_key_secret": "KEY"}"#);
    let provider = host.start().unwrap();
    provider.complete(&CompletionRequest::default());
    let request = &provider.requests()[0];
    assert_eq!(request.url, "http://127.0.0.1:1/v1/chat/completions");
    assert!(request.headers.contains(&("authorization".into(), "Bearer ${secret:KEY}".into())));
}

#[test]
fn the_models_are_listed() {
    let answer = HttpAnswer::new("GET", "*/models", 200, r#"{"data":[{"id":"small","owned_by":"me"}]}"#);
    let models = host(answer).start().unwrap().models().unwrap();
    assert_eq!((models[0].id.as_str(), models[0].owner.as_str()), ("small", "me"));
}
