import CJackfield
import JackfieldJSON
import JackfieldVocabulary

private let role = ["jackfield.notifier"]

extension CheckCatalogue {
    static let notifierChecks: [Check] = [
        Check(
            id: "role-notifier-resolve", group: .role,
            sentence: "What can be notified can be resolved, with and without the receipt's reference.",
            why:
                "An alert that nobody says is over is looked after by somebody at night. A host that was restarted has no receipt.",
            mend: "Implement `resolve` like `notify`; treat `reference` as absent where it is.",
            roles: role
        ) { bench in
            let specimen = try bench.open()
            let receipt = try told(bench, specimen, "notify", alert()).answer(Notifier.Receipt.self)
            for reference in Set([receipt.reference, nil]) {
                let call = try specimen.ask(request(bench, "resolve", alert(reference: reference, isOver: true)))
                try expect(call.end?.isOK == true, "an alert was notified and cannot be resolved", [call.summary])
            }
        },
        Check(
            id: "role-notifier-repeat", group: .role,
            sentence: "An alert that is told a second time is taken as well.",
            why:
                "The host repeats what failed, and cannot know whether it arrived. The second time is no fault of its own.",
            mend: "Answer OK, with the receipt of the first time where the channel knows it.",
            roles: role
        ) { bench in
            let specimen = try bench.open()
            _ = try told(bench, specimen, "notify", alert())
            let again = try specimen.ask(request(bench, "notify", alert()))
            try expect(again.end?.isOK == true, "the same alert is refused the second time", [again.summary])
        },
        Check(
            id: "role-notifier-unseen", group: .role,
            sentence: "An alert can be resolved that this instance never notified.",
            why: "The instance may have been restarted in between, or another one told it.",
            mend: "Send the resolution with what the alert says; look nothing up that need not be there.",
            roles: role
        ) { bench in
            _ = try told(bench, try bench.open(), "notify", alert())
            let call = try bench.open().ask(request(bench, "resolve", alert(id: "check-unseen", isOver: true)))
            try expect(call.end?.isOK == true, "an alert of another instance cannot be resolved", [call.summary])
        },
        Check(
            id: "role-notifier-texts", group: .role,
            sentence: "An alert is told whatever its texts hold: quotes, line breaks, any script, nothing.",
            why: "Titles come from plugins and logs. The alert that breaks its own message is the one that mattered.",
            mend: "Escape texts for the channel's format; leave out what is absent.",
            roles: role
        ) { bench in
            let specimen = try bench.open()
            _ = try told(bench, specimen, "notify", alert())
            for title in [
                "", "\"quoted\" \\ and \n broken \t", "世界 😀 \u{202e}abc", String(repeating: "long ", count: 2000),
            ] {
                var odd = alert(id: "check-texts")
                odd.title = title
                odd.detail = title.isEmpty ? nil : title
                odd.labels = [Exporter.Label("k\"ey", title)]
                let call = try specimen.ask(request(bench, "notify", odd))
                try expect(
                    call.end?.isOK == true, "an alert with unusual texts is not told",
                    [call.summary, "title: \(title.prefix(60))"])
            }
        },
        Check(
            id: "role-notifier-severities", group: .role,
            sentence: "Alerts of every severity are told.",
            why: "The host has chosen already what is worth telling.",
            mend: "Handle ok, info, warning and critical.",
            roles: role
        ) { bench in
            let specimen = try bench.open()
            _ = try told(bench, specimen, "notify", alert())
            for severity in Agent.Severity.allCases {
                var one = alert(id: "check-severity")
                one.severity = severity
                let call = try specimen.ask(request(bench, "notify", one))
                try expect(call.end?.isOK == true, "an alert of severity \(severity.label) is not told", [call.summary])
            }
        },
    ]

    private static func alert(
        id: String = "check-alert", reference: String? = nil, isOver: Bool = false
    ) -> Notifier.Alert {
        Notifier.Alert(
            id: id, rule: "check.alert", severity: .warning, title: "This is a test of the alert channel.",
            detail: "Nothing is wrong.", source: "check", started: 1_750_000_000_000_000_000,
            ended: isOver ? 1_750_000_060_000_000_000 : nil, reference: reference,
            labels: [Exporter.Label("plugin", "checked")])
    }

    private static func request(_ bench: Bench, _ method: String, _ alert: Notifier.Alert) throws -> CallRequest {
        guard let method = bench.subject.contract?.method(named: method) else {
            throw Finding.skipped("there is no method `\(method)`")
        }
        return CallRequest(method: method, payload: alert.payload())
    }

    /// - Throws: skipped where the channel cannot be reached in the rehearsal.
    private static func told(
        _ bench: Bench, _ specimen: Specimen, _ method: String, _ alert: Notifier.Alert
    ) throws -> CallRecord {
        let call = try specimen.ask(request(bench, method, alert))
        guard call.end?.isOK == true else {
            throw Finding.skipped("no alert can be told here (\(call.summary)); give check.json what the channel needs")
        }
        return call
    }
}
