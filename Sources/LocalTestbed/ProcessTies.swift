import LinuxHost
import Processes

/// What ties the programs of a run to it: they die with this process, and carry the run's mark wherever they go.
struct ProcessTies: Sendable {
    /// Kills a program when this process is gone, from its first moment on.
    let tether: ToolTether
    /// What stands in its environment; nil for a lab, whose programs may outlive the command that made it.
    let mark: RunMark?

    /// Neither.
    static let none = ProcessTies(tether: ToolTether(path: nil), mark: nil)

    func tie(_ command: Command) -> Command {
        var tied = tether.tie(command)
        if let mark { tied.environment[RunMark.variable] = mark.text }
        return tied
    }
}
