using System.Buffers;
using System.Text;

namespace Dfx.Harness.Execution.Host;

/// <summary>Lines of a stream that anyone may have written to: empty ones are passed over, and so are ones that no message is as long as.</summary>
internal sealed class BoundedLines(Stream stream)
{
    /// <summary>More bytes than any message has.</summary>
    internal const int Longest = 16 << 20;

    private readonly byte[] _buffer = new byte[1 << 14];
    private readonly ArrayBufferWriter<byte> _line = new();
    private int _start;
    private int _end;
    private bool _isTooLong;

    /// <summary>The next line; null at the end of the stream.</summary>
    internal async Task<string?> Next()
    {
        while (true)
        {
            if (_start == _end)
            {
                (_start, _end) = (0, await stream.ReadAsync(_buffer).ConfigureAwait(false));
                if (_end == 0)
                {
                    return null;
                }
            }

            if (TakeLine() is { Length: > 0 } line)
            {
                return line;
            }
        }
    }

    /// <summary>The line that ends in the buffer; null if none does, empty if it is of no use.</summary>
    private string? TakeLine()
    {
        var rest = _buffer.AsSpan(_start, _end - _start);
        var length = rest.IndexOf((byte)'\n');
        var part = length < 0 ? rest : rest[..length];
        _isTooLong |= _line.WrittenCount + part.Length > Longest;
        if (!_isTooLong)
        {
            _line.Write(part);
        }

        _start += length < 0 ? part.Length : length + 1;
        return length < 0 ? null : Ended();
    }

    private string Ended()
    {
        var line = _isTooLong ? "" : Encoding.UTF8.GetString(_line.WrittenSpan).TrimEnd('\r');
        _isTooLong = false;
        _line.ResetWrittenCount();
        return line;
    }
}
