using System.Buffers.Binary;
using System.Text;
using Dfx.Sdk;

namespace Dfx.Data.Cifar;

/// <summary>
/// Reads the pickles of CIFAR-10's python archive. It builds dictionaries, lists, tuples, strings, whole numbers and numpy arrays of uint8,
/// and refuses everything else by its name: no code that a pickle names is ever run.
/// </summary>
/// <remarks>
/// Source: the opcodes of protocols 2 to 5 in the documentation of Python's pickletools. Strings of Python 2 have no encoding; they are read as
/// latin-1, in which a character is a byte.
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
            case '\x8d': _stack.Push(Encoding.UTF8.GetString(Take(LongLength()))); return true;
            case '\x8e' or '\x96': _stack.Push(Take(LongLength()).ToArray()); return true;
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
            case 'c': _stack.Push(PickledCalls.Find(Line(), Line(), Refused)); return true;
            case '\x93': _stack.Push(Last(2) is [string module, string name] ? PickledCalls.Find(module, name, Refused) : throw Refused("a global without name")); return true;
            case 'R': Call(); return true;
            case 'b': SetState(_stack.Pop()); return true;
            default: return false;
        }
    }

    private void Append(object?[] items) => ((List<object?>)_stack.Peek()!).AddRange(items);

    private void SetItems(object?[] items)
    {
        var target = (Dictionary<object, object?>)_stack.Peek()!;
        for (var i = 0; i + 1 < items.Length; i += 2)
        {
            target[items[i] switch
            {
                string or long => items[i]!,
                byte[] bytes => Encoding.Latin1.GetString(bytes), // as load(encoding='bytes') gives them
                _ => throw Refused("a key that is no string"),
            }] = items[i + 1];
        }
    }

    private void Call()
    {
        var arguments = (object?[])_stack.Pop()!;
        _stack.Push(PickledCalls.Make((PickledCall)_stack.Pop()!, arguments, Refused));
    }

    private void SetState(object? state) => PickledCalls.SetState(_stack.Peek(), (object?[])state!, Refused);

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

    private int LongLength() => checked((int)BinaryPrimitives.ReadUInt64LittleEndian(Take(sizeof(ulong))));

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
        new($"{_path}: the pickle has {what} at byte {_at}; expected dictionaries, lists, strings, whole numbers and arrays of uint8. {CifarBatch.WayOut}");

    private sealed class Mark
    {
        public static readonly Mark Instance = new();
    }
}
