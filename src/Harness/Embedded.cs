using System.Reflection;
using System.Text;

namespace Dfx.Harness;

/// <summary>Files that are inside of this assembly: scripts, the page's style, the figures' font.</summary>
internal static class Embedded
{
    /// <summary>A file's content.</summary>
    internal static byte[] Bytes(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>A file's text, in UTF-8.</summary>
    internal static string Text(string name) => Encoding.UTF8.GetString(Bytes(name));
}
