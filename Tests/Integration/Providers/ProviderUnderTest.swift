import JackfieldJSON
import TestSupport
import Testing

/// One provider plugin in a running host, with an upstream behind it that speaks its dialect. The host is shared by the
/// cells of the provider, which run one after the other.
struct ProviderUnderTest: Sendable {
    let dialect: any ProviderDialect
    let limits: ProviderLimits
    let host: HostProcess
    let upstream: ProgrammableUpstream
    /// Behind an instance of its own, for what is about connections.
    let quiet: ProgrammableUpstream

    /// A model for each cell: the host judges an upstream by its model, so a cell full of faults spoils no other.
    static func start(
        _ dialect: any ProviderDialect, _ limits: ProviderLimits, isolation: String, upstream: ProgrammableUpstream,
        quiet: ProgrammableUpstream
    ) throws -> ProviderUnderTest {
        func instance(_ name: String, _ upstream: ProgrammableUpstream) -> String {
            "  \(name): { use: \(dialect.plugin), isolation: \(isolation), config: { \(dialect.config(for: upstream)) }, "
                + "grants: { http: [\"\(upstream.origin)\"] } }"
        }
        let models = ProviderCell.allCases.map { cell in
            let model = cell == .embeddings ? limits.embeddingModel ?? cell.model : cell.model
            let route = "\(cell.isQuiet ? "quiet" : "up")/\(model)"
            return "  \(cell.model): { route: [\"\(route)\"], timeout: 20s, retries: 0 }"
        }
        let manifest = """
            jackfield: 1
            profile: testing
            server: { request_timeout: 30s }
            logging: { level: debug, format: json }
            plugins:
            \(instance("up", upstream))
            \(instance("quiet", quiet))
            models:
            \(models.joined(separator: "\n"))
            """
        let host = try HostProcess.start(manifest, environment: Manifests.environment)
        return ProviderUnderTest(dialect: dialect, limits: limits, host: host, upstream: upstream, quiet: quiet)
    }
}

/// What a dialect has no words for, each documented in the README of its plugin.
struct ProviderLimits: Sendable {
    /// Cells that are refused with a clear error instead.
    var refuses: Set<ProviderCell> = []
    /// The model that makes embeddings, where the provider goes by its name.
    var embeddingModel: String?
    /// The dialect tells how much of the prompt came from a cache.
    var countsCached = true
}

/// Starts a provider's hosts ahead of its suite and stops them behind.
struct ProviderTrait: SuiteTrait, TestScoping {
    let dialect: any ProviderDialect
    let limits: ProviderLimits

    @concurrent
    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @concurrent @Sendable () async throws -> Void
    ) async throws {
        let pair = try ProviderPair.start(dialect, limits)
        let hosts = [pair.inside.host, pair.apart.host]
        do {
            try await ProviderPair.$current.withValue(pair) { try await function() }
            for host in hosts {
                let ended = try host.stop()
                guard ended.status == .exited(0) else {
                    throw TestFailure(
                        "the host ended with \(ended.status) after SIGTERM:\n\(ended.errors.suffix(4000))")
                }
            }
        } catch {
            for host in hosts { host.process.signal(9) }
            throw error
        }
    }
}

extension Trait where Self == ProviderTrait {
    static func provider(_ dialect: any ProviderDialect, _ limits: ProviderLimits = ProviderLimits()) -> ProviderTrait {
        ProviderTrait(dialect: dialect, limits: limits)
    }
}
