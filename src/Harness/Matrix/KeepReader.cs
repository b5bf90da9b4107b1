namespace Dfx.Harness.Matrix;

/// <summary>Reads <c>keep</c> and <c>keep-below</c>.</summary>
internal static class KeepReader
{
    private const string Auto = "auto";
    private const string None = "none";
    private const string Samples = "samples";
    private const string Features = "features";
    private const string Expected = "auto, none, samples, features or [samples, features]";

    /// <summary>What is kept of all cells together where the matrix says nothing.</summary>
    internal const long DefaultBelow = 4L << 30;

    internal static KeepRule Read(YamlMap map)
    {
        var below = map.Read("keep-below", DefaultBelow, LimitsReader.Size);
        var keep = map.Read("keep", new KeepRule(false, false, below), value => Words(value, below));

        // How matrices asked for it before there was a key for all of it.
        var (samples, features) = (map.Read("keep-samples", false, value => value.Bool()), map.Read("keep-features", false, value => value.Bool()));
        return keep with { Samples = keep.Samples || samples, Features = keep.Features || features };
    }

    private static KeepRule Words(YamlValue value, long below)
    {
        var words = value.Items().Select(Word).ToHashSet(StringComparer.Ordinal);
        return words.Count > 1 && (words.Contains(Auto) || words.Contains(None))
            ? throw value.Wrong(Expected)
            : new(words.Contains(Samples), words.Contains(Features), words.Contains(Auto) ? below : 0);
    }

    private static string Word(YamlValue value) => value.Text() is (Auto or None or Samples or Features) and var word
        ? word
        : throw value.Wrong(Expected);
}
