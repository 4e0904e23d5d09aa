import Glibc
import JackfieldJSON
import Testing

@testable import Native

@Suite("Random signatures")
struct RandomSignatureTests {
    /// The last two found structures that libffi passes wrongly; see `PassedPiece`. `JACKFIELD_SEED` chooses another.
    static let seeds: [UInt64] = {
        guard let text = getenv("JACKFIELD_SEED"), let seed = UInt64(String(cString: text)) else {
            return [20_261_121, 4, 9]
        }
        return [seed]
    }()

    @Test("2,000 calls with random types and values pass every number, and bring it back", arguments: seeds)
    func roundTrip(seed: UInt64) throws {
        var numbers = SeededNumbers(seed)
        let library = RandomLibrary(functions: 200, &numbers)
        let path = try FixtureLibrary.compile(library.source, "random-\(seed)")
        let sample = try NativeSample(library.config(path).text)
        for function in library.functions {
            for _ in 0..<10 {
                var digest: UInt64 = 0
                var values: [JSON] = []
                for parameter in function.parameters {
                    values.append(RandomValue.make(parameter.type, &numbers, &digest))
                }
                let arguments = JSONObject(values.enumerated().map { ("a\($0)", $1) })
                let answer = try sample(function.name, .object(arguments))
                var right = JSONObject()
                if let index = function.returned { right["result"] = values[index] }
                for (index, parameter) in function.parameters.enumerated() where parameter.way == .inoutPointer {
                    right["a\(index)"] = values[index]
                }
                for index in function.copied { right["o\(index)"] = values[index] }
                let told = "seed \(seed): \(library.signature(function)) with \(JSON.object(arguments))"
                try #require(answer == .object(right), "\(told)")
                try #require(try sample("take_digest", [:])["result"] == WholeNumber.json(Int128(digest)), "\(told)")
            }
        }
    }

    @Test("offsets of structures are the compiler's", arguments: seeds)
    func layouts(seed: UInt64) throws {
        var numbers = SeededNumbers(seed &+ 1)
        let library = RandomLibrary(functions: 0, &numbers)
        var source = library.source + "#include <stddef.h>\n"
        var right: [Int] = []
        source += "static const size_t layout[] = {"
        for structure in library.structures {
            source += "sizeof(struct \(structure.name)), _Alignof(struct \(structure.name)),"
            right += [structure.size, structure.alignment]
            for field in structure.fields {
                source += "offsetof(struct \(structure.name), \(field.name)),"
                right.append(field.offset)
            }
        }
        source += "0};\nconst size_t *layouts(void) { return layout; }\n"
        let path = try FixtureLibrary.compile(source, "layout-\(seed)")
        let sample = try NativeSample(
            """
            { "library": "\(path)", "functions": {
              "layouts": { "signature": "const size_t *layouts(void)", "returns": { "length": \(right.count) } } } }
            """)
        #expect(library.structures.count > 10)
        #expect(try sample("layouts", [:]) == ["result": .array(right.map { JSON($0) })])
    }
}
