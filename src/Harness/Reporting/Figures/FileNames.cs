using System.Globalization;
using System.Text;
using Dfx.Harness.Store;

namespace Dfx.Harness.Reporting.Figures;

/// <summary>
/// Names of files from labels. A name follows from its own labels alone, and other labels give another name: a label of small letters, digits, hyphens and slashes
/// stands as it is (with a dot for a slash); where any other is among them, or the name would be too long, the name ends with a hash of all labels.
/// </summary>
internal static class FileNames
{
    /// <summary>The longest name: room for an ending and for the draft's name within what file systems allow.</summary>
    internal const int Longest = 120;

    private const char Between = '_';
    private const int HashDigits = 8;

    /// <summary>A name such as <c>samples-fashion-mnist_generate_heun</c>.</summary>
    /// <param name="kind">What the file shows, kebab-case; each kind has a certain number of labels.</param>
    /// <param name="labels">What tells it from others of its kind.</param>
    /// <param name="setting">What else does, in words that nobody wants in a name; null for nothing.</param>
    internal static string Of(string kind, IReadOnlyList<string> labels, string? setting = null)
    {
        var name = $"{kind}-{string.Join(Between, labels.Select(Slug))}";
        if (setting is null && name.Length <= Longest && labels.All(IsPlain))
        {
            return name;
        }

        var room = Longest - HashDigits - 1;
        return $"{(name.Length <= room ? name : name[..room])}{Between}{Hash(labels.Append(setting ?? ""))}";
    }

    private static bool IsPlain(string label) => label.Length > 0 && label.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '/');

    /// <summary>The label itself if it is plain, else what is left of it without signs.</summary>
    private static string Slug(string label)
    {
        if (IsPlain(label))
        {
            return label.Replace('/', '.');
        }

        var text = string.Concat(label.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-'));
        return string.Join('-', text.Split('-', StringSplitOptions.RemoveEmptyEntries));
    }

    private static string Hash(IEnumerable<string> words)
    {
        var text = string.Concat(words.Select(word => string.Create(CultureInfo.InvariantCulture, $"{word.Length}:{word}")));
        return Checksum.Text(Encoding.UTF8.GetBytes(text))[..HashDigits];
    }
}
