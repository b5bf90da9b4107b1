using System.IO.Compression;
using System.Text;

namespace Dfx.EndToEnd;

/// <summary>Arrays of .npz files as any program may read them: a zip of .npy files, each a header of text and the bytes.</summary>
internal static class Arrays
{
    private const int Preamble = 10;

    /// <summary>The header's text and the bytes of one array.</summary>
    internal static (string Header, byte[] Bytes) Read(string path, string name)
    {
        using var archive = ZipFile.OpenRead(path);
        using var stream = archive.GetEntry(name + ".npy")!.Open();
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        var all = memory.ToArray();
        var length = BitConverter.ToUInt16(all, 8);
        return (Encoding.Latin1.GetString(all, Preamble, length), all[(Preamble + length)..]);
    }

    /// <summary>The names of the arrays.</summary>
    internal static IReadOnlyList<string> Names(string path)
    {
        using var archive = ZipFile.OpenRead(path);
        return [.. archive.Entries.Select(entry => Path.GetFileNameWithoutExtension(entry.Name))];
    }
}
