namespace Dfx.Data.Archives;

/// <summary>A stream that ends with an error when it gives more than it may: the guard against archives that unpack to endless zeros.</summary>
/// <param name="inner">Closed with this one.</param>
/// <param name="limit">The most bytes that may come.</param>
/// <param name="seen">Sees all bytes before the reader does.</param>
internal sealed class LimitedStream(Stream inner, long limit, Action<ReadOnlySpan<byte>> seen) : Stream
{
    private long _read;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _read;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var count = inner.Read(buffer);
        _read += count;
        if (_read > limit)
        {
            throw new InvalidDataException($"more than {limit} bytes come out of it.");
        }

        seen(buffer[..count]);
        return count;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
