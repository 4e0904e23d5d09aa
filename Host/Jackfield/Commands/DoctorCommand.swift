import ArgumentParser
import EventLoops
import Glibc
import HTTPServer
import Integrity
import Isolation
import JackfieldVocabulary
import Loading
import Logging
import Manifest
import Orchestration
import Registry
import Storage
import Telemetry

/// `jackfield doctor`: what this machine and this manifest can and cannot do.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Show what this machine can and cannot do for the host.")

    @OptionGroup var options: ManifestOptions

    private struct Finding {
        var isFine: Bool
        var what: String
        var detail: String
    }

    func run() async throws {
        var findings: [Finding] = [Self.kernel(), Self.descriptors()] + Self.isolation()
        let manifest = try options.load()
        findings.append(
            Finding(
                isFine: true, what: "manifest",
                detail: "\(manifest.plugins.count) plugins, \(manifest.models.count) models"))
        findings.append(Self.port(manifest.server.listen))
        findings.append(await Self.store(manifest.storage.path))
        var tolerant = manifest
        for index in tolerant.plugins.indices { tolerant.plugins[index].required = false }
        let host = try await HostAssembly(tolerant, path: options.path, level: .critical, keepsSessions: false)
        for plugin in host.registry.plugins where plugin.config.enabled {
            let state = plugin.now
            findings.append(
                Finding(
                    isFine: state.status == .ready, what: "plugin \(plugin.id)",
                    detail: state.error?.message
                        ?? "\(state.status.rawValue), \(Self.place(of: state))\(Self.signer(of: state))"))
        }
        for problem in host.tools.grantProblems {
            findings.append(Finding(isFine: false, what: problem.place, detail: problem.message))
        }
        for provider in host.registry.ready(.llm) {
            findings.append(await Self.provider(provider, host))
        }
        await host.stop(deadline: .now())
        for finding in findings {
            let mark = finding.isFine ? Terminal.styled("ok  ", .green) : Terminal.styled("no  ", .yellow)
            Terminal.out("\(mark) \(finding.what): \(finding.detail)\n")
        }
        if findings.contains(where: { !$0.isFine }) { throw ExitCode(1) }
    }

    /// Which levels of the sandbox this kernel can give, each with what is missing otherwise.
    private static func isolation() -> [Finding] {
        let support = SandboxSupport.probe()
        return [SandboxLevel.strict, .basic, .none].map { level in
            let missing = support.missing(for: level)
            // A machine that can do less is no fault as long as nothing asks for more: then the plugin is one.
            return Finding(
                isFine: missing == nil || level != .strict, what: "sandbox level \(level.rawValue)",
                detail: missing ?? "available" + (level == .strict ? ", Landlock ABI \(support.landlockABI)" : ""))
        }
    }

    private static func place(of state: RegisteredPlugin.State) -> String {
        guard let sandbox = state.isolated?.report.sandbox else { return "in process" }
        let microseconds = sandbox.nanoseconds / 1000
        return "in a process of its own, sandbox level \(sandbox.level.rawValue), set up in \(microseconds) µs"
    }

    private static func signer(of state: RegisteredPlugin.State) -> String {
        guard case .good(let claims, let key) = state.signature else { return "" }
        return ", signed by \(key)\(claims.expires.map { " until \($0)" } ?? "")"
    }

    private static func kernel() -> Finding {
        var name = utsname()
        uname(&name)
        let release = withUnsafeBytes(of: &name.release) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        return Finding(
            isFine: true, what: "kernel", detail: "Linux \(release), \(sysconf(Int32(_SC_NPROCESSORS_ONLN))) processors"
        )
    }

    private static func descriptors() -> Finding {
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        let isFine = limit.rlim_cur >= 4096
        return Finding(
            isFine: isFine, what: "open files",
            detail: isFine
                ? "up to \(limit.rlim_cur)"
                : "up to \(limit.rlim_cur): a connection takes one and a streamed answer two; raise it with `ulimit -n 65536`"
        )
    }

    private static func port(_ address: ListenAddress) -> Finding {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var place = sockaddr_in()
        place.sin_family = sa_family_t(AF_INET)
        place.sin_port = in_port_t(UInt16(address.port)).bigEndian
        guard inet_pton(AF_INET, address.host, &place.sin_addr) == 1 else {
            return Finding(isFine: true, what: "listen", detail: "\(address) (not tried: not an IPv4 address)")
        }
        var yes: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        let status = withUnsafePointer(to: &place) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        return Finding(
            isFine: status == 0, what: "listen",
            detail: status == 0 ? "\(address) is free" : "\(address): \(String(cString: strerror(errno)))")
    }

    private static func store(_ path: String) async -> Finding {
        do {
            let store = try SQLiteStore(path: path)
            try await store.check()
            await store.close()
            return Finding(isFine: true, what: "store", detail: "\(path) can be read and written")
        } catch {
            return Finding(isFine: false, what: "store", detail: "\(path): \(error)")
        }
    }

    /// A provider is asked for its models, which shows that its upstream is reached and the key is good.
    private static func provider(_ plugin: RegisteredPlugin, _ host: HostAssembly) async -> Finding {
        let result = await ProviderProbe.models(of: plugin, executor: host.executors.any(0))
        switch result {
        case .success(let models):
            return Finding(isFine: true, what: "provider \(plugin.id)", detail: "reached, \(models.count) models")
        case .failure(let error):
            return Finding(isFine: false, what: "provider \(plugin.id)", detail: error.message)
        }
    }
}
