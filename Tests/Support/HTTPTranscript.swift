import Synchronization

/// What the clients of one task were answered, in the order of their requests: for a test that compares two runs of
/// itself. Requests that other threads make are not in it.
package final class HTTPTranscript: Sendable {
    @TaskLocal private static var current: HTTPTranscript?

    private struct Answer: Sendable {
        let status: Int
        let headers: HTTPHeaderList
        var body: [UInt8] = []
    }
    private let state = Mutex<[Answer]>([])

    private init() {}

    /// Run the body, and give every answer that came meanwhile. Of a stream that was left there is what was read of it.
    package static func record(_ body: () throws -> Void) rethrows -> [HTTPTestResponse] {
        let transcript = HTTPTranscript()
        try $current.withValue(transcript) { try body() }
        return transcript.state.withLock { answers in
            answers.map { HTTPTestResponse(status: $0.status, headers: $0.headers, body: $0.body) }
        }
    }

    /// A place in the transcript of this task, for one answer; nil if nobody records.
    struct Place: Sendable {
        private let transcript: HTTPTranscript
        private let index: Int

        init?(status: Int, headers: HTTPHeaderList) {
            guard let current else { return nil }
            transcript = current
            index = current.state.withLock { answers in
                answers.append(Answer(status: status, headers: headers))
                return answers.count - 1
            }
        }

        func append(_ piece: [UInt8]) { transcript.state.withLock { $0[index].body += piece } }
    }
}
