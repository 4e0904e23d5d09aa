import JackfieldNetwork

/// Spellings with which filters for special addresses have been got round, gathered from public lists of payloads,
/// conference talks and vulnerability reports (CVE-2021-28918, CVE-2021-29921, CVE-2021-29923, CVE-2020-28360,
/// CVE-2019-9740, CVE-2024-29415 and the like), by what they lead to.
enum BypassForms {
    static let all: [(url: String, rule: URLCheck.Rule)] =
        metadata.map { ($0, .metadataService) } + addresses.map { ($0, .privateAddress) }
        + names.map { ($0, .localName) }

    static let metadata: [String] = [
        "http://169.254.169.254/latest/meta-data/", "https://169.254.169.254/",
        "http://169.254.169.254:80/latest/dynamic/instance-identity/document",
        // One to three parts, other bases, and mixtures of them.
        "http://2852039166/", "http://0xA9FEA9FE/", "http://0xa9fea9fe:80/x", "http://025177524776/",
        "http://0251.0376.0251.0376/", "http://0xA9.0xFE.0xA9.0xFE/", "http://0xA9.254.0251.0xFE/",
        "http://169.254.43518/", "http://169.16689662/", "http://169.254.0xA9FE/", "http://0251.254.169.254/",
        "http://0251.00376.000251.0000376/", "http://0x0000A9.0x0000FE.0x0000A9.0x0000FE/", "http://169.0xFEA9FE/",
        "http://0000000000000251.0376.0251.0376/", "http://0x00000000000000A9FEA9FE/",
        // Too large: some readers keep the low bits.
        "http://425.510.425.510/", "http://7147006462/", "http://0x1A9FEA9FE/", "http://681.766.681.766/",
        "http://0651.0776.0651.0776/", "http://0x41414141A9FEA9FE/", "http://[::ffff:425.510.425.510]/",
        // A dot behind, percent-encoding once, twice and three times.
        "http://169.254.169.254./", "http://169.254.169.254.:80/", "http://169%2e254%2e169%2e254/",
        "http://%31%36%39.254.169.254/", "http://169%252e254%252e169%252e254/", "http://169%25252E254.169.254/",
        "http://%31%36%39%2E%32%35%34%2E%31%36%39%2E%32%35%34/",
        // Dots and digits that IDNA maps to ASCII.
        "http://169。254。169。254/", "http://169．254．169．254/", "http://169｡254｡169｡254/", "http://169.254。169．254/",
        "http://１６９.２５４.１６９.２５４/", "http://①⑥⑨.②⑤④.①⑥⑨.②⑤④/", "http://⑯⑨。②⑤④。⑯⑨｡②⑤④/",
        "http://¹⁶⁹.²⁵⁴.¹⁶⁹.²⁵⁴/", "http://₁₆₉.₂₅₄.₁₆₉.₂₅₄/", "http://𝟏𝟔𝟗.𝟐𝟓𝟒.𝟏𝟔𝟗.𝟐𝟓𝟒/", "http://𝟙𝟞𝟡.𝟚𝟝𝟜.𝟙𝟞𝟡.𝟚𝟝𝟜/",
        "http://𝟶𝚡𝙰𝟿𝙵𝙴𝙰𝟿𝙵𝙴/", "http://١٦٩.٢٥٤.١٦٩.٢٥٤/", "http://๑๖๙.๒๕๔.๑๖๙.๒๕๔/", "http://१६९.२५४.१६९.२५४/",
        "http://169\u{200B}.254.169.254/", "http://1\u{AD}69.254.169.254/", "http://169.254.169.254\u{FEFF}/",
        "http://%EF%BC%91%EF%BC%96%EF%BC%99.254.169.254/", "http://169%E3%80%82254%E3%80%82169%E3%80%82254/",
        // IPv6 addresses that carry it.
        "http://[::ffff:169.254.169.254]/", "http://[::ffff:a9fe:a9fe]/", "http://[0:0:0:0:0:ffff:a9fe:a9fe]/",
        "http://[0000:0000:0000:0000:0000:FFFF:A9FE:A9FE]/", "http://[::169.254.169.254]/", "http://[::a9fe:a9fe]/",
        "http://[64:ff9b::169.254.169.254]/", "http://[64:ff9b::a9fe:a9fe]/", "http://[64:ff9b:1::a9fe:a9fe]/",
        "http://[64:ff9b:1:a9fe:a9:fe00::]/", "http://[2002:a9fe:a9fe::]/", "http://[2002:a9fe:a9fe::1]:8080/",
        "http://[2001:0:4136:e378:8000:63bf:5601:5601]/", "http://[2001:0:a9fe:a9fe::1]/",
        "http://[fe80::5efe:169.254.169.254]/", "http://[2600::200:5efe:a9fe:a9fe]/",
        "http://[::ffff:0:169.254.169.254]/", "http://[::ffff:0251.0376.0251.0376]/",
        // Those of other clouds, and IPv6.
        "http://[fd00:ec2::254]/latest/meta-data/", "http://[fd00:0ec2:0:0:0:0:0:254]/", "http://[fd00:ec2::23]/v1/credentials",
        "http://[fd20:ce::254]/computeMetadata/v1/", "http://[fe80::a9fe:a9fe]/", "http://[fe80::a9fe:a9fe%25eth0]/",
        "http://[fe80::a9fe:a9fe%eth0]/", "http://[fd00:c1::a9fe:a9fe]/", "http://[fd00:42::42]/conf", "http://[fd00:a9fe:a9fe::1]/",
        "http://169.254.170.2/v2/credentials/", "http://169.254.170.23/v1/credentials",
        "http://100.100.100.200/latest/meta-data/", "http://1684301000/", "http://0144.0144.0144.0310/",
        "http://168.63.129.16/machine?comp=goalstate", "http://0xA8.63.129.16/", "http://192.0.0.192/latest/",
        "http://169.254.42.42/conf", "http://169.254.0.23/", "http://100.96.0.96/latest",
        // Names.
        "http://metadata.google.internal/computeMetadata/v1/", "http://METADATA.GOOGLE.INTERNAL/",
        "http://metadata.google.internal./", "http://metadata.google.internal%2e/", "http://metadata/computeMetadata/v1/",
        "http://metadata.goog/", "http://ｍetadata。google。internal/", "http://instance-data/latest/meta-data/",
        "http://instance-data.ec2.internal/", "http://metadata.tencentyun.com/latest/",
        "http://metadata.packet.net/userdata", "http://rancher-metadata/latest/", "http://api.metadata.cloud.ibm.com/",
        "http://169.254.169.254.nip.io/", "http://www.169-254-169-254.sslip.io/", "http://a9fea9fe.nip.io/",
        "http://x.169.254.169.254.xip.io/", "http://fd00-ec2--254.sslip.io/",
        // Before and behind signs that readers take differently.
        "http://example.com@169.254.169.254/", "http://example.com:80@169.254.169.254/",
        "http://user:pw@169.254.169.254:80/", "http://169.254.169.254@example.com/", "http://example.com#@169.254.169.254/",
        "http://example.com?@169.254.169.254/", "http://example.com\\@169.254.169.254/", "http://169.254.169.254\\@example.com/",
        "http://example.com:80#@169.254.169.254:80/", "http://a@169.254.169.254@example.com/",
        "http://example.com%40169.254.169.254/", "http://169.254.169.254%23.example.com/", "http://169.254.169.254%00.example.com/",
        "http://169.254.169.254%2f.example.com/", "http://169.254.169.254%5c@example.com/", "http://example.com／@169.254.169.254/",
        "http://example.com&@169.254.169.254#@example.org/", "http:///169.254.169.254/", "http:169.254.169.254/",
        "http:/169.254.169.254/", "http:\\\\169.254.169.254\\x", "http:/\\169.254.169.254/", "//169.254.169.254/",
        "\\\\169.254.169.254\\x", "ht\ntp://169.254.169.254/", " http://169.254.169.254/", "http://169.254\t.169.254/",
        "gopher://169.254.169.254:80/_GET%20/", "ftp://169.254.169.254/", "hTtP://169.254.169.254/",
    ]

    static let addresses: [String] = [
        "http://127.0.0.1/", "https://127.0.0.1/", "https://127.0.0.1:443/", "http://127.0.0.1:22/", "http://127.1/",
        "http://127.0.1/", "http://127.127.127.127/", "http://127.0.1.3/", "http://127.0.0.0/", "http://2130706433/",
        "http://017700000001/", "http://0x7f000001/", "http://0x7F.1/", "http://0x7f.0x0.0x0.0x1/", "http://0177.1/",
        "http://0177.0.0.1/", "http://0177.0.0.01/", "http://0177.0000.0000.0001/", "http://00000000177.0.0.1/",
        "http://0o177.0.0.1/", "http://o177.0.0.1/", "http://q177.0.0.1/", "http://127.0x1/", "http://0x7f.0.0.01/",
        "http://6425673729/", "http://127.000.000.001/", "http://127.00.00.01/", "http://0/", "http://0:80/", "http://00/",
        "http://0x/", "http://0x0/", "http://0.0.0.0:8080/", "http://0.0/", "http://000.000.000.000/", "http://383.256.256.257/",
        "http://127.0.0.1./", "http://127.0.0.1../", "http://127%2e0%2e0%2e1/", "http://%3127.0.0.1/", "http://127。0。0。1/",
        "http://①②⑦.⓪.⓪.①/", "http://⑫７．⓪．𝟢。𝟷⁤/", "http://１２７.1/", "http://127.0.0.1%20/", "http://127.0.0.1\u{2060}/",
        "http://[::1]/", "http://[::]/", "http://[::]:25/", "http://[0:0:0:0:0:0:0:1]/", "http://[0000::1]:80/",
        "http://0000::1:80/", "http://::1/", "http://[::1%25lo]/", "http://[::1%lo]/", "http://[::127.0.0.1]/",
        "http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/", "http://[::FFFF:7F00:0001]/", "http://[::ffff:127.1]/",
        "http://[::ffff:0x7f.0.0.1]/", "http://[::ffff:127.000.000.001]/", "http://[::ffff:0.0.0.0]/",
        "http://[0:0:0:0:0:ffff:127.0.0.1]/", "http://[00000::1]/", "http://%5b::1%5d/", "http://[%3a%3a1]/", "http://[127.0.0.1]/",
        "http://[64:ff9b::127.0.0.1]/", "http://[64:ff9b::7f00:1]/", "http://[2002:7f00:1::]/", "http://[2002:c0a8:101::1]/",
        "http://[2001::80ff:fffe]/", "http://[2001:0:7f00:1::]/", "http://[fe80::1]/", "http://[fec0::1]/",
        "http://[fc00::1]/", "http://[fd12:3456:789a::1]/", "http://[ff02::1]/", "http://[2001:db8::1]/", "http://[100::1]/",
        "http://[3fff::1]/", "http://[5f00::1]/", "http://[4000::1]/", "http://[2606:4700::5efe:10.0.0.1]/",
        "http://10.0.0.1/", "http://10.1/", "http://012.0.0.1/", "http://010.0.0.1/", "http://0xa.0.0.1/", "http://167772161/",
        "http://172.16.0.1/", "http://172.31.255.255/", "http://0254.020.0.1/", "http://192.168.0.1/", "http://192.168.257/",
        "http://3232235521/", "http://3232235777/", "http://0xc0.0xa8.0x1.0x1/", "http://0300.0250.1.1/", "http://192.11010049/",
        "http://100.64.0.1/", "http://169.254.1.1/", "http://192.0.2.1/", "http://198.18.0.1/", "http://198.51.100.7/",
        "http://203.0.113.9/", "http://192.0.0.1/", "http://192.88.99.1/", "http://224.0.0.1/", "http://239.255.255.250/",
        "http://240.0.0.1/", "http://255.255.255.255/", "http://0xffffffff/", "http://4294967295/", "http://-1@255.255.255.255/",
        "http://example.com@127.0.0.1/", "http://127.0.0.1:80@example.com/", "http://127.1.1.1:80\\@127.2.2.2:80/",
        "http://127.1.1.1:80\\@@127.2.2.2:80/", "http://127.1.1.1:80:\\@@127.2.2.2:80/", "http://127.1.1.1:80#\\@127.2.2.2:80/",
        "http://1.1.1.1 &@127.0.0.1# @3.3.3.3/", "http://1.1.1.1 &@2.2.2.2# @127.0.0.1/", "http://127.0.0.1 &@2.2.2.2# @3.3.3.3/",
        "http://foo@127.0.0.1:80@example.com/", "http://foo@127.0.0.1 @example.com/", "http://127.0.0.1\r\nHost:x/", "http://127.0.0.1\u{0}.example.com/",
        "http://127.0.0.1;@example.com/", "http://127.0.0.1,example.com/", "http://127.0.0.1!.example.com@x/", "http://127.0.0.1:80:80/",
        "http://127.0.0.1:+80/", "http://127.0.0.1:00011211aaaa/", "http://[::1]x/", "http://[::1", "gopher://127.0.0.1:6379/_SAVE",
        "dict://127.0.0.1:11211/stats", "ldap://127.0.0.1/", "tftp://127.0.0.1:69/x", "sftp://10.0.0.1/", "127.0.0.1:80",
        "http://127.0.0.1.nip.io/", "http://app.10.0.0.1.nip.io/", "http://127-0-0-1.sslip.io/", "http://7f000001.nip.io/",
        "http://customer1.app.localhost.my.company.127.0.0.1.nip.io/", "http://--1.sslip.io/", "http://192-168-1-250.abcdef.plex.direct:32400/",
        "http://--1.ipv6-literal.net/", "http://fe80--1s4.ipv6-literal.net/",
    ]

    static let names: [String] = [
        "http://localhost/", "https://localhost/", "http://localhost:8080/", "http://LOCALHOST/", "http://LocalHost./",
        "http://localhost%2e/", "http://%6c%6f%63alhost/", "http://loc%61lhost/", "http://localhost%00.example.com/", "http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ/", "http://ｌｏｃａｌｈｏｓｔ/",
        "http://𝓁ℴ𝒸𝒶𝓁𝒽ℴ𝓈𝓉/", "http://𝕝𝕠𝕔𝕒𝕝𝕙𝕠𝕤𝕥/", "http://LOCALHOST。/", "http://locaLhoſt/", "http://ℓocalhost/", "http://local\u{AD}host/",
        "http://lo\u{200B}cal\u{2060}host/", "http://🅻🅾🅲🅰🅻🅷🅾🆂🆃/", "http://a.localhost/", "http://a.b.localhost:1/", "http://localhost.localdomain/",
        "http://localhost6/", "http://ip6-localhost/", "http://ip6-loopback/", "http://printer.local/", "http://db.internal/",
        "http://host.docker.internal:2375/", "http://router.home.arpa/", "http://nas.lan/", "http://app.test/", "http://wiki.corp/", "http://kubernetes.default.svc/api",
        "http://kubernetes.default.svc.cluster.local/", "http://vault.service.consul/", "http://intranet/", "https://redis:6379/",
        "http://kubernetes/", "http://localtest.me/", "http://www.lvh.me/", "http://spoofed.burpcollaborator.net/",
        "http://make-1.2.3.4-rebind-169.254-169.254-rr.1u.ms/", "http://7f000001.c0a80001.rbndr.us/",
        "http://user@localhost/", "http://localhost@example.com/", "http://example.com@localhost:80/", "http://example.com\\@localhost/",
        "http://localhost\\@example.com/", "http://example.com#@localhost/", "http://localhost%23@example.com/", "ftp://localhost/", "localhost:+11211aaa",
        "http:localhost", "http:\\\\localhost\\x", "http://localhost:80:80/", "http://localhost,example.com/", "//localhost/x", "http:///localhost/",
        "ldap://localhost:11211/%0astats%0aquit", "http://exa\u{FEFF}mple.com@lo\u{FEFF}calhost/",
    ]
}
