internal import Foundation
internal import Histogram

/// The stored form, as Codable sees it.
private struct HistogramDocument: Codable {
    var unit: String
    var significantDigits: Int
    var minimum: UInt64?
    var maximum: UInt64?
    var clamped: UInt64?
    var counts: [[UInt64]]
}

extension LatencyHistogram: Codable {
    /// The histogram as one line of JSON, the same text for the same content.
    ///
    /// `{"unit":"ns","significantDigits":3,"minimum":…,"maximum":…,"clamped":…,"counts":[[value,count],…]}`
    ///
    /// Each value is the largest latency of its filled bucket. `minimum` and `maximum` are exact, and absent when
    /// nothing was recorded.
    public func json() -> String {
        var text = "{\"unit\":\"ns\",\"significantDigits\":\(Self.significantDigits),"
        if count > 0 { text += "\"minimum\":\(min),\"maximum\":\(max)," }
        text += "\"clamped\":\(clamped),\"counts\":["
        text += buckets.map { "[\($0.value),\($0.count)]" }.joined(separator: ",")
        return text + "]}"
    }

    /// Reads what `json()` wrote; `minimum`, `maximum` and `clamped` may be absent.
    public init(json: String) throws(HistogramFormatError) {
        let document: HistogramDocument
        do {
            document = try JSONDecoder().decode(HistogramDocument.self, from: Data(json.utf8))
        } catch let error as DecodingError {
            throw .notAHistogram(reason: Self.reason(error))
        } catch {
            throw .notAHistogram(reason: "\(error)")
        }
        try self.init(document)
    }

    /// Reads the same object as `init(json:)` from any coder.
    public init(from decoder: any Decoder) throws {
        try self.init(HistogramDocument(from: decoder))
    }

    /// Writes the same object as `json()` to any coder.
    public func encode(to encoder: any Encoder) throws {
        let isEmpty = count == 0
        try HistogramDocument(
            unit: "ns",
            significantDigits: Self.significantDigits,
            minimum: isEmpty ? nil : min,
            maximum: isEmpty ? nil : max,
            clamped: clamped,
            counts: buckets.map { [$0.value, $0.count] }
        ).encode(to: encoder)
    }

    private init(_ document: HistogramDocument) throws(HistogramFormatError) {
        guard document.unit == "ns" else { throw .unsupportedUnit(document.unit) }
        guard document.significantDigits == Self.significantDigits else {
            throw .unsupportedPrecision(document.significantDigits)
        }
        self.init()
        try Self.check(document.counts)
        clamped = document.clamped ?? 0
        guard let first = document.counts.first, let last = document.counts.last else {
            guard document.minimum == nil, document.maximum == nil else { throw .extremesOutsideBuckets }
            return
        }
        let minimum = document.minimum ?? first[0]
        let maximum = document.maximum ?? last[0]
        guard
            minimum >= Self.lowestNanoseconds, maximum <= Self.highestNanoseconds, minimum <= maximum,
            recorded.valuesAreEquivalent(minimum, first[0]), recorded.valuesAreEquivalent(maximum, last[0])
        else { throw .extremesOutsideBuckets }
        for bucket in document.counts.dropFirst().dropLast() {
            recorded.record(bucket[0], count: bucket[1])
        }
        // The exact extremes stand in for their buckets, which is how they survive the round trip.
        if document.counts.count > 1 {
            recorded.record(minimum, count: first[1])
            recorded.record(maximum, count: last[1])
        } else {
            // A bucket with two different extremes holds at least two latencies.
            guard minimum == maximum || first[1] > 1 else { throw .extremesOutsideBuckets }
            recorded.record(minimum, count: first[1] - 1)
            recorded.record(maximum, count: 1)
        }
    }

    /// Holds the buckets to what `json()` writes: pairs, in range, rising, and few enough to be added up.
    private static func check(_ counts: [[UInt64]]) throws(HistogramFormatError) {
        // 2^53, where JSON numbers stop being exact in most readers: 285 years of a latency each microsecond.
        let limit: UInt64 = 1 << 53
        var total: UInt64 = 0
        var previous: UInt64 = 0
        for (index, bucket) in counts.enumerated() {
            guard bucket.count == 2 else { throw .badBucket(index: index, reason: "is not [value,count]") }
            guard bucket[0] >= lowestNanoseconds, bucket[0] <= highestNanoseconds else {
                throw .badBucket(index: index, reason: "has the value \(bucket[0]), outside 1...\(highestNanoseconds)")
            }
            guard bucket[0] > previous else {
                throw .badBucket(index: index, reason: "does not rise above the value before it")
            }
            guard bucket[1] > 0, bucket[1] <= limit, total + bucket[1] <= limit else {
                throw .badBucket(
                    index: index, reason: "has the count \(bucket[1]); all counts together may be 1...2^53")
            }
            previous = bucket[0]
            total += bucket[1]
        }
    }

    private static func reason(_ error: DecodingError) -> String {
        switch error {
        case .keyNotFound(let key, _): "\"\(key.stringValue)\" is missing"
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            "\"\(context.codingPath.map(\.stringValue).joined(separator: "."))\" has the wrong type"
        case .dataCorrupted(let context):
            context.codingPath.isEmpty
                ? "not valid JSON"
                : "\"\(context.codingPath.map(\.stringValue).joined(separator: "."))\" is not a whole number from 0"
        @unknown default: "not valid JSON"
        }
    }
}
