namespace Dfx.Harness.Reporting.Html;

/// <summary>The style sheet and scripts of the page.</summary>
internal static class WebFiles
{
    private static readonly string[] s_first = ["theme.js", "board.js"];
    private static readonly string[] s_last = ["details.js", "figures.js"];
    private static readonly string[] s_libraries = ["vega.min.js", "vega-lite.min.js", "vega-embed.min.js"];

    internal static string Style { get; } = Embedded.Text("report.css");

    /// <summary>The colours and the leaderboard: what needs no more of the page than stands before it.</summary>
    internal static string FirstScript { get; } = string.Concat(s_first.Select(Embedded.Text));

    /// <summary>What needs the whole page.</summary>
    internal static string LastScript { get; } = string.Concat(s_last.Select(Embedded.Text));

    /// <summary>Where the build puts the libraries that draw figures.</summary>
    internal static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "web");

    /// <summary>Vega, Vega-Lite and Vega-Embed, as scripts; none if the build could not get them.</summary>
    internal static IReadOnlyList<string> Libraries(string folder)
    {
        var paths = s_libraries.Select(name => Path.Combine(folder, name)).ToList();
        return paths.TrueForAll(File.Exists) ? [.. paths.Select(path => Inline(File.ReadAllText(path)))] : [];
    }

    /// <summary>A script's text cannot hold the tag that would end it; in JavaScript the backslash means nothing there.</summary>
    private static string Inline(string script) => script
        .Replace("</script", "<\\/script", StringComparison.OrdinalIgnoreCase).Replace("<!--", "<\\!--", StringComparison.Ordinal);
}
