/// Rights on files that Landlock knows, and which of them a kernel's ABI version has.
/// (Documentation/userspace-api/landlock.rst, linux/landlock.h)
package struct LandlockRights: OptionSet, Sendable, Hashable {
    package let rawValue: UInt64
    package init(rawValue: UInt64) { self.rawValue = rawValue }

    package static let execute = LandlockRights(rawValue: 1 << 0)
    package static let writeFile = LandlockRights(rawValue: 1 << 1)
    package static let readFile = LandlockRights(rawValue: 1 << 2)
    package static let readFolder = LandlockRights(rawValue: 1 << 3)
    package static let removeFolder = LandlockRights(rawValue: 1 << 4)
    package static let removeFile = LandlockRights(rawValue: 1 << 5)
    package static let makeFolder = LandlockRights(rawValue: 1 << 7)
    package static let makeFile = LandlockRights(rawValue: 1 << 8)
    package static let makeLink = LandlockRights(rawValue: 1 << 12)
    /// Moving between folders, since ABI 2.
    package static let refer = LandlockRights(rawValue: 1 << 13)
    /// Since ABI 3.
    package static let truncate = LandlockRights(rawValue: 1 << 14)
    /// Since ABI 5.
    package static let controlDevice = LandlockRights(rawValue: 1 << 15)

    package static let read: LandlockRights = [.readFile, .readFolder]
    package static let code: LandlockRights = [.readFile, .readFolder, .execute]
    /// No devices, sockets or pipes with names, and nothing executable.
    package static let readAndWrite: LandlockRights = [
        .readFile, .readFolder, .writeFile, .truncate, .makeFile, .makeFolder, .makeLink, .removeFile, .removeFolder,
        .refer,
    ]
    /// Those that make sense for what is not a folder; the kernel refuses the others there.
    package static let ofFiles: LandlockRights = [.execute, .writeFile, .readFile, .truncate, .controlDevice]

    /// All that the version knows: each is refused unless a rule gives it.
    package static func all(abi: Int) -> LandlockRights {
        switch abi {
        case ...0: []
        case 1: LandlockRights(rawValue: (1 << 13) - 1)
        case 2: LandlockRights(rawValue: (1 << 14) - 1)
        case 3, 4: LandlockRights(rawValue: (1 << 15) - 1)
        default: LandlockRights(rawValue: (1 << 16) - 1)
        }
    }
}
