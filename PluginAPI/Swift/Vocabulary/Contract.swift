public import CJackfield

/// A method of a role or service, as the tables of layouts.h describe it: static data that never changes.
public struct MethodContract: @unchecked Sendable {
    private let table: UnsafePointer<jackfield_method_contract>

    /// Nil if this version knows no such role, service, revision or method.
    public init?(_ id: String, revision: UInt32, method: UInt32) {
        guard let contract = jackfield_contract_of(id, revision) else { return nil }
        for index in 0..<Int(contract.pointee.method_count) where contract.pointee.methods[index].method == method {
            table = contract.pointee.methods + index
            return
        }
        return nil
    }

    /// The methods of a role or service, by number; empty if this version does not know it.
    public static func all(_ id: String, revision: UInt32) -> [MethodContract?] {
        guard let contract = jackfield_contract_of(id, revision) else { return [] }
        let rows = (0..<Int(contract.pointee.method_count)).map { contract.pointee.methods + $0 }
        let last = rows.map { Int($0.pointee.method) }.max() ?? 0
        var methods = [MethodContract?](repeating: nil, count: last + 1)
        for row in rows { methods[Int(row.pointee.method)] = MethodContract(table: row) }
        return methods
    }

    private init(table: UnsafePointer<jackfield_method_contract>) { self.table = table }

    /// "complete", "check".
    public var name: String { String(cString: table.pointee.name) }

    /// What is wrong with a request, or nil.
    public func fault(request: jackfield_view) -> PayloadFault? { PayloadFault(table.pointee.request, request) }

    /// What is wrong with a result, or nil.
    public func fault(result: jackfield_view) -> PayloadFault? { PayloadFault(table.pointee.result, result) }

    /// What is wrong with an event, or nil. An event that is not in the contract comes from a newer version: it is
    /// accepted here and left out by whoever reads.
    public func fault(event: UInt32, _ payload: jackfield_view) -> PayloadFault? {
        guard let events = table.pointee.events else { return nil }
        for index in 0..<Int(table.pointee.event_count) where events[index].event == event {
            return PayloadFault(events[index].payload, payload)
        }
        return nil
    }

    /// Is the event in the contract?
    public func knows(event: UInt32) -> Bool {
        guard let events = table.pointee.events else { return false }
        return (0..<Int(table.pointee.event_count)).contains { events[$0].event == event }
    }
}

/// Why a payload is malformed (check.h), as a sentence that names the struct and the field.
public struct PayloadFault: Error, Sendable, Hashable, CustomStringConvertible {
    public let description: String

    init?(_ layout: UnsafePointer<jackfield_layout>, _ payload: jackfield_view) {
        let fault = jackfield_check(layout, payload)
        guard fault.kind != JACKFIELD_FAULT_NONE else { return nil }
        let what =
            switch fault.kind {
            case JACKFIELD_FAULT_ALIGNMENT: "is not at a multiple of 8 bytes"
            case JACKFIELD_FAULT_SIZE: "is shorter than it says or than it ever was"
            case JACKFIELD_FAULT_UNKNOWN: "is longer than this version knows, and the unknown part is not zero"
            case JACKFIELD_FAULT_RANGE: "refers to something outside the payload"
            case JACKFIELD_FAULT_OVERLAP: "refers to more bytes than the payload has"
            case JACKFIELD_FAULT_STRIDE: "has elements smaller than they ever were"
            case JACKFIELD_FAULT_TEXT: "is not UTF-8"
            default: "is reserved and not zero"
            }
        let place = fault.layout.map { String(cString: $0) } ?? "the payload"
        let field = fault.field.map { ".\(String(cString: $0))" } ?? ""
        description = "\(place)\(field) \(what) (at byte \(fault.offset) of \(payload.size))"
    }

    /// A fault of `jackfield_context`, which belongs to no method.
    public init?(context: jackfield_view) { self.init(jackfield_context_layout_of(), context) }
}

extension jackfield_view {
    public init(_ bytes: UnsafeRawBufferPointer) {
        self.init(data: bytes.baseAddress, size: UInt64(bytes.count))
    }

    /// The bytes; none where the view says what cannot be: bytes at null, or more than a payload may have.
    public var bytes: UnsafeRawBufferPointer {
        guard let data, size <= UInt64(JACKFIELD_PAYLOAD_MAX) else {
            return UnsafeRawBufferPointer(start: nil, count: 0)
        }
        return UnsafeRawBufferPointer(start: data, count: Int(size))
    }
}
