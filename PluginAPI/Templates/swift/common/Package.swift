// swift-tools-version: 6.2
import PackageDescription

// The kit: the folder PluginAPI of Jackfield's sources, or where Jackfield was installed.
let kit = Context.environment["JACKFIELD_KIT"] ?? "@KIT@"

let package = Package(
    name: "@KIND@-@NAME@",
    products: [.library(name: "@KIND@-@NAME@", type: .dynamic, targets: ["@TYPE@Entry"])],
    dependencies: [.package(name: "jackfield", path: kit)],
    targets: [
        // What the plugin does. Tests import it.
        .target(
            name: "@TYPE@Plugin", dependencies: [.product(name: "JackfieldPlugin", package: "jackfield")],
            swiftSettings: [.enableUpcomingFeature("NonisolatedNonsendingByDefault")]),
        // The one function that the shared library exports. All else stays inside: a host loads many plugins, and each
        // has a kit of its own.
        .target(
            name: "@TYPE@Entry",
            dependencies: ["@TYPE@Plugin", .product(name: "JackfieldPlugin", package: "jackfield")],
            linkerSettings: [
                .unsafeFlags(["-Xlinker", "--version-script=\(Context.packageDirectory)/plugin.map"]),
                .unsafeFlags(["-Xlinker", "-s"], .when(configuration: .release)),
            ]),
        .testTarget(
            name: "@TYPE@Tests",
            dependencies: [
                "@TYPE@Plugin", .product(name: "JackfieldPlugin", package: "jackfield"),
                .product(name: "JackfieldTesting", package: "jackfield"),
            ],
            swiftSettings: [.enableUpcomingFeature("NonisolatedNonsendingByDefault")]),
    ],
    swiftLanguageModes: [.v6]
)
