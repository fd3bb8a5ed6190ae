/// How long something may take to end by itself before it is ended by force, where these waits lie in each other.
///
/// From the inside out: a tool, the agent that started it, the testbed that started the agent, and the coordinator. Who
/// is further out waits longer, so that whoever knows most about an end is the one to tell of it, and leaves nothing.
public enum GracePeriods {
    // MARK: After SIGTERM

    /// Of a process group between SIGTERM and SIGKILL; as short as that is, since a measurement may wait for it.
    public static let termination = Duration.milliseconds(200)
    /// Of a probe and its children after the agent's SIGTERM, before the agent kills its children.
    ///
    /// With ``agentKill`` below ``termination``: the agent gets SIGKILL then, and its children are to be gone by that time.
    public static let agentStop = Duration.milliseconds(80)
    /// Of children that the agent killed after SIGTERM, to be gone.
    public static let agentKill = Duration.milliseconds(80)

    // MARK: At the end of a conversation

    /// Of what the agent killed at its own end, such as daemons of plugins: a killed process leaves the kernel first.
    ///
    /// With ``termination``, which a tool is given before, below ``inputClosed``.
    public static let agentEnd = Duration.milliseconds(500)
    /// Of a program to end by itself after its standard input was closed, which is how agents and guests are stopped.
    public static let inputClosed = Duration.seconds(1)

    // MARK: Behind a plan's deadline

    /// Of a tool: the stop, which comes at the deadline, ends it first.
    public static let tool = Duration.milliseconds(500)
    /// Of a server that has a limit of its own, for when the agent was killed and nobody is left to end it.
    ///
    /// Above ``tool`` and ``termination``: a server that the agent ends does not say that it was idle.
    public static let idleServer = Duration.seconds(1)
    /// Of the agent, which ends itself at the deadline; the testbed then ends an agent that cannot.
    ///
    /// Above ``tool``, ``termination`` and ``agentEnd`` together.
    public static let agent = Duration.seconds(2)
    /// Of a server behind its client's deadline.
    ///
    /// It starts first: with the client's deadline it would end first, and a client that hangs would find its connection
    /// broken and not its time over. Above ``agent``, ``inputClosed`` and ``termination``: the client is gone by then.
    public static let server = Duration.seconds(5)
    /// Of a turn behind the deadline of its trials: the coordinator then gives a testbed up that does not come back.
    ///
    /// Above ``server`` and all that a server's agent has behind its own deadline.
    public static let turn = Duration.seconds(10)
    /// Of a condition behind the end of ``turn``: it undoes itself though nobody came to stop it, and never under a trial.
    public static let condition = Duration.seconds(1)
    /// Of the agent's process until alarm(2) ends it, for one that hangs and whose testbed is gone.
    ///
    /// Above ``turn`` and all that follows it: everybody else has given up by then.
    public static let alarm = Duration.seconds(15)

    // MARK: When everything else is done

    /// Of what stands in the background of other steps, such as a watch or a fault, to come to its end and be read.
    ///
    /// Above what reads a change after it was put back, and what works a watch out.
    public static let standing = Duration.seconds(60)

    // MARK: When the run was killed

    /// Of what an agent undoes when its run's process was killed, such as the shaping of a link, before the agent goes.
    ///
    /// Below ``removal``: a clean-up that comes at once does not kill an agent that is undoing.
    public static let lastWill = Duration.seconds(3)

    // MARK: At removal

    /// Of processes that a run left: half of it after SIGTERM, half after SIGKILL.
    ///
    /// A process that was killed in the kernel has to come out of there first, and waits for others that take namespaces down.
    public static let removal = Duration.seconds(4)
}
