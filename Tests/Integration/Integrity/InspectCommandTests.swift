import Foundation
import JackfieldJSON
import TestSupport
import Testing

@Suite("plugin inspect")
struct InspectCommandTests {
    private func inspect(_ file: String) throws -> (status: TestSupport.ExitStatus, report: JSON, errors: String) {
        let ended = try HostProcess.run(["plugin", "inspect", "--json", file])
        return (ended.status, try JSON(parsing: ended.output), ended.errors)
    }

    private func texts(_ json: JSON?) -> [String] { json?.array?.compactMap(\.string) ?? [] }

    @Test("tells what the descriptor says, read in a sandboxed process, and what the files say")
    func whole() throws {
        let plugin = try SignedPlugin()
        let (status, report, errors) = try inspect(plugin.folder)
        #expect(status == .exited(0), "\(errors)")
        #expect(report["id"]?.string == "agent/traced" && report["version"]?.string == "1.0.0")
        #expect(texts(report["roles"]) == ["jackfield.agent/1"])
        #expect(report["abi_revision"]?.int == 1 && report["may_block"]?.bool == false)
        #expect(report["loaded"]?.bool == true && report["sandbox_level"]?.string == "strict")
        #expect(texts(report["exports"]) == ["jackfield_plugin_v1"] && texts(report["links"]).contains("libc.so.6"))
        #expect(report["signature"]?["matches"]?.bool == true && texts(report["problems"]).isEmpty)
        try plugin.swapLibrary()
        let swapped = try inspect(plugin.folder).report
        #expect(swapped["signature"]?["matches"]?.bool == false && swapped["sha256"] != report["sha256"])
        #expect(texts(swapped["problems"]).contains { $0.contains("was changed after it was signed") })
    }

    /// Opening a pipe waits until somebody writes to it, which nobody does.
    @Test(
        "and its neighbours do not wait for a pipe in the place of a file",
        arguments: ["plugin.json", "config.schema.json"])
    func pipe(name: String) throws {
        let plugin = try SignedPlugin()
        let file = plugin.folder + "/" + name
        try FileManager.default.removeItem(atPath: file)
        #expect(mkfifo(file, 0o600) == 0)
        for command in [["inspect"], ["verify", "--key", plugin.publicKey], ["check"]] {
            let ended = try HostProcess.run(["plugin"] + command + [plugin.folder])
            let said = ended.output + ended.errors
            #expect(ended.status != .exited(0) || command == ["inspect"], "\(said)")
            #expect(said.contains("it is not a file"), "\(command): \(said)")
        }
        let listed = try HostProcess.run(["plugin", "list", "--plugin-path", plugin.plugins.path])
        #expect(listed.status == .exited(0), "\(listed.errors)")
    }

    @Test("of a bundled plugin names its services and its configuration")
    func bundled() throws {
        try Staging.ensure()
        let report = try inspect(Repository.buildFolder + "/plugins/llm/openai").report
        #expect(report["id"]?.string == "llm/openai")
        #expect(texts(report["requires"]).contains("jackfield.http/1"), "\(report.text)")
        #expect(texts(report["config"]).contains("base_url"))
        #expect(texts(report["problems"]).isEmpty, "\(report["problems"]?.text ?? "")")
    }

    @Test("of a library without a plugin.json tells what the library says")
    func bare() throws {
        let folder = try TemporaryFolder()
        let file = folder.path + "/alone.so"
        try FileManager.default.copyItem(
            atPath: FixturePlugin.build("agent/hello") + "/libagent-hello.so", toPath: file)
        let (status, report, errors) = try inspect(file)
        #expect(status == .exited(0), "\(errors)")
        #expect(report["id"]?.string == "agent/hello" && report["plugin_json"]?.isNull == true)
    }

    @Test("finds where plugin.json and the library disagree")
    func disagreements() throws {
        let plugins = try FixturePath(["agent/hello"])
        let file = plugins.path + "/agent/hello/plugin.json"
        try String(contentsOfFile: file, encoding: .utf8)
            .replacingOccurrences(of: "1.0.0", with: "2.0.0")
            .replacingOccurrences(of: #""required": []"#, with: #""required": ["jackfield.log/1"]"#)
            .write(toFile: file, atomically: true, encoding: .utf8)
        let (status, report, _) = try inspect(plugins.path + "/agent/hello")
        #expect(status == .exited(0))
        let problems = texts(report["problems"])
        #expect(problems.contains { $0.contains("version is 2.0.0, the library says 1.0.0") }, "\(problems)")
        #expect(problems.contains { $0.contains("jackfield.log/1") }, "\(problems)")
    }

    @Test(
        "outlives a library that crashes or hangs, and tells what is known without it",
        arguments: ["abort();", "raise(SIGSEGV);", "_exit(3);", "for (char *p = malloc(8);; p += 4096) *p = 1;"])
    func crash(body: String) throws {
        let folder = try TemporaryFolder()
        let text = try String(contentsOfFile: FixturePlugin.sources + "/agent/traced.c", encoding: .utf8)
        let source = try folder.write(
            "traced.c",
            text.replacingOccurrences(
                of: "#include <unistd.h>", with: "#include <signal.h>\n#include <stdlib.h>\n#include <unistd.h>"
            )
            .replacingOccurrences(of: "(void)written;", with: "(void)written; \(body)"))
        try FixturePlugin.compile(source: source, name: "agent/traced", into: folder.path + "/plugin")
        let (status, report, errors) = try inspect(folder.path + "/plugin")
        #expect(status == .exited(1))
        #expect(errors.contains("was ended by signal") || errors.contains("exited with code 3"), "\(errors)")
        #expect(report["loaded"]?.bool == false && report["id"]?.string == "agent/traced")
        #expect(texts(report["exports"]) == ["jackfield_plugin_v1"] && report["sha256"]?.string?.count == 64)
    }

    @Test(
        "of what is no plugin says why, with exit code 1",
        arguments: [("agent/null-descriptor", "null"), ("agent/no-entry-point", "jackfield_plugin_v1")])
    func noPlugin(fixture: String, words: String) throws {
        let ended = try HostProcess.run(["plugin", "inspect", FixturePlugin.build(fixture)])
        #expect(ended.status == .exited(1) && ended.errors.contains(words), "\(ended.errors)")
        let missing = try HostProcess.run(["plugin", "inspect", "/nowhere/lib.so"])
        #expect(missing.status == .exited(1) && missing.errors.contains("/nowhere/lib.so"))
        let (status, report, _) = try inspect("/nowhere/lib.so")
        #expect(status == .exited(1) && report["loaded"]?.bool == false)
        #expect(texts(report["problems"]).contains { $0.contains("/nowhere/lib.so") }, "\(report.text)")
    }
}
