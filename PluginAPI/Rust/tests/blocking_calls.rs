//! Calls of a plugin whose handlers may wait.

use jackfield::agent::{Answer, Description, Event, Invocation};
use jackfield::llm::{CompletionRequest, Message};
use jackfield::services::{HttpRequest, Level, ToolRequest};
use jackfield::testing::{Host, HttpAnswer, Instance, Outcome};
use jackfield::tool::Output;
use jackfield::{Agent, Call, Code, Error, Plugin, Setup};
use std::time::Duration;

/// Does what its input says.
struct Obedient;

impl Plugin for Obedient {
    fn create(setup: &Setup) -> Result<Self, Error> {
        match setup.config.text("create", "")?.as_str() {
            "panic" => panic!("no wish to live"),
            "fail" => Err(Error::unavailable("not today")),
            _ => Ok(Obedient),
        }
    }
}

impl Agent for Obedient {
    fn describe(&self) -> Description {
        Description::default()
    }

    fn invoke(&self, invocation: Invocation, call: &Call<'_, Event>) -> Result<Answer, Error> {
        let text = match invocation.input.as_str() {
            "flood" => {
                for number in 0..500 {
                    call.emit(Event::text(number.to_string()))?;
                }
                String::new()
            }
            "panic" => panic!("as told"),
            "odd panic" => std::panic::panic_any(7),
            "spin" => loop {
                call.log(Level::Info, "spinning", &[]);
                call.check()?;
                std::thread::yield_now();
            },
            "http" => call.http(&HttpRequest::get("http://127.0.0.1/data"))?.text(1 << 20)?,
            "short http" => call.http(&HttpRequest::get("http://127.0.0.1/data"))?.text(3)?,
            "secret" => call.secret("KEY")?.value,
            "model" => call.complete(&CompletionRequest::new("m", vec![Message::text("user", "?")]))?.text()?,
            "tool" => {
                let request = ToolRequest { name: "units/convert".into(), arguments: "{}".into(), id: None };
                call.call_tool(&request)?.result()?.content
            }
            "sleep" => {
                call.sleep(Duration::from_secs(3600))?;
                "woken".to_owned()
            }
            "undeclared" => call.agents()?.len().to_string(),
            "two threads" => std::thread::scope(|scope| {
                let threads: Vec<_> =
                    (0..2).map(|_| scope.spawn(|| (0..50).try_for_each(|_| call.emit(Event::text("x"))))).collect();
                threads.into_iter().try_for_each(|thread| thread.join().unwrap()).map(|()| String::new())
            })?,
            other => other.to_owned(),
        };
        call.emit(Event::text(text))?;
        Ok(Answer::default())
    }
}

jackfield::plugin! {
    id: "agent/obedient",
    agent: Obedient,
    threads: workers(2),
    services: [optional http, optional log, optional llm, required secrets, optional timer, optional tools],
}

fn host() -> Host {
    Host::new(jackfield_plugin_v1())
}

fn tell(instance: &Instance, input: &str) -> Outcome<Event, Answer> {
    instance.invoke(&Invocation { input: input.into(), ..Invocation::default() })
}

fn last_text(outcome: &Outcome<Event, Answer>) -> &str {
    assert!(outcome.end.is_ok(), "{:?}", outcome.end);
    match outcome.events.last() {
        Some(Event::Text(text)) => &text.text,
        other => panic!("expected a text, found {:?}", other),
    }
}

fn code(outcome: Outcome<Event, Answer>) -> Code {
    outcome.end.unwrap_err().code
}

#[test]
fn a_slow_reader_loses_doubles_and_reorders_nothing() {
    let swift = tell(&host().start().unwrap(), "flood");
    assert_eq!(swift.events.len(), 501);
    let hesitating = host().hesitating().start().unwrap();
    // Calls with odd numbers are resumed from another thread, those with even ones within `emit`.
    assert_eq!(tell(&hesitating, "flood"), swift);
    assert_eq!(tell(&hesitating, "flood"), swift);
}

#[test]
fn a_handler_that_waits_for_a_reader_is_woken_by_a_cancel() {
    let instance = host().never_reading().start().unwrap();
    std::thread::scope(|scope| {
        let call = scope.spawn(|| tell(&instance, "flood"));
        instance.wait_until_refused(1);
        assert_eq!(instance.cancel(1), 0);
        assert_eq!(code(call.join().unwrap()), Code::Cancelled);
    });
}

#[test]
fn a_handler_that_computes_sees_that_it_was_cancelled() {
    let instance = host().start().unwrap();
    std::thread::scope(|scope| {
        let call = scope.spawn(|| tell(&instance, "spin"));
        instance.wait_for_log(3);
        assert_eq!(instance.cancel(1), 0);
        assert_eq!(code(call.join().unwrap()), Code::Cancelled);
    });
    assert_eq!(instance.cancel(1), 101, "a cancel of a finished call is stale");
}

#[test]
fn when_the_reader_loses_interest_the_handler_stops() {
    let outcome = tell(&host().losing_interest_after(7).start().unwrap(), "flood");
    assert_eq!((outcome.events.len(), code(outcome)), (7, Code::Cancelled));
}

#[test]
fn a_panic_ends_its_call_alone() {
    let instance = host().start().unwrap();
    let error = tell(&instance, "panic").end.unwrap_err();
    assert_eq!((error.code, error.message.as_str()), (Code::Internal, "the plugin panicked: as told"));
    assert_eq!(code(tell(&instance, "odd panic")), Code::Internal);
    assert_eq!(last_text(&tell(&instance, "still there")), "still there");
}

#[test]
fn a_create_that_fails_or_panics_says_why() {
    let start = |config: &str| host().config(config).start().err().unwrap();
    assert_eq!(start(r#"{"create": "fail"}"#).message, "not today");
    assert_eq!(start(r#"{"create": "panic"}"#).message, "the plugin panicked: no wish to live");
    assert_eq!(start(r#"{"create": 3}"#).message, "config.create is a number, where a string is expected");
    assert_eq!(start("no JSON").code, Code::InvalidArgument);
    assert_eq!(start("[]").code, Code::InvalidArgument);
}

#[test]
fn a_call_whose_deadline_has_passed_is_not_begun() {
    let instance = host().start().unwrap();
    let request = jackfield::payload::Message::payload(&Invocation { input: "panic".into(), ..Invocation::default() });
    assert_eq!(instance.call(2, request.bytes(), 1).end.unwrap_err().code, Code::Deadline);
}

#[test]
fn a_body_of_many_pieces_arrives_whole_and_in_order() {
    let pieces: Vec<String> = (0..1000).map(|number| format!("{},", number)).collect();
    let pieces: Vec<&str> = pieces.iter().map(String::as_str).collect();
    let answer = HttpAnswer::new("GET", "http://127.0.0.1/*", 200, "").in_pieces(&pieces);
    let instance = host().http(answer).start().unwrap();
    assert_eq!(last_text(&tell(&instance, "http")), pieces.concat());
    let error = tell(&instance, "short http").end.unwrap_err();
    assert_eq!((error.code, error.message.as_str()), (Code::Exhausted, "the answer is longer than 3 bytes"));
}

#[test]
fn services_answer_and_refuse() {
    let instance = host()
        .secret("KEY", "value")
        .completion("an answer")
        .tool("units/convert", Output::json(r#"{"value":1}"#))
        .start()
        .unwrap();
    assert_eq!(last_text(&tell(&instance, "secret")), "value");
    assert_eq!(last_text(&tell(&instance, "model")), "an answer");
    assert_eq!(last_text(&tell(&instance, "tool")), r#"{"value":1}"#);
    assert_eq!(last_text(&tell(&instance, "sleep")), "woken");
    let bare = host().start().unwrap();
    assert_eq!(code(tell(&bare, "secret")), Code::Forbidden);
    assert_eq!(code(tell(&bare, "http")), Code::Forbidden);
}

#[test]
fn a_service_that_the_host_lacks_or_the_plugin_did_not_declare_is_an_error() {
    let instance = host().without("jackfield.http").start().unwrap();
    assert_eq!(tell(&instance, "http").end.unwrap_err().message, "this host has no service jackfield.http/1");
    let message = "the plugin uses the service jackfield.agents without declaring it";
    assert_eq!(tell(&instance, "undeclared").end.unwrap_err().message, message);
}

#[test]
fn a_handler_may_emit_from_threads_of_its_own() {
    assert_eq!(tell(&host().hesitating().start().unwrap(), "two threads").events.len(), 101);
}

#[test]
fn after_close_calls_are_refused() {
    let instance = host().start().unwrap();
    instance.close();
    instance.close();
    assert_eq!(code(tell(&instance, "hello")), Code::Unavailable);
}

#[test]
fn unknown_methods_and_malformed_requests_are_refused() {
    let instance = host().start().unwrap();
    assert_eq!(instance.call(99, &[0; 48], 0).end.unwrap_err().code, Code::Unsupported);
    assert_eq!(instance.call(2, &[], 0).end.unwrap_err().code, Code::InvalidArgument);
    assert_eq!(instance.call(2, &[0xff; 48], 0).end.unwrap_err().code, Code::InvalidArgument);
}

#[test]
fn the_descriptor_says_what_the_macro_was_told() {
    let descriptor = unsafe { &*jackfield_plugin_v1() };
    let text = |pointer| unsafe { std::ffi::CStr::from_ptr(pointer) }.to_str().unwrap();
    assert_eq!(text(descriptor.id), "agent/obedient");
    assert_eq!(text(descriptor.version), env!("CARGO_PKG_VERSION"));
    assert_eq!((descriptor.flags, descriptor.concurrency), (1, 2));
    assert_eq!((descriptor.role_count, descriptor.service_count), (1, 6));
    let services: Vec<_> = (0..6).map(|at| unsafe { **descriptor.services.add(at) }).collect();
    assert_eq!((text(services[3].id), services[3].flags), ("jackfield.secrets", 1));
    assert_eq!((text(services[5].id), services[5].flags), ("jackfield.tools", 0));
    assert_eq!(text(unsafe { **descriptor.roles }.id), "jackfield.agent");
}
