import JackfieldNetwork
import NIOCore
import NIOPosix
import Synchronization

@testable import Outbound

/// Answers lookups as a test says: the first connection gets the first answer, and so on; the last one is kept.
final class ScriptedNames: Sendable {
    private let answers: Mutex<[[String]]>
    private let asked = Atomic<Int>(0)

    init(_ answers: [[String]]) { self.answers = Mutex(answers) }

    /// How many connections had a name resolved for them.
    var count: Int { self.asked.load(ordering: .acquiring) }

    /// An empty answer never comes.
    func install(in settings: inout OutboundSettings) {
        settings.resolver = { loop in
            self.asked.wrappingAdd(1, ordering: .acquiringAndReleasing)
            let answer = self.answers.withLock { $0.count > 1 ? $0.removeFirst() : $0[0] }
            return ScriptedResolver(loop: loop, addresses: answer)
        }
    }
}

private struct ScriptedResolver: Resolver, Sendable {
    let loop: any EventLoop
    let addresses: [String]

    func initiateAQuery(host: String, port: Int) -> EventLoopFuture<[SocketAddress]> {
        self.answer(port) { !$0.contains(":") }
    }

    func initiateAAAAQuery(host: String, port: Int) -> EventLoopFuture<[SocketAddress]> {
        self.answer(port) { $0.contains(":") }
    }

    func cancelQueries() {}

    private func answer(_ port: Int, _ isWanted: (String) -> Bool) -> EventLoopFuture<[SocketAddress]> {
        let promise = self.loop.makePromise(of: [SocketAddress].self)
        if !self.addresses.isEmpty {
            promise.succeed(
                self.addresses.filter(isWanted).compactMap { try? SocketAddress(ipAddress: $0, port: port) })
        } else {
            // A promise may not be forgotten: it is kept when the loop goes.
            self.loop.scheduleTask(in: .seconds(30)) { promise.fail(ChannelError.eof) }
        }
        return promise.futureResult
    }
}

/// What a grant has against a connection of `host` to an address, or to the socket of a path.
func objection(to address: String, under grant: AddressGrant, host: String = "name.test") throws -> OutboundError? {
    let socket =
        address.hasPrefix("/")
        ? try SocketAddress(unixDomainSocketPath: address) : try SocketAddress(ipAddress: address, port: 443)
    let endpoint = OutboundEndpoint(scheme: .https, host: host, port: 443)
    return grant.objection(to: socket, of: endpoint) { $0.refusal }
}
