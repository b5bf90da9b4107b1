using System.Diagnostics;

namespace Dfx.Numerics.Tests.Files;

/// <summary>A kind of file: sound examples, what damages them, and what reads them.</summary>
/// <param name="Name">What the kind is called.</param>
/// <param name="Seeds">Sound files.</param>
/// <param name="Damage">Damages the first of two files, perhaps with a piece of the second.</param>
/// <param name="Read">Reads a file; the bytes of the content that it found, as far as they justify more memory.</param>
/// <param name="Refuses">Whether an exception is how the reader refuses a file.</param>
internal sealed record FuzzedKind(
    string Name, IReadOnlyList<byte[]> Seeds, Func<Mutator, byte[], byte[], byte[]> Damage, Func<byte[], long> Read, Func<Exception, bool> Refuses)
{
    /// <summary>The bytes that a reader may allocate for any file.</summary>
    internal long Allowance { get; init; } = long.MaxValue >> 1;

    /// <summary>The bytes that it may allocate besides for a byte of the file (or of the seed's content, if that is more).</summary>
    internal long BytesPerByte { get; init; } = 8;
}

/// <summary>Damages files of a kind one after the other and reads them: each must be read or refused, soon, and without more memory than it justifies.</summary>
internal sealed class Fuzz
{
    private const int Factor = 8;

    // A file takes less than a millisecond; this only tells a hang from a busy machine.
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(5);

    private readonly FuzzedKind _kind;
    private readonly Mutator _mutator;
    private readonly long[] _contents;

    /// <exception cref="InvalidDataException">The reader refuses all sound files. It may refuse some, such as an animation where it wants an image.</exception>
    internal Fuzz(FuzzedKind kind, int seed)
    {
        (_kind, _mutator) = (kind, new(seed));
        var contents = kind.Seeds.Select(file => Measure(file).Content).ToList();
        _contents = contents.Any(content => content is not null) ? [.. contents.Select(content => content ?? 0)] : throw new InvalidDataException($"{kind.Name}: sound files are refused");
    }

    /// <summary>Files that were damaged.</summary>
    internal int Files { get; private set; }

    /// <summary>Those that could still be read.</summary>
    internal int Readable { get; private set; }

    /// <summary>Damages one more file and reads it.</summary>
    /// <returns>What was wrong with how it was read, with the file; null if it was read or refused as it should.</returns>
    internal string? Next()
    {
        var chosen = _mutator.Next(_kind.Seeds.Count);
        var file = _kind.Seeds[chosen];
        for (var rounds = _mutator.Next(4) == 0 ? 2 : 1; rounds > 0 && file.Length > 0; rounds--)
        {
            file = _kind.Damage(_mutator, file, _mutator.Pick(_kind.Seeds));
        }

        Files++;
        try
        {
            var limit = _kind.Allowance + (_kind.BytesPerByte * Math.Max(file.Length, _contents[chosen]));
            var seen = Measure(file);
            // What a process needs once, such as the texts of its first error, is not the file's doing.
            seen = IsTooMuch(seen) ? Measure(file) : seen;
            Readable += seen.Content is null ? 0 : 1;
            return IsTooMuch(seen) ? Words($"{seen.Allocated} bytes allocated, {seen.Time}", file) : null;

            bool IsTooMuch((long? Content, long Allocated, TimeSpan Time) s) => s.Allocated > limit + (Factor * (s.Content ?? 0)) || s.Time > s_limit;
        }
        catch (Exception e)
        {
            return Words(e.ToString(), file);
        }
    }

    private (long? Content, long Allocated, TimeSpan Time) Measure(byte[] file)
    {
        long? content = null;
        var (time, before) = (Stopwatch.StartNew(), GC.GetAllocatedBytesForCurrentThread());
        try
        {
            content = _kind.Read(file);
        }
        catch (Exception e) when (_kind.Refuses(e))
        {
            // Refused, which is as good.
        }

        return (content, GC.GetAllocatedBytesForCurrentThread() - before, time.Elapsed);
    }

    private string Words(string what, byte[] file) => $"{_kind.Name}, file {Files}: {what}; {file.Length} bytes:\n{Convert.ToBase64String(file)}";
}
