using System.Runtime.InteropServices;
using Dfx.Numerics.Files;

namespace Dfx.Harness.Store;

/// <summary>Who owns a file, by the system's number of the user.</summary>
internal static partial class FileOwner
{
    /// <summary>The user of this process.</summary>
    internal static uint Self => GetEuid();

    /// <summary>The owner of a file or folder, of a link itself; null where the system does not tell.</summary>
    internal static uint? Of(string path) => FileFacts.Of<uint>(FileFacts.Owner, path, follow: false);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint GetEuid();
}
