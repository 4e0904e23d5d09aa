import CJackfield

/// Which instance stands behind the `instance` of a host's table: a number instead of a pointer, and tables that are used
/// again but never freed, so that a plugin that calls after its end is answered instead of crashing the bench.
enum HostSlots {
    private final class Slots: @unchecked Sendable {
        let lock = BenchLock()
        var specimens: [Specimen?] = []
        var tables: [BenchMemory?] = []
        var free: [Int] = []
    }
    private static let slots = Slots()

    static func take(_ specimen: Specimen) -> Int {
        slots.lock.change {
            if let slot = slots.free.popLast() {
                slots.specimens[slot] = specimen
                return slot
            }
            slots.specimens.append(specimen)
            slots.tables.append(nil)
            return slots.specimens.count - 1
        }
    }

    /// The table of a slot: made once, unless its memory is watched.
    static func table(of slot: Int, _ watch: MemoryWatch) -> BenchMemory {
        slots.lock.change {
            if watch.isEmpty, let table = slots.tables[slot] { return table }
            let table = BenchMemory(
                BenchBytes.of(Specimen.hostTable(UnsafeMutableRawPointer(bitPattern: slot + 1))), watch)
            slots.tables[slot] = table
            return table
        }
    }

    static func specimen(at pointer: UnsafeMutableRawPointer?) -> Specimen? {
        let slot = Int(bitPattern: pointer) - 1
        return slots.lock.read { slots.specimens.indices.contains(slot) ? slots.specimens[slot] : nil }
    }

    static func giveBack(_ slot: Int) {
        slots.lock.change {
            slots.specimens[slot] = nil
            slots.free.append(slot)
        }
    }
}
