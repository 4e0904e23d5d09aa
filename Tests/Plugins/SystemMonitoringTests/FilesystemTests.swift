import JackfieldVocabulary
import Testing

@testable import SystemMonitoring

/// Which mounts count as filesystems, and how full they are.
struct FilesystemTests {
    private func machine(_ mounts: [String]) throws -> FixtureTree {
        let machine = try FixtureTree()
        machine.write("/proc/self/mountinfo", mounts.map { $0 + "\n" }.joined())
        return machine
    }

    private let root = "27 1 254:0 / / rw,relatime - ext4 /dev/vda rw,discard"

    @Test func spaceIsCountedAsDfDoes() throws {
        let machine = try machine([root])
        // 700 used of 700 + 200 that a user can have; 90 of 100 inodes.
        machine.mount("/", FixtureTree.usage)
        let found = Assessment.standard.findings(StateReading(machine.tree))
        let space = try #require(found["disk.space:/"])
        #expect(space.value == 77.778)
        #expect(space.severity == .ok)
        let inodes = try #require(found["disk.inodes:/"])
        #expect(inodes.value == 90)
        #expect(inodes.severity == .warning)
        #expect(space.finding().title == "The filesystem at / is 78% full, with 200 bytes left.")
    }

    @Test func pseudoReadOnlyAndRemoteFilesystemsAreLeftOut() throws {
        let machine = try machine([
            root, "22 27 0:21 / /proc rw - proc proc rw", "30 27 7:1 / /snap/core ro - squashfs /dev/loop1 ro",
            "31 27 0:50 / /home rw - nfs4 server:/home rw", "32 27 254:9 / /backup ro - ext4 /dev/vdb ro",
            "33 27 0:60 / /remote rw - fuse.sshfs box: rw", "not a mount",
        ])
        for point in ["/", "/proc", "/snap/core", "/home", "/backup", "/remote"] {
            machine.mount(point, FixtureTree.usage)
        }
        #expect(try Filesystem.all(machine.tree).map(\.mount.point) == ["/"])
    }

    @Test func aDeviceThatIsMountedTwiceCountsOnce() throws {
        let machine = try machine([
            "40 27 254:0 /etc /var/lib/somewhere/etc rw - ext4 /dev/vda rw", root,
            "41 27 0:70 /@home /home rw - btrfs /dev/vdc rw", "42 27 0:71 /@var /var rw - btrfs /dev/vdc rw",
        ])
        for point in ["/", "/var/lib/somewhere/etc", "/home", "/var"] { machine.mount(point, FixtureTree.usage) }
        #expect(try Filesystem.all(machine.tree).map(\.mount.point) == ["/", "/var"])
    }

    @Test func overlaysOfOneFilesystemCountOnce() throws {
        let other = FilesystemUsage(total: 5000, free: 300, available: 200, inodes: 0, freeInodes: 0)
        let machine = try machine([
            "50 1 0:90 / / rw - overlay overlay rw,lowerdir=/a", "51 50 254:0 /hosts /etc/hosts rw - ext4 /dev/vda rw",
            "52 50 0:91 / /var/merged rw - overlay overlay rw", "53 50 254:16 / /data\\040sets rw - xfs /dev/vdb rw",
        ])
        for point in ["/", "/etc/hosts", "/var/merged"] { machine.mount(point, FixtureTree.usage) }
        machine.mount("/data sets", other)
        #expect(try Filesystem.all(machine.tree).map(\.mount.point) == ["/", "/data sets"])
        #expect(Assessment.standard.findings(StateReading(machine.tree))["disk.inodes:/data sets"] == nil)
    }

    @Test func aFilesystemInMemoryIsToldOfOnlyWhenItIsNearlyFull() throws {
        let machine = try machine([
            "60 1 0:30 / /tmp rw - tmpfs tmpfs rw", "61 1 0:31 / /run rw - tmpfs tmpfs rw",
        ])
        machine.mount("/tmp", FilesystemUsage(total: 100, free: 2, available: 2, inodes: 10, freeInodes: 9))
        machine.mount("/run", FilesystemUsage(total: 100, free: 50, available: 50, inodes: 10, freeInodes: 9))
        let found = Assessment.standard.findings(StateReading(machine.tree))
        #expect(found.map(\.id) == ["disk.space:/tmp"])
        #expect(found.first?.severity == .critical)
    }
}
