import JackfieldJSON
import JackfieldVocabulary
import Manifest

/// Whether what a plugin lists as its tools can be used: names that are unique and fit everywhere, and schemas that a
/// model can be told.
enum ToolListCheck {
    /// More tools than this in one plugin are refused: no model could be told of them.
    static let most = 512
    /// Bytes of one description or schema.
    static let longest = 64 * 1024

    /// What is wrong, as the end of a sentence that begins with the plugin's id; nil if nothing is.
    static func problem(in tools: [Tool.Entry]) -> String? {
        if tools.count > most { return "lists \(tools.count) tools; \(most) are allowed" }
        var names: Set<String> = []
        for (index, tool) in tools.enumerated() {
            guard ToolName.allows(tool.name) else {
                return "lists a tool \(index + 1) whose name \(shown(tool.name)) is not \(ToolName.rule)"
            }
            if !names.insert(tool.name).inserted { return "lists the tool \(tool.name) twice" }
            for (what, text) in [
                ("description", tool.description), ("parameters", tool.parameters), ("result", tool.result ?? ""),
            ] where text.utf8.count > longest {
                return
                    "describes the tool \(tool.name) with \(text.utf8.count) bytes of \(what); \(longest) are allowed"
            }
            if let problem = problem(inParameters: tool.parameters) {
                return "lists the tool \(tool.name) with parameters that are no JSON Schema of type object: \(problem)"
            }
            if let result = tool.result, let problem = problem(inSchema: result) {
                return "lists the tool \(tool.name) with a result that is no JSON Schema: \(problem)"
            }
        }
        return nil
    }

    private static func problem(inParameters text: String) -> String? {
        if let problem = problem(inSchema: text) { return problem }
        guard let object = try? JSON(parsing: text).object else { return "they are a boolean" }
        guard object["type"] == .string("object") else { return "`type` is not \"object\"" }
        if let properties = object["properties"] {
            guard let members = properties.object?.members else { return "`properties` is \(properties.kindName)" }
            for member in members where member.value.object == nil && member.value.bool == nil {
                return "`properties.\(member.key)` is \(member.value.kindName), and no schema"
            }
        }
        if let required = object["required"], required.array?.allSatisfy({ $0.string != nil }) != true {
            return "`required` is not a list of names"
        }
        return nil
    }

    /// A schema is an object or a boolean (JSON Schema 2020-12, 4.3).
    private static func problem(inSchema text: String) -> String? {
        do throws(JSONError) {
            let json = try JSON(parsing: text)
            return json.object != nil || json.bool != nil ? nil : "it is \(json.kindName)"
        } catch {
            return text.isEmpty ? "there is none" : "it is not JSON: \(error.reason), at byte \(error.offset)"
        }
    }

    private static func shown(_ name: String) -> String { "\"\(name.prefix(80))\"" }
}
