import CJackfield
import JackfieldJSON
import JackfieldVocabulary

/// What the checks of a role ask, and how they read what came.
extension Bench {
    /// The requests of one method, from the rehearsal or built in.
    ///
    /// - Throws: skipped where there are none.
    func requests(_ method: String) throws -> [CallRequest] {
        let found = try requests().filter { $0.method.name == method }
        guard !found.isEmpty else {
            throw Finding.skipped("there is no request for `\(method)`; check.json may have one")
        }
        return found
    }

    /// The calls of one method that ended well, each on the same instance.
    ///
    /// - Throws: skipped where none does: without an upstream, or without configuration, there is nothing to judge.
    func answered(_ method: String) throws -> [CallRecord] {
        let specimen = try open()
        let calls = try requests(method).map { try specimen.ask($0) }
        let good = calls.filter { $0.end?.isOK == true }
        guard !good.isEmpty else {
            throw Finding.skipped(
                "no `\(method)` ended well, so there is nothing to judge (\(calls[0].summary)); give check.json what it needs"
            )
        }
        return good
    }
}

extension CallRecord {
    /// The events that were taken, as the vocabulary reads them; one that it does not know is left out.
    func heard<Event>(_ read: (UInt32, PayloadReader) -> Event?) -> [Event] {
        events.compactMap { event in
            event.payload.withUnsafeBytes { read(event.number, PayloadReader(checked: $0)) }
        }
    }

    /// The result of a call that ended well.
    func answer<Answer: Payload>(_ type: Answer.Type) throws -> Answer {
        guard let end, end.isOK else { throw Finding.skipped("the call did not end well: \(summary)") }
        return end.result.withUnsafeBytes { Answer(PayloadReader(checked: $0)) }
    }

    /// The request as the vocabulary reads it.
    func asked<Request: Payload>(_ type: Request.Type) -> Request {
        request.payload.withUnsafeBytes { Request(PayloadReader(checked: $0)) }
    }
}

/// Is a text a JSON object?
func isJSONObject(_ text: String) -> Bool {
    (try? JSON(parsing: text))?.object != nil
}
