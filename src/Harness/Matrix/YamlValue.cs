using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Dfx.Harness.Matrix;

/// <summary>A node of a matrix file together with what it is called in errors.</summary>
internal sealed record YamlValue(string File, string Name, YamlNode Node)
{
    internal Place Place => new(File, Node.Start);

    internal bool IsMap => Node is YamlMappingNode;

    /// <summary>Whether it is an unquoted null.</summary>
    internal bool IsNull => Node is YamlScalarNode { Style: ScalarStyle.Plain, Value: null or "" or "~" or "null" };

    /// <summary>The items of a list; one item if it is no list.</summary>
    internal IReadOnlyList<YamlValue> Items() => Node is YamlSequenceNode list ? [.. list.Select(item => this with { Node = item })] : [this];

    internal YamlMap Map() => Node is YamlMappingNode map ? new(this, map) : throw Wrong("a mapping");

    internal string Text() => Node is YamlScalarNode { Value: { Length: > 0 } text } ? text : throw Wrong("a word");

    internal bool Bool() => Text() switch { "true" => true, "false" => false, _ => throw Wrong("true or false") };

    internal long Long(long minimum, long maximum)
    {
        if (!long.TryParse(Text(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
        {
            throw Wrong("a whole number");
        }

        return value >= minimum && value <= maximum ? value : throw Wrong($"a whole number from {minimum} to {maximum}");
    }

    internal int Int(int minimum, int maximum) => (int)Long(minimum, maximum);

    /// <summary>A finite number within [minimum, maximum]; <paramref name="range"/> says so in words, as the ends may be open.</summary>
    internal double Double(Func<double, bool> fits, string range)
    {
        var parsed = double.TryParse(Text(), NumberStyles.Float, CultureInfo.InvariantCulture, out var value);
        return parsed && double.IsFinite(value) && fits(value) ? value : throw Wrong($"a number {range}");
    }

    internal UsageException Wrong(string expected) => Place.Error($"{Name} must be {expected}, not {Describe()}");

    private string Describe() => Node switch
    {
        YamlScalarNode scalar => $"'{scalar.Value}'",
        YamlSequenceNode => "a list",
        _ => "a mapping",
    };
}
