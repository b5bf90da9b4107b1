using System.Text;
using Dfx.Metrics.Features;
using Dfx.Numerics.Files;
using Dfx.Sdk;

namespace Dfx.Metrics;

/// <summary>
/// The features of a cell's samples in an <c>.npz</c> file, so that metrics of features can be added without the samples. An extractor is named by how a matrix
/// chooses it: the arrays of <c>auto</c> are <c>generated</c> and, of a classifier, <c>logits</c>; those of another are <c>generated-r64</c>, <c>logits-inception</c>.
/// </summary>
public static class KeptFeatures
{
    /// <summary>What a cell whose features are kept names among its metrics, so that all of them are made in one pass.</summary>
    public const string Companion = "kept-features";

    /// <summary>The first samples themselves: they tell whether an extractor still gives the features that were kept.</summary>
    internal const string First = "first";

    private const string Auto = "auto";

    /// <summary>A line of UTF-8 for each extractor: its card and how it was chosen.</summary>
    private const string ExtractorNames = "extractors";

    /// <summary>What a metric of this assembly looks at, if that is nothing but features: the name of an array of the file; null if it looks at samples.</summary>
    /// <param name="metric">Its id.</param>
    /// <param name="options">Its options in canonical form.</param>
    public static string? Needed(string metric, IReadOnlyDictionary<string, string> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var choice = options.GetValueOrDefault("extractor");
        return choice is null || options.GetValueOrDefault("space") == "pixels" ? null
            : MetricIds.OfLogits.Contains(metric) ? LogitsOf(choice)
            : MetricIds.OfFeatures.Contains(metric) ? FeaturesOf(choice)
            : null;
    }

    /// <summary>The arrays that a file has; none if there is no such file, or it is damaged.</summary>
    /// <param name="path">The file.</param>
    public static IReadOnlySet<string> Covered(string path)
    {
        try
        {
            using var file = File.Exists(path) ? Npz.Open(path) : null;
            return file is not null && file.Names.Contains(First) ? file.Names.ToHashSet(StringComparer.Ordinal) : [];
        }
        catch (TensorFileException)
        {
            return new HashSet<string>(StringComparer.Ordinal);
        }
    }

    /// <summary>The features of a cell as arrays by name, those that its metrics have made already; the cache owns the tensors.</summary>
    /// <param name="context">What the cell's metrics are given.</param>
    /// <param name="needed">What they need, as <see cref="Needed"/> names it. What an extractor cannot give here, such as one without its weights, is left out.</param>
    public static IReadOnlyList<KeyValuePair<string, torch.Tensor>> Made(MetricContext context, IEnumerable<string> needed)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(needed);
        return [.. needed.Select(ChoiceOf).Distinct(StringComparer.Ordinal).SelectMany(choice => Made(context, choice))];
    }

    /// <summary>The features that the dataset's own extractor makes of samples and reference, whether a metric has asked for them or not; the cache owns the tensors.</summary>
    /// <param name="context">What the cell's metrics are given.</param>
    /// <exception cref="NotApplicableException">No extractor fits the images, or there are too few.</exception>
    public static IReadOnlyList<KeyValuePair<string, torch.Tensor>> Compared(MetricContext context)
    {
        var space = FeatureSpace.Of(context, ExtractorChoice.Auto);
        return [new(FeaturesOf(Auto), space.Generated), new("reference", space.Reference)];
    }

    /// <summary>Writes a file of arrays with what a later measurement checks them by.</summary>
    /// <param name="path">The file.</param>
    /// <param name="context">The cell that they are of.</param>
    /// <param name="arrays">The arrays.</param>
    public static void Write(string path, MetricContext context, IReadOnlyList<KeyValuePair<string, torch.Tensor>> arrays)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(arrays);
        using var scope = torch.NewDisposeScope();
        var first = context.Generated is MeasuredSamples samples ? samples.First() : context.Generated.Read(0, Math.Min(FeatureReader.Batch, context.Generated.Count));
        var choices = arrays.Select(array => array.Key).Where(name => name.StartsWith(FeaturesOf(Auto), StringComparison.Ordinal)).Select(ChoiceOf);
        string[] names = [.. choices.Select(choice => $"{FeatureSpace.Of(context, Parsed(choice)).Card.Key} {choice}")];
        Npz.Save(path, [.. arrays, new(First, first), new(ExtractorNames, torch.tensor(Encoding.UTF8.GetBytes(string.Join('\n', names))))]);
    }

    /// <summary>The choices of a file by the keys of the extractors that they were.</summary>
    internal static Dictionary<string, string> Extractors(NpzFile file)
    {
        Dictionary<string, string> choices = new(StringComparer.Ordinal);
        if (file.Names.Contains(ExtractorNames) && file.Names.Contains(First))
        {
            foreach (var line in Encoding.UTF8.GetString(file.ReadData(ExtractorNames).Values<byte>()).Split('\n'))
            {
                // A key tells its layer in words; a choice is one word.
                var end = line.LastIndexOf(' ');
                choices.TryAdd(line[..Math.Max(0, end)], line[(end + 1)..]);
            }
        }

        return choices;
    }

    internal static string FeaturesOf(string choice) => choice == Auto ? "generated" : $"generated-{choice}";

    internal static string LogitsOf(string choice) => choice == Auto ? "logits" : $"logits-{choice}";

    private static string ChoiceOf(string array) => array.Split('-', 2) is [_, var choice] ? choice : Auto;

    private static ExtractorChoice Parsed(string choice) => Enum.GetValues<ExtractorChoice>().First(value => FeatureSpace.Name(value) == choice);

    private static IReadOnlyList<KeyValuePair<string, torch.Tensor>> Made(MetricContext context, string choice)
    {
        try
        {
            var pass = FeatureSpace.Of(context, Parsed(choice)).Pass;
            return pass.Features is not { } features ? []
                : pass.Logits is not { } logits ? [new(FeaturesOf(choice), features)]
                : [new(FeaturesOf(choice), features), new(LogitsOf(choice), logits)];
        }
        catch (NotApplicableException)
        {
            return [];
        }
    }
}
