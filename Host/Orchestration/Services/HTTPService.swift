import EventLoops
import JackfieldVocabulary
package import Loading
package import Logging
package import Manifest
import NIOCore
package import Outbound
package import Telemetry

/// jackfield.http/1: the plugins' only way to the network. What the manifest grants decides where they get, and each
/// plugin's `outbound` how much of it. Redirects are not followed: a plugin that wants to go where one points asks
/// again, and is checked again.
package final class HTTPService: HostService {
    package let id = "jackfield.http"
    package let revision: UInt32 = 1
    private let client: OutboundClient
    private let egresses: [String: PluginEgress]
    private let audit: EgressAudit

    /// Reads the secrets that are granted, which may lie in files: not on an event loop.
    ///
    /// - Throws: if a granted origin cannot be understood, which the manifest's validation excludes.
    package init(client: OutboundClient, manifest: Manifest, metrics: MetricsRegistry, logger: Logger) throws {
        self.client = client
        audit = EgressAudit(logger: logger, metrics: metrics)
        egresses = try Dictionary(
            uniqueKeysWithValues: manifest.plugins.map { plugin in
                (plugin.id.text, try PluginEgress(plugin, secrets: manifest.secretSource))
            })
    }

    /// What a plugin was refused since the host was started.
    package func refusals(of plugin: PluginInstanceID) -> EgressRefusals { audit.refusals(of: plugin.text) }

    package func start(_ call: ServiceCall) {
        guard let egress = egresses[call.plugin.id] else {
            return call.fail(CallError(.forbidden, "plugins.\(call.plugin.id) is not in the manifest"))
        }
        let request = call.request(HTTPRequest.self)
        do throws(OutboundError) {
            let admission = try egress.admit(request, deadline: call.scope.deadline)
            let exchange = HTTPServiceExchange(call, admission, egress, audit)
            let loop = call.scope.executor.loop
            if loop.inEventLoop {
                exchange.start(client)
            } else {
                loop.execute { [client] in exchange.start(client) }
            }
        } catch {
            audit.refused(call, method: request.method, url: request.url, error)
            call.fail(CallError(error))
        }
    }
}
