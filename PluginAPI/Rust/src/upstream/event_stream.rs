//! Server-sent events (WHATWG HTML, section 9.2.6), out of a stream that is cut anywhere.

use crate::error::{Code, Error};

/// Takes bytes as they come and gives the data of each event.
#[derive(Debug, Default)]
pub struct EventStream {
    line: Vec<u8>,
    data: Vec<u8>,
    has_data: bool,
    after_return: bool,
    limit: usize,
}

impl EventStream {
    /// A stream whose events have at most `limit` bytes each.
    pub fn new(limit: usize) -> EventStream {
        EventStream { limit, ..EventStream::default() }
    }

    /// The data of the events that end in these bytes.
    ///
    /// # Errors
    ///
    /// `Exhausted` if an event is longer than the limit.
    pub fn push(&mut self, bytes: &[u8]) -> Result<Vec<String>, Error> {
        let mut events = Vec::new();
        for &byte in bytes {
            let was_return = std::mem::replace(&mut self.after_return, byte == b'\r');
            match byte {
                b'\n' if was_return => {}
                b'\n' | b'\r' => self.end_of_line(&mut events),
                _ => self.line.push(byte),
            }
            if self.line.len() + self.data.len() > self.limit {
                let message = format!("an event of the server is longer than {} bytes", self.limit);
                return Err(Error::new(Code::Exhausted, message));
            }
        }
        Ok(events)
    }

    fn end_of_line(&mut self, events: &mut Vec<String>) {
        let line = std::mem::take(&mut self.line);
        if line.is_empty() {
            if std::mem::take(&mut self.has_data) {
                let data = std::mem::take(&mut self.data);
                events.push(String::from_utf8_lossy(&data).into_owned());
            }
            return;
        }
        let value: &[u8] = match line.strip_prefix(b"data".as_ref()) {
            Some([]) => &[],
            Some([b':', b' ', value @ ..]) | Some([b':', value @ ..]) => value,
            // A comment, or a field that is of no use here.
            _ => return,
        };
        if self.has_data {
            self.data.push(b'\n');
        }
        self.has_data = true;
        self.data.extend_from_slice(value);
    }
}
