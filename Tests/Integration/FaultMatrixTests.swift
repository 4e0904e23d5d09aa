import TestSupport
import Testing

@Suite("A fault on the way to the upstream", .serialized)
struct FaultMatrixTests {
    /// Seven kinds, three positions, whole and streamed. Two seconds is far above the pauses of what is only slow, so that
    /// a busy machine does not make an error of it.
    @Test("of any kind, at any position, ends each request as it should, and nothing is left of it")
    func matrix() throws {
        let campaign = try FaultCampaign(limit: .seconds(2))
        try HostProcess.serving(campaign.manifest) { host in
            // Once round warms pools and caches up; they may stay.
            let cells = FaultCampaign.cells
            #expect(try campaign.run(2 * cells.count, through: host).compactMap(\.complaint) == [])
            let before = try campaign.holdings(of: host)

            let each = 20
            let endings = try campaign.run(each * cells.count, through: host)
            #expect(endings.compactMap(\.complaint).prefix(20) == [])
            for fault in Fault.allCases {
                // Twice as many where streams are counted in; a request that is sent again meets its fault again.
                #expect(campaign.made[fault, default: 0] >= 2 * each, "\(fault)")
            }
            // Every way to end was seen, so none of them is untested for a mistake in here.
            #expect(Set(endings.compactMap(\.outcome)) == Set(FaultOutcome.allCases))

            let after = try campaign.holdings(of: host, atMost: before)
            #expect(after.descriptors <= before.descriptors, "before: \(before); after: \(after)")
            #expect([after.connections, after.calls, after.requests] == [0, 0, 0], "\(after)")
            // The pools of the runtime may have grown to the number of cores; one thread a fault would be hundreds.
            #expect(after.threads <= before.threads + 4, "before: \(before); after: \(after)")
        }
    }
}
