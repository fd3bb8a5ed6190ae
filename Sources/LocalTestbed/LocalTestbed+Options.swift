extension LocalTestbed {
    /// How the local testbed is set up.
    public struct Options: Sendable {
        /// A short word, unique to the run, that all names carry.
        public var run: String
        /// The program that runs as agent: normally this one.
        public var agentExecutable: String
        /// Where CNI plugins are looked for.
        public var pluginDirectories: [String]
        /// Where files of the run are kept.
        public var paths: LocalPaths
        /// Whether what is made is to stay when this process has ended, as of a lab.
        public var outlivesProcess: Bool
        /// The lab whose namespaces are used; nil makes some.
        public var lab: LabName?

        /// Options for a run; the defaults are Debian's.
        public init(
            run: String,
            agentExecutable: String,
            pluginDirectories: [String] = PluginDirectories.standard,
            paths: LocalPaths = LocalPaths(),
            outlivesProcess: Bool = false,
            lab: LabName? = nil
        ) {
            self.run = run
            self.agentExecutable = agentExecutable
            self.pluginDirectories = pluginDirectories
            self.paths = paths
            self.outlivesProcess = outlivesProcess
            self.lab = lab
        }
    }
}
