import JackfieldJSON
import JackfieldVocabulary

/// Turns JSON into values in memory, and gathers what of the JSON is wrong.
struct ValueWriter {
    let memory: CallMemory
    /// Nil where no handle can be given: in the configuration.
    let handles: HandleTable?
    /// Of one text.
    let mostBytes: Int
    private(set) var problems: [String] = []

    init(memory: CallMemory, handles: HandleTable?, mostBytes: Int) {
        self.memory = memory
        self.handles = handles
        self.mostBytes = mostBytes
    }

    mutating func add(_ path: String, _ sentence: String) { problems.append("\(path) \(sentence)") }

    /// - Parameter path: how the value is called: `base`, `point.x`.
    /// - Throws: `exhausted` where there is no memory. What is wrong with the value is in `problems`.
    mutating func write(
        _ json: JSON, _ plan: ValuePlan, to place: UnsafeMutableRawPointer, path: String
    ) throws(CallError) {
        if case .scalar(let kind) = plan.type, !kind.isFloating, kind != .bool {
            return writeWhole(json, kind, plan.range!, to: place, path)
        }
        try write(json, plan.type, to: place, path, nullable: plan.nullable)
    }

    private mutating func write(
        _ json: JSON, _ type: CType, to place: UnsafeMutableRawPointer, _ path: String, nullable: Bool = false
    ) throws(CallError) {
        switch type {
        case .void, .pointer: break
        case .scalar(.bool):
            guard let value = json.bool else { return wrong(path, "true or false", json) }
            ScalarMemory.store(value ? 1 : 0, as: .bool, to: place)
        case .scalar(.double):
            guard let value = FloatingText.value(json, as: Double.self) else {
                return wrongNumber(path, json, "double")
            }
            place.storeBytes(of: value, as: Double.self)
        case .scalar(.float):
            guard let value = FloatingText.value(json, as: Float.self) else { return wrongNumber(path, json, "float") }
            place.storeBytes(of: value, as: Float.self)
        case .scalar(let kind): writeWhole(json, kind, kind.range!, to: place, path)
        case .named(let values): writeNamed(json, values, to: place, path)
        case .structure(let type): try writeStructure(json, type, to: place, path)
        case .array(let element, let count): try writeArray(json, element, count, to: place, path)
        case .text: try writeText(json, to: place, path, nullable: nullable)
        case .handle(let kind): writeHandle(json, kind, to: place, path, nullable: nullable)
        }
    }

    // MARK: Numbers

    private mutating func writeWhole(
        _ json: JSON, _ kind: ScalarKind, _ range: ClosedRange<Int128>, to place: UnsafeMutableRawPointer,
        _ path: String
    ) {
        var value = WholeNumber.of(json)
        if value == nil, kind.isWide { value = json.string.flatMap { WholeNumber.digits($0) } }
        guard let value, range.contains(value) else {
            let form = kind.isWide ? " (beyond 2^53 as a string)" : ""
            return wrong(path, "a whole number from \(range.lowerBound) to \(range.upperBound)\(form)", json)
        }
        ScalarMemory.store(value, as: kind, to: place)
    }

    private mutating func writeNamed(
        _ json: JSON, _ values: NamedValues, to place: UnsafeMutableRawPointer, _ path: String
    ) {
        let known = values.entries.map(\.name).joined(separator: ", ")
        if values.isSet {
            guard let names = json.array else { return wrong(path, "a list of some of \(known)", json) }
            var sum: Int128 = 0
            for name in names {
                guard let value = name.string.flatMap({ values.value(of: $0) }) else {
                    return wrong(path, "a list of some of \(known)", name)
                }
                sum |= value
            }
            return ScalarMemory.store(sum, as: values.kind, to: place)
        }
        guard let value = json.string.flatMap({ values.value(of: $0) }) else {
            return wrong(path, "one of \(known)", json)
        }
        ScalarMemory.store(value, as: values.kind, to: place)
    }

    // MARK: Structures

    private mutating func writeStructure(
        _ json: JSON, _ type: StructType, to place: UnsafeMutableRawPointer, _ path: String
    ) throws(CallError) {
        guard let object = json.object else { return wrong(path, "an object with the fields of \(type.name)", json) }
        for field in type.fields {
            guard let value = object[field.name] else {
                add("\(path).\(field.name)", "is missing: it must be \(ValueSchema.words(field.type))")
                continue
            }
            try write(value, field.type, to: place + field.offset, "\(path).\(field.name)", nullable: true)
        }
        for member in object.members where !type.fields.contains(where: { $0.name == member.key }) {
            let fields = type.fields.map(\.name).joined(separator: ", ")
            add("\(path).\(member.key)", "is no field of \(type.name), which has \(fields)")
        }
    }

    private mutating func writeArray(
        _ json: JSON, _ element: CType, _ count: Int, to place: UnsafeMutableRawPointer, _ path: String
    ) throws(CallError) {
        if element == .scalar(.char) {
            guard let text = json.string, text.utf8.count < count, !text.utf8.contains(0) else {
                return wrong(path, "text of at most \(count - 1) bytes without NUL", json)
            }
            for (index, byte) in text.utf8.enumerated() {
                place.storeBytes(of: byte, toByteOffset: index, as: UInt8.self)
            }
            return
        }
        guard let values = json.array, values.count == count else {
            return wrong(path, "an array of \(count) elements", json)
        }
        for (index, value) in values.enumerated() {
            try write(value, element, to: place + index * element.size, "\(path)[\(index)]", nullable: true)
        }
    }

    // MARK: Pointers

    private mutating func writeText(
        _ json: JSON, to place: UnsafeMutableRawPointer, _ path: String, nullable: Bool
    ) throws(CallError) {
        var address: UInt = 0
        if !(json.isNull && nullable) {
            guard let text = json.string else { return wrong(path, nullable ? "text or null" : "text", json) }
            guard !text.utf8.contains(0) else {
                return add(path, "must be text without NUL, which ends text in C")
            }
            guard text.utf8.count <= mostBytes else {
                return add(path, "must have at most \(mostBytes) bytes, and has \(text.utf8.count)")
            }
            address = UInt(bitPattern: try memory.text(text))
        }
        place.storeBytes(of: address, as: UInt.self)
    }

    private mutating func writeHandle(
        _ json: JSON, _ kind: String, to place: UnsafeMutableRawPointer, _ path: String, nullable: Bool
    ) {
        var address: UInt = 0
        if !(json.isNull && nullable) {
            guard let token = json.string, let handles else {
                return wrong(path, "a handle of the kind \(kind)\(nullable ? ", or null" : "")", json)
            }
            switch handles.find(token, kind: kind) {
            case .pointer(let found): address = found
            case .nothing(let sentence): return add(path, sentence)
            }
        }
        place.storeBytes(of: address, as: UInt.self)
    }

    // MARK: Sentences

    private mutating func wrongNumber(_ path: String, _ json: JSON, _ type: String) {
        let words = FloatingText.words.map { "\"\($0)\"" }.joined(separator: ", ")
        wrong(path, "a number that fits in a \(type), or one of \(words)", json)
    }

    /// What was given is told in so far as it is short.
    mutating func wrong(_ path: String, _ right: String, _ json: JSON) {
        let found: String =
            switch json {
            case .number(let text) where text.utf8.count <= 40: text
            case .string(let text) where text.utf8.count <= 40: "\"\(text)\""
            case .bool(let value): "\(value)"
            default: json.kindName
            }
        add(path, "must be \(right), and is \(found)")
    }
}
