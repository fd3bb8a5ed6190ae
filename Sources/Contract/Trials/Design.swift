/// The design of an experiment: its factors with their levels, and which of them is the question.
public struct Design: Sendable, Equatable, Codable {
    /// Something varied, with its levels in order.
    public struct Factor: Sendable, Equatable, Codable {
        /// The factor's name, such as `network`.
        public var name: String
        /// Its levels, in the order in which charts show them.
        public var levels: [String]

        /// A factor and its levels.
        public init(name: String, levels: [String]) {
            self.name = name
            self.levels = levels
        }
    }

    /// Up to which value of a metric a level of the compared factor is good enough.
    public struct Threshold: Sendable, Equatable, Codable {
        /// The metric's name.
        public var metric: String
        /// The limit, in the metric's unit.
        public var limit: Double

        /// A limit of a metric.
        public init(metric: String, limit: Double) {
            self.metric = metric
            self.limit = limit
        }
    }

    /// Two factors whose levels make a table of what was found.
    public struct Matrix: Sendable, Equatable, Codable {
        /// The factor of the rows.
        public var rows: String
        /// The factor of the columns.
        public var columns: String

        /// A table.
        public init(rows: String, columns: String) {
            self.rows = rows
            self.columns = columns
        }
    }

    /// The factor whose levels are compared with each other; nil where nothing is compared.
    public var comparedFactor: String?
    /// The level that the others are measured against, if there is one.
    public var baseline: String?
    /// All factors, the compared one first.
    public var factors: [Factor]
    /// A factor whose levels are numbers, along which metrics are drawn as lines.
    public var scaleFactor: String?
    /// Limits by which reports say how far along the scale factor each level is good enough.
    public var thresholds: [Threshold]?
    /// The table that is the answer, where findings are.
    public var matrix: Matrix?

    /// A design.
    public init(
        comparedFactor: String?,
        baseline: String? = nil,
        factors: [Factor],
        scaleFactor: String? = nil,
        thresholds: [Threshold]? = nil,
        matrix: Matrix? = nil
    ) {
        self.comparedFactor = comparedFactor
        self.baseline = baseline
        self.factors = factors
        self.scaleFactor = scaleFactor
        self.thresholds = thresholds
        self.matrix = matrix
    }
}
