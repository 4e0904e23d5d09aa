import Synchronization

/// Lets one of several equal requests ask the model, while the others wait for its answer.
///
/// A request that found nothing in the cache joins. The leader looks into the cache once more (another may have landed
/// between its look-up and its joining), asks the model, stores the answer and finishes the flight, in this order. A
/// follower waits for the outcome. Any thread; the lock is held for a look into a table.
package final class Flights: Sendable {
    package enum Seat: Sendable {
        /// Ask the model, and finish.
        case leader(FlightLeader)
        /// Wait for the outcome.
        case follower(Flight)
    }

    private let flights = Mutex<[CacheKey: Flight]>([:])

    package init() {}

    /// Keys that are being asked for now.
    package var count: Int { flights.withLock { $0.count } }

    package func join(_ key: CacheKey) -> Seat {
        flights.withLock { flights in
            if let flight = flights[key] { return .follower(flight) }
            let flight = Flight(key: key)
            flights[key] = flight
            return .leader(FlightLeader(flight, of: self))
        }
    }

    /// The next that joins leads a new flight.
    fileprivate func remove(_ flight: Flight) {
        flights.withLock { flights in
            if flights[flight.key] === flight { flights[flight.key] = nil }
        }
    }
}

/// The right to ask for all. Who holds it finishes it; when it is let go without that, the flight is abandoned. Keep it
/// with the call, as long as that runs: a mere local variable lives only to its last use.
package final class FlightLeader: Sendable {
    private let flight: Flight
    private let flights: Flights

    fileprivate init(_ flight: Flight, of flights: Flights) {
        self.flight = flight
        self.flights = flights
    }

    /// The first call counts. From here on the key is free; every follower wakes on its own executor.
    package func finish(_ outcome: FlightOutcome) {
        flights.remove(flight)
        flight.land(outcome)
    }

    deinit { finish(.abandoned(.failed)) }
}
