using System.Text;
using Dfx.Sdk;

namespace Dfx.Data.Cifar;

/// <summary>The few functions that a pickle of arrays may name. None of them is Python's.</summary>
internal enum PickledCall
{
    /// <summary>Makes an array whose content comes as its state.</summary>
    Reconstruct,

    /// <summary>Makes an array of bytes; numpy's way with protocol 5.</summary>
    FromBuffer,

    /// <summary>The type of arrays.</summary>
    Array,

    /// <summary>Makes the type of an array's elements.</summary>
    Type,

    /// <summary>The type uint8.</summary>
    UInt8,

    /// <summary>Makes bytes of a string: Python 3's way with protocol 2.</summary>
    Encode,
}

/// <summary>What becomes of the functions and states of a pickle. Everything that is not known is refused by its name.</summary>
internal static class PickledCalls
{
    /// <summary>The function of a name.</summary>
    public static PickledCall Find(string module, string name, Func<string, DataUnavailableException> refused) => $"{module} {name}" switch
    {
        "numpy.core.multiarray _reconstruct" or "numpy._core.multiarray _reconstruct" => PickledCall.Reconstruct,
        "numpy.core.numeric _frombuffer" or "numpy._core.numeric _frombuffer" => PickledCall.FromBuffer,
        "numpy ndarray" => PickledCall.Array,
        "numpy dtype" => PickledCall.Type,
        "_codecs encode" => PickledCall.Encode,
        _ => throw refused($"{module}.{name}"),
    };

    /// <summary>The result of a function.</summary>
    public static object Make(PickledCall call, object?[] arguments, Func<string, DataUnavailableException> refused) => call switch
    {
        PickledCall.Reconstruct when arguments is [PickledCall.Array, ..] => new PickledArray(),
        PickledCall.FromBuffer when arguments is [byte[] bytes, PickledCall.UInt8, object?[] shape, string order] => Filled(new(), shape, bytes, order == "C"),
        PickledCall.Type when arguments is ["u1", ..] => PickledCall.UInt8,
        PickledCall.Type => throw refused($"a numpy array of {arguments.FirstOrDefault()}"),
        PickledCall.Encode when arguments is [string text, "latin1"] => Encoding.Latin1.GetBytes(text),
        _ => throw refused("a call of something else"),
    };

    /// <summary>
    /// Sets the state of an array: (version, shape, dtype, is it in Fortran's order, bytes). That of a dtype says nothing more of single bytes.
    /// </summary>
    public static void SetState(object? target, object?[] state, Func<string, DataUnavailableException> refused)
    {
        if (target is PickledArray array)
        {
            var bytes = state[4] as byte[] ?? Encoding.Latin1.GetBytes((string)state[4]!);
            Filled(array, (object?[])state[1]!, bytes, state[2] is PickledCall.UInt8 && state[3] is false);
        }
        else if (target is not PickledCall.UInt8)
        {
            throw refused("the state of something else");
        }
    }

    private static PickledArray Filled(PickledArray array, object?[] shape, byte[] bytes, bool plain)
    {
        array.Fill([.. shape.Select(extent => checked((int)(long)extent!))], bytes, plain);
        return array;
    }
}
