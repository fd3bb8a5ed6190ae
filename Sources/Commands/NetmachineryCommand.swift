import ArgumentParser

/// `netmachinery`, above all its verbs.
struct NetmachineryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "netmachinery",
        abstract: "Measures container networks, and says which differences are real.",
        discussion: """
            Exit status: 0 done; 1 something is not as expected, or a comparison found a regression; 2 bad arguments or resource; \
            3 the environment lacks something, or what is printed could not be written; 4 trials failed; 130 interrupted, cleaned up.
            """,
        version: ProgramVersion.current,
        groupedSubcommands: [
            CommandGroup(
                name: "Measuring:",
                subcommands: [RunCommand.self, ValidateCommand.self, DoctorCommand.self]
            ),
            CommandGroup(
                name: "Results:",
                subcommands: [CompareCommand.self, ReportCommand.self, RunsCommand.self]
            ),
            CommandGroup(
                name: "The local testbed:",
                subcommands: [LabCommand.self, CleanupCommand.self]
            ),
            CommandGroup(name: "Inside:", subcommands: [AgentCommand.self]),
        ]
    )
}
