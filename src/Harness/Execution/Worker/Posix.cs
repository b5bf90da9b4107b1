using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Dfx.Harness.Execution.Worker;

/// <summary>The few calls of the C library that processes need of each other.</summary>
internal static partial class Posix
{
    private const int Kill = 9;
    private const int CloneFlags = 1030; // F_DUPFD_CLOEXEC
    private const int Interrupted = 4; // EINTR
    private const int Stop = 19; // SIGSTOP
    private const int ChildSubreaper = 36; // PR_SET_CHILD_SUBREAPER
    private const int ParentDeathSignal = 1; // PR_SET_PDEATHSIG
    private const int SignalInfoSize = 128; // siginfo_t
    private const int AllProcesses = 0; // P_ALL
    private const int WaitNot = 1; // WNOHANG
    private const int WaitExited = 4; // WEXITED
    private const int WaitKeep = 0x01000000; // WNOWAIT
    private const short PollIn = 1; // POLLIN
    private const nuint BytesWaiting = 0x541B; // FIONREAD

    /// <summary>A copy of a descriptor that programs started from here do not inherit.</summary>
    internal static int Duplicate(int descriptor) => Checked(Fcntl(descriptor, CloneFlags, 3), "fcntl");

    /// <summary>Makes <paramref name="target"/> mean what <paramref name="source"/> means.</summary>
    internal static void Replace(int source, int target) => Checked(Dup2(source, target), "dup2");

    /// <summary>A session, and so a process group, of one's own: it can be ended as a whole.</summary>
    internal static void OwnSession() => _ = Setsid();

    /// <summary>Asks the system to end this process when the thread that started it ends.</summary>
    internal static void DieWithParent() => _ = Prctl(ParentDeathSignal, Kill, 0, 0, 0);

    /// <summary>Waits until a pipe has something to read, or has ended.</summary>
    internal static void AwaitData(SafeHandle pipe)
    {
        var file = new PollFile((int)pipe.DangerousGetHandle(), PollIn, 0);
        _ = Poll(ref file, 1, -1);
    }

    /// <summary>How many bytes a pipe has that nobody has read; 0 once it is closed.</summary>
    internal static int Waiting(SafeHandle pipe) => !pipe.IsClosed && Ioctl((int)pipe.DangerousGetHandle(), BytesWaiting, out var count) == 0 ? count : 0;

    /// <summary>Whether this process has started others that are there, or orphans of such.</summary>
    internal static unsafe bool HasChildren()
    {
        var unused = stackalloc byte[SignalInfoSize];
        return WaitId(AllProcesses, 0, unused, WaitExited | WaitNot | WaitKeep) == 0;
    }

    /// <summary>Makes orphans of what this process starts its own children, as long as it is there.</summary>
    internal static void AdoptOrphans() => _ = Prctl(ChildSubreaper, 1, 0, 0, 0);

    /// <summary>Stops a process: it goes on, or can be ended, but starts nothing meanwhile.</summary>
    internal static void Halt(int process) => _ = process > 1 ? KillProcess(process, Stop) : 0;

    /// <summary>Ends a process at once.</summary>
    internal static void End(int process) => _ = process > 1 ? KillProcess(process, Kill) : 0;

    /// <summary>Takes note that a child has ended, which the system waits for; one that has not is left alone.</summary>
    internal static void Reap(int process) => _ = WaitPid(process, 0, WaitNot);

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

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static partial int Poll(ref PollFile files, nuint count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Ioctl(int descriptor, nuint request, out int value);

    [LibraryImport("libc", EntryPoint = "waitpid", SetLastError = true)]
    private static partial int WaitPid(int process, nint status, int options);

    [LibraryImport("libc", EntryPoint = "waitid", SetLastError = true)]
    private static unsafe partial int WaitId(int kind, int id, byte* info, int options);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int KillProcess(int process, int signal);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint WriteSome(int descriptor, ref byte bytes, nint count);

    [LibraryImport("libc", EntryPoint = "_exit")]
    private static partial void Exit(int code);

    [StructLayout(LayoutKind.Sequential)]
    private struct PollFile(int descriptor, short wanted, short seen)
    {
        public int Descriptor = descriptor;
        public short Wanted = wanted;
        public short Seen = seen;
    }
}
