import JackfieldJSON

/// The rules for one value.
struct SchemaNode: Sendable {
    enum Kind: String, Sendable, CaseIterable {
        case null, boolean, integer, number, string, array, object

        func allows(_ value: JSON) -> Bool {
            switch (self, value) {
            case (.null, .null), (.boolean, .bool), (.number, .number), (.string, .string), (.array, .array),
                (.object, .object):
                true
            case (.integer, .number(let text)):
                value.int != nil || Double(text).map { $0 == $0.rounded() && $0.isFinite } ?? false
            default: false
            }
        }
    }

    enum Additional: Sendable {
        case any, none
        case schema(SchemaNode)
    }

    struct Property: Sendable {
        let key: String
        let schema: SchemaNode
    }

    /// Empty: any.
    var kinds: [Kind] = []
    var choices: [JSON]?
    var minimum: Double?
    var maximum: Double?
    var exclusiveMinimum: Double?
    var exclusiveMaximum: Double?
    var lengths = 0...Int.max
    var counts = 0...Int.max
    var isUnique = false
    var pattern: String?
    var format: Format?
    var fallback: JSON?
    var required: [String] = []
    var properties: [Property] = []
    /// A struct cannot hold itself, so that schemas of children stand in arrays of one.
    var items: [SchemaNode] = []
    var names: [SchemaNode] = []
    var additional: [Additional] = [.any]
    /// The schema `false`.
    var isNever = false

    enum Format: String, Sendable, CaseIterable { case duration, uri }

    func property(_ key: String) -> SchemaNode? { self.properties.first { $0.key == key }?.schema }
}
