import NIOCore
import NIOHTTP1
import NIOSSL
import Outbound
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A certificate of its own authority, made for one test in a directory that ends with it.
private final class Certificate {
    let directory: String
    var file: String { "\(self.directory)/certificate.pem" }

    init(names: String) throws {
        var template = Array("/tmp/outbound-tls-XXXXXX".utf8CString)
        self.directory = template.withUnsafeMutableBufferPointer { String(cString: mkdtemp($0.baseAddress!)) }
        let made = system(
            """
            openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=jackfield-test \
            -addext 'subjectAltName=\(names)' -keyout \(self.directory)/key.pem -out \(self.directory)/certificate.pem \
            >/dev/null 2>&1
            """)
        try #require(made == 0, "openssl is needed to make a certificate")
    }

    deinit {
        unlink("\(self.directory)/key.pem")
        unlink(self.file)
        rmdir(self.directory)
    }

    func serverContext(maximumVersion: TLSVersion? = nil) throws -> NIOSSLContext {
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: try NIOSSLCertificate.fromPEMFile(self.file).map { .certificate($0) },
            privateKey: .privateKey(try NIOSSLPrivateKey(file: "\(self.directory)/key.pem", format: .pem)))
        if let maximumVersion {
            configuration.minimumTLSVersion = .tlsv1
            configuration.maximumTLSVersion = maximumVersion
        }
        return try NIOSSLContext(configuration: configuration)
    }
}

@Suite struct TLSTests {
    private func attempt(
        certificate: Certificate, host: String, trusted: Bool, maximumVersion: TLSVersion? = nil, times: Int = 1,
        actions: [Upstream.Action] = [.write(response("ok"))]
    ) async throws -> (outcomes: [Outcome], connections: Int) {
        var settings = OutboundSettings()
        settings.extraTrustRootsFile = trusted ? certificate.file : nil
        let context = try certificate.serverContext(maximumVersion: maximumVersion)
        var outcomes: [Outcome] = []
        var connections = 0
        try await Bench.run(settings) { bench in
            let upstream = try await Upstream(on: bench.upstreamLoop, tls: context) { _ in actions }
            for _ in 0..<times {
                outcomes.append(try await bench.exchange(.POST, "https://\(host):\(upstream.port)/", body: "secret"))
            }
            if outcomes.last?.error != nil {
                #expect(await bench.client.counts() == OutboundCounts())
                #expect(descriptorsConnected(toPort: upstream.port) == 0)
            }
            connections = upstream.connections
            await upstream.stop()
        }
        return (outcomes, connections)
    }

    @Test(arguments: ["localhost", "127.0.0.1"]) func aTrustedServerIsAnswered(host: String) async throws {
        let certificate = try Certificate(names: "DNS:localhost,IP:127.0.0.1")
        let result = try await self.attempt(certificate: certificate, host: host, trusted: true, times: 3)
        #expect(result.outcomes.allSatisfy { $0.error == nil && $0.text == "ok" }, "\(result.outcomes)")
        #expect(result.connections == 1)
    }

    /// The address is the resolver's, the name that must stand in the certificate that of the URL.
    @Test(arguments: [("DNS:name.test", nil), ("DNS:other.test", OutboundError.Code.tls)])
    func theNameIsCheckedAndNotTheAddress(names: String, code: OutboundError.Code?) async throws {
        let certificate = try Certificate(names: names)
        var settings = OutboundSettings()
        settings.extraTrustRootsFile = certificate.file
        ScriptedNames([["127.0.0.1"]]).install(in: &settings)
        let context = try certificate.serverContext()
        try await Bench.run(settings) { bench in
            let upstream = try await Upstream(on: bench.upstreamLoop, tls: context) { _ in [.write(response("ok"))] }
            let url = "https://name.test:\(upstream.port)/"
            let outcome = try await bench.exchange(.GET, url, addresses: .local)
            #expect(outcome.error?.code == code)
            #expect(try await bench.exchange(.GET, url, addresses: .global).error?.code == .forbidden)
            await upstream.stop()
        }
    }

    @Test func anUnknownAuthorityIsRefusedBeforeTheRequestIsSent() async throws {
        let certificate = try Certificate(names: "DNS:localhost,IP:127.0.0.1")
        let result = try await self.attempt(certificate: certificate, host: "127.0.0.1", trusted: false)
        #expect(result.outcomes[0].error?.code == .tls)
        #expect(result.outcomes[0].error?.safeToRetry == true)
    }

    @Test(arguments: ["localhost", "127.0.0.1"]) func aCertificateForAnotherNameIsRefused(host: String) async throws {
        let certificate = try Certificate(names: "DNS:other.example,IP:127.0.0.2")
        let result = try await self.attempt(certificate: certificate, host: host, trusted: true)
        #expect(result.outcomes[0].error?.code == .tls)
        #expect(result.outcomes[0].error?.safeToRetry == true)
    }

    @Test func aServerThatKnowsOnlyOldVersionsIsRefused() async throws {
        let certificate = try Certificate(names: "IP:127.0.0.1")
        let result = try await self.attempt(
            certificate: certificate, host: "127.0.0.1", trusted: true, maximumVersion: .tlsv11)
        #expect(result.outcomes[0].error?.code == .tls)
    }

    /// A body that only the end of the connection delimits could have been cut by anyone on the way.
    @Test(arguments: [(Upstream.Action.close, nil), (.cut, OutboundError.Code.reset), (.reset, .reset)])
    func aBodyIsCompleteOnlyWithTheFarewellOfTLS(end: Upstream.Action, code: OutboundError.Code?) async throws {
        let certificate = try Certificate(names: "IP:127.0.0.1")
        let result = try await self.attempt(
            certificate: certificate, host: "127.0.0.1", trusted: true,
            actions: [.write("HTTP/1.1 200 OK\r\n\r\nhalf"), end])
        #expect(result.outcomes[0].error?.code == code)
    }

    @Test func aHandshakeThatDoesNotEndIsBoundedByTheConnectTimeout() async throws {
        var settings = OutboundSettings()
        settings.connectTimeout = .milliseconds(100)
        try await Bench.run(settings) { bench in
            let upstream = try await Upstream(on: bench.upstreamLoop) { _ in [] }
            let outcome = try await bench.exchange(.GET, "https://127.0.0.1:\(upstream.port)/")
            #expect(outcome.error?.code == .connectTimeout)
            #expect(outcome.error?.safeToRetry == true)
            #expect(await bench.client.counts() == OutboundCounts())
            #expect(descriptorsConnected(toPort: upstream.port) == 0)
            await upstream.stop()
        }
    }

    @Test func aTrustRootsFileThatCannotBeReadIsNamed() async throws {
        var settings = OutboundSettings()
        settings.extraTrustRootsFile = "/no/such/authorities.pem"
        try await Bench.run(settings) { bench in
            let outcome = try await bench.exchange(.GET, "https://127.0.0.1:1/")
            #expect(outcome.error?.code == .tls)
            #expect(outcome.error?.sentence.contains("/no/such/authorities.pem") == true)
        }
    }
}
