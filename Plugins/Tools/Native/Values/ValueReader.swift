import Glibc
import JackfieldJSON
import JackfieldPlugin

/// Turns values in memory into JSON.
struct ValueReader {
    let handles: HandleTable
    /// Of one text.
    let mostBytes: Int

    /// - Parameters:
    ///   - place: where the value is; it need not be aligned.
    ///   - isCut: set where a text was longer than the limit, and left alone otherwise.
    func json(_ type: CType, at place: UnsafeRawPointer, isCut: inout Bool) -> JSON {
        switch type {
        case .void: return .null
        case .scalar(.bool): return .bool(place.loadUnaligned(as: UInt8.self) != 0)
        case .scalar(.double): return FloatingText.json(place.loadUnaligned(as: Double.self))
        case .scalar(.float): return FloatingText.json(place.loadUnaligned(as: Float.self))
        case .scalar(let kind): return WholeNumber.json(ScalarMemory.whole(kind, at: place))
        case .named(let values): return named(ScalarMemory.whole(values.kind, at: place), values)
        case .structure(let type):
            var object = JSONObject()
            for field in type.fields {
                object[field.name] = json(field.type, at: place + field.offset, isCut: &isCut)
            }
            return .object(object)
        case .array(.scalar(.char), let count): return .string(text(UnsafeRawBufferPointer(start: place, count: count)))
        case .array(let element, let count):
            return list(element, count: count, at: place, isCut: &isCut)
        case .text: return text(at: place, isCut: &isCut).map { .string($0) } ?? .null
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
    func text(at place: UnsafeRawPointer, isCut: inout Bool) -> String? {
        guard let pointer = place.loadUnaligned(as: UnsafePointer<CChar>?.self) else { return nil }
        // One byte further: text that just fits has its NUL there.
        let length = strnlen(pointer, mostBytes + 1)
        let count = min(length, mostBytes)
        if length > count { isCut = true }
        return String(decoding: UnsafeRawBufferPointer(start: pointer, count: count), as: UTF8.self)
    }

    /// Up to the first zero.
    func text(_ bytes: UnsafeRawBufferPointer) -> String { String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self) }

    /// Elements one after the other.
    func buffer(
        _ element: CType, _ encoding: ArgumentConfig.Encoding, count: Int, at place: UnsafeRawPointer,
        isCut: inout Bool
    ) -> JSON {
        let bytes = UnsafeRawBufferPointer(start: place, count: count * max(1, element.size))
        switch encoding {
        case .utf8: return .string(String(decoding: bytes, as: UTF8.self))
        case .base64: return .string(String(decoding: Base64.encode(Array(bytes)), as: UTF8.self))
        case .hex: return .string(HexText.text(bytes))
        case .list: return list(element, count: count, at: place, isCut: &isCut)
        }
    }

    private func list(_ element: CType, count: Int, at place: UnsafeRawPointer, isCut: inout Bool) -> JSON {
        var list: [JSON] = []
        list.reserveCapacity(count)
        for index in 0..<count { list.append(json(element, at: place + index * element.size, isCut: &isCut)) }
        return .array(list)
    }
}
