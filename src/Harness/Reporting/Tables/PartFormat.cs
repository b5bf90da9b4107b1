using System.Text;

namespace Dfx.Harness.Reporting.Tables;

/// <summary>Puts the numbers of one place together.</summary>
internal static class PartFormat
{
    /// <summary><c>{0}</c> is the first number, <c>{1:+}</c> the second with its sign; nothing if all of them are missing.</summary>
    internal static string Of(string? format, IReadOnlyList<string> parts)
    {
        if (parts.All(part => part.Length == 0))
        {
            return "";
        }

        var text = new StringBuilder(format ?? string.Join(' ', parts.Select((_, i) => $"{{{i}}}")));
        for (var i = 0; i < parts.Count; i++)
        {
            var part = parts[i].Length > 0 ? parts[i] : "–";
            text.Replace($"{{{i}:+}}", Signed(part)).Replace($"{{{i}}}", part);
        }

        return text.ToString();
    }

    private static string Signed(string part) => char.IsAsciiDigit(part[0]) ? $"+{part}" : part.Replace('-', '−');
}
