namespace Dfx.Harness.Reporting.Figures;

/// <summary>The files of one figure.</summary>
/// <param name="Folder">Where they lie.</param>
/// <param name="Name">Their name without the ending.</param>
internal sealed record FigureFile(string Folder, string Name)
{
    internal static IReadOnlyList<string> Pictures { get; } = ["svg", "png", "pdf"];

    internal string Path(string ending) => System.IO.Path.Combine(Folder, $"{Name}.{ending}");
}
