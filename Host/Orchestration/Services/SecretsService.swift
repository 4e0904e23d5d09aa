import JackfieldVocabulary
package import Loading
package import Manifest

/// jackfield.secrets/1: those secrets that the manifest grants to the plugin.
package struct SecretsService: HostService {
    package let id = "jackfield.secrets"
    package let revision: UInt32 = 1
    private let source: SecretSource
    private let granted: [String: Set<String>]

    package init(manifest: Manifest) {
        source = manifest.secretSource
        granted = Dictionary(
            uniqueKeysWithValues: manifest.plugins.map { ($0.id.text, Set($0.grants.secrets.map(\.text))) })
    }

    package func start(_ call: ServiceCall) {
        let name = call.request(SecretRequest.self).name
        guard granted[call.plugin.id]?.contains(name) == true, let secret = try? SecretName(name) else {
            return call.fail(
                CallError(.forbidden, "plugins.\(call.plugin.id).grants.secrets does not list the secret \(name)"))
        }
        do throws(InvalidValue) {
            guard let value = try source.secret(secret) else {
                return call.fail(
                    CallError(.notFound, "the secret \(name) is in none of its places: \(source.places(for: secret))"))
            }
            call.finish(SecretValue(value: value.reveal()))
        } catch {
            call.fail(CallError(.unavailable, "the secret \(name) cannot be read: \(error)"))
        }
    }
}
