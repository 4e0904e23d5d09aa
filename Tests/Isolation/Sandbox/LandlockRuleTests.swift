import Isolation
import Testing

@Suite struct LandlockRuleTests {
    @Test func anOlderVersionKnowsFewerRights() {
        #expect(LandlockRights.all(abi: 0).isEmpty)
        #expect(!LandlockRights.all(abi: 1).contains(.refer))
        #expect(LandlockRights.all(abi: 2).contains(.refer))
        #expect(!LandlockRights.all(abi: 2).contains(.truncate))
        #expect(LandlockRights.all(abi: 3).contains(.truncate))
        #expect(!LandlockRights.all(abi: 4).contains(.controlDevice))
        #expect(LandlockRights.all(abi: 5).contains(.controlDevice))
        #expect(LandlockRights.all(abi: 9) == LandlockRights.all(abi: 5))
    }

    @Test func onlyTheTemporaryFolderIsWritten() {
        let settings = SandboxSettings(executable: ["/srv/plugin"], readable: ["/srv/data"], temporary: "/srv/tmp")
        let rules = LandlockRule.rules(settings, libraries: [])
        let writable = rules.filter { $0.rights.contains(.writeFile) }.map(\.path)
        #expect(Set(writable) == ["/dev/null", "/srv/tmp"])
        let making = rules.filter { !$0.rights.isDisjoint(with: [.makeFile, .makeFolder, .makeLink, .removeFile]) }
        #expect(making.map(\.path) == ["/srv/tmp"])
        #expect(rules.first { $0.path == "/srv/data" }?.rights == .read)
        #expect(rules.first { $0.path == "/srv/plugin" }?.rights == .code)
        #expect(rules.first { $0.path == "/srv/tmp" }?.rights.contains(.execute) == false)
    }

    @Test func whatLiesBesideAMappedLibraryCanBeLoadedAndTheRootIsNeverGiven() {
        let rules = LandlockRule.rules(
            SandboxSettings(),
            libraries: ["/opt/swift/lib/libswiftCore.so", "/usr/lib/x/libc.so.6", "/libodd.so", "relative.so"])
        #expect(rules.contains { $0.path == "/opt/swift/lib" && $0.rights == .code })
        #expect(!rules.contains { $0.path == "/" || $0.path == "" || $0.path == "/usr/lib/x" })
    }
}
