extension NetworkConnectivityTest {
    /// The layer of the network that is asked about.
    public enum Layer: String, Sendable, Hashable, CaseIterable {
        /// Addresses: echo requests.
        case network = "3"
        /// Ports: connections or datagrams.
        case transport = "4"
        /// What is asked of a server: names, or pages.
        case application = "7"
    }

    /// What layer 7 is asked by.
    public enum Application: String, Sendable, Hashable, CaseIterable {
        /// Questions to a name server.
        case dns
        /// Requests.
        case http
        /// Requests through TLS.
        case https
    }

    /// What a check has to come to, so that it passes.
    public enum Expectation: String, Sendable, Hashable, CaseIterable {
        /// The right answer comes.
        case reached
        /// Nothing comes, or somebody on the way says that there is no way.
        case blocked
        /// The other end says that nobody listens.
        case refused
        /// The name server says that there is no such name.
        case nameNotFound
    }
}
