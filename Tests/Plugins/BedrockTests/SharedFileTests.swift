import Glibc
import Testing

@testable import Bedrock

struct SharedFileTests {
    @Test func readsSectionsSettingsAndComments() {
        let file = SharedFile(
            """
            \u{feff}# comment
            ; comment
            lost = before any section
            [default] # the usual one
            aws_access_key_id = AKIA
            AWS_Secret_Access_Key=a#b;c/d+e= # trailing
            s3 =
                max_concurrent_requests = 20
            region =  us-east-1 ; here

            [two words]
            region = eu-west-1
            [broken
            region = nowhere
            [default]
            aws_session_token = tok==
            """, kind: .credentials)
        #expect(
            file.settings(of: "default") == [
                "aws_access_key_id": "AKIA", "aws_secret_access_key": "a#b;c/d+e=", "s3": "", "region": "us-east-1",
                "aws_session_token": "tok==",
            ])
        #expect(file.settings(of: "two words") == ["region": "eu-west-1"])
        #expect(file.settings(of: "three") == nil)
    }

    @Test func knowsHowProfilesAreCalledInAConfigFile() {
        let file = SharedFile(
            "[profile a]\r\nregion = x\r\n[profile \"b c\"]\r\nregion=y\r\n[b]\r\nregion=z\r\n[sso-session a]\r\nregion=w\r\n",
            kind: .config)
        #expect(file.settings(of: "a") == ["region": "x"])
        #expect(file.settings(of: "b c") == ["region": "y"])
        #expect(file.settings(of: "b") == nil)
    }

    @Test(arguments: [
        "[default]\nregion=plain\n[profile default]\nregion=named\n",
        "[profile default]\nregion=named\n[default]\nregion=plain\n",
    ])
    func prefersTheDefaultThatIsCalledAProfile(_ text: String) {
        #expect(SharedFile(text, kind: .config).settings(of: "default") == ["region": "named"])
        #expect(
            SharedFile("[default]\nregion=plain", kind: .config).settings(of: "default") == ["region": "plain"])
    }

    @Test func readsFilesAndNothingElse() throws {
        var template = Array("/tmp/jackfield-bedrock-XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        try #require(descriptor >= 0)
        let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        defer { unlink(path) }
        let text = String(repeating: "[default]\n", count: 1000)
        _ = text.withCString { write(descriptor, $0, strlen($0)) }
        close(descriptor)
        #expect(FileText(reading: path) == .text(text))
        #expect(FileText(reading: path + "x") == .unreadable("No such file or directory"))
        #expect(FileText(reading: "/tmp") == .unreadable("not a file"))
        #expect(FileText(reading: "/dev/null") == .unreadable("not a file"))
    }
}
