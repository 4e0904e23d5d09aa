import ArgumentParser
import EventLoops
import Glibc
import HTTPServer
import Logging
import Manifest
import NIOCore
import Orchestration
import Registry
import Telemetry

/// `jackfield serve`: run the host until SIGTERM or SIGINT.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "serve", abstract: "Run the host.")

    @OptionGroup var options: ManifestOptions

    @Option(name: .long, help: "Where to listen, HOST:PORT; port 0 takes a free one. Overrides server.listen.")
    var listen: String?

    func run() async throws {
        let start = MonotonicTime.now()
        let signals = Signals.stream()
        var options = options
        if let listen { options.set.append("server.listen=\(listen)") }
        let manifest = try options.load()
        let host = try await HostAssembly(manifest, path: options.path, level: nil, keepsSessions: true)
        for upstream in host.router.accounts.unpriced {
            host.logger.warning(
                "an upstream has no price, so budgets of cost do not count it", metadata: ["upstream": "\(upstream)"])
        }
        let listener = HTTPListener(
            settings: ListenerSettings(manifest.server), executors: host.executors, group: host.group,
            handler: try await HostHandler(
                manifest: manifest, registry: host.registry, router: host.router, tools: host.tools, http: host.http,
                input: host.input,
                output: host.output,
                orchestrator: host.orchestrator, metrics: host.metrics, store: host.store, executors: host.executors,
                logger: host.logger, started: start, version: Version.text),
            observer: RequestReporter(metrics: host.metrics, log: AccessLog(host.sink)),
            renderFault: { FaultRendering.render($0, path: $1, requestID: $2) })
        let address: SocketAddress
        do {
            address = try await listener.start()
        } catch {
            await host.stop(deadline: .now())
            throw CommandFailure.failed("\(error)")
        }
        let place = "\(address.ipAddress.map { $0.contains(":") ? "[\($0)]" : $0 } ?? "?"):\(address.port ?? 0)"
        host.logger.info(
            "listening",
            metadata: [
                "address": "\(place)", "plugins": "\(host.registry.plugins.count { $0.ready != nil })",
                "start_ms": "\(start.elapsed / 1_000_000)", "version": "\(Version.text)",
            ])
        if Terminal.isErrorColoured { Self.greet(place) }

        for await signal in signals {
            if signal == SIGHUP {
                host.logger.notice("SIGHUP has no effect yet: restart the host to take over a changed manifest")
                continue
            }
            break
        }
        host.logger.info("stopping")
        let deadline = MonotonicTime.now() + manifest.server.drainTimeout
        // A second signal does not wait for anybody.
        let impatience = Task {
            for await signal in signals where signal != SIGHUP { _exit(1) }
        }
        await listener.drain(deadline: deadline)
        host.logger.info("stopped", metadata: ["uptime_ms": "\(start.elapsed / 1_000_000)"])
        await host.stop(deadline: deadline)
        impatience.cancel()
    }

    private static func greet(_ place: String) {
        Terminal.note(
            """

            Jackfield listens on http://\(place). Try:
              jackfield ask "Is this machine healthy?"
              curl -s http://\(place)/api/v1/orchestrate -d '{"input": "Is this machine healthy?"}'
              curl -s http://\(place)/v1/chat/completions -d '{"model": "default", "messages": [{"role": "user", "content": "Hello"}]}'

            """)
    }
}

extension ListenerSettings {
    init(_ config: ServerConfig) {
        self.init(host: config.listen.host, port: config.listen.port)
        maxBodyBytes = config.maxBody.bytes
        headerTimeout = config.headerTimeout
        bodyTimeout = config.bodyTimeout
        idleTimeout = config.idleTimeout
        requestTimeout = config.requestTimeout
        let origins = config.cors.origins.map(\.description)
        crossOrigin = origins.isEmpty ? .none : origins.contains("*") ? .any : .origins(Set(origins))
    }
}
