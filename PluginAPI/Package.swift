// swift-tools-version: 6.2
import PackageDescription

// The kit for plugins in Swift, as a package that stands on the toolchain alone. The package of the repository declares
// the same targets beside the host, and needs a server's libraries: who only writes a plugin should not fetch those.
let house: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

let abi: Target.Dependency = "CJackfield"
let json: Target.Dependency = "JackfieldJSON"
let vocabulary: Target.Dependency = "JackfieldVocabulary"
let kit: Target.Dependency = "JackfieldPlugin"

let package = Package(
    name: "jackfield",
    platforms: [.macOS(.v15)],
    products: [
        .library(
            name: "JackfieldPlugin", targets: ["CJackfield", "JackfieldJSON", "JackfieldVocabulary", "JackfieldPlugin"]),
        .library(name: "JackfieldNetwork", targets: ["JackfieldNetwork"]),
        .library(name: "JackfieldTesting", targets: ["JackfieldTesting"]),
    ],
    targets: [
        .target(name: "CJackfield", path: "C", exclude: ["jackfield.map"]),
        .target(name: "JackfieldJSON", path: "Swift/JSON", swiftSettings: house),
        .target(name: "JackfieldNetwork", path: "Swift/Network", swiftSettings: house),
        .target(
            name: "JackfieldVocabulary", dependencies: [abi, json], path: "Swift/Vocabulary", swiftSettings: house),
        .target(
            name: "JackfieldPlugin", dependencies: [abi, json, vocabulary], path: "Swift/Kit", swiftSettings: house),
        .target(
            name: "JackfieldTesting", dependencies: [abi, json, vocabulary, kit], path: "Swift/Testing",
            swiftSettings: house),
    ],
    swiftLanguageModes: [.v6]
)
