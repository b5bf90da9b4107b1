using System.Runtime.InteropServices;

namespace Dfx.Harness.Store;

/// <summary>Who owns a file, by the system's number of the user.</summary>
internal static partial class FileOwner
{
    private const int CurrentFolder = -100; // AT_FDCWD
    private const int LinkItself = 0x100; // AT_SYMLINK_NOFOLLOW
    private const uint Owner = 8; // STATX_UID
    private const int OwnerAt = 20; // stx_uid in struct statx, which is the same on every processor
    private const int Length = 256;

    /// <summary>The user of this process.</summary>
    internal static uint Self => GetEuid();

    /// <summary>The owner of a file or folder; null where the system does not tell.</summary>
    internal static uint? Of(string path)
    {
        Span<byte> facts = stackalloc byte[Length];
        return Statx(CurrentFolder, path, LinkItself, Owner, ref MemoryMarshal.GetReference(facts)) == 0 ? MemoryMarshal.Read<uint>(facts[OwnerAt..]) : null;
    }

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int folder, string path, int flags, uint mask, ref byte facts);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint GetEuid();
}
