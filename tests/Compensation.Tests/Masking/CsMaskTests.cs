using Dfx.Compensation.Masking;
using Dfx.Numerics.Noise;

namespace Dfx.Compensation.Tests.Masking;

/// <summary>The walk from a masked image to a whole one.</summary>
[TestFixture]
internal sealed class CsMaskTests
{
    private static readonly DataShape s_shape = new(1, 4, 4);

    private DisposeScope _scope = null!;
    private torch.Tensor _truth = null!;
    private torch.Tensor _mask = null!;

    [SetUp]
    public void SetUp()
    {
        _scope = torch.NewDisposeScope();
        _truth = torch.linspace(-1, 1, 48).view(3, 1, 4, 4).to(torch.float32);
        _mask = torch.cat([torch.ones(3, 1, 4, 2), torch.zeros(3, 1, 4, 2)], 3);
    }

    [TearDown]
    public void TearDown()
    {
        _truth.Dispose();
        _mask.Dispose();
        _scope.Dispose();
    }

    [TestCase(100, 100, 100)]
    [TestCase(100, 250, 100)]
    [TestCase(100, 50, 50)]
    [TestCase(100, 30, 25)]
    [TestCase(100, 1, 1)]
    [TestCase(7, 3, 3)]
    public void Levels_are_every_kth_of_the_trained_ones(int steps, int nfe, int count)
    {
        using var model = new Constant(0, steps);
        var levels = new CsMaskSampler().Levels(model, nfe);
        Assert.That(levels, Has.Count.EqualTo(count + 1));
        Assert.That((levels[0], levels[^1]), Is.EqualTo((1.0, 0.0)));
        Assert.That(levels.Select(t => Math.Abs((t * steps) - Math.Round(t * steps))).Max(), Is.LessThan(1e-9), "levels that were trained");
        Assert.That(levels.Zip(levels.Skip(1)).Take(count - 1).Select(pair => Math.Round((pair.First - pair.Second) * steps)).Distinct().Count(), Is.LessThanOrEqualTo(1));
    }

    /// <summary>Every step adds (t - s) x̂0 to the hidden pixels, so the end is the mean of all estimates there and the image elsewhere.</summary>
    [Test]
    public void Hidden_pixels_end_as_the_mean_of_all_estimates()
    {
        using var model = new Constant(0.25, 10);
        var end = Run(model, 10);
        var expected = torch.where(_mask.gt(0), _truth, 0.25f).@double();
        Assert.That((end - expected).abs().max().ToDouble(), Is.LessThan(1e-6));
        Assert.That(((end - _truth) * _mask).abs().max().ToDouble(), Is.Zero, "known pixels are those of the image");
        Assert.That((model.Seen[0] - (_truth * _mask)).abs().max().ToDouble(), Is.Zero, "it starts from what is known");
    }

    [Test]
    public void Other_corruptions_and_tasks_without_masks_do_not_apply()
    {
        using var model = new Constant(0, 10);
        var request = Request(new CsMaskSampler().Levels(model, 5)) with { Condition = new() { Channels = _truth } };
        Assert.That(() => new CsMaskSampler().Sample(model, request), Throws.TypeOf<NotApplicableException>().With.Message.Contains("no mask"));
        Assert.That(() => new CsMaskSampler().Sample(model, request with { Condition = null }), Throws.TypeOf<NotApplicableException>());
        using var other = new Constant(0, 10, known: false);
        Assert.That(() => new CsMaskSampler().Levels(other, 5), Throws.TypeOf<NotApplicableException>().With.Message.Contains("method cs-mask"));
        Assert.That(() => new TaskMask(10).Apply(_truth, torch.ones(3)), Throws.TypeOf<NotApplicableException>().With.Message.Contains("samplers: [cs-mask]"));
    }

    private torch.Tensor Run(ICorruptionModel model, int nfe)
    {
        var sampler = new CsMaskSampler();
        return sampler.Sample(model, Request(sampler.Levels(model, nfe)) with { Condition = new() { Known = _truth * _mask, Mask = _mask } });
    }

    private static SamplingRequest Request(IReadOnlyList<double> levels) => new()
    {
        Nfe = levels.Count - 1,
        Levels = levels,
        Stop = levels.Count - 1,
        Start = torch.zeros(s_shape.Batch(3), torch.float64),
        Noise = new SampleNoise(NoiseKey.For(5, "sampling"), 0, 3, s_shape, torch.CPU),
    };

    /// <summary>A model whose estimate is one number.</summary>
    private sealed class Constant(double value, int steps, bool known = true) : ICorruptionModel
    {
        internal List<torch.Tensor> Seen { get; } = [];

        public ICorruption Corruption { get; } = known ? new TaskMask(steps) : new Fading();

        public DataShape Shape => s_shape;

        public IReadOnlyList<NetworkCard> Networks => [new("constant", 0)];

        public torch.Tensor Restore(torch.Tensor x, torch.Tensor t, Condition? condition = null)
        {
            Seen.Add(x.clone().DetachFromDisposeScope());
            return torch.full_like(x, value);
        }

        public torch.Tensor Prior(double level, SampleNoise noise) => noise.Normal();

        public Checkpoint ToCheckpoint() => throw new NotSupportedException();

        public void Dispose() => Seen.ForEach(x => x.Dispose());
    }

    private sealed class Fading : ICorruption
    {
        public double MinLevel => 0.01;

        public double Sigma(double t) => 0;

        public bool IsIdentity(double t) => t <= 0;

        public torch.Tensor Apply(torch.Tensor x, torch.Tensor t) => x * (1 - t).view(-1, 1, 1, 1);
    }
}
