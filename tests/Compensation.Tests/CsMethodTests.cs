using Dfx.Baselines;
using Dfx.Numerics.Noise;

namespace Dfx.Compensation.Tests;

/// <summary>The method and its model.</summary>
[TestFixture]
internal sealed class CsMethodTests
{
    private DisposeScope _scope = null!;

    [SetUp]
    public void SetUp() => _scope = torch.NewDisposeScope();

    [TearDown]
    public void TearDown() => _scope.Dispose();

    // The module's last layer starts at 0.
    [TestCase(CsGeneration.Exact)]
    [TestCase(CsGeneration.Paper)]
    public void A_module_that_says_nothing_changes_no_bit_of_what_is_generated(CsGeneration generation)
    {
        var model = Problem.Context().Model;
        using var plain = Model(model, CsGeneration.Off, said: false);
        using var compensated = Model(model, generation, said: false);
        Assert.That(Sample(compensated, 10).MaxError(Sample(plain, 10)), Is.Zero);
    }

    // DDIM's step with x̂0 - r is DDIM's step plus w_d r: the sampler's own step, of the model and of its parts.
    [TestCase(CsGeneration.Exact)]
    [TestCase(CsGeneration.Paper)]
    public void Generation_adds_the_term_to_a_step_of_ddim(CsGeneration generation)
    {
        var model = Problem.Context().Model;
        using var plain = Model(model, CsGeneration.Off);
        using var compensated = Model(model, generation);
        var sigmas = Problem.Sigmas(100);
        foreach (var t in new[] { 100, 60, 20, 2 })
        {
            var (sigma, next) = (sigmas.narrow(0, t, 1).expand(4), sigmas.narrow(0, t - 1, 1).expand(4));
            var x = Compensation.Forward(Problem.Uniform("clean", 4, 1, 8, 8), Problem.Normal("z", 4, 1, 8, 8), sigma).@double();
            var y = x / Compensation.Signal(sigma).view(-1, 1, 1, 1);
            var clean = plain.Denoise(y, sigma);
            var eps = ((y - clean) / sigma.view(-1, 1, 1, 1)).@float();
            using var network = ModuleTests.Random(CsModule.Build(model));
            var u = new CsModule(network, Process()).Residual(new(x.@float(), clean, eps, sigma, next, null), eps).@double();
            var weight = generation == CsGeneration.Exact ? Compensation.DdimWeight(sigma, next) : Compensation.Weight(sigma, next);
            var expected = Ddim(y, clean, sigma, next) + (u * (weight * sigma).view(-1, 1, 1, 1));
            Assert.That(Ddim(y, compensated.Denoise(y, sigma), sigma, next).MaxError(expected), Is.LessThan(1e-4), $"t = {t}");
            Assert.That(Ddim(y, clean, sigma, next).MaxError(expected), Is.GreaterThan(generation == CsGeneration.Exact || t > 10 ? 1e-3 : 0));
        }
    }

    [Test]
    public void The_module_is_counted_only_where_it_runs()
    {
        var model = Problem.Context().Model;
        using var plain = Model(model, CsGeneration.Off);
        using var compensated = Model(model, CsGeneration.Exact);
        Assert.That(plain.Networks.Select(n => n.Role), Is.EqualTo(new[] { NetworkRole.Main }));
        Assert.That(compensated.Networks.Select(n => n.Role), Is.EqualTo(new[] { NetworkRole.Main, NetworkRole.Auxiliary }));
    }

    // A run of DDIM with S steps: S evaluations of the main network, and as many of the module with generation.
    [TestCase(CsGeneration.Off, 0)]
    [TestCase(CsGeneration.Exact, 10)]
    [TestCase(CsGeneration.Paper, 10)]
    public void Sampling_evaluates_the_main_network_as_often_as_ddpms(CsGeneration generation, int auxiliary)
    {
        var meter = new Counter();
        using var model = Model(Problem.Context().Model with { Meter = meter }, generation);
        Sample(model, 10);
        Assert.That((meter.Main, meter.Auxiliary), Is.EqualTo((4L * 10, 4L * auxiliary)));
    }

    // What is wrong about a use is found before the training.
    [Test]
    public void A_width_that_no_module_has_is_an_error_before_training() =>
        Assert.That(() => new CsMethod(new(Width: 6)).CheckUse(Problem.Context().Model), Throws.ArgumentException.With.Message.Contains("give 4 or 8"));

    [TestCase(CsTerm.Oracle)]
    [TestCase(CsTerm.None)]
    public void Generation_without_a_module_is_an_error_before_training(CsTerm term)
    {
        Assert.That(() => new CsMethod(new(Term: term, Generation: CsGeneration.Exact)).CheckUse(Problem.Context().Model), Throws.ArgumentException.With.Message.Contains("there is none"));
        Assert.That(() => new CsMethod(new(Term: term)).CheckUse(Problem.Context().Model), Throws.Nothing);
    }

    // Every variant trains, and what is saved is what was trained.
    [TestCaseSource(nameof(Variants))]
    public void Every_variant_trains_and_loads(CsOptions options)
    {
        var context = Problem.Context(new FlatData(deviation: 0.5), steps: 6);
        var method = new CsMethod(options);
        using var model = method.Train(context);
        using var loaded = method.Load(model.ToCheckpoint(), context.Model);
        using var fresh = method.Load(new CsMethod(options).Train(context with { Settings = context.Settings with { Steps = 1, WarmUp = 1, LearningRate = 1e-9 } }).ToCheckpoint(), context.Model);
        var (x, sigma) = (Problem.Normal("x", 4, 1, 8, 8), torch.full([4L], 0.7));
        Assert.That(loaded.Denoise(x, sigma).MaxError(model.Denoise(x, sigma)), Is.Zero);
        Assert.That(loaded.Denoise(x, sigma).MaxError(fresh.Denoise(x, sigma)), Is.GreaterThan(1e-4));
        Assert.That(loaded.Networks, Is.EqualTo(model.Networks));
    }

    // At t = 1, where f = 0.03, what leads back from a state that is a little off is far from z: the divisor is held at 0.1.
    [Test]
    public void A_consistent_target_leads_from_the_state_to_the_image()
    {
        var context = Problem.Context();
        using var main = UNets.For(context.Model);
        main.eval();
        var sigma = Problem.Sigmas(100).index_select(0, torch.tensor(new long[] { 1, 50, 100 }));
        var (clean, z, off) = (Problem.Uniform("clean", 3, 1, 8, 8), Problem.Normal("z", 3, 1, 8, 8), Problem.Normal("off", 3, 1, 8, 8) * 0.05f);
        var rows = new RolloutRows(Compensation.Forward(clean, z, sigma) + off, clean, z, sigma, sigma * 0.9, null);
        var eps = new CsMethod(new()).Estimate(main, rows).Eps;
        var (g, f) = (Compensation.Signal(sigma).@float().view(-1, 1, 1, 1), Compensation.Deviation(sigma).@float().view(-1, 1, 1, 1));
        Assert.That(new CsMethod(new()).Estimate(main, rows).Loss.MaxError((eps - z).square()), Is.LessThan(1e-5));
        Assert.That(new CsMethod(new(Target: CsTarget.Consistent)).Estimate(main, rows).Loss.MaxError((eps - ((rows.X - (g * clean)) / f.clamp_min(0.1))).square()), Is.LessThan(1e-4));
    }

    private static IEnumerable<CsOptions> Variants() =>
    [
        new(), new(Full: true), new(Rollout: 5, Inner: 2), new(Term: CsTerm.Oracle), new(Term: CsTerm.None), new(Schedule: CsSchedule.Respaced, Steps: 200),
        new(Input: CsInput.Xt, Head: CsHead.Raw, Width: 8, ModuleEpochs: 0.5), new(Target: CsTarget.Consistent, ClipX0: true), new(Generation: CsGeneration.Exact),
    ];

    private static DdpmProcess Process() => new(DiscreteSchedule.Scaled(100));

    private static CsDenoiser Model(ModelContext model, CsGeneration generation, bool said = true)
    {
        var (main, module) = (ModuleTests.Random(UNets.For(model)), CsModule.Build(model));
        var process = Process();
        return new(new(main, process, Problem.Shape), new(said ? ModuleTests.Random(module) : module, process), new(process.Steps, false), generation);
    }

    private static torch.Tensor Sample(CsDenoiser model, int nfe)
    {
        var sampler = new DdimSampler(new());
        var levels = sampler.Levels(model, nfe);
        var noise = new SampleNoise(NoiseKey.For(1, "samples"), 0, 4, model.Shape, torch.CPU);
        return sampler.Sample(model, new()
        {
            Nfe = nfe,
            Levels = levels,
            Stop = levels.Count - 1,
            Start = model.Prior(levels[0], noise),
            Noise = noise,
        });
    }

    private sealed class Counter : IEvaluationMeter
    {
        internal long Main { get; private set; }

        internal long Auxiliary { get; private set; }

        public void Count(NetworkCard network, long rows, bool trains)
        {
            Main += network.Role == NetworkRole.Main ? rows : 0;
            Auxiliary += network.Role == NetworkRole.Auxiliary ? rows : 0;
        }
    }

    // In EDM's frame, times g_s for the variance-preserving one.
    private static torch.Tensor Ddim(torch.Tensor y, torch.Tensor clean, torch.Tensor sigma, torch.Tensor next)
    {
        var (s, n) = (sigma.view(-1, 1, 1, 1), next.view(-1, 1, 1, 1));
        return (clean + ((y - clean) / s * n)) * Compensation.Signal(next).view(-1, 1, 1, 1);
    }
}
