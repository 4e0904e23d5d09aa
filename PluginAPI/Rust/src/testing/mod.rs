//! A host for tests: it runs one plugin through the same functions as the real one, and answers its services from a
//! script. It also holds the plugin to the rules: what breaks one panics with a sentence, and the test fails.
//!
//! ```
//! # use jackfield::agent::*; use jackfield::*;
//! # struct Greeter; impl Plugin for Greeter { fn create(_: &Setup) -> Result<Self, Error> { Ok(Greeter) } }
//! # impl Agent for Greeter {
//! #     fn describe(&self) -> Description { Description::default() }
//! #     fn invoke(&self, _: Invocation, call: &Call<'_, Event>) -> Result<Answer, Error> { Ok(Answer::default()) }
//! # }
//! # jackfield::plugin! { id: "agent/greeter", agent: Greeter }
//! # fn main() {
//! use jackfield::testing::Host;
//!
//! let host = Host::new(jackfield_plugin_v1()).config(r#"{"loud": true}"#).start().unwrap();
//! let answer = host.invoke(&Invocation { input: "hello".into(), ..Invocation::default() });
//! assert!(answer.end.is_ok());
//! # }
//! ```

mod host;
mod instance;
mod script;
mod side;

pub use host::Host;
pub use instance::{Instance, Outcome};
pub use script::HttpAnswer;
