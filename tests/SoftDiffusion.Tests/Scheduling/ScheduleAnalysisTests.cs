using System.Security.Cryptography;
using System.Text.Json;
using Dfx.SoftDiffusion.Analyses;

namespace Dfx.SoftDiffusion.Tests.Scheduling;

[TestFixture]
internal sealed class ScheduleAnalysisTests
{
    private static readonly ScheduleOptions s_options = new(Candidates: 64, ScheduleImages: 32, Nodes: 12);

    private ImageData _data = null!;
    private KeptTensors _store = null!;
    private AnalysisTable _table = null!;

    [OneTimeSetUp]
    public void Setup()
    {
        (_data, _store) = (new(SmoothImages.Of(40, 3, 12, 12)), new());
        _table = new ScheduleAnalysis(s_options).Run(Context(_data));
    }

    [OneTimeTearDown]
    public void TearDown() => _data.Dispose();

    [Test]
    public void The_table_has_a_row_a_node_and_the_noise_before()
    {
        Assert.That(_table.Columns.Select(c => c.Name), Is.EqualTo(new[] { "schedule", "t", "level", "sigma", "distance" }));
        Assert.That(_table.Rows.Select(r => (string)r[0]!).Distinct(), Is.EqualTo(new[] { "wasserstein", "equal-length", "mse-matching", "linear" }));
        foreach (var rows in _table.Rows.GroupBy(r => (string)r[0]!))
        {
            Assert.That(rows.Count(), Is.EqualTo(8 + 12));
            Assert.That(rows.Select(r => (double)r[1]!), Is.Ordered.Ascending.And.Unique);
            Assert.That(rows.Select(r => (double)r[2]!), Is.Ordered.Ascending);
            Assert.That((rows.Last()[1], rows.Last()[2], rows.Last()[3]), Is.EqualTo((1.0, 0.36 * 12, 0.1)));
            Assert.That((double)rows.First()[3]!, Is.EqualTo(0.01).Within(1e-4));
            Assert.That(rows.Count(r => r[4] is null), Is.EqualTo(9));
        }
    }

    [Test]
    public void Steps_of_the_path_are_as_long_as_one_another_and_those_of_Eq_45_are_not()
    {
        double Longest(string name) => _table.Rows.Where(r => (string)r[0]! == name).Max(r => (double?)r[4])!.Value;
        var lengths = _table.Rows.Where(r => (string)r[0]! == "wasserstein").Select(r => r[4]).OfType<double>().ToArray();
        Assert.That(lengths, Is.All.EqualTo(lengths.Average()).Within(25).Percent);
        Assert.That(Longest("mse-matching"), Is.GreaterThan(2 * Longest("wasserstein")));
        Assert.That(Longest("linear"), Is.GreaterThan(1.2 * Longest("wasserstein")));
    }

    [Test]
    public void It_is_the_schedule_that_a_training_reads()
    {
        var options = new SoftOptions(Candidates: 64, ScheduleImages: 32, Nodes: 12);
        var reads = _data.Reads.Count;
        var trained = Scheduler.Of(options, options.Operator(_data.Shape), _data, torch.CPU, _store, new SilentHost(), CancellationToken.None);
        Assert.That(_data.Reads, Has.Count.EqualTo(reads), "the store has the distances");
        Assert.That(_table.Rows.Skip(8).Take(12).Select(r => (double)r[2]!), Is.EqualTo(trained.Nodes).Within(1e-12));
    }

    [Test]
    public void The_file_says_what_was_found_from_what()
    {
        using var scope = torch.NewDisposeScope();
        using var file = JsonDocument.Parse(_table.Texts["schedule.json"]);
        var root = file.RootElement;
        var nodes = root.GetProperty("nodes").EnumerateArray().Select(n => n.GetDouble()).ToArray();
        Assert.That(nodes, Is.EqualTo(_table.Rows.Skip(8).Take(12).Select(r => (double)r[2]!)).Within(1e-12));
        var distances = root.GetProperty("distances").EnumerateArray().Select(n => n.GetDouble()).ToArray();
        Assert.That(distances, Is.EqualTo(_table.Rows.Skip(9).Take(11).Select(r => (double)r[4]!)).Within(1e-9));
        Assert.That(root.GetProperty("eps").GetDouble(), Is.EqualTo(distances.Max()));
        Assert.That(root.GetProperty("length").GetDouble(), Is.EqualTo(distances.Sum()).Within(1e-12));
        Assert.That(root.GetProperty("distance").GetString(), Is.EqualTo("closed-form"));

        var corruption = root.GetProperty("corruption");
        Assert.That(corruption.GetProperty("kind").GetString(), Is.EqualTo("blur"));
        Assert.That((corruption.GetProperty("kernel").GetInt32(), corruption.GetProperty("most").GetDouble()), Is.EqualTo((25, 0.36 * 12)));

        var candidates = root.GetProperty("candidates");
        Assert.That((candidates.GetProperty("count").GetInt32(), candidates.GetProperty("spacing").GetString()), Is.EqualTo((64, "quadratic")));
        Assert.That(candidates.GetProperty("kept").GetInt32(), Is.InRange(40, 62));

        var data = root.GetProperty("data");
        Assert.That((data.GetProperty("images").GetInt32(), data.GetProperty("channels").GetInt32(), data.GetProperty("height").GetInt32()), Is.EqualTo((32, 3, 12)));
        var images = (_data.Read(Split.Train, ScheduleImages.Indices(_data, 32)) + 1) * 0.5;
        Assert.That(data.GetProperty("sha256").GetString(), Is.EqualTo(Convert.ToHexStringLower(SHA256.HashData(images.bytes))));
    }

    [Test]
    public void The_sheet_shows_images_from_clean_to_corrupted()
    {
        var sheet = _table.Sheets.Single();
        Assert.That((sheet.Name, sheet.ColumnTitle), Is.EqualTo(("forward", "t")));
        Assert.That(sheet.Columns, Has.Count.EqualTo(10));
        Assert.That((sheet.Columns[0], sheet.Columns[1], sheet.Columns[^1]), Is.EqualTo(("0.00", "0.18", "1.00")));
        Assert.That(sheet.Rows, Has.Count.EqualTo(4));
        using var scope = torch.NewDisposeScope();
        foreach (var (row, index) in sheet.Rows.Zip(ScheduleImages.Indices(_data, 32)))
        {
            Assert.That(row.Images.shape, Is.EqualTo(new long[] { 10, 3, 12, 12 }));
            Assert.That(row.Images[0].MaxError(_data.Read(Split.Train, [index])[0]), Is.Zero, "the first column is the image");
            var details = row.Images.diff(1, 2).square().mean([1L, 2, 3]).data<float>().ToArray();
            Assert.That(details[1], Is.EqualTo(details[0] + 0.08).Within(0.03), "noise of 0.2 on both of two neighbours");
            Assert.That(details[9], Is.EqualTo(0.08).Within(0.03), "noise is left");
        }
    }

    [Test]
    public void Masks_have_a_schedule_too()
    {
        var table = new ScheduleAnalysis(s_options with { Corruption = CorruptionKind.MaskWindow }).Run(Context(_data));
        Assert.That((double)table.Rows[19][2]!, Is.EqualTo(1.0));
        using var file = JsonDocument.Parse(table.Texts["schedule.json"]);
        Assert.That(file.RootElement.GetProperty("corruption").GetProperty("rings").GetInt32(), Is.EqualTo(6));
        Assert.That(table.Sheets.Single().Rows[0].Images[9].mean().ToDouble(), Is.EqualTo(-1).Within(0.05), "all is hidden");
    }

    private AnalysisContext Context(IDataSource data) => new()
    {
        Model = new() { Data = data, Task = new GenerateTask(), Network = new(), Device = torch.CPU, Precision = Precision.Float32, Seed = 1 },
        Progress = new SilentHost(),
        Store = _store,
    };
}
