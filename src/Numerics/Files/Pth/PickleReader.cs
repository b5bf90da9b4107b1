using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Dfx.Numerics.Files.Pth;

/// <summary>
/// Reads one Python pickle of protocol 2 into plain values. Nothing is executed: what a pickle names, calls or refers to goes to
/// <see cref="TorchObjects"/>, which knows tensors and refuses the rest.
/// </summary>
/// <remarks>
/// Memory is bounded by the bytes read, of which there may be 16 MiB: an opcode makes at most one small object. Tuples are arrays,
/// integers long. Source: the opcode list in Python's pickletools.
/// </remarks>
internal sealed class PickleReader(ByteSource source, TorchObjects objects)
{
    // Names and shapes of a hundred thousand tensors.
    private const long MaxLength = 16 << 20;
    private const int MaxName = 200;

    private static readonly UTF8Encoding s_text = new(false, throwOnInvalidBytes: true);
    private static readonly object?[] s_empty = [];
    private static readonly object s_true = true;
    private static readonly object s_false = false;

    private readonly List<object?> _stack = [];
    private readonly Stack<int> _marks = [];
    private readonly Dictionary<long, object?> _memo = [];
    private readonly long _start = source.Position;

    /// <summary>Reads up to the end of the pickle, and not beyond.</summary>
    /// <exception cref="TensorFileException">The pickle is damaged, or asks for anything but plain values and tensors.</exception>
    public object? Read()
    {
        for (var opcode = NextOpcode(); opcode != '.'; opcode = NextOpcode())
        {
            if (!Scalar(opcode) && !Container(opcode) && !Reference(opcode))
            {
                throw Error(string.Create(CultureInfo.InvariantCulture, $"unknown opcode 0x{(int)opcode:X2}; expected a pickle of protocol 2"));
            }
        }

        return _stack.Count == 1 && _marks.Count == 0 ? _stack[0] : throw Error($"ends with {_stack.Count} values; expected one");
    }

    private char NextOpcode() => source.Position - _start < MaxLength
        ? (char)Byte()
        : throw Error($"longer than {MaxLength} bytes; expected the names and shapes of tensors");

    private bool Scalar(char opcode)
    {
        switch (opcode)
        {
            case 'N': Push(null); return true;
            case '\x88': Push(s_true); return true;
            case '\x89': Push(s_false); return true;
            case 'K': Push((long)Byte()); return true;
            case 'M': Push((long)BinaryPrimitives.ReadUInt16LittleEndian(Bytes(2))); return true;
            case 'J': Push((long)BinaryPrimitives.ReadInt32LittleEndian(Bytes(4))); return true;
            case '\x8a': Push(Long(Byte())); return true;
            case 'G': Push(BinaryPrimitives.ReadDoubleBigEndian(Bytes(8))); return true;
            case 'U': Push(Text(Byte())); return true;
            case 'T' or 'X': Push(Text(Length())); return true;
            default: return false;
        }
    }

    private bool Container(char opcode)
    {
        switch (opcode)
        {
            case '(': _marks.Push(_stack.Count); return true;
            case ')': Push(s_empty); return true;
            case '}': Push(new PickleDict()); return true;
            case ']': Push(new PickleList()); return true;
            case 't': Push(PopMarked()); return true;
            case '\x85': Push(Pop(1)); return true;
            case '\x86': Push(Pop(2)); return true;
            case '\x87': Push(Pop(3)); return true;
            case 's': SetItems(Pop(2)); return true;
            case 'u': SetItems(PopMarked()); return true;
            case 'a': Append(Pop(1)); return true;
            case 'e': Append(PopMarked()); return true;
            default: return false;
        }
    }

    private bool Reference(char opcode)
    {
        switch (opcode)
        {
            case '\x80': CheckProtocol(Byte()); return true;
            case 'q': _memo[Byte()] = Peek(); return true;
            case 'r': _memo[Length()] = Peek(); return true;
            case 'h': Push(Recall(Byte())); return true;
            case 'j': Push(Recall(Length())); return true;
            case 'c': Push(Global()); return true;
            case 'R': Call(Pop(2)); return true;
            case 'Q': Push(objects.Persistent(Pop(1)[0])); return true;
            case 'b': IgnoreState(Pop(1)[0]); return true;
            default: return false;
        }
    }

    private PickleGlobal Global()
    {
        var module = Line();
        return objects.Global($"{module}.{Line()}");
    }

    private void Call(object?[] pair) => Push(pair is [PickleGlobal function, object?[] arguments]
        ? objects.Call(function, arguments)
        : throw Error("calls what is no function"));

    // The state of an OrderedDict is the _metadata of a state dict: versions of layers, which no tensor depends on.
    private void IgnoreState(object? state)
    {
        if (Peek() is not PickleDict || state is not PickleDict)
        {
            throw Error("sets the state of an object that is no dict");
        }
    }

    private void SetItems(object?[] items)
    {
        if (Peek() is not PickleDict dict || items.Length % 2 != 0)
        {
            throw Error("sets items of what is no dict");
        }

        for (var i = 0; i < items.Length; i += 2)
        {
            dict.Add(items[i], items[i + 1]);
        }
    }

    private void Append(object?[] items)
    {
        var list = Peek() as PickleList ?? throw Error("appends to what is no list");
        Array.ForEach(items, list.Add);
    }

    private void CheckProtocol(byte protocol)
    {
        if (protocol != 2)
        {
            throw Error($"a pickle of protocol {protocol}; expected 2, which torch.save writes unless told otherwise");
        }
    }

    private object? Recall(long index) => _memo.TryGetValue(index, out var value) ? value : throw Error($"recalls entry {index}, which was never stored");

    private void Push(object? value) => _stack.Add(value);

    private object? Peek() => _stack.Count > Floor ? _stack[^1] : throw Error("needs a value where there is none");

    // What lies below the last mark belongs to an outer container.
    private int Floor => _marks.TryPeek(out var mark) ? mark : 0;

    private object?[] Pop(int count) => _stack.Count - Floor >= count
        ? Take(_stack.Count - count)
        : throw Error($"needs {count} values where there are fewer");

    private object?[] PopMarked() => _marks.TryPop(out var mark) ? Take(mark) : throw Error("closes a container that was never opened");

    private object?[] Take(int from)
    {
        object?[] taken = from == _stack.Count ? s_empty : [.. CollectionsMarshal.AsSpan(_stack)[from..]];
        _stack.RemoveRange(from, taken.Length);
        return taken;
    }

    private byte Byte()
    {
        Span<byte> one = stackalloc byte[1];
        source.ReadExactly(one);
        return one[0];
    }

    private byte[] Bytes(long count)
    {
        if (count > source.Remaining)
        {
            throw Error($"a value of {count} bytes, of which the file has {source.Remaining}");
        }

        var bytes = new byte[count];
        source.ReadExactly(bytes);
        return bytes;
    }

    private long Length() => BinaryPrimitives.ReadUInt32LittleEndian(Bytes(4));

    // Two's complement, little-endian, as few bytes as will do.
    private long Long(byte count)
    {
        if (count > sizeof(long))
        {
            throw Error($"an integer of {count} bytes; expected at most {sizeof(long)}");
        }

        var bytes = Bytes(count);
        var value = count > 0 && bytes[^1] >= 0x80 ? -1L : 0;
        for (var i = count - 1; i >= 0; i--)
        {
            value = (value << 8) | bytes[i];
        }

        return value;
    }

    private string Text(long length)
    {
        if (length > MaxLength)
        {
            throw Error($"a text of {length} bytes; expected at most {MaxLength}");
        }

        return Decode(Bytes(length));
    }

    private string Line()
    {
        Span<byte> line = stackalloc byte[MaxName];
        for (var length = 0; length < MaxName; length++)
        {
            line[length] = Byte();
            if (line[length] == '\n')
            {
                return Decode(line[..length]);
            }
        }

        throw Error($"a name of more than {MaxName} bytes");
    }

    private string Decode(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return s_text.GetString(bytes);
        }
        catch (DecoderFallbackException e)
        {
            throw Error("a text that is no UTF-8", e);
        }
    }

    private TensorFileException Error(string problem, Exception? inner = null) =>
        source.Error($"the pickle at byte {_start}, read up to byte {source.Position}: {problem}", inner);
}
