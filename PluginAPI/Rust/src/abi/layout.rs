//! layout.h: what a payload's struct consists of, as data, so that one function can check all of them.

/// What a field is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `uint32_t`
    U32,
    /// `uint64_t`
    U64,
    /// `int32_t`
    I32,
    /// `int64_t`
    I64,
    /// `double`
    F64,
    /// [`Text`](super::payload::Text)
    Text,
    /// [`Data`](super::payload::Data)
    Data,
    /// [`List`](super::payload::List)
    List,
    /// `uint32_t`, zero
    Zero,
}

impl Kind {
    /// In bytes.
    pub const fn size(self) -> usize {
        match self {
            Kind::U32 | Kind::I32 | Kind::Zero => 4,
            Kind::List => 16,
            _ => 8,
        }
    }
}

/// A field of a struct.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// As in the header.
    pub name: &'static str,
    /// In bytes from the start of the struct.
    pub offset: usize,
    /// What it is.
    pub kind: Kind,
    /// Of a list: what its elements are.
    pub element: Option<&'static Layout>,
}

/// A payload's struct.
#[derive(Debug)]
pub struct Layout {
    /// As in the header: "jackfield_agent_finding".
    pub name: &'static str,
    /// In bytes, as this crate knows it.
    pub size: usize,
    /// In bytes, as the first release knew it: a smaller one is malformed.
    pub least: usize,
    /// Begins with its own `size`; otherwise it is a list element, sized by its list's stride.
    pub headed: bool,
    /// In their order.
    pub fields: &'static [Field],
}

/// A struct that may stand in a payload.
///
/// # Safety
///
/// The type is `repr(C)`, every pattern of bits is a value of it, it has no padding, and `LAYOUT` describes it.
pub unsafe trait Structure: Copy + Default + 'static {
    /// What it consists of.
    const LAYOUT: &'static Layout;
    /// The same with its first field, `size`, filled in; an element has none.
    fn sized(self) -> Self;
}

/// The type of a field.
pub trait FieldType {
    /// What it is.
    const KIND: Kind;
    /// Of a list.
    const ELEMENT: Option<&'static Layout> = None;
}

macro_rules! field_types {
    ($($type:ty = $kind:ident),+) => { $(impl FieldType for $type { const KIND: Kind = Kind::$kind; })+ };
}
field_types!(u32 = U32, u64 = U64, i32 = I32, i64 = I64, f64 = F64);

/// The next multiple of `align`.
pub(crate) const fn aligned(at: usize, align: usize) -> usize {
    (at + align - 1) / align * align
}
