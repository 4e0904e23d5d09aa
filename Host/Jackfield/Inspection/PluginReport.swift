import Integrity
import Isolation
import JackfieldJSON
import Loading
import Manifest
import Registry

/// Everything that `plugin inspect` found, for a person and for a program.
struct PluginReport {
    var facts: PluginFacts
    /// Nil: the library could not be loaded.
    var trial: PluginTrial?

    var json: JSON {
        let manifest = facts.location?.manifest
        let descriptor = trial?.descriptor
        func list(_ texts: [String]) -> JSON { .array(texts.map { .string($0) }) }
        func text(_ text: String?) -> JSON { text.map { .string($0) } ?? .null }
        return .object(
            JSONObject([
                ("id", text(descriptor?.id ?? manifest?.id.description)),
                ("version", text(descriptor?.version ?? manifest?.version)),
                ("description", text(manifest?.description)), ("license", text(manifest?.license)),
                ("role", text(descriptor?.roles.first?.description ?? manifest?.role.description)),
                ("roles", list(roles)),
                ("abi", 1), ("abi_revision", descriptor.map { JSON($0.abiRevision) } ?? .null),
                ("may_block", descriptor.map { .bool($0.concurrency != nil) } ?? .null),
                ("concurrency", descriptor?.concurrency.map { JSON($0) } ?? .null),
                ("library", .string(facts.library)), ("plugin_json", text(facts.location?.file)),
                ("sha256", .string(facts.sha256.hexadecimal)), ("signature", signature),
                ("requires", list(services(required: true))), ("optional", list(services(required: false))),
                ("config", list(facts.configKeys)), ("exports", list(facts.exports)), ("links", list(facts.needed)),
                ("loaded", .bool(trial != nil)), ("sandbox_level", text(trial?.level.rawValue)),
                ("problems", list(facts.problems)),
            ]))
    }

    private var roles: [String] {
        trial?.descriptor.roles.map(\.description) ?? facts.location.map { [$0.manifest.role.description] } ?? []
    }

    private func services(required: Bool) -> [String] {
        if let trial { return trial.descriptor.services.filter { $0.isRequired == required }.map(\.description) }
        guard let services = facts.location?.manifest.services else { return [] }
        return (required ? services.required : services.optional).map(\.description)
    }

    private var signature: JSON {
        guard let signature = facts.signature else { return .null }
        let claims = signature.claims
        return [
            "key": .string(claims.key), "signer": claims.signer.map { .string($0) } ?? .null,
            "signed": .string(claims.signed.description),
            "expires": claims.expires.map { .string($0.description) } ?? .null,
            "matches": .bool(signature.objection == nil),
        ]
    }

    /// One fact a line, then the problems.
    var text: String {
        let manifest = facts.location?.manifest
        let descriptor = trial?.descriptor
        var rows: [(String, [String])] = [
            ("id", [descriptor?.id ?? manifest?.id.description ?? "-"]),
            ("version", [descriptor?.version ?? manifest?.version ?? "-"]),
        ]
        if let manifest { rows += [("description", [manifest.description]), ("license", [manifest.license])] }
        rows.append(("roles", roles))
        if let descriptor {
            rows.append(("abi", ["1, revision \(descriptor.abiRevision)"]))
            rows.append(("threads", [descriptor.concurrency.map { "may block, \($0) at a time" } ?? "never blocks"]))
        }
        rows += [
            ("library", [facts.library]), ("sha256", [facts.sha256.hexadecimal]), ("signature", [signatureLine]),
            ("requires", services(required: true)), ("can use", services(required: false)),
            ("config", facts.configKeys), ("exports", facts.exports), ("links", facts.needed),
            ("loaded", [trial.map { "in a process of its own, sandbox level \($0.level.rawValue)" } ?? "no"]),
        ]
        let lines = rows.map { name, values in
            let label = name + String(repeating: " ", count: 12 - name.count)
            return "\(Terminal.styled(label, .bold)) \(values.isEmpty ? "-" : values.joined(separator: ", "))\n"
        }
        return lines.joined() + facts.problems.map { Terminal.styled("problem", .yellow) + "      \($0)\n" }.joined()
    }

    private var signatureLine: String {
        guard let signature = facts.signature else { return "none" }
        let claims = signature.claims
        let who = claims.signer.map { " (\($0))" } ?? ""
        let until = claims.expires.map { ", expires \($0)" } ?? ""
        let state = signature.objection == nil ? "files match; check the key with `plugin verify`" : "does not hold"
        return "by key \(claims.key)\(who) on \(claims.signed)\(until): \(state)"
    }
}
