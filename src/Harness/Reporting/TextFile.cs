using System.Text;
using Dfx.Numerics.Files;

namespace Dfx.Harness.Reporting;

/// <summary>A text file: all of it or nothing, UTF-8 without a mark.</summary>
internal static class TextFile
{
    internal static void Write(string path, string text) => AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
}
