import Foundation
import TestSupport
import Testing

@testable import Integrity

@Suite("A file that everybody may change")
struct WritePermissionTests {
    /// A folder a/b with a file.
    let folder: TemporaryFolder
    let file: String
    init() throws {
        folder = try TemporaryFolder()
        file = try folder.write("a/b/lib.so", "x")
        for path in ["a", "a/b"] { chmod(folder.path + "/" + path, 0o755) }
        chmod(file, 0o644)
    }

    private func refused(_ path: String) -> String? {
        do throws(IntegrityError) {
            try WritePermission.check(path)
            return nil
        } catch {
            return error.code == .writable ? error.message : "\(error.code): \(error.message)"
        }
    }

    @Test("is told from one that nobody else may")
    func fine() {
        #expect(refused(file) == nil)
        chmod(file, 0o664)
        #expect(refused(file) == nil, "a group is the owner's choice")
    }

    @Test("is named with its mode and the way out", arguments: [0o646, 0o666, 0o777, 0o602] as [mode_t])
    func open(mode: mode_t) {
        chmod(file, mode)
        let message = refused(file)
        #expect(message?.hasPrefix("\(file) has the mode \(String(mode, radix: 8))") == true, "\(message ?? "taken")")
        #expect(message?.hasSuffix("chmod o-w \(file)") == true)
    }

    @Test("is one in a folder that everybody may change, or below one", arguments: ["a/b", "a"])
    func folders(name: String) {
        let path = folder.path + "/" + name
        chmod(path, 0o777)
        #expect(refused(file)?.hasPrefix("\(path) has the mode 777") == true)
    }

    @Test("is none below a folder with the sticky bit, as /tmp is, but one that lies in it")
    func sticky() {
        chmod(folder.path + "/a", 0o1777)
        #expect(refused(file) == nil)
        chmod(folder.path + "/a/b", 0o1777)
        #expect(refused(file)?.contains("mode 1777") == true)
    }

    @Test("is found behind links, and so is a link that anybody may replace")
    func links() throws {
        let link = folder.path + "/link.so"
        symlink("a/b/lib.so", link)
        #expect(refused(link) == nil)
        chmod(file, 0o666)
        #expect(refused(link)?.hasPrefix(file) == true)
        chmod(file, 0o644)

        mkdir(folder.path + "/open", 0o777)
        chmod(folder.path + "/open", 0o777)
        symlink("../a/b", folder.path + "/open/way")
        #expect(refused(folder.path + "/open/way/lib.so")?.hasPrefix("\(folder.path)/open has") == true)
        // Through an open folder and out of it again is through it all the same.
        #expect(refused(folder.path + "/open/../a/b/lib.so") != nil)
        #expect(refused(folder.path + "/a/./b/../b//lib.so") == nil)
    }

    @Test("is not looked for in circles")
    func circles() {
        symlink("round", folder.path + "/round")
        #expect(refused(folder.path + "/round/lib.so")?.contains("too many links") == true)
        #expect(refused(folder.path + "/nowhere/lib.so")?.hasPrefix("unreadable") == true)
    }

    @Test("may be one that is not there yet, where libraries are looked for")
    func searched() throws {
        try WritePermission.check(searched: folder.path + "/a/b", for: "lib")
        try WritePermission.check(searched: folder.path + "/a/b/c/d", for: "lib")
        chmod(folder.path + "/a/b", 0o1777)
        for path in ["/a/b", "/a/b/c", "/a/b/c/d"] {
            let error = #expect(throws: IntegrityError.self) {
                try WritePermission.check(searched: folder.path + path, for: "lib")
            }
            #expect(error?.code == .writable)
        }
    }
}
