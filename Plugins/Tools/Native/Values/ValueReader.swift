import Glibc
import JackfieldJSON
import JackfieldPlugin

/// Turns values in memory into JSON.
struct ValueReader {
    let handles: HandleTable
    /// Of one text.
    let mostBytes: Int

    /// - Parameter place: where the value is; it need not be aligned.
    func json(_ type: CType, at place: UnsafeRawPointer) -> JSON {
        switch type {
        case .void: return .null
        case .scalar(.bool): return .bool(place.loadUnaligned(as: UInt8.self) != 0)
        case .scalar(.double): return FloatingText.json(place.loadUnaligned(as: Double.self))
        case .scalar(.float): return FloatingText.json(place.loadUnaligned(as: Float.self))
        case .scalar(let kind): return WholeNumber.json(ScalarMemory.whole(kind, at: place))
        case .named(let values): return named(ScalarMemory.whole(values.kind, at: place), values)
        case .structure(let type):
            return .object(JSONObject(type.fields.map { ($0.name, json($0.type, at: place + $0.offset)) }))
        case .array(.scalar(.char), let count): return .string(text(UnsafeRawBufferPointer(start: place, count: count)))
        case .array(let element, let count):
            return .array((0..<count).map { json(element, at: place + $0 * element.size) })
        case .text: return text(at: place).map { .string($0) } ?? .null
        case .handle(let kind):
            guard let pointer = place.loadUnaligned(as: UnsafeRawPointer?.self) else { return .null }
            return .string(handles.token(for: pointer, kind: kind))
        case .pointer: return .null
        }
    }

    /// A number that has no name is told as a number.
    private func named(_ value: Int128, _ values: NamedValues) -> JSON {
        guard values.isSet else { return values.name(of: value).map { .string($0) } ?? WholeNumber.json(value) }
        var names: [JSON] = []
        var rest = value
        for entry in values.entries where entry.value != 0 && value & entry.value == entry.value {
            names.append(.string(entry.name))
            rest &= ~entry.value
        }
        return rest == 0 ? .array(names) : WholeNumber.json(value)
    }

    /// What a pointer in memory points to, up to NUL and no further than the limit. Nil for null.
    func text(at place: UnsafeRawPointer) -> String? {
        guard let pointer = place.loadUnaligned(as: UnsafePointer<CChar>?.self) else { return nil }
        let count = strnlen(pointer, mostBytes)
        return String(decoding: UnsafeRawBufferPointer(start: pointer, count: count), as: UTF8.self)
    }

    /// Up to the first zero.
    func text(_ bytes: UnsafeRawBufferPointer) -> String { String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self) }

    /// Elements one after the other.
    func buffer(
        _ element: CType, _ encoding: ArgumentConfig.Encoding, count: Int, at place: UnsafeRawPointer
    ) -> JSON {
        let bytes = UnsafeRawBufferPointer(start: place, count: count * max(1, element.size))
        switch encoding {
        case .utf8: return .string(String(decoding: bytes, as: UTF8.self))
        case .base64: return .string(String(decoding: Base64.encode(Array(bytes)), as: UTF8.self))
        case .hex: return .string(HexText.text(bytes))
        case .list: return .array((0..<count).map { json(element, at: place + $0 * element.size) })
        }
    }
}
