public import Experiments
public import KernelGuest
public import Resources
public import Testbed

/// One run as it is asked for.
public struct RunOrder: Sendable {
    /// The run's id in the store.
    public var runID: String
    /// The resource.
    public var document: ResourceDocument
    /// What measures it.
    public var experiment: any Experiment
    /// What every random choice of the run comes from.
    public var seed: UInt64
    /// What else was chosen.
    public var options: RunOptions
    /// The host's kernel, a guest's, or whichever has what is needed.
    public var kernel: KernelChoice
    /// What the caller found missing for what comes afterwards.
    public var alsoMissing: [Shortcoming]
    /// Says what forbids going on in another environment; nil for a run that begins.
    public var resumes: (@Sendable (_ earlier: [String: String], _ now: [String: String]) -> String?)?
    /// How the same run is asked for in a kernel guest; nil where it cannot move into one.
    public var guest: GuestOrder?

    /// An order for a run.
    public init(
        runID: String,
        document: ResourceDocument,
        experiment: any Experiment,
        seed: UInt64,
        options: RunOptions,
        kernel: KernelChoice = .host,
        alsoMissing: [Shortcoming] = [],
        resumes: (@Sendable (_ earlier: [String: String], _ now: [String: String]) -> String?)? = nil,
        guest: GuestOrder? = nil
    ) {
        self.resumes = resumes
        self.runID = runID
        self.document = document
        self.experiment = experiment
        self.seed = seed
        self.options = options
        self.kernel = kernel
        self.alsoMissing = alsoMissing
        self.guest = guest
    }

    /// The last letters of an id are random enough to tell runs apart, and short enough for names.
    public static func shortName(of runID: String) -> String { String(runID.suffix(8)).lowercased() }
}

/// How a run is asked for in a kernel guest.
public struct GuestOrder: Sendable {
    /// What keeps it from being asked for again there.
    public var shortcomings: [Shortcoming]
    /// The request, with the modules that are loaded first.
    public var request: @Sendable (_ modules: [String]) -> GuestRequest

    /// An order for a guest.
    public init(shortcomings: [Shortcoming], request: @escaping @Sendable (_ modules: [String]) -> GuestRequest) {
        self.shortcomings = shortcomings
        self.request = request
    }
}
