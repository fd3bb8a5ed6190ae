import Contract

extension Design {
    /// Whether a stored text is that of a run without a design.
    static func isAbsent(_ text: String) -> Bool { ["", "{}", "null"].contains(text) }

    /// The factor that is compared; nil where nothing is.
    var compared: String? {
        let name: String? = comparedFactor
        return name.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// What trials without a design say: the first factor that varies is compared.
    static func inferred(from trials: [RunTrial]) -> Design {
        var result = Design(comparedFactor: "", factors: []).completed(by: trials)
        if let first = result.factors.first(where: { $0.levels.count > 1 }) { result.comparedFactor = first.name }
        return result
    }

    /// The design completed by what the trials hold: levels and factors that it does not list come last, as met.
    func completed(by trials: [RunTrial]) -> Design {
        var result = self
        for trial in trials {
            for (name, level) in trial.factors.sorted(by: { $0.key < $1.key }) {
                if let index = result.factors.firstIndex(where: { $0.name == name }) {
                    if !result.factors[index].levels.contains(level) { result.factors[index].levels.append(level) }
                } else {
                    result.factors.append(Factor(name: name, levels: [level]))
                }
            }
        }
        guard let compared, !result.factors.contains(where: { $0.name == compared }) else { return result }
        result.comparedFactor = result.factors.first(where: { $0.levels.count > 1 })?.name ?? compared
        return result
    }

    /// The levels of a factor, the baseline first when it is the compared one.
    func levels(of name: String) -> [String] {
        let levels = factors.first { $0.name == name }?.levels ?? []
        guard name == compared, let baseline, levels.contains(baseline) else { return levels }
        return [baseline] + levels.filter { $0 != baseline }
    }
}
