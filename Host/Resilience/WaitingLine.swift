/// Places in a line, first come first served, that can also be left from the middle: a linked list in an array, whose
/// free places are another list. All in constant time, without an allocation while the line is no longer than it was
/// before.
///
/// Knows nothing of those who wait: a place is the index of one in the array of another.
struct WaitingLine: Sendable {
    private struct Place {
        var deadline: Int64 = 0
        /// 0: free.
        var serial: UInt64 = 0
        var next: Int32 = -1
        var previous: Int32 = -1
    }

    private var places: [Place] = []
    private var free: Int32 = -1
    private var head: Int32 = -1
    private var tail: Int32 = -1
    private var lastSerial: UInt64 = 0
    private(set) var count = 0

    /// The place of the first in the line and its deadline.
    var first: (place: Int, deadline: Int64)? { head < 0 ? nil : (Int(head), places[Int(head)].deadline) }

    func contains(_ ticket: AdmissionTicket) -> Bool {
        places.indices.contains(Int(ticket.place)) && places[Int(ticket.place)].serial == ticket.serial
    }

    /// A place at the end: one that was left before, or the next one after all that there were.
    mutating func append(deadline: Int64) -> AdmissionTicket {
        lastSerial += 1
        let place = Place(deadline: deadline, serial: lastSerial, next: -1, previous: tail)
        let index: Int32
        if free >= 0 {
            index = free
            free = places[Int(index)].next
            places[Int(index)] = place
        } else {
            index = Int32(places.count)
            places.append(place)
        }
        if tail >= 0 { places[Int(tail)].next = index } else { head = index }
        tail = index
        count += 1
        return AdmissionTicket(place: index, serial: lastSerial)
    }

    mutating func remove(_ place: Int) {
        let left = places[place]
        precondition(left.serial != 0, "a free place was removed from the line")
        if left.previous >= 0 { places[Int(left.previous)].next = left.next } else { head = left.next }
        if left.next >= 0 { places[Int(left.next)].previous = left.previous } else { tail = left.previous }
        places[place] = Place(next: free)
        free = Int32(place)
        count -= 1
    }
}
