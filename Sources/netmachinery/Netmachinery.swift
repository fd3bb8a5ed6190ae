import Commands

/// The program: everything it can do stands in `Commands`.
@main
enum Netmachinery {
    static func main() async {
        await CommandLineInterface.main()
    }
}
