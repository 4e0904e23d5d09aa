import Foundation
import TestSupport
import Testing

@testable import Integrity

@Suite("A sealed file")
struct SealedFileTests {
    private let content = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }

    @Test("stays what it was, whatever becomes of the file that it was made from")
    func stays() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("lib.so", content)
        let sealed = try SealedFile(OpenedFile(path: path))
        let digest = try sealed.digest()
        #expect(digest == SHA256Digest(of: content))

        let descriptor = open(path, O_WRONLY)
        #expect(pwrite(descriptor, "changed", 7, 1000) == 7)
        ftruncate(descriptor, 5000)
        close(descriptor)
        #expect(try sealed.bytes() == content)
        unlink(path)
        #expect(try Array(Data(contentsOf: URL(fileURLWithPath: sealed.loadPath))) == content)
    }

    @Test("cannot be written, cut, made longer or mapped for writing, by this process either")
    func sealed() throws {
        let folder = try TemporaryFolder()
        let sealed = try SealedFile(OpenedFile(path: try folder.write("lib.so", content)))
        #expect(pwrite(sealed.descriptor, "x", 1, 0) == -1 && errno == EPERM)
        #expect(ftruncate(sealed.descriptor, 0) == -1)
        #expect(ftruncate(sealed.descriptor, 1 << 20) == -1)
        let other = open(sealed.loadPath, O_RDWR | O_CLOEXEC)
        if other >= 0 {
            #expect(pwrite(other, "x", 1, 0) == -1)
            #expect(mmap(nil, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, other, 0) == MAP_FAILED)
            close(other)
        }
        #expect(try sealed.bytes() == content)
    }

    @Test("opened before a file takes its name is the one that was opened")
    func renamed() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("lib.so", content)
        let opened = try OpenedFile(path: path)
        rename(try folder.write("other.so", "another"), path)
        #expect(try SealedFile(opened).bytes() == content)
    }

    @Test("is refused where its hash is not the pinned one")
    func pinned() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("lib.so", content)
        #expect(try SealedFile(pinned: path, to: SHA256Digest(of: content)).size == content.count)
        let error = #expect(throws: IntegrityError.self) { try SealedFile(pinned: path, to: SHA256Digest(of: [])) }
        #expect(error?.code == .wrongHash && error?.message.contains(path) == true)
    }

    @Test("is taken from another process only if it is sealed")
    func inherited() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("lib.so", content)
        let sealed = try SealedFile(OpenedFile(path: path))
        #expect(try SealedFile(inherited: dup(sealed.descriptor), path: path).bytes() == content)
        for plain in [open(path, O_RDONLY), -1] {
            #expect(throws: IntegrityError.self) { try SealedFile(inherited: plain, path: path) }
            if plain >= 0 { close(plain) }
        }
    }

    @Test("is made of a file, and waits for no pipe")
    func kinds() throws {
        let folder = try TemporaryFolder()
        mkfifo(folder.path + "/pipe", 0o600)
        for path in [folder.path, folder.path + "/pipe", "/dev/null"] {
            let error = #expect(throws: IntegrityError.self) { try OpenedFile(path: path) }
            #expect(error?.code == .notAFile)
        }
        let missing = #expect(throws: IntegrityError.self) { try OpenedFile(path: folder.path + "/nowhere") }
        #expect(missing?.code == .unreadable && missing?.isMissing == true)
    }
}
