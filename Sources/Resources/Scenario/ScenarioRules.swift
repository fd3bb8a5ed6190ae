/// Rules that hold between the steps of a scenario: names, and an order that can come true.
struct ScenarioRules {
    let drafts: [StepDraft]

    /// Reports names that are there twice.
    func checkNames() {
        var firsts: [String: String] = [:]
        for draft in drafts where !draft.step.name.isEmpty {
            if let first = firsts[draft.step.name] {
                draft.reader.fail("the step \(draft.step.name) is there twice, first as \(first)")
            } else {
                firsts[draft.step.name] = draft.reader.path
            }
        }
    }

    /// Reports steps that wait for what is not there, for each other, or for what never comes true, and expectations of
    /// steps that have not ended by then.
    func checkOrder() {
        let names = drafts.map(\.step.name)
        guard Set(names).count == names.count else { return }
        let problems = drafts.first?.reader.problems
        let before = problems?.count
        for draft in drafts {
            for (step, reader) in draft.waits + draft.during {
                if step == draft.step.name {
                    reader.fail("a step cannot wait for itself")
                } else if !names.contains(step) {
                    reader.fail("there is no step \(step)", suggestion: NearestName.of(step, among: names))
                }
            }
        }
        guard problems?.count == before else { return }
        let order = StepOrder(drafts.map { ($0.step, $0.place) })
        if let circle = order.circle() {
            let draft = drafts.first { circle.contains($0.step.name) && !($0.waits + $0.during).isEmpty } ?? drafts[0]
            let reader =
                draft.waits.first { circle.contains($0.step) }?.reader
                ?? draft.during.first { circle.contains($0.step) }?.reader ?? draft.reader
            reader.fail("the steps wait for each other: \(circle.joined(separator: ", which waits for "))")
            return
        }
        for draft in drafts {
            for (step, reader) in draft.during where order.isOver(step, before: draft.step.name) {
                reader.fail("\(step) has ended when \(draft.step.name) begins, and cannot hold while it is measured")
            }
            for (reader, expectation) in zip(draft.expectations, draft.step.expectations) {
                for (step, offset) in expectation.steps where !order.hasEnded(step, at: draft.step.name) {
                    reader.fail(
                        ExpressionProblem(
                            at: offset,
                            "\(step) need not have ended when this is asked; ask it there, in a later step or in finally"
                        ))
                }
            }
        }
    }
}
