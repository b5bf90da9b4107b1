using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Dfx.Harness.Reporting.Definitions;
using Dfx.Harness.Store;
using Dfx.Numerics.Noise;

namespace Dfx.Benchmarks.Reporting;

/// <summary>A results folder as a run leaves it, with values from a generator instead of a run: 100 000 cells of 10 000 configurations.</summary>
internal sealed class MadeFolder
{
    internal const int Cells = Methods * Samplers * Budgets * Checkpoints * Seeds;

    private const int Methods = 25;
    private const int Samplers = 10;
    private const int Budgets = 8;
    private const int Checkpoints = 5;
    private const int Seeds = 10;
    private const string Lost = "the loss became NaN at step 1800";

    // The first are those that the claims and tables of the plugin Stf speak of.
    private static readonly string[] s_ids = ["dsm", "stf", "dsm", "stf"];
    private static readonly string[] s_processes = ["edm", "edm", "ve", "ve"];
    private static readonly string[] s_samplers = ["heun", "rk45", "pc"];
    private static readonly int[] s_budgets = [5, 10, 20, 35, 50, 100, 200, 1000];
    private static readonly double[] s_checkpoints = [0.05, 0.1, 0.25, 0.5, 1];
    private static readonly (string Name, Direction Better, double Size)[] s_metrics = [("fd-fmnist-cnn", Direction.Lower, 10), ("is-fmnist-cnn", Direction.Higher, 5), ("kd-fmnist-cnn", Direction.Lower, 0.1)];

    private readonly ResultsFolder _folder;
    private readonly Dictionary<string, string>[] _details = [.. s_metrics.Select(metric => Details(metric.Name))];

    private MadeFolder(ResultsFolder folder) => _folder = folder;

    /// <summary>Fills an empty folder.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="plugin">The folder of a plugin whose tables and claims the results are to have.</param>
    /// <param name="library">The folder of the one whose published rows those cite.</param>
    internal static void Write(string path, string plugin, string library)
    {
        var made = new MadeFolder(new(path));
        made._folder.Create();
        made.WriteAll();
        DefinitionFiles.Copy([("Stf", plugin)], [library], made._folder.Definitions);
    }

    private void WriteAll()
    {
        var trained = (from method in Enumerable.Range(0, Methods) from seed in Enumerable.Range(0, Seeds) select Train(method, seed)).ToList();
        var cells = (from method in Enumerable.Range(0, Methods)
                     from sampler in Enumerable.Range(0, Samplers)
                     from budget in Enumerable.Range(0, Budgets)
                     from checkpoint in Enumerable.Range(0, Checkpoints)
                     from seed in Enumerable.Range(0, Seeds)
                     select new Place(method, sampler, budget, checkpoint, seed)).ToList();
        var jobs = cells.ConvertAll(cell => Job(cell, trained[(cell.Method * Seeds) + cell.Seed].Key));
        trained.AsParallel().ForAll(job => RecordFiles.Write(_folder, Record(job)));
        Parallel.For(0, cells.Count, i => RecordFiles.Write(_folder, Record(jobs[i], cells[i], i)));
        _folder.WriteManifest(Manifest([.. trained, .. jobs]));
    }

    private static Manifest Manifest(IReadOnlyList<ManifestJob> jobs) => new()
    {
        Matrix = "hundred-thousand",
        Source = "",
        Baseline = Method(0),
        Environment = new Dictionary<string, string> { ["runtime"] = ".NET" },
        Plugins = new Dictionary<string, string>(),
        Labels = new Dictionary<string, IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>>
        {
            ["method"] = Enumerable.Range(0, Methods).ToDictionary(Method, IReadOnlyDictionary<string, string> (i) => new Dictionary<string, string>
            {
                ["id"] = i < s_ids.Length ? s_ids[i] : "other",
                ["process"] = i < s_ids.Length ? s_processes[i] : "vp",
            }),
        },
        Jobs = jobs,
    };

    private static ManifestJob Train(int method, int seed) => Made("train", $"train | fashion-mnist | {Method(method)} | seed {Text(seed)}", []);

    private static ManifestJob Job(Place place, string train)
    {
        var axes = Axes(place);
        var identity = $"cell | fashion-mnist | generate | {axes["method"]} | none | {axes["sampler"]} | nfe {axes["nfe"]} | checkpoint {axes["checkpoint"]} | seed {axes["seed"]}";
        return Made("cell", identity, [train]) with { Axes = axes };
    }

    private static ManifestJob Made(string kind, string identity, IReadOnlyList<string> needs) =>
        new(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(identity))), kind, identity, needs);

    private static Dictionary<string, string> Axes(Place place) => new()
    {
        ["dataset"] = "fashion-mnist",
        ["task"] = "generate",
        ["method"] = Method(place.Method),
        ["correction"] = "none",
        ["sampler"] = place.Sampler < s_samplers.Length ? s_samplers[place.Sampler] : $"sampler-{Text(place.Sampler)}",
        ["nfe"] = Text(s_budgets[place.Budget]),
        ["checkpoint"] = Text(s_checkpoints[place.Checkpoint]),
        ["steps"] = Text(4000 * s_checkpoints[place.Checkpoint]),
        ["ema"] = "default",
        ["batch"] = "32",
        ["seed"] = Text(place.Seed),
        ["samples"] = "512",
        ["precision"] = "bfloat16",
        ["device"] = "cpu",
        ["threads"] = "1",
        ["network"] = "ddpmpp-8",
    };

    private static JobRecord Record(ManifestJob job) => new() { Key = job.Key, Identity = job.Identity, Kind = job.Kind, Status = Status.Ok, Parts = Parts(job) };

    /// <summary>One cell in 500 failed.</summary>
    private JobRecord Record(ManifestJob job, Place place, int number) => number % 500 == 499
        ? Record(job) with { Status = Status.Diverged, Message = Lost }
        : Record(job) with { Outcome = Outcome(place, number), Timing = Timing(place) };

    private JobOutcome Outcome(Place place, int number)
    {
        var uniforms = new double[s_metrics.Length];
        var words = new uint[4];
        Philox4x32.Fill(default, (ulong)number, words);
        for (var i = 0; i < uniforms.Length; i++)
        {
            uniforms[i] = words[i] / 4294967296.0;
        }

        return new()
        {
            NfeUsed = s_budgets[place.Budget],
            NfeAuxiliary = 0,
            NfeCorrection = 0,
            Parameters = 54665,
            Metrics = [.. s_metrics.Select((metric, i) => Metric(i, metric.Size * (1 + (place.Method * 0.1) + (5.0 / s_budgets[place.Budget]) + (0.3 * uniforms[i]))))],
            Files = ["grid.png"],
        };
    }

    private MeasuredValue Metric(int index, double value) =>
        new(s_metrics[index].Name, value, 0.01 * value, s_metrics[index].Better, new((char)('a' + index), 16), _details[index]) { Low = 0.9 * value, High = 1.1 * value };

    private static JobTiming Timing(Place place) => new()
    {
        Device = "cpu, 1 threads",
        Seconds = 43.241836 + place.Seed,
        TrainSeconds = 469.4029508 * s_checkpoints[place.Checkpoint],
        LoadSeconds = 0.0068163,
        WarmUpSeconds = 0.4786983,
        SecondsPerImage = 0.00078 * s_budgets[place.Budget],
        SecondsPerImageIqr = 0.0308470986328125,
        LatencySeconds = 0.3144857,
        MetricSeconds = 1.1999482,
        PeakBytes = 54763392,
        Ended = DateTimeOffset.UnixEpoch,
    };

    /// <summary>As long as those of a real cell, most of whose bytes they are.</summary>
    private static Dictionary<string, string> Parts(ManifestJob job) => Enumerable.Range(0, 16)
        .ToDictionary(i => $"part {Text(i)}", i => i == 0 ? job.Identity : $"some-plugin option=1 another=2 @{job.Key}");

    private static Dictionary<string, string> Details(string metric) => new()
    {
        ["extractor"] = "fmnist-cnn",
        ["weights"] = new('f', 64),
        ["layer"] = "hidden",
        ["dimension"] = "64",
        ["dtype"] = "features float32, all after them float64",
        ["quantisation"] = "clamp(127.5 x + 128, 0, 255) truncated to uint8",
        ["n-generated"] = "512",
        ["n-reference"] = "60000",
        ["reference"] = new('b', 64),
        ["interval"] = $"95 % of {metric} over the samples, reference fixed, bias not covered",
    };

    private static string Method(int index) => index < s_ids.Length ? $"{s_ids[index]}-{s_processes[index]}" : $"method-{Text(index)}";

    private static string Text(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);

    private readonly record struct Place(int Method, int Sampler, int Budget, int Checkpoint, int Seed);
}
