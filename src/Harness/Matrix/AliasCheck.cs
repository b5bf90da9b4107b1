using YamlDotNet.RepresentationModel;

namespace Dfx.Harness.Matrix;

/// <summary>
/// Refuses YAML whose aliases nest it deeper than any matrix: a list that holds itself has no end. <see cref="ShallowParser"/> counts brackets, and sees no alias.
/// </summary>
internal static class AliasCheck
{
    /// <summary>The node itself.</summary>
    /// <exception cref="UsageException">It is nested too deep.</exception>
    internal static YamlNode Shallow(YamlNode node, string path)
    {
        // Nodes compare by their content, which for one that holds itself has no end either.
        _ = Height(node, path, 0, new(ReferenceEqualityComparer.Instance));
        return node;
    }

    /// <summary>How many levels a node has below itself; each node is looked at once, however many aliases lead to it.</summary>
    private static int Height(YamlNode node, string path, int depth, Dictionary<YamlNode, int> known)
    {
        IEnumerable<YamlNode> children = node switch
        {
            YamlSequenceNode list => list.Children,
            YamlMappingNode map => map.Children.SelectMany(pair => (YamlNode[])[pair.Key, pair.Value]),
            _ => [],
        };
        if (!known.TryGetValue(node, out var height) && depth <= ShallowParser.Deepest)
        {
            height = children.Select(child => 1 + Height(child, path, depth + 1, known)).DefaultIfEmpty(0).Max();
            known[node] = height;
        }

        return depth + height <= ShallowParser.Deepest
            ? height
            : throw new Place(path, node.Start).Error($"this is no valid YAML: lists, mappings and aliases are nested more than {ShallowParser.Deepest} deep");
    }
}
