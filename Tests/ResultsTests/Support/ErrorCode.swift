import Results
import Testing

/// The error that the store must throw here; its words are checked for the parts that every error has to have.
func storeError(_ body: () throws -> Void, sourceLocation: SourceLocation = #_sourceLocation) -> StoreError? {
    let error = #expect(throws: StoreError.self, sourceLocation: sourceLocation) {
        try body()
    }
    if let error {
        #expect(!error.operation.isEmpty && !error.object.isEmpty, sourceLocation: sourceLocation)
        #expect(error.description.contains(error.reason), sourceLocation: sourceLocation)
        #expect(
            error.nextStep.count > 10 && error.description.hasSuffix(error.nextStep), sourceLocation: sourceLocation)
    }
    return error
}
