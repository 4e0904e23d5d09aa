/// The tables of all configuration structs: the one place where a key is declared.
enum ConfigTables {
    static let manifest = ConfigTable<Manifest>(
        "The whole manifest.",
        [
            .init("jackfield", \.version, .int(1...1), required: true, "The version of this format: 1."),
            .init(
                "profile", \.profile, .choice(),
                "A set of defaults. development: log level debug, debug on; production: log level info; "
                    + "testing: log level warning, port chosen by the system."),
            .init("server", \.server, .table(server), "The listener and its limits."),
            .init("storage", \.storage, .table(storage), "The embedded store."),
            .init("logging", \.logging, .table(logging), "Log lines."),
            .init("secrets", \.secrets, .table(secrets), "Where secrets come from besides the environment."),
            .init("integrity", \.integrity, .table(integrity), "Which plugins' files are trusted."),
            .init(
                "features", \.features, .map("NAME", to: .bool, seed: false),
                "Switches by name; a name that is absent is off."),
            .init(
                "debug", \.debug, .bool,
                "Answers carry more of what went wrong. On in the development profile; never for the public."),
            .init(
                "plugins", \.plugins, .keyed("ID", plugin, by: \.id) { PluginConfig(id: $0) },
                "The plugin instances by id, in the order in which they start."),
            .init(
                "models", \.models, .keyed("NAME", model, by: \.name) { ModelConfig(name: $0) },
                "The model names that clients and agents ask for."),
            .init("cache", \.cache, .table(cache), "The response cache; models say whether they use it."),
            .init(
                "prices", \.prices, .keyed("PATTERN", price, by: \.pattern) { PriceConfig(pattern: $0) },
                "What models cost, by INSTANCE/MODEL or MODEL; \"*\" at the end stands for whatever follows. "
                    + "Models that are not named here have the built-in prices, where there are some."),
            .init(
                "budgets", \.budgets, .keyed("NAME", budget, by: \.name) { BudgetConfig(name: $0) },
                "Limits on tokens and cost; a request that would pass one is refused."),
            .init("validators", \.validators, .table(validators), "Who looks at what goes in and out."),
            .init("orchestrator", \.orchestrator, .table(orchestrator), "How agents are chosen for a question."),
            .init("exporters", \.exporters, instances("exporter plugins"), "The plugins that metrics are given to."),
            .init(
                "notifiers", \.notifiers, instances("notifier plugins"),
                "The plugins that people are told through when something is wrong."),
        ])

    static let server = ConfigTable<ServerConfig>(
        "The listener and its limits.",
        [
            .init(
                "listen", \.listen, .parsed("HOST:PORT") { text throws(InvalidValue) in try ListenAddress(text) },
                "Where to listen. Port 0 lets the system choose; 0.0.0.0 is every interface."),
            .init(
                "max_body", \.maxBody, .bytes(ByteCount(bytes: 1 << 10)...ByteCount(bytes: 1 << 30)),
                "The largest request body; a larger one is answered with 413."),
            .init("request_timeout", \.requestTimeout, .duration(), "From a request's end to its answer's end."),
            .init("header_timeout", \.headerTimeout, .duration(), "For a request's header to arrive."),
            .init("body_timeout", \.bodyTimeout, .duration(), "For a request's body to arrive."),
            .init("idle_timeout", \.idleTimeout, .duration(), "How long a connection may wait for its next request."),
            .init(
                "drain_timeout", \.drainTimeout, .duration(.zero ... .seconds(3600)),
                "After SIGTERM: how long answers under way may take."),
            .init("loops", \.loops, .int(0...256), "Event loop threads; 0 is one for each processor core."),
            .init("cors", \.cors, .table(cors), "Requests from web pages of other origins."),
        ])

    static let cors = ConfigTable<CORSConfig>(
        "Requests from web pages of other origins.",
        [
            .init(
                "origins", \.origins,
                .list(
                    of: .parsed("origin or \"*\"") { text throws(InvalidValue) in try CORSOrigin(text) }, seed: .any),
                "The origins that may call, like \"https://app.example.com\"; \"*\" is any.")
        ]
    ) { config, report in
        if config.origins.count > 1, config.origins.contains(.any) {
            report("origins", "\"*\" is every origin already: leave out the others")
        }
    }

    static let storage = ConfigTable<StorageConfig>(
        "The embedded store.",
        [.init("path", \.path, .text("path of a file"), "The SQLite file; its folder is made when it is missing.")])

    static let logging = ConfigTable<LoggingConfig>(
        "Log lines.",
        [
            .init("level", \.level, .choice(), "The least level that is written. The default is the profile's."),
            .init("format", \.format, .choice(), "auto is human on a terminal and json elsewhere."),
        ])

    static let secrets = ConfigTable<SecretsConfig>(
        "Where secrets come from besides the environment.",
        [
            .init(
                "directory", \.directory, ValueType<String>.text("path of a folder").optional(),
                "A folder with one file for each secret, as container platforms mount them.")
        ])

    static let validators = ConfigTable<ValidatorsConfig>(
        "Who looks at what goes in and out.",
        [
            .init("input", \.input, instances("validator plugins"), "For questions, in order."),
            .init("output", \.output, instances("validator plugins"), "For answers, in order."),
            .init(
                "on_failure", \.onFailure, .map("ID", to: .choice(), seed: .block),
                "What happens when a validator itself fails; block where nothing is said."),
            .init(
                "timeout", \.timeout, .duration(), "How long one validator may look at one text; then it has failed."),
        ]
    ) { config, report in
        for id in config.onFailure.keys.sorted() where !config.input.contains(id) && !config.output.contains(id) {
            report("on_failure", "\(id.text.quoted) is neither in input nor in output")
        }
    }

    static let orchestrator = ConfigTable<OrchestratorConfig>(
        "How agents are chosen for a question.",
        [
            .init("max_agents", \.maxAgents, .int(1...32), "How many agents may work on one question."),
            .init(
                "threshold", \.threshold, .number(0...1),
                "The least score with which an agent is asked."),
            .init(
                "max_answer", \.maxAnswer, .bytes(ByteCount(bytes: 1 << 10)...ByteCount(bytes: 1 << 30)),
                "The largest answer: texts, findings and artifacts together."),
        ])

    static func instances(_ noun: String) -> ValueType<[PluginInstanceID]> {
        .list(of: .id("ids of \(noun)"), seed: PluginInstanceID(unchecked: "unset"))
    }
}
