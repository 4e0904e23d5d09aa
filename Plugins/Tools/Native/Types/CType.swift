/// A type of C, as far as arguments and results can have it.
package indirect enum CType: Sendable, Hashable {
    case void
    case scalar(ScalarKind)
    /// An integer that the caller knows by names.
    case named(NamedValues)
    case structure(StructType)
    /// Within a structure.
    case array(CType, count: Int)
    /// `char *` to text that ends with NUL.
    case text
    /// A pointer that only the library follows; the caller holds a token for it.
    case handle(String)
    case pointer(CType, isConst: Bool)

    /// Bytes; 0 for void.
    package var size: Int {
        switch self {
        case .void: 0
        case .scalar(let kind): kind.size
        case .named(let values): values.kind.size
        case .structure(let type): type.size
        case .array(let element, let count): element.size * count
        case .text, .handle, .pointer: MemoryLayout<UnsafeRawPointer>.size
        }
    }

    package var alignment: Int {
        switch self {
        case .void: 1
        case .structure(let type): type.alignment
        case .array(let element, _): element.alignment
        default: size
        }
    }

    /// The number that stands for it in memory; nil for what is none.
    package var scalar: ScalarKind? {
        switch self {
        case .scalar(let kind): kind
        case .named(let values): values.kind
        default: nil
        }
    }

    /// As C writes it, for messages.
    package var spelling: String {
        switch self {
        case .void: "void"
        case .scalar(let kind): kind.rawValue
        case .named(let values): values.name
        case .structure(let type): "struct \(type.name)"
        case .array(let element, let count): "\(element.spelling)[\(count)]"
        case .text: "const char *"
        case .handle(let name): "\(name) *"
        case .pointer(let pointee, let isConst):
            "\(isConst ? "const " : "")\(pointee.spelling)\(pointee.spelling.hasSuffix("*") ? "*" : " *")"
        }
    }
}

/// Integers with names: an `enum`, or the constants that a library defines for one argument.
package struct NamedValues: Sendable, Hashable {
    package struct Entry: Sendable, Hashable {
        package var name: String
        package var value: Int128
    }

    /// For messages.
    package var name: String
    /// How it lies in memory.
    package var kind: ScalarKind
    package var entries: [Entry]
    /// Bits that are combined: the caller gives a list of names.
    package var isSet: Bool

    package func value(of name: String) -> Int128? { entries.first { $0.name == name }?.value }
    package func name(of value: Int128) -> String? { entries.first { $0.value == value }?.name }
}
