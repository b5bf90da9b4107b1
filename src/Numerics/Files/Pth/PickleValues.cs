namespace Dfx.Numerics.Files.Pth;

/// <summary>A Python dict in the order of its insertions. Keys may repeat: who reads it decides.</summary>
internal sealed class PickleDict
{
    // Made when first needed: an empty dict costs one byte of a file, and should cost little memory.
    private List<KeyValuePair<object?, object?>>? _items;

    public IReadOnlyList<KeyValuePair<object?, object?>> Items => _items ?? [];

    public void Add(object? key, object? value) => (_items ??= []).Add(new(key, value));

    /// <summary>The value of a text key, or null.</summary>
    public object? Find(string key) => Items.FirstOrDefault(item => item.Key is string name && name == key).Value;
}

/// <summary>A Python list.</summary>
internal sealed class PickleList
{
    private List<object?>? _items;

    public IReadOnlyList<object?> Items => _items ?? [];

    public void Add(object? value) => (_items ??= []).Add(value);
}

/// <summary>A Python class or function that a pickle names. It stays a name: nothing is looked up or run.</summary>
/// <param name="Name">Module and name, joined by a dot.</param>
internal sealed record PickleGlobal(string Name);
