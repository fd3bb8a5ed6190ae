extension RunDocument {
    /// Refuses documents whose parts do not belong together; what one column may hold is the schema's business.
    func validate() throws(StoreError) {
        var trialIDs: Set<String> = []
        for (index, part) in trials.enumerated() {
            let id = part.trial.id
            try require(trialIDs.insert(id).inserted, "trials[\(index)]: the trial \(id) occurs twice")
            try require(part.trial.runID == run.id, "trials[\(index)] belongs to the run \(part.trial.runID)")
            try require(
                part.samples.allSatisfy { $0.trialID == id }, "trials[\(index)].samples: one belongs to another trial"
            )
            try require(
                part.histograms.allSatisfy { $0.trialID == id },
                "trials[\(index)].histograms: one belongs to another trial"
            )
            try require(
                part.artifacts.allSatisfy { $0.trialID == id },
                "trials[\(index)].artifacts: one belongs to another trial"
            )
        }
        for (index, event) in events.enumerated() {
            try require(event.runID == run.id, "events[\(index)] belongs to the run \(event.runID)")
        }
        var names: Set<String> = []
        for (index, metric) in metrics.enumerated() {
            try require(names.insert(metric.name).inserted, "metrics[\(index)]: \(metric.name) occurs twice")
        }
    }

    private func require(_ condition: Bool, _ reason: String) throws(StoreError) {
        guard condition else {
            throw Self.refusal(reason, "Export the run again; the document was changed by hand")
        }
    }
}
