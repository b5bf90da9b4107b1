using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;

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
    private static readonly object?[] s_empty = [];
    private static readonly object s_true = true;
    private static readonly object s_false = false;

    private readonly List<object?> _stack = [];
    private readonly Stack<int> _marks = [];
    private readonly Dictionary<long, object?> _memo = [];
    private readonly PickleInput _input = new(source);

    /// <summary>Reads up to the end of the pickle, and not beyond.</summary>
    /// <exception cref="TensorFileException">The pickle is damaged, or asks for anything but plain values and tensors.</exception>
    public object? Read()
    {
        for (var opcode = _input.Opcode(); opcode != '.'; opcode = _input.Opcode())
        {
            if (!Scalar(opcode) && !Container(opcode) && !Reference(opcode))
            {
                throw _input.Error(string.Create(CultureInfo.InvariantCulture, $"unknown opcode 0x{(int)opcode:X2}; expected a pickle of protocol 2"));
            }
        }

        return _stack.Count == 1 && _marks.Count == 0 ? _stack[0] : throw _input.Error($"ends with {_stack.Count} values; expected one");
    }

    private bool Scalar(char opcode)
    {
        switch (opcode)
        {
            case 'N': Push(null); return true;
            case '\x88': Push(s_true); return true;
            case '\x89': Push(s_false); return true;
            case 'K': Push((long)_input.Byte()); return true;
            case 'M': Push((long)BinaryPrimitives.ReadUInt16LittleEndian(_input.Bytes(2))); return true;
            case 'J': Push((long)BinaryPrimitives.ReadInt32LittleEndian(_input.Bytes(4))); return true;
            case '\x8a': Push(_input.Long(_input.Byte())); return true;
            case 'G': Push(BinaryPrimitives.ReadDoubleBigEndian(_input.Bytes(8))); return true;
            case 'U': Push(_input.Text(_input.Byte())); return true;
            case 'T' or 'X': Push(_input.Text(_input.Length())); return true;
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
            case '\x80': CheckProtocol(_input.Byte()); return true;
            case 'q': _memo[_input.Byte()] = Peek(); return true;
            case 'r': _memo[_input.Length()] = Peek(); return true;
            case 'h': Push(Recall(_input.Byte())); return true;
            case 'j': Push(Recall(_input.Length())); return true;
            case 'c': Push(Global()); return true;
            case 'R': Call(Pop(2)); return true;
            case 'Q': Push(objects.Persistent(Pop(1)[0])); return true;
            case 'b': IgnoreState(Pop(1)[0]); return true;
            default: return false;
        }
    }

    private PickleGlobal Global()
    {
        var module = _input.Line();
        return objects.Global($"{module}.{_input.Line()}");
    }

    private void Call(object?[] pair) => Push(pair is [PickleGlobal function, object?[] arguments]
        ? objects.Call(function, arguments)
        : throw _input.Error("calls what is no function"));

    // The state of an OrderedDict is the _metadata of a state dict: versions of layers, which no tensor depends on.
    private void IgnoreState(object? state)
    {
        if (Peek() is not PickleDict || state is not PickleDict)
        {
            throw _input.Error("sets the state of an object that is no dict");
        }
    }

    private void SetItems(object?[] items)
    {
        if (Peek() is not PickleDict dict || items.Length % 2 != 0)
        {
            throw _input.Error("sets items of what is no dict");
        }

        for (var i = 0; i < items.Length; i += 2)
        {
            dict.Add(items[i], items[i + 1]);
        }
    }

    private void Append(object?[] items)
    {
        var list = Peek() as PickleList ?? throw _input.Error("appends to what is no list");
        Array.ForEach(items, list.Add);
    }

    private void CheckProtocol(byte protocol)
    {
        if (protocol != 2)
        {
            throw _input.Error($"a pickle of protocol {protocol}; expected 2, which torch.save writes unless told otherwise");
        }
    }

    private object? Recall(long index) => _memo.TryGetValue(index, out var value) ? value : throw _input.Error($"recalls entry {index}, which was never stored");

    private void Push(object? value) => _stack.Add(value);

    private object? Peek() => _stack.Count > Floor ? _stack[^1] : throw _input.Error("needs a value where there is none");

    // What lies below the last mark belongs to an outer container.
    private int Floor => _marks.TryPeek(out var mark) ? mark : 0;

    private object?[] Pop(int count) => _stack.Count - Floor >= count
        ? Take(_stack.Count - count)
        : throw _input.Error($"needs {count} values where there are fewer");

    private object?[] PopMarked() => _marks.TryPop(out var mark) ? Take(mark) : throw _input.Error("closes a container that was never opened");

    private object?[] Take(int from)
    {
        object?[] taken = from == _stack.Count ? s_empty : [.. CollectionsMarshal.AsSpan(_stack)[from..]];
        _stack.RemoveRange(from, taken.Length);
        return taken;
    }
}
