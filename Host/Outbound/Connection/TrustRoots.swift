import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// The TLS context that all connections share: server authentication with the system's trust roots, TLS 1.2 or later.
///
/// It is made with the first https connection, on a thread that may block, because reading the system's roots takes
/// milliseconds and megabytes that a host without https upstreams need not spend.
final class TrustRoots: Sendable {
    private let extraRootsFile: String?
    private let context = Mutex<NIOSSLContext?>(nil)

    init(extraRootsFile: String?) {
        self.extraRootsFile = extraRootsFile
    }

    /// The context if it has been made already.
    var loaded: NIOSSLContext? { self.context.withLock { $0 } }

    /// - Returns: a future that fails with an `OutboundError` of code `tls`.
    func load(on loop: any EventLoop) -> EventLoopFuture<NIOSSLContext> {
        NIOSingletons.posixBlockingThreadPool.runIfActive(eventLoop: loop) {
            if let context = self.loaded { return context }
            let made = try self.make()
            // Two loops may have come here at once; both go on with the first one's.
            return self.context.withLock { context in
                if let context { return context }
                context = made
                return made
            }
        }
    }

    private func make() throws -> NIOSSLContext {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.minimumTLSVersion = .tlsv12
        configuration.applicationProtocols = ["http/1.1"]
        configuration.certificateVerification = .fullVerification
        do {
            if let file = self.extraRootsFile {
                configuration.additionalTrustRoots = [.certificates(try NIOSSLCertificate.fromPEMFile(file))]
            }
            return try NIOSSLContext(configuration: configuration)
        } catch {
            let which = self.extraRootsFile.map { "the additional file \($0)" } ?? "the system's"
            throw OutboundError(.tls, "the trusted authorities (\(which)) cannot be read: \(error)", safeToRetry: true)
        }
    }
}
