import JackfieldJSON
import JackfieldPlugin
import JackfieldVocabulary

extension ValueWriter {
    /// The elements of a buffer, as bytes for the function. Nil after a problem.
    ///
    /// - Parameter room: elements that there must be room for at least.
    mutating func buffer(
        _ json: JSON, _ plan: BufferPlan, room: Int, path: String
    ) throws(CallError) -> (place: UnsafeMutableRawPointer, count: Int)? {
        let size = max(1, plan.element.size)
        if plan.encoding == .list {
            guard let values = json.array else {
                wrong(path, "an array of \(ValueSchema.words(plan.element))", json)
                return nil
            }
            guard check(values.count, size, plan, path) else { return nil }
            let before = problems.count
            let place = try memory.room(for: max(values.count, room) * size)
            for (index, value) in values.enumerated() {
                try write(value, ValuePlan(plan.element), to: place + index * size, path: "\(path)[\(index)]")
            }
            return problems.count == before ? (place, values.count) : nil
        }
        guard let bytes = bytes(json, plan.encoding, path), check(bytes.count, 1, plan, path) else { return nil }
        let place = try memory.room(for: max(bytes.count, room))
        place.copyMemory(from: bytes, byteCount: bytes.count)
        return (place, bytes.count)
    }

    private mutating func bytes(_ json: JSON, _ encoding: ArgumentConfig.Encoding, _ path: String) -> [UInt8]? {
        guard let text = json.string else {
            wrong(path, "a string with bytes as \(encoding.rawValue)", json)
            return nil
        }
        switch encoding {
        case .utf8: return Array(text.utf8)
        case .base64:
            if let bytes = Base64.decode(text.utf8) { return bytes }
            add(path, "must be bytes as base64, and is none")
        case .hex:
            if let bytes = HexText.bytes(text) { return bytes }
            add(path, "must be bytes as pairs of hexadecimal digits, and is none")
        case .list: break
        }
        return nil
    }

    private mutating func check(_ count: Int, _ size: Int, _ plan: BufferPlan, _ path: String) -> Bool {
        if let exact = plan.exactCount, count != exact {
            add(path, "must have \(exact) \(plan.encoding == .list ? "elements" : "bytes"), and has \(count)")
            return false
        }
        if case .constant(let most)? = plan.capacity, count > most {
            add(path, "must have at most \(most) \(plan.encoding == .list ? "elements" : "bytes"), and has \(count)")
            return false
        }
        guard count <= mostBytes / size else {
            add(path, "must have at most \(mostBytes) bytes, and has \(count * size)")
            return false
        }
        return true
    }
}
