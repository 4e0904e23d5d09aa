//! The services that are one question and one answer: log, metrics, timer, secrets.

use super::outgoing_call::{tell, OutgoingCall};
use crate::abi::{log, metrics, secrets, timer};
use crate::call::Call;
use crate::error::Error;
use crate::exporter::MetricKind;
use std::time::Duration;

numbered! {
    /// How much a line of the log matters.
    Level {
        /// For one who looks for a fault in the plugin.
        Trace = log::TRACE,
        /// For one who looks for a fault.
        Debug = log::DEBUG,
        /// What goes on.
        Info = log::INFO,
        /// Worth knowing.
        Notice = log::NOTICE,
        /// Somebody should look.
        Warning = log::WARNING,
        /// Something went wrong.
        Error = log::ERROR,
    }
}

messages! {
    /// A line of the log.
    #[derive(Clone, Debug, PartialEq, Eq)]
    LogLine = log::Write {
        /// How much it matters.
        level: Level,
        /// Static: what varies belongs into `fields`.
        message: String,
        /// Name and value.
        fields: Vec<(String, String)>,
    }

    /// A measurement of the plugin's own: exported as "plugin.NAME".
    #[derive(Clone, Debug, PartialEq)]
    MetricRecord = metrics::Record {
        /// A counter adds, a gauge sets, a histogram observes.
        kind: MetricKind,
        /// Of a counter: not below 0.
        value: f64,
        /// Like "words.found".
        name: String,
        /// UCUM: "s", "By", "{word}".
        unit: String,
        /// Name and value; bounded in number.
        labels: Vec<(String, String)>,
    }

    /// How long to wait.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    TimerRequest = timer::After {
        /// Nanoseconds, 0 and up.
        delay: i64,
    }

    /// Which secret.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    SecretRequest = secrets::Get {
        /// One that is granted.
        name: String,
    }
}

messages! {
    /// A secret. It cannot be printed.
    #[derive(Clone, Default, PartialEq, Eq)]
    SecretValue = secrets::Value {
        /// Never write it to a log.
        value: String,
    }
}

impl std::fmt::Debug for SecretValue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SecretValue(…)")
    }
}

impl<E> Call<'_, E> {
    /// Write a line to the host's log: static text in `message`, what varies in `fields`. Without the service: nothing.
    pub fn log(&self, level: Level, message: &str, fields: &[(&str, &str)]) {
        let fields = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let _ = tell(self, log::ID, log::WRITE, &LogLine { level, message: message.to_owned(), fields });
    }

    /// Add to a metric of the plugin's own. Without the service: nothing.
    pub fn record(&self, metric: &MetricRecord) {
        let _ = tell(self, metrics::ID, metrics::RECORD, metric);
    }

    /// Wait, and wake when the call is cancelled.
    ///
    /// # Errors
    ///
    /// `Cancelled` or `Deadline`, or why the host has no timer.
    pub fn sleep(&self, duration: Duration) -> Result<(), Error> {
        let delay = duration.as_nanos().min(i64::MAX as u128) as i64;
        OutgoingCall::start(self, timer::ID, timer::AFTER, &TimerRequest { delay })?.result()
    }

    /// A secret that the manifest grants. In a header of [`http`](Call::http) write `${secret:NAME}` instead: the host
    /// fills it in, and the plugin never has it.
    ///
    /// # Errors
    ///
    /// `Forbidden` if it is not granted, `NotFound` if there is none.
    pub fn secret(&self, name: &str) -> Result<SecretValue, Error> {
        let request = SecretRequest { name: name.to_owned() };
        OutgoingCall::start(self, secrets::ID, secrets::GET, &request)?.result()
    }
}
