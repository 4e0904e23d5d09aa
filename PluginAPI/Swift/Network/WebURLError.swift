/// Why a text is no URL of the strict form.
public struct WebURLError: Error, Sendable, Hashable, CustomStringConvertible {
    /// A closed list; the raw values are stable.
    public enum Reason: String, Sendable, Hashable, CaseIterable {
        /// Neither `https://` nor `http://` at its start.
        case scheme
        /// A byte that has to be percent-encoded.
        case bytes
        case userInfo = "user-info"
        case host
        case port
    }

    public let reason: Reason
    /// What is wrong and what would be right. Holds nothing of the text.
    public let sentence: String

    init(_ reason: Reason, _ sentence: String) {
        self.reason = reason
        self.sentence = sentence
    }

    public var description: String { sentence }
}
