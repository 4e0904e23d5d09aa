import Glibc
package import JackfieldPlugin
package import JackfieldVocabulary

/// A notifier that posts alerts as JSON. Retries are the host's: this says whether one may help.
package struct WebhookNotifier: NotifierPlugin {
    package static let definition = PluginDefinition.notifier(
        id: "notifier/webhook", version: "0.1.0", services: [.required(.http), .optional(.log)]
    ) { setup in WebhookNotifier(try WebhookConfig(setup.config)) }

    private let config: WebhookConfig
    private let headers: [(name: String, value: String)]

    /// Bytes of an answer that are looked into for a reference.
    private static let longestAnswer = 64 * 1024

    package init(_ config: WebhookConfig) {
        self.config = config
        headers =
            config.headers.map { ($0.name, $0.value.text) }
            + [("content-type", "application/json"), ("accept", "application/json")]
    }

    package func notify(_ alert: Notifier.Alert, _ call: Call<NoEvent>) async throws -> Notifier.Receipt {
        try await post(AlertDocument.bytes(alert, .firing), call)
    }

    package func resolve(_ alert: Notifier.Alert, _ call: Call<NoEvent>) async throws -> Notifier.Receipt {
        try await post(AlertDocument.bytes(alert, .resolved), call)
    }

    private func post(_ body: [UInt8], _ call: Call<NoEvent>) async throws(CallError) -> Notifier.Receipt {
        do throws(CallError) {
            let request = HTTPRequest(method: "POST", url: config.url, headers: headers, body: body)
            let response = try await call.send(request)
            guard (200..<300).contains(response.head.status) else {
                response.cancel()
                throw WebhookAnswer.error(response.head, now: Int64(time(nil)))
            }
            // The alert was taken; an answer that is too long or breaks off takes nothing back.
            return WebhookAnswer.receipt((try? await response.body(limit: Self.longestAnswer)) ?? [])
        } catch {
            var error = error
            for secret in config.secrets { error.message = secret.redacted(from: error.message) }
            throw error
        }
    }
}
