namespace Dfx.SoftDiffusion.Tests.Scheduling;

[TestFixture]
internal sealed class SchedulerTests
{
    private static readonly SoftOptions s_small = new(Candidates: 64, ScheduleImages: 32, Nodes: 12);

    private ImageData _data = null!;
    private KeptTensors _store = null!;

    [SetUp]
    public void Setup() => (_data, _store) = (new(SmoothImages.Of(40, 1, 12, 12)), new());

    [TearDown]
    public void TearDown() => _data.Dispose();

    [TestCase(CorruptionKind.Blur)]
    [TestCase(CorruptionKind.MaskWindow)]
    [TestCase(CorruptionKind.MaskPixels)]
    public void The_schedule_goes_through_its_nodes_and_never_falls(CorruptionKind kind)
    {
        var corruption = (s_small with { Corruption = kind }).Operator(_data.Shape);
        var schedule = Of(s_small with { Corruption = kind });
        Assert.That(schedule.Nodes, Has.Length.EqualTo(12).And.Ordered.Ascending.And.Unique);
        var times = Enumerable.Range(0, 1001).Select(i => i / 1000.0).ToArray();
        Assert.That(times.Select(schedule.Level), Is.Ordered.Ascending);
        Assert.That(times.Select(schedule.Sigma), Is.Ordered.Ascending);
        Assert.That(times.Zip(times.Skip(1), (s, t) => schedule.Level(t) - schedule.Level(s)), Is.All.LessThan(corruption.Most / 20), "continuous");
        Assert.That(times.Skip(1).Zip(times.Skip(2), (s, t) => schedule.Sigma(t) / schedule.Sigma(s)), Is.All.LessThan(1.02));
        Assert.That(times.Where(t => t <= 0.18).Select(schedule.Level), Is.All.EqualTo(corruption.Least));
        Assert.That(times.Where(t => t >= 0.18).Select(schedule.Sigma), Is.All.EqualTo(0.1));
        Assert.That(schedule.Level(1), Is.EqualTo(corruption.Most));
        Assert.That(schedule.Sigma(1e-5), Is.EqualTo(0.01).Within(1e-4));
        for (var node = 0; node < 12; node++)
        {
            Assert.That(schedule.Level(0.18 + (0.82 * node / 11)), Is.EqualTo(schedule.Nodes[node]).Within(1e-6));
        }
    }

    [Test]
    public void Nodes_are_those_of_the_path_among_candidates()
    {
        using var scope = torch.NewDisposeScope();
        var images = _data.Read(Split.Train, ScheduleImages.Indices(_data, 32)).add_(1).mul_(0.5);
        var all = PairedDistances.Of(new GaussianBlur(12, 12, 12, 0.36 * 12), Candidates.Quadratic(0.01, 0.36 * 12, 64), images);
        Assert.That(Of(s_small).Nodes, Is.EqualTo(NodePath.Of(all.Among(Candidates.Kept(all)), 12).Levels).Within(1e-9));
    }

    [Test]
    public void Other_schedules_go_through_the_same_levels()
    {
        var linear = Of(s_small with { Schedule = ScheduleKind.Linear });
        Assert.That(linear.Nodes, Is.EqualTo(new[] { 0.01, 0.36 * 12 }));
        Assert.That((_data.Reads, _store.Keys), Is.EqualTo((Array.Empty<int[]>(), Array.Empty<string>())), "no image is needed");

        var path = Of(s_small);
        var changing = Of(s_small with { Schedule = ScheduleKind.ChangingNoise });
        Assert.That(changing.Nodes, Is.EqualTo(path.Nodes));
        Assert.That(changing.Sigma(0.5), Is.EqualTo(Math.Sqrt(0.01 * 0.1)).Within(1e-12));

        var matching = Of(s_small with { Schedule = ScheduleKind.MseMatching });
        Assert.That((matching.Level(0.5), matching.Level(1)), Is.EqualTo((0.01, 0.36 * 12)));
        Assert.That(matching.Sigma(0.5), Is.EqualTo(0.1));
    }

    [Test]
    public void Distances_are_computed_once_a_dataset()
    {
        var first = Of(s_small);
        Of(s_small with { Schedule = ScheduleKind.MseMatching });
        Of(s_small with { SigmaMax = 0.05, NoiseShare = 0.3, Objective = SoftObjective.CleanL1, Prior = SoftPrior.Colour, Nodes = 9 });
        Assert.That(Of(s_small).Nodes, Is.EqualTo(first.Nodes));
        Assert.That(_store.Keys, Has.Count.EqualTo(1));
        Assert.That(_data.Reads, Has.Count.EqualTo(1));
    }

    [TestCase("corruption")]
    [TestCase("rings")]
    [TestCase("softness")]
    [TestCase("blur-max")]
    [TestCase("kernel")]
    [TestCase("candidates")]
    [TestCase("images")]
    [TestCase("spacing")]
    [TestCase("distance")]
    [TestCase("sinkhorn nodes")]
    public void What_distances_depend_on_is_in_their_key(string what)
    {
        var masks = s_small with { Corruption = CorruptionKind.MaskPixels };
        var sampled = s_small with { Candidates = 12, Nodes = 4, Distance = LevelDistance.Sinkhorn };
        var (one, other) = what switch
        {
            "corruption" => (masks, masks with { Corruption = CorruptionKind.MaskWindow }),
            "rings" => (masks, masks with { Rings = 4 }),
            "softness" => (masks, masks with { MaskSoftness = 0.5 }),
            "blur-max" => (s_small, s_small with { BlurMax = 4 }),
            "kernel" => (s_small, s_small with { Kernel = 9 }),
            "candidates" => (s_small, s_small with { Candidates = 65 }),
            "images" => (s_small, s_small with { ScheduleImages = 16 }),
            "spacing" => (s_small, s_small with { Spacing = CandidateSpacing.Linear }),
            "distance" => (s_small with { Candidates = 12, Nodes = 4 }, sampled),
            _ => (sampled, sampled with { Nodes = 5 }),
        };
        Of(one);
        var known = _store.Keys.Count;
        Of(other);
        Assert.That(_store.Keys, Has.Count.EqualTo(known + 1));
    }

    [Test]
    public void Sinkhorn_finds_nearly_the_same_nodes()
    {
        var options = s_small with { Candidates = 40, Nodes = 8 };
        var (closed, sampled) = (Of(options), Of(options with { Distance = LevelDistance.Sinkhorn }));
        Assert.That(sampled.Nodes, Is.EqualTo(closed.Nodes).Within(0.3));
    }

    [Test]
    public void The_images_are_the_same_for_every_run_and_different_from_one_another()
    {
        var indices = ScheduleImages.Indices(_data, 32);
        Assert.That(indices, Has.Length.EqualTo(32).And.Unique);
        Assert.That(indices, Is.EqualTo(ScheduleImages.Indices(_data, 40).Take(32)));
        Assert.That(indices, Is.Not.Ordered);
        Assert.That(ScheduleImages.Indices(_data, 1000), Is.EquivalentTo(Enumerable.Range(0, 40)));
    }

    [Test]
    public void Impossible_schedules_are_one_clear_error()
    {
        using var few = new ImageData(SmoothImages.Of(15, 1, 12, 12));
        Assert.That(() => Of(s_small, few), Throws.ArgumentException.With.Message.Contains("at least 16 images").And.Message.Contains("15 training images"));
        using var black = new ImageData(torch.zeros(20, 1, 12, 12));
        Assert.That(() => Of(s_small, black), Throws.ArgumentException.With.Message.Contains("same at all levels"));
        Assert.That(() => Of(s_small with { Nodes = 65 }), Throws.ArgumentException.With.Message.Contains("nodes is 65"));
        Assert.That(() => Of(s_small with { Nodes = 65, Distance = LevelDistance.Sinkhorn }), Throws.ArgumentException.With.Message.Contains("nodes is 65"));
        using var broken = new ImageData(torch.full([20, 1, 12, 12], float.NaN));
        Assert.That(() => Of(s_small, broken), Throws.ArgumentException.With.Message.Contains("not finite"));
        Assert.That(() => Of(s_small with { BlurMax = 0.01 }), Throws.ArgumentException.With.Message.Contains("same at all levels"));
    }

    private SoftSchedule Of(SoftOptions options, IDataSource? data = null) => Scheduler.Of(
        options, options.Operator((data ?? _data).Shape), data ?? _data, torch.CPU, data is null ? _store : new(), new SilentHost(), CancellationToken.None);
}
