import CJackfield

extension CheckCatalogue {
    static let entryChecks: [Check] = [
        Check(
            id: "entry-loads", group: .entry,
            sentence: "The library can be loaded, and every symbol that it needs is found.",
            why: """
                The host loads with RTLD_NOW, so that a symbol that is missing is found at the start and not at the first \
                call that needs it. A plugin that does not load takes no part.
                """,
            mend: """
                Link what the plugin needs, with `-Wl,--no-undefined`, or statically. A library that lies beside the plugin \
                is found with `-Wl,-rpath,$ORIGIN`, but not once the plugin is pinned or signed.
                """
        ) { bench in
            bench.step(Bench.loading)
            _ = try PluginLibrary.load(path: bench.subject.library)
        },
        Check(
            id: "entry-one-export", group: .entry,
            sentence: "The library exports jackfield_plugin_v1 and nothing else.",
            why: """
                All plugins live in one process. Two that export the same name may end up calling each other's functions, \
                and what is exported can never be renamed.
                """,
            mend: """
                Link with the version script jackfield.map, or compile with `-fvisibility=hidden` and mark the entry \
                function with JACKFIELD_EXPORT.
                """
        ) { bench in
            // Some linkers put these there by themselves.
            let linkers: Set = ["__bss_start", "_edata", "_end", "_init", "_fini", "_ftext", "_fbss"]
            let others = bench.subject.exports.filter { $0 != "jackfield_plugin_v1" && !linkers.contains($0) }
            try expect(
                others.isEmpty, "the library exports \(others.count) more name\(others.count == 1 ? "" : "s")",
                Array(others.prefix(10)))
        },
        Check(
            id: "entry-descriptor", group: .entry,
            sentence: "The entry function returns a descriptor, the same one each time and on every thread.",
            why: """
                The host calls the entry function whenever it likes, from any thread, and keeps the pointer for the life of \
                the process. Two descriptors would be two plugins.
                """,
            mend: "Return the address of one static `jackfield_plugin`."
        ) { bench in
            bench.step(Bench.loading)
            let entry = try bench.entry()
            bench.step(Bench.asking)
            guard let plugin = entry() else { throw Finding.failed("jackfield_plugin_v1 returned null") }
            bench.step("jackfield_plugin_v1, again")
            let others = Collected<UnsafePointer<jackfield_plugin>?>()
            for _ in 0..<100 { others.add(entry()) }
            let threads = (0..<4).map { _ in BenchThread { for _ in 0..<100 { others.add(entry()) } } }
            for thread in threads { thread.join() }
            try expect(others.values.allSatisfy { $0 == plugin }, "jackfield_plugin_v1 returned another pointer later")
        },
        Check(
            id: "entry-starts-nothing", group: .entry,
            sentence: "Loading the library and asking for its descriptor starts no thread and opens no file.",
            why: """
                The host loads a plugin before it knows whether it wants it, and may look at it and leave it. What was \
                started then is never stopped. In a sandbox it may not be allowed yet.
                """,
            mend: "Move the work out of constructors and static initialisers into `create` or `open`."
        ) { bench in
            let threads = ProcessState.threads
            let descriptors = Set(ProcessState.descriptors)
            bench.step(Bench.loading)
            let entry = try bench.entry()
            bench.step(Bench.asking)
            _ = entry()
            let more = ProcessState.threads - threads
            try expect(more <= 0, "loading started \(more) thread\(more == 1 ? "" : "s")")
            let opened = ProcessState.descriptors.filter { !descriptors.contains($0) }
            try expect(
                opened.isEmpty, "loading opened \(opened.count) descriptor\(opened.count == 1 ? "" : "s")", opened)
        },
        Check(
            id: "entry-leaves-process-alone", group: .entry,
            sentence: """
                Loading changes nothing that belongs to the whole process: signals, environment, working directory; and \
                writes nothing to standard output.
                """,
            why: """
                Signal handlers, the environment, the working directory and the file mode mask are shared by the host and \
                all plugins. Whoever changes them changes them for everybody. Standard output is the host's, and may carry \
                an answer.
                """,
            mend: """
                Do not touch them; pass paths and settings along instead, and use the service log for messages. Libraries \
                that do it need a process of their own.
                """
        ) { bench in
            let output = CapturedOutput()
            let settings = ProcessSettings()
            bench.step(Bench.loading)
            let entry = try bench.entry()
            bench.step(Bench.asking)
            _ = entry()
            let changes = settings.changes
            let written = output.end()
            try expect(changes.isEmpty, "loading changed the process", changes)
            try expect(
                written.isEmpty, "loading wrote \(written.utf8.count) bytes to standard output",
                [String(written.prefix(200))])
        },
    ]
}
