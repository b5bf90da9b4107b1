using System.Runtime.InteropServices;

namespace Dfx.Numerics.Files;

/// <summary>What Linux knows of a file or folder beyond what .NET tells: a system call whose answer has the same layout on every processor.</summary>
internal static partial class FileFacts
{
    /// <summary>The owner, a number of 32 bits.</summary>
    internal static readonly Fact Owner = new(8, 20); // STATX_UID, stx_uid

    /// <summary>Type and permissions, a number of 16 bits.</summary>
    internal static readonly Fact Mode = new(1, 28); // STATX_TYPE, stx_mode

    private const int CurrentFolder = -100; // AT_FDCWD
    private const int LinkItself = 0x100; // AT_SYMLINK_NOFOLLOW
    private const int Length = 256; // sizeof(struct statx)

    /// <summary>A fact of a path; null where nothing is, or the system does not tell.</summary>
    /// <typeparam name="T">The number that it is.</typeparam>
    /// <param name="fact">The fact.</param>
    /// <param name="path">The path.</param>
    /// <param name="follow">Whether a link stands for what it leads to.</param>
    internal static T? Of<T>(Fact fact, string path, bool follow)
        where T : unmanaged
    {
        Span<byte> facts = stackalloc byte[Length];
        return Statx(CurrentFolder, path, follow ? 0 : LinkItself, fact.Mask, ref MemoryMarshal.GetReference(facts)) == 0 ? MemoryMarshal.Read<T>(facts[fact.At..]) : null;
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int folder, string path, int flags, uint mask, ref byte facts);

    /// <param name="Mask">What the call is asked for.</param>
    /// <param name="At">Where it stands in the answer.</param>
    internal readonly record struct Fact(uint Mask, int At);
}
