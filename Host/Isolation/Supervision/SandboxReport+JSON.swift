package import JackfieldJSON

extension SandboxReport {
    /// For the management API, and from a runner to its host.
    package var json: JSON {
        [
            "level": .string(level.rawValue), "landlock_abi": JSON(landlockABI),
            "namespaces": .array(namespaces.map { .string($0) }), "threads_limited": .bool(threadsLimited),
            "filter_length": JSON(filterLength), "setup_us": JSON(Double(nanoseconds) / 1000),
            "promises": .array(promises.map { .string($0) }),
        ]
    }

    /// Whether it holds all that another one does.
    func isAsGood(as other: SandboxReport) -> Bool {
        level == other.level && landlockABI >= other.landlockABI && (threadsLimited || !other.threadsLimited)
            && Set(namespaces).isSuperset(of: other.namespaces)
    }

    /// The other side of `json`; nil if something is missing.
    init?(_ json: JSON) {
        guard let level = json["level"]?.string.flatMap({ SandboxLevel(rawValue: $0) }),
            let landlock = json["landlock_abi"]?.int, let threadsLimited = json["threads_limited"]?.bool,
            let length = json["filter_length"]?.int, let duration = json["setup_us"]?.double,
            let nanoseconds = UInt64(exactly: (duration * 1000).rounded())
        else { return nil }
        self.init(
            level: level, landlockABI: landlock,
            namespaces: json["namespaces"]?.array?.compactMap(\.string) ?? [], threadsLimited: threadsLimited,
            filterLength: length, nanoseconds: nanoseconds)
    }
}
