using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Dfx.Harness.Execution.Worker;

/// <summary>The few calls of the C library that processes need of each other.</summary>
internal static partial class Posix
{
    private const int Kill = 9;
    private const int CloneFlags = 1030; // F_DUPFD_CLOEXEC
    private const int Interrupted = 4; // EINTR
    private const int ParentDeathSignal = 1; // PR_SET_PDEATHSIG

    /// <summary>A copy of a descriptor that programs started from here do not inherit.</summary>
    internal static int Duplicate(int descriptor) => Checked(Fcntl(descriptor, CloneFlags, 3), "fcntl");

    /// <summary>Makes <paramref name="target"/> mean what <paramref name="source"/> means.</summary>
    internal static void Replace(int source, int target) => Checked(Dup2(source, target), "dup2");

    /// <summary>A session, and so a process group, of one's own: it can be ended as a whole.</summary>
    internal static void OwnSession() => _ = Setsid();

    /// <summary>Asks the system to end this process when the thread that started it ends.</summary>
    internal static void DieWithParent() => _ = Prctl(ParentDeathSignal, Kill, 0, 0, 0);

    /// <summary>Ends a process and the group that it leads, at once; ones that are gone are no error.</summary>
    internal static void EndGroup(int process)
    {
        _ = KillProcess(-process, Kill);
        _ = KillProcess(process, Kill);
    }

    /// <summary>Writes all bytes to a descriptor.</summary>
    /// <exception cref="IOException">They cannot be written; its code is the system's.</exception>
    internal static void Write(int descriptor, ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var written = WriteSome(descriptor, ref MemoryMarshal.GetReference(bytes), bytes.Length);
            var error = written < 0 ? Marshal.GetLastPInvokeError() : 0;
            if (error is not (0 or Interrupted))
            {
                throw new IOException(Marshal.GetPInvokeErrorMessage(error), error);
            }

            bytes = bytes[(int)Math.Max(0, written)..];
        }
    }

    /// <summary>Ends this process at once: nothing that other threads hold can keep it, and nothing is run or written any more.</summary>
    internal static void ExitNow(int code) => Exit(code);

    private static int Checked(int result, string call) =>
        result >= 0 ? result : throw new Win32Exception(Marshal.GetLastPInvokeError(), $"{call} failed");

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Fcntl(int descriptor, int command, int argument);

    [LibraryImport("libc", EntryPoint = "dup2", SetLastError = true)]
    private static partial int Dup2(int source, int target);

    [LibraryImport("libc", EntryPoint = "setsid", SetLastError = true)]
    private static partial int Setsid();

    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true)]
    private static partial int Prctl(int option, nuint a, nuint b, nuint c, nuint d);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int KillProcess(int process, int signal);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint WriteSome(int descriptor, ref byte bytes, nint count);

    [LibraryImport("libc", EntryPoint = "_exit")]
    private static partial void Exit(int code);
}
