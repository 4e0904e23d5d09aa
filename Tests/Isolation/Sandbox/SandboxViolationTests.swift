import Isolation
import Testing

@Suite struct SandboxViolationTests {
    @Test func aLineOfTheHandlerIsReadWithTheCallsName() throws {
        let line = "\u{1}jackfield-sandbox syscall=41 arg0=2 count=16\n"
        let violation = try #require(SandboxViolation(line: line, architecture: .x86))
        #expect(violation.name == "socket")
        #expect(violation.firstArgument == 2)
        #expect(violation.count == 16)
        #expect(violation.message.contains("socket"))
        #expect(SandboxViolation(line: line, architecture: .arm)?.name == "pivot_root")
    }

    @Test func aCallThatHasNoNameIsToldByItsNumber() throws {
        let violation = try #require(
            SandboxViolation(line: "\u{1}jackfield-sandbox syscall=7000 arg0=ffffffffffffffff count=1"))
        #expect(violation.name == nil)
        #expect(violation.firstArgument == .max)
        #expect(violation.message.contains("system call 7000"))
    }

    @Test(arguments: [
        "", "hello", "jackfield-sandbox syscall=41 arg0=2 count=1", "\u{1}jackfield-sandbox",
        "\u{1}jackfield-sandbox syscall=41", "\u{1}jackfield-sandbox syscall=-1 arg0=2 count=1",
        "\u{1}jackfield-sandbox syscall=41 arg0=xyz count=1",
        "\u{1}jackfield-sandbox syscall=41 arg0=1 count=99999999999",
        "\u{1}jackfield-sandbox syscall=41 arg0=1 count=1 more=1",
        "\u{1}jackfield-sandbox syscall=99999999999999 arg0=1 count=1",
    ])
    func otherLinesAreNoReport(line: String) {
        #expect(SandboxViolation(line: line) == nil)
    }
}
