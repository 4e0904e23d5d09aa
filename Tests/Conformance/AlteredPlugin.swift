import TestSupport
import Testing

/// The sound plugin, with lines replaced to make it do something else.
enum AlteredPlugin {
    /// - Parameters:
    ///   - replaced: each must be in the source.
    ///   - blocking: on threads of its own, rather than on the host's loop.
    /// - Returns: the plugin's folder, within `folder`.
    static func build(_ replaced: [(String, String)], blocking: Bool = false, in folder: TemporaryFolder) throws
        -> String
    {
        let home = "Tests/Conformance/Fixtures"
        var source = try Repository.read("\(home)/sound.c")
        if blocking { source = "#define BLOCKING\n" + source }
        for (old, new) in replaced {
            try #require(source.contains(old), "sound.c has no \(old)")
            source = source.replacing(old, with: new)
        }
        let file = try folder.write("sound.c", source)
        _ = try folder.write("sound.json", Repository.read("\(home)/sound.json"))
        try FixturePlugin.compile(source: file, name: "agent/sound", into: folder.path + "/built")
        return folder.path + "/built"
    }
}
