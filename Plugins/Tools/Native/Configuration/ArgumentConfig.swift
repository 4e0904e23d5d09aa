package import JackfieldJSON

/// What C does not say of a parameter, or of what a function returns.
package struct ArgumentConfig: Sendable, Hashable {
    /// Elements of a buffer; the bound of every configured count.
    static let mostElements = 64 << 20

    package var description: String?
    /// The operator's own value: the caller neither sees nor gives the argument. Null and whole numbers also for pointers.
    package var value: JSON?
    /// For callers that leave it out.
    package var fallback: JSON?
    /// Makes a buffer of a pointer: who has the number of elements.
    package var length: CountOrName?
    /// Elements that a buffer has room for, where the function writes it.
    package var capacity: CountOrName?
    /// The parameter in which the function is told the capacity, where that is not `length`.
    package var size: String?
    package var encoding: Encoding?
    /// The function that frees the text that this pointer is left with.
    package var free: String?
    /// Whether the caller may give null.
    package var nullable = false
    package var minimum: Int128?
    package var maximum: Int128?
    /// Names of integers; with `isSet` bits that are combined.
    package var names: [NamedValues.Entry]?
    package var isSet = false
    /// A handle that is there although the function failed is given to the handle's close function.
    package var closeOnFailure = false
    /// For what a function returns: it is left out of the result.
    package var isHidden = false

    /// How bytes stand in JSON.
    package enum Encoding: String, Sendable, Hashable, CaseIterable {
        case utf8, base64, hex
        /// An array of numbers.
        case list
    }

    package init() {}

    static let parameterKeys = [
        "description", "value", "default", "length", "capacity", "size", "encoding", "free", "nullable", "minimum",
        "maximum", "names", "flags", "close_on_failure",
    ]
    static let resultKeys = ["description", "length", "encoding", "free", "names", "flags", "hidden"]

    init(_ json: JSON, _ path: String, keys: [String], _ problems: inout ConfigProblems) {
        guard let table = ConfigTable(json, path, keys: keys, &problems) else { return }
        description = table.text("description", &problems)
        value = table["value"]
        fallback = table["default"]
        length = table.countOrName("length", &problems)
        capacity = table.countOrName("capacity", &problems)
        size = table.text("size", &problems)
        if let text = table.text("encoding", &problems) {
            encoding = Encoding(rawValue: text)
            if encoding == nil {
                problems.add("\(path).encoding", "must be utf8, base64, hex or list, and is \"\(text)\"")
            }
        }
        free = table.text("free", &problems)
        nullable = table.bool("nullable", &problems) ?? false
        minimum = table.whole("minimum", &problems)
        maximum = table.whole("maximum", &problems)
        names = table.names("names", &problems)
        if let flags = table.names("flags", &problems) {
            if names != nil { problems.add("\(path).flags", "stands beside names: write one of the two") }
            names = flags
            isSet = true
        }
        closeOnFailure = table.bool("close_on_failure", &problems) ?? false
        isHidden = table.bool("hidden", &problems) ?? false
    }
}
