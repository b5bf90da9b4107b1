using System.Buffers.Binary;

namespace Dfx.Elf;

/// <summary>
/// TorchSharp's glue (libLibTorchSharp.so, 0.107.0) names one version of libstdc++'s symbols that Debian 12 and Ubuntu 22.04 lack, and binds
/// nothing to it but a marker that nothing calls. Marked weak, the loader accepts a libstdc++ without it.
/// </summary>
internal static class WeakVersion
{
    /// <summary>VER_FLG_WEAK.</summary>
    internal const ushort Flag = 2;

    // <iostream> of GCC 13 refers to it to have libstdc++ initialise its streams, which every libstdc++ does by itself.
    private const string Marker = "_ZSt21ios_base_library_initv";
    private const string Library = "libstdc++.so.6";

    /// <summary>The bytes of the glue, marked; null if no version is missing that is not marked already.</summary>
    /// <param name="glue">The bytes of libLibTorchSharp.so.</param>
    /// <param name="present">The versions that libstdc++ defines; null to mark whatever may be marked, for a machine that is not known yet.</param>
    /// <exception cref="InvalidDataException">The file is damaged, or the glue calls something that this libstdc++ lacks.</exception>
    internal static byte[]? Mark(byte[] glue, IReadOnlySet<string>? present)
    {
        var missing = new ElfVersions(glue).Needs.Where(n => n.Library == Library && !n.IsWeak).ToList();
        missing = [.. present is null ? missing.Where(IsMarkerAlone) : missing.Where(n => !present.Contains(n.Version))];
        if (missing.FirstOrDefault(n => !IsMarkerAlone(n)) is { } called)
        {
            throw new InvalidDataException($"it needs {called.Version} of {Library} for {string.Join(", ", called.Symbols.Take(3))}, which this system lacks");
        }

        if (missing.Count == 0)
        {
            return null;
        }

        var marked = glue.ToArray();
        foreach (var need in missing)
        {
            var flags = marked.AsSpan(need.FlagsOffset, 2);
            BinaryPrimitives.WriteUInt16LittleEndian(flags, (ushort)(BinaryPrimitives.ReadUInt16LittleEndian(flags) | Flag));
        }

        return marked;
    }

    /// <summary>The path of this process's libstdc++: the runtime itself is written in C++.</summary>
    internal static string? SystemLibrary() => File.ReadLines("/proc/self/maps")
        .Select(line => line[(line.LastIndexOf(' ') + 1)..])
        .FirstOrDefault(path => Path.GetFileName(path).StartsWith("libstdc++.so", StringComparison.Ordinal));

    private static bool IsMarkerAlone(NeededVersion need) => need.Symbols.All(s => s == Marker);
}
