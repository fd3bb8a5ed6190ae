/// Puts other kinds together: steps in order or at the same time, what is expected of them, all of it for each cell of a
/// matrix.
///
/// `docs/resources.md` explains every key.
public struct Scenario: Resource {
    /// The word behind `kind:`.
    public static let kind = "Scenario"

    /// Name and labels.
    public var metadata: Metadata
    /// The steps and their order.
    public var spec: Spec

    /// Describes a scenario.
    public init(metadata: Metadata, spec: Spec) {
        self.metadata = metadata
        self.spec = spec
    }

    /// The steps and their order.
    public struct Spec: Sendable, Equatable {
        /// What is varied: every combination of levels is a cell, for which all steps are run.
        public var matrix: [MatrixFactor]
        /// How many blocks, each one pass over all cells in random order.
        public var blocks: Int
        /// Steps that go on beside all others.
        public var background: [Step]
        /// Steps one after the other; those of one stage run at the same time.
        public var stages: [[Step]]
        /// Steps that are run at the end of each cell, whatever happened.
        public var finally: [Step]
        /// What every random choice comes from; drawn and recorded by the run when it is absent.
        public var seed: UInt64?

        /// Describes the steps.
        public init(
            matrix: [MatrixFactor] = [], blocks: Int = 1, background: [Step] = [], stages: [[Step]],
            finally: [Step] = [], seed: UInt64? = nil
        ) {
            self.matrix = matrix
            self.blocks = blocks
            self.background = background
            self.stages = stages
            self.finally = finally
            self.seed = seed
        }

        /// Every step, in the order in which they stand in the resource.
        public var steps: [Step] { background + stages.flatMap(\.self) + finally }

        /// Every combination of levels; one without any where there is no matrix.
        public var cells: [Cell] {
            matrix.reduce([Cell(levels: [])]) { cells, factor in
                cells.flatMap { cell in
                    factor.levels.map { Cell(levels: cell.levels + [Cell.Level(factor: factor.name, level: $0)]) }
                }
            }
        }
    }

    /// Something that is varied over the whole scenario.
    public struct MatrixFactor: Sendable, Equatable {
        /// The name, which `${matrix.NAME}` stands for.
        public var name: String
        /// The levels in their order, at least one.
        public var levels: [MatrixLevel]
    }

    /// One value of the matrix, as it is put into resources.
    public struct MatrixLevel: Sendable, Hashable {
        /// The text.
        public var text: String
        /// Whether it stands without quotes, and so can be a number or a truth value.
        public var isPlain: Bool
    }

    /// One combination of levels.
    public struct Cell: Sendable, Hashable {
        /// A factor with its level.
        public struct Level: Sendable, Hashable {
            /// The factor's name.
            public let factor: String
            /// What it is here.
            public let level: MatrixLevel

            /// A level of a factor.
            public init(factor: String, level: MatrixLevel) {
                self.factor = factor
                self.level = level
            }
        }

        /// One level of each factor, in the order of the matrix.
        public let levels: [Level]

        /// A combination.
        public init(levels: [Level]) { self.levels = levels }

        /// The level of a factor.
        public func level(of factor: String) -> MatrixLevel? { levels.first { $0.factor == factor }?.level }
    }
}
