// swift-tools-version: 6.2
import Foundation
import PackageDescription

// Everything here is written in the Swift 6 language mode with the features that the next one turns on.
let house: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

// The package's own targets.
let abi: Target.Dependency = "CJackfield"
let json: Target.Dependency = "JackfieldJSON"
let vocabulary: Target.Dependency = "JackfieldVocabulary"
let network: Target.Dependency = "JackfieldNetwork"
let kit: Target.Dependency = "JackfieldPlugin"

// The libraries that it stands on.
let nioCore: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioPosix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let nioHTTP1: Target.Dependency = .product(name: "NIOHTTP1", package: "swift-nio")
let nioTLS: Target.Dependency = .product(name: "NIOTLS", package: "swift-nio")
let nioSSL: Target.Dependency = .product(name: "NIOSSL", package: "swift-nio-ssl")
let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let arguments: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let httpTypes: Target.Dependency = .product(name: "HTTPTypes", package: "swift-http-types")

func host(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .target(name: name, dependencies: dependencies, path: "Host/\(name)", swiftSettings: house)
}

// The one way to declare a plugin, so that none can differ: the type that does the work is a target that tests can
// import, the entry file is another that exports the one symbol, and the product is a shared library with the export map.
struct Plugin {
    let module: String
    let folder: String
    let id: String
    /// From outside the project, beside the kit.
    var libraries: [Target.Dependency] = []
    /// Folders in its own that are targets themselves.
    var exclude: [String] = []

    var targets: [Target] {
        let rooms = ["README.md", "plugin.json", "config.schema.json"]
        // What belongs to the other target is named, so that no build says that nobody takes care of it.
        let home = "\(Context.packageDirectory)/Plugins/\(folder)/\(module)"
        let rest = ((try? FileManager.default.contentsOfDirectory(atPath: home)) ?? []).filter { $0 != "Entry.swift" }
        return [
            .target(
                name: module, dependencies: [json, network, vocabulary, kit] + libraries,
                path: "Plugins/\(folder)/\(module)",
                exclude: rooms + exclude + (rest.contains("check.json") ? ["check.json"] : []) + ["Entry.swift"],
                swiftSettings: house),
            .target(
                name: "\(module)Entry", dependencies: [abi, kit, .target(name: module)],
                path: "Plugins/\(folder)/\(module)",
                exclude: rest, sources: ["Entry.swift"], swiftSettings: house,
                linkerSettings: [
                    .unsafeFlags(["-Xlinker", "--version-script=\(Context.packageDirectory)/PluginAPI/C/jackfield.map"])
                ]),
        ]
    }
    var product: Product { .library(name: id, type: .dynamic, targets: ["\(module)Entry"]) }
}

func tests(_ name: String, _ path: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
    .testTarget(name: name, dependencies: dependencies, path: "Tests/\(path)", exclude: exclude, swiftSettings: house)
}

let plugins = [
    Plugin(module: "SystemMonitoring", folder: "Agents", id: "agent-system-monitoring"),
    Plugin(module: "OpenAI", folder: "LLMProviders", id: "llm-openai"),
    Plugin(module: "Anthropic", folder: "LLMProviders", id: "llm-anthropic"),
    Plugin(module: "Bedrock", folder: "LLMProviders", id: "llm-bedrock", libraries: [crypto]),
    Plugin(module: "Ollama", folder: "LLMProviders", id: "llm-ollama"),
    Plugin(module: "Scripted", folder: "LLMProviders", id: "llm-scripted"),
    Plugin(module: "Offline", folder: "LLMProviders", id: "llm-offline"),
    Plugin(module: "PromptInjection", folder: "Validators", id: "validator-prompt-injection"),
    Plugin(module: "Secrets", folder: "Validators", id: "validator-secrets"),
    Plugin(module: "URL", folder: "Validators", id: "validator-url"),
    Plugin(module: "Native", folder: "Tools", id: "tool-native", libraries: ["CFFI"], exclude: ["CFFI"]),
    Plugin(module: "Webhook", folder: "Notifiers", id: "notifier-webhook"),
    Plugin(module: "Prometheus", folder: "MetricExporters", id: "exporter-prometheus"),
]

let package = Package(
    name: "jackfield",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "jackfield", targets: ["Jackfield"]),
        .library(name: "JackfieldPlugin", targets: ["JackfieldPlugin"]),
    ] + plugins.map(\.product),
    dependencies: [
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    ],
    targets: [
        // What a plugin author needs.
        .target(name: "CJackfield", path: "PluginAPI/C", exclude: ["jackfield.map"]),
        .target(name: "JackfieldJSON", path: "PluginAPI/Swift/JSON", swiftSettings: house),
        .target(name: "JackfieldNetwork", path: "PluginAPI/Swift/Network", swiftSettings: house),
        .target(
            name: "JackfieldVocabulary", dependencies: [abi, json], path: "PluginAPI/Swift/Vocabulary",
            swiftSettings: house),
        .target(
            name: "JackfieldPlugin", dependencies: [abi, json, vocabulary], path: "PluginAPI/Swift/Kit",
            swiftSettings: house),
        .target(
            name: "JackfieldTesting", dependencies: [abi, json, vocabulary, kit], path: "PluginAPI/Swift/Testing",
            swiftSettings: house),

        // The host, from the bottom up.
        host("Manifest", [json, yams]),
        host("Telemetry", [json, logging]),
        host("EventLoops", [nioCore]),
        host("Integrity", ["KernelCalls", json, crypto]),
        .target(name: "ExceptionBarrier", dependencies: [abi], path: "Host/ExceptionBarrier"),
        host("Loading", ["EventLoops", "ExceptionBarrier", "Integrity", abi, vocabulary, nioCore]),
        .target(name: "KernelCalls", path: "Host/KernelCalls"),
        host(
            "Isolation",
            [
                "EventLoops", "ExceptionBarrier", "Integrity", "KernelCalls", abi, json, vocabulary, "Loading", nioCore,
                nioPosix,
            ]),
        host(
            "Registry",
            [
                "EventLoops", "Integrity", abi, json, vocabulary, "Manifest", "Telemetry", "Loading", "Isolation",
                logging,
            ]),
        .systemLibrary(
            name: "CFFI", path: "Plugins/Tools/Native/CFFI", pkgConfig: "libffi",
            providers: [.apt(["libffi-dev"]), .brew(["libffi"])]),
        .systemLibrary(name: "CZlib", path: "Host/CZlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
        host(
            "Conformance",
            [
                "EventLoops", "KernelCalls", abi, json, vocabulary, "Manifest", "Loading", "Isolation", "Registry",
                nioCore, nioPosix,
            ]),
        host("Outbound", ["EventLoops", network, "CZlib", nioCore, nioPosix, nioHTTP1, nioTLS, nioSSL]),
        host("Storage", [grdb]),
        host("Scaffolding", ["Manifest"]),
        host("Resilience", []),
        host("Accounting", [vocabulary, "Storage"]),
        host("Caching", [abi, json, vocabulary, "Storage", crypto]),
        host(
            "Orchestration",
            [
                "EventLoops", json, vocabulary, network, "Manifest", "Telemetry", "Loading", "Registry", "Outbound",
                "Storage", "Resilience", "Accounting", "Caching", abi, logging, nioCore, nioHTTP1,
            ]),
        host(
            "HTTPServer",
            [
                "EventLoops", json, vocabulary, "Manifest", "Telemetry", "Loading", "Isolation", "Registry",
                "Orchestration", "Storage", "Accounting", "Caching", abi, logging, nioCore, nioPosix, nioHTTP1,
                httpTypes, hummingbird,
                crypto,
            ]),
        .executableTarget(
            name: "Jackfield",
            dependencies: [
                json, vocabulary, "EventLoops", "Integrity", "Manifest", "Telemetry", "Loading", "Isolation",
                "Registry", "Orchestration", "Outbound", "Storage", "Scaffolding", "Conformance", "Accounting",
                "Caching", "HTTPServer", nioCore, nioPosix, logging, arguments,
            ],
            path: "Host/Jackfield", swiftSettings: house),
    ] + plugins.flatMap(\.targets) + [
        // Tests mirror what they test.
        .target(
            name: "TestSupport", dependencies: [json], path: "Tests/Support",
            swiftSettings: house),
        .executableTarget(
            name: "Benchmarks",
            dependencies: [
                abi, json, vocabulary, "EventLoops", "Manifest", "Telemetry", "Loading", "Isolation", "Registry",
                "TestSupport", "CFFI", nioCore, nioPosix, nioHTTP1, logging, arguments,
            ],
            path: "Tests/Benchmarks", exclude: ["Peers"], swiftSettings: house),
        tests("KitTests", "PluginAPI", [abi, json, network, vocabulary, kit]),
        tests("IntegrityTests", "Integrity", ["Integrity", json, "TestSupport"]),
        tests("EventLoopsTests", "EventLoops", ["EventLoops", nioCore, nioPosix]),
        tests(
            "LoadingTests", "Loading",
            [abi, vocabulary, "EventLoops", "Integrity", "Loading", "TestSupport", nioCore, nioPosix]),
        .executableTarget(
            name: "SandboxProbe", dependencies: ["Isolation", "KernelCalls"], path: "Tests/Fixtures/SandboxProbe",
            swiftSettings: house),
        tests(
            "IsolationTests", "Isolation",
            [
                "EventLoops", "Isolation", "KernelCalls", "Loading", "TestSupport", "SandboxProbe", abi, json,
                vocabulary,
                nioCore, nioPosix,
            ]),
        tests("SoundnessTests", "Soundness", [json], exclude: ["check"]),
        tests("ManifestTests", "Manifest", [json, "Manifest"]),
        tests("TelemetryTests", "Telemetry", [json, logging, "Telemetry"]),
        tests(
            "OutboundTests", "Outbound",
            ["EventLoops", "Outbound", network, "CZlib", nioCore, nioPosix, nioHTTP1, nioSSL]),
        tests(
            "OrchestrationTests", "Orchestration",
            [
                json, vocabulary, "EventLoops", "Manifest", "Telemetry", "Registry", "Accounting", "Orchestration",
                nioCore, nioPosix, logging,
            ]),
        tests("ScaffoldingTests", "Scaffolding", ["Manifest", "Scaffolding"]),
        tests(
            "ConformanceTests", "Conformance", [abi, json, "Conformance", "Registry", "TestSupport"],
            exclude: ["Fixtures", "Faulty", "run", "soak"].filter {
                FileManager.default.fileExists(atPath: "\(Context.packageDirectory)/Tests/Conformance/\($0)")
            }),
        tests("StorageTests", "Storage", [grdb, "Storage"]),
        tests("ResilienceTests", "Resilience", ["Resilience"]),
        tests("AccountingTests", "Accounting", [vocabulary, "Storage", "Accounting"]),
        tests("CachingTests", "Caching", [abi, json, vocabulary, "Storage", "Caching"]),
        tests(
            "HTTPServerTests", "HTTPServer",
            [
                json, vocabulary, "EventLoops", "HTTPServer", "Orchestration", "Telemetry", nioCore, nioPosix, nioHTTP1,
                httpTypes, hummingbird, logging,
            ]),
        tests("SystemMonitoringTests", "Plugins/SystemMonitoringTests", [json, vocabulary, "SystemMonitoring"]),
        tests("OpenAITests", "Plugins/OpenAITests", [json, vocabulary, kit, "OpenAI"]),
        tests("AnthropicTests", "Plugins/AnthropicTests", [abi, json, vocabulary, kit, "Anthropic"]),
        tests("BedrockTests", "Plugins/BedrockTests", [abi, json, vocabulary, kit, crypto, "Bedrock"]),
        tests("OllamaTests", "Plugins/OllamaTests", [json, vocabulary, kit, "Ollama"]),
        tests("ScriptedTests", "Plugins/ScriptedTests", [json, vocabulary, kit, "Scripted"]),
        tests("OfflineTests", "Plugins/OfflineTests", [json, vocabulary, kit, "Offline"]),
        tests("PromptInjectionTests", "Plugins/PromptInjectionTests", [json, vocabulary, kit, "PromptInjection"]),
        tests("SecretsTests", "Plugins/SecretsTests", [json, vocabulary, kit, "Secrets"]),
        tests("URLTests", "Plugins/URLTests", [json, network, vocabulary, kit, "URL"]),
        tests("NativeTests", "Plugins/NativeTests", [json, vocabulary, kit, "CFFI", "TestSupport", "Native"]),
        tests("WebhookTests", "Plugins/WebhookTests", [json, vocabulary, kit, "Webhook"]),
        tests("PrometheusTests", "Plugins/PrometheusTests", [json, vocabulary, "Prometheus"]),
        tests("IntegrationTests", "Integration", [json, "TestSupport"]),
    ],
    swiftLanguageModes: [.v6]
)
