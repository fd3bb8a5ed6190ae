import Glibc

/// A variable in the environment of everything that a run starts, by which those processes are known wherever they
/// went.
///
/// A process and all that it starts keep the mark: in namespaces without a name, in sessions of their own, and under
/// other parents.
public struct RunMark: Sendable, Equatable {
    /// The name by which the mark stands in `/proc/PID/environ`.
    public static let variable = "NETMACHINERY_RUN"

    /// The short form of the run's id.
    public let run: String
    /// The process that the run goes through.
    public let owner: OwnerProcess

    /// The mark of a run of this process.
    public init(run: String, owner: OwnerProcess = .current) {
        self.run = run
        self.owner = owner
    }

    /// The variable's value: the run, and its owner in words.
    public var text: String { "\(run) \(owner.text)" }

    /// Reads what ``text`` wrote; nil for anything else.
    public init?(text: some StringProtocol) {
        guard let end = text.firstIndex(of: " "), let owner = OwnerProcess(text: text[text.index(after: end)...])
        else { return nil }
        self.init(run: String(text[..<end]), owner: owner)
    }

    /// The mark that this process was started with.
    public static var inherited: RunMark? {
        getenv(variable).flatMap { RunMark(text: String(cString: $0)) }
    }
}
