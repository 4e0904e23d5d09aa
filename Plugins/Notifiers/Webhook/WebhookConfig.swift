package import JackfieldJSON
package import JackfieldPlugin
package import JackfieldVocabulary

/// What the operator writes for an instance of notifier/webhook (config.schema.json).
package struct WebhookConfig: Sendable, Equatable {
    /// Absolute, http or https, without a fragment.
    package var url: String
    package var headers: [ConfigReader.Header] = []

    /// - Throws: `invalidArgument` with the key that is wrong. The URL is not repeated: its path is often a secret.
    package init(_ config: JSON) throws(CallError) {
        let reader = ConfigReader(config: config)
        guard let url = try reader.string("url")?.withoutSpaceAround, !url.isEmpty else {
            throw .config("url is missing; it says where alerts are posted to")
        }
        let lowercased = url.lowercased()
        guard lowercased.hasPrefix("https://") || lowercased.hasPrefix("http://"), !url.contains("#"),
            url.utf8.allSatisfy({ (0x21...0x7e).contains($0) })
        else { throw .config("url must be an absolute http or https URL, without spaces and without a fragment") }
        self.url = url
        headers = try reader.headers("headers")
    }

    /// What must not be in an error or a log: values of headers, and the URL, whose path is the secret of many channels.
    package var secrets: [Secret] { headers.map(\.value) + [Secret(url)] }
}
