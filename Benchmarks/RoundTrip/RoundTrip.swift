/// What one measurement found: round trips in microseconds.
struct RoundTrip: Sendable {
    let p50: Double
    let p99: Double
    let mean: Double
}
