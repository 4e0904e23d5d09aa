import Glibc

/// How full a filesystem is.
package struct FilesystemUsage: Sendable, Hashable {
    /// Bytes.
    package let total: UInt64
    package let free: UInt64
    /// What is left for everybody but root.
    package let available: UInt64
    /// 0 where the filesystem makes them as needed.
    package let inodes: UInt64
    package let freeInodes: UInt64

    package init(total: UInt64, free: UInt64, available: UInt64, inodes: UInt64, freeInodes: UInt64) {
        self.total = total
        self.free = free
        self.available = available
        self.inodes = inodes
        self.freeInodes = freeInodes
    }

    /// Asks the kernel (statvfs(3)). May block where the filesystem does.
    init?(mountPoint: String) {
        var answer = statvfs()
        guard statvfs(mountPoint, &answer) == 0 else { return nil }
        let block = UInt64(answer.f_frsize)
        self.init(
            total: UInt64(answer.f_blocks) * block, free: UInt64(answer.f_bfree) * block,
            available: UInt64(answer.f_bavail) * block, inodes: UInt64(answer.f_files),
            freeInodes: UInt64(answer.f_ffree))
    }

    var used: UInt64 { total - min(free, total) }
    /// As df(1) counts: of what everybody but root may use.
    var usedPercent: Double {
        let usable = used + available
        return usable > 0 ? Double(used) / Double(usable) * 100 : 0
    }
    var inodesUsedPercent: Double? {
        inodes > 0 ? Double(inodes - min(freeInodes, inodes)) / Double(inodes) * 100 : nil
    }
}

/// A line of /proc/self/mountinfo (proc_pid_mountinfo(5)).
struct Mount: Sendable {
    let device: String
    let point: String
    let type: String
    let source: String
    let isReadOnly: Bool

    init?(_ line: ArraySlice<UInt8>) {
        let fields = line.fields
        guard let dash = fields.dropFirst(6).firstIndex(where: { $0.elementsEqual("-".utf8) }), dash + 3 < fields.count
        else { return nil }
        device = fields[2].text
        point = fields[4].unescaped.text
        type = fields[dash + 1].text
        source = fields[dash + 2].unescaped.text
        isReadOnly = [fields[5], fields[dash + 3]].contains {
            $0.split(separator: UInt8(ascii: ",")).contains { $0.elementsEqual("ro".utf8) }
        }
    }

    /// Filesystems that hold a disk's data, and those in memory. Everything else is the kernel's own, always full by
    /// nature (images), or on another machine, where asking may hang for as long as that machine is away.
    private static let disks: Set<String> = [
        "ext2", "ext3", "ext4", "xfs", "btrfs", "zfs", "f2fs", "jfs", "reiserfs", "bcachefs", "nilfs2", "ocfs2", "gfs2",
        "vfat", "exfat", "msdos", "ntfs", "ntfs3", "fuseblk", "hfs", "hfsplus", "ufs", "overlay", "virtiofs",
    ]

    var isOverlay: Bool { type == "overlay" }
    var isInMemory: Bool { type == "tmpfs" }
    var isCounted: Bool { !isReadOnly && (isInMemory || Self.disks.contains(type)) }
}

/// The filesystems that can fill up, each once.
struct Filesystem: Sendable {
    let mount: Mount
    let usage: FilesystemUsage

    /// One for each device, by the shortest of its mount points. An overlay shows the numbers of the filesystem below it,
    /// and every container has one: it counts only where nothing counted yet has the same numbers.
    static func all(_ tree: SystemTree) throws(Unreadable) -> [Filesystem] {
        let mounts = try tree.read("/proc/self/mountinfo").lines.compactMap { Mount($0) }.filter(\.isCounted)
            .sorted { ($0.point.utf8.count, $0.point) < ($1.point.utf8.count, $1.point) }
        var devices: Set<String> = []
        var found: [Filesystem] = []
        for mount in mounts {
            guard devices.insert(mount.device).inserted,
                !mount.source.hasPrefix("/dev/") || devices.insert(mount.source).inserted,
                let usage = tree.usage(mount.point), usage.total > 0,
                !found.contains(where: { (mount.isOverlay || $0.mount.isOverlay) && $0.usage == usage })
            else { continue }
            found.append(Filesystem(mount: mount, usage: usage))
        }
        return found
    }
}
