using System.Text.RegularExpressions;

namespace Dfx.EndToEnd;

/// <summary>A page of docs/ whose fenced blocks are files: the words behind a fence are a language and the file's name.</summary>
internal sealed partial class Guide
{
    private readonly string _folder;
    private readonly string _text;
    private readonly Dictionary<string, string> _blocks;

    /// <summary>Reads a page.</summary>
    /// <param name="page">Its path from the checkout.</param>
    internal Guide(string page)
    {
        var path = Path.Combine(Desk.Root, page);
        (_folder, _text) = (Path.GetDirectoryName(path)!, File.ReadAllText(path));
        _blocks = Fence().Matches(_text).ToDictionary(m => m.Groups["name"].Value, m => m.Groups["body"].Value);
    }

    /// <summary>A block, as it stands on the page.</summary>
    internal string this[string name] => _blocks.TryGetValue(name, out var body)
        ? body
        : throw new KeyNotFoundException($"the page has no block {name}, only {string.Join(", ", _blocks.Keys)}");

    /// <summary>Links to files and folders that are not there.</summary>
    internal IEnumerable<string> BrokenLinks() => Link().Matches(_text)
        .Select(m => m.Groups["target"].Value)
        .Where(target => !target.Contains("://", StringComparison.Ordinal) && !Path.Exists(Path.Combine(_folder, target)));

    [GeneratedRegex(@"^(?<indent> *)```\w+ (?<name>\S+)\n(?<body>.*?)^\k<indent>```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"\]\((?<target>[^)#\s]+)[^)]*\)")]
    private static partial Regex Link();
}
