import TestSupport

/// Puts a word in the place of each value that differs between any two runs: times, and names that are drawn by lot.
/// Text, or arguments of a call, that a stream says in several events in a row are put together, since where they are
/// cut depends on what was read at once. Nothing else is
/// touched.
enum BothModesMask {
    /// Fields of HTTP.
    private static let fields: Set<String> = ["date", "x-request-id", "x-amz-date", "traceparent"]

    static func text(_ response: HTTPTestResponse) -> String {
        let body = joined(mask(response.text))
        // A number of other digits makes the body longer or shorter.
        let isMasked = body.utf8.count != response.body.count || body.contains("\"duration_ms\":0")
        return "\(response.status)\n\(head(response.headers, masksLength: isMasked))\n\n\(body)"
    }

    static func text(_ request: UpstreamRequest) -> String {
        "\(request.method) \(request.path)\n\(head(request.headers, masksLength: false))\n\n\(request.text)"
    }

    private static func head(_ headers: HTTPHeaderList, masksLength: Bool) -> String {
        headers.fields.map { field in
            let name = field.name.lowercased()
            if fields.contains(name) || (masksLength && name == "content-length") { return "\(field.name): masked" }
            // The signature of a request to AWS is made of its time, among others.
            return "\(field.name): \(field.value.replacing(/Signature=[0-9a-f]{64}/, with: "Signature=masked"))"
        }.joined(separator: "\n")
    }

    /// A stream of events in which each text goes on in the event that it began in.
    private static func joined(_ body: String) -> String {
        var events: [(head: Substring, text: String, tail: Substring)] = []
        for event in body.split(separator: "\n\n", omittingEmptySubsequences: false) {
            let parts = parts(of: event)
            if let last = events.last, !parts.tail.isEmpty, last.tail == parts.tail, goesOn(last.head, parts.head) {
                events[events.count - 1].text += parts.text
            } else {
                events.append((parts.head, String(parts.text), parts.tail))
            }
        }
        return events.map { "\($0.head)\($0.text)\($0.tail)" }.joined(separator: "\n\n")
    }

    /// Whether the text behind the second head is more of the one behind the first: of the answer, of what the model
    /// thought, or of the arguments of one call, whose id and name come but once.
    private static func goesOn(_ first: Substring, _ second: Substring) -> Bool {
        first.replacing(/"role":"assistant",|"content":null,|"id":"[^"]*","type":"function",|"name":"[^"]*",/, with: "")
            == second
    }

    /// What is ahead of an event's text, the text as JSON writes it, and what is behind; all is head where there is
    /// none.
    private static func parts(of event: Substring) -> (head: Substring, text: Substring, tail: Substring) {
        let marks =
            event.hasPrefix("event: text\n")
            ? ["{\"text\":\""]
            : event.contains("\"delta\":{")
                ? ["\"arguments\":\"", "\"content\":\"", "\"reasoning_content\":\""] : []
        for mark in marks {
            guard let found = event.firstRange(of: mark) else { continue }
            let utf8 = event.utf8
            var end = found.upperBound
            while end < event.endIndex, utf8[end] != UInt8(ascii: "\"") {
                end = utf8.index(end, offsetBy: utf8[end] == UInt8(ascii: "\\") ? 2 : 1)
            }
            return (event[..<found.upperBound], event[found.upperBound..<end], event[end...])
        }
        return (event, "", "")
    }

    /// Members of JSON, by name.
    private static func mask(_ body: String) -> String {
        body
            // The host's names of completions; those of tool calls that the upstream gives none.
            .replacing(
                /"id":"(chatcmpl-[0-9a-f]{32}|call_[0-9a-z]{9,16}|toolu_[0-9a-z]{9,16})"/, with: "\"id\":\"masked\""
            )
            .replacing(/request id [0-9a-f]{32}/, with: "request id masked")
            .replacing(/"instance":"[0-9a-f]{32}"/, with: "\"instance\":\"masked\"")
            .replacing(/"request_id":"[^"]+"/, with: "\"request_id\":\"masked\"")
            .replacing(/"created":[0-9]+/, with: "\"created\":0")
            .replacing(/"duration_ms":[0-9.]+/, with: "\"duration_ms\":0")
            .replacing(/"(since|time|measured_at)":"[^"]+"/, with: "\"time\":\"masked\"")
    }
}
