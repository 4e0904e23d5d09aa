import CJackfield

extension CheckCatalogue {
    static let flowChecks: [Check] = [
        Check(
            id: "flow-slow-reader", group: .flow,
            sentence:
                "An event that was not taken is emitted again after `resume`: none is lost, doubled or reordered.",
            why: """
                A client that reads slowly fills the host's buffers. The host then answers `emit` with WOULD_BLOCK, and \
                calls `resume` when there is room again. What is lost in between is missing in the user's answer.
                """,
            mend: """
                Where `emit` answers JACKFIELD_WOULD_BLOCK, keep the event, wait for `resume` on this call, and emit the \
                same event again before any other.
                """
        ) { bench in
            let request = try bench.streamingRequest()
            let plain = try bench.open()
            let unhindered = try [plain.ask(request), plain.ask(request)].map(\.events)
            guard !unhindered[0].isEmpty else { throw Finding.skipped("the call has no events") }
            let specimen = try bench.open()
            let call = specimen.start(request) { call, _ in
                // Every event is refused once, and some twice.
                let offers = call.offers
                let refusals = offers.reversed().prefix { $0.answer == JACKFIELD_WOULD_BLOCK }.count
                let taken = offers.count - offers.count { $0.answer == JACKFIELD_WOULD_BLOCK }
                guard refusals < (taken % 3 == 1 ? 2 : 1) else { return JACKFIELD_OK }
                bench.loop.post(at: BenchClock.now() + BenchClock.millisecond) { specimen.resume(handle: call.handle) }
                return JACKFIELD_WOULD_BLOCK
            }
            bench.step("waiting for `finish` with a slow reader")
            try expect(
                bench.run(until: { call.isOver }), "the call was not finished though every `resume` came",
                [call.summary])
            let offers = call.offers
            for (index, offer) in offers.enumerated() where offer.answer == JACKFIELD_WOULD_BLOCK {
                guard index + 1 < offers.count else {
                    throw Finding.failed("an event that was not taken was never emitted again", [call.summary])
                }
                try expect(
                    offers[index + 1].event == offer.event,
                    "after an event that was not taken another one came, not the same again",
                    [
                        "not taken: event \(offer.event.number) of \(offer.event.payload.count) bytes",
                        "then: event \(offers[index + 1].event.number) of \(offers[index + 1].event.payload.count) bytes",
                    ])
            }
            // Where two unhindered runs are the same, this one must be too.
            guard unhindered[0] == unhindered[1] else { return }
            try expect(
                call.events == unhindered[0], "with a slow reader the events differ from those of an unhindered call",
                ["unhindered: \(unhindered[0].count) events", "with a slow reader: \(call.events.count)"])
        },
        Check(
            id: "flow-waits-for-resume", group: .flow,
            sentence: "After an event that was not taken the plugin waits for `resume`, and does not try all the time.",
            why: "A plugin that tries again and again takes a processor core for each slow client.",
            mend: "Wait without working, until `resume` is called for this call."
        ) { bench in
            let request = try bench.streamingRequest()
            let specimen = try bench.open()
            let call = specimen.start(request) { _, _ in JACKFIELD_WOULD_BLOCK }
            bench.settle(60 * BenchClock.millisecond)
            let offers = call.offers.count
            try expect(
                offers <= 1,
                "without a `resume` the plugin called `emit` \(offers) times for an event that was not taken")
            if offers == 0 { throw Finding.skipped("the call has no events") }
        },
        Check(
            id: "flow-never-resumed", group: .flow,
            sentence: "A call whose reader never goes on, and then cancels, is finished.",
            why:
                "A client stops reading, and after a while the host gives it up. The plugin waits for a `resume` that never comes.",
            mend: "Let `cancel` wake what waits for `resume`."
        ) { bench in
            let request = try bench.streamingRequest()
            let specimen = try bench.open()
            let call = specimen.start(request) { call, _ in
                call.isGivenUp ? JACKFIELD_CANCELLED : JACKFIELD_WOULD_BLOCK
            }
            bench.settle(20 * BenchClock.millisecond)
            if call.offers.isEmpty || call.isOver { throw Finding.skipped("the call does not wait for its reader") }
            specimen.cancel(call)
            bench.step("waiting for `finish` after a cancel without `resume`")
            if bench.run(until: { call.isOver }) { return }
            try bench.endsWhenCancelled(request)
            throw Finding.failed("the call still waits for `resume` after it was cancelled", [call.summary])
        },
        Check(
            id: "flow-cancelled-emit", group: .flow,
            sentence:
                "After `emit` has answered CANCELLED or INVALID_ARGUMENT the plugin stops, and still finishes the call.",
            why: "The answer is no longer wanted; what is made further costs time and money for nobody.",
            mend:
                "Look at what `emit` answers: go on after OK, wait after WOULD_BLOCK, stop after all else, and finish."
        ) { bench in
            let request = try bench.streamingRequest()
            for answer in [JACKFIELD_CANCELLED, JACKFIELD_INVALID_ARGUMENT] {
                let specimen = try bench.open()
                let call = specimen.start(request) { _, _ in answer }
                bench.step("waiting for `finish` after \(BenchEnd.label(answer))")
                let isOver = bench.run { call.isOver || call.offers.count > 2 }
                try expect(
                    call.offers.count <= 2,
                    "the plugin went on emitting after it was answered \(BenchEnd.label(answer))",
                    ["\(call.offers.count) events were emitted"])
                if isOver { continue }
                try bench.endsWhenCancelled(request)
                throw Finding.failed(
                    "the call was not finished after `emit` had answered \(BenchEnd.label(answer))", [call.summary])
            }
        },
        Check(
            id: "flow-needless-resume", group: .flow,
            sentence: "A `resume` without need changes nothing: no event comes twice.",
            why: "The host may call `resume` whenever there is room, also where nobody waits for it.",
            mend: "In `resume` wake what waits; where nothing waits, do nothing."
        ) { bench in
            let request = try bench.streamingRequest()
            let plain = try bench.open()
            let unhindered = try [plain.ask(request), plain.ask(request)].map { $0.events.map(\.number) }
            let specimen = try bench.open()
            let call = specimen.start(request) { call, _ in
                for _ in 0..<2 { specimen.resume(handle: call.handle) }
                return JACKFIELD_OK
            }
            for _ in 0..<5 { specimen.resume(handle: call.handle) }
            try specimen.finished([call])
            guard unhindered[0] == unhindered[1] else { return }
            try expect(
                call.events.map(\.number) == unhindered[0], "with needless resumes the events differ",
                ["without: \(unhindered[0])", "with: \(call.events.map(\.number))"])
        },
        Check(
            id: "flow-unknown-resume", group: .flow,
            sentence: "A `resume` for a call that is not there is answered `stale`.",
            why: "A resume may cross a finish, so that the plugin hears of a call that it does not know any more.",
            mend: "Look the call up by its name, and return JACKFIELD_STALE if it is not there."
        ) { bench in
            let requests = try bench.requests()
            let specimen = try bench.open()
            let call = try specimen.ask(requests[0])
            bench.settle(5 * BenchClock.millisecond)
            for handle in [1, 0xDEAD_BEEF, .max, call.handle] {
                let answer = specimen.resume(handle: handle)
                try expect(
                    answer == JACKFIELD_STALE,
                    "`resume` of a call that is not there was answered \(BenchEnd.label(answer))")
            }
        },
    ]
}
