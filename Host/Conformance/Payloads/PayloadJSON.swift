package import CJackfield
package import JackfieldJSON
import JackfieldVocabulary

/// A payload from JSON whose members are named like the struct's fields, and back: driven by the layout tables, so that
/// a role that is added tomorrow needs no code here.
package enum PayloadJSON {
    package struct Mistake: Error, CustomStringConvertible {
        package let description: String
    }

    /// How structs differ from those that this version knows.
    package struct Shape: Sendable {
        /// Bytes by which the head is longer; below 0: shorter, and fields that lie there are left out.
        package var head = 0
        /// Bytes by which list elements are longer, a multiple of 8.
        package var element = 0
        /// What stands in the part that is longer.
        package var tail: UInt8 = 0

        package init(head: Int = 0, element: Int = 0, tail: UInt8 = 0) {
            self.head = head
            self.element = element
            self.tail = tail
        }
    }

    /// - Throws: `Mistake` where a member is no field of the struct, or not of its kind.
    package static func encode(
        _ json: JSON, as layout: UnsafePointer<jackfield_layout>, shape: Shape = Shape()
    ) throws -> [UInt8] {
        let known = Int(layout.pointee.size)
        var bytes = [UInt8](repeating: 0, count: known + shape.head)
        for at in min(known, bytes.count)..<bytes.count { bytes[at] = shape.tail }
        try encode(json, layout, at: 0, size: bytes.count, into: &bytes, shape)
        store(UInt32(known + shape.head), at: 0, in: &bytes)
        return bytes
    }

    private static func encode(
        _ json: JSON, _ layout: UnsafePointer<jackfield_layout>, at: Int, size: Int, into bytes: inout [UInt8],
        _ shape: Shape
    ) throws {
        let name = String(cString: layout.pointee.name)
        let fields = LayoutTable(layout).fields
        // An element that is one text may be written as that text.
        var json = json
        if layout.pointee.headed == 0, fields.count == 1, json.object == nil {
            json = .object(JSONObject([(fields[0].name, json)]))
        }
        guard case .object(let object) = json else {
            throw Mistake(description: "\(name) is written as a JSON object, not as \(json.kindName)")
        }
        for member in object.members {
            guard let field = fields.first(where: { $0.name == member.key }), field.kind != JACKFIELD_KIND_ZERO else {
                throw Mistake(description: "\(name) has no field \(member.key)")
            }
            guard Int(field.offset) < size else { continue }
            let offset = at + Int(field.offset)
            func wrong(_ wanted: String) -> Mistake {
                Mistake(description: "\(name).\(field.name) is \(wanted), not \(member.value.kindName)")
            }
            switch field.kind {
            case JACKFIELD_KIND_U32:
                guard let value = member.value.int.flatMap({ UInt32(exactly: $0) }) else { throw wrong("a number") }
                store(value, at: offset, in: &bytes)
            case JACKFIELD_KIND_I32:
                guard let value = member.value.int.flatMap({ Int32(exactly: $0) }) else { throw wrong("a number") }
                store(value, at: offset, in: &bytes)
            case JACKFIELD_KIND_U64:
                guard let value = member.value.int.flatMap({ UInt64(exactly: $0) }) else { throw wrong("a number") }
                store(value, at: offset, in: &bytes)
            case JACKFIELD_KIND_I64:
                guard let value = member.value.int else { throw wrong("a number") }
                store(Int64(value), at: offset, in: &bytes)
            case JACKFIELD_KIND_F64:
                // What JSON has no numbers for is written as Swift writes it: "inf", "nan".
                guard let value = member.value.string.flatMap({ Double($0) }) ?? member.value.double else {
                    throw wrong("a number")
                }
                store(value, at: offset, in: &bytes)
            case JACKFIELD_KIND_TEXT, JACKFIELD_KIND_DATA:
                if member.value.isNull { continue }
                // An object or array stands for its JSON text.
                let text = member.value.string ?? member.value.text
                store(
                    jackfield_text(offset: UInt32(bytes.count), length: UInt32(text.utf8.count)), at: offset, in: &bytes
                )
                bytes += text.utf8
            default:
                guard let items = member.value.array, let element = field.element else { throw wrong("an array") }
                guard !items.isEmpty else { continue }
                let known = Int(element.pointee.size)
                let stride = known + shape.element
                while bytes.count % 8 != 0 { bytes.append(0) }
                let start = bytes.count
                bytes += [UInt8](repeating: 0, count: stride * items.count)
                store(
                    jackfield_list(
                        offset: UInt32(start), count: UInt32(items.count), stride: UInt32(stride), reserved: 0),
                    at: offset, in: &bytes)
                for (index, item) in items.enumerated() {
                    let place = start + index * stride
                    for at in known..<max(known, stride) { bytes[place + at] = shape.tail }
                    try encode(item, element, at: place, size: stride, into: &bytes, shape)
                }
            }
        }
    }

    private static func store<Value: BitwiseCopyable>(_ value: Value, at offset: Int, in bytes: inout [UInt8]) {
        bytes.withUnsafeMutableBytes { $0.storeBytes(of: value, toByteOffset: offset, as: Value.self) }
    }

    /// - Precondition: the payload passed `jackfield_check` for the layout.
    package static func decode(_ bytes: [UInt8], as layout: UnsafePointer<jackfield_layout>) -> JSON {
        bytes.withUnsafeBytes { bytes in
            guard bytes.count >= 4 else { return .null }
            let size = min(Int(bytes.loadUnaligned(as: UInt32.self)), bytes.count)
            return decode(PayloadReader(checked: bytes), layout, at: 0, size: size)
        }
    }

    private static func decode(
        _ reader: PayloadReader, _ layout: UnsafePointer<jackfield_layout>, at: Int, size: Int
    ) -> JSON {
        var object = JSONObject()
        func load<Value: BitwiseCopyable>(_ offset: UInt32, _ type: Value.Type) -> Value? {
            guard Int(offset) + MemoryLayout<Value>.size <= size else { return nil }
            return reader.bytes.loadUnaligned(fromByteOffset: at + Int(offset), as: Value.self)
        }
        for field in LayoutTable(layout).fields where field.kind != JACKFIELD_KIND_ZERO {
            if layout.pointee.headed == 1, field.offset == 0 { continue }
            switch field.kind {
            case JACKFIELD_KIND_U32: object[field.name] = load(field.offset, UInt32.self).map { JSON($0) }
            case JACKFIELD_KIND_I32: object[field.name] = load(field.offset, Int32.self).map { JSON($0) }
            case JACKFIELD_KIND_U64: object[field.name] = load(field.offset, UInt64.self).map { JSON($0) }
            case JACKFIELD_KIND_I64: object[field.name] = load(field.offset, Int64.self).map { JSON($0) }
            case JACKFIELD_KIND_F64:
                object[field.name] = load(field.offset, Double.self).map { $0.isFinite ? JSON($0) : .string("\($0)") }
            case JACKFIELD_KIND_TEXT, JACKFIELD_KIND_DATA:
                guard let text = load(field.offset, jackfield_text.self), text.offset != 0 else { continue }
                object[field.name] = .string(reader.text(text))
            default:
                guard let list = load(field.offset, jackfield_list.self), let element = field.element else { continue }
                object[field.name] = .array(
                    (0..<Int(list.count)).map {
                        decode(
                            reader, element, at: Int(list.offset) + $0 * Int(list.stride), size: Int(list.stride))
                    })
            }
        }
        return .object(object)
    }
}
