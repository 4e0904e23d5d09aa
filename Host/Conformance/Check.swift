/// One thing that a plugin must do or must never do, and how to see whether it does.
///
/// Each check runs in a process of its own, so a crash, a hang or an exit is its result. The texts are for people who
/// write plugins: they are printed, and `docs/checks/ID.md` is made of them.
package struct Check: Sendable {
    /// "lifecycle-destroy-without-open": the group, then what is done. Lower case, digits and hyphens. Never changes.
    package let id: String
    package let group: CheckGroup
    /// What is true of a correct plugin, in one sentence.
    package let sentence: String
    /// What goes wrong in a host where it is not true.
    package let why: String
    /// What an author usually has to do.
    package let mend: String
    /// Ids of roles, such as "jackfield.llm"; nil: every role.
    package let roles: [String]?
    /// Runs in the child. Returns if the plugin passed; throws a `Finding` otherwise.
    package let run: @Sendable (Bench) throws -> Void

    package init(
        id: String, group: CheckGroup, sentence: String, why: String, mend: String, roles: [String]? = nil,
        run: @escaping @Sendable (Bench) throws -> Void
    ) {
        self.id = id
        self.group = group
        self.sentence = sentence
        self.why = why
        self.mend = mend
        self.roles = roles
        self.run = run
    }

    package func applies(to role: String) -> Bool { roles?.contains(role) ?? true }
}

/// What checks are about. The order is that of the report.
package enum CheckGroup: String, Sendable, CaseIterable {
    case entry, descriptor, lifecycle, threads, ownership, payloads, calls, cancel, deadline, flow, services, growth
    case instances, resources, role, modes

    /// The heading in the report and in the documents.
    package var title: String {
        switch self {
        case .entry: "Entry"
        case .descriptor: "Descriptor"
        case .lifecycle: "Lifecycle"
        case .threads: "Threads"
        case .ownership: "Ownership of memory"
        case .payloads: "Malformed payloads"
        case .calls: "Calls"
        case .cancel: "Cancelling"
        case .deadline: "Deadlines"
        case .flow: "Back-pressure"
        case .services: "Services"
        case .growth: "Growth of structs"
        case .instances: "Many instances"
        case .resources: "Resources"
        case .role: "The role's contract"
        case .modes: "Both modes"
        }
    }
}

/// Why a check did not pass: thrown by its body.
package struct Finding: Error, Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        /// The plugin did wrong.
        case failed
        /// There is nothing to check: the role has no events, another check judges what stands in the way.
        case skipped
    }

    package var kind: Kind
    /// What was seen, in one sentence.
    package var sentence: String
    /// Details, one a line: what was asked, what came.
    package var evidence: [String]

    package static func failed(_ sentence: String, _ evidence: [String] = []) -> Finding {
        Finding(kind: .failed, sentence: sentence, evidence: evidence)
    }

    package static func skipped(_ reason: String) -> Finding {
        Finding(kind: .skipped, sentence: reason, evidence: [])
    }
}

/// Throws a failed finding unless the condition holds.
package func expect(
    _ condition: Bool, _ sentence: @autoclosure () -> String, _ evidence: @autoclosure () -> [String] = []
) throws {
    if !condition { throw Finding.failed(sentence(), evidence()) }
}
