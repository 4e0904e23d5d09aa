import JackfieldJSON

extension FaultCampaign {
    /// What the host holds when no request is under way.
    package struct Holdings: Sendable, Hashable, CustomStringConvertible {
        package var descriptors = 0
        package var threads = 0
        /// To the proxy, and from there to the upstream.
        package var connections = 0
        package var calls = 0
        package var requests = 0

        package var description: String {
            """
            \(descriptors) descriptors, \(threads) threads, \(connections) connections, \(calls) calls, \(requests) \
            requests
            """
        }
    }

    /// Lets the pool of the host run empty, and counts once all requests have ended and their connections are closed.
    /// - Parameter bound: what was counted before; what is more by a little may just be on its way out, and is waited for.
    /// - Returns: the last count, be it good or not.
    package func holdings(of host: HostProcess, atMost bound: Holdings? = nil) throws -> Holdings {
        try proxy.dropConnections()
        let deadline = Deadline.after(.generous)
        while true {
            let now = try count(of: host)
            let isQuiet = now.requests == 0 && now.calls == 0 && now.connections == 0
            let isBack = bound.map { now.descriptors <= $0.descriptors && now.threads <= $0.threads + 4 } ?? true
            if isQuiet && isBack || deadline.hasPassed { return now }
        }
    }

    private func count(of host: HostProcess) throws -> Holdings {
        var now = Holdings()
        // The request that asks is one of them.
        now.requests = max(0, Int(try host.metric("http.server.active_requests") ?? 0) - 1)
        guard let live = try host.client.get("/api/v1/plugins/up").json()["live_calls"] else {
            throw TestFailure("/api/v1/plugins/up says nothing of live calls")
        }
        now.calls = ["incoming", "outgoing", "abandoned"].map { live[$0]?.int ?? 1 }.reduce(0, +)
        now.connections = proxy.openConnections + upstream.openConnections
        now.descriptors = try host.openDescriptors
        now.threads = try host.threads
        return now
    }
}
