/// All checks, in the order of the report.
package enum CheckCatalogue {
    package static let all: [Check] =
        entryChecks + descriptorChecks + lifecycleChecks + threadChecks + ownershipChecks + payloadChecks + callChecks
        + cancelChecks + deadlineChecks + flowChecks + serviceChecks + growthChecks + instanceChecks + resourceChecks
        + roleChecks + modeChecks

    /// The fuzzer is none of the checks, but has a page and runs in a process like one.
    package static func check(_ id: String) -> Check? { (all + [fuzz]).first { $0.id == id } }

    /// The checks named by ids or groups, separated by commas; nil with the first name that is neither.
    package static func select(_ names: String) -> Result<[Check], UnknownCheck> {
        var chosen: [Check] = []
        for name in names.split(separator: ",").map(String.init) {
            let found = all.filter { $0.id == name || $0.group.rawValue == name }
            guard !found.isEmpty else { return .failure(UnknownCheck(name: name)) }
            chosen += found.filter { check in !chosen.contains { $0.id == check.id } }
        }
        return .success(chosen)
    }

    package struct UnknownCheck: Error { package let name: String }
}
