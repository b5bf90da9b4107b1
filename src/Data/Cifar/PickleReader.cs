using System.Buffers.Binary;
using System.Text;
using Dfx.Sdk;

namespace Dfx.Data.Cifar;

/// <summary>
/// Reads the pickles of CIFAR-10's python archive. It builds dictionaries, lists, tuples, strings, whole numbers and numpy arrays of uint8,
/// and refuses everything else by its name: no code that a pickle names is ever run.
/// </summary>
/// <remarks>
/// Source: the opcodes in the documentation of Python's pickletools. Strings of Python 2 have no encoding; they are read as latin-1, in
/// which a character is a byte.
/// </remarks>
internal sealed class PickleReader
{
    private const int MaxDepth = 1000;

    private readonly byte[] _bytes;
    private readonly string _path;
    private readonly Stack<object?> _stack = new();
    private readonly Dictionary<uint, object?> _memo = [];
    private int _at;

    private PickleReader(byte[] bytes, string path) => (_bytes, _path) = (bytes, path);

    /// <summary>Reads a pickle.</summary>
    /// <returns>Dictionary&lt;object, object?&gt;, List&lt;object?&gt;, object?[] for tuples, string, long, bool, byte[], <see cref="PickledArray"/> or null.</returns>
    /// <exception cref="DataUnavailableException">It is damaged, or needs something else.</exception>
    public static object? Read(byte[] bytes, string path)
    {
        var reader = new PickleReader(bytes, path);
        try
        {
            return reader.Run();
        }
        catch (Exception error) when (error is InvalidOperationException or InvalidCastException or ArgumentException or OverflowException
            or KeyNotFoundException or NullReferenceException or IndexOutOfRangeException)
        {
            throw new DataUnavailableException($"{path}: broken pickle at byte {reader._at}: {error.Message}", error);
        }
    }

    private object? Run()
    {
        while (true)
        {
            var opcode = (char)Byte();
            if (opcode == '.')
            {
                return _stack.Pop();
            }

            if (!Constant(opcode) && !Memo(opcode) && !Build(opcode))
            {
                throw Refused($"opcode 0x{(int)opcode:x2}");
            }

            if (_stack.Count > MaxDepth + _bytes.Length)
            {
                throw Refused("a stack without end");
            }
        }
    }

    private bool Constant(char opcode)
    {
        switch (opcode)
        {
            case '\x80': Take(1); return true;
            case '\x95': Take(sizeof(ulong)); return true;
            case 'N': _stack.Push(null); return true;
            case '\x88': _stack.Push(true); return true;
            case '\x89': _stack.Push(false); return true;
            case 'K': _stack.Push((long)Byte()); return true;
            case 'M': _stack.Push((long)BinaryPrimitives.ReadUInt16LittleEndian(Take(sizeof(ushort)))); return true;
            case 'J': _stack.Push((long)BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)))); return true;
            case 'U': _stack.Push(Encoding.Latin1.GetString(Take(Byte()))); return true;
            case 'T': _stack.Push(Encoding.Latin1.GetString(Take(Length()))); return true;
            case 'X': _stack.Push(Encoding.UTF8.GetString(Take(Length()))); return true;
            case '\x8c': _stack.Push(Encoding.UTF8.GetString(Take(Byte()))); return true;
            case 'C': _stack.Push(Take(Byte()).ToArray()); return true;
            case 'B': _stack.Push(Take(Length()).ToArray()); return true;
            default: return false;
        }
    }

    private bool Memo(char opcode)
    {
        switch (opcode)
        {
            case 'q': _memo[Byte()] = _stack.Peek(); return true;
            case 'r': _memo[(uint)Length()] = _stack.Peek(); return true;
            case '\x94': _memo[(uint)_memo.Count] = _stack.Peek(); return true;
            case 'h': _stack.Push(_memo[Byte()]); return true;
            case 'j': _stack.Push(_memo[(uint)Length()]); return true;
            default: return false;
        }
    }

    private bool Build(char opcode)
    {
        switch (opcode)
        {
            case '(': _stack.Push(Mark.Instance); return true;
            case '}': _stack.Push(new Dictionary<object, object?>()); return true;
            case ']': _stack.Push(new List<object?>()); return true;
            case ')': _stack.Push(Array.Empty<object?>()); return true;
            case 't': _stack.Push(ToMark()); return true;
            case '\x85' or '\x86' or '\x87': _stack.Push(Last(opcode - '\x84')); return true;
            case 'a': Append(Last(1)); return true;
            case 'e': Append(ToMark()); return true;
            case 's': SetItems(Last(2)); return true;
            case 'u': SetItems(ToMark()); return true;
            case 'c': _stack.Push(Global(Line(), Line())); return true;
            case 'R': Reduce(); return true;
            case 'b': SetState(); return true;
            default: return false;
        }
    }

    private void Append(object?[] items) => ((List<object?>)_stack.Peek()!).AddRange(items);

    private void SetItems(object?[] items)
    {
        var target = (Dictionary<object, object?>)_stack.Peek()!;
        for (var i = 0; i + 1 < items.Length; i += 2)
        {
            var key = items[i] is string or long ? items[i]! : throw Refused("a key that is no string");
            target[key] = items[i + 1];
        }
    }

    private Callable Global(string module, string name) => $"{module} {name}" switch
    {
        "numpy.core.multiarray _reconstruct" or "numpy._core.multiarray _reconstruct" => Callable.Reconstruct,
        "numpy ndarray" => Callable.Array,
        "numpy dtype" => Callable.Type,
        "_codecs encode" => Callable.Encode,
        _ => throw Refused($"{module}.{name}"),
    };

    private void Reduce()
    {
        var arguments = (object?[])_stack.Pop()!;
        _stack.Push((Callable)_stack.Pop()! switch
        {
            Callable.Reconstruct when arguments is [Callable.Array, ..] => new PickledArray(),
            Callable.Type when arguments is ["u1", ..] => Callable.UInt8,
            Callable.Type => throw Refused($"a numpy array of {arguments.FirstOrDefault()}"),
            Callable.Encode when arguments is [string text, "latin1"] => Encoding.Latin1.GetBytes(text),
            _ => throw Refused("a call of something else"),
        });
    }

    // (version, shape, dtype, is it in Fortran's order, bytes) for an array; a dtype's state says nothing more of single bytes.
    private void SetState()
    {
        var state = (object?[])_stack.Pop()!;
        if (_stack.Peek() is PickledArray array)
        {
            var bytes = state[4] as byte[] ?? Encoding.Latin1.GetBytes((string)state[4]!);
            array.Fill([.. ((object?[])state[1]!).Select(extent => checked((int)(long)extent!))], bytes, state[2] is Callable.UInt8 && state[3] is false);
        }
        else if (_stack.Peek() is not Callable.UInt8)
        {
            throw Refused("the state of something else");
        }
    }

    private object?[] Last(int count)
    {
        var items = new object?[count];
        for (var i = count - 1; i >= 0; i--)
        {
            items[i] = _stack.Pop();
        }

        return items;
    }

    private object?[] ToMark()
    {
        var items = new List<object?>();
        while (_stack.Pop() is var item && item != Mark.Instance)
        {
            items.Add(item);
        }

        items.Reverse();
        return [.. items];
    }

    private string Line()
    {
        var end = _bytes.AsSpan(_at).IndexOf((byte)'\n');
        var line = Encoding.ASCII.GetString(Take(end >= 0 ? end : throw new ArgumentException("a name without end")));
        Take(1);
        return line.Length <= 100 ? line : throw new ArgumentException("a name of more than 100 characters");
    }

    private byte Byte() => Take(1)[0];

    private int Length() => BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)));

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count < 0 || count > _bytes.Length - _at)
        {
            throw new ArgumentException($"{count} bytes were expected, {_bytes.Length - _at} are left");
        }

        _at += count;
        return _bytes.AsSpan(_at - count, count);
    }

    private DataUnavailableException Refused(string what) =>
        new($"{_path}: the pickle has {what} at byte {_at}; expected dictionaries, lists, strings, whole numbers and arrays of uint8.");

    private enum Callable
    {
        Reconstruct,
        Array,
        Type,
        UInt8,
        Encode,
    }

    private sealed class Mark
    {
        public static readonly Mark Instance = new();
    }
}
