using Dfx.Numerics.Files;
using YamlDotNet.RepresentationModel;

namespace Dfx.Harness.Matrix;

/// <summary>A mapping of a matrix file. Every key is taken once; what is left at the end was misspelt.</summary>
internal sealed class YamlMap(YamlValue value, YamlMappingNode node)
{
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    internal Place Place => value.Place;

    /// <summary>The value of a key, or null if the mapping does not have it.</summary>
    internal YamlValue? Find(string key)
    {
        _known.Add(key);
        return node.Children.TryGetValue(new YamlScalarNode(key), out var child) ? value with { Name = key, Node = child } : null;
    }

    internal YamlValue Get(string key) => Find(key) ?? throw Place.Error($"{value.Name} lacks '{key}'");

    /// <summary>Reads a key if it is there.</summary>
    internal T Read<T>(string key, T otherwise, Func<YamlValue, T> read) => Find(key) is { } found ? read(found) : otherwise;

    /// <summary>All keys and values, for mappings whose keys are not ours.</summary>
    internal IEnumerable<(string Key, YamlValue Value)> Entries()
    {
        foreach (var (key, child) in node.Children)
        {
            var name = (value with { Name = $"a key of {value.Name}", Node = key }).Text();
            yield return (name, value with { Name = name, Node = child });
        }
    }

    /// <summary>Refuses keys that nobody asked for.</summary>
    internal void Finish()
    {
        foreach (var (key, child) in Entries().Where(entry => !_known.Contains(entry.Key)))
        {
            var place = new Place(child.File, node.Children.Keys.First(k => k is YamlScalarNode scalar && scalar.Value == key).Start);
            throw place.Error($"{value.Name} has no key '{key}'; the nearest is '{NearestName.Of(key, _known.Order(StringComparer.Ordinal))}'");
        }
    }
}
