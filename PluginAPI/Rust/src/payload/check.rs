//! check.h: is this buffer a well-formed payload of that layout?

use super::read::{u32_at, Payload};
use crate::abi::layout::{Kind, Layout};
use crate::abi::payload::PAYLOAD_MAX;

/// What is wrong with a payload.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// The buffer, a list or an element is not at a multiple of 8.
    Alignment = 1,
    /// Shorter than its struct says, or than the struct ever was, or it ends in a field.
    Size = 2,
    /// A longer struct, with something in the part that is not known here.
    Unknown = 3,
    /// A reference leaves the buffer or points into the struct.
    Range = 4,
    /// The references cover more than there is.
    Overlap = 5,
    /// A list's elements are smaller than their struct ever was.
    Stride = 6,
    /// A text is not UTF-8.
    Text = 7,
    /// A reserved field is not zero.
    Reserved = 8,
}

/// What is wrong with a payload, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What.
    pub kind: FaultKind,
    /// In the buffer, of the struct in which the fault is.
    pub offset: usize,
    /// Of that struct.
    pub layout: &'static str,
    /// Where it is one field's fault.
    pub field: Option<&'static str>,
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let what = match self.kind {
            FaultKind::Alignment => "is not aligned to 8 bytes",
            FaultKind::Size => "is too short",
            FaultKind::Unknown => "has something in a part that is not known here",
            FaultKind::Range => "leaves the payload",
            FaultKind::Overlap => "overlaps with others",
            FaultKind::Stride => "has elements that are too small",
            FaultKind::Text => "is not UTF-8",
            FaultKind::Reserved => "is not zero",
        };
        match self.field {
            Some(field) => write!(f, "{}.{} at byte {} {}", self.layout, field, self.offset, what),
            None => write!(f, "{} at byte {} {}", self.layout, self.offset, what),
        }
    }
}

/// Check a buffer against a layout. Reads nothing outside the buffer, takes time in proportion to its size, and
/// allocates nothing. Afterwards every reference may be followed.
///
/// # Errors
///
/// The first fault that was found.
pub fn check<'a>(layout: &'static Layout, bytes: &'a [u8]) -> Result<Payload<'a>, Fault> {
    let fault = |kind, field| Fault { kind, offset: 0, layout: layout.name, field };
    if bytes.len() < 8 || bytes.len() > PAYLOAD_MAX {
        return Err(fault(FaultKind::Size, Some("size")));
    }
    if bytes.as_ptr() as usize % 8 != 0 {
        return Err(fault(FaultKind::Alignment, None));
    }
    let size = u32_at(bytes, 0) as usize;
    if size > bytes.len() || size < layout.least {
        return Err(fault(FaultKind::Size, Some("size")));
    }
    let mut state = State { bytes, left: bytes.len() - size, head: size };
    state.check(layout, 0, size)?;
    Ok(Payload::new(bytes))
}

struct State<'a> {
    bytes: &'a [u8],
    /// Bytes that no reference has covered yet.
    left: usize,
    /// The size of the struct at the start: no reference may point into it.
    head: usize,
}

impl State<'_> {
    /// One struct at `at`, known to lie inside the buffer. Recursion is as deep as the layouts.
    fn check(&mut self, layout: &'static Layout, at: usize, size: usize) -> Result<(), Fault> {
        let fault = |kind, field| Err(Fault { kind, offset: at, layout: layout.name, field });
        if size > layout.size && self.bytes[at + layout.size..at + size].iter().any(|&byte| byte != 0) {
            return fault(FaultKind::Unknown, None);
        }
        for field in layout.fields {
            let name = Some(field.name);
            if field.offset + field.kind.size() > size {
                // An older, shorter struct; none ever ended within a field.
                if field.offset < size {
                    return fault(FaultKind::Size, name);
                }
                continue;
            }
            let place = at + field.offset;
            let first = u32_at(self.bytes, place) as usize;
            match field.kind {
                Kind::Zero if first != 0 => return fault(FaultKind::Reserved, name),
                Kind::Text | Kind::Data => {
                    let length = u32_at(self.bytes, place + 4) as usize;
                    match self.cover(first, length) {
                        Err(kind) => return fault(kind, name),
                        Ok(bytes) if field.kind == Kind::Text && std::str::from_utf8(bytes).is_err() => {
                            return fault(FaultKind::Text, name)
                        }
                        Ok(_) => {}
                    }
                }
                Kind::List => {
                    let count = u32_at(self.bytes, place + 4) as usize;
                    let stride = u32_at(self.bytes, place + 8) as usize;
                    if u32_at(self.bytes, place + 12) != 0 {
                        return fault(FaultKind::Reserved, name);
                    }
                    if count == 0 {
                        if first != 0 {
                            return fault(FaultKind::Range, name);
                        }
                        continue;
                    }
                    if first % 8 != 0 || stride % 8 != 0 {
                        return fault(FaultKind::Alignment, name);
                    }
                    let element = match field.element {
                        Some(element) if stride >= element.least => element,
                        _ => return fault(FaultKind::Stride, name),
                    };
                    // Both are below 2^32, so the product fits. At offset 0 the list would lie in the struct: refused.
                    if let Err(kind) = self.cover(first, count * stride) {
                        return fault(kind, name);
                    }
                    for index in 0..count {
                        self.check(element, first + index * stride, stride)?;
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Take the bytes of a reference out of what is left.
    fn cover(&mut self, offset: usize, length: usize) -> Result<&[u8], FaultKind> {
        if offset == 0 {
            return if length == 0 { Ok(&[]) } else { Err(FaultKind::Range) };
        }
        if offset < self.head || offset > self.bytes.len() || length > self.bytes.len() - offset {
            return Err(FaultKind::Range);
        }
        if length > self.left {
            return Err(FaultKind::Overlap);
        }
        self.left -= length;
        Ok(&self.bytes[offset..offset + length])
    }
}
