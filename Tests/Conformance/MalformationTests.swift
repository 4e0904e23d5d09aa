import CJackfield
import Conformance
import JackfieldJSON
import Testing

@Suite("Malformed payloads are made from the layout tables")
struct MalformationTests {
    static let contracts: [String] = (0..<64).compactMap { jackfield_contract_at($0) }.map {
        String(cString: $0.pointee.id)
    }

    @Test("JSON becomes a well-formed payload of every method, and comes back the same", arguments: contracts)
    func roundTrip(role: String) throws {
        let contract = try #require(ContractTable(role, revision: 1))
        for method in contract.methods {
            let sample = Malformation.sample(method.request)
            let bytes = try PayloadJSON.encode(sample, as: method.request)
            #expect(PayloadCheck.fault(method.request, bytes) == nil, "\(role) \(method.name)")
            let back = PayloadJSON.decode(bytes, as: method.request)
            let again = try PayloadJSON.encode(back, as: method.request)
            #expect(again == bytes, "\(role) \(method.name)")
        }
    }

    @Test("a longer head and longer elements are well-formed as long as what is new is zero", arguments: contracts)
    func growth(role: String) throws {
        let contract = try #require(ContractTable(role, revision: 1))
        for method in contract.methods {
            let sample = Malformation.sample(method.request)
            let longer = try PayloadJSON.encode(sample, as: method.request, shape: .init(head: 16, element: 8))
            #expect(PayloadCheck.fault(method.request, longer) == nil, "\(role) \(method.name)")
            let news = try PayloadJSON.encode(sample, as: method.request, shape: .init(head: 16, tail: 1))
            #expect(PayloadCheck.fault(method.request, news) != nil, "\(role) \(method.name)")
        }
    }

    /// The kinds of fault that a request with texts and lists can have.
    @Test(
        "each kind of fault can be made of an agent's request",
        arguments: [
            JACKFIELD_FAULT_ALIGNMENT, JACKFIELD_FAULT_SIZE, JACKFIELD_FAULT_UNKNOWN, JACKFIELD_FAULT_RANGE,
            JACKFIELD_FAULT_OVERLAP, JACKFIELD_FAULT_STRIDE, JACKFIELD_FAULT_TEXT, JACKFIELD_FAULT_RESERVED,
        ])
    func kinds(kind: UInt32) throws {
        let method = try #require(ContractTable("jackfield.agent", revision: 1)?.method(named: "invoke"))
        let request: JSON = [
            "input": "Hello", "history": [["role": "user", "text": "Hi"], ["role": "user", "text": "Ho"]],
        ]
        let payload = try PayloadJSON.encode(request, as: method.request)
        let variants = Malformation.variants(of: payload, method, kind: kind)
        #expect(!variants.isEmpty)
        #expect(variants.allSatisfy { $0.payload != payload || $0.misalignment != 0 })
    }

    @Test("a member that the struct does not have is refused with its name")
    func unknownMember() throws {
        let method = try #require(ContractTable("jackfield.agent", revision: 1)?.method(named: "invoke"))
        let mistake = #expect(throws: PayloadJSON.Mistake.self) {
            try PayloadJSON.encode(["question": "Hello"], as: method.request)
        }
        #expect(mistake?.description.contains("question") == true)
    }
}
