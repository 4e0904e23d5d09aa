import JackfieldJSON
import TestSupport
import Testing

/// The plugin is granted one port of this machine, and tries to reach another one, and the same one in other words.
@Suite("A plugin that forges URLs")
struct ForgedURLTests {
    /// Ways to write "that server": `PORT` is the port of the one that is not granted, `OPEN` that of the granted one.
    static let forms = [
        // Plainly.
        "http://127.0.0.1:PORT/", "http://localhost:PORT/", "https://127.0.0.1:PORT/", "http://[::1]:PORT/",
        "HTTP://127.0.0.1:PORT/", "http://127.0.0.1/", "http://127.0.0.1:22/",
        // The granted one in other words: a grant is what it says.
        "https://127.0.0.1:OPEN/", "http://localhost:OPEN/", "http://127.1:OPEN/", "http://2130706433:OPEN/",
        "http://127.0.0.1.:OPEN/", "http://[::ffff:127.0.0.1]:OPEN/", "http://127.0.0.2:OPEN/",
        // Numbers that lenient readers take for an address.
        "http://2130706433:PORT/", "http://0x7f000001:PORT/", "http://017700000001:PORT/", "http://0x7f.0.0.1:PORT/",
        "http://0177.0.0.1:PORT/", "http://0177.0.0.01:PORT/", "http://127.1:PORT/", "http://127.0.1:PORT/",
        "http://127.000.000.001:PORT/", "http://00000000177.0.0.1:PORT/", "http://0:PORT/", "http://0.0.0.0:PORT/",
        "http://4294967297:PORT/", "http://127.0.0.1.:PORT/", "http://127.127.127.127:PORT/",
        // IPv6, and IPv4 within it.
        "http://[::ffff:127.0.0.1]:PORT/", "http://[::ffff:7f00:1]:PORT/", "http://[0:0:0:0:0:ffff:127.0.0.1]:PORT/",
        "http://[::127.0.0.1]:PORT/", "http://[64:ff9b::7f00:1]:PORT/", "http://[2002:7f00:1::]:PORT/",
        "http://[::]:PORT/", "http://[0000::1]:PORT/", "http://[::1%25lo]:PORT/", "http://[fe80::1%25eth0]:PORT/",
        "http://[::1%lo]:PORT/", "http://[127.0.0.1]:PORT/", "http://[::1]x:PORT/",
        // User information, and what two readers split differently.
        "http://127.0.0.1:OPEN@127.0.0.1:PORT/", "http://user:pass@127.0.0.1:OPEN/", "http://@127.0.0.1:OPEN/",
        "http://127.0.0.1:OPEN#@127.0.0.1:PORT/", "http://127.0.0.1:PORT#@127.0.0.1:OPEN/",
        "http://127.0.0.1:OPEN\\@127.0.0.1:PORT/", "http://127.0.0.1:PORT\\@127.0.0.1:OPEN/",
        "http:\\\\127.0.0.1:PORT\\", "http://127.0.0.1:OPEN:PORT/", "http://127.0.0.1:OPEN,127.0.0.1:PORT/",
        "http://127.0.0.1:OPEN&@127.0.0.1:PORT/", "http://127.0.0.1:OPEN;127.0.0.1:PORT/",
        "http://127.0.0.1 :PORT/", "http://127.0.0.1:PORT /", "http://127.0.0.1:+PORT/", "http://127.0.0.1:0PORT/",
        "http://127.0.0.1:65536/", "http://127.0.0.1:-1/", "http://127.0.0.1:0/", "http://:PORT/",
        "http:///127.0.0.1:PORT/",
        "http:127.0.0.1:PORT/", "http:/127.0.0.1:PORT/", "//127.0.0.1:PORT/", "127.0.0.1:PORT/", "/127.0.0.1:PORT",
        // Escapes and letters beyond ASCII.
        "http://127%2e0%2e0%2e1:PORT/", "http://%31%32%37.0.0.1:PORT/", "http://%6c%6f%63alhost:PORT/",
        "http://127。0。0。1:PORT/", "http://①②⑦.⓪.⓪.①:PORT/", "http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ:PORT/", "http://１２７.0.0.1:PORT/",
        "http://localhost\u{200B}:PORT/", "http://lOcAlHoSt:PORT/", "http://localhoſt:PORT/",
        // Other schemes.
        "file:///etc/passwd", "gopher://127.0.0.1:PORT/_GET%20/", "dict://127.0.0.1:PORT/", "ftp://127.0.0.1:PORT/",
        "ws://127.0.0.1:PORT/", "unix:///run/docker.sock", "http+unix://%2Frun%2Fdocker.sock/",
        "jar:http://127.0.0.1:PORT!/",
        "ldap://127.0.0.1:PORT/", "tftp://127.0.0.1:PORT/", "data:text/plain,x", "javascript:alert(1)", "about:blank",
        // Where credentials lie.
        "http://169.254.169.254/latest/meta-data/", "http://metadata.google.internal/computeMetadata/v1/",
        "http://[fd00:ec2::254]/latest/meta-data/", "http://100.100.100.200/", "http://169.254.170.2/v2/credentials",
        "http://2852039166/", "http://0xa9fea9fe/", "http://[::ffff:a9fe:a9fe]/", "http://instance-data/",
        // A path that leaves its prefix, tried on the origin that is granted with one.
        "http://127.0.0.3:OPEN/granted/../secret", "http://127.0.0.3:OPEN/granted/%2e%2e/secret",
        "http://127.0.0.3:OPEN/grantedness", "http://127.0.0.3:OPEN/", "http://127.0.0.3:OPEN/granted/..;/secret",
        "http://127.0.0.3:OPEN/GRANTED/x", "http://127.0.0.3:OPEN//granted/x",
    ]

    @Test(
        "reaches nothing that is not granted, and each attempt is written down", arguments: ["in-process", "process"])
    func refused(isolation: String) throws {
        let victim = try ProgrammableUpstream(.rubbish("the crown jewels"))
        let granted = try ProgrammableUpstream(.rubbish("an answer", contentType: "text/plain"))
        let manifest = Fetching.manifest(
            [granted.origin, "http://127.0.0.3:\(granted.port)/granted"], isolation: isolation)
        try Fetching.serving(manifest) { host in
            try #expect(host.client.fetch("GET \(granted.origin)/x").hasPrefix("status 200, 9 bytes"))
            for form in Self.forms {
                let url = form.replacing("PORT", with: "\(victim.port)").replacing("OPEN", with: "\(granted.port)")
                // "#" ends the URL, and so this one is the granted one.
                if url == "http://127.0.0.1:\(granted.port)#@127.0.0.1:\(victim.port)/" { continue }
                let answer = try host.client.fetch("GET \(url)")
                let isRefused = answer.hasPrefix("finish 5: ") || answer.hasPrefix("finish 3: ")
                #expect(isRefused, "\(url): \(answer)")
            }
            #expect(victim.requests.isEmpty, "\(victim.requests.map(\.path))")
            #expect(granted.requests.count == 1)
            let lines = try host.refusals(Self.forms.count - 1)
            #expect(lines.count == Self.forms.count - 1, "one line each")
            try #expect(host.metric("jackfield.outbound.refusals") == Double(lines.count))
            for line in lines {
                #expect(line["plugin"]?.string == "fetches")
                #expect(line["level"]?.string == "warning")
                #expect(["url", "grant"].contains(line["reason"]?.string ?? ""), "\(line)")
                #expect(line["request_id"]?.string?.count == 32)
                #expect(line["rule"]?.string?.isEmpty == false && line["url"]?.string?.isEmpty == false)
                #expect(!line.text.contains("pass@"), "no password in a log")
            }
        }
    }

    /// Granted by its name, and yet not meant. `PinningTests` has the same with a resolver of its own.
    @Test("is not helped by a name that leads to this machine")
    func addresses() throws {
        guard let (name, address) = OwnName.special else { return }
        let victim = try ProgrammableUpstream(.rubbish("the crown jewels"))
        try Fetching.serving(Fetching.manifest(["http://\(name):\(victim.port)"])) { host in
            let answer = try host.client.fetch("GET http://\(name):\(victim.port)/a?token=hush")
            #expect(answer.hasPrefix("finish 5: "), "\(answer)")
            #expect(answer.contains("plugins.fetches.outbound.private"), "it says what to write: \(answer)")
            #expect(!answer.contains(address), "the plugin need not know the address")
            #expect(victim.requests.isEmpty)
            let line = try #require(try host.refusals(1).first)
            #expect(line["address"]?.string?.isEmpty == false)
            #expect(line["reason"]?.string == "address")
            #expect(line["rule"]?.string?.contains("(RFC ") == true, "\(line)")
            #expect(line["method"]?.string == "GET")
            #expect(line["url"]?.string == "http://\(name):\(victim.port)/a", "without its query")
        }
    }

    @Test("asks again where it follows a redirect, and is checked again")
    func redirects() throws {
        let victim = try ProgrammableUpstream(.rubbish("the crown jewels"))
        let target = try ProgrammableUpstream(.rubbish("the target", contentType: "text/plain"))
        let port = victim.port
        let targetPort = target.port
        let granted = try ProgrammableUpstream(
            UpstreamScript { exchange in
                let location =
                    exchange.request.path == "/good"
                    ? "http://127.0.0.1:\(targetPort)/" : "http://127.0.0.1:\(port)/latest/meta-data/"
                try exchange.send(302, headers: [("location", location)], [])
            })
        try Fetching.serving(Fetching.manifest([granted.origin, target.origin])) { host in
            try #expect(host.client.fetch("GET \(granted.origin)/bad").hasPrefix("status 302"), "the host follows none")
            try #expect(host.client.fetch("FOLLOW \(granted.origin)/good").contains("the target"))
            try #expect(host.client.fetch("FOLLOW \(granted.origin)/bad").hasPrefix("finish 5: "))
            #expect(victim.requests.isEmpty)
            try #expect(host.refusals(1).first?["reason"]?.string == "grant")
        }
    }
}
