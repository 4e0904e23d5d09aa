import TestSupport
import Testing

extension ProviderCell {
    /// With the plugin in the host, and with the same file in a process of its own: each does what the cell asks for,
    /// and client and upstream see the same bytes.
    func runBothWays() throws {
        let pair = try #require(ProviderPair.current)
        let upstreams = [pair.inside.upstream, pair.inside.quiet]
        let inside = try BothModes.record(upstreams) { try run(on: pair.inside) }
        let apart = try BothModes.record(upstreams) { try run(on: pair.apart) }
        BothModes.expectEqual(inside, apart)
    }
}

/// A provider plugin in two hosts that share their upstreams.
struct ProviderPair: Sendable {
    let inside: ProviderUnderTest
    let apart: ProviderUnderTest

    @TaskLocal static var current: ProviderPair?

    static func start(_ dialect: any ProviderDialect, _ limits: ProviderLimits) throws -> ProviderPair {
        let upstream = try ProgrammableUpstream(dialect.answer(DialectAnswer("unused")))
        let quiet = try ProgrammableUpstream(dialect.answer(DialectAnswer("unused")))
        let both = try BothModes.isolations.map { isolation in
            let provider = try ProviderUnderTest.start(
                dialect, limits, isolation: isolation, upstream: upstream, quiet: quiet)
            try BothModes.expect(provider.host, isolation)
            return provider
        }
        return ProviderPair(inside: both[0], apart: both[1])
    }
}
