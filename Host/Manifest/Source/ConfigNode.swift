/// A YAML value with its place: what Yams composed, without Yams.
///
/// Scalars stay as written until a typed field asks for them: `0755`, `on` and `1.0` mean what the field's type says.
struct ConfigNode: Sendable {
    struct Entry: Sendable {
        var key: String
        var keyPosition: SourcePosition
        var value: ConfigNode
    }

    struct Scalar: Sendable {
        /// As written; interpolated text has its secrets in `complete` only.
        var text: String
        /// Whether quotes or a block style say that it is a string whatever it looks like.
        var isQuoted: Bool
        /// The text with secrets in place, where it held some.
        var complete: Secret?
        /// Whether the text came out of an interpolation.
        var isInterpolated = false
        /// Whether a variable of a disabled plugin was not set: the value is then not looked at.
        var isUnresolved = false
        /// Whether `${` is just text: values from the environment.
        var isLiteral = false
        /// Whether it came from one line of text (environment, command line), where a list is written with commas.
        var isOverride = false
    }

    enum Value: Sendable {
        case null
        case scalar(Scalar)
        case sequence([ConfigNode])
        case mapping([Entry])
    }

    var value: Value
    var position: SourcePosition

    init(_ value: Value, at position: SourcePosition) {
        self.value = value
        self.position = position
    }

    /// The value under a key; nil when this is no mapping or has no such key.
    subscript(key: String) -> ConfigNode? {
        guard case .mapping(let entries) = self.value else { return nil }
        return entries.first { $0.key == key }?.value
    }

    /// For messages: "a list".
    var kindName: String {
        switch self.value {
        case .null: "nothing"
        case .scalar(let scalar): scalar.isQuoted ? "the text \(scalar.text.quoted)" : scalar.text.quoted
        case .sequence: "a list"
        case .mapping: "a map"
        }
    }
}
