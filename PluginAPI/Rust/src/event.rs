//! What a call may emit while it runs.

use crate::payload::{Payload, PayloadBuffer};

/// The events of a method.
pub trait Event: Sized {
    /// The event's number in its role's header, and its payload.
    fn encode(&self) -> (u32, PayloadBuffer);
    /// Out of a payload that was checked; `None` for a number that is not known here.
    fn decode(event: u32, payload: &Payload<'_>) -> Option<Self>;
}

/// For methods without events.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoEvent {}

impl Event for NoEvent {
    fn encode(&self) -> (u32, PayloadBuffer) {
        match *self {}
    }
    fn decode(_: u32, _: &Payload<'_>) -> Option<Self> {
        None
    }
}

macro_rules! events {
    (
        $(#[$note:meta])*
        $name:ident { $( $(#[$case_note:meta])* $case:ident($type:ty) = $number:expr, )+ }
    ) => {
        $(#[$note])*
        #[derive(Clone, Debug, PartialEq)]
        pub enum $name { $( $(#[$case_note])* $case($type), )+ }

        impl $crate::event::Event for $name {
            fn encode(&self) -> (u32, $crate::payload::PayloadBuffer) {
                match self { $( $name::$case(value) => ($number, $crate::payload::Message::payload(value)), )+ }
            }
            fn decode(event: u32, payload: &$crate::payload::Payload<'_>) -> Option<Self> {
                $( if event == $number { return Some($name::$case(payload.value())); } )+
                None
            }
        }
        $(
            impl From<$type> for $name {
                fn from(value: $type) -> Self {
                    $name::$case(value)
                }
            }
        )+
    };
}
