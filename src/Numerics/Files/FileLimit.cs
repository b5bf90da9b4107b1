using System.Globalization;
using System.Runtime.InteropServices;

namespace Dfx.Numerics.Files;

/// <summary>
/// The limit of the size of files that <c>ulimit -f</c> sets. A write beyond it ends a .NET process without a word (SIGXFSZ); where the signal is caught, it is an
/// <see cref="ArgumentOutOfRangeException"/> that names no file.
/// </summary>
public static class FileLimit
{
    /// <summary>The code of the exception: EFBIG.</summary>
    public const int TooLarge = 27;

    private const PosixSignal Exceeded = (PosixSignal)25; // SIGXFSZ
    private const string Limits = "/proc/self/limits";
    private const string Line = "Max file size";

    /// <summary>Until it is disposed, a write beyond the limit is an exception and does not end the process.</summary>
    public static IDisposable Survive() => PosixSignalRegistration.Create(Exceeded, context => context.Cancel = true);

    /// <summary>Writes a file.</summary>
    /// <inheritdoc cref="Guard{T}(string, Func{T})"/>
    public static void Guard(string path, Action write)
    {
        ArgumentNullException.ThrowIfNull(write);
        _ = Guard(path, () =>
        {
            write();
            return true;
        });
    }

    /// <summary>Writes a file and says something of it.</summary>
    /// <param name="path">The file, for the message.</param>
    /// <param name="write">Writes it.</param>
    /// <exception cref="IOException">It would be larger than may be: its code is <see cref="TooLarge"/>.</exception>
    public static T Guard<T>(string path, Func<T> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        try
        {
            return write();
        }
        catch (ArgumentOutOfRangeException e) when (e.ParamName == "value" && IsOfAWrite(e))
        {
            var limit = Bytes() is { } bytes ? string.Create(CultureInfo.InvariantCulture, $"{bytes} bytes here (ulimit -f)") : "the file system allows";
            throw new IOException($"{path}: no file may be larger than {limit}: such a limit has to be raised", TooLarge);
        }
    }

    /// <summary>Whether .NET threw it for EFBIG, and not somebody's argument.</summary>
    private static bool IsOfAWrite(ArgumentOutOfRangeException e) => e.TargetSite?.Module.Assembly == typeof(File).Assembly;

    /// <summary>The limit in bytes; null if there is none.</summary>
    private static long? Bytes()
    {
        var line = File.Exists(Limits) ? File.ReadLines(RegularFile.Checked(Limits)).FirstOrDefault(l => l.StartsWith(Line, StringComparison.Ordinal)) : null;
        var soft = line?[Line.Length..].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
        return long.TryParse(soft, CultureInfo.InvariantCulture, out var bytes) ? bytes : null;
    }
}
