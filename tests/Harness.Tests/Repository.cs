namespace Dfx.Harness.Tests;

/// <summary>The checkout that the tests were built from.</summary>
internal static class Repository
{
    internal static string Root { get; } = Find(AppContext.BaseDirectory);

    /// <summary>C# sources below a folder of the checkout, with their paths from its root.</summary>
    internal static IEnumerable<(string Path, string Text)> Sources(params string[] folders) => folders
        .Select(f => Path.Combine(Root, f))
        .Where(Directory.Exists)
        .SelectMany(f => Directory.EnumerateFiles(f, "*.cs", SearchOption.AllDirectories))
        .Select(f => (Path.GetRelativePath(Root, f), File.ReadAllText(f)));

    private static string Find(string folder) => File.Exists(Path.Combine(folder, "Dfx.sln"))
        ? folder
        : Find(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("There is no Dfx.sln above the tests."));
}
