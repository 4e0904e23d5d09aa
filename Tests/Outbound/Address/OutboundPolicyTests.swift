import Outbound
import Testing

@Suite struct OutboundPolicyTests {
    private func allows(_ origins: [String], _ url: String) throws -> Bool {
        let policy = OutboundPolicy(allowed: try origins.map { try OutboundOrigin($0) })
        let url = try OutboundURL(url)
        do throws(OutboundError) {
            _ = try policy.check(url)
            return true
        } catch {
            #expect(error.code == .forbidden)
            return false
        }
    }

    @Test func nothingIsGrantedByDefault() throws {
        let url = try OutboundURL("https://a/b?secret")
        let error = #expect(throws: OutboundError.self) { try OutboundPolicy().check(url) }
        #expect(error?.sentence == "https://a/b is not granted; no origin is granted")
    }

    @Test func theErrorNamesWhatWasAskedAndWhatIsGranted() throws {
        let policy = OutboundPolicy(allowed: [try OutboundOrigin("https://a"), try OutboundOrigin("http://b:81/v1/")])
        let error = #expect(throws: OutboundError.self) { try policy.check(OutboundURL("https://c/")) }
        #expect(error?.sentence == "https://c/ is not granted; granted are https://a, http://b:81/v1")
    }

    @Test func schemeHostAndPortAllCount() throws {
        #expect(try self.allows(["https://a"], "https://A:443/x?y"))
        #expect(try !self.allows(["https://a"], "http://a/"))
        #expect(try !self.allows(["https://a"], "http://a:443/"))
        #expect(try !self.allows(["https://a"], "https://a:444/"))
        #expect(try !self.allows(["https://a"], "https://b.a/"))
        #expect(try !self.allows(["https://a"], "https://a.b/"))
        #expect(try self.allows(["http://a"], "http://a/"))
        #expect(try !self.allows(["http://a"], "https://a/"))
    }

    @Test(arguments: [
        ("https://a/v1", true), ("https://a/v1/", true), ("https://a/v1/x", true), ("https://a/v1?q=..", true),
        ("https://a/v10", false), ("https://a/", false), ("https://a/V1", false), ("https://a/v1/../x", false),
        ("https://a/v1/..", false), ("https://a/v1/%2e%2E/x", false), ("https://a/v1/.%2e/x", false),
        ("https://a/v1/x%2f..%2f..", false), ("https://a/v1/%252e%252e/x", false), ("https://a/v1/..%5cx", false),
        ("https://a/v1/..;a=b/x", false), ("https://a/v1/..%3bx/y", false), ("https://a/v1/a..b/...", true),
    ])
    func aPathPrefixCoversWholeSegmentsAndCannotBeLeft(url: String, allowed: Bool) throws {
        #expect(try self.allows(["https://a/v1"], url) == allowed)
    }

    @Test(arguments: ["https://a/v1?x", "https://a/../b", "a.example", "https://*.a"])
    func aGrantMustBeAPlainOrigin(text: String) {
        #expect(throws: OutboundError.self) { try OutboundOrigin(text) }
    }
}
