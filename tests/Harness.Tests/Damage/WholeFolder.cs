using System.Text.RegularExpressions;
using Dfx.Harness.Execution.Worker;
using Dfx.Harness.Reporting;
using Dfx.Harness.Store;
using Dfx.Harness.Tests.Plugins;
using Dfx.Harness.Tests.Reporting;
using Dfx.Harness.Tests.Store;
using Dfx.Numerics.Files;
using Dfx.Sdk;

namespace Dfx.Harness.Tests.Damage;

/// <summary>A results folder with every kind of file that commands read, of which a test may damage one.</summary>
internal sealed partial class WholeFolder : IDisposable
{
    private const string Table = """
        id: t
        title: T
        paper: P
        source: rows
        published: { table: T }
        cell: { correction: none }
        each: [dataset]
        choose: { nfe: largest }
        columns:
          - { title: FD, metric: [fd], published: { metric: fd } }
          - { title: NFE, value: nfe-used, published: { metric: fd, read: nfe } }
        rows:
          - { title: published, published: { method: a } }
          - title: group
            rows:
              - { title: a, cell: { method: a }, published: { method: a } }
              - { title: b, cell: { method: b }, values: [{ less: { cell: { method: a } } }, {}], format: "{0:+} of {1}" }
        """;

    private const string Claims = """
        claims:
          - { id: c, says: b is better, place: here, metric: [fd], of: { method: b }, is: better, than: { method: a }, margin: 0.5, holds: every }
          - { id: along, says: it falls, place: here, metric: [fd], along: nfe, is: falling }
          - { id: analysis, says: it is above, place: here, analysis: levels, of: { sigma: ">0.2" }, value: error, is: above, than: 0 }
        """;

    private readonly ScratchFolder _scratch = new();

    /// <param name="checksums">False for a folder as hosts wrote it before files had a checksum.</param>
    internal WholeFolder(bool checksums = true)
    {
        Folder = new(_scratch.At("results/whole"));
        Folder.Create();
        var jobs = Jobs();
        foreach (var (job, i) in jobs.Select((job, i) => (job, i)))
        {
            RecordFiles.Write(Folder, Record(job, i));
        }

        Folder.WriteManifest(Manifest(jobs));
        _scratch.Write("results/whole/definitions/P/tables/t.yaml", Table);
        _scratch.Write("results/whole/definitions/P/claims.yaml", Claims);
        _scratch.Write("results/whole/definitions/P/published/rows.csv", "table,method,metric,value,nfe\nT,a,fd,2.5,35\nT,\"b, c\",fd,3.5,35\n");
        _scratch.Write("results/whole/running.json", $$"""
            { "process-id": {{Environment.ProcessId}}, "written": "2026-01-02T03:04:05+00:00", "jobs": [ { "key": "k", "identity": "the running one", "seconds": 2.5, "done": 3, "total": 9, "note": "n" } ] }
            """);
        if (!checksums)
        {
            foreach (var path in Directory.EnumerateFiles(Folder.Records).Append(Folder.ManifestPath))
            {
                File.WriteAllText(path, Line().Replace(File.ReadAllText(path), ""));
            }
        }
    }

    internal ResultsFolder Folder { get; }

    /// <summary>A cell whose samples are kept.</summary>
    internal static string Cell { get; } = TestRecords.Key("cell 0");

    internal static string Analysis { get; } = TestRecords.Key("analysis");

    internal string RecordPath => Folder.RecordPath(Cell);

    internal string TablePath => Path.Combine(Folder.ArtifactsOf(Analysis), AnalysisResult.FileName);

    internal string SheetsPath => Path.Combine(Folder.ArtifactsOf(Analysis), KeptSheets.FileName);

    /// <summary>Every file that a command reads, but images and arrays.</summary>
    internal IReadOnlyList<string> Files =>
    [
        RecordPath, Folder.RecordPath(Analysis), Folder.ManifestPath, TablePath, SheetsPath, Path.Combine(Folder.Definitions, "P", "tables", "t.yaml"),
        Path.Combine(Folder.Definitions, "P", "claims.yaml"), Path.Combine(Folder.Definitions, "P", "published", "rows.csv"), Folder.RunningPath,
    ];

    internal string At(string relative) => _scratch.At(relative);

    public void Dispose() => _scratch.Dispose();

    private static List<ManifestJob> Jobs()
    {
        var cells = from method in (string[])["a", "b"]
                    from nfe in (string[])["5", "35"]
                    from seed in (int[])[0, 1]
                    select TestCells.Fd(method, seed, 0, ("nfe", nfe)).Axes;
        var train = TestRecords.Key("train");
        var axes = new Dictionary<string, string> { ["dataset"] = "d", ["task"] = "generate", ["analysis"] = "levels", ["method"] = "data", ["seed"] = "0" };
        return
        [
            new(train, "train", "train", []),
            .. cells.Select((cell, i) => new ManifestJob(TestRecords.Key($"cell {i}"), "cell", $"cell {i}", [train], cell)),
            new(Analysis, "analyse", "analysis", [], axes),
        ];
    }

    private JobRecord Record(ManifestJob job, int number)
    {
        Directory.CreateDirectory(Folder.ArtifactsOf(job.Key));
        var record = TestRecords.Record(job.Key) with { Kind = job.Kind, Identity = job.Identity, Message = job.IsCell ? "all went well" : null };
        if (job.IsAnalysis)
        {
            using var scope = torch.NewDisposeScope();
            var files = AnalysisFiles.Write(Folder.ArtifactsOf(job.Key), Analysed());
            return record with { Outcome = new() { Files = [.. files.Keys] }, Checksums = files };
        }

        return job.IsCell ? record with { Outcome = Outcome(job, number), Timing = Timing(number) } : record;
    }

    private static AnalysisTable Analysed() => new([new("sigma", ""), new("error", ""), new("word", "")], [[0.1, 1L, "x"], [0.5, 2L, "x"], [1L, 3L, "x"]])
    {
        Sheets = [new("strip", "Strip", "t", ["0", "1"], [new("a", torch.zeros(2, 1, 32, 32))])],
    };

    private JobOutcome Outcome(ManifestJob job, int number)
    {
        if (job.Key == Cell)
        {
            using var samples = torch.zeros([2, 1, 3, 3], dtype: torch.uint8);
            Npz.Save(Path.Combine(Folder.ArtifactsOf(job.Key), "samples.npz"), [new("samples", samples)], compress: true);
            Npz.Save(Path.Combine(Folder.ArtifactsOf(job.Key), "features.npz"), [new("generated", samples), new("reference", samples)]);
        }

        var nfe = double.Parse(job.Axes!["nfe"], System.Globalization.CultureInfo.InvariantCulture);
        return new()
        {
            NfeUsed = nfe,
            NfeAuxiliary = 0.5,
            NfeCorrection = 1,
            StoppedAt = 1,
            Parameters = 19513,
            Metrics =
            [
                TestCells.Metric("fd", (50 / nfe) + number) with { Spread = 0.25, Low = 1.5, High = 40 },
                TestCells.Metric("recall", 0.5 + (0.01 * number), Direction.Higher, 'r'),
            ],
            Unavailable = new Dictionary<string, string> { ["kid"] = "too few" },
            Files = ["samples.npz"],
        };
    }

    private static JobTiming Timing(int number) => new()
    {
        Device = "cpu, 1 threads",
        Seconds = 3.25 + number,
        TrainSeconds = 5.5,
        SecondsPerImage = 0.007,
        LatencySeconds = 0.026,
        PeakBytes = 864595432,
        Ended = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
    };

    private static Manifest Manifest(IReadOnlyList<ManifestJob> jobs) => new()
    {
        Matrix = "whole",
        Source = "datasets: [d]\n",
        Environment = new Dictionary<string, string> { ["runtime"] = ".NET" },
        Plugins = new Dictionary<string, string> { ["P.dll"] = new('a', 64) },
        Baseline = "a",
        Labels = new Dictionary<string, IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>>
        {
            ["method"] = new Dictionary<string, IReadOnlyDictionary<string, string>> { ["a"] = new Dictionary<string, string> { ["id"] = "dsm" } },
        },
        Jobs = jobs,
    };

    [GeneratedRegex(",\n  \"checksum\": \"[0-9a-f]{16}\"(?=\n}$)|,?\n  \"checksums\": \\{[^}]*\\}")]
    private static partial Regex Line();
}
