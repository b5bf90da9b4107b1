namespace Dfx.Data.Archives;

/// <summary>Reads contents whose length is only a promise: memory grows with what is really there.</summary>
internal static class Pieces
{
    /// <summary>Reads until the promised length or the end.</summary>
    /// <returns>How many bytes were read; one more than promised if there are more.</returns>
    public static int Read(Stream stream, long promised, ref byte[] memory)
    {
        var length = 0;
        while (true)
        {
            var wanted = Math.Min(promised + 1, Math.Max(Limits.FirstPiece, 2L * length));
            if (memory.Length < wanted)
            {
                Array.Resize(ref memory, (int)wanted);
            }

            var read = stream.ReadAtLeast(memory.AsSpan(length, (int)wanted - length), (int)wanted - length, throwOnEndOfStream: false);
            length += read;
            if (length < wanted || length > promised)
            {
                return length;
            }
        }
    }
}
