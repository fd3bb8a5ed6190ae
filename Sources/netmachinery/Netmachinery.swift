import Commands

/// The program: everything it can do stands in `Commands`.
@main
enum Netmachinery {
    // On the first thread until something is awaited: a thread's name and its parent's death are its own matter.
    @MainActor
    static func main() async {
        CommandLineInterface.begin()
        await CommandLineInterface.main()
    }
}
