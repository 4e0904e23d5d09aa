//! Calls of a plugin that runs on the host's event loop.

use jackfield::testing::Host;
use jackfield::tool::{Entry, Event, Output, Progress, Request};
use jackfield::{Call, Code, Error, Plugin, Setup, Tool};

struct Counter;

impl Plugin for Counter {
    fn create(_: &Setup) -> Result<Self, Error> {
        Ok(Counter)
    }
}

impl Tool for Counter {
    fn list(&self) -> Vec<Entry> {
        Vec::new()
    }
    fn call(&self, request: Request, call: &Call<'_, Event>) -> Result<Output, Error> {
        if request.name == "wait" {
            call.secret("KEY")?;
        }
        for number in 0..10 {
            call.emit(Progress { fraction: number as f64 / 10.0, message: number.to_string() })?;
        }
        Ok(Output::json("10"))
    }
}

jackfield::plugin! { id: "tool/counter", tool: Counter, threads: inline, services: [optional secrets] }

fn host() -> Host {
    Host::new(jackfield_plugin_v1())
}

#[test]
fn events_that_were_not_taken_go_out_later_and_before_the_end() {
    let swift = host().start().unwrap().call_tool("count", "{}");
    assert_eq!((swift.events.len(), swift.end.is_ok()), (10, true));
    let instance = host().hesitating().start().unwrap();
    assert_eq!(instance.call_tool("count", "{}"), swift);
    assert_eq!(instance.call_tool("count", "{}"), swift);
}

#[test]
fn a_cancel_ends_a_call_that_waits_for_its_reader() {
    let instance = host().never_reading().start().unwrap();
    std::thread::scope(|scope| {
        let call = scope.spawn(|| instance.call_tool("count", "{}"));
        instance.wait_until_refused(1);
        // Whether the handler is done or not: events are lost, so the call does not end well.
        assert_eq!(instance.cancel(1), 0);
        assert_eq!(call.join().unwrap().end.unwrap_err().code, Code::Cancelled);
    });
}

#[test]
fn a_reader_that_loses_interest_gets_no_answer_with_a_hole() {
    let outcome = host().losing_interest_after(3).start().unwrap().call_tool("count", "{}");
    assert_eq!((outcome.events.len(), outcome.end.unwrap_err().code), (3, Code::Cancelled));
}

#[test]
fn a_handler_that_would_wait_is_told_so() {
    let error = host().secret("KEY", "x").start().unwrap().call_tool("wait", "{}").end.unwrap_err();
    assert_eq!(error.code, Code::Unsupported);
    assert!(error.message.contains("threads: workers(4)"));
}
