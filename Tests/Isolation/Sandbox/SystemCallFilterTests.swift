import Isolation
import Testing

@Suite struct SystemCallFilterTests {
    private func context(_ architecture: Architecture) -> FilterContext {
        FilterContext(
            architecture: architecture, process: UInt32(SystemCallPolicy.process), lastProtectedDescriptor: 3)
    }

    private func entry(_ architecture: Architecture) -> FilterInterpreter {
        FilterInterpreter(program: SystemCallFilter.entry(context(architecture)))
    }

    /// Numbers that sit at the edges of what checks ask about.
    private let interesting: [UInt64] = [
        0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 31, 0x20, 0x22, 0xFF, 4321, 0x1003, 0x5401, 0x541B, 0x3D_0F00, 0x7D_0F00,
        0x5356_4D41, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF, 1 << 32, 1 << 32 | 4, 1 << 63, .max,
    ]

    @Test(arguments: Architecture.allCases)
    func whatIsNeverMadeIsRefusedWhateverTheArguments(architecture: Architecture) throws {
        let filter = entry(architecture)
        for name in SystemCallPolicy.never {
            guard let number = SystemCalls.number(of: name, on: architecture) else { continue }
            for value in interesting {
                let answer = try filter.run(
                    architecture.audited, UInt32(number), [UInt64](repeating: value, count: 6)
                ).answer
                #expect(answer == Answer.trap, "\(name) with \(value)")
            }
        }
    }

    @Test(arguments: Architecture.allCases)
    func whatARuntimeNeedsIsAllowedWhateverTheArguments(architecture: Architecture) throws {
        let filter = entry(architecture)
        for name in SystemCallPolicy.always {
            guard let number = SystemCalls.number(of: name, on: architecture) else { continue }
            for value in interesting {
                let answer = try filter.run(
                    architecture.audited, UInt32(number), [UInt64](repeating: value, count: 6)
                ).answer
                #expect(answer == Answer.allow, "\(name) with \(value)")
            }
        }
    }

    @Test(arguments: Architecture.allCases)
    func argumentsDecideAsThePolicySays(architecture: Architecture) throws {
        let filter = entry(architecture)
        for one in SystemCallPolicy.cases {
            guard let number = SystemCalls.number(of: one.call, on: architecture) else { continue }
            let answer = try filter.run(architecture.audited, UInt32(number), one.arguments).answer
            #expect(answer == one.answer, "\(one.call)\(one.arguments)")
        }
    }

    /// Each number, each argument in turn over the interesting values, against a reading of the table that knows
    /// nothing of programs.
    @Test(arguments: Architecture.allCases)
    func theProgramSaysWhatTheTableSays(architecture: Architecture) throws {
        let filter = entry(architecture)
        var rules: [Int: SystemCallRule] = [:]
        for call in SystemCall.themes.joined() {
            if let number = call.number(on: architecture) { rules[number] = call.rule }
        }
        for number in 0..<600 {
            let rule = rules[number] ?? .absent
            let decided: UInt32? = [
                .allow: Answer.allow, .refuse: Answer.trap, .absent: Answer.absent, .ignore: Answer.ignore,
            ][rule]
            let alternatives = rule.alternatives(context(architecture))
            for first in interesting {
                for (argument, value) in (0..<4).flatMap({ index in interesting.map { (index, $0) } }) {
                    var arguments = [first, first, 0, 0x22, 5, 0]
                    arguments[argument] = value
                    let expected =
                        decided
                        ?? (alternatives.contains { $0.allSatisfy { holds($0, arguments) } }
                            ? Answer.allow : Answer.trap)
                    let answer = try filter.run(architecture.audited, UInt32(number), arguments).answer
                    if answer != expected { Issue.record("\(number) \(arguments): \(answer), not \(expected)") }
                }
                if decided != nil { break }
            }
        }
    }

    private func holds(_ check: ArgumentCheck, _ arguments: [UInt64]) -> Bool {
        func low(_ index: Int) -> UInt32 { UInt32(truncatingIfNeeded: arguments[index]) }
        switch check {
        case .masked(let index, let mask, let value): return low(index) & mask == value
        case .oneOf(let index, let values): return values.contains(low(index))
        case .not(let index, let value): return low(index) != value
        case .above(let index, let value): return low(index) > value
        case .isNull(let index): return arguments[index] == 0
        }
    }

    @Test(arguments: Architecture.allCases)
    func callsWithoutANameAreAbsent(architecture: Architecture) throws {
        let filter = entry(architecture)
        for number: UInt32 in [471, 500, 1023, 0x3FFF_FFFF, .max] {
            #expect(try filter.run(architecture.audited, number).answer == Answer.absent)
        }
        for name in SystemCallPolicy.absent {
            guard let number = SystemCalls.number(of: name, on: architecture) else { continue }
            #expect(try filter.run(architecture.audited, UInt32(number)).answer == Answer.absent, "\(name)")
        }
    }

    @Test func anotherArchitectureAndItsNumbersEndTheProcess() throws {
        let (x86, arm) = (entry(.x86), entry(.arm))
        let i386: UInt32 = 0x4000_0003
        for number: UInt32 in [0, 1, 11, 59, 102, 400] {
            #expect(try x86.run(i386, number).answer == Answer.kill)
            #expect(try x86.run(Architecture.arm.audited, number).answer == Answer.kill)
            #expect(try arm.run(Architecture.x86.audited, number).answer == Answer.kill)
            // x32: the same architecture, another table.
            #expect(try x86.run(Architecture.x86.audited, number | 0x4000_0000).answer == Answer.kill)
        }
    }

    @Test(arguments: Architecture.allCases)
    func theSealForbidsNewCodeAndNewFiltersAndNothingElse(architecture: Architecture) throws {
        let filter = FilterInterpreter(program: SystemCallFilter.seal(context(architecture)))
        let map = UInt32(try #require(SystemCalls.number(of: "mmap", on: architecture)))
        let seccomp = UInt32(try #require(SystemCalls.number(of: "seccomp", on: architecture)))
        #expect(try filter.run(architecture.audited, map, [0, 4096, 5, 2, 9]).answer == Answer.trap)
        #expect(try filter.run(architecture.audited, map, [0, 4096, 3, 0x22]).answer == Answer.allow)
        #expect(try filter.run(architecture.audited, seccomp, [1, 1, 4096]).answer == Answer.trap)
        for number: UInt32 in 0..<600 where number != map && number != seccomp {
            #expect(try filter.run(architecture.audited, number).answer == Answer.allow)
        }
    }

    @Test(arguments: Architecture.allCases)
    func aCallIsDecidedInFewSteps(architecture: Architecture) throws {
        let filter = entry(architecture)
        #expect(filter.program.count < 1024)
        for number: UInt32 in 0..<600 {
            let steps = try filter.run(architecture.audited, number, [99, 99, 99, 99, 99, 99]).steps
            #expect(steps <= 40, "\(number)")
        }
    }
}
