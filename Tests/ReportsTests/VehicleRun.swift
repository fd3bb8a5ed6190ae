import Contract
import Results
import Statistics

@testable import Reports

/// A run of a kind that nobody knows: vehicles over distances, with metrics whose names say nothing.
enum VehicleRun {
    static let vehicles = ["bike", "car", "train"]
    static let distances = ["1", "10", "100"]
    static let roads = ["flat", "hilly"]

    private static let ids: [(MetricID, unit: String, better: Direction, judged: Bool)] =
        ["kerb", "random"].flatMap { place in
            [50, 90, 99].map { (MetricID("delay", at: place, percentile: $0), "s", .lower, false) }
        }
        + ["load", "refuel", "unload"].flatMap { work in
            [
                (MetricID("takes", of: work), "s", Direction.lower, true),
                (MetricID("crew_time", of: work), "s", .lower, false), (MetricID("fuel", of: work), "B", .lower, false),
            ]
        }
        + [
            (MetricID("price"), "count", .lower, true), (MetricID("guests", of: "party"), "count", .higher, false),
            (MetricID("songs", of: "party"), "count", .higher, false),
            (MetricID("talk", of: "party", percentile: 50), "s", .neither, false),
            (MetricID("colour"), "1", .neither, false),
        ]

    static let metrics = ids.enumerated().map { index, part in
        Metric(
            name: "m\(10 + index)", id: part.0, unit: part.unit, better: part.better, description: "A number.",
            judged: part.judged
        )
    }

    static func metric(_ id: MetricID) -> Metric? { metrics.first { $0.id == id } }

    /// - Parameters:
    ///   - compared: The compared factor; empty for none.
    ///   - scale: The factor of the sizes.
    static func run(compared: String = "vehicle", scale: String? = "distance") -> RunData {
        var random = SeededGenerator(seed: 5)
        var trials: [RunTrial] = []
        for block in 0..<6 {
            for vehicle in vehicles {
                for distance in distances {
                    for road in roads {
                        let levels = ["vehicle": vehicle, "distance": distance, "road": road]
                        trials.append(trial(levels, block: block, position: trials.count, random: &random))
                    }
                }
            }
        }
        return RunData(
            id: "01KAV5M3T6Q2Z8W4Y7N1B5C9DV", kind: "VehicleRace", name: "race", testbed: "local", seed: 9,
            startedAt: "2026-11-24T21:03:25.123Z", endedAt: "2026-11-24T21:29:02.871Z", outcome: .completed,
            resource: "{}", toolVersion: "v1",
            design: Design(
                comparedFactor: compared, baseline: compared.isEmpty ? nil : "bike",
                factors: [
                    .init(name: "vehicle", levels: vehicles), .init(name: "distance", levels: distances),
                    .init(name: "road", levels: roads),
                ],
                scaleFactor: scale, thresholds: [.init(metric: "m25", limit: 1)]
            ),
            environment: ["kernel.release": "6.18"], trials: trials, metrics: metrics,
            events: [Conformance.event("car", "stops at red", "stops", "goes on", "deviates")]
        )
    }

    private static func trial(
        _ levels: [String: String], block: Int, position: Int, random: inout SeededGenerator
    ) -> RunTrial {
        var trial = RunTrial(
            id: "t\(position)", variant: levels.values.sorted().joined(separator: " "), factors: levels, block: block,
            position: position, outcome: .completed
        )
        let size = LevelNumber(levels["distance"] ?? "")?.value ?? 1
        for (index, metric) in metrics.enumerated() {
            let noise = Double.random(in: 0.95...1.05, using: &random)
            trial.samples[metric.name] = [.init(value: (0.01 * Double(index + 1) + size / 1_000) * noise)]
        }
        trial.timeline = Timeline(
            binSeconds: 0.1, bins: [.init(at: 0, connects: 5, failed: block, p50: 0.1, p99: 0.2, deadPackets: nil)],
            changes: [.init(at: 0.05, returned: 0.06, visible: nil)]
        )
        return trial
    }
}
