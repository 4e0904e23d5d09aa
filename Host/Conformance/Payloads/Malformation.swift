package import CJackfield
package import JackfieldJSON

/// Payloads that are wrong in one way, made from one that is right. Each is judged by `jackfield_check`, so that it is
/// wrong in just the way that it should be.
package enum Malformation {
    /// - Parameter kind: JACKFIELD_FAULT_*
    /// - Returns: none where the layout has nothing that could be wrong in this way.
    package static func variants(of payload: [UInt8], _ method: ContractTable.Method, kind: UInt32) -> [CallRequest] {
        let layout = method.request
        var made: [CallRequest] = []
        func add(_ bytes: [UInt8], misalignment: Int = 0) {
            var request = CallRequest(method: method, payload: bytes)
            request.misalignment = misalignment
            if check(request, layout) == kind { made.append(request) }
        }
        let head = Int(layout.pointee.size)
        let places = places(in: payload, layout)
        func patched(_ at: Int, _ values: [UInt32]) -> [UInt8] {
            var bytes = payload
            for (index, value) in values.enumerated() { store(value, at: at + 4 * index, in: &bytes) }
            return bytes
        }
        switch kind {
        case JACKFIELD_FAULT_ALIGNMENT:
            add(payload, misalignment: 4)
            for place in places where place.kind == JACKFIELD_KIND_LIST && place.length > 0 {
                add(patched(place.at, [place.offset + 4]))
            }
        case JACKFIELD_FAULT_SIZE:
            add([])
            add(Array(payload.prefix(8 * max(1, head / 16))))
            add(patched(0, [4]))
            add(patched(0, [UInt32(payload.count) + 8]))
            add(patched(0, [.max]))
        case JACKFIELD_FAULT_UNKNOWN:
            let json = PayloadJSON.decode(payload, as: layout)
            for shape in [PayloadJSON.Shape(head: 8, tail: 1), .init(head: 64, tail: 0xFF), .init(element: 8, tail: 1)]
            {
                if let bytes = try? PayloadJSON.encode(json, as: layout, shape: shape) { add(bytes) }
            }
        case JACKFIELD_FAULT_RANGE:
            for place in places where place.isReference {
                let offsets: [UInt32] = [UInt32(payload.count) + 8, 8, 0xFFFF_FFF8, 0x7FFF_FFF8]
                for offset in offsets where place.kind != JACKFIELD_KIND_LIST {
                    add(patched(place.at, [offset, max(8, place.length)]))
                }
                if place.kind != JACKFIELD_KIND_LIST {
                    add(patched(place.at, [UInt32(head), .max]))
                } else if place.length > 0 {
                    for offset in offsets { add(patched(place.at, [offset])) }
                    add(patched(place.at, [place.offset, .max]))
                }
            }
        case JACKFIELD_FAULT_OVERLAP:
            let texts = places.filter { $0.kind == JACKFIELD_KIND_TEXT || $0.kind == JACKFIELD_KIND_DATA }
            guard let longest = texts.max(by: { $0.length < $1.length }), longest.length > 0, texts.count > 1 else {
                break
            }
            // All of them cover the longest one, until that is more than there is.
            var bytes = payload
            for place in texts {
                store(longest.offset, at: place.at, in: &bytes)
                store(longest.length, at: place.at + 4, in: &bytes)
            }
            add(bytes)
        case JACKFIELD_FAULT_STRIDE:
            for place in places where place.kind == JACKFIELD_KIND_LIST && place.length > 0 {
                add(patched(place.at + 8, [0]))
            }
        case JACKFIELD_FAULT_TEXT:
            for place in places where place.kind == JACKFIELD_KIND_TEXT && place.length > 0 {
                for byte: UInt8 in [0xFF, 0xC3, 0xED] {
                    var bytes = payload
                    bytes[Int(place.offset + place.length) - 1] = byte
                    add(bytes)
                }
            }
        case JACKFIELD_FAULT_RESERVED:
            for place in places where place.kind == JACKFIELD_KIND_ZERO { add(patched(place.at, [1])) }
            for place in places where place.kind == JACKFIELD_KIND_LIST { add(patched(place.at + 12, [1])) }
        default: break
        }
        return made
    }

    private static func check(_ request: CallRequest, _ layout: UnsafePointer<jackfield_layout>) -> UInt32 {
        let memory = BenchMemory([UInt8](repeating: 0, count: request.misalignment) + request.payload)
        let view = jackfield_view(
            data: request.payload.isEmpty ? nil : UnsafeRawPointer(memory.start + request.misalignment),
            size: UInt64(request.payload.count))
        return withExtendedLifetime(memory) { jackfield_check(layout, view).kind }
    }

    private static func store(_ value: UInt32, at: Int, in bytes: inout [UInt8]) {
        guard at + 4 <= bytes.count else { return }
        bytes.withUnsafeMutableBytes { $0.storeBytes(of: value, toByteOffset: at, as: UInt32.self) }
    }

    /// Where something can be wrong: references and reserved fields, those of list elements included.
    private struct Place {
        var at: Int
        var kind: UInt32
        var offset: UInt32 = 0
        /// Of a list: the count.
        var length: UInt32 = 0
        var isReference: Bool { kind != JACKFIELD_KIND_ZERO }
    }

    private static func places(in payload: [UInt8], _ layout: UnsafePointer<jackfield_layout>) -> [Place] {
        payload.withUnsafeBytes { bytes in
            var found: [Place] = []
            func walk(_ layout: UnsafePointer<jackfield_layout>, _ base: Int) {
                for field in LayoutTable(layout).fields {
                    let at = base + Int(field.offset)
                    switch field.kind {
                    case JACKFIELD_KIND_ZERO: found.append(Place(at: at, kind: field.kind))
                    case JACKFIELD_KIND_TEXT, JACKFIELD_KIND_DATA:
                        let text = bytes.loadUnaligned(fromByteOffset: at, as: jackfield_text.self)
                        found.append(Place(at: at, kind: field.kind, offset: text.offset, length: text.length))
                    case JACKFIELD_KIND_LIST:
                        let list = bytes.loadUnaligned(fromByteOffset: at, as: jackfield_list.self)
                        found.append(Place(at: at, kind: field.kind, offset: list.offset, length: list.count))
                        guard let element = field.element else { continue }
                        for index in 0..<Int(list.count) {
                            walk(element, Int(list.offset) + index * Int(list.stride))
                        }
                    default: break
                    }
                }
            }
            walk(layout, 0)
            return found
        }
    }

    /// A well-formed payload in which every field is filled, for methods that no request is known for.
    package static func sample(_ layout: UnsafePointer<jackfield_layout>) -> JSON {
        var object = JSONObject()
        for field in LayoutTable(layout).fields {
            if layout.pointee.headed == 1, field.offset == 0 { continue }
            switch field.kind {
            case JACKFIELD_KIND_TEXT, JACKFIELD_KIND_DATA: object[field.name] = "text"
            case JACKFIELD_KIND_LIST:
                if let element = field.element { object[field.name] = .array([sample(element), sample(element)]) }
            default: break
            }
        }
        return .object(object)
    }
}
