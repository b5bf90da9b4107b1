using Dfx.Baselines;

namespace Dfx.SoftDiffusion.Tests.Samplers;

[TestFixture]
internal sealed class SoftSamplerTests
{
    private static readonly DataShape s_shape = new(2, 8, 8);

    private DisposeScope _scope = null!;

    [SetUp]
    public void SetUp() => _scope = torch.NewDisposeScope();

    [TearDown]
    public void TearDown() => _scope.Dispose();

    private static IEnumerable<ISampler<ICorruptionModel>> Samplers() =>
    [
        new NaiveSampler(), new MomentumSampler(new()), new MomentumSampler(new(MomentumVariance.Ancestral)),
        new MomentumFlowSampler(new()), new MomentumFlowSampler(new(FlowStep.Exact)),
    ];

    private static IEnumerable<ILinearCorruption> Operators() => [new GaussianBlur(8, 8, 8, 3), new Masking(8, 8), new Masking(8, 8, MaskOrder.Pixels, 3)];

    // Algorithm 2 and Eq. 44 in the order of the paper, in images in [0, 1].
    [Test]
    public void Momentum_takes_the_papers_steps([ValueSource(nameof(Operators))] ILinearCorruption linear, [Values] bool flow, [Values] bool changing)
    {
        var corruption = Soft(linear, changing);
        var schedule = corruption.Schedule;
        using var model = new ToyModel(corruption, Toy, s_shape);
        ISampler<ICorruptionModel> sampler = flow ? new MomentumFlowSampler(new()) : new MomentumSampler(new());
        var levels = sampler.Levels(model, 12);
        var request = Requests.Over(levels, model);
        var noise = Requests.Noise(s_shape);
        _ = noise.Normal();
        var x = (request.Start + 1) / 2;
        for (var i = 0; i < levels.Count - 2; i++)
        {
            var (sigma, next) = (schedule.Sigma(levels[i]), schedule.Sigma(levels[i + 1]));
            var clean = (Toy((x * 2) - 1) + 1) / 2;
            var (yt, ys) = (linear.Apply(clean, schedule.Level(levels[i])), linear.Apply(clean, schedule.Level(levels[i + 1])));
            var eps = yt - x;
            var drift = ((next * next / (sigma * sigma)) - 1) * (flow ? 0.5 : 1);
            var z = x - (drift * eps);
            z = !flow && sigma > next ? z + (Math.Sqrt((sigma * sigma) - (next * next)) * noise.Normal()) : z;
            x = z + (ys - yt);
        }

        var actual = sampler.Sample(model, request with { Stop = levels.Count - 2 });
        Assert.That(actual.MaxError((x * 2) - 1), Is.LessThan(1e-11));
        Assert.That(sampler.Sample(model, Requests.Over(levels, model)).MaxError(Toy((x * 2) - 1)), Is.LessThan(1e-11), "the last step is the estimate");
    }

    [TestCaseSource(nameof(Operators))]
    public void Naive_corrupts_the_estimate_again(ILinearCorruption linear)
    {
        var corruption = Soft(linear);
        using var model = new ToyModel(corruption, Toy, s_shape);
        var (levels, noise) = (new NaiveSampler().Levels(model, 9), Requests.Noise(s_shape));
        var x = noise.Normal() * corruption.Sigma(1);
        foreach (var next in levels.Skip(1).SkipLast(1))
        {
            x = corruption.Apply(Toy(x), Images.Fill(next, 3)) + (noise.Normal() * corruption.Sigma(next));
        }

        Assert.That(new NaiveSampler().Sample(model, Requests.Over(levels, model)).MaxError(Toy(x)), Is.LessThan(1e-12));
    }

    // With constant noise and one estimate, steps add up whatever their number.
    [TestCaseSource(nameof(Operators))]
    public void Without_a_change_of_the_noise_steps_telescope(ILinearCorruption linear)
    {
        var (corruption, clean) = (Soft(linear), Images.Smooth(3, 2, 8, 8));
        using var model = new ToyModel(corruption, _ => clean.clone(), s_shape);
        var start = Images.Normal("start", 3, 2, 8, 8);
        var expected = start + corruption.Apply(clean, Images.Fill(0.3, 3)) - corruption.Apply(clean, Images.Fill(1, 3));
        foreach (var levels in new double[][] { [1, 0.3], [1, 0.9, 0.3], [1, 0.77, 0.6, 0.41, 0.4, 0.3] })
        {
            foreach (var sampler in Samplers().Skip(1))
            {
                Assert.That(sampler.Sample(model, Requests.Over(levels, model, start)).MaxError(expected), Is.LessThan(1e-5), $"{sampler} {levels.Length}");
            }
        }
    }

    [Test]
    public void An_oracle_is_believed_in_the_end(
        [ValueSource(nameof(Samplers))] ISampler<ICorruptionModel> sampler, [ValueSource(nameof(Operators))] ILinearCorruption linear)
    {
        var clean = Images.Smooth(3, 2, 8, 8);
        using var model = new ToyModel(Soft(linear), _ => clean.clone(), s_shape);
        var x = sampler.Sample(model, Requests.Over(sampler.Levels(model, 20), model));
        Assert.That(x.MaxError(clean), Is.LessThan(1e-6));
    }

    // Section 3's factors of the noise that is left over at sigma_min, of steps of equal ratio in the noise stage.
    [TestCase(20, 1.121, 1.141)]
    [TestCase(50, 1.047, 1.054)]
    [TestCase(100, 1.023, 1.027)]
    [TestCase(500, 1.005, 1.005)]
    public void Before_the_last_step_noise_is_left_as_the_recursion_says(int steps, double momentum, double flow)
    {
        Assert.That(Left(SoftUpdate.Momentum), Is.EqualTo(momentum).Within(6e-4));
        Assert.That(Left(SoftUpdate.HalfScore), Is.EqualTo(flow).Within(6e-4));
        Assert.That(new[] { Left(SoftUpdate.Naive), Left(SoftUpdate.Ancestral), Left(SoftUpdate.Exact) }, Is.All.EqualTo(1).Within(1e-9));

        double Left(Func<double, double, SoftUpdate> rule)
        {
            var variance = 0.01;
            for (var i = 0; i < steps; i++)
            {
                var update = rule(0.1 * Math.Pow(10, -(double)i / steps), 0.1 * Math.Pow(10, -(i + 1.0) / steps));
                variance = (update.Keep * update.Keep * variance) + (update.Noise * update.Noise);
            }

            return Math.Sqrt(variance) / 0.01;
        }
    }

    private static IEnumerable<TestCaseData> Leftovers() => Samplers().Zip([1, 1.121, 1, 1.141, 1], (sampler, factor) => new TestCaseData(sampler, factor));

    [TestCaseSource(nameof(Leftovers))]
    public void Samples_have_that_noise(ISampler<ICorruptionModel> sampler, double factor)
    {
        const int Steps = 20;
        var (corruption, clean) = (Soft(new GaussianBlur(64, 64, 64, 23)), Images.Smooth(1, 3, 64, 64));
        using var model = new ToyModel(corruption, _ => clean.clone(), new(3, 64, 64));
        var levels = Grids.Uniform(0.18, 1e-9, Steps + 1);
        var start = clean + (Images.Normal("start", 1, 3, 64, 64) * corruption.Sigma(levels[0]));
        var error = sampler.Sample(model, Requests.Over([.. levels, 0], model, start, Steps)) - clean;
        Assert.That(error.square().mean().sqrt().ToDouble() / 0.02, Is.EqualTo(factor).Within(2).Percent);
    }

    [Test]
    public void Where_the_noise_is_constant_nothing_is_drawn_and_sde_and_flow_are_one([ValueSource(nameof(Operators))] ILinearCorruption linear)
    {
        using var model = new ToyModel(Soft(linear), Toy, s_shape);
        var (levels, start) = (Grids.Uniform(1, 0.2, 8), Images.Normal("start", 3, 2, 8, 8));
        var first = Requests.Noise(s_shape).Normal();
        var states = Samplers().Skip(1).Select(sampler =>
        {
            var request = Requests.Over(levels, model, start);
            var state = sampler.Sample(model, request);
            Assert.That(request.Noise.Normal().eq(first).all().ToBoolean(), "the next draw is the first one");
            return state;
        }).ToList();
        Assert.That(states.All(state => state.eq(states[0]).all().ToBoolean()));
        Assert.That(states[0].MaxError(start), Is.GreaterThan(0.1));
    }

    [Test]
    public void Of_a_denoiser_momentum_is_reverse_diffusion([Values] bool flow)
    {
        foreach (var schedule in new INoiseSchedule[] { new VeSchedule(0.01, 50), new EdmSchedule(), DiscreteSchedule.Linear() })
        {
            using var model = new GaussianDenoiser(schedule);
            ISampler<IDenoiser> sampler = flow ? new MomentumFlowSampler(new()) : new MomentumSampler(new());
            var baseline = new ReverseDiffusionSampler(new(flow));
            var levels = sampler.Levels(model, 50);
            Assert.That(levels, Is.EqualTo(baseline.Levels(model, 50)), $"{schedule}");
            if (schedule is not DiscreteSchedule)
            {
                var (start, stop) = (Requests.Over(levels, model), levels.Count - 2);
                var (x, y) = (sampler.Sample(model, Requests.Over(levels, model)), baseline.Sample(model, start));
                Assert.That(flow || x.MaxError(y) < 1e-5, $"{schedule}");
                var (before, other) = (sampler.Sample(model, Requests.Over(levels, model, stop: stop)), baseline.Sample(model, Requests.Over(levels, model, stop: stop)));
                Assert.That(before.MaxError(other), Is.LessThan(1e-5), $"{schedule}");
            }
        }
    }

    [Test]
    public void A_time_of_its_own_gives_a_denoiser_the_levels_of_reverse_diffusion()
    {
        foreach (var schedule in new INoiseSchedule[] { new VpSchedule(), new SubVpSchedule() })
        {
            using var model = new GaussianDenoiser(schedule);
            Assert.That(((ISampler<IDenoiser>)new NaiveSampler()).Levels(model, 30), Is.EqualTo(new ReverseDiffusionSampler(new()).Levels(model, 30)));
        }
    }

    // The same denoiser as a corruption model: its lowest time is not quite 0.
    [Test]
    public void A_denoiser_as_a_corruption_model_gives_nearly_the_same()
    {
        var denoiser = new GaussianDenoiser(new VeSchedule(0.01, 50));
        using var model = new DenoiserAsCorruption(denoiser);
        var sampler = new MomentumSampler(new());
        var x = sampler.Sample((ICorruptionModel)model, Requests.Over(sampler.Levels((ICorruptionModel)model, 50), model));
        var y = sampler.Sample((IDenoiser)denoiser, Requests.Over(sampler.Levels((IDenoiser)denoiser, 50), denoiser));
        Assert.That(x.MaxError(y), Is.LessThan(1e-4));
    }

    [Test]
    public void A_network_that_says_nothing_is_asked_once_a_level([ValueSource(nameof(Samplers))] ISampler<ICorruptionModel> sampler)
    {
        using var model = new ToyModel(Soft(new GaussianBlur(8, 8, 8, 3)), x => x.clone(), s_shape);
        var levels = sampler.Levels(model, 280);
        var x = sampler.Sample(model, Requests.Over(levels, model));
        Assert.That(x.isfinite().all().ToBoolean());
        Assert.That(model.Times, Has.Count.EqualTo(280));
        Assert.That(model.Times, Is.EqualTo(levels.SkipLast(1)));
    }

    [Test]
    public void Levels_are_equal_steps_down_to_the_lowest_and_the_clean_one([ValueSource(nameof(Samplers))] ISampler<ICorruptionModel> sampler)
    {
        using var model = new ToyModel(Soft(new GaussianBlur(8, 8, 8, 3)), Toy, s_shape);
        Assert.That(sampler.Levels(model, 5), Is.EqualTo(new[] { 1, 0.75, 0.5, 0.25, 1e-5, 0 }));
        Assert.That(sampler.Levels(model, 1), Is.EqualTo(new[] { 1.0, 0 }));
        Assert.That(() => sampler.Levels(model, 0), Throws.TypeOf<NotApplicableException>().With.Message.Contains("at least 1 network evaluation, but the budget is 0"));
        Assert.That(() => ((ISampler<IDenoiser>)sampler).Levels(new GaussianDenoiser(new EdmSchedule()), 0), Throws.TypeOf<NotApplicableException>());
    }

    [Test]
    public void A_mask_needs_a_step_a_ring([ValueSource(nameof(Samplers))] ISampler<ICorruptionModel> sampler)
    {
        using var model = new ToyModel(Soft(new Masking(8, 8, MaskOrder.Pixels, rings: 7)), Toy, s_shape);
        Assert.That(sampler.Levels(model, 7), Has.Count.EqualTo(8));
        Assert.That(
            () => sampler.Levels(model, 6),
            Throws.TypeOf<NotApplicableException>().With.Message.Contains("needs at least 7 network evaluations to undo this corruption, but the budget is 6"));
    }

    private static torch.Tensor Toy(torch.Tensor x) => ((x * 1.3) + 0.1).tanh();

    private static SoftCorruption Soft(ILinearCorruption linear, bool changing = false) =>
        new(linear, new([linear.Least, linear.Most], ChangingNoise: changing));
}
