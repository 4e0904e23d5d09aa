import Glibc
import JackfieldJSON
import JackfieldPlugin
import JackfieldVocabulary

/// Posts alerts to a webhook.
package struct @TYPE@: NotifierPlugin {
    package static let definition = PluginDefinition.notifier(
        id: "@ID@", version: "0.1.0", services: [.required(.http), .optional(.log)]
    ) { setup in try @TYPE@(setup.config) }

    private let url: String
    private let headers: [(name: String, value: String)]

    /// - Throws: `invalidArgument` with the key that is wrong.
    init(_ config: JSON) throws(CallError) {
        let reader = ConfigReader(config: config)
        url = try reader.string("url") ?? "http://127.0.0.1:9000/hook"
        guard url.hasPrefix("http://") || url.hasPrefix("https://") else {
            throw .config("url must begin with http:// or https://")
        }
        let secret = try reader.header("token_secret")
        // The host puts the secret into its place; this plugin never has it.
        headers =
            [(name: "content-type", value: "application/json")]
            + (secret.map { [(name: "authorization", value: "Bearer ${secret:\($0)}")] } ?? [])
    }

    package func notify(_ alert: Notifier.Alert, _ call: Call<NoEvent>) async throws -> Notifier.Receipt {
        try await post("notify", alert, call)
    }

    package func resolve(_ alert: Notifier.Alert, _ call: Call<NoEvent>) async throws -> Notifier.Receipt {
        try await post("resolve", alert, call)
    }

    private func post(_ event: String, _ alert: Notifier.Alert, _ call: Call<NoEvent>) async throws -> Notifier.Receipt
    {
        let response = try await call.send(
            HTTPRequest(method: "POST", url: url, headers: headers, body: WebhookMessage.body(event, alert)))
        // What follows the first 64 KiB cannot be a receipt that we understand.
        let body = await response.errorBody(64 << 10)
        let status = response.head.status
        guard (200..<300).contains(status) else {
            call.log(.warning, "the webhook refused an alert", [(name: "status", value: String(status))])
            var error = ServerError.meaning(of: status)
            error.detail = ErrorEnvelope(body: body).message
            if error.retry { error.retryAfter = RetryAfter.nanoseconds(response.head, now: Int64(time(nil))) }
            throw error.callError(hiding: [])
        }
        let answer = try? JSON(parsing: body)
        return Notifier.Receipt(reference: answer?["reference"]?.string ?? answer?["id"]?.string)
    }
}
