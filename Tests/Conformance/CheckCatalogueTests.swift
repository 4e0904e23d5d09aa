import Conformance
import TestSupport
import Testing

@Suite("The catalogue of checks")
struct CheckCatalogueTests {
    @Test("there are at least sixty, each under an id of its own that begins with its group")
    func ids() {
        let ids = CheckCatalogue.all.map(\.id)
        #expect(ids.count >= 60)
        #expect(Set(ids).count == ids.count)
        for check in CheckCatalogue.all {
            let isPlain = check.id.utf8.allSatisfy {
                (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D
            }
            #expect(isPlain, "\(check.id) has other characters than a-z, 0-9 and -")
        }
    }

    @Test("each says what it is about in whole sentences")
    func texts() {
        for check in CheckCatalogue.all {
            for text in [check.sentence, check.why, check.mend] {
                #expect(text.hasSuffix("."), "\(check.id): \(text)")
                #expect(!text.contains("  ") && !text.contains("\n"), "\(check.id): \(text)")
            }
        }
    }

    @Test("each has its page in the documents, as this version prints it")
    func pages() throws {
        for check in CheckCatalogue.all + [CheckCatalogue.fuzz] {
            let page = try? Repository.read("docs/checks/\(check.id).md")
            #expect(
                page == CheckPage.markdown(check),
                "docs/checks/\(check.id).md is not what `jackfield plugin check --pages docs/checks` writes")
        }
    }

    @Test("checks are chosen by id and by group, and an unknown name is said")
    func selection() throws {
        let group = try CheckCatalogue.select("cancel").get()
        #expect(!group.isEmpty && group.allSatisfy { $0.group == .cancel })
        let both = try CheckCatalogue.select("cancel-twice,cancel,entry-loads").get()
        #expect(both.count == group.count + 1)
        #expect(throws: CheckCatalogue.UnknownCheck.self) { try CheckCatalogue.select("cancel-thrice").get() }
    }
}
