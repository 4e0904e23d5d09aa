package import CJackfield

/// A role or service of contracts.h, read into Swift.
package struct ContractTable: @unchecked Sendable {
    package struct Method: @unchecked Sendable {
        package let number: UInt32
        /// "complete"
        package let name: String
        package let request: UnsafePointer<jackfield_layout>
        package let result: UnsafePointer<jackfield_layout>
        /// By number.
        package let events: [UInt32: (name: String, payload: UnsafePointer<jackfield_layout>)]
    }

    package let id: String
    package let revision: UInt32
    package let methods: [Method]

    /// Nil if these headers know no such role or service.
    package init?(_ id: String, revision: UInt32) {
        guard let contract = jackfield_contract_of(id, revision) else { return nil }
        self.id = id
        self.revision = revision
        methods = (0..<Int(contract.pointee.method_count)).map { index in
            let method = contract.pointee.methods[index]
            let events = (0..<Int(method.event_count)).compactMap { method.events?[$0] }
            return Method(
                number: method.method, name: String(cString: method.name), request: method.request,
                result: method.result,
                events: Dictionary(
                    uniqueKeysWithValues: events.map {
                        ($0.event, (name: String(cString: $0.name), payload: $0.payload))
                    }))
        }
    }

    package func method(_ number: UInt32) -> Method? { methods.first { $0.number == number } }
    package func method(named name: String) -> Method? { methods.first { $0.name == name } }
}
