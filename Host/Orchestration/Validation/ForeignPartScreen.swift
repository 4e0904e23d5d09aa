import JackfieldJSON

/// Shows validators what lies in a part that the vocabulary does not know: its JSON as it is, and then, in order, each
/// text that the JSON holds in another form (`EmbeddedText`). Providers decode files and pass blocks of their own on;
/// the host does not know which, so it looks into every string. The work grows with the length of the part: each string is
/// read once for each form, and nothing that was decoded is decoded again.
enum ForeignPartScreen {
    /// Media types and names of formats that say that bytes are text (Bedrock's DocumentBlock has names).
    private static let textFormats: Set<String> = ["txt", "md", "csv", "html", "text"]

    /// - Parameter visit: may replace the text. It is called as often and in the same order for the same part.
    static func visit(_ part: inout String, _ visit: (inout String) -> Void) {
        let given = part
        visit(&part)
        guard let tree = try? JSON(parsing: given) else { return }
        var replaced: [Int: String] = [:]
        var count = 0
        walk(tree, isText: false, &count) { number, string, isText in
            for embedded in EmbeddedText.found(in: string, isDeclared: isText) {
                var text = embedded.text
                visit(&text)
                if text != embedded.text { replaced[number] = embedded.replaced(by: text) }
            }
        }
        if replaced.isEmpty { return }
        // The JSON may have been rewritten too. If its strings are still the same in number, each is in its place; if
        // not, nobody knows what to put where, and a provider refuses what is no object.
        guard let rewritten = part == given ? tree : try? JSON(parsing: part) else { return part = "" }
        var countAfter = 0
        walk(rewritten, isText: false, &countAfter) { _, _, _ in }
        guard countAfter == count else { return part = "" }
        var writer = JSONWriter(capacity: part.utf8.count)
        var number = 0
        write(rewritten, replaced, &number, &writer)
        part = String(decoding: writer.bytes, as: UTF8.self)
    }

    /// Visit the strings that are values, numbered as they come.
    private static func walk(
        _ json: JSON, isText: Bool, _ number: inout Int, _ visit: (_ number: Int, String, _ isText: Bool) -> Void
    ) {
        switch json {
        case .string(let string):
            visit(number, string, isText)
            number += 1
        case .array(let elements):
            for element in elements { walk(element, isText: isText, &number, visit) }
        case .object(let object):
            let isText = isText || object.members.contains { saysText($0) }
            for member in object.members { walk(member.value, isText: isText, &number, visit) }
        case .number, .bool, .null: break
        }
    }

    /// Whether a member says that what is beside it is text.
    private static func saysText(_ member: JSONObject.Member) -> Bool {
        switch (member.key, member.value) {
        case ("format", .string(let format)): textFormats.contains(format.lowercased())
        case ("media_type", .string(let type)), ("mime_type", .string(let type)), ("mimeType", .string(let type)):
            type.lowercased().hasPrefix("text/")
        default: false
        }
    }

    private static func write(
        _ json: JSON, _ replaced: [Int: String], _ number: inout Int, _ writer: inout JSONWriter
    ) {
        switch json {
        case .string(let string):
            writer.string(replaced[number] ?? string)
            number += 1
        case .array(let elements):
            writer.beginArray()
            for element in elements { write(element, replaced, &number, &writer) }
            writer.endArray()
        case .object(let object):
            writer.beginObject()
            for member in object.members {
                writer.key(member.key)
                write(member.value, replaced, &number, &writer)
            }
            writer.endObject()
        case .number, .bool, .null: writer.write(json)
        }
    }
}
