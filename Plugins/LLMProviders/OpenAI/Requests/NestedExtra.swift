import JackfieldJSON
import JackfieldPlugin
import JackfieldVocabulary

/// The extra fields of an object that in this dialect has another one inside: `function` in tools and tool calls,
/// `image_url` in images. What the text holds under the inner object's name goes in there, the rest beside it.
struct NestedExtra {
    private let inner: String
    private var inside: [JSONObject.Member] = []
    private var beside: [JSONObject.Member] = []

    /// - Throws: `invalidArgument` if the text is no JSON object; `what` is how the sentence calls its owner.
    init(_ text: String?, inner: StaticString, of what: String) throws(CallError) {
        self.inner = "\(inner)"
        guard let text else { return }
        for member in try JSONObject(extra: text, of: what).members {
            if member.key == self.inner {
                inside = member.value.object?.members ?? []
            } else {
                beside.append(member)
            }
        }
    }

    func writeInner(_ writer: inout JSONWriter, without written: [String]) {
        write(inside, &writer, written)
    }

    func writeOuter(_ writer: inout JSONWriter, without written: [String]) {
        write(beside, &writer, written)
    }

    private func write(_ members: [JSONObject.Member], _ writer: inout JSONWriter, _ written: [String]) {
        for member in members where !written.contains(member.key) {
            writer.key(member.key)
            writer.write(member.value)
        }
    }
}
