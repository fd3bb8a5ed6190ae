import Processes

extension ServiceProxyError {
    /// The error for a program that is not installed.
    static func noProgram(_ program: String, _ purpose: Loader.Purpose) -> ServiceProxyError {
        ServiceProxyError(
            .missing, operation: purpose.operation, object: purpose.object, cause: "there is no program \(program)",
            nextStep: Programs.hint(forMissing: program))
    }
}
