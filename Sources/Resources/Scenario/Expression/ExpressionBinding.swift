import Contract

/// Gives the names of an expression their meaning.
struct ExpressionBinding {
    let scope: ExpressionScope

    func bind(_ syntax: ExpressionSyntax) throws(ExpressionProblem) -> Expectation.Node {
        switch syntax {
        case .number(let value, let dimension, let offset): return .quantity(value, dimension, offset: offset)
        case .text(let text, let offset): return .text(text, offset: offset)
        case .truth(let isTrue, let offset): return .truth(isTrue, offset: offset)
        case .not(let inner, let offset): return .not(try bind(inner), offset: offset)
        case .negative(let inner, let offset): return .negative(try bind(inner), offset: offset)
        case .binary(let sign, let left, let right, let offset):
            return .binary(sign, try bind(left), try bind(right), offset: offset)
        case .path(let parts): return try bind(parts)
        }
    }

    private func bind(_ parts: [ExpressionSyntax.Part]) throws(ExpressionProblem) -> Expectation.Node {
        let first = parts[0]
        if first.name == "verdict", let arguments = first.arguments {
            try end(parts, after: 1)
            guard arguments.count == 2, arguments.allSatisfy({ $0.name == nil }),
                case .path(let base) = arguments[0].value, case .path(let candidate) = arguments[1].value
            else {
                throw ExpressionProblem(
                    at: first.offset,
                    "verdict compares two metrics, such as verdict(before.latency_p50, after.latency_p50)")
            }
            return .verdict(try selection(base), try selection(candidate), offset: first.offset)
        }
        if first.name == "matrix", first.arguments == nil, parts.count > 1 {
            try end(parts, after: 2)
            guard scope.factors[parts[1].name] != nil, parts[1].arguments == nil else {
                throw unknown(parts[1], "factor of the matrix", among: Array(scope.factors.keys))
            }
            return .level(factor: parts[1].name, offset: first.offset)
        }
        let (step, rest) = try step(parts)
        guard let subject = rest.first else {
            throw ExpressionProblem(
                at: first.offset, "\(first.name) is a step; say what of it, such as \(first.name).outcome")
        }
        switch subject.name {
        case "outcome":
            try end(parts, after: parts.count - rest.count + 1)
            try withoutBrackets(subject)
            return .outcome(step: step, offset: subject.offset)
        case "findings", "trials":
            try withoutBrackets(subject)
            let filters = try counted(rest, parts)
            return subject.name == "findings"
                ? .findings(step: step, filters, offset: subject.offset)
                : .trials(step: step, filters, offset: subject.offset)
        default:
            guard let last = rest.dropFirst().first else {
                throw ExpressionProblem(
                    at: subject.offset,
                    "\(subject.name) is many numbers; say which one: \(Self.statistics.joined(separator: ", "))",
                    suggestion: scope.steps.contains(first.name)
                        ? nil : NearestName.of(first.name, among: Array(scope.steps)))
            }
            let metric = try selection(Array(parts.dropLast(rest.count - 1)))
            guard let statistic = Expectation.Statistic(rawValue: last.name) else {
                if rest.count == 3 || !isKnown(metric.metric) {
                    throw unknown(first, "step", among: Array(scope.steps))
                }
                throw unknown(last, "number of \(subject.name)", among: Self.statistics)
            }
            try withoutBrackets(last)
            try end(parts, after: parts.count - rest.count + 2)
            return .statistic(statistic, of: metric)
        }
    }

    private static let statistics = Expectation.Statistic.allCases.map(\.rawValue)

    private func isKnown(_ metric: String) -> Bool { scope.unit(metric) != nil }

    /// The step that a path begins with, or the own one, and what stands behind it.
    private func step(
        _ parts: [ExpressionSyntax.Part]
    ) throws(ExpressionProblem) -> (String, ArraySlice<ExpressionSyntax.Part>) {
        let first = parts[0]
        if scope.steps.contains(first.name), first.arguments == nil { return (first.name, parts.dropFirst()) }
        // Three names are a step, a metric and one of its numbers.
        guard let own = scope.own, parts.count < 3 else {
            throw unknown(first, "step", among: Array(scope.steps))
        }
        return (own, parts[...])
    }

    private func selection(_ parts: [ExpressionSyntax.Part]) throws(ExpressionProblem) -> Expectation.Selection {
        let (step, rest) = try step(parts)
        guard let metric = rest.first else {
            throw ExpressionProblem(at: parts[0].offset, "expected a metric, found the step \(parts[0].name)")
        }
        guard rest.count == 1 else {
            throw ExpressionProblem(
                at: rest[rest.startIndex + 1].offset, "expected a metric without one of its numbers")
        }
        return Expectation.Selection(
            step: step, metric: metric.name, filters: try filters(metric.arguments ?? []), offset: metric.offset)
    }

    private func counted(
        _ rest: ArraySlice<ExpressionSyntax.Part>, _ parts: [ExpressionSyntax.Part]
    ) throws(ExpressionProblem) -> [Expectation.Filter] {
        guard let count = rest.dropFirst().first, count.name == "count" else {
            let place = rest.dropFirst().first ?? parts[parts.count - 1]
            throw ExpressionProblem(at: place.offset, "expected count behind \(rest.first?.name ?? "")")
        }
        try end(parts, after: parts.count - rest.count + 2)
        let filters = try filters(count.arguments ?? [])
        let words =
            rest.first?.name == "trials"
            ? ["outcome": TrialOutcome.allCases.map(\.rawValue)] : ["verdict": Finding.Verdict.allCases.map(\.rawValue)]
        for filter in filters {
            guard let known = words[filter.name], !known.contains(filter.value) else { continue }
            throw ExpressionProblem(
                at: count.offset,
                "nothing has the \(filter.name) \(filter.value), which is one of \(known.joined(separator: ", "))",
                suggestion: NearestName.of(filter.value, among: known))
        }
        return filters
    }

    /// `name: "text"`, each name once.
    private func filters(_ arguments: [ExpressionSyntax.Argument]) throws(ExpressionProblem) -> [Expectation.Filter] {
        var filters: [Expectation.Filter] = []
        for argument in arguments {
            guard let name = argument.name, case .text(let value, _) = argument.value else {
                throw ExpressionProblem(at: argument.offset, "expected a name and a text, such as network: \"bridge\"")
            }
            guard !filters.contains(where: { $0.name == name }) else {
                throw ExpressionProblem(at: argument.offset, "\(name) is there twice")
            }
            filters.append(Expectation.Filter(name: name, value: value))
        }
        return filters
    }

    private func end(_ parts: [ExpressionSyntax.Part], after count: Int) throws(ExpressionProblem) {
        guard parts.count > count else { return }
        throw ExpressionProblem(at: parts[count].offset, "nothing can stand behind \(parts[count - 1].name)")
    }

    private func withoutBrackets(_ part: ExpressionSyntax.Part) throws(ExpressionProblem) {
        guard part.arguments == nil else {
            throw ExpressionProblem(at: part.offset, "\(part.name) takes nothing in brackets")
        }
    }

    private func unknown(_ part: ExpressionSyntax.Part, _ what: String, among names: [String]) -> ExpressionProblem {
        let names = names.sorted()
        let list = names.isEmpty ? "there is none" : "there is \(names.joined(separator: ", "))"
        return ExpressionProblem(
            at: part.offset, "\(part.name) is no \(what); \(list)", suggestion: NearestName.of(part.name, among: names))
    }
}
