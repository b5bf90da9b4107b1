using System.Collections.Immutable;

namespace Dfx.Numerics.Files.Pth;

/// <summary>What the pickles of a tensor file may name and make: ordered dicts, storages and tensors. All else is refused by name.</summary>
/// <remarks>Source: PyTorch, torch/serialization.py (persistent ids) and torch/_utils.py (the arguments of the functions).</remarks>
internal sealed class TorchObjects(FilePlace place)
{
    private const string OrderedDict = "collections.OrderedDict";
    private const string RebuildOld = "torch._utils._rebuild_tensor";
    private const string Rebuild = "torch._utils._rebuild_tensor_v2";
    private const string RebuildParameter = "torch._utils._rebuild_parameter";

    private static readonly ImmutableDictionary<string, ElementType> s_storages = new Dictionary<string, ElementType>
    {
        ["torch.BoolStorage"] = ElementType.Bool,
        ["torch.ByteStorage"] = ElementType.UInt8,
        ["torch.CharStorage"] = ElementType.Int8,
        ["torch.ShortStorage"] = ElementType.Int16,
        ["torch.HalfStorage"] = ElementType.Float16,
        ["torch.BFloat16Storage"] = ElementType.BFloat16,
        ["torch.IntStorage"] = ElementType.Int32,
        ["torch.FloatStorage"] = ElementType.Float32,
        ["torch.DoubleStorage"] = ElementType.Float64,
        ["torch.LongStorage"] = ElementType.Int64,
    }.ToImmutableDictionary();

    private static readonly ImmutableDictionary<string, PickleGlobal> s_allowed =
        s_storages.Keys.Concat([OrderedDict, RebuildOld, Rebuild, RebuildParameter]).ToImmutableDictionary(name => name, name => new PickleGlobal(name));

    private readonly Dictionary<string, PthStorage> _storages = [];

    /// <summary>The storages that were referred to, by key.</summary>
    public IReadOnlyDictionary<string, PthStorage> Storages => _storages;

    /// <summary>A class or function by its full name.</summary>
    /// <exception cref="TensorFileException">It is none of those that make tensors.</exception>
    public PickleGlobal Global(string name) => s_allowed.TryGetValue(name, out var allowed)
        ? allowed
        : throw place.Error(
            $"the file asks for Python's {FilePlace.Quote(name)}, which is no part of a tensor; nothing was run. Only files of plain tensors are "
            + "read: save the network's state_dict() with torch.save");

    /// <summary>What a call of a function gives.</summary>
    /// <exception cref="TensorFileException">The arguments are not those of a tensor.</exception>
    public object Call(PickleGlobal function, object?[] arguments) => (function.Name, arguments) switch
    {
        (OrderedDict, []) => new PickleDict(),
        (OrderedDict, [PickleList pairs]) => Ordered(pairs),
        (RebuildOld, [PthStorage storage, long offset, object?[] shape, object?[] strides]) => Tensor(storage, offset, shape, strides),
        (Rebuild, [PthStorage storage, long offset, object?[] shape, object?[] strides, bool, PickleDict, ..]) => Tensor(storage, offset, shape, strides),
        (RebuildParameter, [PthTensor tensor, bool, PickleDict]) => tensor,
        _ => throw place.Error($"a call of {FilePlace.Quote(function.Name)} with {arguments.Length} arguments that it does not take"),
    };

    /// <summary>The storage that a persistent id names.</summary>
    /// <exception cref="TensorFileException">The id is no storage's, or contradicts an earlier one of that key.</exception>
    public PthStorage Persistent(object? id)
    {
        if (id is not object?[] fields || fields is not ["storage", PickleGlobal type, string key, string, long count, ..])
        {
            throw place.Error("a persistent id that is no storage's; expected ('storage', type, key, location, count)");
        }

        if (fields.Length > 5 && (fields.Length > 6 || fields[5] is not null))
        {
            throw place.Error($"storage {FilePlace.Quote(key)} is a view of another one; save the tensors again with a current PyTorch");
        }

        if (!s_storages.TryGetValue(type.Name, out var element) || ArrayLayout.Problem(element, [count], 0) is not null)
        {
            throw place.Error($"storage {FilePlace.Quote(key)} has {count} elements of type {FilePlace.Quote(type.Name)}; expected a storage type");
        }

        var storage = new PthStorage(key, element, count);
        return !_storages.TryGetValue(key, out var known) ? _storages[key] = storage
            : known == storage ? known
            : throw place.Error($"storage {FilePlace.Quote(key)} is {known.Count} elements of {known.Type} and {count} of {element}; expected one of the two");
    }

    private PickleDict Ordered(PickleList pairs)
    {
        var dict = new PickleDict();
        foreach (var pair in pairs.Items)
        {
            var items = (pair as PickleList)?.Items ?? pair as object?[];
            if (items is not [var key, var value])
            {
                throw place.Error("an ordered dict of what are no pairs");
            }

            dict.Add(key, value);
        }

        return dict;
    }

    private PthTensor Tensor(PthStorage storage, long offset, object?[] shape, object?[] strides)
    {
        var (extents, steps) = (Integers(shape), Integers(strides));
        return PthTensor.Problem(storage, offset, extents, steps) is { } problem
            ? throw place.Error($"a tensor of storage {FilePlace.Quote(storage.Key)}: {problem}")
            : new(storage, offset, new(storage.Type, [.. extents]), steps);
    }

    private long[] Integers(object?[] values) =>
        [.. values.Select(value => value is long integer ? integer : throw place.Error("an extent or stride that is no integer"))];
}
