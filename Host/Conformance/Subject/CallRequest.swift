package import JackfieldJSON

/// A request that a check makes to the plugin: a method of its role, and a well-formed payload.
package struct CallRequest: @unchecked Sendable {
    package let method: ContractTable.Method
    package var payload: [UInt8]
    /// Bytes by which the payload begins after a multiple of 8: only in a malformed one anything but 0.
    package var misalignment = 0

    package init(method: ContractTable.Method, payload: [UInt8]) {
        self.method = method
        self.payload = payload
    }

    /// Of "invoke" and the like; nil if this version does not know the role or the method.
    ///
    /// - Throws: `PayloadJSON.Mistake` where the request has members that the method's struct does not have.
    package init?(role: ContractTable?, _ method: String, _ request: JSON) throws {
        guard let method = role?.method(named: method) else { return nil }
        self.init(method: method, payload: try PayloadJSON.encode(request, as: method.request))
    }
}

extension Subject {
    package var contract: ContractTable? { ContractTable(role, revision: roleRevision) }

    /// What the plugin is asked: the rehearsal's requests, or the built-in ones of its role.
    package func requests() throws -> [CallRequest] {
        let written =
            rehearsal.requests.isEmpty
            ? DefaultRequests.of(role) : rehearsal.requests.map { (method: $0.method, request: $0.request) }
        return try written.map { entry in
            guard let request = try CallRequest(role: contract, entry.method, entry.request) else {
                throw Finding.failed("\(role)/\(roleRevision) has no method \(entry.method)")
            }
            return request
        }
    }
}
