package import CJackfield
import Glibc
import JackfieldVocabulary

/// What one check works with, in its own process: the plugin's library, a loop, a seed, and instances to put questions to.
///
/// A check runs on one thread, which is also the loop that the plugin is called on unless it may block.
package final class Bench {
    package let subject: Subject
    /// Reproduces what is drawn from `random`.
    package let seed: UInt64
    package var random: SeededGenerator
    /// Rounds that the fuzzer makes; nil: as many as there is time for.
    let rounds: UInt64?
    /// Numbers that the report shows with the check, such as a load time.
    package var figures: [(name: String, value: String)] = []

    let lock = BenchLock()
    let loop: BenchLoop
    private let progress: (String) -> Void
    private var opened: PluginLibrary?
    private var ranges: UInt64 = 0
    private var known: [CallRequest]?

    /// How long a check waits for something that a correct plugin does at once: only a fault takes this long.
    package let patience: Int64

    /// - Parameters:
    ///   - limit: nanoseconds that the whole check may take.
    ///   - progress: told before each step what is about to happen.
    package init(
        subject: Subject, seed: UInt64, rounds: UInt64? = nil, limit: Int64, progress: @escaping (String) -> Void
    ) {
        patience = limit * 3 / 10
        self.subject = subject
        self.seed = seed
        self.rounds = rounds
        random = SeededGenerator(seed: seed)
        loop = BenchLoop(lock: lock)
        self.progress = progress
    }

    /// Say what comes next: where the process dies, the report says "in STEP".
    package func step(_ text: String) { progress(prefix + text) }
    /// Said before each step.
    var prefix = ""

    // MARK: The library

    /// Steps with which nearly every check begins: what does not come back from one of these in one check will not in the
    /// others.
    static let beginnings: Set<String> = [loading, asking]
    static let loading = "load"
    static let asking = "jackfield_plugin_v1"

    /// The plugin's library, loaded at the first use.
    ///
    /// - Throws: skipped where there is no usable descriptor, which the checks of entry and descriptor judge.
    package func library() throws -> PluginLibrary {
        if let opened { return opened }
        let library = try PluginLibrary(descriptor())
        opened = library
        return library
    }

    /// The entry function, for checks that come before the descriptor.
    ///
    /// - Throws: skipped where the library cannot be loaded.
    package func entry() throws -> PluginLibrary.Entry {
        do { return try PluginLibrary.load(path: subject.library) } catch {
            throw Finding.skipped("the library cannot be loaded, which entry-loads judges")
        }
    }

    /// The descriptor as it stands there, unread.
    ///
    /// - Throws: skipped where there is none.
    package func descriptor() throws -> UnsafePointer<jackfield_plugin> {
        step(Self.loading)
        let entry = try entry()
        step(Self.asking)
        guard let plugin = entry() else {
            throw Finding.skipped("there is no descriptor, which entry-descriptor judges")
        }
        step("reading the descriptor")
        return plugin
    }

    // MARK: Instances

    /// A created instance, not yet open.
    package func create(_ options: SpecimenOptions = SpecimenOptions()) throws -> Specimen {
        let specimen = Specimen(bench: self, library: try library(), options: options)
        try specimen.create()
        return specimen
    }

    /// An open instance: what most checks begin with.
    package func open(_ options: SpecimenOptions = SpecimenOptions()) throws -> Specimen {
        let specimen = try create(options)
        try specimen.open()
        return specimen
    }

    /// Where the names of an instance's calls begin: no two instances share a name.
    func nextRange() -> UInt64 {
        lock.change {
            ranges += 1
            return ranges << 24
        }
    }

    // MARK: Requests

    /// What the plugin is asked: the rehearsal's requests, or the built-in ones of its role. Those of a plugin with tools
    /// are made of its own list.
    ///
    /// - Throws: skipped where the role is unknown here.
    package func requests() throws -> [CallRequest] {
        if let known { return known }
        var requests = try subject.requests()
        if subject.role == "jackfield.tool", subject.rehearsal.requests.isEmpty {
            requests = try ToolRequests.of(self) + requests
        }
        guard !requests.isEmpty else { throw Finding.skipped("there is no request for the role \(subject.role)") }
        known = requests
        return requests
    }

    /// The first request; for most checks one is enough.
    package func request() throws -> CallRequest { try requests()[0] }

    /// The first request whose method has events.
    ///
    /// - Throws: skipped where the role has no events.
    package func streamingRequest() throws -> CallRequest {
        guard let request = try requests().first(where: { !$0.method.events.isEmpty }) else {
            throw Finding.skipped("no request of the role \(subject.role) has events")
        }
        return request
    }

    // MARK: Waiting

    /// Run the loop until something holds.
    ///
    /// - Parameter limit: nanoseconds; nil: as long as the check has patience.
    /// - Returns: whether it held in that time.
    package func run(limit: Int64? = nil, until condition: () -> Bool) -> Bool {
        loop.run(limit: limit ?? patience, until: condition)
    }

    /// An instance that was asked everything once, and one thing that was cancelled: what checks of a plugin's manners
    /// look at. Calls that are never finished are left out; calls-finish judges them.
    package func tour() throws -> Specimen {
        let requests = try requests()
        let specimen = try open()
        for request in requests {
            let call = specimen.start(request)
            _ = run(limit: patience / 2) { call.isOver }
        }
        let call = specimen.start(requests[0])
        specimen.cancel(call)
        _ = run(limit: patience / 2) { call.isOver }
        settle()
        return specimen
    }

    /// Do something often, but not for longer than three seconds: a plugin that is slow to start is not at fault for that.
    ///
    /// - Parameter body: is told which time this is, from 1; runs at least three times.
    /// - Returns: how often.
    @discardableResult
    package func often(_ times: Int, _ body: (Int) throws -> Void) rethrows -> Int {
        let end = BenchClock.now() + 3 * BenchClock.second
        for time in 1...times {
            try body(time)
            if time >= 3, BenchClock.now() > end { return time }
        }
        return times
    }

    /// Run the loop for a while: for what must not happen. Nanoseconds.
    package func settle(_ time: Int64 = 30 * BenchClock.millisecond) { _ = loop.run(limit: time) { false } }
}
