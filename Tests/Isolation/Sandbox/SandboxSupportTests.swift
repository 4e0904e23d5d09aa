import Isolation
import Testing

@Suite struct SandboxSupportTests {
    private func support(landlock: Int, filters: Bool = true) -> SandboxSupport {
        SandboxSupport(
            architecture: .current, kernel: "5.10.0", landlockABI: landlock, systemCallFilters: filters,
            userNamespaces: false)
    }

    @Test func aKernelWithAllIsMissingNothing() {
        for level in SandboxLevel.allCases { #expect(support(landlock: 3).missing(for: level) == nil) }
    }

    @Test(arguments: [0, 1, 2])
    func withoutEnoughOfLandlockStrictIsRefusedAndBasicNamed(abi: Int) throws {
        let sentence = try #require(support(landlock: abi).missing(for: .strict))
        #expect(sentence.contains("Landlock") && sentence.contains("6.2") && sentence.contains("level: basic"))
        #expect(support(landlock: abi).missing(for: .basic) == nil)
    }

    @Test func withoutFiltersOnlyNoneIsLeft() throws {
        for level in [SandboxLevel.strict, .basic] {
            let sentence = try #require(support(landlock: 7, filters: false).missing(for: level))
            #expect(sentence.contains("seccomp") && sentence.contains("level: none"))
        }
        #expect(support(landlock: 0, filters: false).missing(for: .none) == nil)
    }

    @Test func askingThisKernelGivesItsRelease() {
        let support = SandboxSupport.probe()
        #expect(support.kernel.first?.isNumber == true)
        #expect(support.landlockABI >= 0)
    }
}
