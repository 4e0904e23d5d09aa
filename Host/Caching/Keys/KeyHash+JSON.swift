import JackfieldJSON

/// JSON by what it means: members in the order of their keys, strings without their escapes, numbers by value.
extension KeyHash {
    /// What is not valid JSON counts byte by byte.
    mutating func add(json text: String?) {
        guard let text else { return add(byte: 0) }
        guard let value = Self.parse(text) else {
            add(byte: 1)
            return add(text)
        }
        add(byte: 2)
        add(value)
    }

    /// The fields that the vocabulary does not know. An empty object is the same as none.
    /// - Parameter ignoring: Members that do not count.
    mutating func add(extra text: String?, ignoring: Set<String> = []) {
        guard let text else { return add(byte: 0) }
        guard let value = Self.parse(text) else {
            add(byte: 1)
            return add(text)
        }
        guard case .object(let object) = value else {
            add(byte: 2)
            return add(value)
        }
        let members = object.members.filter { !ignoring.contains($0.key) }
        if members.isEmpty { return add(byte: 0) }
        add(byte: 2)
        add(members)
    }

    private static func parse(_ text: String) -> JSON? {
        var text = text
        return text.withUTF8 { try? JSON(parsing: UnsafeRawBufferPointer($0)) }
    }

    private mutating func add(_ value: JSON) {
        switch value {
        case .null: add(byte: UInt8(ascii: "n"))
        case .bool(let flag): add(byte: UInt8(ascii: flag ? "t" : "f"))
        case .number(let text): add(number: text)
        case .string(let text):
            add(byte: UInt8(ascii: "s"))
            add(text)
        case .array(let elements):
            add(byte: UInt8(ascii: "a"))
            add(count: elements.count)
            for element in elements { add(element) }
        case .object(let object): add(object.members)
        }
    }

    private mutating func add(_ members: [JSONObject.Member]) {
        add(byte: UInt8(ascii: "o"))
        add(count: members.count)
        for member in members.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
            add(member.key)
            add(member.value)
        }
    }

    /// Digits without zeros around them, and the power of ten of the last one: `1`, `1.0` and `10e-1` are one number,
    /// and numbers that only a `Double` cannot tell apart are two.
    private mutating func add(number text: String) {
        var digits: [UInt8] = []
        var power = 0
        var isNegative = false
        var isFraction = false
        var bytes = text.utf8[...]
        if bytes.first == UInt8(ascii: "-") {
            isNegative = true
            bytes = bytes.dropFirst()
        }
        while let byte = bytes.first, byte | 0x20 != UInt8(ascii: "e") {
            bytes = bytes.dropFirst()
            if byte == UInt8(ascii: ".") {
                isFraction = true
            } else {
                if isFraction { power -= 1 }
                if !(digits.isEmpty && byte == UInt8(ascii: "0")) { digits.append(byte) }
            }
        }
        if !bytes.isEmpty {
            // An exponent that no machine number holds: the spelling decides.
            guard let exponent = Int32(Substring(bytes.dropFirst())) else {
                add(byte: UInt8(ascii: "x"))
                return add(text)
            }
            power += Int(exponent)
        }
        while digits.last == UInt8(ascii: "0") {
            digits.removeLast()
            power += 1
        }
        if digits.isEmpty { (power, isNegative) = (0, false) }
        add(byte: UInt8(ascii: isNegative ? "-" : "+"))
        add(digits)
        add(Int?(power))
    }
}
