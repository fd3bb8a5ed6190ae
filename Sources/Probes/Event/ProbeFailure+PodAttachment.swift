import ContainerNetworking
import Contract
import PodAttachment

extension ProbeFailure {
    /// The failure of a probe whose pods could not be attached.
    init(_ error: PodError) {
        let code: FailureCode
        switch error.code {
        case .badNetwork: code = .badPlan
        case .notApplicable: code = .notApplicable
        case .misplaced: code = .misplaced
        case .sharedAddress: code = .sharedAddress
        case .timedOut: code = .timedOut
        case .system: code = .system
        case .plugin(let error):
            self.init(error)
            return
        }
        self.init(code, error.description)
    }

    /// Does something with pods; an error of theirs becomes a failure.
    static func ofPods<Value: Sendable>(
        _ body: () async throws(PodError) -> Value
    ) async throws(ProbeFailure) -> Value {
        do throws(PodError) {
            return try await body()
        } catch {
            throw ProbeFailure(error)
        }
    }

    /// Does something with pods at once; an error of theirs becomes a failure.
    static func ofPods<Value>(_ body: () throws(PodError) -> Value) throws(ProbeFailure) -> Value {
        do throws(PodError) {
            return try body()
        } catch {
            throw ProbeFailure(error)
        }
    }

    /// A plugin's failure, with what it wrote as words to keep.
    init(_ error: CNIError) {
        let code: FailureCode =
            switch error.kind {
            case .timedOut: .timedOut
            case .rubbish, .noResult: .rubbish
            case .pluginNotFound: .toolMissing
            case .cancelled: .stopped
            default: .toolFailed
            }
        let words = [error.standardErrorTail, error.msg, error.details].filter { !$0.isEmpty }
        self.init(code, error.description, words: words.isEmpty ? nil : words.joined(separator: "\n"))
    }
}
