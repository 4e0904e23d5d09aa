import JackfieldPlugin

/// A token that its issuer made to be recognised: a prefix, then so many characters of an alphabet.
struct TokenShape: Sendable {
    var rule: SecretRule
    var prefix: [UInt8]
    var alphabet: ByteSet
    var length: ClosedRange<Int>
    var check = Check.none

    enum Check: Sendable {
        case none
        /// The last six characters are the CRC-32 of the rest in base 62 (GitHub, "Behind GitHub's new authentication
        /// token formats", 2021; npm does the same).
        case crc32
        /// There is a digit among the characters: for prefixes that are also the beginning of words.
        case digit
        /// Two dots, with 22 characters between them and 43 after (SendGrid).
        case sendGrid
    }

    private init(
        _ rule: SecretRule, _ prefix: String, _ alphabet: ByteSet, _ length: ClosedRange<Int>, _ check: Check = .none
    ) {
        (self.rule, self.prefix, self.alphabet, self.length, self.check) = (
            rule, Array(prefix.utf8), alphabet, length, check
        )
    }

    /// The token whose prefix was seen at `start`, if it is one.
    func match(_ text: ScannedText, at start: Int) throws(Unfinished) -> SecretMatch? {
        guard text.has(prefix, at: start), !text.isWordByte(before: start) else { return nil }
        let body = start + prefix.count
        let end = try text.end(of: alphabet, from: body, atMost: length.upperBound + 1)
        guard length.contains(end - body) else { return nil }
        var checksum: Bool?
        switch check {
        case .none: break
        case .crc32: checksum = end - body == 36 ? Checksums.endsInCRC32(text.bytes[body..<end]) : nil
        case .digit: guard text.bytes[body..<end].contains(where: { ByteSet.digits[$0] }) else { return nil }
        case .sendGrid: guard text.bytes[body..<end].firstIndex(of: 0x2E) == body + 22 else { return nil }
        }
        return SecretMatch(rule: rule, range: start..<end, anchor: start, checksum: checksum)
    }

    /// After the issuers' documentation, as far as they write it, and the tokens that they give out.
    static let all: [TokenShape] =
        ["AKIA", "ASIA", "ABIA", "ACCA"].map { TokenShape(.awsAccessKey, $0, .upperAlphanumerics, 16...16) }
        + ["ghp_", "gho_", "ghu_", "ghs_", "ghr_"].map { TokenShape(.github, $0, .alphanumerics, 36...251, .crc32) }
        + [TokenShape(.github, "github_pat_", .word, 50...255)]
        + ["glpat-", "gldt-", "glrt-", "glcbt-", "glptt-", "glft-", "glsoat-", "glimt-", "glagent-"].map {
            TokenShape(.gitlab, $0, .urlSafe.union(.dot), 20...300)
        }
        + ["xoxb-", "xoxp-", "xoxa-", "xoxr-", "xoxs-", "xoxe-", "xoxe.xoxp-", "xapp-"].map {
            TokenShape(.slack, $0, .alphanumerics.union(.hyphen), 10...300)
        }
        + [
            TokenShape(.slackWebhook, "hooks.slack.com/services/", .alphanumerics.union(.slash), 20...120),
            TokenShape(.slackWebhook, "hooks.slack.com/workflows/", .alphanumerics.union(.slash), 20...120),
        ]
        + ["sk_live_", "sk_test_", "rk_live_", "rk_test_", "whsec_"].map { TokenShape(.stripe, $0, .base64, 16...255) }
        + [
            TokenShape(.anthropic, "sk-ant-", .urlSafe, 20...300),
            TokenShape(.openAI, "sk-", .urlSafe, 20...300, .digit),
            TokenShape(.google, "AIza", .urlSafe, 35...35),
            TokenShape(.googleOAuth, "GOCSPX-", .urlSafe, 28...28),
            TokenShape(.googleOAuth, "ya29.", .urlSafe, 20...2048),
            TokenShape(.npm, "npm_", .alphanumerics, 36...36, .crc32),
            TokenShape(.pypi, "pypi-AgE", .urlSafe, 50...2048),
            TokenShape(.twilio, "SK", .lowerHex, 32...32),
            TokenShape(.sendGrid, "SG.", .urlSafe.union(.dot), 66...66, .sendGrid),
            TokenShape(.huggingFace, "hf_", .alphanumerics, 30...64),
            TokenShape(.huggingFace, "api_org_", .alphanumerics, 30...64),
        ]
        + ["dop_v1_", "doo_v1_", "dor_v1_"].map { TokenShape(.digitalOcean, $0, .lowerHex, 64...64) }
        + providers

    private static let providers: [TokenShape] =
        ["shpat_", "shpca_", "shppa_", "shpss_"].map { TokenShape(.provider, $0, .hex, 32...32) }  // Shopify
        + [
            TokenShape(.provider, "gsk_", .alphanumerics, 40...64),  // Groq
            TokenShape(.provider, "r8_", .alphanumerics, 37...40),  // Replicate
            TokenShape(.provider, "pplx-", .alphanumerics, 40...64),  // Perplexity
            TokenShape(.provider, "xai-", .alphanumerics, 60...100),  // xAI
            TokenShape(.provider, "dapi", .lowerHex, 32...32),  // Databricks
            TokenShape(.provider, "lin_api_", .alphanumerics, 32...48),  // Linear
            TokenShape(.provider, "ntn_", .alphanumerics, 40...50),  // Notion
            TokenShape(.provider, "sq0atp-", .urlSafe, 22...22),  // Square
            TokenShape(.provider, "sq0csp-", .urlSafe, 43...43),
            TokenShape(.provider, "hvs.", .urlSafe, 24...300),  // Vault
            TokenShape(.provider, "dp.pt.", .alphanumerics, 40...44),  // Doppler
            TokenShape(.provider, "NRAK-", .upperAlphanumerics, 27...27),  // New Relic
            TokenShape(.provider, "glsa_", .word, 32...60),  // Grafana
            TokenShape(.provider, "PMAK-", .hex.union(.hyphen), 50...70),  // Postman
            TokenShape(.provider, "ATATT3", .urlSafe.union(.equals), 60...300),  // Atlassian
            TokenShape(.provider, "AGE-SECRET-KEY-1", .upperAlphanumerics, 58...58),  // age
            TokenShape(.provider, "tskey-", .alphanumerics.union(.hyphen), 20...100, .digit),  // Tailscale
        ]
}
