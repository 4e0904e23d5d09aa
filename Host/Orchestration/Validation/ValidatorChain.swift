import CJackfield
package import JackfieldVocabulary
package import Loading
package import Logging
package import Manifest
package import Registry
package import Telemetry

/// Validators one after the other: each sees the text as the one before left it. Fails closed.
package final class ValidatorChain: Sendable {
    package struct Link: Sendable {
        let plugin: RegisteredPlugin
        let onFailure: FailureAction
    }

    package let direction: Validator.Direction
    package let links: [Link]
    private let timeout: Duration
    private let metrics: MetricsRegistry
    private let logger: Logger

    package init(
        _ direction: Validator.Direction, ids: [PluginInstanceID], config: ValidatorsConfig, registry: PluginRegistry,
        metrics: MetricsRegistry, logger: Logger
    ) {
        self.direction = direction
        self.metrics = metrics
        self.logger = logger
        timeout = config.timeout
        links = ids.compactMap { id in
            registry[id].map { Link(plugin: $0, onFailure: config.actionOnFailure(of: id)) }
        }
    }

    package var isEmpty: Bool { links.isEmpty }

    /// Check whole texts.
    ///
    /// - Returns: the segments as they may be passed on, and what was found on the way.
    /// - Throws: `refused` with a sentence that is fit for the client; `unavailable` if a validator that must not be
    ///   missing failed.
    package func check(
        _ segments: [Validator.Segment], scope: CallScope
    ) async throws(CallError) -> (segments: [Validator.Segment], findings: [Validator.Finding]) {
        var subject = Validator.Subject(direction: direction, segments: segments)
        // Built again only after a rewrite.
        var payload = subject.payload()
        var findings: [Validator.Finding] = []
        if links.isEmpty { return (segments, findings) }
        for link in links {
            guard
                let verdict = try await verdict(of: link, on: subject, payload: payload, scope: scope)
            else { continue }
            if !verdict.findings.isEmpty { findings += verdict.findings }
            if verdict.rewrites.isEmpty { continue }
            for (index, text) in verdict.rewrites { subject.segments[index].text = text }
            payload = subject.payload()
        }
        return (subject.segments, findings)
    }

    /// Ask one validator; nil if it failed and the manifest says to go on without it.
    func verdict(
        of link: Link, on subject: Validator.Subject, payload: [UInt8], scope: CallScope
    ) async throws(CallError) -> Validator.Verdict? {
        let id = link.plugin.id
        let verdict: Validator.Verdict
        do throws(CallError) {
            guard let running = link.plugin.ready else {
                throw CallError(.unavailable, "the validator \(id) is not running")
            }
            let bounded = scope.limited(to: (MonotonicTime.now() + timeout).nanoseconds)
            let call = running.start(method: JACKFIELD_VALIDATOR_CHECK, request: payload, scope: bounded)
            verdict = try await call.result().withUnsafeBytes { Validator.Verdict(PayloadReader(checked: $0)) }
            do throws(CallError) {
                try Self.check(verdict, against: subject, by: id)
            } catch {
                link.plugin.noteFault(error.message)
                throw error
            }
        } catch {
            // These are about the request; a validator that is slower than its own limit has failed.
            let isOver = scope.deadline > 0 && MonotonicTime.now().nanoseconds >= scope.deadline
            if error.code == .cancelled || (error.code == .deadline && isOver) { throw error }
            report(error, of: link, requestID: scope.context.requestID)
            if link.onFailure == .allow { return nil }
            throw CallError(
                .unavailable, "the validator \(id) failed, and nothing passes without it: \(error.message)", retry: true
            )
        }
        for finding in verdict.findings {
            metrics.counter(
                .validatorFindings, [.validator: id.text, .rule: finding.rule, .action: finding.action.label]
            ).increment()
        }
        if verdict.action == .block {
            let rules = Set(verdict.findings.filter { $0.action == .block }.map(\.rule)).sorted()
            let what = direction == .input ? "The request" : "The answer"
            throw CallError(
                .refused,
                "\(what) was refused by the validator \(id)\(rules.isEmpty ? "" : " (\(rules.joined(separator: ", ")))")."
            )
        }
        return verdict
    }

    /// A validator failed: what it should have looked at was not looked at, whatever the manifest says to do then.
    private func report(_ error: CallError, of link: Link, requestID: String) {
        let id = link.plugin.id.text
        metrics.counter(
            .validatorFindings, [.validator: id, .rule: "failure", .action: link.onFailure.rawValue]
        ).increment()
        logger.error(
            "validator failed",
            metadata: [
                "plugin": "\(id)", "direction": "\(direction)", "action": "\(link.onFailure.rawValue)",
                "code": "\(error.code.label)", "reason": "\(error.message)", "request_id": "\(requestID)",
            ])
    }

    /// A verdict that does not fit what was asked is a fault of the validator, and counts as its failure.
    private static func check(
        _ verdict: Validator.Verdict, against subject: Validator.Subject, by id: PluginInstanceID
    ) throws(CallError) {
        func wrong(_ what: String) -> CallError { CallError(.internal, "the validator \(id) answered \(what)") }
        for finding in verdict.findings {
            guard subject.segments.indices.contains(finding.segment) else {
                throw wrong("a finding in a segment that there is not")
            }
            let size = subject.segments[finding.segment].text.utf8.count
            guard finding.range.upperBound <= size else { throw wrong("a finding beyond the end of its segment") }
        }
        guard verdict.rewrites.keys.allSatisfy(subject.segments.indices.contains) else {
            throw wrong("a rewrite of a segment that there is not")
        }
        guard verdict.action >= verdict.findings.map(\.action).max() ?? .allow else {
            throw wrong("something milder than its own findings")
        }
        guard verdict.settled.isEmpty || verdict.settled.count == subject.segments.count else {
            throw wrong("how much is settled for \(verdict.settled.count) of \(subject.segments.count) segments")
        }
        for (segment, bytes) in zip(subject.segments, verdict.settled) {
            let utf8 = segment.text.utf8
            guard bytes <= UInt64(utf8.count) else { throw wrong("that more is settled than there is") }
            let at = utf8.index(utf8.startIndex, offsetBy: Int(bytes))
            guard at == utf8.endIndex || utf8[at] & 0xc0 != 0x80 else {
                throw wrong("a settled part that ends inside a character")
            }
        }
        // What is let go of must have been rewritten where that was asked for.
        for finding in verdict.findings where finding.action == .redact {
            let settled =
                verdict.settled.isEmpty
                ? (subject.isFinal ? Int.max : 0) : subject.isFinal ? Int.max : Int(verdict.settled[finding.segment])
            guard finding.range.lowerBound >= settled || verdict.rewrites[finding.segment] != nil else {
                throw wrong("that text is to be redacted, but not how")
            }
        }
    }
}
