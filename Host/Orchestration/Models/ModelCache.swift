package import Caching
import EventLoops
package import JackfieldVocabulary
import Loading
import Manifest
import Telemetry

/// What a client wants of the response cache.
package struct CacheWishes: Sendable {
    package var directives = CacheDirectives()
    /// Names by which the answer can be thrown away later.
    package var tags: [String] = []

    package init() {}
}

/// The response cache as the models use it: look, wait for somebody who asks the same, or ask and keep.
final class ModelCache: Sendable {
    let responses: ResponseCache
    private let flights = Flights()

    init(_ responses: ResponseCache) { self.responses = responses }

    /// The right, and the duty, to ask the model.
    struct Lead: Sendable {
        let key: CacheKey
        /// Where others wait for the answer; it is told of the end, or lets them go when it is let go of.
        let flight: FlightLeader?
        let mark: CacheMark
        let ttl: Duration
        var recorder: Recorder
    }

    enum Found: Sendable {
        case kept(CachedResponse)
        case lead(Lead)
        /// Ask, and keep nothing.
        case ask
    }

    /// - Parameter recorder: for the answer, if it comes to that.
    /// - Throws: `cancelled`, `deadline`; `notKept` when the client wants nothing else than a kept answer.
    func find(
        _ key: CacheKey, _ wishes: CacheWishes, model: Model, recorder: Recorder, scope: CallScope
    ) async throws(CallError) -> Found {
        let directives = wishes.directives
        if directives.mayRead, let kept = await look(key, directives) { return .kept(kept) }
        if directives.onlyIfCached { throw .notKept }
        guard directives.mayStore else { return .ask }
        func lead(_ flight: FlightLeader?) -> Found {
            .lead(
                Lead(key: key, flight: flight, mark: responses.mark(), ttl: model.config.cache.ttl, recorder: recorder))
        }
        guard directives.mayRead else { return lead(nil) }
        // Who has waited for one that failed leads or waits once more, and then asks on his own: a row of waiters before an
        // upstream in trouble would wait for all of its timeouts, one after the other.
        for _ in 0..<2 {
            switch flights.join(key) {
            case .leader(let leader):
                // Somebody may have landed between the look and the joining.
                guard let kept = lookInMemory(key, directives, again: true) else { return lead(leader) }
                leader.finish(.stored(kept))
                return .kept(kept)
            case .follower(let flight):
                switch await outcome(of: flight, model, scope) {
                case .stored(let kept): return .kept(kept)
                case .abandoned(.failed): continue
                case .abandoned(.notShareable): return lead(nil)
                case .gaveUp:
                    if Task.isCancelled { throw CallError(.cancelled, "the request was cancelled") }
                    if scope.deadline > 0, MonotonicTime.now().nanoseconds >= scope.deadline {
                        throw CallError(.deadline, "the request's deadline passed while another one asked the same")
                    }
                    // The other one's answer takes long, or its client reads slowly.
                    return lead(nil)
                }
            }
        }
        return lead(nil)
    }

    private func look(_ key: CacheKey, _ directives: CacheDirectives) async -> CachedResponse? {
        guard responses.disk != nil else { return lookInMemory(key, directives) }
        return await responses.find(
            key, now: Int64(WallTime.now().nanoseconds), maxAge: directives.maxAge, minFresh: directives.minFresh)
    }

    /// - Parameter again: the request has looked before, and its miss is counted.
    private func lookInMemory(
        _ key: CacheKey, _ directives: CacheDirectives, again: Bool = false
    ) -> CachedResponse? {
        responses.lookup(
            key, now: Int64(WallTime.now().nanoseconds), maxAge: directives.maxAge, minFresh: directives.minFresh,
            countsMiss: !again)
    }

    /// What became of it, within the time that an attempt of one's own may take.
    private func outcome(of flight: Flight, _ model: Model, _ scope: CallScope) async -> FlightOutcome {
        let patience = MonotonicTime.now().nanoseconds + model.config.timeout.nanoseconds
        let (executor, until) = (scope.executor, scope.deadline > 0 ? min(patience, scope.deadline) : patience)
        return await flight.outcome { try await executor.sleep(until: until) }
    }

    /// The answer is complete.
    func keep(_ lead: Lead, result: [UInt8], upstream: String) {
        let now = Int64(WallTime.now().nanoseconds)
        guard let response = lead.recorder.finish(result: result, upstream: upstream, now: now) else {
            lead.flight?.finish(.abandoned(.notShareable))
            return
        }
        responses.store(response, at: lead.key, ttl: lead.ttl, since: lead.mark)
        lead.flight?.finish(.stored(response))
    }

    /// There is no answer, or half of one.
    func abandon(_ lead: Lead) { lead.flight?.finish(.abandoned(.failed)) }
}

extension CallError {
    /// The client's `only-if-cached` could not be served (RFC 9111, 5.2.1.7).
    package static let notKept = CallError(
        .notFound, "No answer to this request is kept, and its `only-if-cached` forbids to ask the model.")
}
