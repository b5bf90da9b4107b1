using Dfx.Harness.Matrix;

namespace Dfx.Harness.Planning;

/// <summary>Makes references to plugins, and hashes each plugin's content once.</summary>
internal sealed class PluginRefs
{
    private readonly Dictionary<string, string> _hashes = new(StringComparer.Ordinal);
    private readonly Dictionary<Choice, PluginRef> _refs = new(ReferenceEqualityComparer.Instance);

    internal PluginRef Of(Choice choice)
    {
        if (!_refs.TryGetValue(choice, out var known))
        {
            var type = choice.Type;
            known = new(
                type.Kind, type.Id, type.TypeName, type.File.Path, Hash(choice), choice.Options,
                type.Inference.Any() ? [.. type.Inference.Select(parameter => parameter.Name)] : null,
                type.Collection.Length > 0 ? new(type.Collection, [.. type.Parameters.Where(parameter => parameter.Collects).Select(parameter => parameter.Name)]) : null);
            _refs.Add(choice, known);
        }

        return known;
    }

    private string Hash(Choice choice)
    {
        var path = choice.Type.File.Path;
        if (!_hashes.TryGetValue(path, out var hash))
        {
            hash = choice.Type.File.ContentHash;
            _hashes.Add(path, hash);
        }

        return hash;
    }
}
