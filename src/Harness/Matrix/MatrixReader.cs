using Dfx.Harness.Plugins;
using Dfx.Harness.Plugins.Trust;
using YamlDotNet.RepresentationModel;

namespace Dfx.Harness.Matrix;

/// <summary>Reads a matrix file. Whatever is wrong with it is one error with file, line and column.</summary>
internal sealed class MatrixReader
{
    private readonly ChoiceReader _choices;

    private MatrixReader(PluginCatalog catalog) => _choices = new(catalog);

    /// <summary>Reads and validates.</summary>
    /// <exception cref="UsageException">The file is unreadable, or something in it is unknown, missing or out of range.</exception>
    internal static MatrixFile Read(string path, PluginCatalog catalog) => new MatrixReader(catalog).Read(YamlFile.Read(path, "the matrix"), path);

    private MatrixFile Read(YamlValue root, string path)
    {
        var map = root.Map();
        _ = map.Find(PluginTrust.Key); // it was read before there was a catalog
        var samplers = Axis(map.Get("samplers"), Sampler);
        var matrix = new MatrixFile
        {
            Path = path,
            Name = map.Read("name", Path.GetFileNameWithoutExtension(path), Name),
            Datasets = Axis(map.Get("datasets"), Dataset),
            Generate = Generate(root),
            Tasks = map.Find("tasks") is { } tasks ? Axis(tasks, v => _choices.Read(PluginKind.Task, v)) : [Generate(root)],
            Methods = Methods(map.Get("methods")),
            Samplers = samplers,
            Nfe = Nfe(map.Get("nfe")),
            Seeds = map.Read("seeds", (IReadOnlyList<ulong>)[0], v => Axis(v, i => (ulong)i.Long(0, long.MaxValue))),
            Metrics = Axis(map.Get("metrics"), v => _choices.Read(PluginKind.Metric, v)),
            Network = map.Find("network"),
            Training = map.Get("training"),
            Sampling = Sampling(map),
            Limits = map.Read("limits", LimitsReader.Default, LimitsReader.Read),
            Corrections = [],
            Analyses = [],
            Baseline = "",
        };
        var sources = new SourceReader(_choices, matrix.Methods, v => Method(v, matrix.Methods)) { Filters = new(matrix.Methods, matrix.Samplers, matrix.Nfe) };
        matrix = matrix with
        {
            Corrections = map.Read("corrections", (IReadOnlyList<CorrectionEntry?>)[null], v => Axis(v, sources.Correction)),
            Analyses = map.Read("analyses", (IReadOnlyList<AnalysisEntry>)[], v => Axis(v, sources.Analysis)),
            Baseline = map.Read("baseline", matrix.Methods[0], v => sources.Known(v)).Choice.Label,
        };
        map.Finish();
        MatrixCheck.All(matrix, root);
        return matrix with { Notes = [.. _choices.Notes] };
    }

    private static string Name(YamlValue value)
    {
        var name = value.Text();
        var plain = name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') && name.Any(char.IsAsciiLetterOrDigit);
        return plain ? name : throw value.Wrong("a name of letters, digits, '-', '_' and '.', for it names a folder");
    }

    private static SamplingSettings Sampling(YamlMap map) => new(
        Samples(map.Get("samples")),
        map.Read("sampling-batch", 250, v => v.Int(1, 1 << 20)),
        map.Read("threads", 2, v => v.Int(1, 1024)),
        KeepReader.Read(map));

    private static int? Samples(YamlValue value) => value.Node is YamlScalarNode { Value: "all" } ? null : value.Int(1, 10_000_000);

    private Choice Generate(YamlValue root) =>
        _choices.Read(PluginKind.Task, root with { Node = new YamlScalarNode("generate") });

    private DatasetEntry Dataset(YamlValue value)
    {
        var choice = _choices.Open(PluginKind.Dataset, value, out var map);
        var path = map?.Find("path")?.Text();
        var entry = new DatasetEntry(choice, path, map?.Find("network"), map?.Find("training"));
        map?.Finish();
        return entry;
    }

    /// <summary>Methods in their order; one that builds on another may name any of those that stand before it.</summary>
    private List<MethodEntry> Methods(YamlValue value)
    {
        List<MethodEntry> read = [];
        return Axis(value, entry =>
        {
            read.Add(Method(entry, read));
            return read[^1];
        });
    }

    private MethodEntry Method(YamlValue value, IReadOnlyList<MethodEntry> known)
    {
        var choice = _choices.Open(PluginKind.Method, value, out var map);
        var source = map?.Find("source");
        var entry = new MethodEntry(
            choice,
            map?.Find("network"),
            map?.Find("training"),
            map?.Find("samplers") is { } samplers ? Axis(samplers, Sampler) : null,
            map?.Find("nfe") is { } nfe ? Nfe(nfe) : null,
            source is null ? null : new SourceReader(_choices, known, v => Method(v, known)).Method(source));
        map?.Finish();
        return MethodSources.Checked(entry, source?.Place ?? value.Place);
    }

    private SamplerEntry Sampler(YamlValue value)
    {
        var choice = _choices.Open(PluginKind.Sampler, value, out var map);
        var entry = new SamplerEntry(choice, map?.Find("nfe") is { } nfe ? Nfe(nfe) : null);
        map?.Finish();
        return entry;
    }

    private static List<int> Nfe(YamlValue value) => Axis(value, v => v.Int(1, 1_000_000));

    private static List<T> Axis<T>(YamlValue value, Func<YamlValue, T> read)
    {
        var items = value.Items().Select(read).ToList();
        return items.Count > 0 ? items : throw value.Wrong("at least one entry");
    }
}
