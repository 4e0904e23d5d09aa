/// The third step: what one struct says about another. Ids exist, are of the right kind, and run.
struct CrossReferences {
    private var manifest: Manifest
    /// Ids that the command line left out.
    private let leftOut: Set<String>
    private var problems = ProblemCollector()
    private var notes = ProblemCollector()

    /// Reports dangling references; takes entries of disabled plugins out of routes, and what the command line left out
    /// from wherever it is named, and notes both.
    static func check(_ manifest: inout Manifest, leftOut: Set<String>, _ problems: inout ProblemCollector) {
        var check = CrossReferences(manifest: manifest, leftOut: leftOut)
        check.routes()
        check.manifest.validators.input = check.running(manifest.validators.input, .validator, "validators.input")
        check.manifest.validators.output = check.running(manifest.validators.output, .validator, "validators.output")
        check.manifest.exporters = check.running(manifest.exporters, .exporter, "exporters")
        check.manifest.notifiers = check.running(manifest.notifiers, .notifier, "notifiers")
        check.budgets()
        for plugin in manifest.plugins where plugin.enabled { check.grants(of: plugin) }
        for problem in check.problems.problems {
            problems.add(
                ConfigPath(problem.path), at: problem.position, problem.message, suggestion: problem.suggestion)
        }
        manifest = check.manifest
        manifest.notes += check.notes.sorted()
    }

    private init(manifest: Manifest, leftOut: Set<String>) {
        self.manifest = manifest
        self.leftOut = leftOut
    }

    private mutating func report(_ path: String, _ message: String, suggestion: String? = nil) {
        self.problems.add(ConfigPath(path), at: self.manifest.position(of: path), message, suggestion: suggestion)
    }

    private mutating func note(_ path: String, _ message: String) {
        self.notes.add(ConfigPath(path), at: self.manifest.position(of: path), message)
    }

    /// The instance with an id, if it exists and is of a kind; else the problem is reported.
    private mutating func instance(_ id: PluginInstanceID, _ kind: PluginKind, _ path: String) -> PluginConfig? {
        guard let plugin = self.manifest.plugin(id) else {
            let ids = self.manifest.plugins.filter { $0.kind == nil || $0.kind == kind }.map(\.id.text)
            let near = NearestName.of(id.text, among: ids)
            let known =
                near != nil
                ? "" : ids.isEmpty ? "; there is no \(kind) plugin" : "; there are \(ids.joined(separator: ", "))"
            self.report(path, "no plugin has the id \(id.text.quoted)\(known)", suggestion: near)
            return nil
        }
        if let found = plugin.kind, found != kind {
            self.report(path, "\(id.text.quoted) is \(plugin.use!), expected a plugin of the kind \(kind)")
            return nil
        }
        return plugin
    }

    private mutating func routes() {
        var models: [ModelConfig] = []
        for var model in self.manifest.models {
            let path = ConfigPath([.key("models"), .key(model.name.text), .key("route")])
            var running: [RouteStep] = []
            var disabled: [PluginInstanceID] = []
            var isWrong = false
            for (index, step) in model.route.enumerated() {
                var members: [RouteStep.Member] = []
                for (number, member) in step.members.enumerated() {
                    let at = path.appending(index)
                    let place = (step.members.count == 1 ? at : at.appending(number)).description
                    let instance = member.route.instance
                    guard let plugin = self.instance(instance, .llm, place) else {
                        isWrong = true
                        continue
                    }
                    if plugin.enabled {
                        members.append(member)
                    } else {
                        disabled.append(instance)
                        self.note(place, "is passed over: \(instance.text.quoted) is disabled")
                    }
                }
                if !members.isEmpty { running.append(RouteStep(members)) }
            }
            let names = disabled.map(\.text).joined(separator: ", ")
            if running.isEmpty, !isWrong, !disabled.isEmpty {
                if disabled.contains(where: { self.leftOut.contains($0.text) }) {
                    self.note(path.description, "the model is left out: \(names) is left out")
                    continue
                }
                self.report(
                    path.description,
                    "no plugin of this route is enabled: \(names); add one that always is, like an llm/offline")
            }
            model.route = running
            models.append(model)
        }
        self.manifest.models = models
    }

    private mutating func running(_ ids: [PluginInstanceID], _ kind: PluginKind, _ path: String) -> [PluginInstanceID] {
        var running: [PluginInstanceID] = []
        for (index, id) in ids.enumerated() {
            let at = "\(path)[\(index)]"
            guard let plugin = self.instance(id, kind, at) else { continue }
            if plugin.enabled {
                running.append(id)
            } else if self.leftOut.contains(id.text) {
                self.note(at, "\(id.text.quoted) is left out by the command line")
            } else {
                self.report(at, "\(id.text.quoted) is disabled: enable it or take it out here")
            }
        }
        return running
    }

    private mutating func budgets() {
        for budget in self.manifest.budgets {
            let path = ConfigPath([.key("budgets"), .key(budget.name.text)])
            let known = self.manifest.tree["models"]?.keys ?? []
            for (index, name) in budget.models.enumerated() where !known.contains(name.text) {
                self.report(
                    path.appending("models").appending(index).description, "no model has the name \(name.text.quoted)",
                    suggestion: NearestName.of(name.text, among: known))
            }
            guard budget.per == .agent else { continue }
            for (index, id) in budget.only.enumerated() {
                let place = path.appending("only").appending(index).description
                do throws(InvalidValue) {
                    _ = self.instance(try PluginInstanceID(id), .agent, place)
                } catch {
                    self.report(place, error.reason)
                }
            }
        }
    }

    private mutating func grants(of plugin: PluginConfig) {
        let path = "plugins.\(plugin.id).grants"
        let tree = self.manifest.tree["models"]?.keys ?? []
        for (index, name) in plugin.grants.models.enumerated() where !tree.contains(name.text) {
            let near = NearestName.of(name.text, among: tree)
            let known = near == nil ? "; there are \(tree.joined(separator: ", "))" : ""
            self.report(
                "\(path).models[\(index)]", "no model has the name \(name.text.quoted)\(known)", suggestion: near)
        }
        for (index, id) in plugin.grants.agents.enumerated() {
            _ = self.instance(id, .agent, "\(path).agents[\(index)]")
        }
        for (index, grant) in plugin.grants.tools.enumerated() {
            guard let id = grant.instance else { continue }
            _ = self.instance(id, .tool, "\(path).tools[\(index)]")
        }
        if plugin.grants.tools.contains(.all), plugin.grants.tools.count > 1 {
            self.report("\(path).tools", "\"*\" is every tool already: leave out the others")
        }
    }
}
