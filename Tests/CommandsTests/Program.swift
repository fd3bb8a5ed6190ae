import TestSupport

/// The program as a process, for what it says.
enum Program {
    /// Runs it to its end, with its output kept in the directory.
    static func run(_ arguments: [String], in directory: String) async throws -> ProgramResult {
        let program = try RunningProgram(
            [try BuiltProgram.path()] + arguments, output: "\(directory)/standard-output",
            error: "\(directory)/standard-error")
        return try await program.end()
    }
}
