import JackfieldJSON

extension ConfigTables {
    static let plugin = ConfigTable<PluginConfig>(
        "One plugin instance.",
        [
            .init(
                "use", \.use,
                ValueType<PluginReference>.parsed("KIND/NAME") { text throws(InvalidValue) in try PluginReference(text)
                }
                .optional(),
                "The plugin on the plugin path. KIND is one of \(PluginKind.list)."),
            .init(
                "file", \.file, ValueType<String>.text("path").optional(),
                "Instead of use: a shared library, or a folder with a plugin.json."),
            .init(
                "isolation", \.isolation, .choice(),
                "in-process runs it with the host's privileges; process in a sandbox of its own."),
            .init("sandbox", \.sandbox, .table(sandbox), "With isolation: process: in what it is locked up."),
            .init("required", \.required, .bool, "Whether the host refuses to start without it."),
            .init(
                "enabled", \.enabled, .condition,
                "Whether it is started. A condition like \"${NAME:+true}\" is off when NAME is not set."),
            .init(
                "sha256", \.sha256, ValueType<String>.sha256.optional(),
                "The library's SHA-256; another file is refused."),
            .init("config", \.configuration, .configuration, "The plugin's own configuration: see its README."),
            .init("grants", \.grants, .table(grants), "What the plugin may reach: nothing by default."),
            .init("outbound", \.outbound, .table(outbound), "Limits of what it does with the network."),
            .init("upstream", \.upstream, .table(upstream), "Of a provider: how its upstreams are treated."),
            .init(
                "tool_loop", \.toolLoop, .table(toolLoop),
                "How far the llm service goes when it calls tools for a model that the plugin asks."),
        ]
    ) { plugin, report in
        switch (plugin.use, plugin.file) {
        case (nil, nil) where plugin.enabled:
            report(nil, "says not what it is: write use: KIND/NAME, or file: PATH")
        case (_?, _?): report("file", "stands beside use: write one of the two")
        default: break
        }
        if plugin.isolation == .inProcess, plugin.sandbox != SandboxConfig() {
            report("sandbox", "is for plugins with isolation: process; this one runs in the host's process")
        }
        outboundNames(plugin, report)
        if let use = plugin.use, use.kind != .llm, plugin.upstream != UpstreamConfig() {
            report("upstream", "is for providers of language models; \(use) is none")
        }
    }

    static let toolLoop = ConfigTable<ToolLoopConfig>(
        "How far the llm service goes when it calls tools for a model that the plugin asks. See docs/tools.md.",
        [
            .init("rounds", \.rounds, .int(1...64), "How often the model is asked again with what tools answered."),
            .init(
                "timeout", \.timeout, .duration(.milliseconds(1) ... .seconds(86_400)),
                "From the first question to the last answer, tools included."),
            .init(
                "cost", \.cost, .number(0...1_000_000),
                "US dollars that the model's answers may cost before it is not asked again; those without a price "
                    + "count nothing."),
        ])

    static let grants = ConfigTable<GrantsConfig>(
        "What a plugin may reach. Nothing is granted by default.",
        [
            .init(
                "http", \.http,
                .list(
                    of: .parsed("origin") { text throws(InvalidValue) in try Origin(text) },
                    seed: Origin(scheme: "https", host: "unset", port: 443)),
                "Where it may send requests, like \"https://api.example.com\" or \"http://127.0.0.1:11434/v1\"."),
            .init(
                "read", \.read, .list(of: .absolutePath, seed: ""),
                "Files and folders that it may read; absolute paths."),
            .init(
                "libraries", \.libraries, .list(of: .library, seed: ""),
                "Shared libraries that it may call, mapped before its process is sealed: absolute paths, or names like \"libz.so.1\"."
            ),
            .init(
                "temporary", \.temporary, .bool,
                "Whether it has a private folder for temporary files, with isolation: process; TMPDIR names it."),
            .init(
                "secrets", \.secrets, .list(of: .id("name of a secret"), seed: SecretName(unchecked: "unset")),
                "The secrets that it may ask for."),
            .init(
                "models", \.models, .list(of: .id("name from models"), seed: ModelName(unchecked: "unset")),
                "The models that it may ask."),
            .init("agents", \.agents, instances("agent plugins"), "The agents that it may ask."),
            .init(
                "tools", \.tools,
                .list(
                    of: .parsed("INSTANCE, INSTANCE/TOOL or \"*\"") { text throws(InvalidValue) in try ToolGrant(text)
                    }, seed: .all),
                "The tools that it may call: all of a tool plugin, one of them, or \"*\" for every tool there is."),
            .init(
                "topics", \.topics, .list(of: .id("topic"), seed: TopicName(unchecked: "unset")),
                "The bus topics that it may write to and read from."),
        ])
}

extension ValueType where Value == String {
    /// A path that means the same wherever the host was started.
    static let absolutePath = scalar(
        "absolute path", schema: ["type": "string", "pattern": "^/"], encode: { .string($0) }
    ) { scalar throws(InvalidValue) in
        guard scalar.text.hasPrefix("/"), !scalar.text.utf8.contains(0) else {
            throw InvalidValue("expected an absolute path, found \(scalar.text.quoted)")
        }
        guard !scalar.text.split(separator: "/").contains("..") else {
            throw InvalidValue("\(scalar.text.quoted) may not climb with \"..\"")
        }
        return scalar.text
    }

    /// A shared library as `dlopen` takes it. A relative path is refused: it would mean another file in another place.
    static let library = scalar(
        "library", schema: ["type": "string", "pattern": "^(/.*|[^/]+)$"], encode: { .string($0) }
    ) { scalar throws(InvalidValue) in
        guard !scalar.text.isEmpty, !scalar.text.utf8.contains(0),
            scalar.text.hasPrefix("/") || !scalar.text.utf8.contains(UInt8(ascii: "/"))
        else {
            throw InvalidValue(
                "expected an absolute path or a name like \"libz.so.1\", found \(scalar.text.quoted)")
        }
        guard !scalar.text.split(separator: "/").contains("..") else {
            throw InvalidValue("\(scalar.text.quoted) may not climb with \"..\"")
        }
        return scalar.text
    }
}
