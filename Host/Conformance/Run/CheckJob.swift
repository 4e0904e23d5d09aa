package import JackfieldJSON

/// What a child process is asked to do: one check on one plugin. One line of JSON on descriptor 3.
package struct CheckJob: Sendable {
    package var check: String
    package var seed: UInt64
    /// Rounds of the fuzzer; nil: as many as a process has time for.
    package var rounds: UInt64?
    /// Nanoseconds that the check may take.
    package var limit: Int64
    package var subject: Subject

    package init(check: String, seed: UInt64, rounds: UInt64? = nil, limit: Int64, subject: Subject) {
        self.check = check
        self.limit = limit
        self.seed = seed
        self.rounds = rounds
        self.subject = subject
    }

    package var json: JSON {
        [
            "check": .string(check), "seed": .string(String(seed)), "rounds": .string(rounds.map { String($0) } ?? ""),
            "limit": JSON(limit), "subject": subject.json,
        ]
    }

    package init?(_ json: JSON) {
        guard let check = json["check"]?.string, let seed = json["seed"]?.string.flatMap({ UInt64($0) }),
            let limit = json["limit"]?.int, let subject = json["subject"].flatMap({ Subject($0) })
        else { return nil }
        let rounds = json["rounds"]?.string.flatMap { UInt64($0) }
        self.init(check: check, seed: seed, rounds: rounds, limit: Int64(limit), subject: subject)
    }
}
