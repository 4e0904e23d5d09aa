import Foundation
import Storage
import Testing

@Suite struct CrashTests {
    /// A child process writes from many tasks, tells each position that was acknowledged, and is killed in the middle.
    @Test func whatWasAcknowledgedSurvivesAKill() async throws {
        let result = await #expect(processExitsWith: .signal(SIGKILL), observing: [\.standardOutputContent]) {
            var template = Array((NSTemporaryDirectory() + "/jackfield-crash-XXXXXX").utf8CString)
            guard mkdtemp(&template) != nil else { exit(1) }
            let folder = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
            say("folder \(folder)\n")
            let store = try SQLiteStore(path: folder + "/store.db")
            await withTaskGroup(of: Void.self) { group in
                for writer in 0..<16 {
                    group.addTask {
                        while let position = try? await store.append([bytes("\(writer)"), bytes("x")], to: "l") {
                            guard (try? await store.add(1, to: "n", in: "c", expiry: nil)) != nil else { return }
                            say("done \(position)\n")
                            if position.number > 2000 { kill(getpid(), SIGKILL) }
                        }
                    }
                }
            }
        }
        let lines = String(decoding: try #require(result).standardOutputContent, as: UTF8.self).split(separator: "\n")
        let folder = try #require(lines.first { $0.hasPrefix("folder ") }).dropFirst(7)
        defer { try? FileManager.default.removeItem(atPath: String(folder)) }
        // The last line may have been cut by the kill.
        let done = lines.dropLast().compactMap { $0.hasPrefix("done ") ? Int64($0.dropFirst(5)) : nil }
        #expect(done.count > 500)

        let store = try SQLiteStore(path: folder + "/store.db")
        try await store.check()
        #expect(try await store.counter("n", in: "c") >= Int64(done.count))
        let end = try await store.end(of: "l")
        #expect(end.number >= done.max() ?? 0)
        #expect(end.number % 2 == 0, "an append of two entries is there as a whole or not at all")
        var count: Int64 = 0
        while true {
            let entries = try await store.entries(of: "l", after: LogPosition(count), limit: 1000)
            if entries.isEmpty { break }
            count += Int64(entries.count)
            #expect(entries.last?.position.number == count)
        }
        #expect(count == end.number)
        await store.close()
    }
}

/// One write to standard output, not buffered.
private func say(_ line: String) {
    var line = line
    line.withUTF8 { _ = write(STDOUT_FILENO, $0.baseAddress, $0.count) }
}
