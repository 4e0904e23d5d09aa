extension ConfigTables {
    static let integrity = ConfigTable<IntegrityConfig>(
        "Which plugins' files are trusted. See docs/signing.md.",
        [
            .init(
                "policy", \.policy, .choice(),
                "require refuses every plugin that no listed key has signed; verify refuses signatures that are not good, "
                    + "where keys are listed; off does not look at signatures."),
            .init(
                "keys", \.keys, .map("NAME", to: .id("public key"), seed: TrustedKeyText(unchecked: "unset")),
                "Trusted keys by name, like \"ed25519:BASE64\"; `jackfield plugin sign` prints the one that it signed with."
            ),
        ]
    ) { config, report in
        if config.policy == .require, config.keys.isEmpty {
            report("policy", "require refuses every plugin as long as no key is listed: add one to integrity.keys")
        }
    }
}
