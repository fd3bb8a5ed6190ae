import Contract

/// Who is better at what, for programs.
enum StandingJSON {
    /// One question, and where each level stands.
    struct Part: Encodable {
        let metric: String
        let factors: [String: String]
        let isDecided: Bool
        let places: [Place]
    }

    /// One level: its rank, `equal` or `unknown` where it shares that, and its median in the metric's unit.
    struct Place: Encodable {
        let level: String
        let rank: Int
        let tie: String?
        let median: Double
    }

    /// By question, in the order of the tables.
    static func parts(_ model: ReportModel) -> [Part] {
        model.standings.map { standing in
            Part(
                metric: standing.question.metric.name,
                factors: model.layout.factors(facet: standing.question.facet, panel: standing.question.panel),
                isDecided: standing.isDecided,
                places: standing.places.map { place in
                    Place(level: place.level, rank: place.rank, tie: word(place.tie), median: place.median)
                })
        }
    }

    private static func word(_ tie: Standing.Tie) -> String? {
        switch tie {
        case .none: nil
        case .equal: "equal"
        case .unknown: "unknown"
        }
    }
}
