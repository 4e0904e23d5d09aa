import JackfieldJSON
import JackfieldPlugin

/// The input of a `tool_use` block.
enum ToolCallInput {
    /// The arguments of a call as a JSON object. What the model wrote and is none is wrapped, as the vendor advises
    /// ("Fine-grained tool streaming", on invalid JSON).
    static func object(_ arguments: String) -> String {
        if ContentBlock.isBlank(arguments) { return "{}" }
        var copy = arguments
        let isObject = copy.withUTF8 { utf8 in
            var cursor = JSONCursor(utf8)
            return cursor.peek() == UInt8(ascii: "{") && (try? cursor.value()) != nil && (try? cursor.end()) != nil
        }
        return isObject ? arguments : JSON.object(["INVALID_JSON": .string(arguments)]).text
    }
}
