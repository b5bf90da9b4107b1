namespace Dfx.Numerics.Files;

/// <summary>Reads one npy array from a source, which it owns.</summary>
internal sealed class NpyReader : ArrayReader
{
    private readonly ByteSource _source;

    private NpyReader(NpyHeader header, ByteSource source) : base(header.Layout, header.FortranOrder, source.Place) => _source = source;

    /// <summary>Reads the header; the elements follow on demand.</summary>
    /// <exception cref="TensorFileException">The header is malformed or does not fit the number of bytes.</exception>
    public static NpyReader Open(ByteSource source)
    {
        try
        {
            return new(NpyHeader.Read(source), source);
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    public override void Finish() => _source.Finish();

    public override void Dispose()
    {
        _source.Dispose();
        base.Dispose();
    }

    protected override void ReadNext(Span<byte> next) => _source.ReadExactly(next);
}
