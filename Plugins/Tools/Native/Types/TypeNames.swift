/// The names of C's types that need no declaration.
enum TypeNames {
    /// Names that are one word, of stdint.h, stddef.h and sys/types.h, and short ones as other languages have them.
    static let words: [String: ScalarKind] = [
        "bool": .bool, "_Bool": .bool, "float": .float, "double": .double,
        "int8_t": .int8, "uint8_t": .uint8, "int16_t": .int16, "uint16_t": .uint16,
        "int32_t": .int32, "uint32_t": .uint32, "int64_t": .int64, "uint64_t": .uint64,
        "i8": .int8, "u8": .uint8, "i16": .int16, "u16": .uint16, "i32": .int32, "u32": .uint32,
        "i64": .int64, "u64": .uint64, "f32": .float, "f64": .double,
        "size_t": .uint64, "ssize_t": .int64, "ptrdiff_t": .int64, "intptr_t": .int64, "uintptr_t": .uint64,
        "intmax_t": .int64, "uintmax_t": .uint64, "off_t": .int64, "time_t": .int64,
    ]

    /// Words that are combined: `unsigned long int`.
    static let parts: Set<String> = ["unsigned", "signed", "short", "long", "int", "char", "double", "float"]

    /// The kind that combined words mean, in any order; nil if C has no such type or it is one without support here.
    static func kind(_ words: [String]) -> ScalarKind? {
        var rest = words
        func take(_ word: String) -> Int {
            let count = rest.count { $0 == word }
            rest.removeAll { $0 == word }
            return count
        }
        let (unsigned, signed, long, short) = (take("unsigned"), take("signed"), take("long"), take("short"))
        guard unsigned + signed <= 1, short <= 1, long <= 2, short == 0 || long == 0 else { return nil }
        switch (rest, long, short) {
        case (["char"], 0, 0): return unsigned == 1 ? .uint8 : signed == 1 ? .int8 : .char
        case (["float"], 0, 0) where unsigned + signed == 0: return .float
        case (["double"], 0, 0) where unsigned + signed == 0: return .double
        case (["int"], 0, 1), ([], 0, 1): return unsigned == 1 ? .uint16 : .int16
        case (["int"], 1..., 0), ([], 1..., 0): return unsigned == 1 ? .uint64 : .int64
        case (["int"], 0, 0): return unsigned == 1 ? .uint32 : .int32
        case ([], 0, 0) where unsigned + signed == 1: return unsigned == 1 ? .uint32 : .int32
        default: return nil
        }
    }

    /// Why a known name of C has no support; nil for other names.
    static func objection(_ word: String) -> String? {
        switch word {
        case "union": "unions are not supported: declare a structure with the one member that is used"
        case "va_list": "va_list is not supported: a function with \"...\" is"
        case "complex", "_Complex": "complex numbers are not supported"
        case "__int128": "integers of 128 bits are not supported"
        case "FILE": "FILE is not known: declare it in handles, if the library gives such pointers and takes them back"
        case "wchar_t": "wide characters are not supported"
        default: nil
        }
    }
}
