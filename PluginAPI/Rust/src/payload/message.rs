//! Values of a vocabulary and the structs that they travel in.

use super::build::{Builder, PayloadBuffer};
use super::read::Payload;
use crate::abi::layout::Structure;
use crate::abi::payload::{Data, Empty, Item, List, Pair, Text, Zero};

/// A value that stands for a payload or for an element of one.
pub trait Message: Sized {
    /// The struct that it travels in.
    type Raw: Structure;
    /// Out of a payload that was checked.
    fn decode(payload: &Payload<'_>, raw: Self::Raw) -> Self;
    /// Into a payload: what the struct refers to goes to the builder.
    fn encode(&self, builder: &mut Builder) -> Self::Raw;

    /// As a payload of its own.
    fn payload(&self) -> PayloadBuffer {
        Builder::payload(self)
    }
}

/// A value that stands for one field of a struct.
pub trait FieldValue<Raw>: Sized {
    /// Out of a payload that was checked.
    fn get(payload: &Payload<'_>, raw: Raw) -> Self;
    /// Into a payload.
    fn put(&self, builder: &mut Builder) -> Raw;
}

macro_rules! scalars {
    ($($type:ty),+) => { $(
        impl FieldValue<$type> for $type {
            fn get(_: &Payload<'_>, raw: $type) -> Self {
                raw
            }
            fn put(&self, _: &mut Builder) -> $type {
                *self
            }
        }
    )+ };
}
scalars!(u32, u64, i32, i64, f64);

/// An absent text reads as an empty one.
impl FieldValue<Text> for String {
    fn get(payload: &Payload<'_>, raw: Text) -> Self {
        payload.text(raw).unwrap_or("").to_owned()
    }
    fn put(&self, builder: &mut Builder) -> Text {
        builder.text(self)
    }
}

impl FieldValue<Text> for Option<String> {
    fn get(payload: &Payload<'_>, raw: Text) -> Self {
        payload.text(raw).map(str::to_owned)
    }
    fn put(&self, builder: &mut Builder) -> Text {
        self.as_ref().map_or(Text::default(), |text| builder.text(text))
    }
}

/// No bytes are absent.
impl FieldValue<Data> for Vec<u8> {
    fn get(payload: &Payload<'_>, raw: Data) -> Self {
        payload.data(raw).unwrap_or(&[]).to_vec()
    }
    fn put(&self, builder: &mut Builder) -> Data {
        if self.is_empty() {
            Data::default()
        } else {
            builder.data(self)
        }
    }
}

impl<M: Message> FieldValue<List<M::Raw>> for Vec<M> {
    fn get(payload: &Payload<'_>, raw: List<M::Raw>) -> Self {
        payload.list(raw).map(|element| M::decode(payload, element)).collect()
    }
    fn put(&self, builder: &mut Builder) -> List<M::Raw> {
        let elements: Vec<M::Raw> = self.iter().map(|each| each.encode(builder)).collect();
        builder.list(&elements)
    }
}

impl Message for String {
    type Raw = Item;
    fn decode(payload: &Payload<'_>, raw: Item) -> Self {
        FieldValue::get(payload, raw.text)
    }
    fn encode(&self, builder: &mut Builder) -> Item {
        Item { text: self.put(builder) }
    }
}

impl Message for (String, String) {
    type Raw = Pair;
    fn decode(payload: &Payload<'_>, raw: Pair) -> Self {
        (FieldValue::get(payload, raw.name), FieldValue::get(payload, raw.value))
    }
    fn encode(&self, builder: &mut Builder) -> Pair {
        Pair { name: self.0.put(builder), value: self.1.put(builder) }
    }
}

impl Message for () {
    type Raw = Empty;
    fn decode(_: &Payload<'_>, _: Empty) -> Self {}
    fn encode(&self, _: &mut Builder) -> Empty {
        Empty { size: 0, reserved: Zero(0) }
    }
}

/// Declares a message whose fields are those of its struct, by name.
macro_rules! messages {
    ($(
        $(#[$note:meta])*
        $name:ident = $raw:path { $( $(#[$field_note:meta])* $field:ident: $type:ty, )* }
    )+) => { $(
        $(#[$note])*
        pub struct $name {
            $( $(#[$field_note])* pub $field: $type, )*
        }

        impl $crate::payload::Message for $name {
            type Raw = $raw;
            #[allow(unused_variables)]
            fn decode(payload: &$crate::payload::Payload<'_>, raw: $raw) -> Self {
                $name { $( $field: $crate::payload::FieldValue::get(payload, raw.$field), )* }
            }
            #[allow(unused_variables, unused_mut)]
            fn encode(&self, builder: &mut $crate::payload::Builder) -> $raw {
                // The struct's `size` is filled in when the payload is finished; what is not named here is zero.
                let mut raw = <$raw>::default();
                $( raw.$field = $crate::payload::FieldValue::put(&self.$field, builder); )*
                raw
            }
        }
    )+ };
}

/// An enumeration that travels as a number. In an event or result, a number that is not known here becomes the case
/// behind
/// `else`, or the first.
macro_rules! numbered {
    (
        $(#[$note:meta])*
        $name:ident $(else $unknown:ident)? { $( $(#[$case_note:meta])* $case:ident = $number:expr, )+ }
    ) => {
        $(#[$note])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $( $(#[$case_note])* $case, )+ }

        impl $name {
            /// As in the header.
            pub fn number(self) -> u32 {
                match self { $( $name::$case => $number, )+ }
            }
            /// From a number of the header.
            pub fn from_number(number: u32) -> Option<$name> {
                $( if number == $number { return Some($name::$case); } )+
                None
            }
        }

        impl $crate::payload::FieldValue<u32> for $name {
            fn get(payload: &$crate::payload::Payload<'_>, raw: u32) -> Self {
                if $name::from_number(raw).is_none() {
                    payload.met_strange_number();
                }
                $name::from_number(raw).unwrap_or_else(|| [$( $name::$unknown, )? $( $name::$case, )+][0])
            }
            fn put(&self, _: &mut $crate::payload::Builder) -> u32 {
                self.number()
            }
        }
    };
}
