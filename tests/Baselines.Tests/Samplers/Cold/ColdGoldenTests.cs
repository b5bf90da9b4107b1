namespace Dfx.Baselines.Tests.Samplers;

/// <summary>Against arpitbansal297/Cold-Diffusion-Models on the toy restoration tanh((1 + step / 20) x).</summary>
[TestFixture]
internal sealed class ColdGoldenTests
{
    private const int Steps = 6;
    private DisposeScope _scope = null!;
    private GoldenFile _golden = null!;

    [SetUp]
    public void SetUp() => (_scope, _golden) = (torch.NewDisposeScope(), new("cold_diffusion"));

    [TearDown]
    public void TearDown()
    {
        _golden.Dispose();
        _scope.Dispose();
    }

    [TestCase("noise_sample", ColdRule.Estimated)]
    [TestCase("noise_gen_ddim", ColdRule.Estimated)]
    [TestCase("noise_gen_x0_step_down", ColdRule.Fixed)]
    public void Noise_is_removed_as_there(string run, ColdRule rule)
    {
        var schedule = new DiscreteSchedule([.. _golden.Doubles("noise_alphas_cumprod")]);
        using var model = new ToyRestorer(schedule);
        var sampler = new ColdSampler(new(rule));
        var levels = sampler.Levels((IDenoiser)model, Steps);
        var x = sampler.Sample((IDenoiser)model, Requests.Over(levels, _golden["noise_images"] / schedule.Scale(Steps)));
        Assert.That(levels, Has.Count.EqualTo(Steps + 1));
        Assert.That(x.MaxError(_golden[$"{run}_out"]), Is.LessThan(1e-10));
    }

    [TestCase("incremental", "default", ColdRule.Naive)]
    [TestCase("incremental", "x0_step_down", ColdRule.Estimated)]
    [TestCase("incremental", "x0_step_down", ColdRule.Fixed)]
    [TestCase("constant_reflect", "default", ColdRule.Naive)]
    [TestCase("constant_reflect", "x0_step_down", ColdRule.Estimated)]
    public void Blur_is_removed_as_there(string blur, string routine, ColdRule rule)
    {
        var corruption = new RepeatedBlur(_golden[$"blur_{blur}_kernels"], circular: blur == "incremental");
        using var model = new ToyRestorer(corruption);
        var sampler = new ColdSampler(new(rule));
        var levels = sampler.Levels((ICorruptionModel)model, Steps);
        var start = corruption.Apply(_golden["images"], torch.ones([2], torch.ScalarType.Float64));
        var x = sampler.Sample((ICorruptionModel)model, Requests.Over(levels, start));
        Assert.That(start.MaxError(_golden[$"blur_{blur}_{routine}_xt"]), Is.LessThan(1e-10));
        Assert.That(x.MaxError(_golden[$"blur_{blur}_{routine}_out"]), Is.LessThan(1e-10));
        var inputs = torch.stack([.. model.Inputs]);
        Assert.That(inputs.MaxError(_golden[$"blur_{blur}_{routine}_net_inputs"]), Is.LessThan(1e-10));
    }

    /// <summary>A mask of so many parts: none of them may come back together with another.</summary>
    [TestCase(4, null)]
    [TestCase(3, "cold takes a step an evaluation, and this corruption is reversed in 4 steps or more: the budget is 3, and 4 would do.")]
    public void Fewer_steps_than_a_corruption_needs_are_not_applicable(int nfe, string? why)
    {
        using var model = new ToyRestorer(new FourParts());
        var sampler = new ColdSampler(new());
        Assert.That(
            () => sampler.Levels((ICorruptionModel)model, nfe).Count,
            why is null ? Is.EqualTo(5) : Throws.TypeOf<NotApplicableException>().With.Message.EqualTo(why));
    }

    private sealed class FourParts : ICorruption
    {
        public double MinLevel => 1e-5;

        public int MinSteps => 4;

        public double Sigma(double t) => 0;

        public bool IsIdentity(double t) => t == 0;

        public torch.Tensor Apply(torch.Tensor x, torch.Tensor t) => x.clone();
    }

    /// <summary>tanh((1 + step / 20) x), where step counts from 0; a denoiser sees x = a y.</summary>
    private sealed class ToyRestorer : IDenoiser, ICorruptionModel
    {
        private readonly DiscreteSchedule? _schedule;
        private readonly ICorruption? _corruption;

        internal ToyRestorer(DiscreteSchedule schedule) => _schedule = schedule;

        internal ToyRestorer(ICorruption corruption) => _corruption = corruption;

        internal List<torch.Tensor> Inputs { get; } = [];

        public INoiseSchedule Schedule => _schedule!;

        public ICorruption Corruption => _corruption!;

        public DataShape Shape => new(3, 8, 8);

        public IReadOnlyList<NetworkCard> Networks => [new("toy", 0)];

        public torch.Tensor Denoise(torch.Tensor x, torch.Tensor sigma, Condition? condition = null)
        {
            var step = Math.Round(_schedule!.Time(sigma[0].ToDouble()));
            return Restored(x * _schedule.Scale(step), step);
        }

        public torch.Tensor Restore(torch.Tensor x, torch.Tensor t, Condition? condition = null)
        {
            Inputs.Add(x.clone().DetachFromDisposeScope());
            return Restored(x, Math.Round(t[0].ToDouble() * Steps));
        }

        public torch.Tensor Prior(double level, SampleNoise noise) => throw new NotSupportedException();

        public Checkpoint ToCheckpoint() => throw new NotSupportedException();

        public void Dispose() => Inputs.ForEach(x => x.Dispose());

        private static torch.Tensor Restored(torch.Tensor x, double step) => (x * (1 + (0.05 * (step - 1)))).tanh();
    }

    /// <summary>The first kernels of a list one after the other, t = 1 being all of them, on borders that wrap or mirror.</summary>
    private sealed class RepeatedBlur(torch.Tensor kernels, bool circular) : ICorruption
    {
        public double MinLevel => 1e-3;

        public double Sigma(double t) => 0;

        public bool IsIdentity(double t) => t == 0;

        public torch.Tensor Apply(torch.Tensor x, torch.Tensor t)
        {
            for (var i = 0; i < (int)Math.Round(t[0].ToDouble() * Steps); i++)
            {
                x = Blurred(x, kernels[i]);
            }

            return x.clone();
        }

        private torch.Tensor Blurred(torch.Tensor x, torch.Tensor kernel)
        {
            var sum = torch.zeros_like(x);
            var half = (int)kernel.shape[0] / 2;
            for (var row = -half; row <= half; row++)
            {
                for (var column = -half; column <= half; column++)
                {
                    sum += kernel[row + half, column + half] * Shifted(Shifted(x, 2, row), 3, column);
                }
            }

            return sum;
        }

        private torch.Tensor Shifted(torch.Tensor x, int dimension, int by)
        {
            var size = (int)x.shape[dimension];
            var sources = Enumerable.Range(by, size).Select(i => circular ? ((i % size) + size) % size : i < 0 ? -i : i >= size ? (2 * size) - 2 - i : i);
            return x.index_select(dimension, torch.tensor(sources.Select(i => (long)i).ToArray()));
        }
    }
}
