/// The page of a check in the documents: docs/checks/ID.md.
package enum CheckPage {
    package static func markdown(_ check: Check) -> String {
        var text = "# \(check.id)\n\n\(check.sentence)\n\n"
        text += "Group: \(check.group.title)."
        if let roles = check.roles { text += " For \(roles.joined(separator: ", "))." }
        text += "\n\n## Why\n\n\(check.why)\n\n## What to do\n\n\(check.mend)\n\n"
        text +=
            "## Run it alone\n\n```sh\njackfield plugin check FILE \(check.id.hasPrefix("fuzz") ? "--fuzz 60" : "--only \(check.id)")\n```\n"
        return text
    }
}
