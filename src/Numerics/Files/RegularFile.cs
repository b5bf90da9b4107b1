using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Dfx.Numerics.Files;

/// <summary>
/// Whether a path leads to a regular file. Opening a named pipe waits until somebody writes to it, and a device may have no end: whoever reads files that
/// others made asks here first.
/// </summary>
public static partial class RegularFile
{
    private const int CurrentFolder = -100; // AT_FDCWD
    private const uint TypeWanted = 1; // STATX_TYPE
    private const int StatxLength = 256;
    private const int ModeAt = 28; // stx_mode of struct statx, the same on every processor
    private const int TypeMask = 0xF000; // S_IFMT

    /// <summary>What a path leads to that is neither a regular file nor a folder, such as "a named pipe"; null if it is one of the two, or nothing is there.</summary>
    /// <param name="path">The path; links are followed.</param>
    public static string? Other(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return !OperatingSystem.IsLinux() ? null : (Mode(path) & TypeMask) switch
        {
            0x1000 => "a named pipe",
            0x2000 => "a device of characters",
            0x6000 => "a device of blocks",
            0xC000 => "a socket",
            _ => null,
        };
    }

    /// <summary>The path itself, for whoever opens it next.</summary>
    /// <param name="path">The path; links are followed. One where nothing is passes: opening it says so.</param>
    /// <exception cref="IOException">It leads to a named pipe, a socket or a device.</exception>
    public static string Checked(string path) => Other(path) is { } other
        ? throw new IOException($"{path} is {other}, and only regular files are read: copy what it holds into a file, and name that")
        : path;

    /// <summary>The type and permissions; 0 where nothing is, or the system does not tell.</summary>
    private static int Mode(string path)
    {
        Span<byte> facts = stackalloc byte[StatxLength];
        return Statx(CurrentFolder, path, 0, TypeWanted, ref MemoryMarshal.GetReference(facts)) == 0
            ? BinaryPrimitives.ReadUInt16LittleEndian(facts[ModeAt..])
            : 0;
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int folder, string path, int flags, uint mask, ref byte facts);
}
