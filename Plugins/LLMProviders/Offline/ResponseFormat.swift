import JackfieldJSON

/// What shape an answer must have.
enum ResponseFormat {
    /// The format that a request asks for, if it is anything but plain text.
    static func wanted(_ json: String?) -> String? {
        guard let json else { return nil }
        let type = (try? JSON(parsing: json))?["type"]?.string ?? "unknown"
        return type == "text" ? nil : type
    }
}
