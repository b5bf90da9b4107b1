using System.Security.Cryptography;
using System.Text;

namespace Dfx.Harness.Planning;

/// <summary>The key of a job: SHA-256 over names and values, each with its length before it, so that no two lists of parts look alike.</summary>
internal static class JobKey
{
    internal static string Of(JobKind kind, IEnumerable<KeyValuePair<string, string>> parts)
    {
        var text = new StringBuilder();
        Append(text, "kind", kind.ToString());
        foreach (var (name, value) in parts)
        {
            Append(text, name, value);
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static void Append(StringBuilder text, string name, string value) =>
        text.Append(name.Length).Append(':').Append(name).Append(value.Length).Append(':').Append(value);
}
