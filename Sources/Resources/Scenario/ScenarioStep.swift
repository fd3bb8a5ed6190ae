extension Scenario {
    /// One resource that is run, or only expectations, at its place in the order.
    public struct Step: Sendable, Equatable {
        /// The name, by which others and every error speak of it.
        public var name: String
        /// What is run; nil for a step that only expects something.
        public var work: Work?
        /// What it waits for.
        public var waits: [Wait]
        /// Steps that have to hold from its begin to its end.
        public var during: [String]
        /// What has to be true when it has ended.
        public var expectations: [Expectation]
        /// The path of the step in its resource, such as `spec.steps[1].parallel[0]`.
        public var path: String

        /// Whether it waits for nobody; in the background the first stage then waits for it to hold.
        public var beginsAtOnce: Bool { waits.isEmpty && during.isEmpty }
    }

    /// What a step waits for before it begins.
    public struct Wait: Sendable, Equatable {
        /// The other step.
        public var step: String
        /// How far that has to be.
        public var condition: StepCondition
    }

    /// How far a step is.
    public enum StepCondition: String, Sendable, Hashable, CaseIterable {
        /// It has begun.
        case started
        /// What it is about is there: its first trial runs, its condition is proven.
        case holding
        /// It has ended, and well.
        case completed
    }

    /// A resource inside a scenario: of one kind, with a document for each cell.
    public struct Work: Sendable {
        /// The documents in the order of the cells; one for all where nothing in it is varied.
        let documents: [ResourceDocument]
        /// As it is written, with `${…}`.
        let template: CanonicalValue

        /// The resource as it is in a cell, by the cell's place among all cells.
        public func document(ofCell index: Int) -> ResourceDocument {
            documents[documents.count == 1 ? 0 : index]
        }

        /// Whether the matrix changes it.
        public var isVaried: Bool { documents.count > 1 }
    }
}

extension Scenario.Work: Equatable {
    /// Whether both say the same, wherever they were read.
    public static func == (left: Scenario.Work, right: Scenario.Work) -> Bool { left.template == right.template }
}

extension Scenario.Step {
    /// Whether both say the same, wherever they stand.
    public static func == (left: Scenario.Step, right: Scenario.Step) -> Bool {
        left.name == right.name && left.work == right.work && left.waits == right.waits && left.during == right.during
            && left.expectations == right.expectations
    }
}
