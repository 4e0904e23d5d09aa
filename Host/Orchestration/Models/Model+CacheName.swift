import JackfieldJSON
import Manifest
import Registry

extension Model {
    /// The name that answers are kept under: the model's, its route, and which plugins stand behind it. Answers of another
    /// upstream, of another plugin or of one that is configured otherwise are not those of this model any more. Secrets do
    /// not count: a new key gives the same answers.
    static func nameForCache(_ config: ModelConfig, steps: [[Member]]) -> String {
        let route = config.upstreams.map(\.description)
        let plugins = steps.flatMap { $0 }.map { fingerprint($0.upstream.plugin.config) }
        return ([config.name.text] + route + plugins).joined(separator: " ")
    }

    /// FNV-1a: what is hashed is the operator's own, so nobody looks for collisions.
    private static func fingerprint(_ plugin: PluginConfig) -> String {
        let parts = [plugin.source?.description ?? "", plugin.sha256 ?? "", plugin.configuration.redacted.text]
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in parts.joined(separator: "\0").utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
        return String(hash, radix: 16)
    }
}
