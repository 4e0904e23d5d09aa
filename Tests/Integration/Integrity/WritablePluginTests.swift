import Foundation
import TestSupport
import Testing

@Suite("A plugin that everybody may change")
struct WritablePluginTests {
    static let places = ["libagent-traced.so", "plugin.json", "config.schema.json", "", ".."]

    @Test("is refused before its code runs, naming what is open and the way out", arguments: places)
    func refused(place: String) throws {
        let plugin = try SignedPlugin(isSigned: false)
        let path = URL(fileURLWithPath: place.isEmpty ? plugin.folder : plugin.folder + "/" + place).standardized.path
        var status = stat()
        #expect(stat(path, &status) == 0)
        chmod(path, status.st_mode & 0o777 | 0o002)
        let manifest = Manifests.plugins([SignedPlugin.fixture])
        try plugin.expectRefusal(manifest, "writable_by_others", path, "chmod o-w \(path)")
        chmod(path, status.st_mode & 0o777)
        try plugin.expectAnswer(manifest)
    }

    @Test("is refused in a process of its own, and when it is found by its file")
    func elsewhere() throws {
        let plugin = try SignedPlugin(isSigned: false)
        chmod(plugin.library, 0o777)
        let manifest = Manifests.plugins([SignedPlugin.fixture], options: "isolation: process")
        try plugin.expectRefusal(manifest, "writable_by_others", "777")
        let byFile = manifest.replacingOccurrences(
            of: "use: agent/traced, isolation: process", with: "file: \"\(plugin.library)\"")
        try plugin.expectRefusal(byFile, "writable_by_others", "777")
    }
}
