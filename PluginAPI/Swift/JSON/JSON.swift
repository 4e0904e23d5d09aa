/// A JSON value (RFC 8259), made for the request path: no Foundation, numbers keep their digits, objects their order.
///
/// Parse with `JSON(parsing:)`, write with `bytes` or a `JSONWriter`.
public enum JSON: Sendable, Hashable {
    case null
    case bool(Bool)
    /// The number as it was written, so that no digit is lost on the way through.
    case number(String)
    case string(String)
    case array([JSON])
    case object(JSONObject)
}

/// The members of an object in the order in which they were written. Keys are unique.
public struct JSONObject: Sendable, Hashable {
    public internal(set) var members: [Member]

    public struct Member: Sendable, Hashable {
        public var key: String
        public var value: JSON
    }

    public init() { members = [] }

    /// Of two pairs with the same key the later value counts, in the earlier place.
    public init(_ pairs: [(String, JSON)]) {
        members = []
        set(pairs.lazy.map { Member(key: $0, value: $1) })
    }

    /// Set many members as if one by one, in time that grows with their number and not with its square.
    public mutating func set(_ others: some Sequence<Member>) {
        // Few keys are compared one by one; many through a table of where they are.
        var places: [String: Int]?
        for member in others {
            if places == nil {
                guard members.count >= 16 else {
                    self[member.key] = member.value
                    continue
                }
                places = Dictionary(uniqueKeysWithValues: members.enumerated().map { ($1.key, $0) })
            }
            if let at = places?[member.key] {
                members[at].value = member.value
            } else {
                places?[member.key] = members.count
                members.append(member)
            }
        }
    }

    public var isEmpty: Bool { members.isEmpty }
    public var count: Int { members.count }

    /// The value of a key, found by walking the members: right for the small objects of requests. Setting nil removes.
    public subscript(key: String) -> JSON? {
        get { members.first { $0.key == key }?.value }
        set {
            if let at = members.firstIndex(where: { $0.key == key }) {
                if let newValue { members[at].value = newValue } else { members.remove(at: at) }
            } else if let newValue {
                members.append(Member(key: key, value: newValue))
            }
        }
    }
}

extension JSON {
    public subscript(key: String) -> JSON? {
        if case .object(let object) = self { object[key] } else { nil }
    }

    public subscript(index: Int) -> JSON? {
        if case .array(let array) = self, array.indices.contains(index) { array[index] } else { nil }
    }

    public var string: String? { if case .string(let value) = self { value } else { nil } }
    public var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
    public var array: [JSON]? { if case .array(let value) = self { value } else { nil } }
    public var object: JSONObject? { if case .object(let value) = self { value } else { nil } }
    public var double: Double? { if case .number(let text) = self { Double(text) } else { nil } }
    public var isNull: Bool { self == .null }

    /// The number as an integer, also where it was written as `1.0` or `1e3`; nil if it has a fraction or does not fit.
    public var int: Int? {
        guard case .number(let text) = self else { return nil }
        return Int(text) ?? Double(text).flatMap(Int.init(exactly:))
    }

    /// What the value is, for messages: "an object", "a number".
    public var kindName: String {
        switch self {
        case .null: "null"
        case .bool: "a boolean"
        case .number: "a number"
        case .string: "a string"
        case .array: "an array"
        case .object: "an object"
        }
    }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral
{
    public init(stringLiteral value: String) { self = .string(value) }
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    public init(integerLiteral value: Int) { self = .number(String(value)) }
    public init(arrayLiteral elements: JSON...) { self = .array(elements) }
    public init(dictionaryLiteral elements: (String, JSON)...) { self = .object(JSONObject(elements)) }
    public init(nilLiteral: ()) { self = .null }

    public init(_ value: some BinaryInteger) { self = .number(String(value)) }
    /// A number; JSON has no infinities and no NaN: those become null.
    public init(_ value: Double) {
        if let whole = Int64(exactly: value), whole.magnitude < 1 << 53 {
            self = .number(String(whole))
        } else {
            self = value.isFinite ? .number(String(value)) : .null
        }
    }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    public init(dictionaryLiteral elements: (String, JSON)...) { self.init(elements) }
}
