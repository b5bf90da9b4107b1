using Dfx.Harness.Matrix;
using Dfx.Harness.Planning;
using Dfx.Harness.Plugins;
using Dfx.Harness.Reporting;
using Dfx.Harness.Reporting.Claims;
using Dfx.Harness.Reporting.Definitions;
using Dfx.Harness.Reporting.Tables;
using Dfx.Sdk;

namespace Dfx.Harness.Tests.Reporting.Definitions;

/// <summary>A matrix of the checkout before anything of it has run: which claims could ever have something to compare.</summary>
internal sealed class PlannedMatrix
{
    private static readonly Lazy<PluginCatalog> s_catalog = new(PluginCatalog.Discover);

    private static readonly Lazy<IReadOnlyDictionary<string, PlannedMatrix>> s_all = new(() =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, "matrices"), "*.yaml", SearchOption.AllDirectories).AsParallel()
            .ToDictionary(path => Path.GetFileNameWithoutExtension(path), path => new PlannedMatrix(path)));

    private readonly MatrixFile _matrix;
    private readonly Leaderboard _board;
    private readonly CellPairs _pairs;

    private PlannedMatrix(string path)
    {
        _matrix = MatrixReader.Read(path, s_catalog.Value);
        var device = path.Contains("gpu", StringComparison.Ordinal) || path.Contains("paper", StringComparison.Ordinal) ? "cuda" : "cpu";
        var plan = Planner.Make(_matrix, new(device, Precision.Float32, "", _ => "data"));
        var cells = plan.Cells.Where(job => job.NotApplicable is null).Select(job => new CellRow(job.Axes!, job.Key, "missing", null, null, null));
        _board = Leaderboard.Of(new(_matrix.Name, [.. CellOrder.Sort([.. cells])]) { Labels = new(MatrixLabels.Of(_matrix)) });
        _pairs = new(_board);
    }

    /// <summary>All of them, by their files' names.</summary>
    internal static IReadOnlyDictionary<string, PlannedMatrix> All => s_all.Value;

    /// <summary>Labels of its methods, corrections, samplers and analyses.</summary>
    internal IEnumerable<string> Names =>
    [
        .. _matrix.Corrections.Select(c => c?.Choice.Label ?? "none"),
        .. _matrix.Methods.Select(m => m.Choice.Label), .. _matrix.Analyses.Select(a => a.Choice.Label),
        .. _matrix.Methods.SelectMany(m => m.Samplers ?? []).Concat(_matrix.Samplers).Select(s => s.Choice.Label),
    ];

    /// <summary>Whether the claim finds something to compare: a pair, a series, or its analysis.</summary>
    internal bool Has(ClaimDefinition claim) => claim.Test switch
    {
        ComparisonTest test => Measures(test.Metric) && _pairs.Of(test).Any(),
        TrendTest test => Measures(test.Metric) && Grows(test),
        AnalysisTest test => _matrix.Analyses.Any(a => Glob.Matches(test.Analysis, a.Choice.Label) || a.Choice.Id == test.Analysis),
        _ => throw new NotSupportedException($"What does {claim.Test} look at?"),
    };

    /// <summary>Whether any configuration is meant.</summary>
    internal bool Has(CellQuery cells) => new Finder(_board).Rows(cells).Count > 0;

    /// <summary>The most configurations that are left for one number of a table, once its preferences have chosen: more than one, and the table shows none.</summary>
    internal int MostLeft(TableDefinition table, Query query) => new Finder(_board).Rows(query.Cells!)
        .GroupBy(row => string.Join('|', table.Each.Select(row.Axis)))
        .Select(slice => Preference.Always.Concat(query.Choose).Aggregate(slice.ToList(), (some, preference) => preference.Of(some, _board.Results.Labels)).Count)
        .DefaultIfEmpty(0).Max();

    private bool Grows(TrendTest test)
    {
        var along = NumericAxis.Of(test.Along);
        return _pairs.Series(test.Cells, along.Axis).Any(rows => rows.Select(row => along.Of(row, _board.Results.Labels)).Where(at => at > 0).Distinct().Skip(1).Any());
    }

    // A Fréchet distance is called fid or fd-EXTRACTOR, a score is or is-EXTRACTOR.
    private bool Measures(IReadOnlyList<string> patterns) =>
        _matrix.Metrics.SelectMany(metric => (string[])[metric.Id, $"{metric.Id}-x", .. metric.Id == "fd" ? ["fid"] : Array.Empty<string>()])
            .Any(name => patterns.Any(pattern => Glob.Matches(pattern, name)));
}
