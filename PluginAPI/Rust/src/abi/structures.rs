//! Declares payload structs: the struct, its layout, and the assertions of sizes.h in one.

/// `headed` or `element`, the name here and in C, the size, the size in the first release; then the fields with
/// offsets.
macro_rules! structures {
    ($(
        $(#[$note:meta])*
        $form:ident $name:ident = $c:literal, $size:literal, $least:literal {
            $($field:ident: $type:ty = $offset:literal,)+
        }
    )+) => { $(
        $(#[$note])*
        #[repr(C)]
        #[derive(Clone, Copy, Debug, Default)]
        #[allow(missing_docs)]
        pub struct $name {
            $(pub $field: $type,)+
        }

        // SAFETY: the fields are integers, doubles and structs of integers, and the assertions below leave no room for
        // padding: a field begins where the one before it ends.
        unsafe impl $crate::abi::layout::Structure for $name {
            const LAYOUT: &'static $crate::abi::layout::Layout = &$crate::abi::layout::Layout {
                name: $c,
                size: $size,
                least: $least,
                headed: structures!(@headed $form),
                fields: &[$(
                    $crate::abi::layout::Field {
                        name: stringify!($field),
                        offset: $offset,
                        kind: <$type as $crate::abi::layout::FieldType>::KIND,
                        element: <$type as $crate::abi::layout::FieldType>::ELEMENT,
                    },
                )+],
            };
            structures!(@sized $form);
        }

        const _: () = {
            let mut at = 0;
            $(
                assert!(at == $offset);
                assert!(at % std::mem::align_of::<$type>() == 0);
                at += std::mem::size_of::<$type>();
            )+
            assert!(at == $size);
            assert!(std::mem::size_of::<$name>() == $size);
        };
    )+ };
    (@headed headed) => { true };
    (@headed element) => { false };
    (@sized headed) => {
        fn sized(mut self) -> Self {
            self.size = std::mem::size_of::<Self>() as u32;
            self
        }
    };
    (@sized element) => {
        fn sized(self) -> Self {
            self
        }
    };
}
