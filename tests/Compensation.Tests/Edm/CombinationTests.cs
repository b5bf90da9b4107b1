using Dfx.Baselines;
using Dfx.Diffusion.Tests.Training;
using Dfx.Numerics.Noise;

namespace Dfx.Compensation.Tests.Edm;

/// <summary>The methods whose networks are those of EDM: Patch Diffusion and PFGM++ with compensation.</summary>
[TestFixture]
internal sealed class CombinationTests
{
    private DisposeScope _scope = null!;

    [SetUp]
    public void SetUp() => _scope = torch.NewDisposeScope();

    [TearDown]
    public void TearDown() => _scope.Dispose();

    internal static IEnumerable<IMethod<IDenoiser>> Methods() => [new CsPatchMethod(new(RealShare: 0.3, ModuleEpochs: 1.2)), new CsPfgmppMethod(new(3, ModuleEpochs: 0.2))];

    private static IEnumerable<IMethod<IDenoiser>> All() =>
    [
        .. Methods(), new CsPatchMethod(new(Term: CsTerm.Oracle)), new CsPatchMethod(new(Term: CsTerm.None, Rollout: 3)), new CsPfgmppMethod(new(Term: CsTerm.None)),
        new CsPfgmppMethod(new(Term: CsTerm.Oracle, Rollout: 100)), new CsPfgmppMethod(new(Target: CsTarget.Consistent, Inner: 2, Width: 8)),
    ];

    // 40 images: so many epochs of patches and of whole images are soon over.
    [TestCaseSource(nameof(Methods))]
    public void The_module_is_frozen_after_its_epochs(IMethod<IDenoiser> method)
    {
        List<Dictionary<string, torch.Tensor>> states = [];
        var host = new TestHost(_ => true);
        host.Reported = done => Collect(done > 1);
        using var model = method.Train(EdmProblem.Context(14, host: host));
        var module = states[0].Keys.Where(k => k.StartsWith("module/weight/", StringComparison.Ordinal)).ToList();
        var moves = states.Zip(states.Skip(1), (a, b) => module.Exists(k => !EdmProblem.Same(a[k], b[k]))).ToList();
        Assert.That(moves[0], Is.True, "it learns");
        Assert.That(moves.Last(), Is.False, "it is frozen");
        Assert.That(moves.SkipWhile(m => m), Has.All.False);
        Assert.That(states.Zip(states.Skip(1), (a, b) => a.Keys.Any(k => k.StartsWith("main/weight/", StringComparison.Ordinal) && !EdmProblem.Same(a[k], b[k]))), Has.All.True);

        void Collect(bool saved) => states.AddRange(saved ? [host.Saved!.Contents.Tensors.ToDictionary()] : []);
    }

    [TestCaseSource(nameof(All))]
    public void What_is_sampled_is_the_main_network_alone(IMethod<IDenoiser> method)
    {
        var context = EdmProblem.Context(4);
        using var model = method.Train(context);
        using var loaded = method.Load(model.ToCheckpoint(), context.Model);
        var (x, sigma) = (Problem.Normal("x", 3, 1, 16, 16), torch.tensor(new[] { 0.1f, 1, 10 }));
        Assert.That(loaded.Denoise(x, sigma).MaxError(model.Denoise(x, sigma)), Is.Zero);
        Assert.That(model.Networks.Select(n => n.Role), Is.EqualTo(new[] { NetworkRole.Main }));
        Assert.That(loaded.Networks, Is.EqualTo(model.Networks));
        Assert.That(model.ToCheckpoint().Tensors.Keys, Has.None.StartsWith("module"));
    }

    // As the methods that they are combined with: the same weights, denoiser and prior.
    [Test]
    public void The_models_are_those_of_the_plain_methods()
    {
        var context = EdmProblem.Context(4);
        using var patch = new CsPatchMethod(new()).Train(context);
        using var plainPatch = new PatchMethod(new()).Load(patch.ToCheckpoint(), context.Model);
        AssertEqual(patch, plainPatch);
        foreach (var prior in Enum.GetValues<StudentPrior>())
        {
            var method = new CsPfgmppMethod(new(3, Prior: prior));
            using var pfgmpp = method.Train(context);
            using var plain = new PfgmppMethod(new(3, prior)).Load(pfgmpp.ToCheckpoint(), context.Model);
            AssertEqual(pfgmpp, plain);
        }

        void AssertEqual(IDenoiser actual, IDenoiser expected)
        {
            var (x, sigma) = (Problem.Normal("x", 3, 1, 16, 16), torch.tensor(new[] { 0.1f, 1, 10 }));
            Assert.That(actual.Denoise(x, sigma).MaxError(expected.Denoise(x, sigma)), Is.Zero);
            Assert.That(actual.Prior(80, Noise()).MaxError(expected.Prior(80, Noise())), Is.Zero);
        }

        static SampleNoise Noise() => new(NoiseKey.For(2, "prior"), 0, 3, new(1, 16, 16), torch.CPU);
    }

    // A row of the noise has one chi² all the way: its norm over that of the normals of the step that it was drawn in.
    [Test]
    public void The_noise_of_rows_is_that_of_PFGMpp()
    {
        var context = EdmProblem.Context();
        using var batches = new TrainingBatches(context);
        using var batch = batches.Of(3);
        var (noise, normal) = (CsPfgmppMethod.Source(3).Noise(batch), batch.Normal("rollout-noise"));
        var ratio = noise / normal;
        Assert.That((ratio.amax([1L, 2, 3]) - ratio.amin([1L, 2, 3])).abs().max().ToDouble(), Is.LessThan(1e-5));
        Assert.That(ratio.amax([1L, 2, 3]).data<float>().ToArray(), Is.Unique);
        Assert.That(CsPfgmppMethod.Source(1e9).Noise(batch).MaxError(normal), Is.LessThan(1e-3), "without limit it is normal");
    }

    // 4 whole images, 8 quarters of one or 16 sixteenths a step; multiply-adds are those of the pixels.
    [Test]
    public void Patches_cost_their_share_of_an_image_and_a_budget_counts_rows()
    {
        var (meter, host) = (new Meter(), new TestHost());
        var context = EdmProblem.Context(host: host);
        context = context with
        {
            Model = context.Model with { Meter = meter },
            Settings = context.Settings with { Steps = 25, Evaluations = 100, Checkpoints = [1] },
        };
        using var model = new CsPatchMethod(new(0.3)).Train(context);
        var (main, whole) = (meter.Calls.Where(c => c.Card.Role == NetworkRole.Main && c.Trains).ToList(), model.Networks[0].MultiplyAdds!.Value);
        using var batches = new TrainingBatches(context);
        for (var step = 0; step < main.Count; step++)
        {
            using var batch = batches.Of(step);
            var divisor = PatchCutter.Divisor(batch, 0.3);
            Assert.That(main[step].Rows, Is.EqualTo(EdmProblem.Batch * divisor));
            Assert.That(main[step].Card.MultiplyAdds, Is.EqualTo(whole / (divisor * divisor)).Within(1));
        }

        Assert.That(main.Sum(c => c.Rows), Is.InRange(100, 115));
        Assert.That(main.Take(main.Count - 1).Sum(c => c.Rows), Is.LessThan(100));
        Assert.That(host.Reports[^1].Done, Is.EqualTo(100));
        Assert.That(meter.Calls.Where(c => c.Card.Role == NetworkRole.Main), Has.All.Property("Trains").True, "one evaluation of the main network serves loss, module and step");
    }

    [Test]
    public void A_frame_without_a_term_is_refused_before_anything_is_read()
    {
        var context = EdmProblem.Context(data: new Unread());
        foreach (var method in new IMethod<IDenoiser>[] { new CsPatchMethod(new(Frame: CsFrame.Ve)), new CsPfgmppMethod(new(Frame: CsFrame.Ve)) })
        {
            Assert.That(() => method.Train(context), Throws.ArgumentException.With.Message.Contains("the term is nothing: give frame: vp"));
            Assert.That(() => ((IUseCheck)method).CheckUse(context.Model), Throws.ArgumentException);
        }
    }

    // Independent Gaussian pixels: E[x0 | x] = x d² / (d² + sigma²). At the start the denoiser is that of d = 0.5.
    [Test]
    public void It_learns_the_denoiser_of_gaussian_pixels()
    {
        var context = Problem.Context(new FlatData(2000, deviation: 0.2), 80, 16);
        using var model = new CsPatchMethod(new()).Train(context with { Settings = context.Settings with { LearningRate = 1e-2, Ema = [0.9] } });
        var sigma = torch.tensor(new[] { 0.3f, 0.5f, 1 });
        var x = Problem.Normal("x", 3, 1, 8, 8) * (sigma.square() + 0.04).sqrt().view(-1, 1, 1, 1);
        Assert.That(Error(0.04), Is.LessThan(0.08));
        Assert.That(Error(0.25), Is.GreaterThan(0.1));

        double Error(double variance) =>
            (model.Denoise(x, sigma) - (x * (variance / (variance + sigma.square())).view(-1, 1, 1, 1))).square().mean().sqrt().ToDouble();
    }

    private sealed class Meter : IEvaluationMeter
    {
        internal List<Call> Calls { get; } = [];

        public void Count(NetworkCard network, long rows, bool trains) => Calls.Add(new(network, rows, trains));
    }

    private sealed record Call(NetworkCard Card, long Rows, bool Trains);

    private sealed class Unread : IDataSource
    {
        public DataShape Shape => new(1, 16, 16);

        public IReadOnlyList<string> Classes => [];

        public bool IsImages => false;

        public int Count(Split split) => 1;

        public torch.Tensor Read(Split split, ReadOnlySpan<int> indices) => throw new InvalidOperationException("Images were read.");

        public torch.Tensor Labels(Split split, ReadOnlySpan<int> indices) => throw new InvalidOperationException("Labels were read.");

        public void Dispose()
        {
        }
    }
}
