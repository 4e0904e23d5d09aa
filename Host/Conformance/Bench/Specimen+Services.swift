import CJackfield

// What the bench answers when the plugin calls a service: events and ends reach the plugin on the loop.
extension Specimen {
    /// - Returns: what `start` answers.
    func answer(_ record: ServiceRecord) -> Int32 {
        switch options.services?(record) ?? ServiceScript.answer(record, bench.subject.rehearsal) {
        case .refuse(let code):
            return code
        case .never:
            lock.change { serviceCalls[record.handle] = record }
        case .answer(let events, let end):
            begin(record, events, end)
            bench.loop.post { [self] in deliver(record) }
        case .after(let delay, let events, let end):
            begin(record, events, end)
            bench.loop.post(at: BenchClock.now() + delay) { [self] in deliver(record) }
        case .inside(let events, let end):
            begin(record, events, end)
            deliver(record)
        }
        return JACKFIELD_OK
    }

    private func begin(_ record: ServiceRecord, _ events: [CallRecord.Event], _ end: BenchEnd) {
        lock.change {
            record.queue = events
            record.end = end
            serviceCalls[record.handle] = record
        }
    }

    /// Offer what waits until the plugin is full or all is delivered.
    func deliver(_ record: ServiceRecord) {
        let mustGo = lock.change { () -> Bool in
            if record.isDelivering || record.isFinished { return false }
            record.isDelivering = true
            return true
        }
        guard mustGo else { return }
        while let event = next(record) {
            bench.step("emit (\(record.service))")
            let memory = BenchMemory(event.payload, options.answers)
            let status = side.emit(side.instance, record.handle, event.number, memory.view)
            memory.giveBack()
            lock.change { record.keep(memory) }
            guard status == JACKFIELD_WOULD_BLOCK else {
                if status != JACKFIELD_OK { lock.change { record.queue = [] } }
                continue
            }
            let mustWait = lock.change { () -> Bool in
                if record.isFinished { return true }
                record.queue.insert(event, at: 0)
                if record.hasRoom { return false }
                record.isHeldBack = true
                record.isDelivering = false
                return true
            }
            if mustWait { return }
        }
        let end = lock.change { () -> BenchEnd? in
            record.isDelivering = false
            guard !record.isFinished, let end = record.end else { return nil }
            return end
        }
        if let end { finish(record, end) }
    }

    private func next(_ record: ServiceRecord) -> CallRecord.Event? {
        lock.change {
            record.hasRoom = false
            // After `close` no call comes in either direction.
            return record.isFinished || record.queue.isEmpty || stage != .open ? nil : record.queue.removeFirst()
        }
    }

    /// Finish a call of the plugin; only the first time counts.
    func finish(_ record: ServiceRecord, _ end: BenchEnd) {
        let isFirst = lock.change { () -> Bool in
            defer {
                record.isFinished = true
                record.queue = []
                serviceCalls[record.handle] = nil
            }
            return !record.isFinished && stage == .open
        }
        guard isFirst else { return }
        let message = BenchMemory(Array(end.message.utf8), options.answers)
        let result = BenchMemory(end.result, options.answers)
        var frame = jackfield_end()
        frame.size = UInt32(MemoryLayout<jackfield_end>.size + options.growth)
        frame.code = end.code
        frame.retry = end.retry
        frame.retry_after = end.retryAfter
        frame.message = message.view
        frame.result = end.isOK ? result.view : jackfield_view()
        let block = BenchMemory(grown(frame), options.answers)
        bench.step("finish (\(record.service))")
        _ = side.finish(
            side.instance, record.handle, block.pointer(to: jackfield_end.self))
        for memory in [message, result, block] {
            memory.giveBack()
            lock.change { record.keep(memory) }
        }
    }

    /// End a call of the plugin early, on the loop.
    func cut(_ record: ServiceRecord, _ why: String) {
        bench.loop.post { [self] in finish(record, .failed(JACKFIELD_CANCELLED, why)) }
    }

    /// What was started on behalf of a call has nobody left who waits for it.
    func endChildren(of handle: jackfield_call) {
        for record in lock.read({ serviceCalls.values.filter { $0.parent == handle } }) {
            cut(record, "the call that this one was made for has ended")
        }
    }
}

extension ServiceRecord {
    /// Watched memory stays taken for the life of the process, so that a late look into it is seen.
    func keep(_ block: BenchMemory) { if block.isWatched { kept.append(block) } }
}
