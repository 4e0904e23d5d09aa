import JackfieldVocabulary

@testable import Bedrock

/// A world with these variables, files and one endpoint.
struct FakeSurroundings: Surroundings {
    var variables: [String: String] = [:]
    /// False: a name that is not there is one that the manifest does not grant.
    var grantsAll = true
    var files: [String: String] = [:]
    var home: String? = "/home/me"
    var endpoint: @Sendable (String, [String: String]) throws(CallError) -> (status: Int, body: String) = {
        (url, _) throws(CallError) in throw CallError(.forbidden, "grants.http does not list \(url)")
    }

    func variable(_ name: String) async throws(CallError) -> Variable {
        variables[name].map { .set($0) } ?? (grantsAll ? .unset : .notGranted)
    }

    func file(_ path: String) -> FileText { files[path].map { .text($0) } ?? .unreadable("No such file or directory") }

    func get(
        _ url: String, headers: [(name: String, value: String)], bound: Int
    ) async throws(CallError) -> (status: Int, body: [UInt8]) {
        let (status, body) = try endpoint(url, Dictionary(headers.map { ($0.name, $0.value) }) { first, _ in first })
        return (status, Array(body.utf8))
    }
}
