/// Ties a program to this process: the kernel kills it when this process is gone, however that ended.
///
/// It is prctl(2), PR_SET_PDEATHSIG, by setpriv(1), which then becomes the program. The signal comes when the thread
/// that started the program ends; Subprocess starts all from one thread that lives as long as the process.
public struct ToolTether: Sendable {
    private let path: String?

    /// A tether by this setpriv, or by none.
    public init(path: String?) {
        self.path = path
    }

    /// The setpriv that is installed, when it knows the option, which is so since util-linux 2.33.
    public static func find() async -> ToolTether {
        guard let path = Programs.find("setpriv"), let itself = Programs.find("true") else {
            return ToolTether(path: nil)
        }
        let test = ToolTether(path: path).tie(Command(executable: itself))
        // An older setpriv ends with an error at the option, before it starts anything.
        let output = try? await ProcessRunner.run(test, deadline: .seconds(2))
        return ToolTether(path: output?.status.isSuccess == true ? path : nil)
    }

    /// The command line under setpriv; a program that is not there stays as it is, so that its own name is told.
    public func tie(_ command: Command) -> Command {
        guard let path, let program = Programs.find(command.executable) else { return command }
        var tied = command
        tied.executable = path
        tied.arguments = ["--pdeathsig", "KILL", "--", program] + command.arguments
        return tied
    }
}
